// What stands beside the board for the cell that is chosen: words, the months in a row, similar places, and where.
/* Pixels of the mark of a month without a count: no height is its own. */
const GAP = 9;
const SVG = "http://www.w3.org/2000/svg";

function add(parent, tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  parent.appendChild(made);
  return made;
}

function draw(parent, tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  parent.appendChild(made);
  return made;
}

function picture(parent, width, height, label) {
  return draw(parent, "svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
}

function hint(shape, words) {
  draw(shape, "title", {}, words);
}

function months(root, data) {
  const width = 420, top = 16, foot = 60, left = 26;
  const count = data.months.length, step = (width - left) / count;
  const most = Math.max(1, ...data.counts.filter((each) => each !== null));
  add(root, "h3", "Month by month");
  const said = data.months.map((month, at) => `${month} ${data.counts[at] ?? "not published"}`).join(", ");
  const svg = picture(root, width, 78, `Recorded by month: ${said}.`);
  for (const value of [0, most]) {
    const y = foot - (value / most) * (foot - top);
    draw(svg, "line", { x1: left, x2: width, y1: y, y2: y, class: "rule" });
    draw(svg, "text", { x: left - 5, y: y + 4, "text-anchor": "end" }, value.toLocaleString("en-GB"));
  }
  data.counts.forEach((value, at) => {
    const x = left + at * step + step * 0.14, wide = step * 0.72;
    const before = at < data.baseline_months;
    const high = value === null ? GAP : (value / most) * (foot - top);
    const alone = data.left_out.includes(at);
    const bar = draw(svg, "rect", {
      x, y: foot - high, width: wide, height: high,
      class: value === null ? "gap" : `bar ${before ? "before" : "after"}${alone ? " alone" : ""}`,
    });
    const note = alone ? ", not compared: the same month of the other year is missing" : "";
    hint(bar, `${data.months[at]}: ${value === null ? "not published" : value.toLocaleString("en-GB")}${note}`);
  });
  const halves = [[0, data.baseline_months], [data.baseline_months, count]];
  for (const [from, to] of halves) {
    if (to > from) {
      const words = `${data.months[from]} – ${data.months[to - 1]}`;
      draw(svg, "text", { x: left + ((from + to) / 2) * step, y: foot + 15, "text-anchor": "middle" }, words);
    }
  }
  // two events of neighbouring months stand on two lines, so that their numbers are read
  data.events.forEach((event, at) => {
    const x = left + event.at * step;
    draw(svg, "line", { x1: x, x2: x, y1: top - 4, y2: foot, class: "event" });
    draw(svg, "text", { x, y: top - 6, "text-anchor": "middle", class: "mine" }, String(at + 1));
  });
  const gaps = data.months.filter((_, at) => data.counts[at] === null).join(", ");
  const alone = data.left_out.map((at) => data.months[at]).join(", ");
  const keys = [
    gaps && `Dotted: ${gaps}, not published.`,
    alone && `Hollow: ${alone}, so not compared.`,
  ].filter(Boolean);
  if (keys.length) add(root, "p", keys.join(" "), "events");
  if (data.events.length) {
    add(root, "p", data.events.map((event, at) => `(${at + 1}) ${event.month}: ${event.words}`).join(" · "), "events");
  }
}

function strip(parent, data) {
  const box = add(parent, "div");
  add(box, "h3", "What similar places did");
  if (typeof data.strip === "string") {
    add(box, "p", data.strip, "small");
    return;
  }
  const width = 236, left = 8, right = 228, most = 5;
  const x = (far) => left + ((Math.max(-most, Math.min(far, most)) + most) / (2 * most)) * (right - left);
  const svg = picture(box, width, 78, `${data.strip.title}. The own place is marked.`);
  const reach = Math.min(data.strip.reach, most);
  draw(svg, "rect", { x: x(-reach), y: 18, width: x(reach) - x(-reach), height: 38, class: "usual" });
  data.strip.distances.forEach((far) => {
    draw(svg, "line", { x1: x(far), x2: x(far), y1: 24, y2: 52, class: "tick" });
  });
  const at = x(data.strip.own);
  draw(svg, "line", { x1: at, x2: at, y1: 18, y2: 56, class: `own ${data.standing.replace(" ", "-")}` });
  const anchor = at < 66 ? "start" : at > width - 66 ? "end" : "middle";
  draw(svg, "text", { x: at < 66 ? at - 3 : at, y: 14, "text-anchor": anchor, class: "mine" }, data.place);
  draw(svg, "line", { x1: left, x2: right, y1: 56, y2: 56, class: "rule" });
  draw(svg, "text", { x: left - 6, y: 71, "text-anchor": "start" }, "fewer");
  draw(svg, "text", { x: x(0), y: 71, "text-anchor": "middle" }, "as expected");
  draw(svg, "text", { x: width, y: 71, "text-anchor": "end" }, "more");
  add(box, "p", [data.strip.title + ".", data.strip.note].join(" ").trim(), "small");
}

function where(parent, data) {
  const box = add(parent, "div");
  add(box, "h3", "Where");
  if (typeof data.where === "string" || !data.where.shapes.length) {
    add(box, "p", typeof data.where === "string" ? data.where : data.where.words, "small");
    return;
  }
  const { width, height, shapes, own, words } = data.where;
  const svg = picture(add(box, "div", undefined, "map"), width, height, `${words}, outlined, with the ground round it.`);
  const pattern = draw(draw(svg, "defs", {}), "pattern", {
    id: "few", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  });
  draw(pattern, "rect", { width: 5, height: 5, fill: "#FFFFFF" });
  draw(pattern, "rect", { width: 1.6, height: 5, fill: "#C3C9CF" });
  for (const shape of shapes) {
    const fill = shape.colour || "url(#few)";
    hint(draw(svg, "path", { d: shape.path, class: "ground", style: `fill:${fill}` }), shape.words);
  }
  draw(svg, "path", { d: own, class: "here" });
  add(box, "p", `${words}.`, "small");
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".reason");
  // another cell is said in one sentence; all that stands here is there to be read
  const said = parentElement.querySelector("[role=status]");
  if (root._title && root._title !== data.title) said.textContent = `${data.title}. ${data.word}.`;
  root._title = data.title;
  root.replaceChildren();
  const head = add(root, "div", undefined, "head");
  add(head, "h2", data.title);
  add(head, "span", data.word, `verdict ${data.standing.replace(" ", "-")}`);
  add(root, "p", data.sentence);
  months(add(root, "div", undefined, "months"), data);
  const two = add(root, "div", undefined, "two");
  strip(two, data);
  where(two, data);
  const rest = add(root, "div", undefined, "rest");
  if (data.inside) add(rest, "p", data.inside, "small");
  if (data.where.shapes?.length) add(rest, "p", `${data.where.legend}.`, "small");
}
