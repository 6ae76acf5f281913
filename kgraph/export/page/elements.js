// Making elements. Every text from the data becomes a text node; nothing here reads markup from it.

/** An element with attributes and children; `on…` attributes are listeners, absent values are left out. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (isAbsent(value)) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...present(children));
  return made;
}

function isAbsent(value) {
  return value === undefined || value === null || value === false || value === "";
}

/** Children in one row, without those that a condition left out. */
function present(children) {
  return children.flat(Infinity).filter((child) => !isAbsent(child));
}

/** A text from the data, kept from turning the direction of what stands around it. */
function bdi(text) {
  return el("bdi", {}, text);
}

/** Text for screen readers alone. */
function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

/** Parts with a separator between them. */
function joined(parts, separator = ", ") {
  return parts.flatMap((part, at) => (at ? [separator, part] : [part]));
}

/** A link if the address is plain http or https, else the text alone. */
function link(url, text) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    return bdi(text);
  }
  if (!["http:", "https:"].includes(parsed.protocol)) return bdi(text);
  return el("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
}

/** An SVG element. */
function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// --- swatches: what the drawing has, in small ---

const OUTLINES = {
  square: "M3 3H13V13H3Z",
  diamond: "M8 1L15 8L8 15L1 8Z",
  triangle: "M8 2L15 14H1Z",
  triangleDown: "M8 14L1 2H15Z",
  hexagon: "M4.5 2H11.5L15 8L11.5 14H4.5L1 8Z",
  star: "M8 1L10 6L15.5 6.3L11.3 9.8L12.7 15L8 12L3.3 15L4.7 9.8L0.5 6.3L6 6Z",
  dot: "M8 2A6 6 0 1 1 8 14A6 6 0 1 1 8 2Z",
};

const ICONS = {
  in: "M8 3V13M3 8H13",
  out: "M3 8H13",
  fit: "M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10",
  move: "M8 1V15M1 8H15M8 1L6 3M8 1L10 3M8 15L6 13M8 15L10 13M1 8L3 6M1 8L3 10M15 8L13 6M15 8L13 10",
};

function picture(className, viewBox, ...drawn) {
  return svg("svg", { class: className, viewBox, "aria-hidden": "true" }, ...drawn);
}

/** A short piece of line as the drawing has it. */
function lineSwatch(sign, { loose = false, width = 2.5, arrow = "" } = {}) {
  const dashes = pattern(sign, { loose }).join(" ");
  const end = arrow ? 30 : 35;
  const line = svg("line", { x1: 1, y1: 6, x2: end, y2: 6, "stroke-width": width, "stroke-dasharray": dashes });
  const heads = {
    arrow: [svg("path", { d: "M28 1.5 L36 6 L28 10.5 Z", class: "filled" })],
    vee: [svg("path", { d: "M28 1.5 L35 6 L28 10.5", fill: "none", "stroke-width": 1.5 })],
  };
  return picture(`swatch line ${sign}`, "0 0 36 12", line, ...(heads[arrow] || []));
}

function typeSwatch(actor) {
  const made = picture("swatch type", "0 0 16 16", svg("path", { d: OUTLINES[actor.node.shape] || OUTLINES.dot }));
  made.style.color = `var(${typeColour(actor.type)}, var(--type-other))`;
  return made;
}

/** A line with the sign of its family in the middle. */
function glyphSwatch(family) {
  const outline = { diamond: OUTLINES.diamond, square: OUTLINES.square, circle: OUTLINES.dot }[GLYPHS[family]];
  const line = svg("path", { d: "M0 8H26" });
  const sign = { transform: "translate(7.5 2.5) scale(.7)", class: "hollow", d: outline };
  return picture("swatch glyph", "0 0 26 16", line, ...(outline ? [svg("path", sign)] : []));
}

function sizeSwatch() {
  const discs = [{ cx: 5, cy: 10, r: 3 }, { cx: 17, cy: 8, r: 7 }].map((disc) => svg("circle", disc));
  return picture("swatch size", "0 0 26 16", ...discs);
}

function disputeSwatch() {
  return el("span", { class: "swatch badge", "aria-hidden": "true" }, "≠");
}

function icon(name) {
  return picture("icon", "0 0 16 16", svg("path", { d: ICONS[name] }));
}
