"""Actor mentions of a parsed text: gazetteer names first, then tagged entities, then nouns for unnamed actors.

The gazetteer overrules the tagger, but for a name that is only part of a longer name of somebody else
("Michael Jordan", "Bank of Israel").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from kgraph.actors.gazetteer import WORD, Form, Gazetteer
from kgraph.actors.slugs import slug
from kgraph.language.labels import MODIFIERS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.tables import Agent, Language
from kgraph.model import Actor

UNNAMED = "unnamed-"  # how ids of unnamed actors start; the graph hides them by default
_DASHES = frozenset({"-", "–", "—", "--"})
_SUBJECT = SUBJECTS | PASSIVE_SUBJECTS
_LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "across", "inside", "throughout"})
_TYPES = {"PERSON": "person", "ORG": "other", "NORP": "people", "GPE": "place"}
_EDGES = re.compile(r"^(?:the|The|THE|a|an|A)\s+|['’]s$|['’]$|^[\"“”'‘’(\[]+|[\"“”)\],.;:]+$")
_BODIES = frozenset({"igo", "military", "armed_group", "company", "media", "ngo", "party", "other", "government"})
_OWNERS = _BODIES | {"state", "people", "place"}
_SECTORS = {"adjective": None, "people": "CVL"}


@dataclass(frozen=True, slots=True)
class TokenMention:
    """Tokens ``start`` to ``end`` (exclusive) that mean ``actors`` (several for "both"); ``root`` heads them."""

    start: int
    end: int
    root: int
    actors: tuple[Actor, ...]
    kind: str
    reason: str


@dataclass(slots=True)
class Cast:
    """Who has been named in a document so far: what shortened names and pronouns can mean."""

    persons: dict[str, list[Actor]] = field(default_factory=dict)
    acronyms: dict[str, Actor] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    countries: dict[str, str] = field(default_factory=dict)

    def add_person(self, actor: Actor) -> None:
        surname = actor.name.split()[-1]
        known = self.persons.setdefault(surname, [])
        if all(other.id != actor.id for other in known):
            known.append(actor)

    def person(self, surname: str) -> Actor | None:
        """The one person of this surname; the latest named where there are several."""
        known = self.persons.get(surname)
        return known[-1] if known else None


def find_mentions(doc: Doc, gazetteer: Gazetteer, language: Language, cast: Cast) -> list[TokenMention]:
    """All mentions of actors by name or noun in ``doc``, in order and without overlap. Adds to ``cast``."""
    taken: dict[int, TokenMention] = {}
    for mention in _known(doc, gazetteer, cast):
        _take(mention, taken)
    entities = [ent for ent in doc.ents if ent.label_ in _TYPES]
    for ent in entities:
        if ent.label_ == "PERSON":
            _register(ent, cast)
    for ent in entities:
        found = _entity(ent, taken, cast, language)
        if found is not None:
            _take(found, taken)
    for mention in _surnames(doc, taken, cast):
        _take(mention, taken)
    for token in doc:
        found = _agent(token, taken, language)
        if found is not None:
            _take(found, taken, over=True)
    return sorted(set(taken.values()), key=lambda mention: mention.start)


def _take(mention: TokenMention, taken: dict[int, TokenMention], *, over: bool = False) -> None:
    """Give the tokens of ``mention`` to it: none may be taken yet, or (``over``) those that it swallows are dropped."""
    inside = {taken[i] for i in range(mention.start, mention.end) if i in taken}
    if inside and not over:
        return
    for other in inside:
        for i in range(other.start, other.end):
            taken.pop(i, None)
    for i in range(mention.start, mention.end):
        taken[i] = mention


def _known(doc: Doc, gazetteer: Gazetteer, cast: Cast) -> Iterator[TokenMention]:
    """Mentions by a form of the gazetteer. Short forms count where the actor is named in full as well."""
    matches = ((doc[start:end], forms) for start, end, forms in gazetteer.find(list(_words(doc))))
    found = [(span, forms) for span, forms in matches if not _inside_other_name(span) and not _is_dateline(span)]
    cast.named |= {
        form.entry.actor.id for _, forms in found for form in forms if form.kind in ("name", "adjective", "people")
    }
    before: Actor | None = None
    for span, forms in found:
        form = _choose(span, forms, cast)
        if form is not None and not _is_of_other_state(span, form.entry.actor, before):
            before = form.entry.actor
            yield TokenMention(span.start, span.end, span.root.i, (_meant(span, form),), form.kind, "gazetteer")


def _words(doc: Doc) -> Iterator[tuple[str, int, int]]:
    """The words of a text as the gazetteer cuts them, each with its token and the one after it."""
    for token in doc:
        text = token.text.replace("’", "'")
        if text.isalnum():
            yield text, token.i, token.i + 1
        else:
            yield from ((word, token.i, token.i + 1) for word in WORD.findall(text))


def _is_dateline(span: Span) -> bool:
    """True for the place before a report: "Washington - …", "BAGHDAD (AP) -"."""
    if span.start > 0 and not span[0].is_sent_start or span.end >= len(span.doc) - 1:
        return False
    after = span.doc[span.end]
    rest = span.doc[span.end : span.end + 8]
    return (
        bool(after.whitespace_)
        and after.text in _DASHES
        or (
            after.text in ("(", ",")
            and any(token.text in _DASHES and token.whitespace_ for token in rest)
            and span.root.dep_ not in _SUBJECT
        )
    )


def _is_of_other_state(span: Span, actor: Actor, before: Actor | None) -> bool:
    """True for "Nigerian Senate" where the table's Senate is that of another state."""
    if before is None or actor.type == "state" or not actor.country or before.type != "state" or span.start == 0:
        return False
    previous = span.doc[span.start - 1]
    adjacent = previous.dep_ in (*MODIFIERS, "poss", "case") and previous.text[0].isupper() or previous.dep_ == "case"
    return adjacent and before.country != actor.country


def _inside_other_name(span: Span) -> bool:
    """True for a part of a longer name that is no name of this actor: a person's, or a body's with "of" or a name after it."""
    ent = next(
        (ent for ent in span.doc[span.start : span.end].sent.ents if ent.start <= span.start and ent.end >= span.end),
        None,
    )
    if ent is None:
        return False
    extra = [token for token in ent if not span.start <= token.i < span.end and token.is_alpha and not token.is_stop]
    if ent.label_ == "PERSON":
        return any(token.pos_ == "PROPN" for token in extra)
    return ent.label_ in ("ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW") and any(token.pos_ == "PROPN" for token in extra)


def _choose(span: Span, forms: tuple[Form, ...], cast: Cast) -> Form | None:
    """The form meant here: the adjective before a noun, the people else; ambiguous ones only where tagged as a name."""
    usable = [form for form in forms if _fits(span, form, cast)]
    wanted = ("name", "adjective", "people") if span.root.dep_ in MODIFIERS else ("name", "people", "adjective")
    usable.sort(key=lambda form: wanted.index(form.kind) if form.kind in wanted else len(wanted))
    return usable[0] if usable else None


def _fits(span: Span, form: Form, cast: Cast) -> bool:
    if form.kind == "short":
        return form.entry.actor.id in cast.named
    if form.kind == "ambiguous":
        return span.root.ent_type_ in ("ORG", "GPE", "NORP") or form.entry.actor.id in cast.named
    return span[0].text[0].isupper() or form.text[0].islower()


def _meant(span: Span, form: Form) -> Actor:
    """The actor of a form; a seat after "in" or "near" is the place itself, and not its government."""
    actor = form.entry.actor
    if form.kind == "seat" and span.root.dep_ == "pobj" and span.root.head.lower_ in _LOCATIVE:
        return Actor(slug(span.text), span.text, "place", actor.country, None)
    return replace(actor, sector=_SECTORS.get(form.kind, actor.sector) or actor.sector)


def _register(ent: Span, cast: Cast) -> None:
    name = _clean(ent.text)
    if len(name.split()) > 1 and name[0].isupper():
        cast.add_person(Actor(slug(name), name, "person"))


def _clean(text: str) -> str:
    """A name without article, possessive, quotation marks and stray punctuation at its ends."""
    before = ""
    while before != text:
        before, text = text, _EDGES.sub("", text).strip()
    return re.sub(r"\s+", " ", text)


def _entity(ent: Span, taken: dict[int, TokenMention], cast: Cast, language: Language) -> TokenMention | None:
    """A tagged entity that the gazetteer does not know, as an actor with an id of its own."""
    if any(i in taken for i in range(ent.start, ent.end)):
        return _state_body(ent, taken, language)
    name = _clean(ent.text)
    if not any(char.isalpha() for char in name) or (len(name) < 2 and ent.label_ != "PERSON"):
        return None
    if ent.label_ == "PERSON":
        actor = (cast.person(name) if " " not in name else None) or Actor(slug(name), name, "person")
        reason = "surname" if actor.name != name else "tagger"
    else:
        actor, reason = _body(name, ent.label_, cast)
    return TokenMention(ent.start, ent.end, ent.root.i, (actor,), "entity", reason)


def _body(name: str, label: str, cast: Cast) -> tuple[Actor, str]:
    """An organisation, people or place by its name; an acronym of one named before is that one."""
    if name.isupper() and name in cast.acronyms:
        return cast.acronyms[name], "acronym"
    actor = Actor(slug(name), name, _TYPES[label])
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    if label == "ORG" and len(initials) > 1:
        cast.acronyms.setdefault(initials, actor)
    return actor, "tagger"


def _state_body(ent: Span, taken: dict[int, TokenMention], language: Language) -> TokenMention | None:
    """A tagged body whose name is a nationality and an agent noun ("Iranian Foreign Ministry"): its state, or its own."""
    inner = [mention for mention in {taken[i] for i in range(ent.start, ent.end) if i in taken}]
    if len(inner) != 1 or inner[0].start < ent.start or inner[0].end >= ent.end or ent.label_ != "ORG":
        return None
    agent = _agent_of(ent[-1], language)
    owner = inner[0].actors[0]
    if agent is None or not agent.of_state or owner.type != "state":
        return None
    return TokenMention(
        ent.start, ent.end, ent.root.i, (replace(owner, sector=agent.sector),), "name", "nationality and noun"
    )


def _surnames(doc: Doc, taken: dict[int, TokenMention], cast: Cast) -> Iterator[TokenMention]:
    """Names that the tagger missed, of persons named in full elsewhere in the document."""
    for token in doc:
        if token.pos_ == "PROPN" and token.i not in taken and token.text in cast.persons:
            actor = cast.person(token.text)
            assert actor is not None
            yield TokenMention(token.i, token.i + 1, token.i, (actor,), "entity", "surname")


def _agent_of(token: Token, language: Language) -> Agent | None:
    """The agent noun that a token heads, a compound ("aid worker") before the bare noun."""
    lemma = token.lemma_.lower()
    before = token.nbor(-1) if token.i > token.doc[0].i else None
    if before is not None and before.dep_ in MODIFIERS:
        compound = language.agents.get(f"{before.lemma_.lower()} {lemma}")
        if compound is not None:
            return compound
    return language.agents.get(lemma)


def _agent(token: Token, taken: dict[int, TokenMention], language: Language) -> TokenMention | None:
    """An unnamed actor, or the state where a nationality or owner stands before the noun ("Iranian officials")."""
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in MODIFIERS or token.i in taken:
        return None
    agent = _agent_of(token, language)
    if agent is None:
        return None
    beside = [child for child in token.children if child.dep_ == "appos"] + ([token.head] if token.dep_ == "appos" else [])
    person = next((taken[other.i] for other in beside if other.i in taken), None)
    if person is not None and person.actors[0].type == "person":
        return TokenMention(token.i, token.i + 1, token.i, person.actors, "agent", "apposition")
    owner = _owner(token, taken)
    body = owner or _body_of(token, taken)
    start = min([token.i, *(child.i for child in token.children if child.dep_ in MODIFIERS and child.i < token.i)])
    if owner is not None and owner.actors[0].type == "state" and agent.of_state:
        actors = tuple(replace(actor, sector=agent.sector) for actor in owner.actors)
        return TokenMention(min(owner.start, start), token.i + 1, token.i, actors, "agent", "nationality and noun")
    if body is not None and body.actors[0].type == "person":
        return TokenMention(token.i, body.end, token.i, body.actors, "entity", "title and name")
    if body is not None and agent.of_state and (body.actors[0].type in _BODIES or _comes_from(token, body)):
        actors = tuple(replace(actor, sector=agent.sector) for actor in body.actors)
        first = min(start, body.start) if body.start < token.i else token.i
        return TokenMention(first, token.i + 1, token.i, actors, "agent", "body and noun")
    camp = _camp(token, taken, language)
    if camp is not None:
        return replace(camp, end=token.i + 1, root=token.i, kind="agent", reason="person and noun")
    if agent.metonym:
        return None
    if any(i in taken for i in range(start, token.i)):
        start = token.i
    country = owner.actors[0].country if owner else None
    actor = Actor(UNNAMED + slug(agent.lemma), agent.lemma, agent.type, country, agent.sector)
    return TokenMention(start, token.i + 1, token.i, (actor,), "agent", "agent noun")


def _camp(token: Token, taken: dict[int, TokenMention], language: Language) -> TokenMention | None:
    """The person before "administration", "campaign" or "regime", whose side it is."""
    if token.lemma_.lower() not in language.camps:
        return None
    before = [taken[child.i] for child in token.lefts if child.i in taken and child.dep_ in (*MODIFIERS, "poss")]
    return before[-1] if before and before[-1].actors[0].type == "person" and before[-1].kind != "reference" else None


def _body_of(token: Token, taken: dict[int, TokenMention]) -> TokenMention | None:
    """The named body behind a noun ("a commander in the Revolutionary Guard", "an official of the IRGC")."""
    preps = (
        child for child in token.rights if child.dep_ == "prep" and child.lower_ in ("of", "in", "at", "from", "with")
    )
    named = (taken[arg.i] for prep in preps for arg in prep.children if arg.dep_ == "pobj" and arg.i in taken)
    found = next(named, None)
    if found is None or found.actors[0].type != "person":
        return found
    # "the chairman of the African Union Commission Moussa Faki": the name stands right behind the body
    return found if found.start - 1 in taken and found.start > found.root - 4 else None


def _comes_from(token: Token, body: TokenMention) -> bool:
    """True for "diplomats from Poland", whose state stands behind them."""
    return (
        body.actors[0].type == "state" and body.start > token.i and token.doc[body.root].head.lower_ in ("from", "of")
    )


def _owner(token: Token, taken: dict[int, TokenMention]) -> TokenMention | None:
    """The mention that stands before a noun as its modifier or possessor, with those coordinated ("Israeli and US forces")."""
    children = (child for child in token.children if child.i < token.i and child.dep_ in (*MODIFIERS, "poss"))
    places = sorted({other.i for child in children for other in (child, *child.conjuncts) if other.i < token.i})
    owners = [taken[i] for i in places if i in taken and taken[i].actors[0].type in _OWNERS]
    if not owners:
        return None
    actors = {actor.id: actor for owner in owners for actor in owner.actors if actor.type == owners[0].actors[0].type}
    return replace(owners[0], actors=tuple(actors.values()))


def spans_of(mentions: Iterable[TokenMention]) -> dict[int, TokenMention]:
    """Which mention each token belongs to."""
    return {i: mention for mention in mentions for i in range(mention.start, mention.end)}
