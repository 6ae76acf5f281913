// What stands around the drawing: search, filters, tools, theme and legend.

const FOUND_AT_MOST = 8;
const THRESHOLDS = [1, 2, 3, 5, 10, 20, 50, 100];

// --- search: a combobox with a list of suggestions (WAI-ARIA Authoring Practices) ---

/** Actors whose name or alias has the words, best first: [{actor, alias}], alias where that is what matched. */
function findActors(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const found = graph.actors.map((actor) => bestMatch(actor, wanted)).filter(Boolean);
  found.sort((a, b) => a.rank - b.rank || b.actor.node.size - a.actor.node.size);
  return found.slice(0, FOUND_AT_MOST);
}

function bestMatch(actor, wanted) {
  let best = null;
  for (const name of [actor.name, ...actor.aliases]) {
    const at = folded(name).indexOf(wanted);
    const alias = name === actor.name ? "" : name;
    const rank = (at === 0 ? 0 : folded(name).includes(` ${wanted}`) ? 2 : 4) + (alias ? 1 : 0);
    if (at >= 0 && (!best || rank < best.rank)) best = { actor, alias, rank };
  }
  return best;
}

class Search {
  constructor() {
    this.input = $("#query");
    this.list = $("#suggestions");
    this.active = 0;
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus where it is
    $("#search").addEventListener("submit", (event) => event.preventDefault());
  }

  suggest() {
    this.found = findActors(this.input.value);
    this.list.replaceChildren(...this.found.map(({ actor, alias }, at) => this.option(actor, alias, at)));
    const typed = this.input.value.trim() !== "";
    if (typed && !this.found.length) this.list.append(el("li", { class: "none" }, "No actor of this name"));
    this.list.hidden = !typed;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.activate(0);
    if (typed) say(count(this.found.length, "actor") + " found");
  }

  option(actor, alias, at) {
    return el("li", { role: "option", id: `option-${at}`, onclick: () => this.pick(at) },
      typeSwatch(actor), el("span", {}, bdi(actor.name), alias && el("small", {}, " also ", bdi(alias))),
      el("small", { class: "of" }, typeLabel(actor)));
  }

  activate(at) {
    this.active = at;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (this.found?.length) this.input.setAttribute("aria-activedescendant", `option-${at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  onKey(event) {
    const size = this.found?.length || 0;
    if (event.key === "ArrowDown" && size) this.activate((this.active + 1) % size);
    else if (event.key === "ArrowUp" && size) this.activate((this.active + size - 1) % size);
    else if (event.key === "Enter") this.pick(this.active);
    else if (event.key === "Escape" && !this.list.hidden) {
      this.close();
      event.stopPropagation(); // the first Esc closes the suggestions alone
    } else return;
    event.preventDefault();
  }

  pick(at) {
    const hit = (this.found || findActors(this.input.value))[at];
    if (!hit) return;
    this.close();
    this.input.value = "";
    this.found = null;
    choose(hit.actor);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// --- filters: within a group one of the pressed ones is enough; groups work together; none pressed is all ---

function setUpFilters() {
  const families = Object.keys(WORDS.families).filter((family) => graph.edges.some((edge) => edge.family === family));
  const signs = ["positive", "negative", "neutral"].filter((sign) => graph.edges.some((edge) => signOf([edge.sign]) === sign));
  const ofFamily = (family) => graph.edges.filter((edge) => edge.family === family).length;
  const ofSign = (sign) => graph.edges.filter((edge) => signOf([edge.sign]) === sign).length;
  $("#filters").replaceChildren(
    chipGroup("Family", families.map((key) => chip(view.families, key, WORDS.families[key], ofFamily(key),
      { title: WORDS.familyHints[key], swatch: glyphSwatch(key) }))),
    chipGroup("Sign", signs.map((key) => chip(view.signs, key, WORDS.signs[key], ofSign(key),
      { title: WORDS.signHints[key], swatch: lineSwatch(key) }))),
    chipGroup("Only", onlyChips()),
    thresholdSelect() || "",
    el("button", { type: "button", class: "reset", id: "reset", onclick: clearFilters, hidden: true }, "Clear filters"),
  );
}

function onlyChips() {
  const real = graph.edges.filter((edge) => !factuality(edge)).length;
  const disputed = graph.edges.filter((edge) => edge.disputed).length;
  return [
    real < graph.edges.length && chip(view.only, "real", "Happened", real,
      { title: "Leave out what is denied, planned, possible or demanded" }),
    disputed > 0 && chip(view.only, "disputed", "Disputed", disputed, { title: WORDS.disputedHint }),
  ].filter(Boolean);
}

function chipGroup(name, chips) {
  return chips.length ? el("div", { class: "group", role: "group", "aria-label": name }, el("span", { "aria-hidden": "true" }, name), chips) : "";
}

/** A button that puts `key` into the set `chosen` or takes it out. */
function chip(chosen, key, label, many, { title, swatch }) {
  const flip = () => {
    if (!chosen.delete(key)) chosen.add(key);
    refilter();
  };
  const made = el("button", { type: "button", class: "chip", title, "aria-pressed": "false", onclick: flip },
    swatch, label, " ", el("small", {}, number(many)));
  made.isOn = () => chosen.has(key);
  return made;
}

function thresholdSelect() {
  const most = Math.max(0, ...graph.ties.map((tie) => tie.shown.events));
  if (most < 3) return null;
  const steps = THRESHOLDS.filter((step) => step <= most);
  const onchange = (event) => {
    view.least = Number(event.target.value);
    refilter();
  };
  return el("label", { class: "group" }, el("span", {}, "Events"),
    el("select", { id: "least", onchange }, steps.map((step) => el("option", { value: step }, step === 1 ? "any" : `${step}+`))));
}

/** Make the chips show what `view` holds. */
function showFilters() {
  for (const made of document.querySelectorAll(".chip")) made.setAttribute("aria-pressed", String(made.isOn()));
  if ($("#least")) $("#least").value = String(view.least);
  if ($("#reset")) $("#reset").hidden = !isFiltered();
}

// --- tools and theme ---

const ICONS = {
  in: "M8 3V13M3 8H13",
  out: "M3 8H13",
  fit: "M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10",
  move: "M8 1V15M1 8H15M8 1L6 3M8 1L10 3M8 15L6 13M8 15L10 13M1 8L3 6M1 8L3 10M15 8L13 6M15 8L13 10",
};

function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

function setUpTools() {
  const tool = (name, label, onclick, attributes = {}) => (
    el("button", { type: "button", title: label, "aria-label": label, onclick, ...attributes }, icon(name)));
  const flip = ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(on));
    drawing.move(on);
  };
  $("#tools").replaceChildren(
    tool("in", "Zoom in", () => drawing.zoom(1.3)),
    tool("out", "Zoom out", () => drawing.zoom(1 / 1.3)),
    tool("fit", "Show all", () => drawing.fit({ covered: covered() })),
    tool("move", "Physics: let the actors move", flip, { id: "physics", "aria-pressed": "false" }),
  );
}

function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function setUpTheme() {
  const button = $("#theme");
  const repaint = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use the ${isDark() ? "light" : "dark"} theme`);
    drawing?.readPalette();
    drawing?.repaint();
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  for (const moment of ["beforeprint", "afterprint"]) window.addEventListener(moment, repaint);
  repaint();
}

// --- legend ---

function glyphSwatch(family) {
  const path = { diamond: OUTLINES.diamond, square: OUTLINES.square, circle: OUTLINES.dot }[GLYPHS[family]];
  const line = svg("path", { d: "M0 8H26" });
  const sign = path && svg("path", { d: path, transform: "translate(7.5 2.5) scale(.7)", class: "hollow" });
  return svg("svg", { class: "swatch glyph", viewBox: "0 0 26 16", "aria-hidden": "true" }, line, ...(sign ? [sign] : []));
}

function setUpLegend() {
  const item = (swatch, name, hint) => el("li", {}, swatch, el("span", {}, name, hint && el("small", {}, ` ${hint}`)));
  const part = (title, items, attributes) => el("section", {}, el("h3", {}, title), el("ul", attributes, items));
  $("#legend > div").replaceChildren(
    part("Lines: attitude", Object.keys(PATTERNS).map((sign) => item(lineSwatch(sign), WORDS.signs[sign], WORDS.signHints[sign]))),
    part("Lines: more", [
      item(lineSwatch("neutral", { arrow: "arrow" }), "Arrow", "who acts on whom"),
      item(lineSwatch("positive", { loose: true, arrow: "vee" }), "Wide gaps, open arrow", "not done: planned, possible, denied …"),
      item(lineSwatch("negative", { width: 5 }), "Width", "number of events"),
      graph.edges.some((edge) => edge.disputed) && item(el("span", { class: "swatch badge", "aria-hidden": "true" }, "≠"), "Disputed", "statements say opposite things"),
    ]),
    part("Lines: family", Object.keys(WORDS.families).map((family) => item(glyphSwatch(family), WORDS.families[family], WORDS.familyHints[family]))),
    part("Actors", [...actorTypes().map((actor) => item(typeSwatch(actor), typeLabel(actor))), item(sizeSwatch(), "size: events")], { class: "types" }),
  );
  $("#legend").open = innerHeight > 1000 && innerWidth > 1600;
}

/** One actor of each type that is there, in the order of the ontology. */
function actorTypes() {
  const first = new Map();
  for (const actor of graph.actors) if (!first.has(actor.type)) first.set(actor.type, actor);
  const order = Object.keys(graph.types);
  return [...first.values()].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

function sizeSwatch() {
  return svg("svg", { class: "swatch size", viewBox: "0 0 26 16", "aria-hidden": "true" },
    svg("circle", { cx: 5, cy: 10, r: 3 }), svg("circle", { cx: 17, cy: 8, r: 7 }));
}
