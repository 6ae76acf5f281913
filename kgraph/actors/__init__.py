"""Who is meant: the gazetteer, mention finding, and what a mention resolves to inside its document."""

from kgraph.actors.cast import UNNAMED, Cast, TokenMention
from kgraph.actors.gazetteer import Entry, Form, Gazetteer, Term
from kgraph.actors.mentions import find_mentions
from kgraph.actors.reference import resolve_references
from kgraph.actors.slugs import slug
from kgraph.actors.tables import load_gazetteer

__all__ = [
    "UNNAMED",
    "Cast",
    "Entry",
    "Form",
    "Gazetteer",
    "Term",
    "TokenMention",
    "find_mentions",
    "load_gazetteer",
    "resolve_references",
    "slug",
]
