"""Statements against gold: kgraph's own form, and three public ones with marked mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from kgraph.evaluate.figures import Figure, Item, accuracy, macro_f1, overlap
from kgraph.model import Actor, Statement
from kgraph.records import statement_from_record

ByDocument = Mapping[str, list[Statement]]
_UNDIRECTED = frozenset(
    {"AGREE", "CONSULT", "COOPERATE"}
)  # in the public sets the order of a pair says nothing for these
_MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # one category there


def statements(gold: list[Item], found: ByDocument) -> dict[str, Any]:
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


def categories(gold: list[Item], found: ByDocument) -> dict[str, Any]:
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
        "accuracy": accuracy(pairs),
        "accuracy_where_linked": accuracy(met),
        "root_macro_f1": macro_f1(pairs, sorted({wanted for wanted, _ in pairs})),
    }


def stance(gold: list[Item], found: ByDocument) -> dict[str, Any]:
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
        "micro_f1": accuracy(pairs),
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


def documents(gold: list[Item], found: ByDocument) -> dict[str, Any]:
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
    return any(overlap(entity, span) for entity in item["entities"])


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
    apart = [other for other in others if not any(overlap(other, span) for span in spans)]
    return any(overlap(span, mention) for span in spans) and not any(overlap(other, mention) for other in apart)
