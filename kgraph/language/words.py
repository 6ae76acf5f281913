"""Words that lost the space between them ("USairstrikes") told apart; the text and its offsets stay as they are."""

from __future__ import annotations

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

# A capitalised or all-capital word, then a word of small letters; or small letters, then a capitalised word.
_GLUED = re.compile(r"(?P<head>[A-Z]{2,}|[A-Z][a-z]+|[a-z]{2,})(?P<tail>(?<=[A-Z])[a-z]{3,}|(?<=[a-z])[A-Z][a-z]+)")
_PART = 2  # a name of two letters is the shortest head: "UNenvoy"


def split_glued(doc: Doc) -> Doc:
    """``doc`` with tokens that the vocabulary does not know split where both halves are words it knows."""
    cuts = {token.i: cut for token in doc if token.is_oov and (cut := _cut(token.text, doc.vocab))}
    if not cuts:
        return doc
    words: list[str] = []
    spaces: list[bool] = []
    for token in doc:
        cut = cuts.get(token.i, 0)
        words += [token.text[:cut], token.text[cut:]] if cut else [token.text]
        spaces += [False, bool(token.whitespace_)] if cut else [bool(token.whitespace_)]
    return Doc(doc.vocab, words=words, spaces=spaces)


def _cut(word: str, vocab: Vocab) -> int:
    """Where to cut ``word`` in two known words, 0 for nowhere."""
    if not _GLUED.fullmatch(word):
        return 0
    cuts = [i for i in range(_PART, len(word) - 1) if word[i - 1].isupper() != word[i].isupper()]
    return next((i for i in cuts if _known(word[:i], vocab) and _known(word[i:], vocab)), 0)


def _known(word: str, vocab: Vocab) -> bool:
    return vocab.has_vector(word) and (len(word) > _PART or word.isupper())
