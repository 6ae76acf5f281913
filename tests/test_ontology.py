"""The ontology: every relation holds together, and users' own files add to it or are refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.errors import TableError
from kgraph.ontology import FAMILIES, Ontology, default_ontology, load_ontology, read_table

ONTOLOGY = default_ontology()
PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
TYPES = {
    *("state", "igo", "government", "military", "armed_group", "party", "media", "company", "ngo", "person"),
    *("people", "place", "other"),
}
RELATION = 'family = "stance"\ncategory = "ACCUSE"\nlabel = "mocks"\ninverse = "is mocked by"\n'


def load(tmp_path: Path, content: str) -> Ontology:
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    return load_ontology(path)


# --- the built-in ontology ----------------------------------------------------------------------------


def test_categories_are_the_sixteen_of_plover() -> None:
    assert set(ONTOLOGY.categories) == PLOVER
    assert {category.quad for category in ONTOLOGY.categories.values()} == {
        f"{how} {what}" for how in ("verbal", "material") for what in ("cooperation", "conflict")
    }


def test_types_are_those_of_actors_and_of_an_agreements_node() -> None:
    assert set(ONTOLOGY.types) == TYPES | {"agreement"}


def test_words_for_agreements_are_those_of_the_format() -> None:
    kinds = "cooperation military mutual_defense arms trade energy nuclear ceasefire peace border extradition "
    kinds += "prisoner_exchange normalization other"
    statuses = "proposed negotiating signed ratified in_force suspended violated terminated rejected"
    assert " ".join(ONTOLOGY.kinds) == kinds
    assert " ".join(ONTOLOGY.statuses) == statuses
    assert {"mutual_defense", "arms_sales", "consultation"} <= set(ONTOLOGY.obligations)


def test_relations_that_scripts_rely_on_are_there() -> None:
    roles = {"part_of", "member_of", "holds_office", "leads", "backed_by", "allied_with"}
    assert roles | {"fights", "call_for_restraint"} <= set(ONTOLOGY.relations)
    assert {ONTOLOGY.relations[key].family for key in roles} == {"role"}


@pytest.mark.parametrize("key", ONTOLOGY.relations)
def test_relation_holds_together(key: str) -> None:
    relation = ONTOLOGY.relations[key]
    assert relation.key == key
    assert relation.family in FAMILIES
    assert (relation.category is None) == (relation.family == "role")
    assert relation.category is None or relation.category in PLOVER
    assert {relation.sign, relation.negated_sign} <= {-1, 0, 1}
    assert {*relation.source, *relation.target} <= TYPES
    assert relation.status is None or relation.status in ONTOLOGY.statuses


@pytest.mark.parametrize("key", ONTOLOGY.relations)
def test_relation_reads_well_both_ways(key: str) -> None:
    relation = ONTOLOGY.relations[key]
    assert all(text == text.strip() and text for text in (relation.label, relation.inverse))
    assert relation.symmetric or relation.label != relation.inverse


def test_labels_tell_relations_apart() -> None:
    labels = [relation.label for relation in ONTOLOGY.relations.values()]
    assert sorted(labels) == sorted(set(labels))


def test_negated_act_has_its_relations_negated_sign() -> None:
    supports, condemns = ONTOLOGY.relations["supports"], ONTOLOGY.relations["condemns"]
    assert [supports.signed(polarity) for polarity in ("affirmed", "negated")] == [1, -1]
    assert [condemns.signed(polarity) for polarity in ("affirmed", "negated")] == [-1, 0]


# --- the user's own file ------------------------------------------------------------------------------


def test_own_relation_is_added(tmp_path: Path) -> None:
    own = load(tmp_path, f'[relations.mocks]\n{RELATION}sign = -1\nsource = ["person"]\n')
    assert set(own.relations) == {*ONTOLOGY.relations, "mocks"}
    assert (own.relations["mocks"].label, own.relations["mocks"].sign, own.relations["mocks"].source) == (
        "mocks",
        -1,
        ("person",),
    )


def test_own_relation_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    own = load(tmp_path, f"[relations.condemns]\n{RELATION}")
    assert own.relations["condemns"].label == "mocks"
    assert own.relations["threatens"] == ONTOLOGY.relations["threatens"]


def test_own_category_and_type_can_be_used_by_own_relations(tmp_path: Path) -> None:
    words = '[categories]\nMOCK = { label = "mock", quad = "verbal conflict" }\n[types]\ntribe = "tribe"\n'
    own = load(tmp_path, f'{words}[relations.mocks]\n{RELATION.replace("ACCUSE", "MOCK")}target = ["tribe"]\n')
    assert (own.categories["MOCK"].label, own.relations["mocks"].target) == ("mock", ("tribe",))


def test_own_file_leaves_the_built_in_ontology_as_it_is(tmp_path: Path) -> None:
    load(tmp_path, f"[relations.condemns]\n{RELATION}")
    assert load_ontology().relations["condemns"] == ONTOLOGY.relations["condemns"]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (RELATION + "colour = 1", "relation mocks: unknown ['colour']"),
        (RELATION.replace("label", "lable"), "relation mocks: unknown ['lable'], missing ['label']"),
        (RELATION.replace("stance", "mood"), "relation mocks: family 'mood' is none of agreement, stance, event, role"),
        (RELATION.replace("ACCUSE", "MOCK"), "relation mocks: unknown category 'MOCK'"),
        (RELATION.replace("stance", "role"), "relation mocks: all but roles have a category, and roles have none"),
        (RELATION + "sign = 2", "relation mocks: sign and negated_sign are -1, 0 or 1"),
        (RELATION + 'negated_sign = "good"', "relation mocks: sign and negated_sign are -1, 0 or 1"),
        (RELATION + 'source = ["tribe"]', "relation mocks: source and target list actor types"),
        (RELATION + 'target = "state"', "relation mocks: source and target list actor types"),
    ],
)
def test_relation_that_does_not_hold_together_is_refused(tmp_path: Path, table: str, says: str) -> None:
    with pytest.raises(TableError) as caught:
        load(tmp_path, f"[relations.mocks]\n{table}\n")
    assert str(caught.value).startswith(f"{tmp_path / 'own.toml'}: {says}")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f'[relations.mocks]\n{RELATION}status = "on ice"\n', id="unknown status"),
        pytest.param(f'[relations.mocks]\n{RELATION}symmetric = "yes"\n', id="symmetric is no boolean"),
        pytest.param(f"[relations.mocks]\n{RELATION}".replace('"mocks"', "7"), id="label is no text"),
        pytest.param(f"[relation.mocks]\n{RELATION}", id="misspelt heading"),
    ],
)
def test_mistake_that_would_pass_unnoticed_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(TableError, match=r"own\.toml"):
        load(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    [
        "relations = 3\n",
        "[relations]\nmocks = 5\n",
        '[categories]\nMOCK = { label = "mock" }\n',
        '[categories]\nMOCK = { label = "mock", quad = "verbal conflict", colour = "red" }\n',
        f"[relations.mocks]\n{RELATION}sign = [1]\n",
    ],
    ids=["no table", "no table within", "column missing", "unknown column", "list for a number"],
)
def test_table_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(TableError, match=r"own\.toml"):
        load(tmp_path, content)


def test_file_that_is_no_toml_is_refused_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"own\.toml: not a TOML table that can be read \(.*line 2"):
        load(tmp_path, "[relations]\nmocks = \n")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"none\.toml: there is no such table; check the path"):
        read_table(tmp_path / "none.toml")


def test_tables_cannot_be_changed_by_who_reads_them() -> None:
    with pytest.raises(TypeError):
        ONTOLOGY.relations["condemns"] = ONTOLOGY.relations["supports"]  # type: ignore[index]
