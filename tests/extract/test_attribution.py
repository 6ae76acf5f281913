"""Who says so: reported clauses, quotations, and those who pass on what others said."""

from __future__ import annotations

import pytest
from doc_fixture import make_doc, word
from spacy.tokens import Doc

from kgraph.extract.attribution import Attributions
from kgraph.language import Language
from kgraph.language.quotes import quotation_spans


def speaker(doc: Doc, predicate: str, language: Language) -> str | None:
    found = Attributions(doc, language).of(word(doc, predicate)).speaker
    return found.text if found is not None else None


def via(doc: Doc, predicate: str, language: Language) -> list[str]:
    return [token.text for token in Attributions(doc, language).of(word(doc, predicate)).via]


def quoted(doc: Doc) -> list[str]:
    return [doc[start:end].text for start, end in quotation_spans(doc)]


@pytest.fixture
def said() -> Doc:
    return make_doc(
        "Sudan said/say that Chad  attacked/attack Egypt",
        "NNP   VBD      IN   NNP   VBD             NNP",
        "nsubj ROOT     mark nsubj ccomp           dobj",
        "1     1        4    4     1               4",
    )


@pytest.fixture
def two_sentences() -> Doc:
    # “Chad attacked Egypt. It bombed Libya,” Sudan said.
    return make_doc(
        "“     Chad  attacked/attack Egypt .     It    bombed/bomb Libya ,     ”     Sudan said/say .",
        "``    NNP   VBD             NNP   .     PRP   VBD         NNP   ,     ''    NNP   VBD      .",
        "punct nsubj ROOT            dobj  punct nsubj ccomp       dobj  punct punct nsubj ROOT     punct",
        "2     2     2               2     2     6     11          6     11    11    11    11       11",
    )


@pytest.fixture
def continued() -> Doc:
    # “Chad attacked Egypt,” Sudan said. “It bombed Libya.”
    return make_doc(
        "“     Chad  attacked/attack Egypt ,     ”     Sudan said/say .     “     It    bombed/bomb Libya .     ”",
        "``    NNP   VBD             NNP   ,     ''    NNP   VBD      .     ``    PRP   VBD         NNP   .     ''",
        "punct nsubj ccomp           dobj  punct punct nsubj ROOT     punct punct nsubj ROOT        dobj  punct punct",
        "7     2     7               2     7     7     7     7        7     11    11    11          11    11    11",
    )


@pytest.fixture
def passed_on() -> Doc:
    return make_doc(
        "The daily quoted/quote the minister as   saying/say that Chad  attacked/attack Egypt",
        "DT  NN    VBD          DT  NN       IN   VBG        IN   NNP   VBD             NNP",
        "det nsubj ROOT         det dobj     prep pcomp      mark nsubj ccomp           dobj",
        "1   2     2            4   2        2    5          9    9     6               9",
    )


def test_nobody_says_what_the_article_itself_tells(language: Language) -> None:
    doc = make_doc("Chad attacked/attack Egypt", "NNP VBD NNP", "nsubj ROOT dobj", "1 1 1")
    assert speaker(doc, "attacked", language) is None


def test_the_subject_of_said_says_its_clause(said: Doc, language: Language) -> None:
    assert speaker(said, "attacked", language) == "Sudan"


def test_saying_itself_has_no_speaker(said: Doc, language: Language) -> None:
    assert speaker(said, "said", language) is None


def test_the_speaker_may_stand_behind_what_he_says(language: Language) -> None:
    doc = make_doc(
        "Chad  attacked/attack Egypt ,     Sudan said/say",
        "NNP   VBD             NNP   ,     NNP   VBD",
        "nsubj ccomp           dobj  punct nsubj ROOT",
        "1     5               1     5     5     5",
    )
    assert speaker(doc, "attacked", language) == "Sudan"


def test_according_to_names_the_speaker(language: Language) -> None:
    doc = make_doc(
        "Chad  attacked/attack Egypt ,     according/accord to   Sudan",
        "NNP   VBD             NNP   ,     VBG              IN   NNP",
        "nsubj ROOT            dobj  punct prep             prep pobj",
        "1     1               1     1     1                4    5",
    )
    assert speaker(doc, "attacked", language) == "Sudan"


def test_a_clause_of_time_is_not_what_somebody_says(language: Language) -> None:
    doc = make_doc(
        "Sudan warned/warn Libya after Chad  attacked/attack Egypt",
        "NNP   VBD         NNP   IN    NNP   VBD             NNP",
        "nsubj ROOT        dobj  mark  nsubj advcl           dobj",
        "1     1           1     5     5     1               5",
    )
    assert speaker(doc, "attacked", language) is None


def test_who_is_quoted_speaks_and_who_quotes_him_passes_it_on(passed_on: Doc, language: Language) -> None:
    assert speaker(passed_on, "attacked", language) == "minister"
    assert via(passed_on, "attacked", language) == ["daily"]


def test_who_was_quoted_as_saying_speaks(language: Language) -> None:
    doc = make_doc(
        "The minister  was/be  quoted/quote as   saying/say that Chad  attacked/attack Egypt",
        "DT  NN        VBD     VBN          IN   VBG        IN   NNP   VBD             NNP",
        "det nsubjpass auxpass ROOT         prep pcomp      mark nsubj ccomp           dobj",
        "1   3         3       3            3    4          8    8     5               8",
    )
    assert speaker(doc, "attacked", language) == "minister"


def test_a_report_of_a_report_has_a_speaker_and_one_who_passes_it_on(language: Language) -> None:
    doc = make_doc(
        "Sudan said/say that Libya claimed/claim that Chad  attacked/attack Egypt",
        "NNP   VBD      IN   NNP   VBD           IN   NNP   VBD             NNP",
        "nsubj ROOT     mark nsubj ccomp         mark nsubj ccomp           dobj",
        "1     1        4    4     1             7    7     4               7",
    )
    assert speaker(doc, "attacked", language) == "Libya"
    assert via(doc, "attacked", language) == ["Sudan"]


def test_adding_that_goes_on_with_the_speaker_above(language: Language) -> None:
    # the parser hangs "adding" on the nearer verb "attacked"
    doc = make_doc(
        "Sudan said/say that Chad  attacked/attack Egypt ,     adding/add that Libya armed/arm Chad",
        "NNP   VBD      IN   NNP   VBD             NNP   ,     VBG        IN   NNP   VBD       NNP",
        "nsubj ROOT     mark nsubj ccomp           dobj  punct advcl      mark nsubj ccomp     dobj",
        "1     1        4    4     1               4     4     4          10   10    7         10",
    )
    assert speaker(doc, "armed", language) == "Sudan"


def test_curly_marks_hold_a_quotation_of_several_sentences(two_sentences: Doc) -> None:
    assert quoted(two_sentences) == ["Chad attacked Egypt. It bombed Libya,"]


def test_every_sentence_of_a_quotation_has_its_speaker(two_sentences: Doc, language: Language) -> None:
    assert speaker(two_sentences, "attacked", language) == "Sudan"
    assert speaker(two_sentences, "bombed", language) == "Sudan"
    assert Attributions(two_sentences, language).of(word(two_sentences, "attacked")).quoted


def test_what_stands_outside_of_the_marks_is_not_quoted(two_sentences: Doc, language: Language) -> None:
    assert not Attributions(two_sentences, language).of(word(two_sentences, "said")).quoted


def test_straight_marks_open_and_close_in_turn(language: Language) -> None:
    doc = make_doc(
        '"     Chad  attacked/attack Egypt ,     "     Sudan said/say',
        "``    NNP   VBD             NNP   ,     ''    NNP   VBD",
        "punct nsubj ccomp           dobj  punct punct nsubj ROOT",
        "7     2     7               2     7     7     7     7",
    )
    assert quoted(doc) == ["Chad attacked Egypt,"]
    assert speaker(doc, "attacked", language) == "Sudan"


def test_a_quotation_without_a_cue_goes_on_with_the_speaker_before_it(continued: Doc, language: Language) -> None:
    assert quoted(continued) == ["Chad attacked Egypt,", "It bombed Libya."]
    assert speaker(continued, "bombed", language) == "Sudan"


def test_a_mark_left_open_holds_to_the_end() -> None:
    doc = make_doc(
        "Sudan left/leave .     “     Chad  attacked/attack Egypt .",
        "NNP   VBD        .     ``    NNP   VBD             NNP   .",
        "nsubj ROOT       punct punct nsubj ROOT            dobj  punct",
        "1     1          1     5     5     5               5     5",
    )
    assert quoted(doc) == ["Chad attacked Egypt."]


def test_a_mark_left_open_ends_where_the_next_one_opens_a_sentence() -> None:
    # papers open every paragraph of a long quotation and close only the last
    doc = make_doc(
        "“     Chad  attacked/attack Egypt .     “     It    bombed/bomb Libya .     ”",
        "``    NNP   VBD             NNP   .     ``    PRP   VBD         NNP   .     ''",
        "punct nsubj ROOT            dobj  punct punct nsubj ROOT        dobj  punct punct",
        "2     2     2               2     2     7     7     7           7     7     7",
    )
    assert quoted(doc) == ["Chad attacked Egypt.", "It bombed Libya."]


def test_a_single_word_in_marks_is_no_quotation() -> None:
    doc = make_doc("a “ friend ” left/leave", "DT `` NN '' VBD", "det punct nsubj punct ROOT", "2 2 4 2 4")
    assert quoted(doc) == []


def test_a_colon_before_a_quotation_gives_it_the_subject_as_speaker(language: Language) -> None:
    doc = make_doc(
        "The envoy offered/offer a   comparison :     “     Chad  attacked/attack Egypt .     ”",
        "DT  NN    VBD           DT  NN         :     ``    NNP   VBD             NNP   .     ''",
        "det nsubj ROOT          det dobj       punct punct nsubj acl             dobj  punct punct",
        "1   2     2             4   2          2     8     8     4               8     2     2",
    )
    assert speaker(doc, "attacked", language) == "envoy"


def test_words_quoted_in_passing_do_not_make_their_clause_a_quotation(language: Language) -> None:
    doc = make_doc(
        "Chad 's   “     reckless raid  ”     angered/anger Egypt",
        "NNP  POS  ``    JJ       NN    ''    VBD           NNP",
        "poss case punct amod     nsubj punct ROOT          dobj",
        "4    0    4     4        6     4     6             6",
    )
    assert not Attributions(doc, language).of(word(doc, "angered")).quoted
    assert speaker(doc, "angered", language) is None
