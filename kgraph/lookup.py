"""What a name resolves to, and why; and who is named in articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from kgraph.actors import Gazetteer, slug
from kgraph.extract import Extraction

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_REASONS = {
    "name": "its name in {source}",
    "adjective": "a nationality in {source}",
    "people": "its people in {source}",
    "seat": "a seat of its government in {source}",
    "short": "a short form, taken where the text names it in full, in {source}",
    "ambiguous": "an ambiguous form, taken where it is tagged as a name, in {source}",
}


def resolve(name: str, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Candidates for a name with the reason of each; a name that no table has gets the id it would have in a graph."""
    forms = gazetteer.lookup(name) or gazetteer.lookup(_ARTICLE.sub("", name))
    if not forms:
        row = {"name": name, "id": slug(_ARTICLE.sub("", name)), "actor": name, "type": None, "country": None}
        return [{**row, "why": "in no table; a tagged name would get this id"}]
    rows: dict[str, dict[str, Any]] = {}
    for form in forms:
        actor = form.entry.actor
        why = _REASONS[form.kind].format(source=form.entry.source)
        rows.setdefault(
            actor.id,
            {
                "name": name,
                "id": actor.id,
                "actor": actor.name,
                "type": actor.type,
                "country": actor.country,
                "why": why,
            },
        )
    return list(rows.values())


def ids_of(name: str, gazetteer: Gazetteer) -> list[str]:
    """Actor ids that a name may mean; an id stands for itself."""
    return [name] if name in gazetteer.entries else [row["id"] for row in resolve(name, gazetteer)]


def actors_in(found: Iterable[Extraction], names: Collection[str]) -> list[dict[str, Any]]:
    """The actors mentioned in articles, the most mentioned first; with ``names`` only those whose mentions read so."""
    counts: Counter[str] = Counter()
    rows: dict[str, dict[str, Any]] = {}
    reasons: dict[str, Counter[str]] = {}
    wanted = {name.casefold() for name in names}
    for extraction in found:
        for mention in extraction.mentions:
            if wanted and mention.span.text.casefold() not in wanted:
                continue
            actor = mention.actor
            counts[actor.id] += 1
            reasons.setdefault(actor.id, Counter())[mention.reason] += 1
            rows.setdefault(
                actor.id,
                {
                    "name": mention.span.text,
                    "id": actor.id,
                    "actor": actor.name,
                    "type": actor.type,
                    "country": actor.country,
                },
            )
    return [
        {**rows[key], "why": ", ".join(f"{reason} {n}" for reason, n in reasons[key].most_common())}
        for key, _ in counts.most_common()
    ]
