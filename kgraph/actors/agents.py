"""Actors by noun: "Iranian officials" is the state, "the Russian president" who is in office, "gunmen" nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kgraph.actors.cast import UNNAMED, Cast, Taken, TokenMention
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.nouns import TitlePlace, agent_of, title_at
from kgraph.actors.slugs import slug
from kgraph.language.clauses import conjuncts
from kgraph.language.labels import MODIFIERS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.tables import Agent, Language
from kgraph.model import Actor

_BODIES = frozenset({"igo", "military", "armed_group", "company", "media", "ngo", "party", "other", "government"})
_OWNERS = _BODIES | {"state", "people", "place"}
_TOGETHER = frozenset({"state", "igo"})  # owners that stand beside one another: "Turkish and UN officials"
_FIGHTING = frozenset({"armed_group", "military", "party"})
_BEHIND = frozenset({"of", "for", "in", "at", "from", "with"})
_STATE_BEHIND = frozenset({"of", "from"})
_DEFINITE = frozenset({"the", "this", "that"})
_INDEFINITE = frozenset({"a", "an", "another", "any", "no", "some"})
_FAR_MORE = 1.5  # times as often as any other
_STATES = frozenset({"state", "states", "nation", "nations", "republic", "kingdom", "country", "union"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REACH = 2  # sentences back in which the text's one state is looked for


@dataclass(slots=True)
class _Reading:
    """One pass over a text from start to end; ``taken`` grows on the way."""

    doc: Doc
    taken: Taken
    gazetteer: Gazetteer
    language: Language
    cast: Cast
    home: Actor | None


def agents(doc: Doc, taken: Taken, gazetteer: Gazetteer, language: Language, cast: Cast) -> Iterator[TokenMention]:
    """Mentions by agent nouns and titles, each read by the first rule that knows who is meant.

    The caller adds each mention to ``taken`` before it asks for the next. ``cast`` learns titles and names of bodies.
    """
    reading = _Reading(doc, taken, gazetteer, language, cast, _home(taken))
    for token in doc:
        mention = taken.get(token.i) or _by_noun(token, reading)
        if mention is None:
            continue
        if token.i not in taken:
            yield mention
        elif token.i == mention.root and mention.kind != "agent" and (title := _before_name(mention, reading)):
            yield title
        if token.i == mention.root:
            _remember(mention, token, reading)


def _home(taken: Taken) -> Actor | None:
    """The state that the text is about: the one that it names far more often than any other."""
    named = (actor for mention in set(taken.values()) for actor in mention.actors if actor.type == "state")
    ranked = Counter(actor.id for actor in named).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _FAR_MORE * ranked[1][1]):
        return None
    return next(actor for mention in taken.values() for actor in mention.actors if actor.id == ranked[0][0])


def _by_noun(token: Token, reading: _Reading) -> TokenMention | None:
    hyphenated = token.i > 0 and token.dep_ in SUBJECTS and token.nbor(-1).text == "-"
    if token.pos_ not in ("NOUN", "PROPN") and not hyphenated:
        return None
    agent = agent_of(token, reading.language)
    if token.dep_ in MODIFIERS:
        return _short_modifier(token, agent, reading)
    members = _members(token, reading)
    if members is not None or agent is None:
        return members or _apposed(token, None, reading) or _in_office(token, None, reading)
    return next((mention for rule in _RULES if (mention := rule(token, agent, reading)) is not None), None)


def _short_modifier(token: Token, agent: Agent | None, reading: _Reading) -> TokenMention | None:
    """ "Coalition aircraft": a body by the last word of its name, before another noun."""
    if agent is None or agent.type not in _BODIES or not token.text[0].isupper() or _start(token) < token.i:
        return None
    known = reading.cast.heads.get(token.lower_)
    if known is None and (token.is_sent_start or agent.type != "igo"):
        return None
    actors = known or (_nobody(agent, None),)
    return TokenMention(token.i, token.i + 1, token.i, actors, "agent", "short name" if known else "agent noun")


def _before_name(mention: TokenMention, reading: _Reading) -> TokenMention | None:
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


def _with_body_before(start: int, reading: _Reading) -> int:
    """The start of the body that stands right before a title, possessive or not; else the title's own."""
    before = start - 1
    while before >= 0 and reading.doc[before].dep_ == "case":
        before -= 1
    owner = reading.taken.get(before)
    return owner.start if owner is not None and owner.end > before and owner.actors[0].type in _OWNERS else start


def _entitle(person: Actor, place: TitlePlace, noun: Token, reading: _Reading) -> None:
    """Keep that a person bears a title, by its words and by its last word, and of which body."""
    owner = _owner(noun, reading.taken) or _behind(noun, reading.taken) or reading.taken.get(place.start - 1)
    if owner is not None and owner.actors[0].type in _BODIES | {"state"}:
        reading.cast.sides.setdefault(person.id, owner.actors[0])
    for words in (place.title.office, reading.doc[place.start : place.end].text.lower(), noun.lemma_.lower()):
        reading.cast.titled[words] = person


def _remember(mention: TokenMention, token: Token, reading: _Reading) -> None:
    """Keep the last word of a body's name, and the noun by which a state was meant, for "the council", "the army"."""
    actor = mention.actors[0]
    if actor.id.startswith(UNNAMED) or actor.type in ("person", "place", "people") or mention.kind == "reference":
        return
    if mention.kind == "agent":
        words = {token.lower_} if mention.start < token.i else set()
    else:
        names = (reading.doc[mention.start : mention.end].text, actor.name)
        words = {name.split()[-1].lower() for name in names if " " in name}
    reading.cast.heads |= dict.fromkeys(words - _STATES, mention.actors)


def _apposed(token: Token, agent: Agent | None, reading: _Reading) -> TokenMention | None:
    """ "the foreign minister, Sergei Lavrov": the person beside the noun."""
    title = title_at(token, reading.language)
    if agent is None and title is None:
        return None
    phrase = _phrase(token, reading)
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


def _in_office(token: Token, agent: Agent | None, reading: _Reading) -> TokenMention | None:
    """ "the Russian president", "the secretary-general of the UN": who held the office on the article's date.

    A year in the sentence counts before that date. Of former and coming holders only the state is known.
    """
    found = title_at(token, reading.language)
    if found is None:
        return None
    title, start = found.title, found.start
    lefts = {child.lower_ for child in token.lefts}
    inside = (_owner(reading.doc[i], reading.taken) for i in range(token.i, start - 1, -1))
    owner, behind = next((own for own in inside if own is not None), None), _behind(token, reading.taken)
    if owner is None and behind is not None and _preposition(behind, reading) in _STATE_BEHIND | {"for"}:
        owner = behind
    if owner is None:
        return _named_before(token, lefts, reading)
    if lefts & reading.language.former:
        return _unnamed(token, agent, reading) if agent is not None else None
    day = _day_of(token, reading)
    holders = [reading.gazetteer.holder(actor.id, title.office, day) for actor in owner.actors] if day else []
    persons = tuple(holder for holder in holders if holder is not None)
    if not persons or len(persons) < len(holders):
        return None
    begin = min(owner.start, start) if owner.start < token.i else start
    phrase = (begin, found.end) if owner.start < token.i else _phrase(token, reading)
    for person in persons:
        _entitle(person, found, token, reading)
        reading.cast.add_person(person, token.i)
    return TokenMention(begin, token.i + 1, token.i, persons, "agent", "office on date", phrase)


def _named_before(token: Token, lefts: set[str], reading: _Reading) -> TokenMention | None:
    """ "the president": the person who was given that title last, where nothing else is said of it."""
    if not lefts & _DEFINITE or lefts & reading.language.former or token.tag_ in ("NNS", "NNPS"):
        return None
    if any(child.dep_ in ("prep", "relcl", "acl", "poss", "appos") for child in token.children):
        return None
    words = reading.doc[token.left_edge.i : token.i + 1].text.lower().partition(" ")[2]
    person = reading.cast.titled.get(words)
    if person is None:
        return None
    return TokenMention(
        token.i, token.i + 1, token.i, (person,), "agent", "title given before", _phrase(token, reading)
    )


def _day_of(token: Token, reading: _Reading) -> str:
    """The year that a sentence speaks of, else the article's date; with "then" only the year."""
    said = _YEAR.search(token.sent.text)
    if said is not None and said.group() != reading.cast.day[:4]:
        return said.group()
    return "" if any(child.lower_ == "then" for child in token.lefts) else reading.cast.day


def _members(token: Token, reading: _Reading) -> TokenMention | None:
    """ "NATO members", "BRICS states", "members of the EU": the organisation."""
    if token.tag_ != "NNS" or token.lemma_.lower() not in reading.language.membership:
        return None
    if any(child.dep_ == "nummod" for child in token.children):
        return None
    owner, behind = _owner(token, reading.taken), _behind(token, reading.taken)
    body = owner or behind
    if body is None or body.actors[0].type != "igo" or not reading.gazetteer.members(body.actors[0].id):
        return None
    start = min(_start(token), body.start) if owner is not None else token.i
    return TokenMention(start, token.i + 1, token.i, body.actors, "agent", "members")


def _of_state(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """ "Iranian officials", "Israeli and US forces": the states, with the noun's sector."""
    owner = _owner(token, reading.taken)
    if owner is None or owner.actors[0].type != "state" or not agent.of_state:
        return None
    actors = tuple(replace(actor, sector=agent.sector) for actor in owner.actors)
    start = min(owner.start, _start(token))
    return TokenMention(start, token.i + 1, token.i, actors, "agent", "nationality and noun")


def _titled(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """ "the head of the Harbour Council Ann Berg": the name stands right behind the body."""
    behind = _behind(token, reading.taken)
    if behind is None or behind.actors[0].type != "person" or behind.start - 1 not in reading.taken:
        return None
    return TokenMention(token.i, behind.end, token.i, behind.actors, "entity", "title and name")


def _of_body(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """ "IRGC officials", "a commander in the Guards", "diplomats from Poland": the body or state itself."""
    behind = _behind(token, reading.taken)
    body = _owner(token, reading.taken) or behind
    if body is None:
        return None
    kind = body.actors[0].type
    organ = kind == "igo" and body is not behind and agent.type in ("igo", "ngo", "other", "government")
    if not (agent.of_state or organ or (agent.type in _FIGHTING and kind in _FIGHTING)):
        return None
    preposition = _preposition(body, reading) if body is behind else ""
    if preposition == "for" and token.lemma_ not in reading.language.attribution["spokespersons"]:
        return None
    of_state = kind == "state" and preposition in _STATE_BEHIND
    if kind not in _BODIES and not of_state:
        return None
    actors = tuple(replace(actor, sector=agent.sector if of_state else actor.sector) for actor in body.actors)
    start = min(_start(token), body.start) if body.start < token.i else token.i
    return TokenMention(start, token.i + 1, token.i, actors, "agent", "body and noun")


def _camp(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """ "the Trump administration", "Assad's regime": the person whose side it is."""
    if token.lemma_.lower() not in reading.language.camps:
        return None
    taken = reading.taken
    before = [taken[child.i] for child in token.lefts if child.i in taken and child.dep_ in (*MODIFIERS, "poss")]
    if not before or before[-1].actors[0].type != "person":
        return None
    return replace(before[-1], end=token.i + 1, root=token.i, kind="agent", reason="person and noun")


def _in_capital(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """ "officials in Cairo": the state whose seat of government that is."""
    behind = _behind(token, reading.taken)
    if behind is None or behind.kind != "seat" or not agent.of_state:
        return None
    state = reading.gazetteer.states.get(behind.actors[0].country or "")
    if state is None:
        return None
    return TokenMention(token.i, token.i + 1, token.i, (replace(state, sector=agent.sector),), "agent", "seat and noun")


def _short(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """ "the council", "the army": the body whose name or noun ended so last; else that of the one state spoken of."""
    others = [child for child in token.children if child.dep_ not in ("det", "case", "punct", "appos", "cc", "conj")]
    definite = any(child.lower_ in _DEFINITE for child in token.lefts)
    capital = token.pos_ == "PROPN" and not token.is_sent_start
    if others or agent.metonym or not (definite or capital):
        return None
    known = reading.cast.heads.get(token.lower_)
    return TokenMention(token.i, token.i + 1, token.i, known, "agent", "short name") if known is not None else None


def _of_context(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """ "the government", "a foreign ministry spokesman": of the state spoken of, else of the text's."""
    words = [token, *(child for child in token.lefts if child.dep_ in MODIFIERS)]
    contextual = [word for word in words if word.lemma_.lower() in reading.language.contextual]
    lefts = {child.lower_ for child in token.lefts}
    if lefts & reading.language.pronouns["quantity"]:
        return None
    indefinite = bool(lefts & _INDEFINITE)
    if not contextual or not agent.of_state or agent.metonym or (contextual == [token] and indefinite):
        return None
    if any(child.dep_ in ("poss", "prep", "relcl") for child in token.children):
        return None
    state = _state_near(token, reading)
    if state is None:
        return None
    actors = (replace(state, sector=agent.sector),)
    return TokenMention(_start(token), token.i + 1, token.i, actors, "agent", "the state spoken of")


def _state_near(token: Token, reading: _Reading) -> Actor | None:
    """The one state named lately, else of several the one that was subject last, else that of the text."""
    start = token.sent.start
    for _ in range(_REACH):
        start = reading.doc[start - 1].sent.start if start > 0 else 0
    near = [reading.taken[i] for i in range(start, token.i) if i in reading.taken]
    states = {m.actors[0].id: m for m in near if len(m.actors) == 1 and m.actors[0].type == "state"}
    if len(states) == 1:
        return next(iter(states.values())).actors[0]
    subjects = [m for m in near if m.actors[0].id in states and reading.doc[m.root].dep_ in SUBJECTS]
    return subjects[-1].actors[0] if subjects else reading.home


def _unnamed(token: Token, agent: Agent, reading: _Reading) -> TokenMention | None:
    """Nobody by name, with the country of the modifier; a metonym ("warplanes") only counts for a state.

    A capitalised name that ends in an agent noun ("134th Fighter Squadron") is that of a body.
    """
    owner, behind = _owner(token, reading.taken), _behind(token, reading.taken)
    start = _start(token)
    if any(i in reading.taken for i in range(start, token.i)):
        start = token.i
    country = next((mention.actors[0].country for mention in (owner, behind) if mention is not None), None)
    if _is_name(token, start) and agent.type in _BODIES and title_at(token, reading.language) is None:
        name = reading.doc[start : token.i + 1].text
        body = Actor(slug(name), name, agent.type, country, agent.sector)
        return TokenMention(start, token.i + 1, token.i, (body,), "entity", "named body")
    bare = token.tag_ == "NN" and token.dep_ in ("conj", "nmod") and start == token.i and not any(token.lefts)
    if agent.metonym or (bare and agent.type == "armed_group"):
        return None
    return TokenMention(start, token.i + 1, token.i, (_nobody(agent, country),), "agent", "agent noun")


def _is_name(token: Token, start: int) -> bool:
    """True where all words from ``start`` to a noun are capitalised or ordinals, and there is more than one."""
    words = [word.text for word in token.doc[start : token.i + 1]]
    return len(words) > 1 and token.pos_ == "PROPN" and all(w[0].isupper() or _ORDINAL.match(w) for w in words)


def _nobody(agent: Agent, country: str | None) -> Actor:
    return Actor(UNNAMED + slug(agent.lemma), agent.lemma, agent.type, country, agent.sector)


def _start(token: Token) -> int:
    return min([token.i, *(child.i for child in token.lefts if child.dep_ in MODIFIERS)])


def _phrase(token: Token, reading: _Reading) -> tuple[int, int]:
    """All of a description: its modifiers and possessor before it, what it is "of" or "for" behind it."""
    owner = _owner(token, reading.taken)
    starts = [_start(token), *([owner.start] if owner is not None else [])]
    behind = _objects_behind(token) if owner is None else iter(())
    return min(starts), next((arg.i + 1 for arg in behind), token.i + 1)


def _owner(token: Token, taken: Taken) -> TokenMention | None:
    """The mention before a noun as its modifier or possessor, with the actors of those coordinated with it."""
    hyphenated = token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).head == token
    nouns = [token, token.nbor(-2)] if hyphenated else [token]  # "the UN secretary-general": of either half
    children = (child for noun in nouns for child in noun.lefts if child.dep_ in (*MODIFIERS, "poss"))
    places = sorted({other.i for child in children for other in (child, *child.conjuncts) if other.i < token.i})
    owners = [taken[i] for i in places if i in taken and taken[i].actors[0].type in _OWNERS]
    if not owners:
        return None
    kinds = _TOGETHER if owners[0].actors[0].type in _TOGETHER else {owners[0].actors[0].type}
    actors = {actor.id: actor for owner in owners for actor in owner.actors if actor.type in kinds}
    return replace(owners[0], actors=tuple(actors.values()))


def _behind(token: Token, taken: Taken) -> TokenMention | None:
    """The mention behind a noun, after "of", "for", "in", "at", "from" or "with"; of "minister of defence of Y" Y."""
    first = next((arg for arg in _objects_behind(token) if arg.i in taken), None)
    if first is None:
        return None
    named = [taken[arg.i] for arg in conjuncts(first) if arg.i in taken]
    actors = {actor.id: actor for m in named for actor in m.actors if actor.type == named[0].actors[0].type}
    return replace(named[0], actors=tuple(actors.values()))


def _objects_behind(token: Token, depth: int = 0) -> Iterator[Token]:
    """The nouns in the prepositional phrases of a noun, and in theirs."""
    preps = (child for child in token.rights if child.dep_ == "prep" and child.lower_ in _BEHIND)
    for arg in [arg for prep in preps for arg in prep.children if arg.dep_ == "pobj"]:
        yield arg
        if depth < 1:
            yield from _objects_behind(arg, depth + 1)


def _preposition(body: TokenMention, reading: _Reading) -> str:
    return str(reading.doc[body.root].head.lower_)


_RULES: tuple[Callable[[Token, Agent, _Reading], TokenMention | None], ...] = (
    _apposed,
    _in_office,
    _of_state,
    _titled,
    _of_body,
    _camp,
    _in_capital,
    _short,
    _of_context,
    _unnamed,
)
