"""What noun phrases show: offices, membership, backers, parts."""

from __future__ import annotations

from doc_fixture import make_doc, make_scene
from spacy.tokens import Doc

from kgraph.build import Tables
from kgraph.extract.roles import find_roles
from kgraph.language import Language

Role = tuple[str, str, str]


def roles_of(doc: Doc, tables: Tables, language: Language) -> list[Role]:
    drafts = find_roles(make_scene(doc, tables, language))
    return [(d.source.id, d.relation, d.target.id) for d in drafts if d.source is not None and d.target is not None]


def test_a_title_before_a_name_is_an_office_of_the_state_before_it(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iranian Foreign  Minister Dara     Navid left/leave",
        "JJ      NNP      NNP      NNP      NNP   VBD",
        "amod    compound compound compound nsubj ROOT",
        "2       2        4        4        5     5",
        ents={"Iranian": "NORP", "Dara Navid": "PERSON"},
    )
    assert roles_of(doc, tables, language) == [("dara-navid", "holds_office", "iran")]


def test_an_apposition_behind_a_name_is_an_office(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Dara     Navid ,     the foreign minister of   Iran ,     left/leave",
        "NNP      NNP   ,     DT  JJ      NN       IN   NNP  ,     VBD",
        "compound nsubj punct det amod    appos    prep pobj punct ROOT",
        "1        9     1     5   5       1        5    6    9     9",
        ents={"Dara Navid": "PERSON", "Iran": "GPE"},
    )
    assert roles_of(doc, tables, language) == [("dara-navid", "holds_office", "iran")]


def test_an_apposition_before_a_name_is_an_office(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "The foreign minister of   Iran ,     Dara     Navid ,     left/leave",
        "DT  JJ      NN       IN   NNP  ,     NNP      NNP   ,     VBD",
        "det amod    nsubj    prep pobj punct compound appos punct ROOT",
        "2   2       9        2    3    2     7        2     2     9",
        ents={"Dara Navid": "PERSON", "Iran": "GPE"},
    )
    assert roles_of(doc, tables, language) == [("dara-navid", "holds_office", "iran")]


def test_a_possessor_before_title_and_name_is_the_body(tables: Tables, language: Language) -> None:
    # the parser makes the name an apposition of the title here
    doc = make_doc(
        "Iran 's   Foreign  Minister Dara     Navid left/leave",
        "NNP  POS  NNP      NNP      NNP      NNP   VBD",
        "poss case compound nsubj    compound appos ROOT",
        "3    0    3        6        5        3     6",
        ents={"Iran": "GPE", "Dara Navid": "PERSON"},
    )
    assert roles_of(doc, tables, language) == [("dara-navid", "holds_office", "iran")]


def test_to_be_president_is_to_hold_the_office(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Dara     Navid is/be the president of   Iran",
        "NNP      NNP   VBZ   DT  NN        IN   NNP",
        "compound nsubj ROOT  det attr      prep pobj",
        "1        2     2     4   2         4    5",
        ents={"Dara Navid": "PERSON", "Iran": "GPE"},
    )
    assert roles_of(doc, tables, language) == [("dara-navid", "holds_office", "iran")]


def test_the_body_may_stand_behind_the_field_of_an_office(tables: Tables, language: Language) -> None:
    # "deputy for political affairs at Hamas": "at" hangs on the affairs
    doc = make_doc(
        "Dara     Navid ,     head  of   political affairs/affair at   Hamas ,     left/leave",
        "NNP      NNP   ,     NN    IN   JJ        NNS            IN   NNP   ,     VBD",
        "compound nsubj punct appos prep amod      pobj           prep pobj  punct ROOT",
        "1        10    1     1     3    6         4              6    7     10    10",
        ents={"Dara Navid": "PERSON", "Hamas": "ORG"},
    )
    assert [(source, target) for source, _, target in roles_of(doc, tables, language)] == [("dara-navid", "hamas")]


def test_a_name_without_title_has_no_office(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Dara     Navid visited/visit Iran",
        "NNP      NNP   VBD           NNP",
        "compound nsubj ROOT          dobj",
        "1        2     2             2",
        ents={"Dara Navid": "PERSON", "Iran": "GPE"},
    )
    assert roles_of(doc, tables, language) == []


def test_the_body_of_a_speaker_is_kept_for_his_we(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iranian President Dara     Navid left/leave",
        "JJ      NNP       NNP      NNP   VBD",
        "amod    compound  compound nsubj ROOT",
        "1       3         3        4     4",
        ents={"Iranian": "NORP", "Dara Navid": "PERSON"},
    )
    scene = make_scene(doc, tables, language)
    (draft,) = find_roles(scene)
    assert draft.source is not None
    assert scene.side_of(draft.source).id == "iran"


def test_a_group_with_a_state_before_it_is_based_there(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Yemen 's   Houthis left/leave",
        "NNP   POS  NNPS    VBD",
        "poss  case nsubj   ROOT",
        "2     0    3       3",
        ents={"Yemen": "GPE", "Houthis": "ORG"},
    )
    assert roles_of(doc, tables, language) == [("houthis", "based_in", "yemen")]


def test_a_force_with_its_state_before_it_is_part_of_it(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran 's   Quds     Force left/leave",
        "NNP  POS  NNP      NNP   VBD",
        "poss case compound nsubj ROOT",
        "3    0    3        4     4",
        ents={"Iran": "GPE", "Quds Force": "ORG"},
    )
    assert [(relation, target) for _, relation, target in roles_of(doc, tables, language)] == [("part_of", "iran")]


def test_what_is_x_backed_is_backed_by_x(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "the Tehran   -     backed/back Hezbollah left/leave",
        "DT  NNP      HYPH  VBN         NNP       VBD",
        "det npadvmod punct amod        nsubj     ROOT",
        "4   3        3     4           5         5",
        ents={"Tehran": "GPE", "Hezbollah": "ORG"},
    )
    assert roles_of(doc, tables, language) == [("hezbollah", "backed_by", "iran")]


def test_what_is_x_led_is_led_by_x(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "the Turkish  -     led/lead NATO  left/leave",
        "DT  JJ       HYPH  VBN      NNP   VBD",
        "det npadvmod punct amod     nsubj ROOT",
        "4   3        3     4        5     5",
        ents={"Turkish": "NORP", "NATO": "ORG"},
    )
    ((source, relation, _),) = roles_of(doc, tables, language)
    assert (source, relation) == ("turkey", "leads")


def test_an_x_backed_group_explains_whom_a_quotation_just_named(tables: Tables, language: Language) -> None:
    # “Hezbollah left,” he said, referring to the Tehran-backed group.
    doc = make_doc(
        "“ Hezbollah left/leave , ” he said/say , referring/refer to the Tehran - backed/back group .",
        "`` NNP VBD , '' PRP VBD , VBG IN DT NNP HYPH VBN NN .",
        "punct nsubj ccomp punct punct nsubj ROOT punct advcl prep det npadvmod punct amod pobj punct",
        "2 2 6 6 6 6 6 6 6 8 14 13 13 14 9 6",
        ents={"Hezbollah": "ORG", "Tehran": "GPE"},
    )
    assert roles_of(doc, tables, language) == [("hezbollah", "backed_by", "iran")]


def test_those_listed_after_including_are_members(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "NATO  ,     including/include France and Italy ,     met/meet",
        "NNP   ,     VBG               NNP    CC  NNP   ,     VBD",
        "nsubj punct prep              pobj   cc  conj  punct ROOT",
        "7     0     0                 2      3   3     7     7",
        ents={"NATO": "ORG"},
    )
    members = [(source, relation) for source, relation, _ in roles_of(doc, tables, language)]
    assert members == [("france", "member_of"), ("italy", "member_of")]
