"""Actors by noun: "Iranian officials" is the state, "a commander in the Guards" the Guards, "gunmen" nobody by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from kgraph.actors.cast import UNNAMED, Taken, TokenMention
from kgraph.actors.names import agent_of
from kgraph.actors.slugs import slug
from kgraph.language.labels import MODIFIERS
from kgraph.language.tables import Agent, Language
from kgraph.model import Actor

_BODIES = frozenset({"igo", "military", "armed_group", "company", "media", "ngo", "party", "other", "government"})
_OWNERS = _BODIES | {"state", "people", "place"}
_BEHIND = frozenset({"of", "in", "at", "from", "with"})
_STATE_BEHIND = frozenset({"of", "from"})


def agents(doc: Doc, taken: Taken, language: Language, states: Mapping[str, Actor]) -> Iterator[TokenMention]:
    """Mentions by agent nouns, each read by the first rule that knows who is meant; ``states`` are by country."""
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in MODIFIERS or token.i in taken:
            continue
        agent = agent_of(token, language)
        if agent is None:
            continue
        readings = (rule(token, agent, taken, language) for rule in (_apposed, _of_state, _titled, _of_body, _camp))
        mention = next((found for found in readings if found is not None), None)
        mention = mention or _in_capital(token, agent, taken, states) or _unnamed(token, agent, taken)
        if mention is not None:
            yield mention


def _apposed(token: Token, agent: Agent, taken: Taken, language: Language) -> TokenMention | None:
    """ "the foreign minister, Sergei Lavrov": the person beside the noun."""
    beside = [child for child in token.children if child.dep_ == "appos"]
    beside += [token.head] if token.dep_ == "appos" else []
    person = next((taken[other.i] for other in beside if other.i in taken), None)
    if person is None or person.actors[0].type != "person":
        return None
    return TokenMention(token.i, token.i + 1, token.i, person.actors, "agent", "apposition")


def _of_state(token: Token, agent: Agent, taken: Taken, language: Language) -> TokenMention | None:
    """ "Iranian officials", "Israeli and US forces": the states, with the noun's sector."""
    owner = _owner(token, taken)
    if owner is None or owner.actors[0].type != "state" or not agent.of_state:
        return None
    actors = tuple(replace(actor, sector=agent.sector) for actor in owner.actors)
    start = min(owner.start, _start(token))
    return TokenMention(start, token.i + 1, token.i, actors, "agent", "nationality and noun")


def _titled(token: Token, agent: Agent, taken: Taken, language: Language) -> TokenMention | None:
    """ "the head of the Harbour Council Ann Berg": the name stands right behind the body."""
    behind = _behind(token, taken)
    if behind is None or behind.actors[0].type != "person" or behind.start - 1 not in taken:
        return None
    return TokenMention(token.i, behind.end, token.i, behind.actors, "entity", "title and name")


def _of_body(token: Token, agent: Agent, taken: Taken, language: Language) -> TokenMention | None:
    """ "IRGC officials", "a commander in the Guards", "diplomats from Poland": the body or state itself."""
    behind = _behind(token, taken)
    body = _owner(token, taken) or behind
    if body is None or not agent.of_state:
        return None
    of_state = body is behind and body.actors[0].type == "state" and _preposition(token, body) in _STATE_BEHIND
    if body.actors[0].type not in _BODIES and not of_state:
        return None
    actors = tuple(replace(actor, sector=agent.sector if of_state else actor.sector) for actor in body.actors)
    start = min(_start(token), body.start) if body.start < token.i else token.i
    return TokenMention(start, token.i + 1, token.i, actors, "agent", "body and noun")


def _camp(token: Token, agent: Agent, taken: Taken, language: Language) -> TokenMention | None:
    """ "the Trump administration", "Assad's regime": the person whose side it is."""
    if token.lemma_.lower() not in language.camps:
        return None
    before = [taken[child.i] for child in token.lefts if child.i in taken and child.dep_ in (*MODIFIERS, "poss")]
    if not before or before[-1].actors[0].type != "person":
        return None
    return replace(before[-1], end=token.i + 1, root=token.i, kind="agent", reason="person and noun")


def _in_capital(token: Token, agent: Agent, taken: Taken, states: Mapping[str, Actor]) -> TokenMention | None:
    """ "officials in Cairo": the state whose seat of government that is."""
    behind = _behind(token, taken)
    if behind is None or behind.kind != "seat" or not agent.of_state:
        return None
    state = states.get(behind.actors[0].country or "")
    if state is None:
        return None
    return TokenMention(token.i, token.i + 1, token.i, (replace(state, sector=agent.sector),), "agent", "seat and noun")


def _unnamed(token: Token, agent: Agent, taken: Taken) -> TokenMention | None:
    """Nobody by name, with the country of the modifier; a metonym ("warplanes") only counts for a state."""
    if agent.metonym:
        return None
    owner = _owner(token, taken)
    start = _start(token)
    if any(i in taken for i in range(start, token.i)):
        start = token.i
    country = owner.actors[0].country if owner else None
    actor = Actor(UNNAMED + slug(agent.lemma), agent.lemma, agent.type, country, agent.sector)
    return TokenMention(start, token.i + 1, token.i, (actor,), "agent", "agent noun")


def _start(token: Token) -> int:
    return min([token.i, *(child.i for child in token.lefts if child.dep_ in MODIFIERS)])


def _owner(token: Token, taken: Taken) -> TokenMention | None:
    """The mention before a noun as its modifier or possessor, with the actors of those coordinated with it."""
    children = (child for child in token.lefts if child.dep_ in (*MODIFIERS, "poss"))
    places = sorted({other.i for child in children for other in (child, *child.conjuncts) if other.i < token.i})
    owners = [taken[i] for i in places if i in taken and taken[i].actors[0].type in _OWNERS]
    if not owners:
        return None
    actors = {actor.id: actor for owner in owners for actor in owner.actors if actor.type == owners[0].actors[0].type}
    return replace(owners[0], actors=tuple(actors.values()))


def _behind(token: Token, taken: Taken) -> TokenMention | None:
    """The mention behind a noun, after "of", "in", "at", "from" or "with"."""
    preps = (child for child in token.rights if child.dep_ == "prep" and child.lower_ in _BEHIND)
    named = (taken[arg.i] for prep in preps for arg in prep.children if arg.dep_ == "pobj" and arg.i in taken)
    return next(named, None)


def _preposition(token: Token, body: TokenMention) -> str:
    return str(token.doc[body.root].head.lower_)
