"""Whether it happened: polarity and modality of a predicate from its own words and from what governs it."""

from __future__ import annotations

import pytest
from doc_fixture import make_doc, word

from kgraph.extract.factuality import factuality_of
from kgraph.language import Language

Rows = tuple[str, str, str, str]

NOT = (
    "Chad  did/do not attack Sudan",
    "NNP   VBD    RB  VB     NNP",
    "nsubj aux    neg ROOT   dobj",
    "3     3      3   3      3",
)
NEITHER_VERB = (
    "Chad  neither attacked/attack nor threatened/threaten Sudan",
    "NNP   CC      VBD             CC  VBD                 NNP",
    "nsubj preconj ROOT            cc  conj                dobj",
    "2     2       2               2   2                   4",
)
DENIED = (
    "Chad  denied/deny that Egypt attacked/attack Sudan",
    "NNP   VBD         IN   NNP   VBD             NNP",
    "nsubj ROOT        mark nsubj ccomp           dobj",
    "1     1           4    4     1               4",
)
REFUSED = (
    "Chad  refused/refuse to  help  Sudan",
    "NNP   VBD            TO  VB    NNP",
    "nsubj ROOT           aux xcomp dobj",
    "1     1              3   1     3",
)
IF = (
    "If   Chad  attacks/attack Sudan ,     Egypt will help Libya",
    "IN   NNP   VBZ            NNP   ,     NNP   MD   VB   NNP",
    "mark nsubj advcl          dobj  punct nsubj aux  ROOT dobj",
    "2    2     7              2     7     7     7    7    7",
)


def _tense(verb: str) -> Rows:
    """ "Chad will attack Sudan", with another auxiliary."""
    return f"Chad {verb} attack Sudan", "NNP MD VB NNP", "nsubj aux ROOT dobj", "2 2 2 2"


def _governed(verb: str, tag: str = "VBZ") -> Rows:
    """ "Chad plans to attack Sudan", with another governor."""
    return f"Chad {verb} to attack Sudan", f"NNP {tag} TO VB NNP", "nsubj ROOT aux xcomp dobj", "1 1 3 1 3"


@pytest.mark.parametrize(
    ("rows", "predicate"),
    [
        pytest.param(NOT, "attack", id="did not attack"),
        pytest.param(
            (
                "Chad  has/have never attacked/attack Sudan",
                "NNP   VBZ      RB    VBN             NNP",
                "nsubj aux      neg   ROOT            dobj",
                "3     3        3     3               3",
            ),
            "attacked",
            id="never attacked",
        ),
        pytest.param(
            (
                "No  army  attacked/attack Sudan",
                "DT  NN    VBD             NNP",
                "det nsubj ROOT            dobj",
                "1   2     2               2",
            ),
            "attacked",
            id="no army attacked",
        ),
        pytest.param(
            (
                "No  soldiers/soldier were/be  killed/kill by    Chad",
                "DT  NNS              VBD     VBN         IN    NNP",
                "det nsubjpass        auxpass ROOT        agent pobj",
                "1   3                3       3           3     4",
            ),
            "killed",
            id="no soldiers were killed",
        ),
        pytest.param(
            ("Nobody attacked/attack Sudan", "NN VBD NNP", "nsubj ROOT dobj", "1 1 1"),
            "attacked",
            id="nobody attacked",
        ),
        pytest.param(
            (
                "Neither Chad  nor Sudan attacked/attack Egypt",
                "CC      NNP   CC  NNP   VBD             NNP",
                "preconj nsubj cc  conj  ROOT            dobj",
                "1       4     1   1     4               4",
            ),
            "attacked",
            id="neither Chad nor Sudan attacked",
        ),
        pytest.param(NEITHER_VERB, "attacked", id="neither attacked nor threatened, the first"),
        pytest.param(
            NEITHER_VERB,
            "threatened",
            id="neither attacked nor threatened, the second",
        ),
        pytest.param(
            (
                "Chad  did/do not attack or threaten Sudan",
                "NNP   VBD    RB  VB     CC VB       NNP",
                "nsubj aux    neg ROOT   cc conj     dobj",
                "3     3      3   3      3  3        5",
            ),
            "threaten",
            id="did not attack or threaten, the second",
        ),
        pytest.param(
            (
                "Chad  left/leave Sudan without attacking/attack Egypt",
                "NNP   VBD        NNP   IN      VBG              NNP",
                "nsubj ROOT       dobj  prep    pcomp            dobj",
                "1     1          1     1       3                4",
            ),
            "attacking",
            id="without attacking",
        ),
        pytest.param(_governed("failed/fail", "VBD"), "attack", id="failed to attack"),
        pytest.param(
            (
                "Chad  stopped/stop short  of   condemning/condemn Sudan",
                "NNP   VBD          RB     IN   VBG                NNP",
                "nsubj ROOT         advmod prep pcomp              dobj",
                "1     1            1      2    3                  4",
            ),
            "condemning",
            id="stopped short of condemning",
        ),
        pytest.param(REFUSED, "help", id="refused to help"),
        pytest.param(DENIED, "attacked", id="denied that Egypt attacked"),
    ],
)
def test_what_did_not_happen_is_negated(rows: Rows, predicate: str, language: Language) -> None:
    assert factuality_of(word(make_doc(*rows), predicate), (), language).polarity == "negated"


@pytest.mark.parametrize(
    ("rows", "predicate"),
    [
        pytest.param(REFUSED, "refused", id="the refusal itself"),
        pytest.param(DENIED, "denied", id="the denial itself"),
        pytest.param(
            (
                "Chad  did/do not fail to  help  Sudan",
                "NNP   VBD    RB  VB   TO  VB    NNP",
                "nsubj aux    neg ROOT aux xcomp dobj",
                "3     3      3   3    5   3     5",
            ),
            "help",
            id="did not fail to help",
        ),
        pytest.param(
            (
                "Chad  attacked/attack Sudan and did/do not warn Egypt",
                "NNP   VBD             NNP   CC  VBD    RB  VB   NNP",
                "nsubj ROOT            dobj  cc  aux    neg conj dobj",
                "1     1               1     1   6      6   1    6",
            ),
            "attacked",
            id="attacked and did not warn",
        ),
        pytest.param(
            (
                "Chad  did/do not attend ;     Sudan attacked/attack Egypt",
                "NNP   VBD    RB  VB     :     NNP   VBD             NNP",
                "nsubj aux    neg ccomp  punct nsubj ROOT            dobj",
                "3     3      3   6      6     6     6               6",
            ),
            "attacked",
            id="a negation in a clause beside it",
        ),
        pytest.param(
            (
                "After Chad  attacked/attack Sudan ,     Egypt did/do not leave",
                "IN    NNP   VBD             NNP   ,     NNP   VBD    RB  VB",
                "mark  nsubj advcl           dobj  punct nsubj aux    neg ROOT",
                "2     2     8               2     8     8     8      8   8",
            ),
            "attacked",
            id="a clause of time under a negated verb",
        ),
    ],
)
def test_what_did_happen_is_affirmed(rows: Rows, predicate: str, language: Language) -> None:
    assert factuality_of(word(make_doc(*rows), predicate), (), language).polarity == "affirmed"


def test_no_before_the_noun_of_a_light_verb_negates_it(language: Language) -> None:
    doc = make_doc(
        "Chad  made/make no  threat against Sudan",
        "NNP   VBD       DT  NN     IN      NNP",
        "nsubj ROOT      det dobj   prep    pobj",
        "1     1         3   1      3       4",
    )
    assert factuality_of(word(doc, "made"), [word(doc, "threat")], language).polarity == "negated"


def test_governors_that_a_composition_took_in_are_left_out(language: Language) -> None:
    doc = make_doc(*REFUSED)
    assert factuality_of(word(doc, "help"), (), language, stop=word(doc, "refused")).polarity == "affirmed"


@pytest.mark.parametrize(
    ("rows", "predicate", "modality"),
    [
        pytest.param(NOT, "attack", "actual", id="did not attack"),
        pytest.param(_tense("will"), "attack", "planned", id="will attack"),
        pytest.param(_tense("would"), "attack", "planned", id="would attack"),
        pytest.param(_tense("may"), "attack", "possible", id="may attack"),
        pytest.param(_tense("could"), "attack", "possible", id="could attack"),
        pytest.param(_tense("must"), "attack", "obliged", id="must attack"),
        pytest.param(_tense("should"), "attack", "demanded", id="should attack"),
        pytest.param(_governed("plans/plan"), "attack", "planned", id="plans to attack"),
        pytest.param(_governed("failed/fail", "VBD"), "attack", "actual", id="failed to attack"),
        pytest.param(
            ("Chad 's plan to attack Sudan", "NNP POS NN TO VB NNP", "poss case ROOT aux acl dobj", "2 0 2 4 2 4"),
            "attack",
            "planned",
            id="the plan to attack",
        ),
        pytest.param(
            (
                "Chad  is/be likely to  attack Sudan",
                "NNP   VBZ   JJ     TO  VB     NNP",
                "nsubj ROOT  acomp  aux xcomp  dobj",
                "1     1     1      4   2      4",
            ),
            "attack",
            "possible",
            id="is likely to attack",
        ),
        pytest.param(
            (
                "Egypt urged/urge Chad to  help  Sudan",
                "NNP   VBD        NNP  TO  VB    NNP",
                "nsubj ROOT       dobj aux xcomp dobj",
                "1     1          1    4   1     4",
            ),
            "help",
            "demanded",
            id="urged to help",
        ),
        pytest.param(
            (
                "Egypt asked/ask why    Chad  attacked/attack Sudan",
                "NNP   VBD       WRB    NNP   VBD             NNP",
                "nsubj ROOT      advmod nsubj ccomp           dobj",
                "1     1         4      4     1               4",
            ),
            "attacked",
            "actual",
            id="asked why it attacked",
        ),
        pytest.param(
            (
                "Chad      is/be   not obliged/oblige to  help  Sudan",
                "NNP       VBZ     RB  VBN            TO  VB    NNP",
                "nsubjpass auxpass neg ROOT           aux xcomp dobj",
                "3         3       3   3              5   3     5",
            ),
            "help",
            "obliged",
            id="is not obliged to help",
        ),
        pytest.param(
            (
                "Chad  sent/send troops/troop to  attack Sudan",
                "NNP   VBD       NNS          TO  VB     NNP",
                "nsubj ROOT      dobj         aux advcl  dobj",
                "1     1         1            4   1      4",
            ),
            "attack",
            "planned",
            id="sent troops to attack",
        ),
        pytest.param(IF, "attacks", "conditional", id="if it attacks"),
        pytest.param(IF, "help", "conditional", id="will help if it attacks"),
        pytest.param(
            (
                "Unless Chad  helps/help Sudan ,     Egypt will leave",
                "IN     NNP   VBZ        NNP   ,     NNP   MD   VB",
                "mark   nsubj advcl      dobj  punct nsubj aux  ROOT",
                "2      2     7          2     7     7     7    7",
            ),
            "helps",
            "conditional",
            id="unless it helps",
        ),
        pytest.param(
            (
                "After Chad  attacked/attack Sudan ,     Egypt will leave",
                "IN    NNP   VBD             NNP   ,     NNP   MD   VB",
                "mark  nsubj advcl           dobj  punct nsubj aux  ROOT",
                "2     2     7               2     7     7     7    7",
            ),
            "attacked",
            "actual",
            id="after it attacked, it will leave",
        ),
    ],
)
def test_modality_is_that_of_the_auxiliary_or_governor(
    rows: Rows, predicate: str, modality: str, language: Language
) -> None:
    assert factuality_of(word(make_doc(*rows), predicate), (), language).modality == modality


def test_what_is_not_obliged_is_negated(language: Language) -> None:
    doc = make_doc(
        "Chad      is/be   not obliged/oblige to  help  Sudan",
        "NNP       VBZ     RB  VBN            TO  VB    NNP",
        "nsubjpass auxpass neg ROOT           aux xcomp dobj",
        "3         3       3   3              5   3     5",
    )
    assert factuality_of(word(doc, "help"), (), language).polarity == "negated"
