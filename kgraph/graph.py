"""Statements to a networkx.MultiDiGraph, and views of it.

A node is an actor, an edge a (source, target, relation, polarity, modality). Retellings of one event in one document
count once. An agreement of three or more parties is a node of its own with an edge to each party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, product
from typing import Any, Literal

import networkx as nx

from kgraph.model import Actor, Statement
from kgraph.ontology import Ontology

UNNAMED = "unnamed-"
Edge = tuple[str, str, str, str, str]
Members = Callable[[str, str], tuple[Actor, ...]]


@dataclass(frozen=True, slots=True)
class View:
    """Which statements a graph is made of, and how. Dates are ISO days, both included.

    ``members`` keeps organisations as they are or puts the states that were their members on the day in their place;
    ``unnamed`` shows or hides actors without a name ("police"); ``level="state"`` folds actors into their states;
    ``actors`` and ``distance`` keep what lies that many steps around these actor ids; ``min_count`` is in events.
    """

    since: str | None = None
    until: str | None = None
    families: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    min_count: int = 1
    actors: frozenset[str] = frozenset()
    distance: int = 1
    level: Literal["actor", "state"] = "actor"
    unnamed: Literal["hide", "show"] = "hide"
    agreements: Literal["edges", "nodes"] = "edges"
    members: Literal["keep", "expand"] = "keep"


_PARTICLES = frozenset({"of", "the", "al", "el", "bin", "de", "da", "la", "von", "van", "for", "on", "in", "and"})
WHOLE = View()


@dataclass(slots=True)
class _Tally:
    """What is counted for one edge."""

    statements: list[Statement] = field(default_factory=list)
    events: set[str] = field(default_factory=set)


def build_graph(
    statements: Iterable[Statement],
    *,
    ontology: Ontology,
    view: View = WHOLE,
    wikidata: Mapping[str, str] | None = None,
    states: Mapping[str, Actor] | None = None,
    pronouns: Container[str] = (),
    members: Members = lambda body, day: (),
) -> nx.MultiDiGraph:
    """The graph of ``statements`` under ``view``.

    Node attributes: label, type, country, sector, aliases, mentions, first, last, wikidata, statements (ids of those
    with no other end). Edge attributes: id, relation, label, inverse, family, category, polarity, modality, sign,
    symmetric, count (events), documents, publishers, confidence (the highest), first, last, speakers, disputed,
    statements (ids). Text that is not known is "". ``states`` (by country code) is needed for ``level="state"``,
    ``members`` (an organisation's states on a day) for ``members="expand"``; ``wikidata`` maps actor ids to items,
    ``pronouns`` are words that are no aliases.
    """
    graph = nx.MultiDiGraph()
    edges: defaultdict[Edge, _Tally] = defaultdict(_Tally)
    nodes = _Nodes(wikidata or {}, pronouns)
    hidden = 0
    days: set[str] = set()
    for st in chain.from_iterable(_expanded(st, view, members) for st in statements):
        folded = _fold(st, view, states or {})
        if not _wanted(st, view) or folded is None:
            continue
        if view.unnamed == "hide" and any(end.id.startswith(UNNAMED) for end in (folded.source, folded.target) if end):
            hidden += 1
            continue
        for source, target in _ends(folded, view, nodes, ontology):
            days |= {st.article.date} if st.article.date else set()
            _count(folded, source, target, edges, nodes, ontology)
    nodes.add_to(graph)
    disputed = _disputed(edges)
    for edge, tally in edges.items():
        if len(tally.events) >= view.min_count:
            graph.add_edge(edge[0], edge[1], **_edge(edge, tally, ontology, edge in disputed))
    _rekey(graph)
    if view.min_count > 1:
        graph.remove_nodes_from(list(nx.isolates(graph)))
    graph = _around(graph, view) if view.actors else graph
    graph.graph.update(_summary(graph, hidden, sorted(days)))
    return graph


class _Nodes:
    """Actors as they are seen, with what the statements say of each."""

    def __init__(self, wikidata: Mapping[str, str], pronouns: Container[str]) -> None:
        self._wikidata = wikidata
        self._pronouns = pronouns
        self._actors: dict[str, Actor] = {}
        self._sectors: defaultdict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._aliases: defaultdict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._spans: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
        self._dates: defaultdict[str, set[str]] = defaultdict(set)
        self._alone: defaultdict[str, list[str]] = defaultdict(list)
        self._agreements: dict[str, str] = {}

    def see(self, actor: Actor, st: Statement) -> None:
        self._actors.setdefault(actor.id, replace(actor, mention=None))
        if actor.sector:
            self._sectors[actor.id][actor.sector] += 1
        if actor.mention is not None:
            text = " ".join(actor.mention.text.split())
            if _is_alias(text) and text.casefold() not in self._pronouns:
                self._aliases[actor.id][text] += 1
            self._spans[actor.id].add((st.document, actor.mention.start))
        if date := _date(st):
            self._dates[actor.id].add(date)

    def see_agreement(self, st: Statement) -> str:
        assert st.agreement is not None
        kinds = " and ".join(kind.replace("_", " ") for kind in st.agreement.kind if kind != "other")
        self._agreements[st.agreement.id] = f"{kinds} agreement".strip().capitalize()
        if date := _date(st):
            self._dates[st.agreement.id].add(date)
        return st.agreement.id

    def leave_alone(self, actor: Actor, st: Statement) -> None:
        self._alone[actor.id].append(st.id)

    def add_to(self, graph: nx.MultiDiGraph) -> None:
        for key, actor in self._actors.items():
            graph.add_node(key, label=actor.name, type=actor.type, country=actor.country or "", **self._seen(key))
        for key, label in self._agreements.items():
            graph.add_node(key, label=label, type="agreement", country="", **self._seen(key))

    def _seen(self, key: str) -> dict[str, Any]:
        dates = sorted(self._dates[key])
        sectors = self._sectors[key]
        return {
            "sector": max(sorted(sectors), key=sectors.__getitem__) if sectors else "",
            "aliases": sorted(self._aliases[key], key=lambda text: (-self._aliases[key][text], text)),
            "mentions": len(self._spans[key]),
            "first": dates[0] if dates else "",
            "last": dates[-1] if dates else "",
            "wikidata": self._wikidata.get(key, ""),
            "statements": self._alone[key],
        }


def _is_alias(text: str) -> bool:
    """True for a name; not for a description, a list of several, or a name with a noun of office behind it."""
    words = text.split()
    names = [word for word in words if not word[0].islower() or word in _PARTICLES]
    return len(names) == len(words) and "," not in text


def _date(st: Statement) -> str | None:
    """The day a statement is filed under: that of the event where known, else the article's."""
    return (st.time.start if st.time else None) or st.article.date


def _wanted(st: Statement, view: View) -> bool:
    day = _date(st)
    if (view.since and (day is None or day < view.since)) or (view.until and (day is None or day > view.until)):
        return False
    return st.confidence >= view.min_confidence and (not view.families or st.family in view.families)


def _expanded(st: Statement, view: View, members: Members) -> Iterator[Statement]:
    """The statement once for each member of an organisation at its ends; as it is where none is to be expanded."""
    if view.members == "keep":
        yield st
        return
    sides = [_members_of(end, _date(st) or "", members) for end in (st.source, st.target)]
    for source, target in product(*sides):
        if source is None or target is None or source.id != target.id:
            yield replace(st, source=source, target=target)


def _members_of(actor: Actor | None, day: str, members: Members) -> tuple[Actor | None, ...]:
    if actor is None or actor.type != "igo":
        return (actor,)
    return tuple(replace(state, mention=actor.mention) for state in members(actor.id, day)) or (actor,)


def _fold(st: Statement, view: View, states: Mapping[str, Actor]) -> Statement | None:
    """The statement between states, None where both ends fall into one; as it is at the level of actors."""
    if view.level == "actor":
        return st
    source, target = (_state(end, states) for end in (st.source, st.target))
    return None if source and target and source.id == target.id else replace(st, source=source, target=target)


def _state(actor: Actor | None, states: Mapping[str, Actor]) -> Actor | None:
    if actor is None or not actor.country or actor.country not in states:
        return actor
    return replace(states[actor.country], mention=actor.mention, sector=actor.sector)


def _ends(
    st: Statement, view: View, nodes: _Nodes, ontology: Ontology
) -> Iterator[tuple[Actor | str | None, Actor | str | None]]:
    """The edges a statement makes: one, or one to the agreement's own node from each who does what is said.

    Both ends sign an agreement, but only the source leaves, violates or mediates it; the other end is seen, no more.
    """
    parties = len(st.agreement.parties) if st.agreement and st.source and st.target else 0
    if parties > 2 or (parties and view.agreements == "nodes"):
        node = nodes.see_agreement(st)
        relation = ontology.relations.get(st.relation)
        yield st.source, node
        if relation is None or relation.symmetric:
            yield st.target, node
        elif st.target is not None:
            nodes.see(st.target, st)
    else:
        yield st.source, st.target


def _count(
    st: Statement,
    source: Actor | str | None,
    target: Actor | str | None,
    edges: defaultdict[Edge, _Tally],
    nodes: _Nodes,
    ontology: Ontology,
) -> None:
    """Add a statement to the edge between two ends (one may be an agreement's node), or to its one actor's profile."""
    for end in (source, target):
        if isinstance(end, Actor):
            nodes.see(end, st)
    if source is None or target is None:
        alone = source or target
        if isinstance(alone, Actor):
            nodes.leave_alone(alone, st)
        return
    ends = [end if isinstance(end, str) else end.id for end in (source, target)]
    relation = ontology.relations.get(st.relation)
    if relation is not None and relation.symmetric and isinstance(target, Actor):
        ends.sort()
    tally = edges[ends[0], ends[1], st.relation, st.polarity, st.modality]
    if all(other.id != st.id for other in tally.statements[-1:]):
        tally.statements.append(st)
    tally.events.add(st.event if isinstance(target, Actor) else f"{st.document} {st.evidence.start}")


def _edge(edge: Edge, tally: _Tally, ontology: Ontology, disputed: bool) -> dict[str, Any]:
    _, _, key, polarity, modality = edge
    relation = ontology.relations.get(key)
    sts = tally.statements
    dates = sorted(day for st in sts if (day := _date(st)))
    return {
        "id": _edge_id(edge),
        "relation": key,
        "label": relation.label if relation else key.replace("_", " "),
        "inverse": relation.inverse if relation else key.replace("_", " "),
        "family": sts[0].family,
        "category": sts[0].category or "",
        "polarity": polarity,
        "modality": modality,
        "sign": sts[0].sign,
        "symmetric": bool(relation and relation.symmetric),
        "count": len(tally.events),
        "documents": len({st.document for st in sts}),
        "publishers": len({st.article.publisher for st in sts if st.article.publisher}),
        "confidence": float(max(st.confidence for st in sts)),  # a 1 as well, so that files have one type
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "speakers": sorted({st.speaker.name for st in sts if st.speaker}),
        "disputed": disputed,
        "statements": [st.id for st in sts],
    }


def _edge_id(edge: Edge) -> str:
    """The five parts joined by |; one in a part (ids of users' own actors) is escaped, so that no two edges meet."""
    return "|".join(part.replace("%", "%25").replace("|", "%7C") for part in edge)


def _disputed(edges: Collection[Edge]) -> set[Edge]:
    """Edges of which the opposite is said as well: the same relation affirmed and negated, neither only planned."""
    sides: defaultdict[tuple[str, str, str], dict[str, Edge]] = defaultdict(dict)
    for edge in edges:
        if edge[4] == "actual":
            sides[edge[:3]][edge[3]] = edge
    return {edge for found in sides.values() if len(found) == 2 for edge in found.values()}


def _rekey(graph: nx.MultiDiGraph) -> None:
    """Give each edge its id for key, so that it is the same in every file and run."""
    edges = list(graph.edges(keys=True, data=True))
    for source, target, key, _ in edges:
        graph.remove_edge(source, target, key)
    for source, target, _, data in edges:
        graph.add_edge(source, target, key=data["id"], **data)


def _around(graph: nx.MultiDiGraph, view: View) -> nx.MultiDiGraph:
    """What lies at most ``view.distance`` steps from one of ``view.actors``."""
    plain = graph.to_undirected(as_view=True)
    near: set[str] = set()
    for actor in view.actors & set(graph):
        near |= set(nx.single_source_shortest_path_length(plain, actor, cutoff=view.distance))
    return graph.subgraph(near).copy()


def _summary(graph: nx.MultiDiGraph, hidden: int, days: list[str]) -> dict[str, Any]:
    """Attributes of the graph itself: how much it shows and hides, and the period of the articles it is made of."""
    ids = {key for _, _, data in graph.edges(data=True) for key in data["statements"]}
    ids |= {key for _, data in graph.nodes(data=True) for key in data["statements"]}
    return {
        "statements": len(ids),
        "hidden": hidden,
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
    }
