"""Persons by title: "the foreign minister, Sergei Lavrov", "the Russian president", "the president" named before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kgraph.actors.cast import UNNAMED, TokenMention
from kgraph.actors.nouns import TitlePlace, agent_of, title_at
from kgraph.actors.reading import (
    BODIES,
    OWNERS,
    STATE_BEHIND,
    Reading,
    body_behind,
    owner_of,
    phrase_of,
    preposition_of,
    start_of,
    state_near,
    unnamed,
)
from kgraph.language.labels import PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.tables import Agent
from kgraph.model import Actor

DEFINITE = frozenset({"the", "this", "that"})
_BEHIND = frozenset({"of", "for", "in", "at", "from", "with"})
_MANY = frozenset({"armed_group", "company", "party", "ngo", "igo", "media", "other"})  # nouns for more than one person
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def before_name(mention: TokenMention, reading: Reading) -> TokenMention | None:
    """ "Foreign Office Minister Ann Berg": the title before a name means its person, too."""
    person = mention.actors[0]
    if person.type != "person" or mention.start == 0:
        return None
    noun = reading.doc[mention.start - 1]
    if noun.i in reading.taken or noun.sent != reading.doc[mention.root].sent:
        return None
    title = title_at(noun, reading.language)
    if title is None or noun.head.i not in range(noun.i, mention.end):
        return None
    _entitle(person, title, noun, reading)
    start = _with_body_before(title.start, reading)
    if noun.i - start < 1:
        return None
    return TokenMention(noun.i, noun.i + 1, noun.i, (person,), "title", "title and name", (start, noun.i + 1))


def _with_body_before(start: int, reading: Reading) -> int:
    """The start of the body that stands right before a title, possessive or not; else the title's own."""
    before = start - 1
    while before >= 0 and reading.doc[before].dep_ == "case":
        before -= 1
    owner = reading.taken.get(before)
    return owner.start if owner is not None and owner.end > before and owner.actors[0].type in OWNERS else start


def _entitle(person: Actor, place: TitlePlace, noun: Token, reading: Reading) -> None:
    """Keep that a person bears a title, by its words and by its last word, and of which body."""
    owner = owner_of(noun, reading.taken) or body_behind(noun, reading.taken) or reading.taken.get(place.start - 1)
    if owner is not None and owner.actors[0].type in BODIES | {"state"}:
        body, known = owner.actors[0], reading.cast.sides.get(person.id)
        if known is None or (known.type == "state" and known.country == body.country):  # the body says more
            reading.cast.sides[person.id] = body
    elif (
        owner is None
        and not person.country
        and (agent := agent_of(noun, reading.language)) is not None
        and agent.of_state
    ):
        state = reading.main or state_near(
            noun, reading
        )  # "the defence secretary", "the army chief": of the state spoken of
        if state is not None:
            before = (word.lower_ for word in reading.doc[min(place.start, start_of(noun)) : noun.i])
            organ = next((b for word in before if (b := reading.gazetteer.body_of(state, word)) is not None), None)
            reading.cast.sides[person.id] = organ or reading.cast.sides.get(person.id, state)
    for words in (place.title.office, reading.doc[place.start : place.end].text.lower(), noun.lemma_.lower()):
        reading.cast.titled[words] = person


def apposed(token: Token, agent: Agent | None, reading: Reading) -> TokenMention | None:
    """ "the foreign minister, Sergei Lavrov": the person beside the noun."""
    title = title_at(token, reading.language)
    if title is None and (agent is None or agent.type in _MANY):
        return None
    phrase = phrase_of(token, reading)
    beside = [child.i for child in token.children if child.dep_ == "appos"]
    beside += [token.head.i] if token.dep_ == "appos" else []
    if title is not None:
        beside += [*_equated(token), *_across_comma(token, phrase)]
    persons = (reading.taken[i] for i in beside if i in reading.taken)
    person = next((mention.actors[0] for mention in persons if mention.actors[0].type == "person"), None)
    if person is None or person.id.startswith(UNNAMED):
        return None
    if title is not None:
        _entitle(person, title, token, reading)
    return TokenMention(token.i, token.i + 1, token.i, (person,), "agent", "apposition", phrase)


def _equated(token: Token) -> Iterator[int]:
    """Whom a title is said of: "her envoy is Ann Berg", "Ann Berg became the envoy", "as envoy, Ann Berg met"."""
    verb = token.head
    if token.dep_ in SUBJECTS and verb.lemma_ == "be":
        yield from (child.i for child in verb.children if child.dep_ == "attr")
    elif token.dep_ == "attr" or (token.dep_ == "pobj" and verb.lower_ == "as"):
        verb = verb if token.dep_ == "attr" else verb.head
        subjects = [child for child in verb.children if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
        yield from (verb.head.i if child.lower_ == "who" else child.i for child in subjects)


def _across_comma(token: Token, phrase: tuple[int, int]) -> Iterator[int]:
    """The tokens beside a title's phrase, beyond a comma, where the parser may have missed an apposition."""
    doc, (start, end) = token.doc, phrase
    if token.dep_ == "conj" or any(child.dep_ in ("cc", "conj") for child in token.rights):
        return
    while end < len(doc) and doc[end].lower_ in _BEHIND and end + 1 < len(doc):
        end = doc[end].right_edge.i + 1 if doc[end].right_edge.i < token.sent.end else end + 2
    if end < len(doc) - 1 and doc[end].text == ",":
        yield from range(end + 1, min(end + 4, token.sent.end))
    while start > token.sent.start and doc[start - 1].dep_ in ("det", "predet"):
        start -= 1
    if start > token.sent.start + 1 and doc[start - 1].text == "," and not doc[start - 2].n_rights:
        yield start - 2


def in_office(token: Token, agent: Agent | None, reading: Reading) -> TokenMention | None:
    """ "the Russian president", "the secretary-general of the UN": who held the office on the article's date.

    A year in the sentence counts before that date. Of former and coming holders only the state is known.
    """
    found = title_at(token, reading.language)
    if found is None:
        return None
    title, start = found.title, found.start
    lefts = {child.lower_ for child in token.lefts}
    inside = (owner_of(reading.doc[i], reading.taken) for i in range(token.i, start - 1, -1))
    owner, after = next((own for own in inside if own is not None), None), body_behind(token, reading.taken)
    if owner is None and after is not None and preposition_of(after, reading) in STATE_BEHIND | {"for"}:
        owner = after
    if owner is None:
        return _named_before(token, lefts, reading)
    if lefts & reading.language.former:
        return unnamed(token, agent, reading) if agent is not None else None
    day = _day_of(token, reading)
    holders = [reading.gazetteer.holder(actor.id, title.office, day) for actor in owner.actors] if day else []
    persons = tuple(holder for holder in holders if holder is not None)
    if not persons or len(persons) < len(holders):
        return None
    begin = min(owner.start, start) if owner.start < token.i else start
    phrase = (begin, found.end) if owner.start < token.i else phrase_of(token, reading)
    for person in persons:
        _entitle(person, found, token, reading)
        reading.cast.add_person(person, token.i)
    return TokenMention(begin, token.i + 1, token.i, persons, "agent", "office on date", phrase)


def _named_before(token: Token, lefts: set[str], reading: Reading) -> TokenMention | None:
    """ "the president": the person who was given that title last, where nothing else is said of it."""
    if not lefts & DEFINITE or lefts & reading.language.former or token.tag_ in ("NNS", "NNPS"):
        return None
    if any(child.dep_ in ("prep", "relcl", "acl", "poss", "appos") for child in token.children):
        return None
    words = reading.doc[token.left_edge.i : token.i + 1].text.lower().partition(" ")[2]
    person = reading.cast.titled.get(words)
    if person is None:
        return None
    return TokenMention(
        token.i, token.i + 1, token.i, (person,), "agent", "title given before", phrase_of(token, reading)
    )


def _day_of(token: Token, reading: Reading) -> str:
    """The year that a sentence speaks of, else the article's date; with "then" only the year."""
    said = _YEAR.search(token.sent.text)
    if said is not None and said.group() != reading.cast.day[:4]:
        return said.group()
    return "" if any(child.lower_ == "then" for child in token.lefts) else reading.cast.day


def titled(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "the head of the Harbour Council Ann Berg": the name stands right behind the body."""
    after = body_behind(token, reading.taken)
    if after is None or after.actors[0].type != "person" or after.start - 1 not in reading.taken:
        return None
    return TokenMention(token.i, after.end, token.i, after.actors, "entity", "title and name")
