"""Where nodes come to stand: apart, each component by itself, and in the same place in every run."""

from __future__ import annotations

import io
import itertools
import math
import os
import random
import subprocess
import sys
import time

import networkx as nx
import page_fixture as fixture
import pytest

from kgraph.export import graphml
from kgraph.layout import ASPECT, LEAST, lay_out

Box = tuple[float, float, float, float]


def news(*, actors: int, edges: int, seed: int = 1) -> nx.MultiDiGraph:
    """Communities of about 40 in which few have many ties, and some actors without any."""
    rng = random.Random(seed)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(f"a{at}" for at in range(actors))
    ends = [0]
    for _ in range(edges):
        source = rng.choice(ends) if rng.random() < 0.5 else rng.randrange(actors)
        near = source // 40 * 40 + rng.randrange(40)
        target = near if rng.random() < 0.6 and near < actors else rng.choice(ends)
        ends += [source, target]
        graph.add_edge(f"a{source}", f"a{target}", count=rng.randint(1, 4))
    return graph


def archipelago() -> nx.MultiDiGraph:
    """A component of 60, ones of 5, 4, 3, 3 and 2 (8 times), and seven nodes without ties."""
    main = nx.random_labeled_tree(60, seed=3)
    main.add_edges_from((at, at + 20) for at in range(0, 40, 3))
    parts = [nx.star_graph(4), nx.cycle_graph(4), *[nx.path_graph(3)] * 2, *[nx.path_graph(2)] * 8, nx.empty_graph(7)]
    return nx.MultiDiGraph(nx.disjoint_union_all([main, *parts]))


def laid_out(graph: nx.MultiDiGraph, *, seed: int = 0) -> dict[object, tuple[float, float]]:
    lay_out(graph, seed=seed)
    return {key: (node["x"], node["y"]) for key, node in graph.nodes(data=True)}


def box(spots: list[tuple[float, float]]) -> Box:
    """Left, top, right, bottom."""
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_same_graph_has_the_same_positions_and_another_seed_others() -> None:
    graph = news(actors=200, edges=400)
    first = laid_out(graph)
    assert laid_out(graph) == first
    assert laid_out(graph.copy(), seed=1) != first


def test_order_and_direction_of_edges_do_not_matter() -> None:
    graph = news(actors=120, edges=240)
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph)))
    other.add_edges_from((target, source, data) for source, target, data in reversed(list(graph.edges(data=True))))
    assert laid_out(other) == laid_out(graph)


def test_positions_do_not_depend_on_the_hashes_of_a_run() -> None:
    program = (
        "import sys, networkx as nx; from kgraph.layout import lay_out; "
        "graph = nx.MultiDiGraph(nx.relabel_nodes(nx.barbell_graph(20, 5), str)); "
        "lay_out(graph); print(sorted(graph.nodes(data='x')), sorted(graph.nodes(data='y')))"
    )
    command = [sys.executable, "-c", program]
    found = {subprocess.check_output(command, env={**os.environ, "PYTHONHASHSEED": each}) for each in "123"}
    assert len(found) == 1


def test_positions_are_those_of_every_machine() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "d"), ("d", "b"), ("e", "f")])
    assert laid_out(graph) == {
        "a": (0.0, 62.0),
        "b": (74.7, 108.9),
        "c": (106.8, 0.0),
        "d": (167.7, 80.6),
        "e": (103.4, 236.9),
        "f": (0.0, 236.9),
    }


@pytest.mark.parametrize("edges", [80, 300, 2000])
def test_no_two_nodes_overlap(edges: int) -> None:
    spots = laid_out(news(actors=200, edges=edges)).values()
    assert min(math.dist(one, other) for one, other in itertools.combinations(spots, 2)) >= LEAST - 0.2


def test_components_do_not_interleave() -> None:
    graph = archipelago()
    spots = laid_out(graph)
    boxes = [box([spots[key] for key in nodes]) for nodes in nx.weakly_connected_components(graph)]
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def test_largest_component_stands_left_and_takes_most_of_the_width() -> None:
    graph = archipelago()
    spots = laid_out(graph)
    left, top, right, bottom = box([spots[key] for key in range(60)])
    whole = box(list(spots.values()))
    assert (left, top) == (whole[0], whole[1]) == (0, 0)
    assert right - left >= (whole[2] - whole[0]) / 2
    assert bottom - top >= (whole[3] - whole[1]) / 2


@pytest.mark.parametrize(
    "graph",
    [archipelago(), news(actors=300, edges=600), nx.MultiDiGraph(nx.star_graph(80)), nx.empty_graph(90)],
    ids=["archipelago", "news", "star", "isolated"],
)
def test_drawing_is_about_as_wide_as_a_screen(graph: nx.Graph) -> None:
    left, top, right, bottom = box(list(laid_out(nx.MultiDiGraph(graph)).values()))
    assert 0.8 * ASPECT < (right - left) / (bottom - top) < 1.25 * ASPECT


def test_area_grows_with_the_number_of_nodes() -> None:
    areas = []
    for size in (50, 100, 200):
        left, top, right, bottom = box(list(laid_out(nx.MultiDiGraph(nx.random_labeled_tree(size, seed=1))).values()))
        areas.append((right - left) * (bottom - top) / size)
    assert max(areas) < 1.5 * min(areas)


def test_communities_stand_apart() -> None:
    graph = nx.MultiDiGraph(nx.barbell_graph(20, 0))
    spots = laid_out(graph)
    middles = [[sum(spots[at][axis] for at in part) / 20 for axis in (0, 1)] for part in (range(20), range(20, 40))]
    for at, spot in spots.items():
        assert isinstance(at, int)
        assert math.dist(spot, middles[at // 20]) < math.dist(spot, middles[1 - at // 20])


def test_many_events_draw_two_actors_together() -> None:
    graph = nx.MultiDiGraph(nx.star_graph(20))
    graph.add_edge(0, 7, count=30)
    spots = {key: (x / ASPECT, y) for key, (x, y) in laid_out(graph).items()}
    lengths = [math.dist(spots[0], spots[leaf]) for leaf in range(1, 21)]
    assert lengths[6] < 0.8 * sum(lengths) / len(lengths)


def test_small_components_of_the_same_ties_look_alike() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("p", "q"), ("q", "r")])
    spots = laid_out(graph)
    shapes = [[[spots[key][axis] - spots[part[0]][axis] for axis in (0, 1)] for key in part] for part in ("abc", "pqr")]
    assert shapes[1] == [pytest.approx(spot, abs=0.11) for spot in shapes[0]]


def test_nodes_without_ties_make_a_grid() -> None:
    spots = laid_out(nx.MultiDiGraph(nx.empty_graph(40)))
    assert len({x for x, _ in spots.values()}) * len({y for _, y in spots.values()}) < 50


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [([], []), (["a"], []), (["a"], [("a", "a")]), (["a", "b"], []), ([], [("a", "b"), ("a", "a")]), ([1, "1"], [])],
)
def test_degenerate_graphs_are_laid_out(nodes: list[object], edges: list[tuple[str, str]]) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    spots = laid_out(graph)
    assert len(set(spots.values())) == len(graph)
    assert all(isinstance(at, float) and math.isfinite(at) for spot in spots.values() for at in spot)


@pytest.mark.parametrize("count", [None, 0, -3, 2.5, "many"])
def test_counts_that_are_none_count_once(count: object) -> None:
    graph = nx.MultiDiGraph(nx.path_graph(8))
    once = laid_out(graph)
    nx.set_edge_attributes(graph, count, "count")
    assert laid_out(graph) == once


def test_nothing_else_is_changed() -> None:
    graph, _ = fixture.corpus()
    before = graph.copy()
    lay_out(graph)
    for _, node in graph.nodes(data=True):
        del node["x"], node["y"]
    assert nx.utils.graphs_equal(graph, before)


def test_graphml_carries_positions_as_numbers() -> None:
    graph, statements = fixture.corpus()
    lay_out(graph)
    file = io.BytesIO()
    graphml.write(graph, statements, file, ontology=fixture.ONTOLOGY)
    text = file.getvalue().decode()
    for axis in "xy":
        assert f'attr.name="{axis}" attr.type="double"' in text


def test_scipy_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    lay_out(news(actors=60, edges=100))


def test_a_thousand_actors_take_less_than_five_seconds() -> None:
    graph = news(actors=1000, edges=3000)
    start = time.process_time()
    lay_out(graph)
    assert time.process_time() - start < 5


def test_large_components_are_laid_out_by_samples() -> None:
    spots = laid_out(news(actors=1500, edges=6000))
    assert len(set(spots.values())) == 1500
