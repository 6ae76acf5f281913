"""Figures on tiny gold made by hand, for each task; floors and what is said where one does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgraph.errors import KgraphError, TableError
from kgraph.evaluate import TASKS, Figure, below, evaluate, floors, macro_f1
from kgraph.model import Actor, Span, Statement
from kgraph.records import statement_to_record

Make = Callable[..., Statement]
Figures = Callable[..., dict[str, Any]]

SENTENCE = Span(0, 60, "Sentence.".ljust(60))
NOTHING = {"precision": 0.0, "recall": 0.0, "f1": 0.0}


@pytest.fixture
def figures(tmp_path: Path) -> Figures:
    """The figures of statements against gold rows, as a command gets them: through a file."""

    def call(task: str, gold: list[Any], *found: Statement) -> dict[str, Any]:
        path = tmp_path / "gold.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in gold), encoding="utf-8")
        return evaluate(task, path, found)

    return call


def at(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


def actor(name: str, start: int) -> Actor:
    """An actor whose mention takes four characters from ``start``."""
    return Actor(name, name.title(), "state", mention=Span(start, start + 4, name[:4]))


def gold_of(*statements: Statement) -> list[dict[str, Any]]:
    return [statement_to_record(st) for st in statements]


# --- figures ------------------------------------------------------------------------------------------


def test_figure_is_precision_recall_and_their_harmonic_mean() -> None:
    assert Figure.of(found=4, gold=10, right_found=3, right_gold=5) == Figure(0.75, 0.5, 0.6)


def test_figure_of_nothing_is_nought() -> None:
    assert Figure.of(found=0, gold=0, right_found=0, right_gold=0).as_dict() == NOTHING


def test_macro_f1_weighs_all_labels_alike() -> None:
    pairs = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b")]
    assert macro_f1(pairs, ["a", "b"]) == pytest.approx((0.8 + 2 / 3) / 2, abs=1e-4)


def test_macro_f1_counts_labels_that_were_never_given() -> None:
    assert macro_f1([("a", "a"), ("b", "a")], ["a", "b"]) == 0.3333


# --- statements ---------------------------------------------------------------------------------------


def test_statements_equal_to_gold_are_all_right(figures: Figures, statement: Make) -> None:
    made = [statement("iran", "condemns", "israel"), statement("israel", "bombs", "iran")]
    result = figures("statements", gold_of(*made), *made)
    assert (result["gold"], result["found"]) == (2, 2)
    assert result["pairs"] == result["typed"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert [result[name] for name in ("category", "relation", "polarity", "modality", "speaker")] == [1.0] * 5


def test_statement_of_another_category_is_right_in_its_pair_alone(figures: Figures, statement: Make) -> None:
    wanted = statement("iran", "condemns", "israel", evidence=SENTENCE)
    result = figures("statements", gold_of(wanted), statement("iran", "bombs", "israel", evidence=SENTENCE))
    assert (result["pairs"]["f1"], result["typed"]["f1"], result["category"]) == (1.0, 0.0, 0.0)


def test_spurious_statement_costs_precision_and_a_missed_one_recall(figures: Figures, statement: Make) -> None:
    wanted = [statement("iran", "condemns", "israel"), statement("israel", "bombs", "iran")]
    result = figures("statements", gold_of(*wanted), wanted[0], statement("iran", "meets", "russia"))
    assert (result["pairs"]["precision"], result["pairs"]["recall"]) == (0.5, 0.5)


@pytest.mark.parametrize(("relation", "right"), [("condemns", 0.0), ("meets", 1.0), ("part_of", 1.0)])
def test_direction_counts_where_a_relation_has_one(
    figures: Figures, statement: Make, relation: str, right: float
) -> None:
    wanted = statement("iran", relation, "israel", evidence=SENTENCE)
    result = figures("statements", gold_of(wanted), statement("israel", relation, "iran", evidence=SENTENCE))
    assert result["pairs"]["f1"] == right


def test_statement_of_another_sentence_is_none_of_the_pair(figures: Figures, statement: Make) -> None:
    wanted, found = statement("iran", "condemns", "israel"), statement("iran", "condemns", "israel")
    assert figures("statements", gold_of(wanted), found)["pairs"] == NOTHING


def test_statements_with_one_end_and_of_other_documents_do_not_count(figures: Figures, statement: Make) -> None:
    wanted = [statement("iran", "condemns", "israel"), statement("iran", "bombs", None)]
    others = [statement("iran", "condemns", None), statement("iran", "condemns", "israel", document="other.txt")]
    result = figures("statements", gold_of(*wanted), wanted[0], *others)
    assert (result["gold"], result["found"]) == (1, 1)


def test_fields_are_measured_where_the_pair_is_right(figures: Figures, statement: Make) -> None:
    wanted = [statement("iran", "condemns", "israel"), statement("iran", "bombs", "israel")]
    speaker = Actor("tasnim", "Tasnim", "media")
    said = statement("iran", "condemns", "israel", evidence=wanted[0].evidence, speaker=speaker, polarity="negated")
    result = figures("statements", gold_of(*wanted), said, wanted[1])
    assert [result[name] for name in ("relation", "polarity", "modality", "speaker")] == [1.0, 0.5, 1.0, 0.5]


# --- categories ---------------------------------------------------------------------------------------

PAIR = {"id": "1", "text": "…", "source": [at(0, 4)], "target": [at(20, 24)], "category": "ACCUSE"}


def test_category_is_that_of_the_surest_statement_that_links_the_pair(figures: Figures, statement: Make) -> None:
    one, other = actor("iran", 0), actor("israel", 20)
    made = [
        statement(one, "condemns", other, document="1", confidence=0.9),
        statement(one, "bombs", other, document="1"),
    ]
    result = figures("categories", [PAIR], *made)
    assert result == {
        "items": 1,
        "pair_linked": 1.0,
        "accuracy": 1.0,
        "accuracy_where_linked": 1.0,
        "root_macro_f1": 1.0,
    }


def test_pair_that_no_statement_links_is_not_linked(figures: Figures, statement: Make) -> None:
    turned = statement(actor("israel", 20), "condemns", actor("iran", 0), document="1")
    elsewhere = statement(actor("iran", 0), "condemns", actor("chad", 40), document="1")
    result = figures("categories", [PAIR], turned, elsewhere)
    assert (result["pair_linked"], result["accuracy"], result["accuracy_where_linked"]) == (0.0, 0.0, 0.0)


def test_order_of_a_pair_says_nothing_for_meetings(figures: Figures, statement: Make) -> None:
    turned = statement(actor("israel", 20), "meets", actor("iran", 0), document="1")
    assert figures("categories", [{**PAIR, "category": "CONSULT"}], turned)["accuracy"] == 1.0


@pytest.mark.parametrize("relation", ["apologizes", "retreats"])
def test_concessions_and_retreats_are_one_category_there(figures: Figures, statement: Make, relation: str) -> None:
    made = statement(actor("iran", 0), relation, actor("israel", 20), document="1")
    assert made.category in ("CONCEDE", "RETREAT")
    assert figures("categories", [{**PAIR, "category": "YIELD"}], made)["accuracy"] == 1.0


# --- stance -------------------------------------------------------------------------------------------


def stance(key: str, label: int) -> dict[str, Any]:
    return {"id": key, "text": "…", "p": at(0, 4), "q": at(20, 24), "label": label}


@pytest.mark.parametrize(
    ("turned", "sign", "label"), [(False, 1, 1), (True, 1, 2), (False, -1, 3), (True, -1, 4), (False, 0, 0)]
)
def test_stance_is_told_by_direction_and_sign(
    figures: Figures, statement: Make, turned: bool, sign: int, label: int
) -> None:
    one, other = actor("iran", 0), actor("israel", 20)
    made = statement(other if turned else one, "meets", one if turned else other, document="1", sign=sign)
    assert figures("stance", [stance("1", label)], made)["micro_f1"] == 1.0


def test_stance_counts_edges_and_what_is_neutral(figures: Figures, statement: Make) -> None:
    rows = [stance("1", 1), stance("2", 3), stance("3", 0), stance("4", 0)]
    one, other = actor("iran", 0), actor("israel", 20)
    made = [statement(one, "praises", other, document="1"), statement(one, "praises", other, document="3")]
    result = figures("stance", rows, *made)
    assert (result["items"], result["neutral_signed"], result["micro_f1"]) == (4, 0.5, 0.5)
    assert result["stance_edges"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert result["macro_f1"] == 0.2333


def test_statements_vote_by_their_confidence(figures: Figures, statement: Make) -> None:
    one, other = actor("iran", 0), actor("israel", 20)
    votes = [("praises", 0.4), ("condemns", 0.7), ("praises", 0.4)]
    made = [statement(one, relation, other, document="1", confidence=confidence) for relation, confidence in votes]
    assert figures("stance", [stance("1", 1)], *made)["micro_f1"] == 1.0


# --- documents ----------------------------------------------------------------------------------------


def document(*relations: tuple[str, int, int]) -> dict[str, Any]:
    """A document with entities at 0, 20 and 40, and relations between the entities that start there."""
    rows = [
        {"type": kind, "source": at(one, one + 4), "target": at(other, other + 4)} for kind, one, other in relations
    ]
    return {"id": "1", "text": "…", "entities": [at(0, 4), at(20, 24), at(40, 44)], "relations": rows}


@pytest.mark.parametrize(
    ("relation", "kind"),
    [
        ("bombs", "FightingAgainst"),
        ("fights", "FightingAgainst"),
        ("allied_with", "AlliesOf"),
        ("signs_agreement", "Likes"),
        ("meets", "CommWith"),
        ("part_of", "BelongsTo"),
        ("leads", "InChargeOf"),
        ("praises", "Likes"),
        ("condemns", "Dislikes"),
    ],
)
def test_relation_answers_to_the_type_of_the_public_set(
    figures: Figures, statement: Make, relation: str, kind: str
) -> None:
    made = statement(actor("iran", 0), relation, actor("israel", 20), document="1")
    result = figures("documents", [document((kind, 0, 20))], made)
    assert result["typed"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_pair_is_found_where_its_type_is_not(figures: Figures, statement: Make) -> None:
    made = statement(actor("iran", 0), "bombs", actor("israel", 20), document="1")
    result = figures("documents", [document(("BelongsTo", 0, 20), ("CommWith", 20, 40))], made)
    assert result["pairs"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert result["typed"] == NOTHING


@pytest.mark.parametrize(("kind", "relation", "right"), [("Likes", "praises", 0.0), ("CommWith", "meets", 1.0)])
def test_only_likes_and_dislikes_have_a_direction(
    figures: Figures, statement: Make, kind: str, relation: str, right: float
) -> None:
    turned = statement(actor("israel", 20), relation, actor("iran", 0), document="1")
    assert figures("documents", [document((kind, 0, 20))], turned)["typed"]["f1"] == right


def test_relations_of_other_types_and_ends_are_not_wanted(figures: Figures) -> None:
    assert figures("documents", [document(("LocatedAt", 0, 20), ("Likes", 0, 60))])["gold_relations"] == 0


def test_negated_act_answers_to_nothing_but_dislike(figures: Figures, statement: Make) -> None:
    made = statement(actor("iran", 0), "supports", actor("israel", 20), document="1", polarity="negated")
    assert figures("documents", [document(("Dislikes", 0, 20))], made)["typed"]["f1"] == 1.0
    assert figures("documents", [document(("AlliesOf", 0, 20))], made)["typed"]["f1"] == 0.0


# --- gold that is none --------------------------------------------------------------------------------


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("row", [{"id": "1"}, ["1"]], ids=["keys missing", "no object"])
def test_gold_of_another_form_is_refused(figures: Figures, task: str, row: object) -> None:
    with pytest.raises(KgraphError):
        figures(task, [row])


def test_gold_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{oops\n")
    with pytest.raises(TableError, match=r"gold\.jsonl: not gold of the form 'stance'"):
        evaluate("stance", path, [])


@pytest.mark.parametrize("task", TASKS)
def test_empty_gold_gives_figures_all_the_same(figures: Figures, task: str) -> None:
    assert figures(task, [])


# --- floors -------------------------------------------------------------------------------------------

FIGURES = {"items": 10, "micro_f1": 0.5, "neutral_signed": 0.1, "stance_edges": {"precision": 0.8, "f1": 0.4}}


@pytest.mark.parametrize(
    "wanted",
    [{}, {"micro_f1": 0.5}, {"neutral_signed_max": 0.1}, {"stance_edges.f1": 0.4, "stance_edges.precision": 0.7}],
)
def test_figures_at_or_above_their_floors_hold(wanted: dict[str, float]) -> None:
    assert below(FIGURES, wanted) == []


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"micro_f1": 0.6}, "micro_f1 is 0.5, less than 0.6"),
        ({"neutral_signed_max": 0.05}, "neutral_signed is 0.1, more than 0.05"),
        ({"stance_edges.f1": 0.41}, "stance_edges.f1 is 0.4, less than 0.41"),
    ],
)
def test_floor_that_does_not_hold_is_told(wanted: dict[str, float], says: str) -> None:
    assert below(FIGURES, wanted) == [says]


def test_each_failed_floor_has_a_line() -> None:
    assert len(below(FIGURES, {"micro_f1": 0.6, "items": 11, "stance_edges.precision": 0.8})) == 2


def test_floor_of_a_figure_that_is_none_is_an_error_that_says_so() -> None:
    with pytest.raises(TableError, match="nonsense"):
        below(FIGURES, {"nonsense": 0.5})


def test_floors_are_read_by_task(tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text('[stance]\n"stance_edges.f1" = 0.4\nneutral_signed_max = 0.1\n')
    assert floors(tmp_path / "floors.toml") == {"stance": {"stance_edges.f1": 0.4, "neutral_signed_max": 0.1}}


@pytest.mark.parametrize("content", [None, "[stance\n"], ids=["missing", "no TOML"])
def test_floors_that_cannot_be_read_are_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "floors.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(TableError, match=r"floors\.toml"):
        floors(path)
