"""What every rule on nouns asks of a text: who owns a noun, what stands behind it, which state is spoken of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kgraph.actors.cast import UNNAMED, Cast, Taken, TokenMention
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.nouns import title_at
from kgraph.actors.slugs import slug
from kgraph.language.clauses import conjuncts
from kgraph.language.labels import MODIFIERS, SUBJECTS
from kgraph.language.tables import Agent, Language
from kgraph.model import Actor

BODIES = frozenset({"igo", "military", "armed_group", "company", "media", "ngo", "party", "other", "government"})
STATE_BEHIND = frozenset({"of", "from"})
OWNERS = BODIES | {"state", "people", "place"}
_TOGETHER = frozenset({"state", "igo"})  # owners that stand beside one another: "Turkish and UN officials"
_BEHIND = frozenset({"of", "for", "in", "at", "from", "with"})
_MORE, _FAR_MORE, _ALONE = 1.1, 1.5, 3.0  # times as often as any other
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?$", re.IGNORECASE)
_REACH = 2  # sentences back in which the text's one state is looked for


@dataclass(slots=True)
class Reading:
    """One pass over a text from start to end; ``taken`` grows on the way.

    ``main`` is the state that the text names most, ``home`` the one that it is about, ``only`` the same where it is
    about no other; None where there is none.
    """

    doc: Doc
    taken: Taken
    gazetteer: Gazetteer
    language: Language
    cast: Cast
    main: Actor | None
    home: Actor | None
    only: Actor | None

    @classmethod
    def of(cls, doc: Doc, taken: Taken, gazetteer: Gazetteer, language: Language, cast: Cast) -> Reading:
        """A reading at its start, when only names are taken."""
        homes = (_home(taken, gazetteer, more) for more in (_MORE, _FAR_MORE, _ALONE))
        return cls(doc, taken, gazetteer, language, cast, *homes)


def _home(taken: Taken, gazetteer: Gazetteer, more: float) -> Actor | None:
    """The state that the text is about: the one that it names, with its bodies and persons, far more than any other."""
    countries = (actor.country for mention in set(taken.values()) for actor in mention.actors if actor.type != "place")
    ranked = Counter(country for country in countries if country in gazetteer.states).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < more * ranked[1][1]):
        return None
    return gazetteer.states[ranked[0][0]]


def state_near(token: Token, reading: Reading) -> Actor | None:
    """The one state named lately, else of several the one that was subject last, else that of the text.

    "In Nairobi, an official said …" is of the place, "a Manila daily quoted an official" of the news house's state.
    """
    start = token.sent.start
    for mention in (reading.taken[i] for i in range(start, token.i) if i in reading.taken):
        root, actor = reading.doc[mention.root], mention.actors[0]
        placed = (mention.kind == "seat" or actor.type == "place") and root.head.lower_ == "in" and root.head.i == start
        if actor.country in reading.gazetteer.states and (placed or (actor.type == "media" and root.dep_ in SUBJECTS)):
            return reading.gazetteer.states[actor.country]
    for _ in range(_REACH):
        start = reading.doc[start - 1].sent.start if start > 0 else 0
    near = [reading.taken[i] for i in range(start, token.i) if i in reading.taken]
    states = {m.actors[0].id: m for m in near if len(m.actors) == 1 and m.actors[0].type == "state"}
    if len(states) == 1:
        return next(iter(states.values())).actors[0]
    subjects = [m.actors[0] for m in near if reading.doc[m.root].dep_ in SUBJECTS and len(m.actors) == 1]
    acting = [state for actor in subjects if (state := _state_of(actor, reading)) is not None]
    return acting[-1] if acting else reading.home


def _state_of(actor: Actor, reading: Reading) -> Actor | None:
    """The state that an actor is, or that a person acts for."""
    if actor.type == "person":
        side = reading.cast.sides.get(actor.id, actor)
        return reading.gazetteer.states.get(side.country or "")
    return actor if actor.type == "state" else None


def organs(states: Iterable[Actor], token: Token, agent: Agent, reading: Reading) -> tuple[Actor, ...]:
    """Each state's own body of that name ("the army"), where the gazetteer has one; else the state with the sector."""
    body_of, words = reading.gazetteer.body_of, reading.doc[start_of(token) : token.i + 1].text.lower()
    return tuple(
        body_of(state, words) or body_of(state, agent.lemma) or replace(state, sector=agent.sector) for state in states
    )


def nobody(agent: Agent, country: str | None) -> Actor:
    return Actor(UNNAMED + slug(agent.lemma), agent.lemma, agent.type, country, agent.sector)


def unnamed(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """Nobody by name, with the country of the modifier; a metonym ("warplanes") only counts for a state.

    A capitalised name that ends in an agent noun ("134th Fighter Squadron") is that of a body.
    """
    owner, after = owner_of(token, reading.taken), body_behind(token, reading.taken)
    start = start_of(token)
    if any(i in reading.taken for i in range(start, token.i)):
        start = token.i
    country = next((mention.actors[0].country for mention in (owner, after) if mention is not None), None)
    if _is_name(token, start) and agent.type in BODIES and title_at(token, reading.language) is None:
        name = reading.doc[start : token.i + 1].text
        body = Actor(slug(name), name, agent.type, country, agent.sector)
        return TokenMention(start, token.i + 1, token.i, (body,), "entity", "named body")
    bare = token.tag_ == "NN" and token.dep_ in ("conj", "nmod") and start == token.i and not any(token.lefts)
    if agent.metonym or (bare and agent.type == "armed_group"):
        return None
    return TokenMention(start, token.i + 1, token.i, (nobody(agent, country),), "agent", "agent noun")


def _is_name(token: Token, start: int) -> bool:
    """True where all words from ``start`` to a noun are capitalised or ordinals, and there is more than one."""
    words = [word.text for word in token.doc[start : token.i + 1]]
    return len(words) > 1 and token.pos_ == "PROPN" and all(w[0].isupper() or _ORDINAL.match(w) for w in words)


def start_of(token: Token) -> int:
    return min([token.i, *(child.i for child in token.lefts if child.dep_ in MODIFIERS)])


def phrase_of(token: Token, reading: Reading) -> tuple[int, int]:
    """All of a description: its modifiers and possessor before it, what it is "of" or "for" behind it."""
    owner = owner_of(token, reading.taken)
    starts = [start_of(token), *([owner.start] if owner is not None else [])]
    after = objects_behind(token) if owner is None else iter(())
    return min(starts), next((arg.i + 1 for arg in after), token.i + 1)


def owner_of(token: Token, taken: Taken) -> TokenMention | None:
    """The mention before a noun as its modifier or possessor, with the actors of those coordinated with it."""
    hyphenated = token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).head == token
    nouns = [token, token.nbor(-2)] if hyphenated else [token]  # "the UN secretary-general": of either half
    children = (child for noun in nouns for child in noun.lefts if child.dep_ in (*MODIFIERS, "poss"))
    places = sorted({other.i for child in children for other in (child, *child.conjuncts) if other.i < token.i})
    if any(child.lower_ == "whose" for child in token.lefts):  # "Eritrea, whose soldiers …"
        clause = next((above for above in token.ancestors if above.dep_ == "relcl"), None)
        places += [clause.head.i] if clause is not None else []
    owners = [taken[i] for i in places if i in taken and taken[i].actors[0].type in OWNERS]
    if not owners:
        return None
    kinds = _TOGETHER if owners[0].actors[0].type in _TOGETHER else {owners[0].actors[0].type}
    actors = {actor.id: actor for owner in owners for actor in owner.actors if actor.type in kinds}
    return replace(owners[0], actors=tuple(actors.values()))


def body_behind(token: Token, taken: Taken) -> TokenMention | None:
    """The mention behind a noun, after "of", "for", "in", "at", "from" or "with"; of "minister of defence of Y" Y."""
    first = next((arg for arg in objects_behind(token) if arg.i in taken), None)
    if first is None:
        return None
    named = [taken[arg.i] for arg in conjuncts(first) if arg.i in taken]
    actors = {actor.id: actor for m in named for actor in m.actors if actor.type == named[0].actors[0].type}
    return replace(named[0], actors=tuple(actors.values()))


def objects_behind(token: Token, depth: int = 0) -> Iterator[Token]:
    """The nouns in the prepositional phrases of a noun, and in theirs."""
    preps = (child for child in token.rights if child.dep_ == "prep" and child.lower_ in _BEHIND)
    for arg in [arg for prep in preps for arg in prep.children if arg.dep_ == "pobj"]:
        yield arg
        if depth < 1:
            yield from objects_behind(arg, depth + 1)


def preposition_of(body: TokenMention, reading: Reading) -> str:
    return str(reading.doc[body.root].head.lower_)
