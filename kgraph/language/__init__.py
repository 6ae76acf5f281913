"""The parser, and what depends on one language: labels, cue tables, pronouns, titles."""

from kgraph.language.pipeline import ParsedPart, load_pipeline, parse
from kgraph.language.tables import Language, load_language, load_pronouns

__all__ = ["Language", "ParsedPart", "load_language", "load_pipeline", "load_pronouns", "parse"]
