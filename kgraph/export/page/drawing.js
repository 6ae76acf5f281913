// The drawing: how ties and actors look, where their names go, and what lies under the pointer.
// Colours are those of page.css, so that there is one palette; positions and curves come with the data.

const PATTERNS = { positive: [], negative: [9, 4], mixed: [13, 4, 2, 4], neutral: [2, 4] };
// Ties that are only planned, possible, demanded or denied: the same strokes far apart.
const LOOSE = { positive: [4, 9], negative: [9, 12], mixed: [13, 10, 2, 10], neutral: [2, 10] };
const GLYPHS = { agreement: "diamond", event: "square", role: "circle" }; // stances, the most frequent, go without
const DIMMED = { tie: 0.13, actor: 0.2 };
const NEAREST_FIT = 1.4; // the largest scale at which a small graph is first shown
const FARTHEST_GLYPHS = 3; // units of the drawing a pixel; farther out thousands of them are slow and tell nothing
const LABEL_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const ALWAYS_NAMED = 16; // the weightiest actors, whose names may hide lighter ones, at every zoom
const LEAST_NAMED = 2; // radius in CSS pixels from which on others are named, where that hides no such actor

/** The width of a tie of so many events: each doubling adds the same. */
function lineWidth(events) {
  return Math.min(0.9 + 1.1 * Math.log2(1 + events), 9);
}

/** Dash lengths for a sign; [] is a whole line. Wide lines get longer strokes. */
function pattern(sign, { loose = false, width = 2 } = {}) {
  const stretch = Math.max(1, width / 3);
  return (loose ? LOOSE : PATTERNS)[sign].map((length) => length * stretch);
}

/** A colour of page.css by the name of its custom property, as canvas understands it. */
function colour(name, spare = "--ink") {
  const probe = document.createElement("i");
  probe.style.color = `var(${name}, var(${spare}))`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** "rgb(…)" of two such colours mixed, with so much of the first. */
function blend(one, other, share) {
  const [first, second] = [one, other].map((text) => text.match(/[\d.]+/g).map(Number));
  return `rgb(${[0, 1, 2].map((at) => Math.round(first[at] * share + second[at] * (1 - share))).join(", ")})`;
}

/** The custom property of an actor type's colour; types of a user's own ontology have none. */
function typeColour(type) {
  return `--type-${String(type).replace(/[^\w-]/g, "")}`;
}

class Drawing {
  constructor(container, graph, view, options) {
    this.graph = graph;
    this.view = view;
    this.hovered = null;
    this.names = new Map();
    const lying = container.clientWidth >= container.clientHeight; // drawings come wide; tall screens turn them
    this.nodes = new vis.DataSet(graph.actors.map(({ node }) => (
      { ...node, ...(lying ? {} : { x: node.y, y: node.x }), label: undefined })));
    this.edges = new vis.DataSet(graph.ties.map(({ line }) => ({ ...line })));
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
    this.network.on("afterDrawing", (ctx) => this.overlay(ctx));
    this.byRank = [...graph.actors].sort((a, b) => b.node.size - a.node.size);
    this.readPalette();
  }

  readPalette() {
    const types = new Set(this.graph.actors.map((actor) => actor.type));
    this.palette = {
      ink: colour("--ink"),
      paper: colour("--stage"),
      accent: colour("--accent"),
      ...Object.fromEntries(Object.keys(PATTERNS).map((sign) => [sign, colour(`--${sign}`)])),
    };
    this.typeColours = new Map([...types].map((type) => [type, colour(typeColour(type), "--type-other")]));
  }

  /** Bring the drawing in line with the filters and the choice. */
  repaint() {
    this.lit = this.view.chosen && neighbourhood(this.view.chosen);
    this.nodes.update(this.graph.actors.map((actor) => this.nodeLook(actor)));
    this.edges.update(this.graph.ties.map((tie) => this.tieLook(tie)));
  }

  isLit(item) {
    return !this.lit || this.lit.has(item);
  }

  nodeLook(actor) {
    const chosen = actor === this.view.chosen;
    const fill = this.typeColours.get(actor.type);
    const look = {
      background: this.isLit(actor) ? fill : blend(fill, this.palette.paper, DIMMED.actor),
      border: chosen ? this.palette.accent : this.palette.paper,
    };
    return {
      id: actor.node.id,
      hidden: !actor.visible,
      borderWidth: chosen ? 4 : 1.5,
      color: { ...look, hover: look, highlight: look },
    };
  }

  tieLook(tie) {
    const { shown } = tie;
    if (!tie.visible) return { id: tie.line.id, hidden: true };
    const stroke = this.palette[shown.sign];
    const width = lineWidth(shown.events) + (tie === this.view.chosen || tie === this.hovered ? 2 : 0);
    const dashes = pattern(shown.sign, { loose: shown.loose, width });
    const arrow = { type: shown.loose ? "vee" : "arrow", scaleFactor: 0.4 };
    return {
      id: tie.line.id,
      hidden: false,
      width,
      dashes: dashes.length ? dashes : false,
      color: { color: stroke, hover: stroke, highlight: stroke, opacity: this.isLit(tie) ? 0.9 : DIMMED.tie },
      arrows: { to: { enabled: shown.forth, ...arrow }, from: { enabled: shown.back, ...arrow } },
    };
  }

  /** Thicken the tie under the pointer; `item` may be an actor or null. */
  hover(item) {
    if (item === this.hovered) return;
    const changed = [this.hovered, item].filter((each) => each?.kind === "tie");
    this.hovered = item;
    this.edges.update(changed.map((tie) => this.tieLook(tie)));
    this.network.redraw();
  }

  /** The actor or else the tie at a point of the container, in CSS pixels; null where there is none. */
  itemAt(point) {
    const at = this.network.DOMtoCanvas(point);
    const scale = this.network.getScale();
    const actor = this.nearestActor(at, 6 / scale);
    return actor || this.nearestTie(at, 11 / scale);
  }

  nearestActor(at, slack) {
    const { nodes } = this.network.body;
    const distance = ({ node }) => Math.hypot(nodes[node.id].x - at.x, nodes[node.id].y - at.y) - node.size;
    return nearest(this.graph.actors.filter((actor) => actor.visible), distance, slack);
  }

  nearestTie(at, slack) {
    const { edges } = this.network.body;
    const distance = ({ line }) => {
      const { from, to, edgeType } = edges[line.id];
      return edgeType.getDistanceToEdge(from.x, from.y, to.x, to.y, at.x, at.y);
    };
    return nearest(this.graph.ties.filter((tie) => tie.visible), distance, slack);
  }

  // --- what is drawn over the lines: family signs, disputes, names ---

  overlay(ctx) {
    const px = 1 / this.network.getScale();
    this.sight = this.boxInSight();
    this.discs = new Boxes(80 * px);
    const drawn = this.byRank.filter((actor) => actor.visible && actor.node.size >= LEAST_NAMED * px);
    for (const actor of drawn) this.discs.add(this.discBox(actor));
    ctx.save();
    if (px < FARTHEST_GLYPHS) for (const tie of this.graph.ties) if (tie.visible) this.drawGlyphs(ctx, tie, px);
    this.drawNames(ctx, px);
    ctx.restore();
  }

  drawGlyphs(ctx, tie, px) {
    const { edgeType, from, to } = this.network.body.edges[tie.line.id];
    if (from !== to && Math.hypot(from.x - to.x, from.y - to.y) < 70 * px) return;
    ctx.globalAlpha = this.isLit(tie) ? 1 : DIMMED.tie;
    ctx.strokeStyle = this.palette[tie.shown.sign];
    ctx.fillStyle = this.palette.paper;
    ctx.lineWidth = 1.5 * px;
    const [middle, before] = [edgeType.getPoint(0.5), edgeType.getPoint(0.36)];
    if (GLYPHS[tie.family] && !this.discs.meets(around(middle, px))) glyph(ctx, GLYPHS[tie.family], middle, 4.5 * px);
    if (tie.shown.disputed) this.drawDispute(ctx, before, px);
    ctx.globalAlpha = 1;
  }

  drawDispute(ctx, { x, y }, px) {
    ctx.strokeStyle = this.palette.ink;
    glyph(ctx, "circle", { x, y }, 6.5 * px);
    ctx.fillStyle = this.palette.ink;
    ctx.font = `700 ${10 * px}px ${LABEL_FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText("≠", x, y);
  }

  /** Names as on a map: the same size at every zoom, the weightier first, none over another or a weightier actor. */
  drawNames(ctx, px) {
    const wanted = (actor) => actor === this.view.chosen || actor === this.hovered;
    const weighty = new Set(this.byRank.filter((actor) => actor.visible && this.isLit(actor)).slice(0, ALWAYS_NAMED));
    const named = this.byRank.filter((actor) => actor.visible
      && (wanted(actor) || weighty.has(actor) || (this.isLit(actor) && actor.node.size >= LEAST_NAMED * px)));
    const taken = new Boxes(80 * px);
    for (const box of this.coveredBoxes()) taken.add(box);
    for (const actor of [...named.filter(wanted), ...named.filter((each) => !wanted(each))]) {
      const boxes = this.nameBoxes(ctx, actor, px).filter((box) => inside(box, this.sight) && !taken.meets(box));
      const may = wanted(actor) ? Infinity : weighty.has(actor) ? actor.node.size : LEAST_NAMED * px;
      const hides = boxes.map((box) => this.discs.largest(box));
      const least = Math.min(...hides);
      if (!boxes.length || least >= may) continue;
      const spot = boxes[hides.indexOf(least)];
      taken.add(spot);
      this.drawName(ctx, actor, spot, px);
    }
  }

  boxInSight() {
    const { clientWidth, clientHeight } = this.network.body.container;
    return this.boxBetween({ x: 2, y: 2 }, { x: clientWidth - 2, y: clientHeight - 2 });
  }

  /** What the buttons and the legend hide. */
  coveredBoxes() {
    const { container } = this.network.body;
    const { left, top } = container.getBoundingClientRect();
    return [...container.parentElement.querySelectorAll(".tools, .legend")].map((element) => {
      const box = element.getBoundingClientRect();
      return this.boxBetween({ x: box.left - left, y: box.top - top }, { x: box.right - left, y: box.bottom - top });
    });
  }

  boxBetween(...corners) {
    const [from, to] = corners.map((corner) => this.network.DOMtoCanvas(corner));
    return { left: from.x, right: to.x, top: from.y, bottom: to.y };
  }

  discBox({ node }) {
    const { x, y } = this.network.body.nodes[node.id];
    const { size } = node;
    return { left: x - size, right: x + size, top: y - size, bottom: y + size, size };
  }

  /** Where a name may go: below, above, right or left of its actor, or between these. */
  nameBoxes(ctx, actor, px) {
    const { x, y } = this.network.body.nodes[actor.node.id];
    const gap = actor.node.size + 3 * px;
    const { lines, width } = this.nameLines(ctx, actor);
    const half = { x: (width / 2 + 2) * px, y: (lines.length * lineHeight(actor) * px) / 2 };
    const ways = [[0, 1], [0, -1], [1, 0], [-1, 0], [0.75, 0.75], [-0.75, 0.75], [0.75, -0.75], [-0.75, -0.75]];
    return ways.map(([right, down]) => {
      const [cx, cy] = [x + right * gap + Math.sign(right) * half.x, y + down * gap + Math.sign(down) * half.y];
      return { left: cx - half.x, right: cx + half.x, top: cy - half.y, bottom: cy + half.y };
    });
  }

  /** A name's lines and its width in CSS pixels. */
  nameLines(ctx, actor) {
    if (!this.names.has(actor)) {
      ctx.font = nameFont(actor, 1);
      const lines = wrapped(actor.name);
      this.names.set(actor, { lines, width: Math.max(...lines.map((line) => ctx.measureText(line).width)) });
    }
    return this.names.get(actor);
  }

  drawName(ctx, actor, box, px) {
    ctx.font = nameFont(actor, px);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4 * px;
    ctx.strokeStyle = this.palette.paper;
    ctx.fillStyle = this.palette.ink;
    const { lines } = this.nameLines(ctx, actor);
    const x = (box.left + box.right) / 2;
    const step = lineHeight(actor) * px;
    for (const draw of ["strokeText", "fillText"]) {
      lines.forEach((line, at) => ctx[draw](line, x, box.top + step * (at + 0.5)));
    }
  }

  // --- the view of it ---

  /** All of it, with room for the names at its rim. `covered` is the height under the bottom sheet, in CSS pixels. */
  fit({ animate = true, covered = 0 } = {}) {
    const boxes = this.graph.actors.filter((actor) => actor.visible).map((actor) => this.discBox(actor));
    if (!boxes.length) return;
    const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
    const { clientWidth, clientHeight } = this.network.body.container;
    const rim = Math.min(60, clientWidth / 10);
    const scales = [(clientWidth - 2 * rim) / (right - left), (clientHeight - covered - 2 * rim) / (bottom - top)];
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale: Math.max(0.02, Math.min(...scales, NEAREST_FIT)),
      offset: { x: 0, y: -covered / 2 },
      animation: animate && motion(300),
    });
  }

  /** Bring an actor or a tie into the middle of what is not covered, where it is not in sight already. */
  show(item, { covered = 0 } = {}) {
    const ends = item.kind === "tie" ? [item.from, item.to] : [item];
    const spots = ends.map(({ node }) => this.network.body.nodes[node.id]);
    if (spots.every((spot) => this.inSight(spot, covered))) return;
    const middle = (axis) => (spots[0][axis] + spots[spots.length - 1][axis]) / 2;
    const position = { x: middle("x"), y: middle("y") };
    this.network.moveTo({ position, offset: { x: 0, y: -covered / 2 }, animation: motion(350) });
  }

  inSight(spot, covered) {
    const { x, y } = this.network.canvasToDOM(spot);
    const { clientWidth, clientHeight } = this.network.body.container;
    const rim = 40;
    return x > rim && x < clientWidth - rim && y > rim && y < clientHeight - covered - rim;
  }

  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: motion(150) });
  }

  pan(dx, dy) {
    const { x, y } = this.network.getViewPosition();
    const step = 80 / this.network.getScale();
    this.network.moveTo({ position: { x: x + dx * step, y: y + dy * step }, animation: false });
  }

  move(on) {
    this.network.setOptions({ physics: { enabled: on } });
  }
}

/** What stays lit with an actor or a tie: the thing itself, its ties, and those at their other ends. */
function neighbourhood(item) {
  if (item.kind === "tie") return new Set([item, item.from, item.to]);
  const ties = item.ties.filter((tie) => tie.visible);
  return new Set([item, ...ties, ...ties.flatMap((tie) => [tie.from, tie.to])]);
}

/** The item of least distance, if that is within `slack`, else null. */
function nearest(items, distance, slack) {
  let [best, least] = [null, slack];
  for (const item of items) {
    const found = distance(item);
    if (found < least) [best, least] = [item, found];
  }
  return best;
}

function glyph(ctx, shape, { x, y }, r) {
  ctx.beginPath();
  if (shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
  if (shape === "square") ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  const corners = shape === "diamond" ? [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]] : [];
  for (const [dx, dy] of corners) ctx.lineTo(x + dx * r, y + dy * r);
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}

/** Options of an animation, none where the reader wants no motion. */
function motion(ms) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return still ? false : { duration: ms, easingFunction: "easeInOutQuad" };
}
