"""What the pair model learns from: our own sentences (data/training) and the public stance pairs."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kgraph.extract.pair_model import CATEGORIES, NONE, SIGNS

LABELLED = "stance with categories"  # a group of sentences
UNKNOWN = -100  # a label that no loss is taken of
_SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # written in one direction, true in both
_STANCE = {0: (0, 0), 1: (1, 0), 2: (0, 1), 3: (-1, 0), 4: (0, -1)}  # label to signs of p to q and q to p


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered pair of mentions, by number, with the index of its category and sign (UNKNOWN where not told)."""

    first: int
    second: int
    category: int
    sign: int


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    places: tuple[tuple[int, int], ...]
    pairs: tuple[Pair, ...]
    group: str = ""  # the writer, or "stance"


def read_own(folder: Path) -> Iterator[Sentence]:
    """The sentences of data/training; each two of their actors are a pair in both directions."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in _rows(path):
            places = tuple((actor["start"], actor["end"]) for actor in row["actors"])
            yield Sentence(row["text"], places, tuple(_pairs(row, len(places))), path.stem)


def _pairs(row: dict, count: int) -> Iterator[Pair]:
    acts = {(act["source"], act["target"]): act for act in reversed(row["acts"])}  # of several the first
    for first in range(count):
        for second in range(count):
            if first == second:
                continue
            act, back = acts.get((first, second)), acts.get((second, first))
            if act is not None:
                yield Pair(first, second, CATEGORIES.index(act["category"]), SIGNS.index(act["sign"]))
            elif back is not None and back["category"] in _SYMMETRIC:
                yield Pair(first, second, UNKNOWN, UNKNOWN)
            else:
                yield Pair(first, second, CATEGORIES.index(NONE), SIGNS.index(0))


def read_stance(path: Path, labels: Path | None = None) -> Iterator[Sentence]:
    """The pairs of directed sentiment (Park et al. 2021): their signs in both directions.

    Some have a category in ``labels``, a CSV of id, forth (what p does to q) and back, without any text.
    """
    told: dict[str, tuple[str, str]] = {}
    if labels is not None:
        with labels.open(encoding="utf-8", newline="") as file:
            told = {row["id"]: (row["forth"], row["back"]) for row in csv.DictReader(file)}
    for row in _rows(path):
        places = tuple((row[end]["start"], row[end]["end"]) for end in "pq")
        known = told.get(str(row["id"]))
        acts = [CATEGORIES.index(key) for key in known] if known else [UNKNOWN, UNKNOWN]
        signs = [SIGNS.index(sign) for sign in _STANCE[row["label"]]]
        pairs = (Pair(0, 1, acts[0], signs[0]), Pair(1, 0, acts[1], signs[1]))
        yield Sentence(row["text"], places, pairs, LABELLED if known else "stance")


def with_bystanders(
    sentences: Iterable[Sentence], others: Sequence[Sequence[tuple[int, int]]], rng: random.Random, share: float
) -> Iterator[Sentence]:
    """Sentences in a ``share`` of which other mentions are marked, too, as they are when kgraph reads."""
    for sentence, more in zip(sentences, others, strict=True):
        extra = [place for place in more if not any(_meet(place, known) for known in sentence.places)]
        yield replace(sentence, places=(*sentence.places, *extra)) if extra and rng.random() < share else sentence


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
