"""The pair model: what it is asked, how its answers change what cues found, and what it does without its runtime."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language as Pipeline

from kgraph.build import Tables
from kgraph.errors import ModelError
from kgraph.extract import extract, pair_model
from kgraph.extract.encoding import MAX_PIECES, Encoder
from kgraph.extract.pair_model import CATEGORIES, SIGNS, UNKNOWN, WEIGHTS, PairModel, PairQuery, Verdict
from kgraph.language import Language, parse
from kgraph.model import Document, Statement

TEXT = "Iran shelled Iraq after Oman met Qatar."
Answers = dict[tuple[str, str], tuple[str, float, int]]
Read = Callable[..., list[Statement]]


def verdict(category: str, chance: float, sign: int) -> Verdict:
    """A verdict that gives ``chance`` to a category and the rest to NONE (or to ACCUSE, where it is NONE)."""
    chances = np.zeros(len(CATEGORIES), dtype=np.float32)
    chances[CATEGORIES.index("NONE" if category != "NONE" else "ACCUSE")] = 1 - chance
    chances[CATEGORIES.index(category)] += chance
    signs = np.full(len(SIGNS), 0.05, dtype=np.float32)
    signs[SIGNS.index(sign)] = 0.9
    return Verdict(chances, signs)


class Told:
    """In the place of the model: answers by the words of the two mentions, NONE to all else."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[PairQuery] = []

    def judge(self, queries: Sequence[PairQuery]) -> list[tuple[Verdict, ...]]:
        self.asked += queries
        return [tuple(self._answer(query, pair) for pair in query.pairs) for query in queries]

    def _answer(self, query: PairQuery, pair: tuple[int, int]) -> Verdict:
        words = [query.text[slice(*query.places[end])] for end in pair]
        found = self.answers.get((words[0], words[1]))
        return verdict(*found) if found else verdict("NONE", 0.95, 0)


@pytest.fixture(scope="module")
def read(tables: Tables, nlp: Pipeline, language: Language) -> Read:
    def run(text: str, model: object) -> list[Statement]:
        parts = parse([Document(id="d", text=text)], nlp)
        found = extract(parts, gazetteer=tables.gazetteer, language=language, ontology=tables.ontology, model=model)  # type: ignore[arg-type]
        return [st for extraction in found for st in extraction.statements]

    return run


def told(statements: Sequence[Statement]) -> set[tuple[str, str, str]]:
    return {(st.source.id, st.relation, st.target.id) for st in statements if st.source and st.target}


def test_every_ordered_pair_of_named_actors_is_asked_once(read: Read) -> None:
    model = Told({})
    read(TEXT, model)
    (query,) = model.asked
    words = [query.text[slice(*place)] for place in query.places]
    assert words == ["Iran", "Iraq", "Oman", "Qatar"]
    assert sorted(query.pairs) == [(i, j) for i in range(4) for j in range(4) if i != j]


def test_none_takes_a_weak_cues_statement_away_and_no_plain_one(read: Read) -> None:
    weak = "Oman's support for Qatar was noted."
    assert told(read(weak, None)) == {("oman", "supports", "qatar")}
    assert told(read(weak, Told({}))) == set()
    assert told(read(TEXT, Told({}))) == {("iran", "bombs", "iraq"), ("oman", "meets", "qatar")}


def test_what_words_deny_is_left_to_them(read: Read) -> None:
    (st,) = read("Iran did not shell Iraq.", Told({}))
    assert (st.relation, st.polarity) == ("bombs", "negated")


def test_what_the_model_confirms_keeps_its_relation(read: Read) -> None:
    model = Told({("Iran", "Iraq"): ("ASSAULT", 0.9, -1), ("Oman", "Qatar"): ("CONSULT", 0.9, 0)})
    found = read(TEXT, model)
    assert told(found) == {("iran", "bombs", "iraq"), ("oman", "meets", "qatar")}
    assert {st.method for st in found} == {"lexicon"}


def test_where_it_is_sure_of_another_category_the_relation_says_no_more_than_that(read: Read) -> None:
    (st,) = read("Iran shelled Iraq.", Told({("Iran", "Iraq"): ("COERCE", 0.95, -1)}))
    assert (st.relation, st.category, st.method) == ("coerces", "COERCE", "model")


def test_what_no_cue_sees_is_added_with_the_verb_between(read: Read) -> None:
    (st,) = read("Iran has little patience for Iraq.", Told({("Iran", "Iraq"): ("ACCUSE", 0.9, -1)}))
    assert (st.relation, st.sign, st.trigger.text, st.method) == ("criticizes", -1, "has", "model")


def test_an_act_added_keeps_what_the_words_say_of_it(read: Read) -> None:
    (st,) = read("Iran did not zap Iraq, Oman said.", Told({("Iran", "Iraq"): ("ASSAULT", 0.9, 0)}))
    assert (st.polarity, st.speaker and st.speaker.id) == ("negated", "oman")


def test_without_a_model_cues_alone_decide(read: Read) -> None:
    assert told(read(TEXT, None)) == {("iran", "bombs", "iraq"), ("oman", "meets", "qatar")}


def test_markers_stand_around_each_mention_and_long_sentences_are_cut() -> None:
    encoder = Encoder(WEIGHTS / "tokenizer.json")
    encoded = encoder.encode("Iran hit Iraq", [(0, 4), (9, 13)])
    assert [encoded.ids[place] for place in encoded.opens if place is not None] == [encoder.open, encoder.open]
    assert encoded.ids.count(encoder.close) == 2
    long = encoder.encode("word " * 1000 + "Iran hit Iraq", [(0, 4), (5000, 5004)])
    assert len(long.ids) == MAX_PIECES
    assert long.opens[0] is not None and long.opens[1] is None


def test_the_model_answers_alike_alone_and_in_company_and_nothing_beyond_the_cut() -> None:
    model = PairModel()
    query = PairQuery("Iran attacked Iraq on Monday.", [(0, 4), (14, 18)], [(0, 1), (1, 0)])
    far = PairQuery("word " * 1000 + "Iran hit Iraq", [(0, 4), (5000, 5004)], [(0, 1)])
    (alone,) = model.judge([query])
    together, beyond, none = model.judge([query, far, PairQuery("Nobody.", [], [])])
    assert np.allclose(alone[0].categories, together[0].categories, atol=0.02)
    assert alone[0].category()[0] == "ASSAULT" and alone[0].sign()[0] == -1
    assert beyond == (UNKNOWN,) and none == ()


def test_the_weights_are_those_of_their_card() -> None:
    card = json.loads((WEIGHTS / "card.json").read_text(encoding="utf-8"))
    for name, digest in card["sha256"].items():
        assert hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() == digest
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 50_000_000


def test_a_folder_without_a_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="--no-model"):
        PairModel(tmp_path)


def test_without_its_runtime_there_is_one_warning_and_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_model, "find_spec", lambda name: None)
    with pytest.warns(pair_model.PairModelMissing, match="tables alone"):
        assert pair_model.load_pair_model() is None
