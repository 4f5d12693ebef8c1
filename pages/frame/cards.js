// Cards: a place each, with its word, its numbers and the line of its two years.
const SVG = "http://www.w3.org/2000/svg";

function add(parent, tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  parent.appendChild(made);
  return made;
}

export default function (component) {
  const { data, parentElement } = component;
  const list = parentElement.querySelector("ul");
  list.setAttribute("aria-label", "The answer by place");
  list.className = data.room ? "room" : "";
  list.replaceChildren();
  for (const card of data.cards) {
    const item = add(list, "li", undefined, `card ${(card.standing ?? "none").replace(" ", "-")}`);
    const head = add(item, "h2", card.place + " ");
    if (card.subject) add(head, "span", card.subject, "subject");
    if (card.word) add(item, "span", [card.glyph, card.word].filter(Boolean).join(" "), "verdict");
    const figures = add(item, "div", undefined, "figures");
    for (const figure of card.figures) {
      const box = add(figures, "div", undefined, "figure");
      add(box, "b", figure.value);
      add(box, "span", figure.words, figure.words.includes("\u2192") ? "counts" : undefined);
    }
    if (card.comparison) {
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("viewBox", "0 0 110 40");
      svg.setAttribute("aria-hidden", "true");
      for (const [path, name] of [[card.baseline, "before"], [card.comparison, "after"]]) {
        const drawn = document.createElementNS(SVG, "path");
        drawn.setAttribute("d", path);
        drawn.setAttribute("class", name);
        svg.appendChild(drawn);
      }
      figures.appendChild(svg);
    }
    for (const loud of card.also) add(item, "p", loud, "also");
    if (card.note) add(item, "p", card.note, "note");
  }
}
