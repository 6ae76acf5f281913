"""What a common noun says of who is meant: the agent noun or the title that ends at a token."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kgraph.language.labels import MODIFIERS
from kgraph.language.tables import Agent, Language, Title

_LONGEST_TITLE = 4  # words


def agent_of(token: Token, language: Language) -> Agent | None:
    """The agent noun that a token heads, a compound ("aid worker") before the bare noun."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and lemma.endswith("s") and lemma not in language.agents:
        lemma = lemma[:-1]  # "Soldiers" where the tagger took a capital for a name
    before = token.nbor(-1) if token.i > 0 else None
    if before is not None and before.dep_ in MODIFIERS:
        words = f"{before.lemma_.lower()} {lemma}"
        if words in language.not_actors:
            return None
        compound = language.agents.get(words)
        if compound is not None:
            return compound
    return language.agents.get(lemma)


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """A title and the tokens it stands at, ``end`` exclusive."""

    title: Title
    start: int
    end: int


def title_at(noun: Token, language: Language) -> TitlePlace | None:
    """The title that a noun heads, the longest first ("deputy foreign minister", "minister of foreign affairs")."""
    if noun.lower_ not in language.title_nouns and noun.lemma_.lower() not in language.title_nouns:
        return None
    doc, sent = noun.doc, noun.sent
    for end in range(min(noun.i + _LONGEST_TITLE, sent.end), noun.i + 2, -1):
        if doc[noun.i + 1].lower_ in ("of", "for") and (found := language.titles.get(doc[noun.i : end].text.lower())):
            return TitlePlace(found, noun.i, end)
    for start in range(max(noun.i - _LONGEST_TITLE + 1, sent.start), noun.i + 1):
        words = doc[start : noun.i + 1].text.lower()
        found = language.titles.get(words) or language.titles.get(words[: -len(noun.text)] + noun.lemma_.lower())
        if found is not None:
            return TitlePlace(found, start, noun.i + 1)
    return None
