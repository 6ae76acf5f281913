"""Statements made by hand to a graph, and views of it; no parser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import networkx as nx
import pytest

from kgraph.graph import View, build_graph
from kgraph.model import Actor, Agreement, Span, Statement, TimeInterval
from kgraph.ontology import default_ontology

Make = Callable[..., Statement]

POLICE = Actor("unnamed-police", "police", "other")
ARMY = Actor("idf", "Israel Defense Forces", "military", country="ISR")
CORPS = Actor("irgc", "Islamic Revolutionary Guard Corps", "military", country="IRN")
MINISTER = Actor("araghchi", "Abbas Araghchi", "person", country="IRN")
STATES = {"IRN": Actor("iran", "Iran", "state", "IRN"), "ISR": Actor("israel", "Israel", "state", "ISR")}


def graph_of(
    statements: Iterable[Statement], *, states: dict[str, Actor] | None = None, **view: Any
) -> nx.MultiDiGraph:
    return build_graph(statements, ontology=default_ontology(), view=View(**view), states=states)


def edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, str]]:
    return sorted((source, target, data["relation"]) for source, target, data in graph.edges(data=True))


def only_edge(graph: nx.MultiDiGraph) -> dict[str, Any]:
    assert graph.number_of_edges() == 1
    return dict(next(iter(graph.edges(data=True)))[2])


def test_organisations_are_expanded_into_their_members_of_the_day(statement: Make) -> None:
    alliance = Actor("alliance", "Alliance", "igo")
    days: list[str] = []

    def members(body: str, day: str) -> tuple[Actor, ...]:
        days.append(day)
        return tuple(STATES.values()) if body == "alliance" else ()

    sts = [statement(alliance, "condemns", "russia", date="2015-01-02"), statement(alliance, "condemns", "israel")]
    graph = build_graph(sts, ontology=default_ontology(), view=View(members="expand"), members=members)
    assert edges(graph) == [
        ("iran", "israel", "condemns"),
        ("iran", "russia", "condemns"),
        ("israel", "russia", "condemns"),
    ]
    assert "2015-01-02" in days
    assert edges(build_graph(sts, ontology=default_ontology(), members=members))[0][0] == "alliance"


def pact(*parties: str, kind: tuple[str, ...] = ("mutual_defense",)) -> Agreement:
    return Agreement("agreement-1", kind, "signed", parties)


# --- nodes and edges ----------------------------------------------------------------------------------


def test_node_tells_what_the_statements_say_of_its_actor(statement: Make) -> None:
    iran = Actor("iran", "Iran", "state", "IRN", "GOV", Span(0, 6, "Tehran"))
    made = [
        statement(iran, "condemns", "israel", date="2025-06-14"),
        statement(iran, "condemns", "israel", date="2025-06-20"),
        statement("israel", "bombs", Actor("iran", "Iran", "state", "IRN", None, Span(90, 94, "Iran"))),
    ]
    graph = build_graph(made, ontology=default_ontology(), wikidata={"iran": "Q794"})
    assert graph.nodes["iran"] == {
        "label": "Iran",
        "type": "state",
        "country": "IRN",
        "sector": "GOV",
        "aliases": ["Tehran", "Iran"],
        "mentions": 2,  # one place is one mention, whatever number of statements it takes part in
        "first": "2025-06-14",
        "last": "2025-06-20",
        "wikidata": "Q794",
        "statements": [],
    }


def test_edge_tells_what_its_statements_say(statement: Make) -> None:
    speaker = Actor("yadollah-javani", "Yadollah Javani", "person")
    made = [
        statement("iran", "condemns", "israel", date="2025-06-20", publisher="Meridian Wire", confidence=0.7),
        statement("iran", "condemns", "israel", date="2025-06-14", speaker=speaker, confidence=0.9),
    ]
    data = only_edge(graph_of(made))
    relation = default_ontology().relations["condemns"]
    assert data == {
        "id": "iran|israel|condemns|affirmed|actual",
        "relation": "condemns",
        "label": relation.label,
        "inverse": relation.inverse,
        "family": "stance",
        "category": relation.category,
        "polarity": "affirmed",
        "modality": "actual",
        "sign": -1,
        "symmetric": False,
        "count": 2,
        "documents": 1,
        "publishers": 1,
        "confidence": 0.9,
        "first": "2025-06-14",
        "last": "2025-06-20",
        "speakers": ["Yadollah Javani"],
        "disputed": False,
        "statements": ["s1", "s2"],
    }


@pytest.mark.parametrize(
    "other",
    [{"relation": "threatens"}, {"polarity": "negated"}, {"modality": "planned"}],
    ids=lambda other: next(iter(other)),
)
def test_edges_differ_by_relation_polarity_and_modality(statement: Make, other: dict[str, str]) -> None:
    said = {"relation": "condemns", **other}
    made = [statement("iran", "condemns", "israel"), statement("iran", said.pop("relation"), "israel", **said)]
    assert graph_of(made).number_of_edges() == 2


def test_edge_key_is_its_id(statement: Make) -> None:
    graph = graph_of([statement("iran", "condemns", "israel"), statement("iran", "threatens", "israel")])
    assert all(key == data["id"] for _, _, key, data in graph.edges(keys=True, data=True))


def test_date_of_the_event_goes_before_that_of_the_article(statement: Make) -> None:
    time = TimeInterval("2024-04-13", "2024-04-14", "last April")
    data = only_edge(graph_of([statement("iran", "bombs", "israel", date="2025-06-14", time=time)]))
    assert (data["first"], data["last"]) == ("2024-04-13", "2024-04-13")


def test_relation_that_the_ontology_does_not_have_is_shown_by_its_key(statement: Make) -> None:
    data = only_edge(graph_of([statement("iran", "plays_chess_with", "israel")]))
    assert (data["label"], data["inverse"]) == ("plays chess with", "plays chess with")


# --- counting -----------------------------------------------------------------------------------------


def test_retellings_of_one_event_count_once(statement: Make) -> None:
    made = [statement("israel", "bombs", "iran", event="strike") for _ in range(3)]
    data = only_edge(graph_of(made))
    assert (data["count"], data["statements"]) == (1, ["s1", "s2", "s3"])


def test_events_of_one_kind_are_counted(statement: Make) -> None:
    assert only_edge(graph_of([statement("israel", "bombs", "iran") for _ in range(3)]))["count"] == 3


def test_documents_and_publishers_are_counted_apart_from_events(statement: Make) -> None:
    told = [("one.txt", "Wire"), ("one.txt", "Wire"), ("two.txt", "Wire"), ("three.txt", "Daily"), ("four.txt", None)]
    made = [statement("israel", "bombs", "iran", document=document, publisher=name) for document, name in told]
    data = only_edge(graph_of(made))
    assert (data["count"], data["documents"], data["publishers"]) == (5, 4, 2)


def test_graph_counts_its_statements_and_tells_the_period_of_its_articles(statement: Make) -> None:
    made = [
        statement("israel", "bombs", "iran", date="2025-06-13"),
        statement("iran", "condemns", None, date="2025-06-20"),
        statement("iran", "condemns", "israel", date=None),
    ]
    assert graph_of(made).graph == {"statements": 3, "hidden": 0, "first": "2025-06-13", "last": "2025-06-20"}


def test_no_statements_give_an_empty_graph() -> None:
    graph = graph_of([])
    assert (len(graph), graph.graph) == (0, {"statements": 0, "hidden": 0, "first": "", "last": ""})


# --- disputes -----------------------------------------------------------------------------------------


def test_what_is_said_and_denied_stays_as_two_disputed_edges(statement: Make) -> None:
    speaker = Actor("iran", "Iran", "state")
    made = [
        statement("iran", "supplies_arms", "russia"),
        statement("iran", "supplies_arms", "russia", polarity="negated", speaker=speaker),
    ]
    found = [(data["polarity"], data["speakers"], data["disputed"]) for _, _, data in graph_of(made).edges(data=True)]
    assert sorted(found) == [("affirmed", [], True), ("negated", ["Iran"], True)]


def test_plan_is_not_disputed_by_its_denial(statement: Make) -> None:
    made = [
        statement("iran", "bombs", "israel", modality="planned"),
        statement("iran", "bombs", "israel", polarity="negated"),
    ]
    assert not any(disputed for _, _, disputed in graph_of(made).edges(data="disputed"))


def test_opposites_between_different_actors_are_no_dispute(statement: Make) -> None:
    made = [statement("iran", "bombs", "israel"), statement("israel", "bombs", "iran", polarity="negated")]
    assert not any(disputed for _, _, disputed in graph_of(made).edges(data="disputed"))


# --- symmetric relations and agreements ---------------------------------------------------------------


def test_symmetric_relation_is_one_edge_whichever_way_it_is_told(statement: Make) -> None:
    data = only_edge(graph_of([statement("iran", "meets", "russia"), statement("russia", "meets", "iran")]))
    assert (data["symmetric"], data["count"]) == (True, 2)


def test_other_relation_keeps_its_direction(statement: Make) -> None:
    made = [statement("iran", "condemns", "israel"), statement("israel", "condemns", "iran")]
    assert edges(graph_of(made)) == [("iran", "israel", "condemns"), ("israel", "iran", "condemns")]


def test_agreement_of_two_is_an_edge(statement: Make) -> None:
    graph = graph_of([statement("iran", "signs_agreement", "russia", agreement=pact("iran", "russia"))])
    assert edges(graph) == [("iran", "russia", "signs_agreement")]
    assert sorted(graph) == ["iran", "russia"]


def test_agreement_of_three_is_a_node_with_an_edge_to_each_party(statement: Make) -> None:
    parties = ("mali", "niger", "burkina-faso")
    pairs = [("mali", "niger"), ("mali", "burkina-faso"), ("niger", "burkina-faso")]
    made = [statement(one, "signs_agreement", other, agreement=pact(*parties)) for one, other in pairs]
    graph = graph_of(made)
    assert edges(graph) == sorted((party, "agreement-1", "signs_agreement") for party in parties)
    assert graph.nodes["agreement-1"]["type"] == "agreement"
    assert graph.nodes["agreement-1"]["label"] == "Mutual defense agreement"
    assert graph.graph["statements"] == 3


def test_one_sentence_on_an_agreement_of_three_is_one_event_for_each_party(statement: Make) -> None:
    parties = ("mali", "niger", "burkina-faso")
    sentence = Span(0, 40, "Mali, Niger and Burkina Faso signed it.")
    pairs = [("mali", "niger"), ("mali", "burkina-faso"), ("niger", "burkina-faso")]
    made = [
        statement(one, "signs_agreement", other, agreement=pact(*parties), evidence=sentence) for one, other in pairs
    ]
    assert {count for _, _, count in graph_of(made).edges(data="count")} == {1}


def test_agreements_of_two_are_nodes_where_asked_for(statement: Make) -> None:
    made = [statement("iran", "signs_agreement", "russia", agreement=pact("iran", "russia"))]
    graph = graph_of(made, agreements="nodes")
    assert edges(graph) == [("iran", "agreement-1", "signs_agreement"), ("russia", "agreement-1", "signs_agreement")]


def test_only_its_source_does_what_is_done_to_an_agreement(statement: Make) -> None:
    made = [statement("mali", "leaves_agreement", "niger", agreement=pact("mali", "niger", "chad"))]
    assert ("niger", "agreement-1", "leaves_agreement") not in edges(graph_of(made))


# --- unnamed actors, statements with one end ----------------------------------------------------------


def test_unnamed_actors_are_hidden_and_counted(statement: Make) -> None:
    made = [statement(POLICE, "condemns", "israel"), statement("iran", "condemns", "israel")]
    graph = graph_of(made)
    assert sorted(graph) == ["iran", "israel"]
    assert (graph.graph["statements"], graph.graph["hidden"]) == (1, 1)


def test_unnamed_actors_are_shown_where_asked_for(statement: Make) -> None:
    graph = graph_of([statement(POLICE, "condemns", "israel")], unnamed="show")
    assert edges(graph) == [("unnamed-police", "israel", "condemns")]
    assert graph.graph["hidden"] == 0


@pytest.mark.parametrize(("source", "target"), [("iran", None), (None, "iran")])
def test_statement_with_one_end_stays_in_its_actors_profile(
    statement: Make, source: str | None, target: str | None
) -> None:
    graph = graph_of([statement(source, "condemns", target)])
    assert list(graph) == ["iran"]
    assert graph.nodes["iran"]["statements"] == ["s1"]
    assert (graph.number_of_edges(), graph.graph["statements"]) == (0, 1)


def test_statement_without_ends_is_left_out(statement: Make) -> None:
    assert len(graph_of([statement(None, "condemns", None)])) == 0


# --- views --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "days"),
    [
        ({}, ["", "2025-06-13", "2025-06-20"]),
        ({"since": "2025-06-13", "until": "2025-06-20"}, ["2025-06-13", "2025-06-20"]),
        ({"since": "2025-06-14"}, ["2025-06-20"]),
        ({"until": "2025-06-19"}, ["2025-06-13"]),
    ],
    ids=["whole", "both days included", "since", "until"],
)
def test_period_takes_statements_dated_in_it(statement: Make, view: dict[str, Any], days: list[str]) -> None:
    dated = [("condemns", "2025-06-13"), ("threatens", "2025-06-20"), ("bombs", None)]
    graph = graph_of([statement("iran", relation, "israel", date=day) for relation, day in dated], **view)
    assert sorted(first for _, _, first in graph.edges(data="first")) == days


def test_family_takes_its_statements_alone(statement: Make) -> None:
    made = [
        statement("iran", "condemns", "israel"),
        statement("israel", "bombs", "iran"),
        statement(CORPS, "part_of", "iran"),
    ]
    assert edges(graph_of(made, families=frozenset({"stance"}))) == [("iran", "israel", "condemns")]


def test_min_count_takes_edges_of_so_many_events(statement: Make) -> None:
    made = [
        *(statement("israel", "bombs", "iran") for _ in range(2)),
        statement("iran", "condemns", "israel", event="one"),
    ]
    made.append(statement("iran", "condemns", "israel", event="one"))
    assert edges(graph_of(made, min_count=2)) == [("israel", "iran", "bombs")]


def test_min_confidence_takes_surer_statements(statement: Make) -> None:
    made = [statement("iran", "condemns", "israel", confidence=confidence) for confidence in (0.3, 0.5, 0.7)]
    assert only_edge(graph_of(made, min_confidence=0.5))["statements"] == ["s2", "s3"]


@pytest.mark.parametrize(("distance", "near"), [(1, ["a", "b"]), (2, ["a", "b", "c"])])
def test_actors_and_distance_take_what_surrounds_them(statement: Make, distance: int, near: list[str]) -> None:
    made = [statement("b", "condemns", "a"), statement("b", "condemns", "c"), statement("d", "condemns", "c")]
    graph = graph_of(made, actors=frozenset({"a"}), distance=distance)
    assert sorted(graph) == near
    assert graph.graph["statements"] == len(near) - 1


def test_actor_that_nobody_names_gives_an_empty_graph(statement: Make) -> None:
    assert len(graph_of([statement("iran", "condemns", "israel")], actors=frozenset({"chad"}))) == 0


def test_level_of_states_folds_actors_into_theirs(statement: Make) -> None:
    made = [statement(CORPS, "bombs", ARMY), statement(MINISTER, "condemns", "hamas")]
    graph = graph_of(made, level="state", states=STATES)
    assert edges(graph) == [("iran", "hamas", "condemns"), ("iran", "israel", "bombs")]
    assert graph.nodes["iran"]["label"] == "Iran"


def test_level_of_states_has_no_edges_inside_one(statement: Make) -> None:
    made = [statement(CORPS, "part_of", "iran"), statement(MINISTER, "condemns", CORPS)]
    made[0] = statement(CORPS, "part_of", STATES["IRN"])
    assert graph_of(made, level="state", states=STATES).number_of_edges() == 0


def test_same_statements_give_the_same_graph(statement: Make) -> None:
    made = [
        statement("iran", "condemns", "israel"),
        statement("russia", "meets", "iran"),
        statement("mali", "signs_agreement", "niger", agreement=pact("mali", "niger", "chad")),
        statement("iran", "condemns", None),
    ]
    one, other = graph_of(made), graph_of(made)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
