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
  const { families, signs, only } = view;
  const inFamily = (family) => (edge) => edge.family === family;
  const ofSign = (sign) => (edge) => signOf([edge.sign]) === sign;
  $("#filters").replaceChildren(...present([
    chipGroup("Family", Object.keys(WORDS.families).map((key) => chip(families, key, WORDS.families[key], inFamily(key),
      { title: WORDS.familyHints[key], swatch: glyphSwatch(key) }))),
    chipGroup("Sign", ["positive", "negative", "neutral"].map((key) => chip(signs, key, WORDS.signs[key], ofSign(key),
      { title: WORDS.signHints[key], swatch: lineSwatch(key) }))),
    chipGroup("Only", [
      graph.edges.some(factuality)
        && chip(only, "real", WORDS.real, (edge) => !factuality(edge), { title: WORDS.realHint }),
      graph.edges.some(factuality)
        && chip(only, "unreal", WORDS.unreal, (edge) => Boolean(factuality(edge)), { title: WORDS.unrealHint }),
      chip(only, "disputed", "Disputed", (edge) => edge.disputed, { title: WORDS.disputedHint }),
    ]),
    thresholdSelect(),
  ]));
}

function chipGroup(name, chips) {
  const made = present(chips);
  const label = el("span", { "aria-hidden": "true" }, name);
  return made.length > 0 && el("div", { class: "group", role: "group", "aria-label": name }, label, made);
}

/** A button that puts `key` into the set `chosen` or takes it out; none where no edge would pass. */
function chip(chosen, key, label, passing, { title, swatch }) {
  const many = graph.edges.filter(passing).length;
  if (!many) return null;
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
  const onchange = (event) => {
    view.least = Number(event.target.value);
    refilter();
  };
  const steps = THRESHOLDS.filter((step) => step <= most);
  const options = steps.map((step) => el("option", { value: step }, step === 1 ? "any" : `${step}+`));
  return el("label", { class: "group" }, el("span", {}, "Events"), el("select", { id: "least", onchange }, options));
}

/** Make the chips show what `view` holds. */
function showFilters() {
  for (const made of document.querySelectorAll(".chip")) made.setAttribute("aria-pressed", String(made.isOn()));
  if ($("#least")) $("#least").value = String(view.least);
  const visible = graph.ties.filter((tie) => tie.visible).length;
  const reset = el("button", { type: "button", class: "name", id: "reset", onclick: clearFilters }, "Clear filters");
  $("#filtered").hidden = !isFiltered();
  $("#filtered").replaceChildren(`${number(visible)} of ${count(graph.ties.length, "tie")} shown `, reset);
}

// --- tools and theme ---

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

function setUpLegend() {
  $("#legend > div").replaceChildren(
    legendPart("Lines: attitude", signItems()),
    legendPart("Lines: more", lineItems()),
    legendPart("Lines: family", Object.keys(WORDS.families).map((family) => (
      legendItem(glyphSwatch(family), WORDS.families[family], WORDS.familyHints[family])))),
    legendPart("Actors", [
      ...actorTypes().map((actor) => legendItem(typeSwatch(actor), typeLabel(actor))),
      legendItem(sizeSwatch(), "size: events"),
    ], "types"),
  );
  $("#legend").open = innerHeight > 1000 && innerWidth > 1600;
}

function legendPart(title, items, className) {
  return el("section", {}, el("h3", {}, title), el("ul", { class: className }, items));
}

function legendItem(swatch, name, hint) {
  return el("li", {}, swatch, el("span", {}, name, hint && el("small", {}, ` ${hint}`)));
}

function signItems() {
  return Object.keys(PATTERNS).map((sign) => legendItem(lineSwatch(sign), WORDS.signs[sign], WORDS.signHints[sign]));
}

function lineItems() {
  const { lines } = WORDS;
  return [
    legendItem(lineSwatch("neutral", { arrow: "arrow" }), ...lines.arrow),
    legendItem(lineSwatch("positive", { loose: true, arrow: "vee" }), ...lines.loose),
    legendItem(lineSwatch("negative", { width: 5 }), ...lines.width),
    graph.edges.some((edge) => edge.disputed) && legendItem(disputeSwatch(), ...lines.disputed),
  ];
}

/** One actor of each type that is there, in the order of the ontology. */
function actorTypes() {
  const first = new Map();
  for (const actor of graph.actors) if (!first.has(actor.type)) first.set(actor.type, actor);
  const order = Object.keys(graph.types);
  return [...first.values()].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}
