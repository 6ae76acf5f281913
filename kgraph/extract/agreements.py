"""Agreements as objects: kind, status, parties, duration, and what their terms include or leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Token

from kgraph.actors.slugs import slug
from kgraph.extract.factuality import factuality_of
from kgraph.extract.frames import ones
from kgraph.extract.scene import Scene
from kgraph.language.clauses import governor
from kgraph.language.labels import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.model import Actor, Agreement
from kgraph.ontology import Relation

_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
_DURATION = re.compile(r"\b(\d+|[a-z]+)[- ](year|month|week|day)s?\b", re.IGNORECASE)
_NUMBERS = {
    word: i
    for i, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100}


@dataclass(slots=True)
class Memory:
    """Agreements spoken of so far: the parties of the last ("these agreements"), and what is known of each."""

    parties: list[tuple[Actor, Actor]] = field(default_factory=list)
    spoken: list[tuple[int, list[tuple[Actor, Actor]]]] = field(default_factory=list)  # parties, by token of the part
    known: dict[tuple[str, ...], Agreement] = field(default_factory=dict)

    def speak(self, place: int, parties: list[tuple[Actor, Actor]]) -> None:
        """Keep whose agreement is spoken of at a token."""
        self.parties = parties
        self.spoken.append((place, parties))

    def before(self, place: int) -> list[tuple[Actor, Actor]]:
        """Whose agreement was spoken of last before a token."""
        return next((parties for at, parties in reversed(self.spoken) if at < place), self.parties)

    def join(self, agreement: Agreement) -> Agreement:
        """The agreement, or where it is named without kind the one of the same parties that was named before."""
        before = self.known.get(agreement.parties)
        if agreement.kind == ("other",) and before is not None:
            duration = agreement.duration or before.duration
            return replace(agreement, id=before.id, kind=before.kind, duration=duration)
        self.known[agreement.parties] = agreement
        return agreement


def is_agreement(noun: Token, scene: Scene) -> bool:
    return noun.lemma_.lower() in heads(scene)


@cache
def _heads(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def heads(scene: Scene) -> frozenset[str]:
    """Lemmas of nouns that name an agreement."""
    return _heads(tuple(scene.language.agreements["heads"]))


def describe(noun: Token, parties: Iterable[Actor], rank: int, relation: Relation, scene: Scene) -> Agreement:
    """The agreement that ``noun`` names; ``rank`` is the place of its parties among the pairs that share the noun."""
    words = _nearby(noun)
    kinds = _kinds(words, scene)
    durations = [_iso(found) for found in _DURATION.finditer(words) if _iso(found)]
    includes, excludes = terms(noun, scene)
    names = tuple(sorted({actor.id for actor in parties}))
    return Agreement(
        id=slug("agreement " + " ".join(names) + " " + " ".join(kinds)),
        kind=kinds,
        status=_status(noun, relation),
        parties=names,
        duration=durations[min(rank, len(durations) - 1)] if durations else None,
        includes=includes,
        excludes=excludes,
    )


def terms(noun: Token, scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Obligations that a clause about ``noun`` includes and excludes ("does not include mutual defense")."""
    verb = _term_verb(noun, scene)
    if verb is None:
        return (), ()
    found = _obligations(verb, scene)
    excludes = verb.lemma_.lower() in scene.language.agreements["verbs"]["exclude"]
    negated = factuality_of(verb, _objects(verb), scene.language).polarity == "negated"
    return ((), found) if excludes != negated else (found, ())


def left_out(token: Token, scene: Scene) -> tuple[str, ...]:
    """ "There is no clause on mutual defence", "nothing about mutual defence": the obligations said not to be there."""
    row = scene.language.agreements["left_out"]
    lemma = token.lemma_.lower()
    none = any(child.lower_ == "no" for child in token.children) or _is_negated_object(token, scene)
    if not (lemma in row["nothing"] or (lemma in row["clauses"] and none)):
        return ()
    text = token.doc[token.i : token.right_edge.i + 1].text.lower()
    rows = scene.language.agreements["obligation"]
    return tuple(row["obligation"] for row in rows if any(phrase in text for phrase in row["phrases"]))


def _is_negated_object(noun: Token, scene: Scene) -> bool:
    """ "do not contain a clause on …"."""
    return noun.dep_ in OBJECTS and factuality_of(noun.head, (), scene.language).polarity == "negated"


def term_clause(noun: Token, scene: Scene) -> list[Token]:
    """What stands in the terms of the agreement that ``noun`` names: obligations, and no acts of their own."""
    verb = _term_verb(noun, scene) if is_agreement(noun, scene) else None
    return [token for token in verb.subtree if token.i > verb.i] if verb is not None else []


def _term_verb(noun: Token, scene: Scene) -> Token | None:
    """The verb of including or obliging whose subject ``noun`` is, also across "the nature of" and relative clauses."""
    verbs = scene.language.agreements["verbs"]
    known = {*verbs["include"], *verbs["exclude"]}
    for child in noun.children:
        if child.dep_ == "relcl" and child.lemma_.lower() in known:
            return child
    top = noun
    while top.dep_ in ("pobj", "prep", "conj") and top.head != top:
        top = top.head
    verb = governor(top)
    subject = top.dep_ in SUBJECTS | PASSIVE_SUBJECTS
    return verb if verb is not None and subject and verb.lemma_.lower() in known else None


def _objects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in OBJECTS]


def _obligations(verb: Token, scene: Scene) -> tuple[str, ...]:
    text = " ".join(token.lower_ for token in verb.subtree if token.i > verb.i).replace("’", "'").replace(" 's", "'s")
    text = text.replace(" - ", "-")
    return tuple(
        row["obligation"]
        for row in scene.language.agreements["obligation"]
        if any(phrase in text for phrase in row["phrases"])
    )


def _nearby(noun: Token) -> str:
    """The words of the agreement's noun phrase, and of "on …" and "for …" behind it."""
    left = min([noun.i, *(child.left_edge.i for child in noun.lefts if child.dep_ not in ("relcl", "poss"))])
    tail = [
        token
        for child in noun.rights
        if child.lower_ in ("on", "for", "to", "of", "lasting")
        for token in child.subtree
    ]
    end = max([noun.i, *(token.i for token in tail)]) + 1
    more = " ".join(one.doc[one.left_edge.i : one.i].text for one in ones(noun))
    return f"{noun.doc[left:end].text} {more}".lower()


def _kinds(words: str, scene: Scene) -> tuple[str, ...]:
    rows = scene.language.agreements["kind"]
    found = [row["kind"] for row in rows if any(_has(words, lemma) for lemma in row["lemmas"])]
    return tuple(dict.fromkeys(found)) or ("other",)


def _has(words: str, phrase: str) -> bool:
    """True where ``phrase`` starts at a word of ``words``."""
    return f" {phrase}" in f" {words}" or f"-{phrase}" in words


def _iso(found: re.Match[str]) -> str | None:
    amount = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1].lower())
    return f"P{amount}{_UNITS[found[2].lower()]}" if amount else None


def _status(noun: Token, relation: Relation) -> str:
    adjectives = {child.lemma_.lower() for child in noun.children if child.dep_ == "amod"}
    if adjectives & {"draft", "propose", "proposed", "possible", "potential", "future"}:
        return "proposed"
    return relation.status or "in_force"
