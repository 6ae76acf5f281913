"""Positions of nodes, written to the graph before export.

Each connected component is laid out by itself and gets room by its number of nodes. The largest stands on the left, the
others in rows beside and below it, and nodes without ties come last, as a grid. Coordinates are only added, subtracted,
multiplied, divided and rooted, in a fixed order: the same graph has the same positions on every machine.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

Points: TypeAlias = npt.NDArray[np.float64]  # of shape (2, nodes): x, and y, which grows downwards
Indices: TypeAlias = npt.NDArray[np.intp]
Size: TypeAlias = tuple[float, float]

ASPECT = 1.6  # width by height, of the drawing and of the room of each node: names are wider than high
ROOM = 88.0  # height of the room of a node, in units of the drawing, in which discs have radii of up to 30
LEAST = 64.0  # distance of the nearest nodes above each other; beside each other it is ASPECT times that
GAP = 40.0  # between components

ROUNDS = 300
FEW = 24  # up to so many nodes start at random places, more start at their communities'
EXACT = 1000  # up to so many nodes all repel each other; of more, so many are drawn by lot each round
SAMPLE = 200
GRAVITY = 4.0
BETWEEN = 0.35  # the pull of ties between communities, that of ties within them being 1


def lay_out(graph: nx.MultiDiGraph, *, seed: int = 0) -> None:
    """Write ``x`` and ``y`` to every node, in units of the drawing; no two nodes are nearer than 64 of them.

    Edges pull by their ``count``, 1 where they have none; their directions, and the order of nodes and edges, tell
    nothing.

    >>> graph = nx.MultiDiGraph([("iran", "russia"), ("iran", "iran")])
    >>> lay_out(graph)
    >>> dict(graph.nodes(data="y"))
    {'iran': 0.0, 'russia': 0.0}
    """
    keys = sorted(graph, key=str)
    ties = _ties(graph, {key: at for at, key in enumerate(keys)})
    components = sorted((sorted(each) for each in nx.connected_components(ties)), key=lambda each: (-len(each), each))
    rng = random.Random(seed)
    laid = [_component(ties.subgraph(each), rng, aspect) for each, aspect in zip(components, _aspects(components))]
    corners = _packed([_size(points) for points in laid])
    for nodes, points, corner in zip(components, laid, corners, strict=True):
        for at, x, y in zip(nodes, *points.tolist(), strict=True):
            graph.nodes[keys[at]].update(x=round(x + corner[0], 1), y=round(y + corner[1], 1))


def _ties(graph: nx.MultiDiGraph, place) -> nx.Graph:
    """Nodes by their places, and one edge a pair, whose weight is the number of events: whole, so that sums are exact."""
    counts: Counter[tuple[int, int]] = Counter()
    for source, target, count in graph.edges(data="count"):
        ends = sorted((place[source], place[target]))
        counts[ends[0], ends[1]] += count if isinstance(count, int) and count > 0 else 1
    ties = nx.Graph()
    ties.add_nodes_from(range(len(place)))
    ties.add_weighted_edges_from((one, other, count) for (one, other), count in sorted(counts.items()) if one != other)
    return ties


# --- one component ----------------------------------------------------------------------------------


def _component(ties: nx.Graph, rng: random.Random, aspect: float) -> Points:
    """Positions of a connected graph's nodes, in order, from (0, 0) on, apart from each other, in about this aspect."""
    if len(ties) == 1:
        return np.zeros((2, 1))
    points = _upright(_sprung(nx.convert_node_labels_to_integers(ties, ordering="sorted"), rng))
    points *= [[ROOM * ASPECT], [ROOM]]
    width, height = _size(points)
    stretch = min(max((aspect * height / width) ** 0.5, 0.7), 1.4)
    points *= [[stretch], [1 / stretch]]
    points = _apart(points)
    return points - points.min(axis=1, keepdims=True)


def _size(points: Points) -> Size:
    """Width and height of the rooms of these nodes."""
    width, height = (points.max(axis=1) - points.min(axis=1)).tolist()
    return width + ROOM * ASPECT, height + ROOM


def _upright(points: Points) -> Points:
    """The points around their middle, turned so that they spread most along x."""
    x, y = points - points.mean(axis=1, keepdims=True)
    lean, cross = ((x * x).mean() - (y * y).mean()) / 2, (x * y).mean()
    along, across = lean + np.sqrt(lean * lean + cross * cross), cross
    length = np.sqrt(along * along + across * across)
    cos, sin = (along / length, across / length) if length > 1e-12 else (0.0, 1.0)
    return np.stack([x * cos + y * sin, y * cos - x * sin])


def _sprung(ties: nx.Graph, rng: random.Random) -> Points:
    """Positions of nodes 0, 1, … of a connected graph, about one node to each square of side 1.

    Many nodes start from where their communities come to lie, which are laid out likewise: see C. Walshaw, A Multilevel
    Algorithm for Force-Directed Graph Drawing, 2003.
    """
    mass = np.array([ties.nodes[at].get("mass", 1.0) for at in range(len(ties))])
    reach = float(np.sqrt(mass.sum()))
    groups = [sorted(each) for each in nx.community.louvain_communities(ties, seed=rng)] if len(ties) > FEW else []
    start = np.array([[rng.random() - 0.5 for _ in range(len(ties))] for _ in "xy"])
    group = np.arange(len(ties))
    if 1 < len(groups) < len(ties):
        for number, nodes in enumerate(groups):
            group[nodes] = number
        sizes = np.bincount(group, weights=mass)
        start = _sprung(_folded(ties, group, sizes), rng)[:, group] + start * np.sqrt(sizes)[group]
        heat = 1.5
    else:
        start *= reach
        heat = reach / 3
        group = np.zeros(len(ties), int)
    one, other, weight = (np.array(column) for column in zip(*ties.edges(data="weight")))
    pull = np.sqrt(weight) * np.where(group[one] == group[other], 1, BETWEEN)
    return _relaxed(start, mass, (one, other, pull), rng, heat)


def _folded(ties: nx.Graph, group: Indices, sizes) -> nx.Graph:
    """One node a community."""
    folded = nx.Graph()
    folded.add_nodes_from((at, {"mass": float(size)}) for at, size in enumerate(sizes))
    counts: Counter[tuple[int, int]] = Counter()
    for one, other, weight in ties.edges(data="weight"):
        ends = sorted((int(group[one]), int(group[other])))
        counts[ends[0], ends[1]] += weight
    folded.add_weighted_edges_from((one, other, count) for (one, other), count in sorted(counts.items()) if one != other)
    return folded


def _relaxed(points: Points, mass, ties, rng, heat: float) -> Points:
    """The points after ROUNDS of T. Fruchterman and E. Reingold, Graph Drawing by Force-directed Placement, 1991.

    Masses repel each other by 1/distance, ties pull by its square, and a force that grows like the distance from the
    middle evens the density. Each round moves points less far than the one before.
    """
    one, other, pull = ties
    n = points.shape[1]
    for left in range(ROUNDS, 0, -1):
        points = points - points.mean(axis=1, keepdims=True)
        force = _push(points, mass, rng) - GRAVITY * points
        gap = points[:, other] - points[:, one]
        tug = gap * np.sqrt(gap[0] * gap[0] + gap[1] * gap[1]) * pull
        for axis in (0, 1):
            force[axis] += np.bincount(one, tug[axis], n) - np.bincount(other, tug[axis], n)
        force /= mass
        length = np.sqrt(force[0] * force[0] + force[1] * force[1])
        points = points + force * np.minimum(heat * left / ROUNDS / np.maximum(length, 1e-12), 0.3)
    return points


def _push(points: Points, mass, rng: random.Random) -> Points:
    """The force by which all others, or a sample of them that stands for all, push each point."""
    n = points.shape[1]
    chosen = np.arange(n)
    if n > EXACT:
        chosen = np.array(sorted(rng.sample(range(n), SAMPLE)))
    share = n / len(chosen)
    dx = points[0] - points[0, chosen, None]
    dy = points[1] - points[1, chosen, None]
    near = dx * dx
    near += dy * dy
    near += 0.05 * share
    np.divide(mass[chosen, None] * share, near, out=near)
    dx *= near
    dy *= near
    return np.stack([dx.sum(axis=0), dy.sum(axis=0)]) * mass


def _apart(points: Points) -> Points:
    """The points with those too near pushed apart; where that does not help, all is stretched."""
    points = points / [[ASPECT], [1.0]]
    n = points.shape[1]
    for turn in range(1000):
        one, other = _near(points, LEAST)
        if not len(one):
            break
        gap = points[:, other] - points[:, one]
        gap[0] += 1e-6
        length = np.sqrt(gap[0] * gap[0] + gap[1] * gap[1])
        gap *= (LEAST * 1.01 - length) / length / 2
        for axis in (0, 1):
            points[axis] += np.bincount(other, gap[axis], n) - np.bincount(one, gap[axis], n)
        if turn > 200:
            points *= 1.02
    return points * [[ASPECT], [1.0]]


def _near(points: Points, reach: float) -> tuple[Indices, Indices]:
    """The pairs of points that are nearer than that, found in a grid of such squares."""
    column, row = np.floor((points - points.min(axis=1, keepdims=True)) / reach).astype(np.intp)
    columns = column.max() + 2
    cells = row * columns + column
    order = np.argsort(cells, kind="stable")
    cells = cells[order]
    pairs = [_meet(cells, step) for step in (0, 1, columns - 1, columns, columns + 1)]
    one, other = (order[np.concatenate(side)] for side in zip(*pairs))
    gap = points[:, one] - points[:, other]
    near = gap[0] * gap[0] + gap[1] * gap[1] < reach * reach
    return one[near], other[near]


def _meet(cells: Indices, step: int) -> tuple[Indices, Indices]:
    """Pairs of positions in sorted ``cells`` whose second lies ``step`` cells on; none with itself."""
    at = np.arange(len(cells))
    first = np.searchsorted(cells, cells + step, "left") if step else at + 1
    counts = np.searchsorted(cells, cells + step, "right") - first
    ends = np.cumsum(counts)
    return np.repeat(at, counts), np.arange(ends[-1]) + np.repeat(first - ends + counts, counts)


# --- all components ---------------------------------------------------------------------------------


def _aspects(components) -> Iterator[float]:
    """Width by height that components should have: the largest what leaves a column beside it for the others."""
    share = len(components[0]) / sum(map(len, components)) if components else 1.0
    width = max(share, min(0.55, share**0.5))
    yield ASPECT * width * width / share
    yield from (ASPECT for _ in components[1:])


def _packed(sizes: Sequence[Size]) -> list[Size]:
    """The upper left corners of boxes, of those packings tried that which fits into the smallest frame of ASPECT."""
    if not sizes:
        return []
    width, height = sizes[0]
    widest = max(each[0] for each in sizes[1:]) + GAP if sizes[1:] else 0
    limit = 1.5 * (ASPECT * sum((w + GAP) * (h + GAP) for w, h in sizes)) ** 0.5
    widths = [width] + [width + widest + step * max(limit - width - widest, 0) / 60 for step in range(61)]

    def frame(corners: Sequence[Size]) -> float:
        right = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
        bottom = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
        return max(right, bottom * ASPECT)

    return min((list(_rows(sizes, each)) for each in widths), key=frame)


def _rows(sizes: Sequence[Size], width: float) -> Iterator[Size]:
    """The first box at (0, 0), the others in rows, first beside it and then below it."""
    first_width, first_height = sizes[0]
    yield 0.0, 0.0
    left = x = first_width + GAP
    y = tall = 0.0
    for w, h in sizes[1:]:
        if x > left and x + w > width:
            x, y, tall = left, y + tall + GAP, 0.0
        if left and (x + w > width or y + h > first_height):
            left, x, y, tall = 0.0, 0.0, max(first_height + GAP, y), 0.0
        yield x, y
        x, tall = x + w + GAP, max(tall, h)
