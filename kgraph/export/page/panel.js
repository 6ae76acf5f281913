// The side panel: the lists of ties and actors, an actor's profile, and a tie with its sentences.

const PAGE_LENGTH = 40; // rows of a list before "Show more"
const ALIASES = 12; // that a profile lists; all of them are searched

// --- buttons and lists ---

/** A button that chooses an actor or a tie. */
function chooser(item, className, ...children) {
  return el("button", { type: "button", class: className, onclick: () => choose(item) }, ...children);
}

function actorButton(actor) {
  return chooser(actor, "name", bdi(actor.name));
}

/** {name, at} of a statement: a button where the actor is in the drawing. */
function actorRef(ref) {
  return ref.at === undefined ? bdi(ref.name) : actorButton(graph.actors[ref.at]);
}

/** A list that shows its first rows and a button for more. */
function longList(items, row, { className = "rows" } = {}) {
  const list = el("ul", { class: className });
  const more = el("button", { type: "button", class: "more" });
  const grow = () => {
    const from = list.children.length;
    list.append(...items.slice(from, from + PAGE_LENGTH).map((item) => el("li", {}, row(item))));
    const left = items.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, PAGE_LENGTH)} more of ${number(items.length)}`;
    return list.children[from];
  };
  more.addEventListener("click", () => grow()?.querySelector("button, a")?.focus());
  grow();
  return [list, more];
}

/** [term, what is said of it] as a list; rows of which nothing is known are left out. */
function definitions(rows, className = "facts") {
  const known = rows.filter(([, value]) => value);
  const row = ([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value));
  return el("dl", { class: className }, known.map(row));
}

function viewHead(heading) {
  const label = "Back to all ties";
  const close = { type: "button", class: "close", "aria-label": label, title: `${label} (Esc)`, onclick: clear };
  return el("div", { class: "head" }, heading, el("button", close, "×"));
}

function filteredNote(hidden, noun) {
  return hidden > 0 && el("p", { class: "hint" }, `${count(hidden, noun)} hidden by the filters. `,
    el("button", { type: "button", class: "name", onclick: clearFilters }, "Clear filters"));
}

// --- rows ---

/** A row of a list: a swatch, one line each for who, how and kind, and a number with its noun. */
function listRow(item, { swatch, who, how, kind, many, noun }) {
  const lines = Object.entries({ who, how, kind }).map(([name, text]) => text && el("span", { class: name }, text));
  return chooser(item, "row", swatch, el("span", { class: "what" }, lines),
    el("span", { class: "many" }, number(many), unseen(` ${noun}${many === 1 ? "" : "s"}`)));
}

/** A row for a tie: seen from `actor` where one is given. */
function tieRow(tie, actor) {
  const { shown } = tie;
  return listRow(tie, {
    swatch: lineSwatch(shown.sign, { loose: shown.loose }),
    who: actor ? bdi((tie.from === actor ? tie.to : tie.from).name) : directedNames(tie),
    how: actor ? labelsFrom(tie, actor) : tieSummary(tie),
    kind: tieKind(tie, ", ") + (shown.disputed ? `, ${WORDS.disputed}` : ""),
    many: shown.events,
    noun: "event",
  });
}

function directedNames(tie) {
  const { forth, back } = tie.shown;
  const [first, second] = back && !forth ? [tie.to, tie.from] : [tie.from, tie.to];
  const [sign, spoken] = forth && back ? ["⇄", "and"] : forth || back ? ["→", "to"] : ["–", "with"];
  const arrow = el("span", { class: "arrow" }, el("span", { "aria-hidden": "true" }, sign), unseen(spoken));
  return [bdi(first.name), " ", arrow, " ", bdi(second.name)];
}

/** "Event, negative". */
function tieKind(tie, separator) {
  return familyName(tie.family) + separator + WORDS.signs[tie.shown.sign].toLowerCase();
}

function strongestEdges(tie) {
  return [...tie.shown.edges].sort((a, b) => b.count - a.count);
}

/** "Russia condemns United States and 2 more". */
function tieSummary(tie) {
  const [edge, ...rest] = strongestEdges(tie);
  const note = factuality(edge);
  return [bdi(edge.source.name), ` ${edge.label} `, bdi(edge.target.name), note && ` (${note})`,
    rest.length > 0 && ` and ${number(rest.length)} more`];
}

/** "condemns, is threatened by": the tie as its one end has it. */
function labelsFrom(tie, actor) {
  const labels = strongestEdges(tie).map((edge) => {
    const note = factuality(edge);
    return (edge.source === actor ? edge.label : edge.inverse) + (note && ` (${note})`);
  });
  return [...new Set(labels)].slice(0, 3).join(", ");
}

function actorRow(actor) {
  return listRow(actor, {
    swatch: typeSwatch(actor),
    who: bdi(actor.name),
    kind: typeLabel(actor),
    many: actor.ties.filter((tie) => tie.visible).length,
    noun: "tie",
  });
}

function typeLabel(actor) {
  return entry(graph.types, actor.type, actor.type.replaceAll("_", " "));
}

function strongestFirst(ties) {
  return ties.filter((tie) => tie.visible).sort((a, b) => b.shown.events - a.shown.events);
}

// --- the three views ---

function overviewView() {
  const ties = strongestFirst(graph.ties);
  const actors = graph.actors.filter((actor) => actor.visible).sort((a, b) => b.node.size - a.node.size);
  const { hidden } = graph.counts;
  return [
    el("h2", { class: "unseen", tabindex: "-1" }, "Ties and actors"),
    el("p", { class: "hint" }, WORDS.hint),
    hidden > 0 && el("p", { class: "hint unnamed" }, WORDS.hidden(hidden)),
    el("div", { class: "tabs", role: "group", "aria-label": "List" },
      listTab("ties", `Ties (${number(ties.length)})`), listTab("actors", `Actors (${number(actors.length)})`)),
    view.list === "ties" ? longList(ties, (tie) => tieRow(tie)) : longList(actors, actorRow),
  ];
}

function listTab(list, label) {
  const show = () => {
    view.list = list;
    refresh();
    $("#content .tabs [aria-pressed=true]").focus();
  };
  return el("button", { type: "button", "aria-pressed": String(view.list === list), onclick: show }, label);
}

function actorView(actor) {
  const ties = strongestFirst(actor.ties);
  const inFamilies = ({ family }) => !view.families.size || view.families.has(family);
  const alone = actor.statements.filter(inFamilies).map((statement) => ({ statement }));
  return [
    viewHead(el("h2", { tabindex: "-1" }, typeSwatch(actor), bdi(actor.name))),
    facts(actor),
    el("h3", {}, `Ties, strongest first (${number(ties.length)})`),
    ties.length ? longList(ties, (tie) => tieRow(tie, actor)) : el("p", { class: "hint" }, "No tie to show."),
    filteredNote(actor.ties.length - ties.length, "tie"),
    alone.length > 0 && el("h3", {}, `With the other side unnamed (${number(alone.length)})`),
    alone.length > 0 && statementList(alone, { ends: true }),
  ];
}

function facts(actor) {
  const state = graph.actors.find((other) => other.type === "state" && other.country === actor.country);
  const seen = period(actor.first, actor.last);
  const { wikidata } = actor;
  return definitions([
    ["Type", typeLabel(actor)],
    ["State", actor.country && state !== actor && (state ? actorButton(state) : actor.country)],
    ["Also called", actor.aliases.length > 0 && [joined(actor.aliases.slice(0, ALIASES).map(bdi)),
      actor.aliases.length > ALIASES && ` and ${number(actor.aliases.length - ALIASES)} more`]],
    ["Named", count(actor.mentions, "time")],
    ["Dates", seen],
    ["Wikidata", /^Q\d+$/.test(wikidata) && link(`https://www.wikidata.org/wiki/${wikidata}`, wikidata)],
    ["Id", el("code", {}, bdi(actor.id))],
  ]);
}

function tieView(tie) {
  const { shown } = tie;
  const dates = shown.edges.flatMap((edge) => [edge.first, edge.last]).filter(Boolean).sort();
  const when = period(dates[0], dates[dates.length - 1]);
  return [
    viewHead(el("h2", { tabindex: "-1" },
      actorButton(tie.from), el("span", { class: "and" }, " and "), actorButton(tie.to))),
    el("p", { class: "lead" }, lineSwatch(shown.sign, { loose: shown.loose }),
      `${tieKind(tie, " · ")} · ${count(shown.events, "event")}`, when && ` · ${when}`),
    otherFamilies(tie),
    grouped(shown.edges).map(relationView),
    filteredNote(tie.edges.length - shown.edges.length, "edge"),
  ];
}

function otherFamilies(tie) {
  const samePair = (other) => other !== tie && other.visible && other.from === tie.from && other.to === tie.to;
  const others = tie.from.ties.filter(samePair).map((other) => (
    chooser(other, "name", `${familyName(other.family).toLowerCase()} (${number(other.shown.events)})`)));
  return others.length > 0 && el("p", { class: "others" }, "Also between them: ", joined(others));
}

/** Edges by who does what to whom, those of most events first. */
function grouped(edges) {
  const groups = new Map();
  for (const edge of edges) {
    const key = `${edge.source.at} ${edge.target.at} ${edge.relation}`;
    groups.set(key, [...(groups.get(key) || []), edge]);
  }
  const events = (group) => group.reduce((sum, edge) => sum + edge.count, 0);
  return [...groups.values()].sort((a, b) => events(b) - events(a));
}

function relationView(edges) {
  const [edge] = edges;
  const rows = edges.flatMap((each) => each.statements.map((statement) => ({ statement, disputed: each.disputed })));
  return el("section", { class: `relation ${signOf(edges.map((each) => each.sign))}` },
    el("h3", {}, bdi(edge.source.name), " ", el("em", {}, edge.label), " ", bdi(edge.target.name)),
    el("p", { class: "meta" }, edge.category && `${edge.category} · `, edges.map(tally).join("; ")),
    edges.some((each) => each.disputed) && el("p", { class: "hint" }, `≠ ${WORDS.disputedHint}`),
    rows.length ? statementList(rows) : el("p", { class: "hint" }, WORDS.noSentence));
}

/** "did not happen: 3 events in 2 articles from 2 publishers". */
function tally(edge) {
  const fact = factuality(edge);
  return [
    fact && `${fact}: `,
    count(edge.count, "event"),
    edge.documents > 0 && ` in ${count(edge.documents, "article")}`,
    edge.publishers > 1 && ` from ${count(edge.publishers, "publisher")}`,
  ].filter(Boolean).join("");
}

// --- statements ---

/** Rows {statement, disputed}, newest first, retellings of one event folded under its newest telling. */
function statementList(rows, { ends = false } = {}) {
  const day = ({ statement }) => statement.date || statement.time?.start || "";
  const sorted = [...rows].sort((a, b) => day(b).localeCompare(day(a)));
  const events = new Map();
  for (const row of sorted) events.set(row.statement.event, [...(events.get(row.statement.event) || []), row]);
  const telling = ([first, ...rest]) => [
    statementView(first, { ends }),
    rest.length > 0 && el("details", { class: "retold" },
      el("summary", {}, `Told again in ${count(rest.length, "more sentence")}`),
      rest.map((row) => statementView(row, { ends }))),
  ];
  return longList([...events.values()], telling, { className: "statements" });
}

function statementView({ statement, disputed }, { ends }) {
  return el("article", { class: "statement" },
    ends && oneEnded(statement),
    pills(statement, disputed),
    sentence(statement),
    byline(statement),
    circumstances(statement),
    statement.agreement && agreementView(statement.agreement),
    originLine(statement));
}

/** "Iran warns someone unnamed". */
function oneEnded({ source, target, label }) {
  const end = (ref) => (ref ? bdi(ref.name) : WORDS.unnamed);
  return el("p", { class: "ends" }, end(source), ` ${label} `, end(target));
}

function pills(statement, disputed) {
  const texts = { pill: factuality(statement), "pill disputed": disputed && `≠ ${WORDS.disputed}` };
  const made = Object.entries(texts).filter(([, text]) => text);
  return made.length > 0 && el("p", { class: "pills" }, made.map(([name, text]) => el("span", { class: name }, text)));
}

/** The sentence with its actors and its trigger marked. */
function sentence({ sentence: segments = [] }) {
  const piece = ([text, kind]) => (kind ? el("mark", { class: kind, title: WORDS.marks[kind] }, text) : text);
  return el("blockquote", { dir: "auto" }, segments.map(piece));
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
  const parts = [
    topic && ["about ", bdi(topic)],
    time && timeView(time),
    place && ["in ", actorRef(place)],
  ].filter(Boolean);
  return parts.length > 0 && el("p", { class: "circumstances" }, joined(parts, " · "));
}

/** "13–24 June 2025 (“its recent 12-day conflict”)". */
function timeView({ start, end, text }) {
  const when = period(start, end);
  const words = text && ["“", bdi(text), "”"];
  return when && words ? [when, " (", words, ")"] : [when, words];
}

function originLine({ title, publisher, url, confidence, id, date: day }) {
  return el("p", { class: "origin" },
    el("cite", {}, url ? link(url, title || url) : bdi(title || WORDS.untitled)),
    publisher && [" — ", bdi(publisher)],
    day && [", ", el("time", { datetime: day }, date(day))],
    el("span", { class: "trust" },
      typeof confidence === "number" && `confidence ${confidence.toFixed(2)}`,
      el("code", { title: WORDS.statementId }, bdi(id))));
}

function agreementView(agreement) {
  const known = { ...agreement, date: date(agreement.date), duration: duration(agreement.duration) };
  const said = (value) => (Array.isArray(value) ? value.length > 0 && joined(value.map(bdi)) : value && bdi(value));
  return definitions(Object.entries(WORDS.agreement).map(([key, term]) => [term, said(known[key])]), "terms");
}
