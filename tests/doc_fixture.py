"""Docs built by hand, in four aligned rows: words, tags, dependencies, heads. No model is loaded.

A word may bring its lemma after a slash ("struck/strike"); without one, its small letters are the lemma.
"""

from __future__ import annotations

from collections.abc import Mapping

import spacy
from spacy.tokens import Doc, Span, Token

from kgraph.actors import Cast
from kgraph.build import Tables
from kgraph.extract.scene import Scene
from kgraph.language import Language, ParsedPart
from kgraph.model import Document

VOCAB = spacy.blank("en").vocab
_AUXILIARIES = frozenset({"aux", "auxpass"})
_POS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON", "EX": "PRON", "DT": "DET", "PDT": "DET", "IN": "ADP", "RP": "ADP", "TO": "PART", "POS": "PART",
    "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "WRB": "ADV", "CC": "CCONJ", "CD": "NUM", "MD": "AUX",
}  # fmt: skip
_CLOSING = frozenset({".", ",", ";", ":", "?", "!", "”", ")", "'s", "’s", "'", "n't", "n’t"})
_OPENING = frozenset({"“", "(", "$"})


def make_doc(words: str, tags: str, deps: str, heads: str, *, ents: Mapping[str, str] | None = None) -> Doc:
    """The Doc of a text given by rows; ``ents`` maps the words of a name to its label."""
    pairs = [word.partition("/")[::2] for word in words.split()]
    texts = [text for text, _ in pairs]
    marks = tags.split()
    spaces = [
        text not in _OPENING and after not in _CLOSING and "HYPH" not in near
        for text, after, near in zip(texts, [*texts[1:], "."], zip(marks, [*marks[1:], "."], strict=True), strict=True)
    ]
    labels = deps.split()
    doc = Doc(
        VOCAB,
        words=texts,
        spaces=spaces,
        tags=marks,
        pos=[_pos(tag, dep, text) for text, tag, dep in zip(texts, marks, labels, strict=True)],
        lemmas=[lemma or text.lower() for text, lemma in pairs],
        heads=[int(head) for head in heads.split()],
        deps=labels,
    )
    doc.ents = [_entity(doc, name.split(), label) for name, label in (ents or {}).items()]
    return doc


def make_scene(doc: Doc, tables: Tables, language: Language, date: str | None = None) -> Scene:
    """The scene of a Doc that is the whole of a document."""
    part = ParsedPart(document=Document(id="d", text=doc.text, date=date), doc=doc, offset=0, last=True)
    return Scene(part, tables.gazetteer, language, tables.ontology, Cast())


def meant(scene: Scene, text: str) -> list[str]:
    """The ids of those whom the mention at the first word ``text`` means, nobody where it makes no mention."""
    mention = scene.at.get(word(scene.doc, text).i)
    return [actor.id for actor in mention.actors] if mention is not None else []


def word(doc: Doc, text: str) -> Token:
    """The first token of ``doc`` that reads ``text``."""
    return next(token for token in doc if token.text == text)


def _pos(tag: str, dep: str, text: str) -> str:
    if tag.startswith("VB"):
        return "AUX" if dep in _AUXILIARIES or text in ("is", "are", "was", "were", "be", "been") else "VERB"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    if dep == "neg":
        return "PART"
    return _POS.get(tag, "PUNCT")


def _entity(doc: Doc, name: list[str], label: str) -> Span:
    start = next(i for i in range(len(doc)) if [token.text for token in doc[i : i + len(name)]] == name)
    return Span(doc, start, start + len(name), label=label)
