"""What a name resolves to, and why; and who is named in articles, who of them is unknown, and who may be the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from kgraph.actors import UNNAMED, Form, Gazetteer, Term, slug
from kgraph.extract import Extraction
from kgraph.language import Language

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_REASONS = {
    "name": "its name in {source}",
    "adjective": "a nationality in {source}",
    "people": "its people in {source}",
    "seat": "a seat of its government in {source}",
    "short": "a short form, taken where the text names it in full, in {source}",
    "surname": "a well-known surname in {source}",
    "ambiguous": "an ambiguous form, taken where it is tagged as a name, in {source}",
}
_UNKNOWN = frozenset({"tagger", "proper noun", "abbreviation", "named body"})  # reasons of those that no table has
_COLUMNS = (("id", "id"), ("name", "actor"), ("type", "type"))
_ALIKE = 0.84  # likeness of two names, from 0 to 1, at which they may be one

Row = dict[str, Any]


def resolve(name: str, gazetteer: Gazetteer, language: Language, day: str | None = None) -> list[Row]:
    """Candidates for a name or an office ("Russian president") with the reason of each, the chosen one first.

    ``day`` is an ISO date: who held an office then, and which names were in force. Nobody is chosen for an office
    without it. A name that no table has gets the id it would have in a graph.
    """
    bare = _ARTICLE.sub("", name)
    forms = gazetteer.lookup(name) or gazetteer.lookup(bare)
    rows = [_form_row(name, form, day) for form in gazetteer.ranked(forms, day or "")]
    rows += _office_rows(name, bare, gazetteer, language, day)
    if not forms:
        rows += _surname_rows(name, bare, gazetteer, day)
    found = list({row["id"]: row for row in reversed(rows)}.values())[::-1]
    if found:
        found[0]["chosen"] = bool(forms) or found[0]["chosen"]
        return found
    row = {"name": name, "chosen": True, "id": slug(bare), "actor": name, "type": None, "country": None}
    office = next(_offices(bare, gazetteer, language), None)
    if office is not None:
        when = f"on {day}" if day else "at any time"
        return [{**row, "why": f"the tables know no one holder of {office[1]} of {office[0]} {when}"}]
    return [{**row, "why": "in no table; a tagged name would get this id"}]


def ids_of(name: str, gazetteer: Gazetteer) -> list[str]:
    """Actor ids that a name may mean; an id stands for itself."""
    if name in gazetteer.entries:
        return [name]
    bare = _ARTICLE.sub("", name)
    found = [form.entry.actor.id for form in gazetteer.lookup(name) or gazetteer.lookup(bare)]
    return list(dict.fromkeys(found)) or [slug(bare)]


def _form_row(name: str, form: Form, day: str | None) -> Row:
    why = _REASONS[form.kind].format(source=form.entry.source)
    if form.clues:
        why += f", where the text has {', '.join(sorted(form.clues)[:3])} …"
    if day and not form.period.meets(day):
        why += f", in use {_shown(form.period.start, form.period.end)}"
    return _row(name, form.entry.actor, why)


def _row(name: str, actor: Any, why: str, *, chosen: bool = False) -> Row:
    known = {"id": actor.id, "actor": actor.name, "type": actor.type, "country": actor.country}
    return {"name": name, "chosen": chosen, **known, "why": why}


def _office_rows(name: str, bare: str, gazetteer: Gazetteer, language: Language, day: str | None) -> Iterator[Row]:
    """Holders of the office that a name describes: on a day, else all of them, the last first."""
    for body, office in _offices(bare, gazetteer, language):
        terms = [term for term in gazetteer.terms(body) if term.office == office]
        holder = gazetteer.holder(body, office, day) if day else None
        for term in sorted(terms, key=lambda term: term.period.start, reverse=True):
            dates = _shown(term.period.start, term.period.end)
            if day is None or (holder is not None and term.person.id == holder.id and term.period.covers(day)):
                yield _row(name, term.person, f"{office} of {body} {dates} in offices.toml", chosen=day is not None)


def _offices(bare: str, gazetteer: Gazetteer, language: Language) -> Iterator[tuple[str, str]]:
    """Body and office of "Russian president", "president of Russia", "Russia's president"."""
    words = bare.split()
    for i in range(1, len(words)):
        before, after = " ".join(words[:i]), " ".join(words[i:])
        readings = [(after, re.sub(r"['’]s?$", "", before))]
        if words[i].lower() in ("of", "for"):
            readings.append((before, _ARTICLE.sub("", " ".join(words[i + 1 :]))))
        for title, body in readings:
            office = language.titles.get(title.lower())
            if office is not None:
                yield from ((form.entry.actor.id, office.office) for form in gazetteer.lookup(body)[:1])


def _surname_rows(name: str, bare: str, gazetteer: Gazetteer, day: str | None) -> Iterator[Row]:
    """Office-holders of a surname, those in office on the day first."""
    terms = [term for term in gazetteer.terms() if bare in term.surnames]
    if day:
        terms = [term for term in terms if term.period.meets(day)]
    for term in terms:
        yield _row(name, term.person, _term_of(term), chosen=day is not None and len(terms) == 1)


def _term_of(term: Term) -> str:
    return f"surname of the {term.office} of {term.body} {_shown(term.period.start, term.period.end)}"


def _shown(start: str, end: str) -> str:
    return f"{start or '…'} to {end or 'today'}"


def actors_in(found: Iterable[Extraction], names: Collection[str]) -> list[Row]:
    """The actors mentioned in articles, the most mentioned first; with ``names`` only those whose mentions read so.

    ``known`` tells whether a table or the text itself says who it is; ``like`` names others that may be the same.
    """
    counts: Counter[str] = Counter()
    rows: dict[str, Row] = {}
    reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wanted = {name.casefold() for name in names}
    for extraction in found:
        for mention in extraction.mentions:
            if wanted and mention.span.text.casefold() not in wanted:
                continue
            actor = mention.actor
            counts[actor.id] += 1
            reasons[actor.id][mention.reason] += 1
            known = {"actor": actor.name, "type": actor.type, "country": actor.country}
            rows.setdefault(actor.id, {"name": mention.span.text, "id": actor.id, **known})
    alike = _alike({key: row for key, row in rows.items() if set(reasons[key]) & _UNKNOWN}, rows)
    return [
        {
            **rows[key],
            "mentions": count,
            "known": not set(reasons[key]) & _UNKNOWN,
            "like": ", ".join(alike.get(key, ())) or None,
            "why": ", ".join(f"{reason} {n}" for reason, n in reasons[key].most_common()),
        }
        for key, count in counts.most_common()
    ]


def _alike(unknown: Mapping[str, Row], rows: Mapping[str, Row]) -> dict[str, list[str]]:
    """For each unknown actor those with a name that differs little, or is part of it, and shares a word with it."""
    by_word: defaultdict[str, set[str]] = defaultdict(set)
    for key, row in rows.items():
        if key.startswith(UNNAMED):
            continue
        for word in slug(row["actor"]).split("-"):
            by_word[word[:4]].add(key)
    pairs = {pair for keys in by_word.values() for pair in combinations(sorted(keys), 2) if set(pair) & set(unknown)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in sorted(pairs):
        if _may_be_one(rows[one], rows[other]):
            for key, like in ((one, other), (other, one)):
                if key in unknown:
                    found[key].append(like)
    return found


def _may_be_one(one: Row, other: Row) -> bool:
    if "person" in (one["type"], other["type"]) and one["type"] != other["type"]:
        return False
    first, second = slug(one["actor"]), slug(other["actor"])
    inside = set(first.split("-")) < set(second.split("-")) or set(second.split("-")) < set(first.split("-"))
    long = min(len(first), len(second)) > 4
    return long and (inside or SequenceMatcher(None, first, second).ratio() >= _ALIKE)


def suggestions(rows: Iterable[Row]) -> str:
    """Rows for the user's own table that would merge those that ``actors_in`` found alike: the fuller name stays."""
    by_id = {row["id"]: row for row in rows}
    blocks: dict[frozenset[str], str] = {}
    for row in by_id.values():
        for other in (by_id[key] for key in (row["like"] or "").split(", ") if key in by_id):
            into, gone = sorted((row, other), key=lambda r: (not r["known"], -len(r["actor"]), r["id"]))
            lines = [f"# {gone['actor']} ({gone['mentions']}) and {into['actor']} ({into['mentions']})"]
            if not into["known"]:
                lines += ["[[actor]]", *(f'{key} = "{into[column]}"' for key, column in _COLUMNS)]
            lines += ["[[merge]]", f'ids = ["{gone["id"]}"]', f'into = "{into["id"]}"']
            blocks.setdefault(frozenset((row["id"], other["id"])), "\n".join(lines))
    return "\n\n".join(blocks.values())
