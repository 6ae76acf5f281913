"""Words that lost the space between them."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kgraph.language.words import split_glued

KNOWN = ("US", "UN", "airstrikes", "envoy", "Tehran", "said", "talks", "Monday", "McDonald", "is", "On")


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    """A vocabulary that has vectors of a few words."""
    vocab: Vocab = spacy.blank("en").vocab
    vocab.reset_vectors(width=2)
    for number, text in enumerate(KNOWN, start=1):
        vocab.set_vector(text, np.asarray([number, 1], dtype="f"))  # type: ignore[arg-type]
    return vocab


def words(vocab: Vocab, *texts: str) -> list[str]:
    return [token.text for token in split_glued(Doc(vocab, words=list(texts)))]


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("USairstrikes", ["US", "airstrikes"]),
        ("UNenvoy", ["UN", "envoy"]),
        ("saidTehran", ["said", "Tehran"]),
        ("talksMonday", ["talks", "Monday"]),
    ],
)
def test_two_known_words_are_told_apart(glued: str, apart: list[str], vocab: Vocab) -> None:
    assert words(vocab, glued) == apart


@pytest.mark.parametrize("word", ["McDonald", "iPhone", "YouTube", "Tehrani", "USSR", "x", "OnTehran1"])
def test_words_that_belong_together_stay_together(word: str, vocab: Vocab) -> None:
    assert words(vocab, word, "said")[0] == word


def test_offsets_and_spaces_stay_as_they_are(vocab: Vocab) -> None:
    doc = Doc(vocab, words=["talks", "USairstrikes", "said"], spaces=[True, True, False])
    split = split_glued(doc)
    assert split.text == doc.text
    assert [(token.text, token.idx) for token in split] == [("talks", 0), ("US", 6), ("airstrikes", 8), ("said", 19)]


def test_a_doc_without_glued_words_is_given_back_itself(vocab: Vocab) -> None:
    doc = Doc(vocab, words=["talks", "said"])
    assert split_glued(doc) is doc
