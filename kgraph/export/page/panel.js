// The side panel: the lists of ties and actors, an actor's profile, and a tie with its sentences.
// Every text becomes a text node; nothing here reads markup from the data.

const PAGE_LENGTH = 40; // rows of a list before "Show more"

/** An element with attributes and children; `on…` attributes are listeners, absent values are left out. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return made;
}

/** A text from the data, kept from turning the direction of what stands around it. */
function bdi(text) {
  return el("bdi", {}, text);
}

/** An SVG element. */
function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A short piece of line as the drawing has it. */
function lineSwatch(sign, { loose = false, width = 2.5, arrow = "" } = {}) {
  const dashes = pattern(sign, { loose }).join(" ");
  const drawn = [svg("line", { x1: 1, y1: 6, x2: arrow ? 30 : 35, y2: 6, "stroke-width": width, "stroke-dasharray": dashes })];
  if (arrow === "arrow") drawn.push(svg("path", { d: "M28 1.5 L36 6 L28 10.5 Z", class: "filled" }));
  if (arrow === "vee") drawn.push(svg("path", { d: "M28 1.5 L35 6 L28 10.5", fill: "none", "stroke-width": 1.5 }));
  return svg("svg", { class: `swatch line ${sign}`, viewBox: "0 0 36 12", "aria-hidden": "true" }, ...drawn);
}

const OUTLINES = {
  square: "M3 3H13V13H3Z",
  diamond: "M8 1L15 8L8 15L1 8Z",
  triangle: "M8 2L15 14H1Z",
  triangleDown: "M8 14L1 2H15Z",
  hexagon: "M4.5 2H11.5L15 8L11.5 14H4.5L1 8Z",
  star: "M8 1L10 6L15.5 6.3L11.3 9.8L12.7 15L8 12L3.3 15L4.7 9.8L0.5 6.3L6 6Z",
  dot: "M8 2A6 6 0 1 1 8 14A6 6 0 1 1 8 2Z",
};

function typeSwatch(actor) {
  const shape = svg("path", { d: OUTLINES[actor.node.shape] || OUTLINES.dot });
  const made = svg("svg", { class: "swatch type", viewBox: "0 0 16 16", "aria-hidden": "true" }, shape);
  made.style.color = `var(${typeColour(actor.type)}, var(--type-other))`;
  return made;
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

/** A button that chooses an actor or a tie. */
function chooser(item, attributes, ...children) {
  return el("button", { type: "button", onclick: () => choose(item), ...attributes }, ...children);
}

function actorButton(actor) {
  return chooser(actor, { class: "name" }, bdi(actor.name));
}

/** {name, at} of a statement: a button where the actor is in the drawing. */
function actorRef(ref) {
  return ref.at === undefined ? bdi(ref.name) : actorButton(graph.actors[ref.at]);
}

/** A list that shows its first rows and a button for more. */
function longList(items, row, attributes = {}) {
  const list = el("ul", { class: "rows", ...attributes });
  const more = el("button", { type: "button", class: "more" });
  const grow = () => {
    const from = list.children.length;
    list.append(...items.slice(from, from + PAGE_LENGTH).map((item) => el("li", {}, row(item))));
    const left = items.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, PAGE_LENGTH)} more of ${number(items.length)}`;
  };
  more.addEventListener("click", () => {
    const from = list.children.length;
    grow();
    list.children[from]?.querySelector("button")?.focus();
  });
  grow();
  return [list, more];
}

// --- rows of lists ---

function tieSummary(tie, actor) {
  const edges = [...tie.shown.edges].sort((a, b) => b.count - a.count);
  if (!actor) return [sentenceOf(edges[0]), edges.length > 1 && ` and ${number(edges.length - 1)} more`];
  const labels = edges.map((edge) => [edge.source === actor ? edge.label : edge.inverse, factuality(edge)]);
  return [...new Set(labels.map(([label, note]) => (note ? `${label} (${note})` : label)))].slice(0, 3).join(", ");
}

/** "Russia condemns United States", with what limits it. */
function sentenceOf(edge) {
  const note = factuality(edge);
  return [bdi(edge.source.name), ` ${edge.label} `, bdi(edge.target.name), note && ` (${note})`];
}

/** A row for a tie: seen from `actor` where one is given. */
function tieRow(tie, actor) {
  const { shown } = tie;
  const other = actor && (tie.from === actor ? tie.to : tie.from);
  const [first, second] = shown.back && !shown.forth ? [tie.to, tie.from] : [tie.from, tie.to];
  const [sign, spoken] = shown.back && shown.forth ? ["⇄", "and"] : shown.back || shown.forth ? ["→", "to"] : ["–", "with"];
  const arrow = el("span", { class: "arrow" }, el("span", { "aria-hidden": "true" }, sign), el("span", { class: "unseen" }, spoken));
  const names = actor ? bdi(other.name) : [bdi(first.name), " ", arrow, " ", bdi(second.name)];
  const words = `${WORDS.families[tie.family] || tie.family}, ${WORDS.signs[shown.sign].toLowerCase()}`;
  return chooser(tie, { class: "row" },
    lineSwatch(shown.sign, { loose: shown.loose }),
    el("span", { class: "what" }, el("span", { class: "who" }, names), el("span", { class: "how" }, tieSummary(tie, actor)),
      el("span", { class: "kind" }, words, shown.disputed && ` · ${WORDS.disputed}`)),
    el("span", { class: "many" }, number(shown.events), el("span", { class: "unseen" }, " events")));
}

function actorRow(actor) {
  const ties = actor.ties.filter((tie) => tie.visible).length;
  return chooser(actor, { class: "row" }, typeSwatch(actor),
    el("span", { class: "what" }, el("span", { class: "who" }, bdi(actor.name)), el("span", { class: "kind" }, typeLabel(actor))),
    el("span", { class: "many" }, number(ties), el("span", { class: "unseen" }, ties === 1 ? " tie" : " ties")));
}

function typeLabel(actor) {
  return graph.types[actor.type] || actor.type.replaceAll("_", " ");
}

function strongestFirst(ties) {
  return ties.filter((tie) => tie.visible).sort((a, b) => b.shown.events - a.shown.events);
}

// --- the three views ---

function overviewView() {
  const ties = strongestFirst(graph.ties);
  const actors = graph.actors.filter((actor) => actor.visible).sort((a, b) => b.node.size - a.node.size);
  const tabs = { ties: `Ties (${number(ties.length)})`, actors: `Actors (${number(actors.length)})` };
  const tab = (key) => el("button", { type: "button", "aria-pressed": String(view.list === key), onclick: () => { view.list = key; refresh(); $("#content .tabs [aria-pressed=true]").focus(); } }, tabs[key]);
  const list = view.list === "ties" ? longList(ties, (tie) => tieRow(tie)) : longList(actors, actorRow);
  return [
    el("h2", { class: "unseen", tabindex: "-1" }, "Ties and actors"),
    el("p", { class: "hint" }, WORDS.hint),
    graph.counts.hidden > 0 && el("p", { class: "hint" }, `${WORDS.hidden(graph.counts.hidden)} ${WORDS.hiddenHint}`),
    el("div", { class: "tabs", role: "group", "aria-label": "List" }, tab("ties"), tab("actors")),
    ...list,
  ];
}

function actorView(actor) {
  const ties = strongestFirst([...actor.ties]);
  const hidden = actor.ties.length - ties.length;
  return [
    viewHead(el("h2", { tabindex: "-1" }, typeSwatch(actor), bdi(actor.name))),
    facts(actor),
    el("h3", {}, `Ties, strongest first (${number(ties.length)})`),
    ties.length ? longList(ties, (tie) => tieRow(tie, actor)) : el("p", { class: "hint" }, "No tie to show."),
    filteredNote(hidden),
    actor.statements.length > 0 && [
      el("h3", {}, `With the other side unnamed (${number(actor.statements.length)})`),
      statementList(actor.statements.map((statement) => ({ statement })), { ends: true }),
    ],
  ];
}

function facts(actor) {
  const state = graph.actors.find((other) => other.type === "state" && other.country === actor.country);
  const seen = period(actor.first, actor.last);
  const wikidata = /^Q\d+$/.test(actor.wikidata) && link(`https://www.wikidata.org/wiki/${actor.wikidata}`, actor.wikidata);
  return definitions([
    ["Type", typeLabel(actor)],
    ["State", actor.country && state !== actor && (state ? actorButton(state) : actor.country)],
    ["Also called", actor.aliases.length > 0 && joined(actor.aliases.map(bdi))],
    ["Mentions", [count(actor.mentions, "mention"), seen && `, ${seen}`]],
    ["Wikidata", wikidata],
    ["Id", el("code", {}, bdi(actor.id))],
  ]);
}

function tieView(tie) {
  const { shown } = tie;
  const edges = shown.edges;
  const others = tie.from.ties.filter((other) => other !== tie && other.visible && other.from === tie.from && other.to === tie.to);
  const dates = edges.flatMap((edge) => [edge.first, edge.last]).filter(Boolean).sort();
  return [
    viewHead(el("h2", { tabindex: "-1" }, actorButton(tie.from), el("span", { class: "and" }, " and "), actorButton(tie.to))),
    el("p", { class: "lead" }, lineSwatch(shown.sign, { loose: shown.loose }),
      `${WORDS.families[tie.family] || tie.family} · ${WORDS.signs[shown.sign].toLowerCase()} · ${count(shown.events, "event")}`,
      dates.length > 0 && ` · ${period(dates[0], dates[dates.length - 1])}`),
    others.length > 0 && el("p", { class: "others" }, "Also between them: ", joined(others.map((other) => (
      chooser(other, { class: "name" }, `${(WORDS.families[other.family] || other.family).toLowerCase()} (${number(other.shown.events)})`))))),
    grouped(edges).map(relationView),
    filteredNote(tie.edges.length - edges.length, "edge"),
  ];
}

/** Edges by who does what to whom, those of most events first. */
function grouped(edges) {
  const groups = new Map();
  for (const edge of edges) {
    const key = `${edge.source.at} ${edge.relation} ${edge.target.at}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(edge);
  }
  const events = (group) => group.reduce((sum, edge) => sum + edge.count, 0);
  return [...groups.values()].sort((a, b) => events(b) - events(a));
}

function relationView(edges) {
  const [edge] = edges;
  const rows = edges.flatMap((each) => each.statements.map((statement) => ({ statement, disputed: each.disputed })));
  const meta = edges.map((each) => [
    factuality(each) && `${factuality(each)}: `, count(each.count, "event"),
    each.documents && ` in ${count(each.documents, "article")}`, each.publishers > 1 && ` from ${count(each.publishers, "publisher")}`,
  ]);
  return el("section", { class: `relation ${signOf(edges.map((each) => each.sign))}` },
    el("h3", {}, bdi(edge.source.name), " ", el("em", {}, edge.label), " ", bdi(edge.target.name)),
    el("p", { class: "meta" }, edge.category && [edge.category, " · "], joined(meta, "; ")),
    edges.some((each) => each.disputed) && el("p", { class: "hint" }, `≠ ${WORDS.disputedHint}`),
    rows.length ? statementList(rows) : el("p", { class: "hint" }, WORDS.noSentence));
}

// --- statements ---

/** Rows {statement, disputed}, newest first, retellings of one event folded under its first telling. */
function statementList(rows, { ends = false } = {}) {
  const day = ({ statement }) => statement.date || statement.time?.start || "";
  const sorted = [...rows].sort((a, b) => day(b).localeCompare(day(a)) || b.statement.confidence - a.statement.confidence);
  return longList([...byEvent(sorted).values()], ([first, ...rest]) => [
    statementView(first, { ends }),
    rest.length > 0 && el("details", { class: "retold" },
      el("summary", {}, `Told again in ${count(rest.length, "more sentence")}`), rest.map((row) => statementView(row, { ends }))),
  ], { class: "statements" });
}

function byEvent(rows) {
  const events = new Map();
  for (const row of rows) events.set(row.statement.event, [...(events.get(row.statement.event) || []), row]);
  return events;
}

function statementView({ statement, disputed }, { ends }) {
  const fact = factuality(statement);
  return el("article", { class: "statement" },
    ends && el("p", { class: "ends" }, [
      statement.source ? bdi(statement.source.name) : WORDS.unnamed, ` ${statement.label} `,
      statement.target ? bdi(statement.target.name) : WORDS.unnamed]),
    (fact || disputed) && el("p", { class: "pills" },
      fact && el("span", { class: "pill" }, fact),
      disputed && el("span", { class: "pill disputed" }, `≠ ${WORDS.disputed}`)),
    el("blockquote", { dir: "auto" }, (statement.sentence || []).map(([text, kind]) => (kind ? el("mark", { class: kind }, text) : text))),
    byline(statement),
    circumstances(statement),
    statement.agreement && agreementView(statement.agreement),
    sourceLine(statement));
}

function byline({ speaker, via, quoted }) {
  const parts = [
    speaker && ["says ", actorRef(speaker)],
    via && ["via ", joined(via.map(actorRef))],
    quoted && WORDS.quoted,
  ].filter(Boolean);
  return parts.length > 0 && el("p", { class: "byline" }, joined(parts));
}

function circumstances({ time, place, topic }) {
  const when = time && (period(time.start, time.end) || "");
  const parts = [
    topic && ["about ", bdi(topic)],
    time && [when, time.text && [when ? " (“" : "“", bdi(time.text), when ? "”)" : "”"]],
    place && ["in ", actorRef(place)],
  ].filter(Boolean);
  return parts.length > 0 && el("p", { class: "circumstances" }, joined(parts, " · "));
}

function sourceLine(statement) {
  const { title, publisher, url, confidence, id } = statement;
  return el("p", { class: "origin" },
    el("cite", {}, url ? link(url, title || url) : bdi(title || WORDS.untitled)),
    publisher && [" — ", bdi(publisher)],
    statement.date && [", ", el("time", { datetime: statement.date }, date(statement.date))],
    el("span", { class: "trust" },
      typeof confidence === "number" && `confidence ${Math.round(confidence * 100)} %`,
      el("code", { title: "Id of this statement, for corrections" }, bdi(id))));
}

function agreementView(agreement) {
  const { agreement: words } = WORDS;
  const text = { ...agreement, date: date(agreement.date), duration: agreement.duration && duration(agreement.duration) };
  return definitions(Object.entries(words).map(([key, term]) => {
    const value = text[key];
    return [term, Array.isArray(value) ? value.length > 0 && joined(value.map(bdi)) : value && bdi(value)];
  }), "terms");
}

// --- pieces of views ---

function viewHead(heading) {
  const close = el("button", { type: "button", class: "close", "aria-label": "Back to all ties", title: "Back to all ties (Esc)", onclick: clear }, "×");
  return el("div", { class: "head" }, heading, close);
}

/** [term, what is said of it] as a list; rows of which nothing is known are left out. */
function definitions(rows, className = "facts") {
  const known = rows.filter(([, value]) => value);
  return el("dl", { class: className }, known.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
}

function filteredNote(hidden, noun = "tie") {
  return hidden > 0 && el("p", { class: "hint" }, `${count(hidden, noun)} hidden by the filters. `,
    el("button", { type: "button", class: "name", onclick: clearFilters }, "Clear filters"));
}

/** Parts with a separator between them. */
function joined(parts, separator = ", ") {
  return parts.flatMap((part, at) => (at ? [separator, part] : [part]));
}
