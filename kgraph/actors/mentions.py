"""All actor mentions of a parsed text: by name, by noun, in that order of precedence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from kgraph.actors.agents import agents
from kgraph.actors.cast import Cast, Taken, TokenMention, take
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.names import explained_names, known_names, meet_persons, ships, tagged_names
from kgraph.language.tables import Language

_NEW = frozenset({"tagger", "named body", "proper noun"})  # reasons of names that no table has
_LONGEST_LINK = 12  # tokens between a name and another that is said to be the same
_MOST_WORDS = 5  # words among them


def find_mentions(doc: Doc, gazetteer: Gazetteer, language: Language, cast: Cast) -> list[TokenMention]:
    """Mentions by name or noun in ``doc``, in order and without overlap. Adds whom it finds to ``cast``."""
    taken: Taken = {}
    cast.turn_page()
    for mention in _names(doc, taken, gazetteer, language, cast):
        take(replace(mention, actors=tuple(gazetteer.canonical(actor) for actor in mention.actors)), taken)
    _unite(doc, taken, language, cast)
    for mention in agents(doc, taken, gazetteer, language, cast):
        take(mention, taken, over=True)
    _unite(doc, taken, language, cast)
    return sorted(set(taken.values()), key=lambda mention: mention.start)


def _unite(doc: Doc, taken: Taken, language: Language, cast: Cast) -> None:
    """Give names beside which the text puts "also known as", or that only translate another, the actor of the other."""
    names = sorted(set(taken.values()), key=lambda mention: mention.start)
    for one, other in pairwise(names):
        between = [token.lower_ for token in doc[one.end : other.start] if not token.is_punct and token.is_alpha]
        close = other.start - one.end <= _LONGEST_LINK and doc[one.root].sent == doc[other.root].sent
        if close and other.reason in _NEW and set(between) & language.linking and len(between) <= _MOST_WORDS:
            cast.same[other.actors[0].id] = one.actors[0]
    if cast.same:
        for mention in names:
            if mention.actors[0].id in cast.same:
                actors = (cast.same[mention.actors[0].id],)
                take(replace(mention, actors=actors, reason="also known as"), taken, over=True)


def _names(doc: Doc, taken: Taken, gazetteer: Gazetteer, language: Language, cast: Cast) -> Iterator[TokenMention]:
    meet_persons(doc, gazetteer, language, cast)
    cast.words |= {token.text for token in doc if token.text[0].isupper()}
    yield from explained_names(doc, gazetteer, language, cast)
    yield from ships(doc, gazetteer, language)
    yield from known_names(doc, gazetteer, language, cast)
    yield from tagged_names(doc, taken, gazetteer, language, cast)
