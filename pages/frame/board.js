// The board as a grid of buttons: one Tab stop, moved in by the arrow keys; a button that is picked tells the server.
const SVG = "http://www.w3.org/2000/svg";

function add(parent, tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  parent.appendChild(made);
  return made;
}

function line(parent, before, after) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 60 26");
  svg.setAttribute("aria-hidden", "true");
  for (const [path, name] of [[before, "before"], [after, "after"]]) {
    const drawn = document.createElementNS(SVG, "path");
    drawn.setAttribute("d", path);
    drawn.setAttribute("class", name);
    svg.appendChild(drawn);
  }
  parent.appendChild(svg);
}

function build(root, data) {
  root.replaceChildren();
  const places = data.columns.length;
  root.className = "board scroll " + (places > 6 ? "crowd" : places > 3 ? "many" : "few") + (data.opens ? " room" : "");
  add(root, "p", `${places} places: scroll sideways for all of them \u2192`, "cue").setAttribute("aria-hidden", "true");
  const table = add(root, "table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", data.label);
  const columns = add(table, "colgroup");
  add(columns, "col", undefined, "names");
  data.columns.forEach(() => add(columns, "col", undefined, "place"));
  const heads = add(add(table, "thead"), "tr");
  add(add(heads, "th"), "span", "Crime type", "unseen");
  for (const column of data.columns) {
    const head = add(heads, "th", column.short);
    head.scope = "col";
    head.title = column.proposed ? column.name + ": " + column.proposed : column.name;
    if (column.proposed) add(head, "span", "proposed", "proposed");
  }
  const body = add(table, "tbody");
  data.rows.forEach((name, at) => {
    const row = add(body, "tr");
    add(row, "th", name).scope = "row";
    for (const cell of data.cells[at]) {
      const button = add(add(row, "td"), "button", undefined, cell.standing.replace(" ", "-"));
      button.type = "button";
      button.dataset.cell = cell.key;
      button.setAttribute("aria-label", cell.named);
      button.title = cell.named;
      line(button, cell.baseline, cell.comparison);
      const said = add(button, "span", undefined, "said");
      add(said, "span", cell.counts, "counts");
      add(said, "span", cell.glyph ? cell.glyph + " " + cell.word : cell.word, "word");
      add(button, "span", cell.percent, "percent");
    }
  });
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const root = parentElement.querySelector(".board");
  const content = JSON.stringify([data.columns, data.rows, data.cells, data.opens]);
  if (root._content !== content) {
    root._content = content;
    build(root, data);
  }
  const buttons = [...root.querySelectorAll("button")];
  const places = data.columns.length;

  function mark(key) {
    for (const button of buttons) {
      const own = button.dataset.cell === key;
      button.setAttribute("aria-pressed", String(own));
      button.tabIndex = own ? 0 : -1;
    }
  }
  mark(data.picked);
  // whoever sees three of six places is told that there are more
  const wider = () => root.classList.toggle("wider", table.scrollWidth > root.clientWidth + 4);
  const table = root.querySelector("table");
  root._watch?.disconnect();
  root._watch = new ResizeObserver(wider);
  root._watch.observe(root);

  root.onclick = (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    mark(button.dataset.cell);
    setStateValue("picked", button.dataset.cell);
    // in a meeting the reason is the next screen, also of the cell that is picked already
    if (data.opens) setTriggerValue("opened", button.dataset.cell);
  };
  root.onkeydown = (event) => {
    const at = buttons.indexOf(event.target.closest("button"));
    if (at < 0) return;
    const column = at % places;
    const to = {
      ArrowRight: column < places - 1 ? at + 1 : at,
      ArrowLeft: column > 0 ? at - 1 : at,
      ArrowDown: at + places < buttons.length ? at + places : at,
      ArrowUp: at >= places ? at - places : at,
      Home: at - column,
      End: at - column + places - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.forEach((button, each) => { button.tabIndex = each === to ? 0 : -1; });
    buttons[to].focus();
  };
}
