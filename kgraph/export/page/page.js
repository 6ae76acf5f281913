// The page itself: reads the data, keeps what is chosen and filtered, and brings drawing and panel in line with it.

const $ = (selector) => document.querySelector(selector);
const data = JSON.parse($("#data").textContent);
const graph = readGraph(data);
const view = { families: new Set(), signs: new Set(), only: new Set(), least: 1, chosen: null, list: "ties" };
let drawing = null;
let cameFrom = null; // what had the focus before something was chosen

/** The rows of the data as objects that refer to each other: {types, counts, actors, edges, statements, ties}. */
function readGraph({ nodes, ties, page }) {
  const { statements } = page;
  const pick = (positions) => positions.map((at) => statements[at]);
  const actors = page.actors.map((row, at) => (
    { ...row, kind: "actor", at, node: nodes[at], ties: [], visible: true, statements: pick(row.statements) }));
  const edges = page.edges.map((row) => (
    { ...row, source: actors[row.source], target: actors[row.target], statements: pick(row.statements) }));
  const lines = ties.map(({ edges: positions, ...line }) => {
    const [from, to] = [line.from, line.to].map((id) => actors[Number(id.slice(1))]);
    const { family } = line;
    return { kind: "tie", line, family, from, to, visible: true, edges: positions.map((at) => edges[at]) };
  });
  for (const tie of lines) for (const actor of new Set([tie.from, tie.to])) actor.ties.push(tie);
  return { ...page, actors, edges, ties: lines };
}

// --- filters ---

function isFiltered() {
  return view.families.size + view.signs.size + view.only.size > 0 || view.least > 1;
}

function passes(edge) {
  return (!view.families.size || view.families.has(edge.family))
    && (!view.signs.size || view.signs.has(signOf([edge.sign])))
    && (view.only.has("real") === view.only.has("unreal") || view.only.has("unreal") === Boolean(factuality(edge)))
    && (!view.only.has("disputed") || edge.disputed);
}

/** What a tie shows of itself when only these of its edges are shown. */
function summary(tie, edges) {
  const directed = edges.filter((edge) => !edge.symmetric);
  return {
    edges,
    events: edges.reduce((sum, edge) => sum + edge.count, 0),
    sign: signOf(edges.map((edge) => edge.sign)),
    loose: edges.length > 0 && edges.every((edge) => factuality(edge) !== ""),
    disputed: edges.some((edge) => edge.disputed),
    forth: directed.some((edge) => edge.source === tie.from),
    back: directed.some((edge) => edge.source === tie.to && tie.from !== tie.to),
  };
}

function applyFilters() {
  for (const tie of graph.ties) {
    tie.shown = summary(tie, tie.edges.filter(passes));
    tie.visible = tie.shown.edges.length > 0 && tie.shown.events >= view.least;
  }
  for (const actor of graph.actors) {
    actor.visible = !isFiltered() || actor === view.chosen || actor.ties.some((tie) => tie.visible);
  }
}

function refilter() {
  applyFilters();
  if (view.chosen?.kind === "tie" && !view.chosen.visible) clear();
  else refresh();
  showFilters();
  const visible = graph.ties.filter((tie) => tie.visible).length;
  say(`${number(visible)} of ${count(graph.ties.length, "tie")} shown`);
  notice(visible || !graph.ties.length ? null : [el("p", {}, WORDS.nothingLeft),
    el("button", { type: "button", onclick: clearFilters }, "Clear filters")]);
}

function clearFilters() {
  for (const chosen of [view.families, view.signs, view.only]) chosen.clear();
  view.least = 1;
  refilter();
}

// --- choosing ---

/** Show an actor or a tie in the panel and in the drawing. */
function choose(item, { fromDrawing = false, remember = true } = {}) {
  if (!view.chosen) cameFrom = document.activeElement;
  view.chosen = item;
  if (item.kind === "tie" && !item.visible) clearFilters();
  applyFilters();
  openSheet(true);
  refresh();
  if (!fromDrawing || isNarrow()) drawing.show(item, { covered: covered() });
  $("#content").scrollTop = 0;
  $("#content h2").focus({ preventScroll: true });
  say(item.kind === "actor" ? item.name : `${item.from.name} and ${item.to.name}`);
  if (remember) writeAddress();
}

/** Back to the lists. */
function clear({ remember = true } = {}) {
  if (!view.chosen) return;
  view.chosen = null;
  applyFilters();
  openSheet(false);
  refresh();
  const back = cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : $("#content h2");
  back?.focus({ preventScroll: true });
  if (remember) writeAddress();
}

/** Bring panel and drawing in line with what is chosen and filtered. */
function refresh() {
  const { chosen } = view;
  const shown = !chosen ? overviewView() : chosen.kind === "actor" ? actorView(chosen) : tieView(chosen);
  $("#content").replaceChildren(...present(shown));
  $("#sheet").replaceChildren(sheetLabel());
  drawing.repaint();
}

function say(text) {
  $("#status").textContent = text;
}

function notice(parts) {
  $("#notice").hidden = !parts;
  $("#notice").replaceChildren(...(parts || []));
}

// --- the address: #actor=iran or #tie=iran~russia~stance, so that a view can be cited and Back works ---

function addressOf(item) {
  if (!item) return "#";
  const key = item.kind === "actor" ? [item.id] : [item.from.id, item.to.id, item.family];
  return `#${item.kind}=${key.map(encodeURIComponent).join("~")}`;
}

function writeAddress() {
  const wanted = addressOf(view.chosen);
  if ((location.hash || "#") === wanted) return;
  try {
    history.pushState(null, "", wanted);
  } catch {
    // pages inside other pages may not have an address of their own
  }
}

function readAddress() {
  const item = [...graph.actors, ...graph.ties].find((each) => addressOf(each) === location.hash);
  if (item && item !== view.chosen) choose(item, { remember: false });
  else if (!item) clear({ remember: false });
}

// --- phones: the panel is a sheet at the bottom ---

function isNarrow() {
  return matchMedia("(max-width: 760px)").matches;
}

function openSheet(open) {
  $("#panel").classList.toggle("open", open);
  $("#sheet").setAttribute("aria-expanded", String(open));
}

function isSheetOpen() {
  return $("#panel").classList.contains("open");
}

/** The height of the drawing that the sheet covers, in CSS pixels. */
function covered() {
  if (!isNarrow()) return 0;
  const stage = $("#graph").getBoundingClientRect();
  return isSheetOpen() ? Math.max(0, stage.bottom - innerHeight * 0.42) : 56;
}

function sheetLabel() {
  if (view.chosen) return "Hide details";
  return `${count(graph.ties.filter((tie) => tie.visible).length, "tie")}, ${count(graph.actors.length, "actor")}`;
}

// --- pointer and keys ---

function setUpPointer() {
  const { network } = drawing;
  const container = $("#graph");
  network.on("click", ({ pointer }) => {
    const item = drawing.itemAt(pointer.DOM);
    if (item) choose(item, { fromDrawing: true });
    else clear();
  });
  let waiting = null; // the last move that no frame has answered yet
  const answer = () => {
    pointAt(waiting, container);
    waiting = null;
  };
  container.addEventListener("pointermove", (event) => {
    if (!waiting) requestAnimationFrame(answer);
    waiting = event;
  });
  container.addEventListener("pointerleave", () => showTip(null));
}

function pointAt(event, container) {
  const box = container.getBoundingClientRect();
  const free = event.pointerType === "mouse" && !event.buttons;
  const item = free && container.matches(":hover")
    ? drawing.itemAt({ x: event.clientX - box.left, y: event.clientY - box.top })
    : null;
  showTip(item, event, box);
}

function showTip(item, event, box) {
  drawing.hover(item);
  const tip = $("#tip");
  $("#graph").classList.toggle("pointing", Boolean(item));
  tip.hidden = !item;
  if (!item) return;
  tip.replaceChildren(...tipOf(item));
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  tip.style.left = `${Math.max(8, Math.min(x + 14, box.width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > box.height ? y - tip.offsetHeight - 12 : y + 18}px`;
}

function tipOf(item) {
  const [head, words] = item.kind === "actor"
    ? [bdi(item.name), `${typeLabel(item)}, ${count(item.mentions, "mention")}`]
    : [tieSummary(item), `${tieKind(item, ", ")}, ${count(item.shown.events, "event")}`];
  return [el("b", {}, head), el("span", {}, words)];
}

const PANS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function setUpKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
    if (event.key === "Escape") clear();
    else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      $("#query").focus();
    }
  });
  $("#graph").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (PANS[event.key]) drawing.pan(...PANS[event.key]);
    else if (event.key === "+" || event.key === "=") drawing.zoom(1.3);
    else if (event.key === "-") drawing.zoom(1 / 1.3);
    else if (event.key === "0") drawing.fit({ covered: covered() });
    else return;
    event.preventDefault();
  });
}

// --- start ---

function showCounts() {
  const { counts } = graph;
  const parts = [
    count(counts.actors, "actor"), count(counts.edges, "edge"), count(counts.statements, "statement"),
    counts.documents > 0 && count(counts.documents, "article"), period(counts.first, counts.last),
  ].filter(Boolean);
  const hidden = counts.hidden > 0 && el("span", { class: "left-out" }, WORDS.hidden(counts.hidden));
  $("#counts").replaceChildren(...present([parts.map((part) => el("span", {}, part)), hidden]));
}

function start() {
  showCounts();
  applyFilters();
  drawing = new Drawing($("#graph"), graph, view, JSON.parse(data.options));
  $("#graph").network = drawing.network; // for tests and for scripts of those who embed the page
  setUpFilters();
  setUpTools();
  setUpTheme();
  setUpLegend();
  setUpPointer();
  setUpKeys();
  new Search();
  $("#sheet").addEventListener("click", () => (view.chosen ? clear() : openSheet(!isSheetOpen())));
  window.addEventListener("popstate", readAddress);
  document.body.classList.toggle("bare", graph.actors.length === 0);
  if (!graph.actors.length) notice([el("h2", {}, WORDS.empty.title), el("p", {}, WORDS.empty.text)]);
  refresh();
  drawing.fit({ animate: false, covered: covered() });
  if (location.hash) readAddress();
}

start();
