// Names of actors as pieces of text, and the boxes they take.

const LONGEST_LINE = 23; // letters of a name beside its actor

function around({ x, y }, slack) {
  return { left: x - slack, right: x + slack, top: y - slack, bottom: y + slack };
}

/** Boxes in a grid of square cells, so that whether one meets another is told by its own cells alone. */
class Boxes {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  meets(box) {
    return this.keys(box).some((key) => this.cells.get(key)?.some((other) => overlaps(box, other)));
  }

  /** The size of the largest box that this one meets, 0 if it meets none. */
  largest(box) {
    const met = this.keys(box).flatMap((key) => (this.cells.get(key) || []).filter((other) => overlaps(box, other)));
    return met.reduce((most, { size }) => Math.max(most, size), 0);
  }

  keys({ left, right, top, bottom }) {
    const [fromX, toX, fromY, toY] = [left, right, top, bottom].map((at) => Math.floor(at / this.cell));
    const keys = [];
    for (let x = fromX; x <= toX; x += 1) for (let y = fromY; y <= toY; y += 1) keys.push(`${x} ${y}`);
    return keys;
  }
}

function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function inside(box, other) {
  return box.left >= other.left && box.right <= other.right && box.top >= other.top && box.bottom <= other.bottom;
}

function nameSize(actor) {
  return 11.5 + (actor.node.size - 8) / 8;
}

function nameFont(actor, px) {
  return `${actor.node.size > 17 ? 650 : 500} ${nameSize(actor) * px}px ${LABEL_FONT}`;
}

function lineHeight(actor) {
  return nameSize(actor) * 1.2;
}

/** A long name on two lines, broken where they become most alike; what is still too long is cut. */
function wrapped(name) {
  const words = name.split(" ");
  if ([...name].length <= LONGEST_LINE || words.length < 2) return [shortened(name)];
  const breaks = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  const longest = (lines) => Math.max(...lines.map((line) => line.length));
  return breaks.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best)).map(shortened);
}

function shortened(line) {
  const letters = [...line];
  return letters.length > LONGEST_LINE ? letters.slice(0, LONGEST_LINE - 1).join("").trimEnd() + "…" : line;
}
