"""Figures that several tasks share: precision and recall, accuracy, macro F1, and when two spans meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kgraph.model import Span

Item = dict[str, Any]


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


def overlap(span: Item, mention: Span | Item | None) -> bool:
    """True where a gold span and a mention share a character."""
    if mention is None:
        return False
    start, end = (mention.start, mention.end) if isinstance(mention, Span) else (mention["start"], mention["end"])
    return bool(start < span["end"] and span["start"] < end)


def accuracy(pairs: list[tuple[str, str]]) -> float:
    """Share of (wanted, given) pairs that are equal."""
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
