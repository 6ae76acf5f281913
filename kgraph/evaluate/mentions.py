"""Mentions against gold: who is found at all, who is meant, and where two are made one or one is made two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kgraph.evaluate.figures import Item, overlap
from kgraph.model import Mention, Span

ByDocument = Mapping[str, list[Mention]]
UNNAMED = "unnamed"  # in gold, an actor without a name; here, how the ids of such actors start
_KINDS = frozenset({"Organisation", "Person", "Nationality"})  # entities of the public set that are actors
_APART = frozenset({"FightingAgainst", "AlliesOf", "CommWith"})  # its relations between two different actors


@dataclass(frozen=True, slots=True)
class _Place:
    """A span and the ids of all whom it means."""

    span: Span
    ids: frozenset[str]


def mentions(gold: list[Item], found: ByDocument) -> dict[str, Any]:
    """Whether each gold mention is found and means the right actors; splits and merges of actors counted apart."""
    by_document: defaultdict[str, list[Item]] = defaultdict(list)
    for row in gold:
        by_document[row["document"]].append(row)
    right = met = same = split = different = merged = given = hit = 0
    for key, rows in by_document.items():
        places = _places(found.get(key, ()))
        meant = [_ids_at(row, places) for row in rows]
        met += sum(ids is not None for ids in meant)
        right += sum(
            ids is not None and _named(ids) == frozenset(row["actors"]) for row, ids in zip(rows, meant, strict=True)
        )
        given += len(places)
        hit += sum(any(overlap(row, place.span) for row in rows) for place in places)
        single = [
            (row["actors"][0], ids)
            for row, ids in zip(rows, meant, strict=True)
            if len(row["actors"]) == 1 and row["actors"][0] != UNNAMED
        ]
        for (wanted, one), (other_wanted, other) in combinations(single, 2):
            if wanted == other_wanted:
                same, split = same + 1, split + (one is None or one != other)
            elif one is not None and other is not None:
                different, merged = different + 1, merged + (one == other)
    return {
        "gold": len(gold),
        "recall": _share(met, len(gold)),
        "precision": _share(hit, given),
        "accuracy": _share(right, len(gold)),
        "accuracy_where_found": _share(right, met),
        "same_actor_pairs": same,
        "split": _share(split, same),
        "different_actor_pairs": different,
        "merged": _share(merged, different),
    }


def actors(gold: list[Item], found: ByDocument) -> dict[str, Any]:
    """Mentions against annotated entities of public documents: found, right, joined where one, apart where two."""
    total = met = same = joined = apart = merged = given = hit = 0
    for item in gold:
        here = found.get(item["id"], [])
        places = _places(here)
        given += len(here)
        hit += sum(any(_is_on(mention.span, entity) for entity in item["entities"]) for mention in here)
        wanted = [entity for entity in item["entities"] if entity["type"] in _KINDS]
        total, met = total + len(wanted), met + sum(_ids_at(entity, places) is not None for entity in wanted)
        for rel in item["relations"]:
            if overlap(rel["source"], rel["target"]):
                continue
            one, other = (_first(_ids_at(rel[end], places)) for end in ("source", "target"))
            if rel["type"] == "IsSynonymOf" and all(
                any(overlap(e, rel[end]) for e in wanted) for end in ("source", "target")
            ):
                same, joined = same + 1, joined + (one is not None and one == other)
            elif rel["type"] in _APART and one and other:
                apart, merged = apart + 1, merged + (one == other)
    return {
        "entities": total,
        "mention_recall": _share(met, total),
        "mentions": given,
        "mention_precision": _share(hit, given),
        "same_actor_pairs": same,
        "joined": _share(joined, same),
        "different_actor_pairs": apart,
        "wrongly_merged": _share(merged, apart),
    }


def _places(found: Iterable[Mention]) -> list[_Place]:
    """Spans in the order of ``found``, each with all its actors."""
    by_span: dict[Span, list[str]] = {}
    for mention in found:
        by_span.setdefault(mention.span, []).append(mention.actor.id)
    return [_Place(span, frozenset(ids)) for span, ids in by_span.items()]


def _ids_at(gold: Item, places: list[_Place]) -> frozenset[str] | None:
    """Whom the span means that fits best: the largest share of what the two cover together."""
    near = [place for place in places if overlap(gold, place.span)]
    best = max(near, key=lambda place: _fit(gold, place.span), default=None)
    return best.ids if best is not None else None


def _fit(gold: Item, span: Span) -> float:
    inside = min(span.end, gold["end"]) - max(span.start, gold["start"])
    return float(inside / (max(span.end, gold["end"]) - min(span.start, gold["start"])))


def _named(ids: frozenset[str]) -> frozenset[str]:
    return frozenset(UNNAMED if key.startswith(f"{UNNAMED}-") else key for key in ids)


def _first(ids: frozenset[str] | None) -> str | None:
    return min(ids) if ids else None


def _is_on(span: Span, entity: Item) -> bool:
    """True where a mention meets an entity and is not far longer than it."""
    return overlap(entity, span) and span.end - span.start <= 2 * (entity["end"] - entity["start"]) + 20


def _share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 4)
