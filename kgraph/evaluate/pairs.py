"""The pair model with the pair given: category and directed stance, per class, with confusion and calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kgraph.evaluate.figures import Figure, Item, accuracy, macro_f1
from kgraph.extract.pair_model import CATEGORIES, NONE, PairModel, PairQuery, Verdict
from kgraph.ontology import default_ontology

_MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # one category in the public set
_BINS = 10  # of confidence, in a reliability diagram

Answer = tuple[str, str, float]  # wanted, given, confidence


def pairs(gold: list[Item], model: PairModel) -> dict[str, Any]:
    """Figures of the form that GOLD has: a category (source, target, category), a stance (p, q, label), or kgraph's
    own sentences with ``actors`` and ``acts``. Raises KeyError where it has none."""
    if "acts" in gold[0]:
        return _categories(list(_own(gold, model)), merged=False)
    if "label" in gold[0]:
        return _stance(list(_stances(gold, model)))
    merged = "YIELD" in {row["category"] for row in gold}
    return _categories(list(_marked(gold, model, merged=merged)), merged=merged)


def _marked(gold: list[Item], model: PairModel, *, merged: bool) -> Iterator[Answer]:
    """The likeliest act from source to target; that there is one is given."""
    queries = [PairQuery(row["text"], [_place(row["source"][0]), _place(row["target"][0])], [(0, 1)]) for row in gold]
    for row, (verdict,) in zip(gold, model.judge(queries), strict=True):
        chances: Counter[str] = Counter()
        for key, chance in zip(CATEGORIES, verdict.categories, strict=True):
            if key != NONE:
                chances[_MERGED.get(key, key) if merged else key] += float(chance)  # type: ignore[assignment]
        best = max(chances, key=chances.__getitem__)
        yield row["category"], best, chances[best] / max(1e-9, verdict.act)


def _own(gold: list[Item], model: PairModel) -> Iterator[Answer]:
    """Each ordered pair of the actors of a sentence, NONE among the categories."""
    for row, verdicts, order in _all_pairs(gold, model):
        acts = {(act["source"], act["target"]): act["category"] for act in row["acts"]}
        for pair, verdict in zip(order, verdicts, strict=True):
            if pair in acts or pair[::-1] not in acts:  # the way back of an act is not annotated where it is mutual
                yield acts.get(pair, NONE), *verdict.category()


def _all_pairs(gold: list[Item], model: PairModel) -> Iterator[tuple[Item, tuple[Verdict, ...], list[tuple[int, int]]]]:
    orders = [[(i, j) for i in range(n) for j in range(n) if i != j] for n in (len(row["actors"]) for row in gold)]
    queries = [
        PairQuery(row["text"], [_place(actor) for actor in row["actors"]], order)
        for row, order in zip(gold, orders, strict=True)
    ]
    yield from zip(gold, model.judge(queries), orders, strict=True)


def _stances(gold: list[Item], model: PairModel) -> Iterator[Answer]:
    """0 none, 1 p to q positive, 2 q to p positive, 3 and 4 negative: the likeliest of the five."""
    queries = [PairQuery(row["text"], [_place(row["p"]), _place(row["q"])], [(0, 1), (1, 0)]) for row in gold]
    for row, (forth, back) in zip(gold, model.judge(queries), strict=True):
        (minus, none, plus), (back_minus, back_none, back_plus) = forth.signs, back.signs
        chances = [none * back_none, plus * back_none, back_plus * none, minus * back_none, back_minus * none]
        best = max(range(5), key=chances.__getitem__)
        yield str(row["label"]), str(best), float(chances[best]) / max(1e-9, float(sum(chances)))


def _place(span: Item) -> tuple[int, int]:
    return span["start"], span["end"]


def _categories(answers: list[Answer], *, merged: bool) -> dict[str, Any]:
    rows = [answer[:2] for answer in answers]
    labels = sorted({wanted for wanted, _ in rows})
    quads = {key: category.quad for key, category in default_ontology().categories.items()}
    quads |= {"YIELD": quads["CONCEDE"], NONE: NONE}
    by_quad = [(quads[wanted], quads[given]) for wanted, given in rows]
    return {
        "items": len(rows),
        "root_macro_f1": macro_f1(rows, labels),
        "quad_macro_f1": macro_f1(by_quad, sorted({quad for quad, _ in by_quad})),
        "accuracy": accuracy(rows),
        **_details(answers, labels),
    }


def _stance(answers: list[Answer]) -> dict[str, Any]:
    rows = [answer[:2] for answer in answers]
    right = sum(wanted == given != "0" for wanted, given in rows)
    signed, edges = sum(given != "0" for _, given in rows), sum(wanted != "0" for wanted, _ in rows)
    neutral = [given for wanted, given in rows if wanted == "0"]
    return {
        "items": len(rows),
        "neutral_signed": round(sum(given != "0" for given in neutral) / max(1, len(neutral)), 4),
        "micro_f1": accuracy(rows),
        "macro_f1": macro_f1(rows, list("01234")),
        "stance_edges": Figure.of(found=signed, gold=edges, right_found=right, right_gold=right).as_dict(),
        **_details(answers, list("01234")),
    }


def _details(answers: list[Answer], labels: list[str]) -> dict[str, Any]:
    """F1 of each class, the commonest confusions, and how far confidence is from accuracy (expected error, bins)."""
    rows = [answer[:2] for answer in answers]
    confused = Counter(f"{wanted} as {given}" for wanted, given in rows if wanted != given)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for wanted, given, confidence in answers:
        bins.setdefault(min(_BINS - 1, int(confidence * _BINS)), []).append((confidence, wanted == given))
    off = sum(abs(sum(c for c, _ in found) - sum(right for _, right in found)) for found in bins.values())
    return {
        "per_class": {label: macro_f1(rows, [label]) for label in labels},
        "confusion": dict(confused.most_common(10)),
        "calibration": {
            "expected_error": round(off / max(1, len(answers)), 4),
            **{
                f"{n / _BINS:.1f}": round(sum(right for _, right in found) / len(found), 3)
                for n, found in sorted(bins.items())
            },
        },
    }
