"""Positions of nodes, written to the graph before export.

Each connected component is laid out by itself. The largest stands on the left, the others in rows beside and below it,
and nodes without ties come last, as a grid. Coordinates are only added, subtracted, multiplied, divided and rooted, in
a fixed order and without BLAS, so that the same graph has the same positions on every machine.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]
Points: TypeAlias = npt.NDArray[np.float64]  # of shape (2, nodes): x, and y, which grows downwards
Indices: TypeAlias = npt.NDArray[np.intp]
Springs: TypeAlias = tuple[Indices, Indices, Numbers]  # the ends of ties, and how strongly they pull
Size: TypeAlias = tuple[float, float]

ASPECT = 1.6  # width by height, of the drawing and of the room of each node, since names are wider than high
ROOM = 88.0  # height of the room of a node, in units of the drawing; its disc has a radius of 8 to 30 of them
LEAST = 64.0  # distance of the nearest nodes above each other; beside each other it is ASPECT times that
GAP = 40.0  # between the rooms of components
SHARE = 0.7  # of the drawing's width, for a largest component that has from SHARE² to SHARE of all nodes

# The forces, in units of the root of a node's room.
ALIKE = 5  # up to so many nodes, counts of events do not matter
FEW = 24  # up to so many nodes start at random places, more at those of their communities
EXACT = 1000  # up to so many nodes all repel each other; of more, a sample drawn anew each round stands for all
SAMPLE = 300
GRAVITY = 4.0  # π of it would spread nodes without ties evenly, one to each room
BETWEEN = 0.35  # the pull of ties between communities, that of ties within them being 1
EVEN = 0.5  # how far nodes move to where they would fill a disc evenly
SOFT = 0.05  # added to squared distances, so that close nodes do not fling each other away


def lay_out(graph: nx.MultiDiGraph, *, seed: int = 0) -> None:
    """Write ``x`` and ``y`` to every node, in units of the drawing; no two nodes are nearer than 64 of them.

    Edges pull by their ``count``, 1 where they have none. Their directions, and the order of nodes and edges, do not
    matter; nodes are told apart by their text.

    >>> graph = nx.MultiDiGraph([("iran", "russia"), ("iran", "iran")])
    >>> lay_out(graph)
    >>> dict(graph.nodes(data="y"))
    {'iran': 0.0, 'russia': 0.0}
    """
    keys = sorted(graph, key=str)
    ties = _ties(graph, {key: at for at, key in enumerate(keys)})
    components = sorted(map(sorted, nx.connected_components(ties)), key=lambda nodes: (-len(nodes), nodes))
    laid = list(_laid(ties, components, seed))
    corners = _packed([_size(points) for points in laid])
    for nodes, points, (left, top) in zip(components, laid, corners, strict=True):
        for at, x, y in zip(nodes, *points.tolist(), strict=True):
            graph.nodes[keys[at]].update(x=round(left + x, 1), y=round(top + y, 1))


def _ties(graph: nx.MultiDiGraph, place: Mapping[Hashable, int]) -> nx.Graph:
    """Nodes by their places, and the number of events of each pair."""
    counts: Counter[tuple[int, int]] = Counter()
    for source, target, count in graph.edges(data="count"):
        counts[place[source], place[target]] += count if isinstance(count, int) and count > 0 else 1
    return _simple(range(len(place)), counts)


def _simple(nodes: Iterable[int], counts: Mapping[tuple[int, int], int]) -> nx.Graph:
    """One edge a pair. Weights are whole, so that their sums are the same in any order and by any Python."""
    weights: Counter[tuple[int, int]] = Counter()
    for (one, other), count in counts.items():
        if one != other:
            weights[min(one, other), max(one, other)] += count
    simple = nx.Graph()
    simple.add_nodes_from(nodes)
    simple.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    return simple


# --- one component ----------------------------------------------------------------------------------


def _laid(ties: nx.Graph, components: Sequence[Sequence[int]], seed: int) -> Iterator[Points]:
    """Positions of the nodes of each component, in order. Small ones of the same ties look alike."""
    starts = max(1, min(1500 // max(len(ties), 1), 8))
    known: dict[Hashable, Points] = {}
    for nodes, aspect in zip(components, _aspects([len(nodes) for nodes in components]), strict=True):
        place = {node: at for at, node in enumerate(nodes)}
        small = len(nodes) <= ALIKE
        edges = ties.edges(nodes, data="weight")
        part = _simple(range(len(nodes)), {(place[a], place[b]): 1 if small else weight for a, b, weight in edges})
        key = (len(nodes), *part.edges) if small else nodes[0]
        if key not in known:
            known[key] = _component(part, aspect, starts, random.Random(seed))
        yield known[key]


def _component(ties: nx.Graph, aspect: float, starts: int, rng: random.Random) -> Points:
    """Positions of nodes 0, 1, … of a connected graph, from (0, 0) on, together about ``aspect`` times as wide as high.

    Of several starts that counts whose ties are shortest, since then few cross.
    """
    if len(ties) == 1:
        return np.zeros((2, 1))
    ends = np.array(ties.edges)
    found = [_sprung(ties, np.ones(len(ties)), rng) for _ in range(starts)]
    shortest = min(found, key=lambda points: float(_length(points[:, ends[:, 0]] - points[:, ends[:, 1]]).sum()))
    points = _upright(_even(shortest)) * [[ROOM * ASPECT], [ROOM]]
    width, height = _size(points)
    stretch = min(max(math.sqrt(aspect * height / width), 0.7), 1.4)
    points = _apart(points * [[stretch], [1 / stretch]])
    corner: Points = points.min(axis=1, keepdims=True)
    return points - corner


def _size(points: Points) -> Size:
    """Width and height of the rooms of these nodes."""
    width, height = (points.max(axis=1) - points.min(axis=1)).tolist()
    return width + ROOM * ASPECT, height + ROOM


def _length(vectors: Points) -> Numbers:
    """Lengths by root of squares; hypot may differ between machines."""
    lengths: Numbers = np.sqrt(vectors[0] * vectors[0] + vectors[1] * vectors[1])
    return lengths


def _even(points: Points) -> Points:
    """The points around their middle, half-way to filling a disc evenly: what sticks out comes in, crowds spread."""
    points = points - points.mean(axis=1, keepdims=True)
    length = _length(points)
    rank = np.argsort(np.argsort(length, kind="stable"), kind="stable")
    wanted = np.sqrt((rank + 0.5) / math.pi)
    evened: Points = points * (1 - EVEN + EVEN * wanted / np.maximum(length, 1e-9))
    return evened


def _upright(points: Points) -> Points:
    """The points around their middle, turned so that they spread most along x."""
    x, y = points - points.mean(axis=1, keepdims=True)
    lean, slant = ((x * x).mean() - (y * y).mean()) / 2, (x * y).mean()
    axis = np.array([lean + np.sqrt(lean * lean + slant * slant), slant])
    cos, sin = axis / _length(axis) if _length(axis) > 1e-9 else (0.0, 1.0)
    return np.stack([x * cos + y * sin, y * cos - x * sin])


def _sprung(ties: nx.Graph, mass: Numbers, rng: random.Random) -> Points:
    """Positions of nodes 0, 1, … of a connected graph, which need about 1 by 1 for each unit of mass.

    Many nodes start where their communities come to lie (C. Walshaw, A Multilevel Algorithm for Force-Directed Graph
    Drawing, 2003).
    """
    n = len(ties)
    spots = np.array([[rng.random() - 0.5 for _ in range(n)] for _ in "xy"])
    groups = nx.community.louvain_communities(ties, seed=rng) if n > FEW else []
    group = np.zeros(n, dtype=np.intp)
    if 1 < len(groups) < n:
        for number, nodes in enumerate(groups):
            group[sorted(nodes)] = number
        masses = np.bincount(group, weights=mass).astype(np.float64)
        middles = _sprung(_folded(ties, group), masses, rng)
        spots, heat = middles[:, group] + spots * np.sqrt(masses)[group], 1.5
    else:
        reach = float(np.sqrt(mass.sum()))
        spots, heat = spots * reach, reach / 3
    one, other, weight = (np.array(column) for column in zip(*ties.edges(data="weight"), strict=True))
    pull = np.sqrt(weight) * np.where(group[one] == group[other], 1.0, BETWEEN)
    return _relaxed(spots, mass, (one, other, pull), heat, rng)


def _folded(ties: nx.Graph, group: Indices) -> nx.Graph:
    """The ties between groups of nodes."""
    number = group.tolist()
    counts: Counter[tuple[int, int]] = Counter()
    for one, other, weight in ties.edges(data="weight"):
        counts[number[one], number[other]] += weight
    return _simple(range(max(number) + 1), counts)


def _relaxed(points: Points, mass: Numbers, springs: Springs, heat: float, rng: random.Random) -> Points:
    """The points after T. Fruchterman and E. Reingold, Graph Drawing by Force-directed Placement, 1991.

    Masses repel each other by 1/distance and ties pull by its square. A force towards the middle that grows with the
    distance evens the density. No round moves a point farther than ``heat``, which cools down to 0.
    """
    one, other, pull = springs
    n = points.shape[1]
    rounds = max(100, min(100 + n, 250, 150_000 // n))
    for left in range(rounds, 0, -1):
        points = points - points.mean(axis=1, keepdims=True)
        force = _repulsion(points, mass, rng) - GRAVITY * points
        gap = points[:, other] - points[:, one]
        tug = gap * _length(gap) * pull / mass[one], gap * _length(gap) * pull / mass[other]
        for axis in (0, 1):
            force[axis] += np.bincount(one, tug[0][axis], n) - np.bincount(other, tug[1][axis], n)
        step = np.minimum(heat * left / rounds / np.maximum(_length(force), 1e-9), 0.3)
        points = points + force * step
    return points


def _repulsion(points: Points, mass: Numbers, rng: random.Random) -> Points:
    """How each point is pushed by all others, or by a sample of them that stands for all."""
    n = points.shape[1]
    by = np.arange(n) if n <= EXACT else np.array([int(rng.random() * n) for _ in range(SAMPLE)])
    share = n / len(by)
    dx = points[0] - points[0, by, None]
    dy = points[1] - points[1, by, None]
    push = dx * dx
    push += dy * dy
    push += SOFT * share
    np.divide(mass[by, None] * share, push, out=push)
    dx *= push
    dy *= push
    return np.stack([dx.sum(axis=0), dy.sum(axis=0)])


def _apart(points: Points) -> Points:
    """The points with those too near pushed apart; where that does not end, all spread."""
    points = points / [[ASPECT], [1.0]]
    n = points.shape[1]
    for turn in range(1000):
        one, other = _near(points, LEAST)
        if not len(one):
            break
        gap = points[:, other] - points[:, one]
        gap[0] += 1e-6  # for points in the same place
        length = _length(gap)
        gap *= (1.01 * LEAST - length) / length / 2
        for axis in (0, 1):
            points[axis] += np.bincount(other, gap[axis], n) - np.bincount(one, gap[axis], n)
        if turn > 200:
            points *= 1.02
    return points * [[ASPECT], [1.0]]


def _near(points: Points, reach: float) -> tuple[Indices, Indices]:
    """The pairs of points nearer than that. Only those in the same or adjoining squares of a grid are compared."""
    column, row = np.floor((points - points.min(axis=1, keepdims=True)) / reach).astype(np.intp)
    columns = int(column.max()) + 2
    squares = row * columns + column
    order = np.argsort(squares, kind="stable")
    pairs = [_steps(squares[order], step) for step in (0, 1, columns - 1, columns, columns + 1)]
    one, other = (order[np.concatenate(ends)] for ends in zip(*pairs, strict=True))
    near = _length(points[:, one] - points[:, other]) < reach
    return one[near], other[near]


def _steps(squares: Indices, step: int) -> tuple[Indices, Indices]:
    """The pairs of places in sorted ``squares`` of which the second is so many squares on, and comes later."""
    at = np.arange(len(squares))
    first = np.searchsorted(squares, squares + step, "left") if step else at + 1
    counts = np.searchsorted(squares, squares + step, "right") - first
    ends = np.cumsum(counts)
    return np.repeat(at, counts), np.arange(ends[-1]) + np.repeat(first - ends + counts, counts)


# --- all components ---------------------------------------------------------------------------------


def _aspects(lengths: Sequence[int]) -> Iterator[float]:
    """Width by height for components of so many nodes: the largest leaves a column beside it to the others."""
    for at, length in enumerate(lengths):
        share = length / sum(lengths)
        width = max(share, min(SHARE, math.sqrt(share)))
        yield ASPECT if at else ASPECT * width * width / share


def _packed(sizes: Sequence[Size]) -> list[Size]:
    """The upper left corners of boxes, in the packing that fits into the smallest frame of ASPECT."""
    if not sizes:
        return []
    least = sizes[0][0] + max((width + GAP for width, _ in sizes[1:]), default=0.0)
    most = 1.5 * math.sqrt(ASPECT * math.fsum((width + GAP) * (height + GAP) for width, height in sizes))
    widths = [sizes[0][0], *(least + max(most - least, 0.0) * part / 60 for part in range(61))]

    def frame(corners: Sequence[Size]) -> float:
        ends = [(x + width, y + height) for (x, y), (width, height) in zip(corners, sizes, strict=True)]
        return max(max(right, bottom * ASPECT) for right, bottom in ends)

    return min((list(_rows(sizes, width)) for width in widths), key=frame)


def _rows(sizes: Sequence[Size], most: float) -> Iterator[Size]:
    """The first box at (0, 0), the others in rows up to that width: beside it as far as it reaches, then below it."""
    yield 0.0, 0.0
    left = x = sizes[0][0] + GAP
    y = tall = 0.0
    for width, height in sizes[1:]:
        if x > left and x + width > most:
            x, y, tall = left, y + tall + GAP, 0.0
        if left and (x + width > most or y + height > sizes[0][1]):
            left = x = tall = 0.0
            y = max(sizes[0][1] + GAP, y)
        yield x, y
        x, tall = x + width + GAP, max(tall, height)
