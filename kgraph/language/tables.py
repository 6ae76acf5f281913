"""What kgraph knows of English, as data: cue words, agent nouns, titles, factuality, attribution, pronouns, agreements.

All of it is read from ``tables/english``; another language is another folder of the same files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kgraph.errors import TableError
from kgraph.ontology import TABLES, Ontology, read_table

_PRONOUNS = ("person", "thing", "plural", "first", "first_singular", "relative")
_SOURCES = {"verb": ("subj",), "noun": ("poss", "by", "from", "mod"), "adjective": ("subj",)}
_TARGETS = {"verb": ("obj",), "noun": ("of", "on", "against", "to", "for", "with"), "adjective": ("to", "of", "with")}


@dataclass(frozen=True, slots=True)
class Step:
    """A word that a cue phrase asks for: a particle or preposition, or the head noun of an object."""

    words: frozenset[str]
    is_object: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that means a relation, and the roles in which its source and target are looked for."""

    pos: str
    relation: str
    lemma: str
    steps: tuple[Step, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun for unnamed actors. With ``of_state``, a nationality before it makes it mean the state."""

    lemma: str
    type: str
    sector: str
    of_state: bool
    metonym: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What a person is called before or after the name, and the relation to the body it is said of."""

    office: str
    relation: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class Language:
    """The tables of one language, indexed by lemma."""

    cues: Mapping[tuple[str, str], tuple[Cue, ...]]
    agents: Mapping[str, Agent]
    titles: Mapping[str, Title]
    title_nouns: frozenset[str]
    negations: frozenset[str]
    modals: Mapping[str, str]
    conditionals: frozenset[str]
    governors: Mapping[str, tuple[str, ...]]
    infinitive_governors: frozenset[str]
    implicative: frozenset[str]
    temporal: frozenset[str]
    adverbs_of_denial: frozenset[str]
    circumstances: frozenset[str]
    false: frozenset[str]
    compositions: Mapping[str, tuple[Mapping[str, str], ...]]
    attribution: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, frozenset[str]]
    descriptions: Mapping[str, tuple[str, ...]]
    complement_relations: Mapping[str, str]
    agreements: Mapping[str, Any]
    light: frozenset[str]
    reversed: frozenset[str]
    transparent: frozenset[str]
    relational: frozenset[str]
    camps: frozenset[str]
    sending: frozenset[str]
    including: frozenset[str]
    refinements: Mapping[str, tuple[Mapping[str, Any], ...]]
    hyphenated: Mapping[str, Mapping[str, Any]]
    things: frozenset[str]
    leading_things: frozenset[str]
    ships: Mapping[str, str]
    former: frozenset[str]
    contextual: frozenset[str]
    linking: frozenset[str]
    membership: frozenset[str]
    not_actors: frozenset[str]
    local_events: frozenset[str]


def load_language(ontology: Ontology, folder: Path = TABLES / "english") -> Language:
    """The tables in ``folder``. Raises TableError where one does not parse or names a relation that is none."""
    factuality, pronouns = read_table(folder / "factuality.toml"), read_table(folder / "pronouns.toml")
    titles = _titles(read_table(folder / "titles.toml"))
    clauses, names = read_table(folder / "clauses.toml"), read_table(folder / "names.toml")
    return Language(
        cues=_cues(sorted((folder / "cues").glob("*.toml")), ontology),
        agents=_agents(read_table(folder / "agents.toml")),
        titles=titles,
        title_nouns=frozenset(word for lemma in titles for word in (lemma.split()[0], re.split(r"[ -]", lemma)[-1])),
        negations=frozenset(factuality["negations"]),
        modals=factuality["modals"],
        conditionals=frozenset(factuality["conditionals"]["words"]),
        governors=_grouped((lemma, row["effect"]) for row in factuality["governor"] for lemma in row["lemmas"]),
        infinitive_governors=frozenset(factuality["infinitive_governors"]),
        **{
            key: frozenset(factuality[key])
            for key in ("implicative", "temporal", "adverbs_of_denial", "circumstances", "false")
        },
        compositions=_grouped((lemma, row) for row in factuality["composition"] for lemma in row["lemmas"]),
        attribution={key: frozenset(words) for key, words in read_table(folder / "attribution.toml").items()},
        pronouns={key: frozenset(words) for key, words in pronouns.items() if isinstance(words, list)},
        descriptions={noun: tuple(types) for noun, types in pronouns["descriptions"].items()},
        complement_relations=factuality["complement_relations"],
        agreements=read_table(folder / "agreements.toml"),
        **{
            key: frozenset(clauses[key])
            for key in ("light", "reversed", "transparent", "relational", "camps", "sending", "including")
        },
        refinements=_grouped((row["relation"], row) for row in clauses["refinement"]),
        hyphenated=clauses["hyphenated"],
        **{
            key: frozenset(names[key])
            for key in (
                "things",
                "leading_things",
                "former",
                "contextual",
                "linking",
                "membership",
                "not_actors",
                "local_events",
            )
        },
        ships=names["ships"],
    )


def load_pronouns(folder: Path = TABLES / "english") -> frozenset[str]:
    """All pronouns of the language, in small letters."""
    table = read_table(folder / "pronouns.toml")
    return frozenset(word for key in _PRONOUNS for word in table[key])


def _cues(paths: Iterable[Path], ontology: Ontology) -> dict[tuple[str, str], tuple[Cue, ...]]:
    """Cues by part of speech and first lemma, the longest phrase first."""
    found = ((cue.pos, cue.lemma, cue) for path in paths for cue in _cues_of(path, ontology))
    index = _grouped(((pos, lemma), cue) for pos, lemma, cue in found)
    return {
        key: tuple(sorted(cues, key=lambda cue: (-len(cue.steps), not cue.relation))) for key, cues in index.items()
    }


def _cues_of(path: Path, ontology: Ontology) -> Iterable[Cue]:
    for pos, rows in read_table(path).items():
        for row in rows:
            if row["relation"] and row["relation"] not in ontology.relations:
                raise TableError(f"{path.name}: unknown relation {row['relation']!r}; the ontology names all there are")
            source = tuple(row.get("source", _SOURCES[pos]))
            target = tuple(row.get("target", _TARGETS[pos]))
            for phrase in row["lemmas"]:
                lemma, steps = _phrase(phrase, pos)
                yield Cue(pos, row["relation"], lemma, steps, source, target, row.get("alone", False))


@cache
def _phrase(phrase: str, pos: str) -> tuple[str, tuple[Step, ...]]:
    """The word a phrase is looked up by, and the other words it asks for.

    Verbs and adjectives come first in their phrase; of a noun phrase the last word is the head.
    """
    words = phrase.split(" ") if "[" not in phrase else phrase.replace("[", " [").split()
    steps = [Step(frozenset(word.strip("[]").split("|")), word.startswith("[")) for word in words]
    head = steps.pop(-1 if pos == "noun" else 0)
    return next(iter(head.words)), tuple(steps)


def _agents(table: dict[str, Any]) -> dict[str, Agent]:
    return {
        lemma: Agent(lemma, row["type"], row["sector"], row["state"], row.get("metonym", False))
        for row in table["agent"]
        for lemma in row["lemmas"]
    }


def _titles(table: dict[str, Any]) -> dict[str, Title]:
    return {
        lemma.lower(): Title(row["office"], row["relation"], row.get("sector"))
        for row in table["title"]
        for lemma in row["lemmas"]
    }


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, tuple[Any, ...]]:
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
