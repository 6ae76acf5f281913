"""Statements and mentions against gold: precision, recall, F1, and floors that must hold.

Gold comes in forms told by the task: ``statements`` and ``mentions`` (kgraph's own, data/gold), and public ones with
marked mentions: ``categories`` (a PLOVER category for a pair), ``stance`` (a directed attitude for a pair),
``documents`` (typed relations of a whole document) and ``actors`` (its entities). Mentions match where they share a
character, as is usual there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language as Pipeline

from kgraph.errors import TableError
from kgraph.evaluate import facts, factuality, mentions, pairs, statements
from kgraph.evaluate.figures import Figure, Item, macro_f1
from kgraph.extract.pair_model import PairModel
from kgraph.language import Language
from kgraph.model import Mention, Statement
from kgraph.ontology import read_table

__all__ = [
    "MENTION_TASKS",
    "TASKS",
    "Figure",
    "below",
    "evaluate",
    "evaluate_factuality",
    "evaluate_pairs",
    "floors",
    "macro_f1",
]

TASKS: dict[str, Callable[[list[Item], Mapping[str, list[Any]]], dict[str, Any]]] = {
    "statements": statements.statements,
    "categories": statements.categories,
    "stance": statements.stance,
    "documents": statements.documents,
    "mentions": mentions.mentions,
    "actors": mentions.actors,
    "facts": facts.facts,
}
MENTION_TASKS = frozenset({"mentions", "actors"})  # those that are given mentions, the others are given statements


def evaluate(task: str, gold: Path, found: Iterable[Statement | Mention]) -> dict[str, Any]:
    """The figures of a task; ``found`` are the statements (of MENTION_TASKS the mentions) in the texts of ``gold``.

    Raises TableError where the gold file does not have the form of the task.
    """
    by_document: defaultdict[str, list[Statement | Mention]] = defaultdict(list)
    for one in found:
        by_document[one.document].append(one)
    return _figures(gold, task, lambda rows: TASKS[task](rows, by_document))


def evaluate_pairs(gold: Path, model: PairModel) -> dict[str, Any]:
    """The figures of the pair model on pairs that ``gold`` marks. Raises TableError where it marks none."""
    return _figures(gold, "pairs", lambda rows: pairs.pairs(rows, model))


def evaluate_factuality(gold: Path, nlp: Pipeline, language: Language) -> dict[str, Any]:
    """Whether the predicates that ``gold`` marks happened. Raises TableError where it marks none."""
    return _figures(gold, "factuality", lambda rows: factuality.factuality(rows, nlp, language))


def _figures(gold: Path, task: str, measure: Callable[[list[Item]], dict[str, Any]]) -> dict[str, Any]:
    try:
        return measure([json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()])
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as err:
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
