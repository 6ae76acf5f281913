"""What a common noun says of who is meant: the agent noun or the title that ends at a token."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.language.labels import MODIFIERS
from kgraph.language.tables import Agent, Language, Title

_LONGEST_TITLE = 4  # words


def agent_of(token: Token, language: Language) -> Agent | None:
    """The agent noun that a token heads, a compound ("aid worker") before the bare noun."""
    lemma = token.lemma_.lower()
    before = token.nbor(-1) if token.i > 0 else None
    if before is not None and before.dep_ in MODIFIERS:
        compound = language.agents.get(f"{before.lemma_.lower()} {lemma}")
        if compound is not None:
            return compound
    return language.agents.get(lemma)


def title_at(noun: Token, language: Language) -> tuple[Title, int] | None:
    """The title that ends at a noun and the token it starts at, the longest first ("deputy foreign minister")."""
    for length in range(_LONGEST_TITLE, 0, -1):
        start = noun.i - length + 1
        if start >= noun.sent.start:
            words = noun.doc[start : noun.i + 1].text.lower()
            found = language.titles.get(words) or language.titles.get(words[: -len(noun.text)] + noun.lemma_.lower())
            if found is not None:
                return found, start
    return None
