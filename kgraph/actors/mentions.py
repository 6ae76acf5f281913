"""All actor mentions of a parsed text: by name, by noun, in that order of precedence."""

from __future__ import annotations

from spacy.tokens import Doc

from kgraph.actors.agents import agents
from kgraph.actors.cast import Cast, Taken, TokenMention, take
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.names import known_names, tagged_names
from kgraph.language.tables import Language


def find_mentions(doc: Doc, gazetteer: Gazetteer, language: Language, cast: Cast) -> list[TokenMention]:
    """Mentions by name or noun in ``doc``, in order and without overlap. Adds whom it finds to ``cast``."""
    taken: Taken = {}
    for mention in known_names(doc, gazetteer, language, cast):
        take(mention, taken)
    for mention in list(tagged_names(doc, taken, language, cast)):
        take(mention, taken)
    for mention in agents(doc, taken, language, gazetteer.states):
        take(mention, taken, over=True)
    return sorted(set(taken.values()), key=lambda mention: mention.start)
