"""Who is meant: the gazetteer, mention finding, and what a mention resolves to inside its document."""

from kgraph.actors.gazetteer import Entry, Form, Gazetteer, load_gazetteer
from kgraph.actors.mentions import Cast, TokenMention, find_mentions
from kgraph.actors.slugs import slug

__all__ = ["Cast", "Entry", "Form", "Gazetteer", "TokenMention", "find_mentions", "load_gazetteer", "slug"]
