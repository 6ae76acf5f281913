"""Statements against gold: precision, recall, F1, and floors that must hold.

Gold comes in four forms, told by the task: ``statements`` (kgraph's own form, data/gold), and three public ones with
marked mentions: ``categories`` (a PLOVER category for a pair), ``stance`` (a directed attitude for a pair) and
``documents`` (typed relations of a whole document). Mentions match where they share a character, as is usual there.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph.errors import TableError
from kgraph.model import Actor, Span, Statement
from kgraph.ontology import read_table
from kgraph.records import statement_from_record

Item = dict[str, Any]
ByDocument = Mapping[str, list[Statement]]
_UNDIRECTED = frozenset(
    {"AGREE", "CONSULT", "COOPERATE"}
)  # in the public sets the order of a pair says nothing for these
_MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # one category there


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and their harmonic mean, each in [0, 1]."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, *, found: int, gold: int, right_found: int, right_gold: int) -> Figure:
        """From counts of what was found and wanted, and of what is right among each."""
        precision = right_found / found if found else 0.0
        recall = right_gold / gold if gold else 0.0
        total = precision + recall
        return cls(round(precision, 4), round(recall, 4), round(2 * precision * recall / total, 4) if total else 0.0)

    def as_dict(self) -> dict[str, float]:
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def evaluate(task: str, gold: Path, statements: Iterable[Statement]) -> dict[str, Any]:
    """The figures of a task; ``statements`` are those extracted from the texts of ``gold``.

    Raises TableError where the gold file does not have the form of the task.
    """
    by_document: defaultdict[str, list[Statement]] = defaultdict(list)
    for st in statements:
        by_document[st.document].append(st)
    try:
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()]
        return TASKS[task](rows, by_document)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        raise TableError(f"{gold}: not gold of the form {task!r} ({err!r}); see docs/evaluation.md") from err


def floors(path: Path) -> dict[str, dict[str, float]]:
    """The least (or, for keys that end in _max, the greatest) value that each figure may have, by task.

    Raises TableError where the file cannot be read or holds something else.
    """
    table = read_table(path)
    for task, row in table.items():
        if not isinstance(row, dict) or not all(type(limit) in (int, float) for limit in row.values()):
            raise TableError(f"{path}: {task}: expected a table of figures, each a number")
    return table


def below(figures: Mapping[str, Any], wanted: Mapping[str, float]) -> list[str]:
    """A line for each floor that does not hold. Keys of nested figures are joined by a dot.

    Raises TableError where a floor is for a figure that is none.
    """
    failed = []
    for key, limit in wanted.items():
        most = key.endswith("_max")
        value = _figure(figures, key.removesuffix("_max"))
        if value > limit if most else value < limit:
            failed.append(f"{key.removesuffix('_max')} is {value}, {'more' if most else 'less'} than {limit}")
    return failed


def _figure(figures: Mapping[str, Any], key: str) -> float:
    value: Any = figures
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if not isinstance(value, int | float):
        raise TableError(f"the floor {key!r} is for no figure; there are {', '.join(figures)}")
    return value


def _statements(gold: list[Item], found: ByDocument) -> dict[str, Any]:
    """Statements right in ends and sentence (pairs), in relation or category besides, and the rest of their fields."""
    wanted: defaultdict[str, list[Statement]] = defaultdict(list)
    for st in map(statement_from_record, gold):
        if st.source and st.target:
            wanted[st.document].append(st)
    given = [st for key in wanted for st in found.get(key, []) if st.source and st.target]
    matches = [(st, _best(st, wanted[st.document])) for st in given]
    linked = [(st, other) for st, other in matches if other is not None]
    total = sum(map(len, wanted.values()))
    met = {other.id for _, other in linked}
    same = {
        name: [_same(st, other, name) for st, other in linked]
        for name in ("category", "relation", "polarity", "modality", "speaker")
    }
    typed = {other.id for (_, other), right in zip(linked, same["category"], strict=True) if right}
    return {
        "gold": total,
        "found": len(given),
        "pairs": Figure.of(found=len(given), gold=total, right_found=len(linked), right_gold=len(met)).as_dict(),
        "typed": Figure.of(
            found=len(given), gold=total, right_found=sum(same["category"]), right_gold=len(typed)
        ).as_dict(),
        **{name: round(sum(right) / max(1, len(right)), 4) for name, right in same.items()},
    }


def _best(st: Statement, wanted: list[Statement]) -> Statement | None:
    """The gold statement of the same sentence and ends that shares the most fields with ``st``."""
    near = [g for g in wanted if g.evidence.start < st.evidence.end and st.evidence.start < g.evidence.end]
    ends = {st.source.id if st.source else "", st.target.id if st.target else ""}
    fitting = [g for g in near if g.source and g.target and {g.source.id, g.target.id} == ends and (_turned_ok(st, g))]
    names = ("relation", "category", "polarity", "modality")
    return max(fitting, key=lambda g: sum(_same(st, g, name) for name in names), default=None)


def _turned_ok(st: Statement, gold: Statement) -> bool:
    same = bool(st.source and gold.source and st.source.id == gold.source.id)
    return same or st.category in _UNDIRECTED or gold.category in _UNDIRECTED or st.family == gold.family == "role"


def _same(st: Statement, gold: Statement, name: str) -> bool:
    if name == "speaker":
        return (st.speaker.id if st.speaker else None) == (gold.speaker.id if gold.speaker else None)
    return bool(getattr(st, name) == getattr(gold, name))


def _categories(gold: list[Item], found: ByDocument) -> dict[str, Any]:
    """PLOVER category of a marked pair, decided by the surest statement that links it."""
    pairs: list[tuple[str, str]] = []
    for item in gold:
        linked = [
            st
            for st in found.get(item["id"], [])
            if st.category
            and (
                _links(st, item["source"], item["target"])
                or (st.category in _UNDIRECTED and _links(st, item["target"], item["source"]))
            )
        ]
        best = max(linked, key=lambda st: st.confidence, default=None)
        category = best.category if best and best.category else "NONE"
        pairs.append((item["category"], _MERGED.get(category, category)))
    met = [pair for pair in pairs if pair[1] != "NONE"]
    return {
        "items": len(pairs),
        "pair_linked": round(len(met) / max(1, len(pairs)), 4),
        "accuracy": _accuracy(pairs),
        "accuracy_where_linked": _accuracy(met),
        "root_macro_f1": macro_f1(pairs, sorted({wanted for wanted, _ in pairs})),
    }


def _stance(gold: list[Item], found: ByDocument) -> dict[str, Any]:
    """Directed stance of a marked pair: 0 none, 1 p to q positive, 2 q to p positive, 3 and 4 negative."""
    pairs: list[tuple[str, str]] = []
    for item in gold:
        votes: Counter[str] = Counter()
        for st in found.get(item["id"], []):
            for label, ends in (("1" if st.sign > 0 else "3", "pq"), ("2" if st.sign > 0 else "4", "qp")):
                if st.sign and _links(st, [item[ends[0]]], [item[ends[1]]]):
                    votes[label] += st.confidence  # type: ignore[assignment]  # a Counter of floats
        pairs.append((str(item["label"]), max(sorted(votes), key=votes.__getitem__, default="0")))
    neutral = [label for wanted, label in pairs if wanted == "0"]
    right = sum(wanted == label != "0" for wanted, label in pairs)
    signed, edges = sum(label != "0" for _, label in pairs), sum(wanted != "0" for wanted, _ in pairs)
    return {
        "items": len(pairs),
        "neutral_signed": round(sum(label != "0" for label in neutral) / max(1, len(neutral)), 4),
        "micro_f1": _accuracy(pairs),
        "macro_f1": macro_f1(pairs, list("01234")),
        "stance_edges": Figure.of(found=signed, gold=edges, right_found=right, right_gold=right).as_dict(),
    }


_TYPES = ("FightingAgainst", "AlliesOf", "Likes", "Dislikes", "CommWith", "BelongsTo", "InChargeOf")
_DIRECTED = frozenset({"Likes", "Dislikes"})
_ANSWERS = (
    ("FightingAgainst", lambda st: st.category in ("ASSAULT", "MOBILIZE", "COERCE") or st.relation == "fights"),
    (
        "AlliesOf",
        lambda st: st.category in ("COOPERATE", "AID", "AGREE") or st.relation in ("allied_with", "backed_by"),
    ),
    ("CommWith", lambda st: st.category in ("CONSULT", "AGREE")),
    ("BelongsTo", lambda st: st.family == "role"),
    ("InChargeOf", lambda st: st.family == "role"),
    ("Likes", lambda st: st.sign > 0),
    ("Dislikes", lambda st: st.sign < 0),
)


def _documents(gold: list[Item], found: ByDocument) -> dict[str, Any]:
    """Typed relations of whole documents: pairs found at all, and pairs with an answering type."""
    total = linked = typed = given = right_linked = right_typed = 0
    for item in gold:
        wanted = [
            rel
            for rel in item["relations"]
            if rel["type"] in _TYPES and all(_entity(item, rel[end]) for end in ("source", "target"))
        ]
        sts = list({_key(st): st for st in found.get(item["id"], []) if _answers(st) and _mentions(st)}.values())
        total, given = total + len(wanted), given + len(sts)
        linked += sum(any(_joins(st, rel) for st in sts) for rel in wanted)
        typed += sum(any(_joins(st, rel) and _fits(st, rel) for st in sts) for rel in wanted)
        right_linked += sum(any(_joins(st, rel) for rel in wanted) for st in sts)
        right_typed += sum(any(_joins(st, rel) and _fits(st, rel) for rel in wanted) for st in sts)
    return {
        "documents": len(gold),
        "gold_relations": total,
        "statements": given,
        "pairs": Figure.of(found=given, gold=total, right_found=right_linked, right_gold=linked).as_dict(),
        "typed": Figure.of(found=given, gold=total, right_found=right_typed, right_gold=typed).as_dict(),
    }


def _entity(item: Item, span: Item) -> bool:
    return any(_overlap(entity, span) for entity in item["entities"])


def _answers(st: Statement) -> frozenset[str]:
    """The types of the public set that a statement may answer to."""
    if st.polarity == "negated":
        return frozenset({"Dislikes"}) if st.sign < 0 else frozenset()
    return frozenset(name for name, holds in _ANSWERS if holds(st))


def _mentions(st: Statement) -> bool:
    return all(end is not None and end.mention is not None for end in (st.source, st.target))


def _key(st: Statement) -> tuple[object, ...]:
    places = (end.mention.start if end and end.mention else None for end in (st.source, st.target))
    return (*places, *sorted(_answers(st)))


def _joins(st: Statement, rel: Item) -> bool:
    return _links(st, [rel["source"]], [rel["target"]]) or _links(st, [rel["target"]], [rel["source"]])


def _fits(st: Statement, rel: Item) -> bool:
    ordered = rel["type"] not in _DIRECTED or _links(st, [rel["source"]], [rel["target"]])
    return ordered and rel["type"] in _answers(st)


def _links(st: Statement, source: list[Item], target: list[Item]) -> bool:
    """True where each end's mention lies on a span of its own side, and on none of the other's alone."""
    return _on(st.source, source, target) and _on(st.target, target, source)


def _on(actor: Actor | None, spans: list[Item], others: list[Item]) -> bool:
    mention = actor.mention if actor else None
    apart = [other for other in others if not any(_overlap(other, span) for span in spans)]
    return any(_overlap(span, mention) for span in spans) and not any(_overlap(other, mention) for other in apart)


def _overlap(span: Item, mention: Span | Item | None) -> bool:
    if mention is None:
        return False
    start, end = (mention.start, mention.end) if isinstance(mention, Span) else (mention["start"], mention["end"])
    return bool(start < span["end"] and span["start"] < end)


def _accuracy(pairs: list[tuple[str, str]]) -> float:
    return round(sum(wanted == given for wanted, given in pairs) / max(1, len(pairs)), 4)


def macro_f1(pairs: Iterable[tuple[str, str]], labels: Iterable[str]) -> float:
    """Mean over ``labels`` of the F1 of (wanted, given) pairs.

    >>> macro_f1([("a", "a"), ("b", "a")], ["a", "b"])
    0.3333
    """
    pairs, labels, scores = list(pairs), list(labels), []
    for label in labels:
        hit = sum(wanted == given == label for wanted, given in pairs)
        off = sum((wanted == label) != (given == label) for wanted, given in pairs)
        scores.append(2 * hit / (2 * hit + off) if hit else 0.0)
    return round(sum(scores) / max(1, len(scores)), 4)


TASKS: dict[str, Callable[[list[Item], ByDocument], dict[str, Any]]] = {
    "statements": _statements,
    "categories": _categories,
    "stance": _stance,
    "documents": _documents,
}
