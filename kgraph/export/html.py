"""Write a graph as one HTML page that asks nothing of any server: drawing, search, filters and the sentences.

The page goes through pyvis, whose vis-network draws it. What comes from articles travels as JSON that no browser
runs, and the scripts beside this file read it and make text nodes of it. The files in ``page/`` are the page itself.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

import networkx as nx
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from pyvis.network import Network

    from kgraph.model import Actor, Agreement, Statement
    from kgraph.ontology import Ontology

Row = dict[str, Any]

PAGE = Path(__file__).parent / "page"
# Joined in this order into one script.
SCRIPTS = ("words.js", "elements.js", "names.js", "drawing.js", "panel.js", "controls.js", "page.js")
VIS = "lib/vis-9.1.2/vis-network.min.js"  # as pyvis ships it
TITLE = "Who did and said what to whom"
FAMILIES = ("agreement", "stance", "event", "role")  # the order in which ties of one pair fan out

# vis-network's shapes by actor type; page.css gives each type its colour. To add a type: one row here, one there.
SHAPES = {
    "state": "dot",
    "government": "dot",
    "igo": "hexagon",
    "military": "square",
    "armed_group": "triangle",
    "party": "triangleDown",
    "people": "dot",
    "person": "dot",
    "media": "diamond",
    "company": "square",
    "ngo": "hexagon",
    "place": "triangleDown",
    "agreement": "star",
}

OPTIONS: Row = {
    "layout": {"improvedLayout": False},
    "interaction": {"selectable": False},
    "nodes": {"chosen": False, "borderWidth": 1.5},
    "edges": {"chosen": False, "hoverWidth": 0, "arrowStrikethrough": False},
    "physics": {
        "enabled": False,
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {"gravitationalConstant": -90, "springLength": 130, "avoidOverlap": 0.4},
        "stabilization": False,
    },
}

_SPACES = re.compile(r"\s+")
# Controls of C0 and C1, of writing direction, and invisible ones: they can make a text look like another.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def write(
    graph: nx.MultiDiGraph,
    statements: Mapping[str, Statement],
    file: BinaryIO,
    *,
    ontology: Ontology,
    title: str | None = None,
) -> None:
    """Write ``graph`` to ``file`` as a self-contained HTML page in UTF-8; the graph is left as it is.

    ``statements`` looks up the statements whose ids stand at nodes and edges; ids that it lacks are left out.
    Nodes without ``x`` and ``y`` stand on a circle. The same graph gives the same bytes.
    """
    page = _page(graph, statements, ontology=ontology, title=title or TITLE)
    file.write(_render(_network(graph), page).encode("utf-8"))


# --- what the page says -----------------------------------------------------------------------------


def _page(graph: nx.MultiDiGraph, statements: Mapping[str, Statement], *, ontology: Ontology, title: str) -> Row:
    """All that the page tells, cleaned: actors and edges as rows that refer to each other by position."""
    place = {key: at for at, key in enumerate(graph)}
    rows = _Statements(statements, ontology=ontology, names=dict(graph.nodes(data="label")), place=place)
    actors = [_actor(key, node, rows) for key, node in graph.nodes(data=True)]
    edges = [
        {"source": place[source], "target": place[target], **_edge(edge, rows, ontology=ontology)}
        for source, target, edge in graph.edges(data=True)
    ]
    page = {
        "title": title,
        "counts": _counts(graph, drawn=len(rows.rows)),
        "types": dict(ontology.types),
        "actors": actors,
        "edges": edges,
        "statements": rows.rows,
    }
    return dict(_cleaned(page))


def _counts(graph: nx.MultiDiGraph, *, drawn: int) -> Row:
    known = graph.graph
    return {
        "actors": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "statements": known.get("statements", drawn),
        **{key: known.get(key, 0) for key in ("documents", "hidden")},
        **{key: known.get(key) or "" for key in ("first", "last")},
    }


def _actor(key: Hashable, node: Row, rows: _Statements) -> Row:
    name = str(node.get("label") or key)
    return {
        "id": str(key),
        "name": name,
        **{text: node.get(text) or "" for text in ("type", "country", "first", "last", "wikidata")},
        "aliases": [alias for alias in node.get("aliases") or () if alias != name],
        "mentions": node.get("mentions", 0),
        "statements": rows.positions(node.get("statements") or ()),
    }


def _edge(edge: Row, rows: _Statements, *, ontology: Ontology) -> Row:
    """One edge's row, without its ends. Labels that the edge lacks are the ontology's, else its key in words."""
    relation = ontology.relations.get(edge["relation"])
    category = ontology.categories.get(edge.get("category") or "")
    spare = str(edge["relation"]).replace("_", " ")
    kept = ("relation", "family", "polarity", "modality", "sign", "count", "documents", "publishers", "confidence")
    return {
        **{name: edge.get(name) for name in kept},
        "label": edge.get("label") or (relation.label if relation else spare),
        "inverse": edge.get("inverse") or (relation.inverse if relation else spare),
        "category": f"{category.label} · {category.quad}" if category else "",
        "symmetric": bool(edge.get("symmetric")),
        "disputed": bool(edge.get("disputed")),
        **{name: edge.get(name) or "" for name in ("first", "last")},
        "speakers": list(edge.get("speakers") or ()),
        "statements": rows.positions(edge.get("statements") or ()),
    }


class _Statements:
    """The statements that the page shows, each once, as ``rows`` that the page's other rows point at."""

    def __init__(
        self,
        statements: Mapping[str, Statement],
        *,
        ontology: Ontology,
        names: Mapping[str, str],
        place: Mapping[Hashable, int],
    ) -> None:
        self.rows: list[Row] = []
        self._statements = statements
        self._ontology = ontology
        self._names = names
        self._place = place
        self._at: dict[str, int] = {}

    def positions(self, ids: Iterable[str]) -> list[int]:
        """Where the statements of these ids stand in ``rows``; ids that nobody knows are left out."""
        return [self._position(key) for key in ids if key in self._at or key in self._statements]

    def _position(self, key: str) -> int:
        if key not in self._at:
            self._at[key] = len(self.rows)
            self.rows.append(self._row(self._statements[key]))
        return self._at[key]

    def _row(self, statement: Statement) -> Row:
        """What the page shows of a statement; what is not known or goes without saying has no entry."""
        relation = self._ontology.relations.get(statement.relation)
        row = {
            "id": statement.id,
            "event": f"{statement.document} {statement.event}",
            "source": self._ref(statement.source),
            "target": self._ref(statement.target),
            "label": relation.label if relation else statement.relation.replace("_", " "),
            "family": statement.family,
            "sign": statement.sign,
            "polarity": statement.polarity,
            "modality": statement.modality,
            "sentence": _segments(statement),
            "speaker": self._ref(statement.speaker),
            "via": [self._ref(actor) for actor in statement.via],
            "quoted": statement.quoted,
            "topic": statement.topic,
            "place": self._ref(statement.place),
            "confidence": statement.confidence,
            **_article(statement),
            "agreement": statement.agreement and self._agreement(statement.agreement),
        }
        return {key: value for key, value in row.items() if value not in (None, "", [], False)}

    def _ref(self, actor: Actor | None) -> Row | None:
        """An actor's name, and its position among the page's actors where it is one of them."""
        if actor is None:
            return None
        at = self._place.get(actor.id)
        return {"name": actor.name} if at is None else {"name": actor.name, "at": at}

    def _name(self, key: str) -> str:
        return str(self._names.get(key) or key.replace("-", " ").title())

    def _agreement(self, agreement: Agreement) -> Row:
        obligations = self._ontology.obligations
        return {
            "kind": [kind.replace("_", " ") for kind in agreement.kind],
            "status": agreement.status.replace("_", " "),
            "parties": [self._name(key) for key in agreement.parties],
            "date": agreement.date or "",
            "duration": agreement.duration or "",
            "includes": [obligations.get(key, key.replace("_", " ")) for key in agreement.includes],
            "excludes": [obligations.get(key, key.replace("_", " ")) for key in agreement.excludes],
            "mediator": self._name(agreement.mediator) if agreement.mediator else "",
        }


def _article(statement: Statement) -> Row:
    """Where and when: the article, its link if it can be followed safely, and the time told of."""
    article, time = statement.article, statement.time
    return {
        "title": article.title,
        "date": article.date,
        "publisher": article.publisher,
        "url": _link(article.url),
        "time": time and {"start": time.start, "end": time.end, "text": time.text},
    }


def _link(url: str | None) -> str:
    """``url`` if it is plain http or https, else "": other schemes can run scripts or open files."""
    if not url or _CONTROLS.search(url) or _SPACES.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _segments(statement: Statement) -> list[tuple[str, str]]:
    """The sentence cut into (text, kind), kind being source, target, trigger or "".

    Cut here and not in the page, since JavaScript counts other offsets than Python in texts with rare characters.
    """
    text = statement.evidence.text
    kinds = [""] * len(text)
    for start, end, kind in _marks(statement):
        kinds[start:end] = [kind] * (end - start)
    runs = groupby(range(len(text)), key=kinds.__getitem__)
    return [("".join(text[at] for at in run), kind) for kind, run in runs]


def _marks(statement: Statement) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what is marked, from the start of the evidence; later ones go over earlier ones."""
    evidence = statement.evidence
    ends = ((statement.source, "source"), (statement.target, "target"))
    spans = [(statement.trigger, "trigger"), *((actor.mention, kind) for actor, kind in ends if actor)]
    for span, kind in spans:
        if span is None:
            continue
        start, end = span.start - evidence.start, span.end - evidence.start
        if 0 <= start < end and evidence.text[start:end] == span.text:
            yield start, end, kind


def _cleaned(value: Any) -> Any:
    """A copy in which no text has control characters or unpaired surrogates and every number is one."""
    if isinstance(value, str):
        return _CONTROLS.sub("", _SPACES.sub(" ", value)).encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


# --- what the page draws ----------------------------------------------------------------------------


def _network(graph: nx.MultiDiGraph) -> Network:
    """A pyvis network of the graph's actors and of its ties; colours and line patterns are the page's own."""
    from pyvis.network import Network  # brings IPython along, so only when a page is written

    network = Network(directed=True, cdn_resources="in_line")  # undirected ones keep one edge a pair
    network.options = OPTIONS
    names = {key: f"n{at}" for at, key in enumerate(graph)}
    sizes = _sizes(graph)
    for at, (key, node) in enumerate(graph.nodes(data=True)):
        x, y = _spot(node, at, len(graph))
        shape = SHAPES.get(str(node.get("type")), "dot")
        label = _cleaned(str(node.get("label") or key))
        network.add_node(names[key], label=label, shape=shape, size=sizes[key], x=x, y=y)
    for at, (source, target, tie) in enumerate(_ties(graph)):
        network.add_edge(names[source], names[target], id=f"t{at}", arrows="", **tie)
    return network


def _ties(graph: nx.MultiDiGraph) -> Iterator[tuple[Hashable, Hashable, Row]]:
    """Each pair of actors and family once: its ends, and {family, edges by position, curve}."""
    place = {key: at for at, key in enumerate(graph)}
    pairs: dict[tuple[Hashable, Hashable], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, (source, target, family) in enumerate(graph.edges(data="family")):
        first, second = sorted((source, target), key=place.__getitem__)
        pairs[first, second][_cleaned(str(family))].append(at)
    for (first, second), families in pairs.items():
        known = [family for family in FAMILIES if family in families]
        names = known + sorted(set(families) - set(known))
        for slot, family in enumerate(names):
            yield first, second, {"family": family, "edges": families[family], **_curve(slot, len(names))}


def _curve(slot: int, slots: int) -> Row:
    """vis-network's options for the bend of one of ``slots`` ties of a pair: a fan, straight in its middle."""
    bend = 0.26 * (slot - (slots - 1) / 2)
    loop = {"size": 16 + 9 * slot, "angle": math.pi / 4}
    kind = "curvedCW" if bend > 0 else "curvedCCW"
    return {"smooth": {"enabled": bend != 0, "type": kind, "roundness": abs(bend)}, "selfReference": loop}


def _sizes(graph: nx.MultiDiGraph) -> dict[Hashable, float]:
    """Radii, 8 to 30, whose areas grow with the number of events that an actor takes part in."""
    weights = {key: math.sqrt(max(degree, 0)) for key, degree in graph.degree(weight="count")}
    largest = max(weights.values(), default=0) or 1
    return {key: round(8 + 22 * weight / largest, 1) for key, weight in weights.items()}


def _spot(node: Row, at: int, of: int) -> tuple[float, float]:
    """The node's ``x`` and ``y``; where it lacks them, its place of so many on a circle."""
    x, y = node.get("x"), node.get("y")
    if isinstance(x, int | float) and isinstance(y, int | float) and math.isfinite(x) and math.isfinite(y):
        return round(x, 1), round(y, 1)
    turn, radius = 2 * math.pi * at / of, 60 + 15 * of
    return round(radius * math.cos(turn), 1), round(radius * math.sin(turn), 1)


# --- the file ---------------------------------------------------------------------------------------


def _render(network: Network, page: Row) -> str:
    """The document, by pyvis with our template. Inline code is named by its hash, so that no other code runs."""
    loader = ChoiceLoader([FileSystemLoader(PAGE), FileSystemLoader(network.template_dir)])
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "allow_nan": False, "separators": (",", ":")}
    source = {name: loader.get_source(env, name)[0] for name in ("page.css", VIS, *SCRIPTS)}
    style = source["page.css"]
    vis = source[VIS].partition("//# sourceMappingURL")[0]  # a comment that makes browsers look for a file
    own = '(() => {\n"use strict";\n' + "\n".join(source[name] for name in SCRIPTS) + "\n})();"
    env.globals.update(
        page=page,
        style=Markup(style),
        scripts=[Markup(vis), Markup(own)],
        policy=_policy(style=style, scripts=(vis, own)),
    )
    network.templateEnv = env
    network.path = "template.html.j2"
    return str(network.generate_html())


def _policy(*, style: str, scripts: Iterable[str]) -> str:
    """The Content-Security-Policy: nothing is fetched, and only these inline blocks run (CSP Level 3)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_digest(script) for script in scripts)}",
            f"style-src {_digest(style)}",
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
