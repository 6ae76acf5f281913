"""Actors by noun: "Iranian officials" is the state, "the army" that of the state spoken of, "gunmen" nobody by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kgraph.actors.cast import UNNAMED, Cast, Taken, TokenMention
from kgraph.actors.gazetteer import Gazetteer
from kgraph.actors.nouns import agent_of, title_at
from kgraph.actors.reading import (
    BODIES,
    STATE_BEHIND,
    Reading,
    body_behind,
    nobody,
    organs,
    owner_of,
    phrase_of,
    preposition_of,
    start_of,
    state_near,
    unnamed,
)
from kgraph.actors.slugs import slug
from kgraph.actors.titles import DEFINITE, apposed, before_name, in_office, titled
from kgraph.language.clauses import verb_roles
from kgraph.language.labels import MODIFIERS, OBJECTS, SUBJECTS
from kgraph.language.tables import Agent, Language
from kgraph.model import Actor

STATE_SPOKEN_OF = "the state spoken of"  # the reason where only what was said before tells the owner
_NOUNS = frozenset({"NOUN", "PROPN"})
_PERIODICALS = frozenset({"daily", "weekly", "monthly"})
_ABROAD = frozenset({"diplomat", "envoy", "ambassador", "negotiator"})  # who without an owner may be anybody's
_PEOPLES = frozenset({"state", "people"})  # "Iranian officials", "European officials"
_SENDERS = frozenset({"state", "igo"})
_FIGHTING = frozenset({"armed_group", "military", "party"})
_INDEFINITE = frozenset({"a", "an", "another", "any", "no", "some"})
_STATES = frozenset({"state", "states", "nation", "nations", "republic", "kingdom", "country", "union"})
_ORGANS = frozenset({"igo", "ngo", "other", "government", "person", "military"})  # nouns for those of an organisation
_STATE_ORGANS = frozenset({"military", "government"})  # kinds of noun that without an owner are the text's own state's


def agents(doc: Doc, taken: Taken, gazetteer: Gazetteer, language: Language, cast: Cast) -> Iterator[TokenMention]:
    """Mentions by agent nouns and titles, each read by the first rule that knows who is meant.

    The caller adds each mention to ``taken`` before it asks for the next. ``cast`` learns titles and names of bodies.
    """
    reading = Reading.of(doc, taken, gazetteer, language, cast)
    for token in doc:
        mention = taken.get(token.i) or _by_noun(token, reading)
        if mention is None:
            continue
        if token.i not in taken:
            yield mention
        elif token.i == mention.root and mention.kind != "agent" and (title := before_name(mention, reading)):
            yield title
        if token.i == mention.root:
            _remember(mention, token, reading)


def _by_noun(token: Token, reading: Reading) -> TokenMention | None:
    if token.pos_ not in _NOUNS and not _is_noun_all_the_same(token):
        return None
    agent = agent_of(token, reading.language)
    if token.dep_ in MODIFIERS:
        return _short_modifier(token, agent, reading) or _body_in_title(token, agent, reading)
    members = _members(token, reading)
    if members is not None or agent is None:
        return members or apposed(token, None, reading) or in_office(token, None, reading)
    return next((mention for rule in _RULES if (mention := rule(token, agent, reading)) is not None), None)


def _is_noun_all_the_same(token: Token) -> bool:
    """True for the last part of a hyphenated subject, and for "a Kabul daily", which is tagged an adverb."""
    if token.i == 0 or token.pos_ in ("PUNCT", "ADP", "AUX", "SPACE"):
        return False
    before = token.nbor(-1)
    return (before.text == "-" and token.dep_ in SUBJECTS) or (before.pos_ == "PROPN" and token.lower_ in _PERIODICALS)


def _short_modifier(token: Token, agent: Agent | None, reading: Reading) -> TokenMention | None:
    """ "Coalition aircraft": a body by the last word of its name, before another noun."""
    if agent is None or agent.type not in BODIES or not token.text[0].isupper() or start_of(token) < token.i:
        return None
    known = reading.cast.heads.get(token.lower_)
    if known is None and agent.type != "igo":
        return None
    actors = known or (nobody(agent, None),)
    return TokenMention(token.i, token.i + 1, token.i, actors, "agent", "short name" if known else "agent noun")


def _body_in_title(token: Token, agent: Agent | None, reading: Reading) -> TokenMention | None:
    """ "a foreign ministry spokesman", "the army chief": the body whose person that is."""
    if agent is None or title_at(token.head, reading.language) is None or token.head.i in reading.taken:
        return None
    known = reading.cast.heads.get(token.lower_)
    if known is not None:
        return TokenMention(token.i, token.i + 1, token.i, known, "agent", "short name")
    return _of_context(token, agent, reading)


def _remember(mention: TokenMention, token: Token, reading: Reading) -> None:
    """Keep the last word of a body's name, and the noun by which a state was meant, for "the council", "the army"."""
    actor = mention.actors[0]
    if actor.id.startswith(UNNAMED) or actor.type in ("person", "place", "people") or mention.kind == "reference":
        return
    if mention.kind == "agent":
        told = token.tag_ == "NNS" or token.lemma_.lower() in reading.language.contextual  # no single person
        words = {token.lower_} if told and mention.start < token.i else set()
    else:
        names = (reading.doc[mention.start : mention.end].text, actor.name)
        words = {name.split()[-1].lower() for name in names if " " in name}
    reading.cast.heads |= dict.fromkeys(words - _STATES, mention.actors)


def _members(token: Token, reading: Reading) -> TokenMention | None:
    """ "NATO members", "BRICS states", "members of the EU": the organisation."""
    if token.tag_ != "NNS" or token.lemma_.lower() not in reading.language.membership:
        return None
    if any(child.dep_ == "nummod" for child in token.children):
        return None
    owner, after = owner_of(token, reading.taken), body_behind(token, reading.taken)
    body = owner or after
    if body is None or body.actors[0].type != "igo" or not reading.gazetteer.members(body.actors[0].id):
        return None
    start = min(start_of(token), body.start) if owner is not None else token.i
    return TokenMention(start, token.i + 1, token.i, body.actors, "agent", "members")


def _of_state(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "Iranian officials", "Israeli and US forces": the states, with the noun's sector."""
    owner = owner_of(token, reading.taken)
    if owner is None or owner.actors[0].type not in _PEOPLES or not agent.of_state:
        return None
    if owner.actors[0].type == "people" and token.tag_ != "NNS":  # "neither Nordic government" is two states'
        return None
    start = min(owner.start, start_of(token))
    return TokenMention(
        start, token.i + 1, token.i, organs(owner.actors, token, agent, reading), "agent", "nationality and noun"
    )


def _beside_body(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "Aixtron, a company in Aachen": the body that the noun is apposed to."""
    if agent.type not in BODIES or agent.metonym:
        return None
    beside = [child.i for child in token.children if child.dep_ == "appos"]
    beside += [token.head.i] if token.dep_ == "appos" else []
    named = (reading.taken[i] for i in beside if i in reading.taken and reading.taken[i].kind != "agent")
    body = next((mention for mention in named if mention.actors[0].type in BODIES), None)
    if body is None or len(body.actors) > 1:
        return None
    return TokenMention(token.i, token.i + 1, token.i, body.actors, "agent", "apposition", phrase_of(token, reading))


def _of_place(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "Los Angeles police": a body of its own, named by its place."""
    owner = owner_of(token, reading.taken)
    if owner is None or owner.actors[0].type != "place" or not agent.of_state or agent.metonym:
        return None
    start = min(owner.start, start_of(token))
    name = f"{owner.actors[0].name} {agent.lemma}"
    body = Actor(slug(name), name, agent.type, owner.actors[0].country, agent.sector)
    return TokenMention(start, token.i + 1, token.i, (body,), "entity", "place and noun")


def _of_media(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "a Kabul daily", "Indian media": a news house without a name, of that state but not the state."""
    owner = owner_of(token, reading.taken) or (reading.taken.get(token.i - 1) if token.pos_ != "NOUN" else None)
    if agent.type != "media" or agent.of_state or owner is None or owner.actors[0].type not in ("state", "place"):
        return None
    start = min(owner.start, start_of(token))
    actors = (nobody(agent, owner.actors[0].country),)
    return TokenMention(start, token.i + 1, token.i, actors, "agent", "agent noun")


def _of_known_body(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "an army official", "coalition officials": of the body whose name or noun ended so last."""
    before = token.nbor(-1) if token.i > 0 else None
    if before is None or before.dep_ != "compound" or before.i in reading.taken or not agent.of_state:
        return None
    known = reading.cast.heads.get(before.lower_)
    if known is None or any(child.dep_ in ("poss", "prep") for child in token.children):
        return None
    actors = tuple(replace(actor, sector=actor.sector or agent.sector) for actor in known)
    return TokenMention(start_of(token), token.i + 1, token.i, actors, "agent", "short name and noun")


def _sent(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "India and Uzbekistan sent diplomats", "has not offered troops": of those who send them."""
    if token.dep_ not in OBJECTS or token.head.lemma_ not in reading.language.sending or not agent.of_state:
        return None
    if any(child.dep_ in ("poss", "relcl") for child in token.children) or token.tag_ != "NNS":
        return None
    senders = [reading.taken[t.i] for t in verb_roles(token.head)["subj"] if t.i in reading.taken]
    states = {actor.id: actor for sender in senders for actor in sender.actors if actor.type in _SENDERS}
    if not states:
        return None
    return TokenMention(
        start_of(token), token.i + 1, token.i, organs(states.values(), token, agent, reading), "agent", "sent by"
    )


def _of_home(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "soldiers killed two rebels": of the one state that the text is about."""
    bare = token.tag_ == "NNS" and not any(child.dep_ not in ("punct", "cc", "conj") for child in token.lefts)
    if reading.only is None or agent.metonym or not agent.of_state or agent.type not in _STATE_ORGANS:
        return None
    if not bare or token.lemma_ in _ABROAD or any(child.dep_ in ("prep", "relcl", "acl") for child in token.children):
        return None
    actors = organs([reading.only], token, agent, reading)
    return TokenMention(token.i, token.i + 1, token.i, actors, "agent", "the state of the text")


def _of_body(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "IRGC officials", "a commander in the Guards", "diplomats from Poland": the body or state itself."""
    after = body_behind(token, reading.taken)
    body = owner_of(token, reading.taken) or after
    if body is None:
        return None
    kind = body.actors[0].type
    organ = kind == "igo" and body is not after and agent.type in _ORGANS
    if not (agent.of_state or organ or (agent.type in _FIGHTING and kind in _FIGHTING)):
        return None
    preposition = preposition_of(body, reading) if body is after else ""
    if preposition == "for" and token.lemma_ not in reading.language.attribution["spokespersons"]:
        return None
    of_state = kind == "state" and preposition in STATE_BEHIND
    if kind not in BODIES and not of_state:
        return None
    actors = tuple(replace(actor, sector=agent.sector if of_state else actor.sector) for actor in body.actors)
    start = min(start_of(token), body.start) if body.start < token.i else token.i
    return TokenMention(start, token.i + 1, token.i, actors, "agent", "body and noun")


def _camp(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "the Trump administration", "Assad's regime": the person whose side it is."""
    if token.lemma_.lower() not in reading.language.camps:
        return None
    taken = reading.taken
    before = [taken[child.i] for child in token.lefts if child.i in taken and child.dep_ in (*MODIFIERS, "poss")]
    if not before or before[-1].actors[0].type != "person":
        return None
    return replace(before[-1], end=token.i + 1, root=token.i, kind="agent", reason="person and noun")


def _in_capital(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "officials in Cairo": the state whose seat of government that is."""
    after = body_behind(token, reading.taken)
    if after is None or after.kind != "seat" or not agent.of_state:
        return None
    state = reading.gazetteer.states.get(after.actors[0].country or "")
    if state is None:
        return None
    return TokenMention(token.i, token.i + 1, token.i, (replace(state, sector=agent.sector),), "agent", "seat and noun")


def _short(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "the council", "the army": the body whose name or noun ended so last; else that of the one state spoken of."""
    others = [child for child in token.children if child.dep_ not in ("det", "case", "punct", "appos", "cc", "conj")]
    definite = any(child.lower_ in DEFINITE for child in token.lefts)
    capital = token.pos_ == "PROPN" and not token.is_sent_start
    if others or agent.metonym or not (definite or capital):
        return None
    known = reading.cast.heads.get(token.lower_)
    return TokenMention(token.i, token.i + 1, token.i, known, "agent", "short name") if known is not None else None


def _of_context(token: Token, agent: Agent, reading: Reading) -> TokenMention | None:
    """ "the government", "a foreign ministry spokesman": of the state spoken of, else of the text's."""
    words = [token, *(child for child in token.lefts if child.dep_ in MODIFIERS)]
    contextual = [word for word in words if word.lemma_.lower() in reading.language.contextual]
    lefts = {child.lower_ for child in token.lefts}
    if lefts & reading.language.pronouns["quantity"]:
        return None
    indefinite = bool(lefts & _INDEFINITE)
    if not contextual or not agent.of_state or (contextual == [token] and indefinite):
        return None
    if any(child.dep_ in ("poss", "prep", "relcl") for child in token.children):
        return None
    state = state_near(token, reading)
    if state is None:
        return None
    actors = organs([state], token, agent, reading)
    return TokenMention(start_of(token), token.i + 1, token.i, actors, "agent", STATE_SPOKEN_OF)


_RULES: tuple[Callable[[Token, Agent, Reading], TokenMention | None], ...] = (
    apposed,
    in_office,
    _beside_body,
    _of_media,
    _of_state,
    titled,
    _of_place,
    _of_body,
    _camp,
    _in_capital,
    _of_known_body,
    _short,
    _sent,
    _of_context,
    _of_home,
    unnamed,
)
