"""Whether the name of a seat of government means the government or only says where something is."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from kgraph.actors.gazetteer import Form
from kgraph.actors.nouns import agent_of
from kgraph.actors.slugs import slug
from kgraph.language.labels import MODIFIERS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.tables import Language
from kgraph.model import Actor

_LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "across", "inside", "throughout"})
_LOOSELY_LOCATIVE = frozenset({"of", "from", "into", "through", "via", "to"})
_DASHES = frozenset({"-", "–", "—", "--"})


def meant(span: Span, form: Form, language: Language) -> Actor:
    """The actor of a form; a seat that only says where something is is the place itself, and not its government."""
    actor = form.entry.actor
    if form.kind == "seat" and _is_whereabouts(span.root, language):
        return Actor(slug(span.text), span.text, "place", actor.country, None)
    return replace(actor, sector="CVL") if form.kind == "people" and actor.type == "state" else actor


def _is_whereabouts(seat: Token, language: Language) -> bool:
    """True for "in London" and "the London marathon", not for "London said" and "a London official"."""
    head = seat.head
    if seat.dep_ == "pobj":
        said = any(
            (pos, head.head.lemma_.lower()) in language.cues for pos in ("noun", "verb")
        )  # "support from Moscow"
        return head.lower_ in _LOCATIVE or (head.lower_ in _LOOSELY_LOCATIVE and not said)
    if seat.i + 2 < len(seat.doc) and seat.nbor().text == "-" and seat.nbor(2).lower_ == "based":
        return True
    if seat.dep_ == "conj" and head.ent_type_ == "GPE":
        return _is_whereabouts(head, language)  # "in New York and London"
    if seat.dep_ not in MODIFIERS or head.pos_ != "NOUN" or head.dep_ == "ROOT" or seat.i > head.i:
        return False
    agent = agent_of(head, language)
    noun = head.lemma_.lower()
    said = (
        "noun",
        noun,
    ) in language.cues and noun not in language.local_events  # "Moscow support", "the London attack"
    return (agent is None or not agent.of_state) and not said


def is_dateline(span: Span) -> bool:
    """True for the place before a report: "Washington - …", "BAGHDAD (AP) -"."""
    if not span[0].is_sent_start or span.end >= len(span.doc) - 1:
        return False
    after = span.doc[span.end]
    if after.text in _DASHES:
        return bool(after.whitespace_)
    rest = span.doc[span.end : span.end + 8]
    dashed = any(token.text in _DASHES and token.whitespace_ for token in rest)
    return after.text in ("(", ",") and dashed and span.root.dep_ not in SUBJECTS | PASSIVE_SUBJECTS
