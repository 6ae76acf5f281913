"""The clause layer: who is subject and object of a predicate, also where the parse leaves that to be understood."""

from __future__ import annotations

import pytest
from doc_fixture import make_doc, word
from spacy.tokens import Doc, Token

from kgraph.language.clauses import ancestors, conjuncts, governor, is_passive, noun_roles, verb_roles


def role(doc: Doc, verb: str, name: str) -> list[str]:
    return [token.text for token in verb_roles(word(doc, verb))[name]]


def noun_role(doc: Doc, noun: str, name: str) -> list[str]:
    return [token.text for token in noun_roles(word(doc, noun))[name]]


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


@pytest.fixture
def relative() -> Doc:
    return make_doc(
        "the army that  shelled/shell Sudan",
        "DT  NN   WDT   VBD           NNP",
        "det ROOT nsubj relcl         dobj",
        "1   1    3     1             3",
    )


def test_an_infinitive_has_the_subject_of_the_verb_that_wants_it() -> None:
    doc = make_doc(
        "France wants/want to  sanction Belarus",
        "NNP    VBZ        TO  VB       NNP",
        "nsubj  ROOT       aux xcomp    dobj",
        "1      1          3   1        3",
    )
    assert role(doc, "sanction", "subj") == ["France"]
    assert role(doc, "sanction", "obj") == ["Belarus"]


def test_who_is_urged_is_subject_of_what_he_is_urged_to_do() -> None:
    doc = make_doc(
        "France urged/urge Belarus to  free  hostages/hostage",
        "NNP    VBD        NNP     TO  VB    NNS",
        "nsubj  ROOT       dobj    aux xcomp dobj",
        "1      1          1       4   1     4",
    )
    assert role(doc, "free", "subj") == ["Belarus"]


def test_who_promises_is_subject_of_what_he_promises_somebody_to_do() -> None:
    doc = make_doc(
        "France promised/promise Ukraine to  send  tanks/tank",
        "NNP    VBD              NNP     TO  VB    NNS",
        "nsubj  ROOT             dobj    aux xcomp dobj",
        "1      1                1       4   1     4",
    )
    assert role(doc, "send", "subj") == ["France"]


def test_the_subject_of_an_infinitive_clause_is_object_of_the_verb_above() -> None:
    doc = make_doc(
        "France urged/urge Belarus to  free  hostages/hostage",
        "NNP    VBD        NNP     TO  VB    NNS",
        "nsubj  ROOT       nsubj   aux ccomp dobj",
        "1      1          4       4   1     4",
    )
    assert role(doc, "urged", "obj") == ["Belarus"]


def test_who_is_asked_is_subject_of_what_he_was_asked_to_do() -> None:
    doc = make_doc(
        "Belarus   was/be  asked/ask by    France to  free  hostages/hostage",
        "NNP       VBD     VBN       IN    NNP    TO  VB    NNS",
        "nsubjpass auxpass ROOT      agent pobj   aux xcomp dobj",
        "2         2       2         2     3      6   2     6",
    )
    assert role(doc, "free", "subj") == ["Belarus"]


def test_a_raised_subject_is_subject_of_what_it_seems_to_do() -> None:
    doc = make_doc(
        "Chad  appears/appear to  back  Sudan",
        "NNP   VBZ            TO  VB    NNP",
        "nsubj ROOT           aux xcomp dobj",
        "1     1              3   1     3",
    )
    assert role(doc, "back", "subj") == ["Chad"]


def test_coordinated_subjects_all_do_it() -> None:
    doc = make_doc(
        "Egypt and Jordan condemned/condemn the raid",
        "NNP   CC  NNP    VBD               DT  NN",
        "nsubj cc  conj   ROOT              det dobj",
        "3     0   0      3                 5   3",
    )
    assert role(doc, "condemned", "subj") == ["Egypt", "Jordan"]


def test_a_coordinated_noun_that_not_denies_is_left_out() -> None:
    doc = make_doc(
        "Russia and not Belarus shelled/shell Ukraine",
        "NNP    CC  RB  NNP     VBD           NNP",
        "nsubj  cc  neg conj    ROOT          dobj",
        "4      0   3   0       4             4",
    )
    assert texts(conjuncts(word(doc, "Russia"))) == ["Russia"]


def test_the_second_of_coordinated_verbs_has_the_subject_of_the_first() -> None:
    doc = make_doc(
        "Turkey attacked/attack Syria and bombed/bomb Iraq",
        "NNP    VBD             NNP   CC  VBD         NNP",
        "nsubj  ROOT            dobj  cc  conj        dobj",
        "1      1               1     1   1           4",
    )
    assert role(doc, "bombed", "subj") == ["Turkey"]
    assert role(doc, "attacked", "obj") == ["Syria"]


def test_an_object_behind_coordinated_verbs_is_that_of_both() -> None:
    doc = make_doc(
        "Turkey condemned/condemn and rejected/reject the raid",
        "NNP    VBD               CC  VBD             DT  NN",
        "nsubj  ROOT              cc  conj            det dobj",
        "1      1                 1   1               5   3",
    )
    assert role(doc, "condemned", "obj") == ["raid"]


def test_the_second_of_coordinated_passives_has_the_object_of_the_first() -> None:
    doc = make_doc(
        "Sudan     was/be  attacked/attack and occupied/occupy by    Chad",
        "NNP       VBD     VBN             CC  VBN             IN    NNP",
        "nsubjpass auxpass ROOT            cc  conj            agent pobj",
        "2         2       2               2   2               4     5",
    )
    assert role(doc, "occupied", "obj") == ["Sudan"]
    assert role(doc, "occupied", "subj") == ["Chad"]


def test_a_relative_pronoun_means_the_noun_that_its_clause_describes(relative: Doc) -> None:
    assert role(relative, "shelled", "subj") == ["army"]


def test_a_relative_pronoun_as_object_means_the_noun_as_well() -> None:
    doc = make_doc(
        "the rebels/rebel whom Chad  armed/arm",
        "DT  NNS          WP   NNP   VBD",
        "det ROOT         dobj nsubj relcl",
        "1   1            4    4     1",
    )
    assert role(doc, "armed", "obj") == ["rebels"]


def test_a_relative_clause_without_pronoun_has_the_noun_as_object() -> None:
    doc = make_doc(
        "the rebels/rebel Chad  armed/arm",
        "DT  NNS          NNP   VBD",
        "det ROOT         nsubj relcl",
        "1   1            3     1",
    )
    assert role(doc, "armed", "obj") == ["rebels"]


def test_a_participle_has_the_subject_of_the_clause_that_it_hangs_on() -> None:
    doc = make_doc(
        "Chad  sent/send troops/troop ,     attacking/attack Sudan",
        "NNP   VBD       NNS          ,     VBG              NNP",
        "nsubj ROOT      dobj         punct advcl            dobj",
        "1     1         1            1     1                4",
    )
    assert role(doc, "attacking", "subj") == ["Chad"]


def test_a_gerund_after_a_preposition_has_the_subject_above() -> None:
    doc = make_doc(
        "Chad  attacked/attack Sudan after warning/warn Egypt",
        "NNP   VBD             NNP   IN    VBG          NNP",
        "nsubj ROOT            dobj  prep  pcomp        dobj",
        "1     1               1     1     3            4",
    )
    assert role(doc, "warning", "subj") == ["Chad"]


def test_who_is_accused_is_subject_of_what_he_is_accused_of() -> None:
    doc = make_doc(
        "Egypt accused/accuse Sudan of   attacking/attack Chad",
        "NNP   VBD            NNP   IN   VBG              NNP",
        "nsubj ROOT           dobj  prep pcomp            dobj",
        "1     1              1     1    3                4",
    )
    assert role(doc, "attacking", "subj") == ["Sudan"]


def test_a_passive_has_its_agent_as_subject_and_its_subject_as_object() -> None:
    doc = make_doc(
        "Sudan     was/be  attacked/attack by    Chad",
        "NNP       VBD     VBN             IN    NNP",
        "nsubjpass auxpass ROOT            agent pobj",
        "2         2       2               2     3",
    )
    assert role(doc, "attacked", "subj") == ["Chad"]
    assert role(doc, "attacked", "obj") == ["Sudan"]


def test_a_passive_without_by_has_no_subject() -> None:
    doc = make_doc(
        "Sudan     was/be  attacked/attack",
        "NNP       VBD     VBN",
        "nsubjpass auxpass ROOT",
        "2         2       2",
    )
    assert is_passive(word(doc, "attacked"))
    assert role(doc, "attacked", "subj") == []
    assert role(doc, "attacked", "obj") == ["Sudan"]


def test_a_participle_behind_a_noun_is_passive_and_has_the_noun_as_object() -> None:
    doc = make_doc(
        "rebels/rebel backed/back by    Chad",
        "NNS          VBN         IN    NNP",
        "ROOT         acl         agent pobj",
        "0            0           1     2",
    )
    assert is_passive(word(doc, "backed"))
    assert role(doc, "backed", "obj") == ["rebels"]
    assert role(doc, "backed", "subj") == ["Chad"]


def test_a_perfect_tense_is_active() -> None:
    doc = make_doc(
        "Chad  has/have attacked/attack Sudan",
        "NNP   VBZ      VBN             NNP",
        "nsubj aux      ROOT            dobj",
        "2     2        2               2",
    )
    assert not is_passive(word(doc, "attacked"))
    assert role(doc, "attacked", "subj") == ["Chad"]


def test_subjects_hung_on_a_phrase_before_the_verb_are_given_back_to_it() -> None:
    # "In a statement, Britain and France urged …", where the parser takes Britain for an apposition of "statement"
    doc = make_doc(
        "In   a   statement ,     Britain and France urged/urge calm",
        "IN   DT  NN        ,     NNP     CC  NNP    VBD        NN",
        "prep det pobj      punct appos   cc  conj   ROOT       dobj",
        "7    2   0         2     2       4   4      7          7",
    )
    assert role(doc, "urged", "subj") == ["Britain", "France"]


def test_a_name_hung_beside_a_noun_as_second_object_modifies_it() -> None:
    # "condemned US airstrikes", where the parser sees two objects
    doc = make_doc(
        "Egypt condemned/condemn US   airstrikes/airstrike",
        "NNP   VBD               NNP  NNS",
        "nsubj ROOT              dobj dobj",
        "1     1                 1    1",
    )
    assert noun_role(doc, "airstrikes", "mod") == ["US"]


def test_a_dative_is_the_indirect_object_before_and_behind_the_thing_given() -> None:
    before = make_doc(
        "Egypt gave/give Sudan  weapons/weapon",
        "NNP   VBD       NNP    NNS",
        "nsubj ROOT      dative dobj",
        "1     1         1      1",
    )
    behind = make_doc(
        "Egypt gave/give weapons/weapon to     Sudan",
        "NNP   VBD       NNS            IN     NNP",
        "nsubj ROOT      dobj           dative pobj",
        "1     1         1              1      3",
    )
    assert role(before, "gave", "iobj") == ["Sudan"]
    assert role(behind, "gave", "to") == ["Sudan"]


def test_prepositional_arguments_stand_under_their_preposition() -> None:
    doc = make_doc(
        "Sudan agreed/agree with Egypt and Chad on   water",
        "NNP   VBD          IN   NNP   CC  NNP  IN   NN",
        "nsubj ROOT         prep pobj  cc  conj prep pobj",
        "1     1            1    2     3   3    1    6",
    )
    assert role(doc, "agreed", "with") == ["Egypt", "Chad"]
    assert role(doc, "agreed", "on") == ["water"]


def test_an_attack_has_its_attacker_and_its_victim() -> None:
    doc = make_doc(
        "Chad 's   raid against Sudan",
        "NNP  POS  NN   IN      NNP",
        "poss case ROOT prep    pobj",
        "2    0    2    2       3",
    )
    assert noun_role(doc, "raid", "poss") == ["Chad"]
    assert noun_role(doc, "raid", "against") == ["Sudan"]


def test_what_is_shown_by_somebody_is_his() -> None:
    doc = make_doc(
        "support shown/show by    Egypt for  Sudan",
        "NN      VBN        IN    NNP   IN   NNP",
        "ROOT    acl        agent pobj  prep pobj",
        "0       0          1     2     0    4",
    )
    assert noun_role(doc, "support", "by") == ["Egypt"]
    assert noun_role(doc, "support", "for") == ["Sudan"]


def test_an_infinitive_on_a_noun_is_done_by_the_holder_of_the_noun() -> None:
    doc = make_doc(
        "Egypt 's   promise to  help Sudan",
        "NNP   POS  NN      TO  VB   NNP",
        "poss  case ROOT    aux acl  dobj",
        "2     0    2       4   2    4",
        ents={"Egypt": "GPE"},
    )
    assert role(doc, "help", "subj") == ["Egypt"]


def test_an_infinitive_on_the_object_of_a_verb_is_done_by_the_subject_of_the_verb() -> None:
    doc = make_doc(
        "Egypt made/make a   promise to  help Sudan",
        "NNP   VBD       DT  NN      TO  VB   NNP",
        "nsubj ROOT      det dobj    aux acl  dobj",
        "1     1         3   1       5   3    5",
    )
    assert role(doc, "help", "subj") == ["Egypt"]


def test_the_governor_of_a_gerund_is_the_verb_above_its_preposition() -> None:
    doc = make_doc(
        "Chad  stopped/stop short of   attacking/attack Sudan",
        "NNP   VBD          RB    IN   VBG              NNP",
        "nsubj ROOT         advmod prep pcomp           dobj",
        "1     1            1     2    3                4",
    )
    above = governor(word(doc, "attacking"))
    assert above is not None
    assert above.text == "stopped"


def test_a_main_clause_has_no_governor(relative: Doc) -> None:
    assert governor(word(relative, "army")) is None
    assert texts(list(ancestors(word(relative, "shelled")))) == ["army"]


def test_roles_of_clauses_nested_without_end_are_found_in_time() -> None:
    verbs = 200
    doc = make_doc(
        "Chad " + "wants/want " * verbs,
        "NNP " + "VBZ " * verbs,
        "nsubj ROOT " + "xcomp " * (verbs - 1),
        "1 1 " + " ".join(str(i) for i in range(1, verbs)),
    )
    assert verb_roles(doc[verbs])["obj"] == []


def test_a_list_without_end_is_read_to_its_end() -> None:
    names = 1_200
    doc = make_doc(
        "Chad " * names,
        "NNP " * names,
        "ROOT " + "conj " * (names - 1),
        "0 " + " ".join(str(i) for i in range(names - 1)),
    )
    assert len(conjuncts(doc[0])) == names
