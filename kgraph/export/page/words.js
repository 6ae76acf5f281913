// Every English text of the page that depends on the data, and how dates, numbers and durations are written.

const WORDS = {
  families: { agreement: "Agreement", stance: "Stance", event: "Event", role: "Role" },
  familyHints: {
    agreement: "treaties, deals and ceasefires, made or broken",
    stance: "what one says to or about the other",
    event: "what one does to or with the other",
    role: "memberships, offices, alliances",
  },
  signs: { positive: "Positive", negative: "Negative", mixed: "Mixed", neutral: "Neutral" },
  signHints: {
    positive: "cooperation, support, praise",
    negative: "conflict, blame, pressure",
    mixed: "positive and negative at once",
    neutral: "neither, or not to be told",
  },
  real: "Happened",
  realHint: "Leave out what is denied, planned, possible or demanded",
  unreal: "Not done",
  unrealHint: "Only what did not happen, or is planned, possible or demanded",
  lines: {
    arrow: ["Arrow", "who acts on whom"],
    loose: ["Wide gaps, open arrow", "not done: planned, possible, denied …"],
    width: ["Width", "number of events"],
    disputed: ["Disputed", "statements say opposite things"],
  },
  negatedRole: "is not so",
  // polarity, then modality; what is affirmed and actual needs no word
  factuality: {
    affirmed: {
      planned: "planned",
      possible: "possible",
      conditional: "only on a condition",
      demanded: "demanded",
      obliged: "owed, not yet done",
    },
    negated: {
      actual: "did not happen",
      planned: "planned not to happen",
      possible: "perhaps not so",
      conditional: "would not happen",
      demanded: "demanded not to happen",
      obliged: "not owed",
    },
  },
  disputed: "disputed",
  disputedHint: "Another statement says the opposite. Both are kept, each with its speaker.",
  quoted: "in quotation marks",
  marks: { source: "who acts or speaks", target: "to whom", trigger: "what is done or said" },
  statementId: "Id of this statement, for corrections",
  unnamed: "someone unnamed",
  untitled: "Untitled article",
  noSentence: "No sentence is kept for this edge.",
  empty: {
    title: "Nothing to draw yet",
    text: "No named actors were found in these articles. "
      + "Articles that name who did or said what to whom give a graph.",
  },
  nothingLeft: "No tie passes these filters.",
  hint: "Choose an actor or a tie, here or in the drawing, to read the sentences behind it.",
  hidden: (n) => n === 1
    ? "1 statement is not drawn, since an actor in it has no name."
    : `${number(n)} statements are not drawn, since an actor in them has no name.`,
  agreement: {
    kind: "Agreement on",
    status: "Status",
    parties: "Parties",
    date: "Dated",
    duration: "For",
    includes: "Includes",
    excludes: "Leaves out",
    mediator: "Mediated by",
  },
  months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"],
  units: { Y: "year", M: "month", W: "week", D: "day", H: "hour", m: "minute", S: "second" },
};

/** 1234 as "1,234". */
function number(n) {
  return Number(n).toLocaleString("en");
}

/** `count(2, "article")` is "2 articles"; the plural is given where it is irregular. */
function count(n, noun, plural = noun + "s") {
  return `${number(n)} ${n === 1 ? noun : plural}`;
}

/** "2025-06-13" as "13 June 2025"; months and years alone are kept as precise as they came. */
function date(iso) {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(iso || "");
  if (!found) return iso || "";
  const [, year, month, day] = found;
  const name = month && WORDS.months[Number(month) - 1];
  return [day && name && Number(day), name, year].filter(Boolean).join(" ");
}

/** Two ISO dates as one period; month and year stand once where they are the same. */
function period(first, last) {
  if (!first || !last || first === last) return date(first || last);
  const sameUpTo = (length) => first.length === 10 && first.slice(0, length) === last.slice(0, length);
  if (sameUpTo(7)) return `${Number(first.slice(8))}–${date(last)}`;
  return `${sameUpTo(4) ? date(first).replace(/ \d{4}$/, "") : date(first)} – ${date(last)}`;
}

/** An ISO 8601 duration such as "P25Y" as "25 years"; what is none is given back. */
function duration(iso) {
  const found = /^P(.*?)(?:T(.*))?$/.exec(iso || "");
  if (!found) return iso || "";
  const parts = [...`${found[1]}${(found[2] || "").replace("M", "m")}`.matchAll(/(\d+)([YMWDHmS])/g)];
  return parts.map(([, n, unit]) => count(Number(n), WORDS.units[unit])).join(" ") || iso;
}

/** What a table has for a key of the data, else `spare`; names that every object has do not count. */
function entry(table, key, spare) {
  return Object.hasOwn(table, key) ? table[key] : spare;
}

function familyName(family) {
  return entry(WORDS.families, family, family);
}

/** What to say of polarity and modality; "" where it is affirmed and actual. */
function factuality({ polarity, modality, family }) {
  if (polarity === "negated" && modality === "actual" && family === "role") return WORDS.negatedRole;
  return entry(entry(WORDS.factuality, polarity, {}), modality, modality === "actual" ? "" : modality);
}

/** "positive", "negative", "mixed" or "neutral" for the signs -1, 0, 1 of several edges. */
function signOf(signs) {
  const plus = signs.some((sign) => sign > 0);
  const minus = signs.some((sign) => sign < 0);
  if (plus && minus) return "mixed";
  if (plus) return "positive";
  return minus ? "negative" : "neutral";
}

/** Text as it is searched: lower case, without accents. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
