"""Actors by name: what the text itself abbreviates, then the gazetteer's forms, then what the tagger found beyond.

The gazetteer overrules the tagger, but for a name that is only part of a longer name of somebody else
("Michael Jordan", "Bank of Israel").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kgraph.actors.cast import Cast, Taken, TokenMention, person_slug
from kgraph.actors.gazetteer import ORDER, WORD, Form, Gazetteer
from kgraph.actors.nouns import TitlePlace, agent_of, title_at
from kgraph.actors.slugs import slug
from kgraph.actors.whereabouts import is_dateline, meant
from kgraph.language.labels import MODIFIERS, OBJECTS, PASSIVE_SUBJECTS, SUBJECTS
from kgraph.language.tables import Language
from kgraph.model import Actor

_TYPES = {"PERSON": "person", "ORG": "other", "NORP": "people", "GPE": "place"}
_LONGER = frozenset({"ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PERSON", "GPE", "LOC"})
_ARGUMENTS = SUBJECTS | PASSIVE_SUBJECTS | OBJECTS
_EDGES = re.compile(r"^(?:the|The|THE|a|an|A)\s+|['’]s$|['’]$|^[\"“”'‘’(\[]+|[\"“”)\],.;:]+$")
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][\w&/.-]{1,11}$")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LEADING = frozenset({"president", "prime minister", "chancellor", "supreme leader", "king", "emir", "sultan"})


def explained_names(doc: Doc, gazetteer: Gazetteer, language: Language, cast: Cast) -> Iterator[TokenMention]:
    """Names behind which the text puts its own abbreviation, "Harbour Defence Force (HDF)", which ``cast`` keeps.

    The long form is found in the manner of Schwartz and Hearst (2003).
    """
    for opening in doc:
        if opening.text != "(":
            continue
        closing = next((i for i in range(opening.i + 1, min(opening.i + 5, len(doc))) if doc[i].text == ")"), None)
        short = doc[opening.i + 1 : closing].text if closing is not None else ""
        start = _long_form(doc, opening.i, short) if _ACRONYM.match(short) else None
        if start is None:
            continue
        span = doc[start : opening.i]
        name = _clean(span.text)
        if _is_thing(name, language):
            cast.acronyms[short] = None
            continue
        known = gazetteer.actor_named(name)
        actor = known or _abbreviated(span, name, gazetteer, language)
        cast.acronyms[short] = actor
        cast.named.add(actor.id)
        yield TokenMention(start, opening.i, span.root.i, (actor,), "entity", "gazetteer" if known else "abbreviation")


def _abbreviated(span: Span, name: str, gazetteer: Gazetteer, language: Language) -> Actor:
    """A body that no table has: a ministry is its state, anything else is of its own, with that state's country."""
    found = gazetteer.find([word for token in span for word in _words_of(token)])
    owner = next((form.entry.actor for *_, forms in found for form in forms[:1] if form.kind != "surname"), None)
    agent = agent_of(span.root, language)
    if owner is not None and owner.type == "state" and agent is not None and agent.type == "government":
        return replace(owner, sector=agent.sector)
    kind, sector = (agent.type, agent.sector) if agent is not None else ("other", None)
    return Actor(slug(name), name, kind, owner.country if owner else None, sector)


def _long_form(doc: Doc, end: int, short: str) -> int | None:
    """The token at which the name starts that ``short`` abbreviates and that ends before token ``end``."""
    letters = [char.lower() for char in short if char.isalnum()]
    first = max(doc[end].sent.start, end - min(len(letters) + 5, 2 * len(letters)))
    for start in range(end - 2, first - 1, -1):
        span = doc[start:end]
        capitals = sum(token.text[0].isupper() for token in span)
        fits = span[0].text[0].lower() == letters[0] and span[0].text[0].isupper() and capitals <= len(letters) + 1
        if fits and capitals > 1 and _is_subsequence(letters, span.text.lower()):
            while start > first and _continues(doc[start - 1], start, end):
                start -= 1
            return start
    return None


def _continues(before: Token, start: int, end: int) -> bool:
    """True where a capitalised word is part of the name that stands behind it ("U.S." of "U.S. Naval Forces")."""
    return before.text[0].isupper() and before.dep_ in MODIFIERS and before.head.i in range(start, end)


def _is_subsequence(letters: list[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def ships(doc: Doc, gazetteer: Gazetteer, language: Language) -> Iterator[TokenMention]:
    """ "USS Cole": a warship is its state's."""
    for token in doc[:-1]:
        country = language.ships.get(token.text)
        state = gazetteer.states.get(country) if country else None
        if state is not None and token.nbor().text[0].isupper():
            end = token.i + 1
            while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].sent == token.sent:
                end += 1
            span = doc[token.i : max(end, token.i + 2)]
            yield TokenMention(span.start, span.end, span.root.i, (replace(state, sector="MIL"),), "entity", "warship")


def known_names(doc: Doc, gazetteer: Gazetteer, language: Language, cast: Cast) -> Iterator[TokenMention]:
    """Mentions by a form of the gazetteer. Short forms count where the actor is named in full as well."""
    entities = {token.i: ent for ent in doc.ents if ent.label_ in _LONGER for token in ent}
    words = [word for token in doc for word in _words_of(token)]
    matches = [(doc[start:end], forms) for start, end, forms in gazetteer.find(words)]
    cast.named |= {form.entry.actor.id for _, forms in matches for form in forms if form.kind in ORDER[:3]}
    before: Actor | None = None
    for span, forms in matches:
        if span.text in cast.acronyms:
            continue
        form = _choose(span, forms, gazetteer, cast)
        if form is None or is_dateline(span) or _is_of_other_state(span, form.entry.actor, before):
            continue
        longer = _longer_name(span, entities)
        mention = _state_body(span, longer, form, language) if longer is not None else None
        if longer is None:
            mention = TokenMention(
                span.start, span.end, span.root.i, (meant(span, form, language),), form.kind, "gazetteer"
            )
        if mention is not None:
            before = form.entry.actor
            if before.type == "person" and form.kind == "name":
                cast.add_person(before, span.start, language.pronouns["family_first"])
            yield mention


def meet_persons(doc: Doc, gazetteer: Gazetteer, language: Language, cast: Cast) -> None:
    """Remember all persons that the text names in full, so that their surnames are known wherever they stand."""
    for ent in doc.ents:
        span = _without_title(ent, language)
        name = _clean(span.text)
        if name.split()[:1] and name.split()[0] in language.ships:
            continue
        if ent.label_ == "PERSON" and " " in name and name[0].isupper() and "'" not in name.split()[0]:
            _person(name, span.start, gazetteer, language, cast)


def _person(name: str, place: int, gazetteer: Gazetteer, language: Language, cast: Cast) -> Actor:
    """The person of a full name, as a table or the text so far knows it."""
    entry = gazetteer.entries.get(person_slug(name))
    known = entry.actor if entry is not None and entry.actor.type == "person" else gazetteer.actor_named(name)
    person = known if known is not None and known.type == "person" else Actor(person_slug(name), name, "person")
    return cast.add_person(person, place, language.pronouns["family_first"])


def tagged_names(
    doc: Doc, taken: Taken, gazetteer: Gazetteer, language: Language, cast: Cast
) -> Iterator[TokenMention]:
    """Mentions that only the tagger knows; surnames and acronyms resolve inside the document."""
    entities = [ent for ent in doc.ents if ent.label_ in _TYPES and all(token.i not in taken for token in ent)]
    things = {token.i for ent in doc.ents if _is_thing(_clean(ent.text), language) for token in ent}
    places = (title_at(token, language) for token in doc if token.pos_ in ("NOUN", "PROPN") and token.i not in taken)
    things |= {i for place in places if place is not None for i in range(place.start, place.end)}
    for ent in entities:
        if all(token.i in things for token in ent):
            continue
        mention = _entity(ent, gazetteer, language, cast)
        if mention is not None:
            yield mention
    for token in doc:
        if token.i in taken or token.i in things:
            continue
        if token.text in cast.acronyms:
            body = cast.acronyms[token.text]
            if body is not None:
                yield TokenMention(token.i, token.i + 1, token.i, (body,), "entity", "acronym")
        elif token.pos_ == "PROPN":
            found = _person_called(doc[token.i : token.i + 1], gazetteer, language, cast)
            if found is not None:
                yield TokenMention(token.i, token.i + 1, token.i, (found[0],), "entity", found[1])
            elif _is_bare_name(token) and agent_of(token, language) is None and title_at(token, language) is None:
                mention = _bare_name(token)
                if not _is_thing(mention.actors[0].name, language):
                    yield mention


def _person_called(span: Span, gazetteer: Gazetteer, language: Language, cast: Cast) -> tuple[Actor, str] | None:
    """Whom a surname means: named in full in this text, in the office that stands before the name, or in power."""
    surname = _clean(span.text)
    person = cast.person(surname, span.start)
    if person is not None:
        return person, "surname"
    if span.root.ent_type_ == "PERSON" and surname in cast.given:
        return cast.given[surname], "given name"
    place = title_at(span.doc[span.start - 1], language) if span.start > span.sent.start else None
    if place is not None and (actor := _titled(span, place, gazetteer, cast)):
        return actor, "title and surname"
    if span.root.ent_type_ == "PERSON" and len(surname) > 3 and cast.day:
        actor = gazetteer.in_office(surname, cast.day, _LEADING)
        return (actor, "surname of a leader on the date") if actor else None
    return None


def _titled(span: Span, place: TitlePlace, gazetteer: Gazetteer, cast: Cast) -> Actor | None:
    """ "Iraqi Prime Minister Abadi": the one holder of the office with that surname, of the state named before it."""
    before = span.doc[max(span.sent.start, place.start - 3) : place.start]
    forms = [form for *_, found in gazetteer.find([w for t in before for w in _words_of(t)]) for form in found[:1]]
    body = forms[-1].entry.actor.id if forms else None
    return gazetteer.titled(_clean(span.text), place.title.office, body, cast.day or None)


def _is_bare_name(token: Token) -> bool:
    """A proper noun that acts or is acted on, though the tagger gave it no type ("endorsed Trump")."""
    argument = token.dep_ in _ARGUMENTS and token.head.pos_ in ("VERB", "AUX", "PROPN")
    written = token.text.isalpha() and token.text[0].isupper() and not token.is_upper
    return argument and written and not token.ent_type_ and not (token.is_sent_start and _before_comma(token))


def _before_comma(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().text == ","


def _bare_name(token: Token) -> TokenMention:
    start = token.i
    while start > token.sent.start and token.doc[start - 1].pos_ == "PROPN" and not token.doc[start - 1].ent_type_:
        start -= 1
    name = _clean(token.doc[start : token.i + 1].text)
    return TokenMention(start, token.i + 1, token.i, (Actor(slug(name), name, "other"),), "entity", "proper noun")


def _words_of(token: Token) -> Iterator[tuple[str, int, int]]:
    """A token as the gazetteer cuts words, each with its token and the one after it."""
    text = token.text.replace("’", "'")
    if text.isalnum():
        yield text, token.i, token.i + 1
    else:
        yield from ((word, token.i, token.i + 1) for word in WORD.findall(text))


def _is_thing(name: str, language: Language) -> bool:
    """True for the name of an operation, a treaty or a summit."""
    words = name.lower().split()
    if len(words) == 1 and words[0].removesuffix("s") in language.membership:  # "Members of the council" with a capital
        return True
    return bool(words) and (words[-1] in language.things or words[0] in language.leading_things)


def _choose(span: Span, forms: tuple[Form, ...], gazetteer: Gazetteer, cast: Cast) -> Form | None:
    """The form meant here: before a noun the adjective, else the people; short and ambiguous ones on conditions."""
    usable = [form for form in forms if _fits(span, form, cast)]
    clued = [form for form in usable if form.clues & cast.words]
    usable = clued or [form for form in usable if not form.clues]
    order = ("name", "adjective", *ORDER) if span.root.dep_ in MODIFIERS else ORDER
    return next(iter(gazetteer.ranked(usable, cast.day, order)), None)


def _fits(span: Span, form: Form, cast: Cast) -> bool:
    if form.kind == "short":
        return form.entry.actor.id in cast.named
    named = cast.person(span.text, span.start) if len(span) == 1 else None
    if named is not None and named.id != form.entry.actor.id and form.kind in ("name", "seat", "surname", "ambiguous"):
        return form.kind != "surname" and _is_state_here(span, form, cast)
    if form.kind == "surname":
        return span.root.dep_ not in MODIFIERS or span.root.ent_type_ != "ORG"
    if form.kind == "ambiguous":
        clued = bool(form.clues & cast.words)
        return clued or span.root.ent_type_ in ("ORG", "GPE", "NORP") or form.entry.actor.id in cast.named
    return span[0].text[0].isupper() or form.text[0].islower()


def _is_state_here(span: Span, form: Form, cast: Cast) -> bool:
    """True where a word that is also the surname of somebody in the text ("Jordan") is said of a place or a state."""
    if form.entry.actor.type != "state":
        return False
    return span.root.ent_type_ == "GPE" and (span.root.dep_ == "pobj" or form.entry.actor.id in cast.named)


def _is_of_other_state(span: Span, actor: Actor, before: Actor | None) -> bool:
    """True for "Nigerian Senate" where the table's Senate is that of another state."""
    if before is None or before.type != "state" or actor.type == "state" or span.start == 0:
        return False
    previous = span.doc[span.start - 1]
    modifies = previous.dep_ in (*MODIFIERS, "poss") and previous.text[0].isupper()
    if not actor.country:
        return modifies and previous.head.i in range(span.start, span.end)
    return (modifies or previous.dep_ == "case") and before.country != actor.country


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
    if title_at(ent.root, language) is not None:
        return None
    owns = span.root.head == ent.root or (span.root.dep_ == "pobj" and span.root.head.head == ent.root)
    if not owns or (span.start > ent.root.i and span.root.head.lower_ != "of"):
        return None
    meant = replace(actor, sector=agent.sector)
    return TokenMention(ent.start, ent.end, ent.root.i, (meant,), "name", "nationality and noun")


def _without_title(ent: Span, language: Language) -> Span:
    """A person's name without the title that the tagger took into it ("King Salman")."""
    for length in (3, 2, 1):
        if ent.label_ == "PERSON" and len(ent) > length and ent[:length].text.lower() in language.titles:
            return Span(ent.doc, ent.start + length, ent.end, label=ent.label_)
    return ent


def _whole_name(ent: Span) -> Span:
    """A name with what hyphens tie to its ends ("Phumzile Mlambo-Ngcuka"), and with a first name before that."""
    doc, start, end = ent.doc, ent.start, ent.end
    while (
        start > 1 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_ and doc[start - 2].pos_ == "PROPN"
    ):
        start -= 2
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_ and doc[end + 1].pos_ == "PROPN":
        end += 2
    if start < ent.start and start > 0 and doc[start - 1].dep_ == "compound" and doc[start - 1].pos_ == "PROPN":
        start -= 1
    return Span(doc, start, end, label=ent.label_) if (start, end) != (ent.start, ent.end) else ent


def _whole_acronym(ent: Span) -> Span:
    """ "HDF-EAST": an acronym with the one that a hyphen ties to it."""
    doc, end = ent.doc, ent.end
    tied = end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_ and not doc[end - 1].whitespace_
    if tied and ent.text.isupper() and doc[end + 1].is_upper and len(doc[end + 1]) > 1:
        return Span(doc, ent.start, end + 2, label=ent.label_)
    return ent


def _entity(ent: Span, gazetteer: Gazetteer, language: Language, cast: Cast) -> TokenMention | None:
    ent = _whole_acronym(_without_title(ent, language))
    ent = _whole_name(ent) if ent.label_ == "PERSON" else ent
    name = _clean(ent.text)
    if name[:1].islower() or (ent.root.tag_ in ("NNS", "NN") and agent_of(ent.root, language) is not None):
        return None
    if not all(_LATIN.match(char) for char in name if char.isalpha()) or not any(map(str.isalpha, name)):
        return None
    if (len(name) < 2 and ent.label_ != "PERSON") or _is_thing(name, language):
        return None
    if name in cast.acronyms:
        actor, reason = cast.acronyms[name], "acronym"
    elif ent.label_ == "PERSON" and " " in name:
        actor, reason = _person(name, ent.start, gazetteer, language, cast), "tagger"
    elif " " not in name and (called := _person_called(ent, gazetteer, language, cast)) is not None:
        actor, reason = called
    elif ent.label_ == "PERSON":
        actor, reason = cast.stranger(name), "tagger"
    else:
        actor, reason = _body(name, ent.label_, cast)
    return TokenMention(ent.start, ent.end, ent.root.i, (actor,), "entity", reason) if actor is not None else None


def _body(name: str, label: str, cast: Cast) -> tuple[Actor, str]:
    """An organisation, people or place by its name; an acronym of one named before is that one."""
    if name.isupper() and name in cast.initials:
        return cast.initials[name], "acronym"
    actor = Actor(slug(name), name, _TYPES[label])
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    if label == "ORG" and len(initials) > 1:
        cast.initials.setdefault(initials, actor)
    return actor, "tagger"


def _clean(text: str) -> str:
    """A name without article, possessive, quotation marks and stray punctuation at its ends."""
    before = ""
    while before != text:
        before, text = text, _EDGES.sub("", text).strip()
    return " ".join(text.split())
