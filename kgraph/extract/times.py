"""When it happened: ISO intervals from the dates beside a predicate, against the article's date."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache

import dateparser
from spacy.tokens import Token

from kgraph.extract.scene import Scene
from kgraph.language.clauses import verb_roles
from kgraph.language.labels import OBJECTS
from kgraph.model import TimeInterval

_VAGUE = re.compile(
    r"^(?:recent|now|today's|current|the past|annual|daily|weekly|monthly)\b|\b(?:year|month|week|day)s?[- ]?old\b",
    re.IGNORECASE,
)
_EVENTS = frozenset(
    {"war", "conflict", "campaign", "week", "month", "year", "day", "period", "crisis", "summit", "battle"}
)
_VAGUELY = frozenset({"recently", "lately"})
_YEAR = re.compile(r"(?:early |late |mid-?)?((?:19|20)\d\d)")
_WEEKDAY = re.compile(rf"(?:on |this |early |late )?({'|'.join(calendar.day_name)})(?: \w+)?", re.IGNORECASE)
_DISTANT = re.compile(r"(?:last (week|month|year)|.* (week|month|year)s? ago)", re.IGNORECASE)
_BARE_MONTH = re.compile(rf"(?:in |early |late |mid-?)?({'|'.join(calendar.month_name[1:])})", re.IGNORECASE)
_DECADE = re.compile(r"\d0['’]?s\b")
_MONTH = re.compile(r"([A-Z][a-z]+)\.?,?(?: of)? ((?:19|20)\d\d)")
_LENGTH = re.compile(r"\b\w+[- ](?:day|week|month|year)s?\b", re.IGNORECASE)
_POINT = re.compile(
    r"\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|last|week|month|year|january|february|march|april"
    r"|may|june|july|august|september|october|november|december",
    re.IGNORECASE,
)


def time_of(predicate: Token, scene: Scene) -> TimeInterval | None:
    """The interval of the date expression that hangs on ``predicate`` or its clause.

    Start and end are None where only an event says when; None where nothing does.
    """
    for ent in scene.dates[predicate.sent.start]:
        if _belongs(ent.root, predicate):
            interval = read_interval(ent.text, scene.document.date)
            if interval is not None:
                return TimeInterval(*interval, scene.span(ent.start, ent.end).text)
    phrase = _during(predicate) or _seen_by(predicate)
    return TimeInterval(None, None, scene.span(phrase.left_edge.i, phrase.i + 1).text) if phrase is not None else None


def _during(predicate: Token) -> Token | None:
    """The event that it happened in, where only words say when ("during its recent 12-day conflict")."""
    for prep in predicate.children:
        if prep.lower_ == "during" and prep.dep_ == "prep" and not is_about_object(prep):
            return next((arg for arg in prep.children if arg.dep_ == "pobj"), None)
    if any(child.lower_ == "while" for child in predicate.children) and predicate.dep_ == "advcl":
        return _during(predicate.head)
    return next((child for child in predicate.children if child.lower_ in _VAGUELY), None)


def is_about_object(prep: Token) -> bool:
    """True for "defended its role during the war": right behind an object with an owner, the phrase is its own."""
    before = prep.nbor(-1) if prep.i > 0 else prep
    return (
        before.head == prep.head and before.dep_ in OBJECTS and any(child.dep_ == "poss" for child in before.children)
    )


def _seen_by(predicate: Token) -> Token | None:
    """The event that saw it ("the conflict, which saw strikes on …")."""
    verb = predicate.head
    if verb.lemma_ != "see" or predicate.dep_ != "dobj":
        return None
    subjects = (arg for arg in verb_roles(verb)["subj"] if arg.pos_ == "NOUN")
    return next((arg for arg in subjects if arg.lemma_ in _EVENTS), None)


@lru_cache(maxsize=4096)
def read_interval(text: str, reference: str | None) -> tuple[str, str] | None:
    """First and last day of what ``text`` means, read from the day ``reference``.

    >>> read_interval("June 2024", None), read_interval("2016", None)
    (('2024-06-01', '2024-06-30'), ('2016-01-01', '2016-12-31'))
    """
    text = text.strip()
    if year := _YEAR.fullmatch(text):
        return f"{year[1]}-01-01", f"{year[1]}-12-31"
    if (
        _VAGUE.search(text)
        or _DECADE.search(text)
        or not _POINT.search(text)
        or (_LENGTH.search(text) and "ago" not in text and "last" not in text)
    ):
        return None
    if month := _MONTH.fullmatch(text):
        return _month(month[1], int(month[2]))
    if reference is None and not re.search(r"(?:19|20)\d\d", text):
        return None
    base = datetime.fromisoformat(reference) if reference else datetime(2000, 1, 1)
    if (weekday := _WEEKDAY.fullmatch(text)) and weekday[1].lower() == calendar.day_name[base.weekday()].lower():
        return base.date().isoformat(), base.date().isoformat()
    found = dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
    return _around(found.date(), _unit(text)) if found else None


def _unit(text: str) -> str:
    """How exact a date is: "last month" and "June" are months, "two years ago" a year."""
    if distant := _DISTANT.fullmatch(text):
        return str(distant[1] or distant[2]).lower()
    return "month" if _BARE_MONTH.fullmatch(text) else "day"


def _around(day: date, unit: str) -> tuple[str, str]:
    """First and last day of the week (from Monday), month or year that ``day`` lies in."""
    first = last = day
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    elif unit == "month":
        first, last = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    elif unit == "year":
        first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    return first.isoformat(), last.isoformat()


def _month(name: str, year: int) -> tuple[str, str] | None:
    names = {
        label.lower(): i
        for labels in (calendar.month_name, calendar.month_abbr)
        for i, label in enumerate(labels)
        if label
    }
    number = names.get(name.lower())
    if number is None:
        return None
    return date(year, number, 1).isoformat(), date(year, number, calendar.monthrange(year, number)[1]).isoformat()


def _belongs(root: Token, predicate: Token) -> bool:
    """True where the nearest verb above the date is the predicate, or carries it."""
    above = root
    while above.head != above:
        above = above.head
        if above == predicate:
            return True
        if above.pos_ in ("VERB", "AUX"):
            return above == predicate.head and predicate.dep_ in ("dobj", "nsubjpass", "attr", "acomp")
    return False
