"""Actors by name: the gazetteer's forms first, then what the tagger found beyond them.

The gazetteer overrules the tagger, but for a name that is only part of a longer name of somebody else
("Michael Jordan", "Bank of Israel").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kgraph.actors.cast import Cast, Taken, TokenMention
from kgraph.actors.gazetteer import WORD, Form, Gazetteer
from kgraph.actors.slugs import slug
from kgraph.language.labels import MODIFIERS, OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.tables import Agent, Language
from kgraph.model import Actor

_TYPES = {"PERSON": "person", "ORG": "other", "NORP": "people", "GPE": "place"}
_LONGER = frozenset({"ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PERSON", "GPE", "LOC"})
_ARGUMENTS = SUBJECTS | PASSIVE_SUBJECTS | OBJECTS
_DASHES = frozenset({"-", "–", "—", "--"})
_LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "across", "inside", "throughout"})
_EDGES = re.compile(r"^(?:the|The|THE|a|an|A)\s+|['’]s$|['’]$|^[\"“”'‘’(\[]+|[\"“”)\],.;:]+$")
_ORDER = ("name", "people", "adjective", "seat", "short", "ambiguous")


def known_names(doc: Doc, gazetteer: Gazetteer, language: Language, cast: Cast) -> Iterator[TokenMention]:
    """Mentions by a form of the gazetteer. Short forms count where the actor is named in full as well."""
    entities = {token.i: ent for ent in doc.ents if ent.label_ in _LONGER for token in ent}
    matches = [(doc[start:end], forms) for start, end, forms in gazetteer.find(list(_words(doc)))]
    cast.named |= {form.entry.actor.id for _, forms in matches for form in forms if form.kind in _ORDER[:3]}
    before: Actor | None = None
    for span, forms in matches:
        form = _choose(span, forms, cast)
        if form is None or _is_dateline(span) or _is_of_other_state(span, form.entry.actor, before):
            continue
        longer = _longer_name(span, entities)
        mention = _state_body(span, longer, form, language) if longer is not None else None
        if longer is None:
            mention = TokenMention(span.start, span.end, span.root.i, (_meant(span, form),), form.kind, "gazetteer")
        if mention is not None:
            before = form.entry.actor
            if before.type == "person":
                cast.add_person(before, language.pronouns["family_first"])
            yield mention


def tagged_names(doc: Doc, taken: Taken, language: Language, cast: Cast) -> Iterator[TokenMention]:
    """Mentions that only the tagger knows, with ids of their own; surnames and acronyms resolve inside the document."""
    entities = [ent for ent in doc.ents if ent.label_ in _TYPES]
    for ent in entities:
        name = _clean(ent.text)
        if ent.label_ == "PERSON" and " " in name and name[0].isupper():
            cast.add_person(Actor(slug(name), name, "person"), language.pronouns["family_first"])
    for ent in entities:
        if not any(i in taken for i in range(ent.start, ent.end)):
            mention = _entity(ent, cast)
            if mention is not None:
                yield mention
    for token in doc:
        if token.pos_ != "PROPN" or token.i in taken:
            continue
        if actor := cast.person(token.text):
            yield TokenMention(token.i, token.i + 1, token.i, (actor,), "entity", "surname")
        elif _is_bare_name(token) and agent_of(token, language) is None:
            yield _bare_name(token)


def _is_bare_name(token: Token) -> bool:
    """A proper noun that acts or is acted on, though the tagger gave it no type ("endorsed Trump")."""
    argument = token.dep_ in _ARGUMENTS and token.head.pos_ in ("VERB", "AUX", "PROPN")
    return argument and not token.ent_type_ and token.text.isalpha() and token.text[0].isupper() and not token.is_upper


def _bare_name(token: Token) -> TokenMention:
    start = token.i
    while start > token.sent.start and token.doc[start - 1].pos_ == "PROPN" and not token.doc[start - 1].ent_type_:
        start -= 1
    name = _clean(token.doc[start : token.i + 1].text)
    return TokenMention(start, token.i + 1, token.i, (Actor(slug(name), name, "other"),), "entity", "proper noun")


def agent_of(token: Token, language: Language) -> Agent | None:
    """The agent noun that a token heads, a compound ("aid worker") before the bare noun."""
    lemma = token.lemma_.lower()
    before = token.nbor(-1) if token.i > 0 else None
    if before is not None and before.dep_ in MODIFIERS:
        compound = language.agents.get(f"{before.lemma_.lower()} {lemma}")
        if compound is not None:
            return compound
    return language.agents.get(lemma)


def _words(doc: Doc) -> Iterator[tuple[str, int, int]]:
    """The words of a text as the gazetteer cuts them, each with its token and the one after it."""
    for token in doc:
        text = token.text.replace("’", "'")
        if text.isalnum():
            yield text, token.i, token.i + 1
        else:
            yield from ((word, token.i, token.i + 1) for word in WORD.findall(text))


def _choose(span: Span, forms: tuple[Form, ...], cast: Cast) -> Form | None:
    """The form meant here: before a noun the adjective, else the people; short and ambiguous ones on conditions."""
    usable = [form for form in forms if _fits(span, form, cast)]
    order = ("name", "adjective", *_ORDER) if span.root.dep_ in MODIFIERS else _ORDER
    return min(usable, key=lambda form: order.index(form.kind), default=None)


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
    return replace(actor, sector="CVL") if form.kind == "people" and actor.type == "state" else actor


def _is_dateline(span: Span) -> bool:
    """True for the place before a report: "Washington - …", "BAGHDAD (AP) -"."""
    if not span[0].is_sent_start or span.end >= len(span.doc) - 1:
        return False
    after = span.doc[span.end]
    if after.text in _DASHES:
        return bool(after.whitespace_)
    rest = span.doc[span.end : span.end + 8]
    dashed = any(token.text in _DASHES and token.whitespace_ for token in rest)
    return after.text in ("(", ",") and dashed and span.root.dep_ not in SUBJECTS | PASSIVE_SUBJECTS


def _is_of_other_state(span: Span, actor: Actor, before: Actor | None) -> bool:
    """True for "Nigerian Senate" where the table's Senate is that of another state."""
    if before is None or before.type != "state" or actor.type == "state" or not actor.country or span.start == 0:
        return False
    previous = span.doc[span.start - 1]
    adjacent = previous.dep_ == "case" or (previous.dep_ in (*MODIFIERS, "poss") and previous.text[0].isupper())
    return adjacent and before.country != actor.country


def _longer_name(span: Span, entities: dict[int, Span]) -> Span | None:
    """The tagged name that ``span`` is only a part of, None where it stands for itself."""
    ent = entities.get(span.start)
    if ent is None or ent.end < span.end:
        return None
    extra = (token for token in ent if not span.start <= token.i < span.end)
    return ent if any(token.pos_ == "PROPN" for token in extra) else None


def _state_body(span: Span, ent: Span, form: Form, language: Language) -> TokenMention | None:
    """A body whose name is a state and an agent noun ("Iranian Foreign Ministry", "Government of Iraq"): the state."""
    actor = form.entry.actor
    agent = agent_of(ent.root, language)
    if ent.label_ == "PERSON" or actor.type != "state" or agent is None or not agent.of_state:
        return None
    owns = span.root.head == ent.root or (span.root.dep_ == "pobj" and span.root.head.head == ent.root)
    if not owns or (span.start > ent.root.i and span.root.head.lower_ != "of"):
        return None
    meant = replace(actor, sector=agent.sector)
    return TokenMention(ent.start, ent.end, ent.root.i, (meant,), "name", "nationality and noun")


def _entity(ent: Span, cast: Cast) -> TokenMention | None:
    name = _clean(ent.text)
    if not any(char.isalpha() for char in name) or (len(name) < 2 and ent.label_ != "PERSON"):
        return None
    person = cast.person(name) if " " not in name else None
    if ent.label_ == "PERSON" or person is not None:
        actor = person or Actor(slug(name), name, "person")
        reason = "surname" if person is not None else "tagger"
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


def _clean(text: str) -> str:
    """A name without article, possessive, quotation marks and stray punctuation at its ends."""
    before = ""
    while before != text:
        before, text = text, _EDGES.sub("", text).strip()
    return " ".join(text.split())
