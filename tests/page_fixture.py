"""Small graphs for the tests of the page, in the form that kgraph.graph gives. The sentences are made up for them.

In a sentence {s:…}, {t:…} and {v:…} stand for the mentions of source and target and for the trigger.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import networkx as nx

from kgraph.model import Actor, Agreement, Article, Span, Statement, TimeInterval
from kgraph.ontology import default_ontology

ONTOLOGY = default_ontology()

# id: name, type, country, aliases
ACTORS = {
    "iran": ("Iran", "state", "IRN", ["Islamic Republic of Iran", "Tehran"]),
    "israel": ("Israel", "state", "ISR", ["Tel Aviv"]),
    "united-states": ("United States", "state", "USA", ["America", "Washington", "U.S."]),
    "russia": ("Russia", "state", "RUS", ["Russian Federation", "Moscow", "the Kremlin"]),
    "china": ("China", "state", "CHN", ["Beijing"]),
    "saudi-arabia": ("Saudi Arabia", "state", "SAU", ["Riyadh"]),
    "turkey": ("Türkiye", "state", "TUR", ["Turkey", "Ankara"]),
    "ukraine": ("Ukraine", "state", "UKR", ["Kyiv"]),
    "france": ("France", "state", "FRA", ["Paris"]),
    "lebanon": ("Lebanon", "state", "LBN", []),
    "iraq": ("Iraq", "state", "IRQ", ["Baghdad"]),
    "qatar": ("Qatar", "state", "QAT", ["Doha"]),
    "united-nations": ("United Nations", "igo", "", ["UN"]),
    "european-union": ("European Union", "igo", "", ["EU", "Brussels"]),
    "iaea": ("International Atomic Energy Agency", "igo", "", ["IAEA"]),
    "nato": ("NATO", "igo", "", ["North Atlantic Treaty Organization"]),
    "islamic-revolutionary-guard-corps": ("Islamic Revolutionary Guard Corps", "military", "IRN", ["IRGC"]),
    "israel-defense-forces": ("Israel Defense Forces", "military", "ISR", ["IDF"]),
    "hezbollah": ("Hezbollah", "armed_group", "LBN", ["Hizballah"]),
    "hamas": ("Hamas", "armed_group", "PSE", []),
    "houthis": ("Houthis", "armed_group", "YEM", ["Ansar Allah"]),
    "kurdistan-regional-government": ("Kurdistan Regional Government", "government", "IRQ", ["KRG"]),
    "yadollah-javani": ("Yadollah Javani", "person", "IRN", []),
    "tasnim": ("Tasnim", "media", "IRN", ["Tasnim News Agency"]),
    "iranians": ("Iranians", "people", "IRN", []),
    "likud": ("Likud", "party", "ISR", []),
    "rosatom": ("Rosatom", "company", "RUS", []),
    "red-cross": ("Red Cross", "ngo", "", ["ICRC"]),
}

# source, relation, target, date, sentence
ROWS = """
iran|condemns|israel|2025-06-14|{s:Iran} {v:condemned} {t:Israel} for what it called an unprovoked attack on its soil.
iran|condemns|israel|2025-06-20|{s:Tehran} again {v:condemned} the {t:Israeli} strikes in a letter to the Security Council.
iran|threatens|israel|2025-06-15|{s:Iran} {v:threatened} to answer any further strike by {t:Israel} within hours.
israel|bombs|iran|2025-06-13|{s:Israel} {v:struck} dozens of sites across {t:Iran} before dawn on Friday.
israel|bombs|iran|2025-06-16|{s:Israeli} jets {v:bombed} a depot in the west of {t:Iran}.
israel|bombs|iran|2025-06-19|{s:Israel} {v:hit} air defences near the {t:Iranian} capital for a second night.
iran|bombs|israel|2025-06-14|{s:Iran} {v:fired} some 150 missiles at {t:Israel} on Saturday evening.
iran|ceases_fire|israel|2025-06-24|{s:Iran} {v:halted} its fire on {t:Israel} on Tuesday morning.
united-states|supports|israel|2025-06-14|{s:Washington} {v:stands} by {t:Israel}, a spokesman said.
united-states|gives_military_aid|israel|2025-05-02|The {s:United States} {v:delivered} a further batch of interceptors to {t:Israel}.
united-states|gives_military_aid|israel|2025-06-18|{s:American} cargo planes {v:brought} munitions to {t:Israel} overnight.
united-states|sanctions|iran|2025-03-11|The {s:United States} {v:imposed sanctions} on {t:Iran}'s oil minister.
united-states|sanctions|iran|2025-04-22|{s:Washington} {v:blacklisted} a network that ships {t:Iranian} fuel.
united-states|negotiates_agreement|iran|2025-05-11|{s:American} and {t:Iranian} envoys {v:held a fourth round of talks} on the nuclear file.
iran|accuses|united-states|2025-06-22|{s:Iran} {v:accused} the {t:United States} of joining the war.
united-states|bombs|iran|2025-06-22|The {s:United States} {v:bombed} three enrichment sites in {t:Iran}.
russia|condemns|united-states|2025-06-23|{s:Russia} {v:condemned} the {t:United States} for the raids.
russia|has_agreement|iran|2025-01-17|{s:Russia} and {t:Iran} {v:signed} a twenty-year treaty on strategic partnership.
russia|arms|iran|2025-02-08|{s:Moscow} has {v:shipped} trainer aircraft to {t:Iran}.
iran|arms|russia|2025-01-09|{s:Iran} has {v:supplied} drones to {t:Russia} since 2022.
iran|request_military_aid|russia|2025-06-21|{s:Iran} did not {v:request} military assistance from {t:Moscow}.
russia|invades|ukraine|2025-02-24|Three years ago {s:Russia} {v:invaded} {t:Ukraine}.
russia|bombs|ukraine|2025-06-06|{s:Russia} {v:launched} more than 400 drones at {t:Ukraine} in one night.
russia|bombs|ukraine|2025-06-10|{s:Russian} missiles {v:struck} the centre of the {t:Ukrainian} capital.
ukraine|bombs|russia|2025-06-01|{s:Ukraine} {v:hit} bombers at four air bases deep inside {t:Russia}.
united-states|gives_military_aid|ukraine|2025-01-30|{s:Washington} {v:sent} air-defence missiles to {t:Kyiv}.
european-union|funds|ukraine|2025-04-09|The {s:European Union} {v:paid out} another billion euros to {t:Ukraine}.
european-union|sanctions|russia|2025-05-20|{s:Brussels} {v:adopted} its seventeenth package of sanctions against {t:Russia}.
france|supports|ukraine|2025-03-05|{s:Paris} {v:will back} {t:Ukraine} for as long as it takes.
nato|supports|ukraine|2025-04-15|{s:NATO} {v:reaffirmed} its support for {t:Ukraine}.
turkey|mediates_agreement|ukraine|2025-05-16|{s:Ankara} {v:hosted} the first direct talks in three years for {t:Ukraine}.
turkey|mediates_agreement|russia|2025-05-16|{s:Türkiye} {v:brought} the {t:Russian} delegation to the table.
turkey|member_of|nato|2025-02-18|{s:Türkiye}, {v:a member of} {t:NATO} since 1952, sees it otherwise.
france|member_of|nato|2025-04-15|{s:France} is {v:a member of} {t:NATO}.
united-states|member_of|nato|2025-04-15|The {s:United States} leads the {v:alliance}, {t:NATO}.
china|mediates_agreement|iran|2025-03-10|{s:China} {v:brokered} the thaw of {t:Iran} and its neighbour two years ago.
china|trades|iran|2025-03-14|{s:China} {v:buys} nine tenths of {t:Iran}'s oil.
china|condemns|israel|2025-06-16|{s:Beijing} {v:condemned} the attack by {t:Israel}.
saudi-arabia|restores_relations|iran|2025-03-10|{s:Saudi Arabia} and {t:Iran} {v:restored} diplomatic relations under a deal sealed in Beijing.
saudi-arabia|condemns|israel|2025-06-13|{s:Riyadh} {v:denounced} the {t:Israeli} aggression.
qatar|mediates|hamas|2025-05-27|{s:Qatar} {v:carried} the proposal to {t:Hamas}.
qatar|hosts|united-states|2025-05-14|{s:Qatar} {v:received} the {t:American} president in Doha.
hamas|rejects|israel|2025-05-30|{s:Hamas} {v:turned down} the terms that {t:Israel} had set.
israel|fights|hamas|2025-04-18|{s:Israel} has {v:fought} {t:Hamas} in Gaza since October 2023.
israel-defense-forces|bombs|hezbollah|2025-04-01|The {s:Israeli military} {v:killed} a {t:Hezbollah} commander in Beirut's suburbs.
israel-defense-forces|part_of|israel|2025-04-01|The {s:IDF}, {t:Israel}'s {v:army}, confirmed it.
hezbollah|violates_agreement|israel|2025-03-28|{s:Hezbollah} {v:broke} the ceasefire, {t:Israel} said.
hezbollah|violates_agreement|israel|2025-03-29|{s:Hezbollah} did not {v:break} the ceasefire with {t:Israel}, its spokesman said.
hezbollah|backed_by|iran|2025-04-03|{s:Hezbollah}, {v:backed by} {t:Iran}, kept silent.
houthis|backed_by|iran|2025-05-04|The {t:Iran}-{v:backed} {s:Houthis} claimed the launch.
houthis|bombs|israel|2025-05-04|A missile {v:fired} by the {s:Houthis} hit the grounds of {t:Israel}'s main airport.
united-states|bombs|houthis|2025-03-15|{s:American} warships {v:struck} {t:Houthi} positions.
united-states|ceases_fire|houthis|2025-05-06|{s:Washington} will {v:stop} its raids on the {t:Houthis}.
lebanon|call_for_restraint|hezbollah|2025-06-14|{s:Lebanon} {v:urged} {t:Hezbollah} to stay out of the war.
iraq|complains|israel|2025-06-14|{s:Iraq} {v:complained} about {t:Israel}'s use of its airspace.
kurdistan-regional-government|part_of|iraq|2025-05-19|The {s:KRG} is {v:part of} {t:Iraq}.
iaea|investigates|iran|2025-06-12|The {s:IAEA}'s board {v:found} {t:Iran} in breach of its duties.
iran|halts_talks|iaea|2025-07-02|{s:Iran} {v:suspended} cooperation with the {t:agency}.
united-nations|call_for_restraint|israel|2025-06-13|The {s:United Nations} {v:called for} maximum restraint by {t:Israel}.
united-nations|call_for_restraint|iran|2025-06-13|The {s:UN} {v:asked} {t:Iran} to hold back.
islamic-revolutionary-guard-corps|part_of|iran|2025-06-21|The {s:IRGC} is {v:part of} {t:Iran}'s armed forces.
yadollah-javani|holds_office|islamic-revolutionary-guard-corps|2025-06-21|{s:Yadollah Javani}, {v:political deputy} of the {t:IRGC}, spoke.
islamic-revolutionary-guard-corps|threatens|israel|2025-06-17|The {s:Guards} {v:vowed} a harsh answer to {t:Israel}.
tasnim|works_for|islamic-revolutionary-guard-corps|2025-06-21|{s:Tasnim}, {v:close to} the {t:Guards}, carried it.
likud|part_of|israel|2025-05-08|{s:Likud} {v:leads} the government of {t:Israel}.
iranians|protests|israel|2025-06-20|{s:Iranians} {v:rallied} against {t:Israel} after Friday prayers.
rosatom|cooperates|iran|2025-02-25|{s:Rosatom} {v:builds} two more reactors in {t:Iran}.
red-cross|gives_humanitarian_aid|lebanon|2025-03-20|The {s:Red Cross} {v:brought} relief goods to the south of {t:Lebanon}.
france|talks_with|iran|2025-06-20|{s:French} and {t:Iranian} ministers {v:met} in Geneva.
european-union|talks_with|iran|2025-06-20|The {s:EU}'s envoy {v:spoke} with {t:Iran}'s minister in Geneva.
turkey|condemns|israel|2025-06-15|{s:Ankara} {v:condemned} {t:Israel} in the strongest terms.
"""  # noqa: E501

PUBLISHERS = ("Meridian Wire", "The Levant Post", "Northern Courier", "Harbour Dispatch")

TREATY = Agreement(
    id="a1",
    kind=("cooperation", "military"),
    status="signed",
    parties=("russia", "iran"),
    duration="P20Y",
    date="2025-01-17",
    includes=("joint_exercises", "intelligence_sharing"),
    excludes=("mutual_defense",),
    mediator=None,
)


def actor(key: str, *, mention: Span | None = None) -> Actor:
    """The actor of this id in ACTORS."""
    name, kind, country, _ = ACTORS[key]
    return Actor(id=key, name=name, type=kind, country=country or None, mention=mention)


def statement(source: str, relation: str, target: str, sentence: str, **known: Any) -> Statement:
    """A statement of a sentence with marks; an empty ``source`` or ``target`` is someone unnamed."""
    start = 40  # evidence need not open the document
    spans, text = _unmarked(sentence, start=start)
    rel = ONTOLOGY.relations[relation]
    given: dict[str, Any] = {"polarity": "affirmed", "modality": "actual", "confidence": 0.87, "article": Article()}
    given |= known
    return Statement(
        id=given.pop("id", f"{source}-{relation}-{target}"),
        document=given.pop("document", "d1"),
        event=given.pop("event", f"e-{source}-{relation}-{target}-{sentence[:20]}"),
        source=actor(source, mention=spans.get("s")) if source else None,
        target=actor(target, mention=spans.get("t")) if target else None,
        relation=relation,
        family=rel.family,
        category=rel.category,
        sign=rel.signed(given["polarity"]),
        trigger=spans["v"],
        evidence=Span(start, start + len(text), text),
        method="lexicon",
        **given,
    )


def _unmarked(sentence: str, *, start: int) -> tuple[dict[str, Span], str]:
    spans, text = {}, ""
    for piece in re.split(r"(\{[stv]:[^}]*\})", sentence):
        marked = re.fullmatch(r"\{([stv]):([^}]*)\}", piece)
        plain = marked[2] if marked else piece
        if marked:
            at = start + len(text)
            spans[marked[1]] = Span(at, at + len(plain), plain)
        text += plain
    return spans, text


def statements() -> list[Statement]:
    """Those of ROWS, some with a speaker, a denial, terms of an agreement or a plan, and one side unnamed twice."""
    found = []
    for at, row in enumerate(ROWS.strip().splitlines()):
        source, relation, target, date, sentence = row.split("|")
        found.append(
            statement(
                source,
                relation,
                target,
                sentence,
                id=f"s{at:03}",
                document=f"d{at // 2}",
                confidence=0.6 + (at * 7 % 40) / 100,
                article=Article(
                    title=f"{ACTORS[source][0]} and {ACTORS[target][0]}: what is known so far",
                    date=date,
                    publisher=PUBLISHERS[at % len(PUBLISHERS)],
                    url=f"https://news.example/{date}/{at}",
                ),
            )
        )
    return [_with_details(each) for each in found] + _unnamed()


def _with_details(given: Statement) -> Statement:
    """The statement with what ROWS has no column for."""
    relation, text = given.relation, given.evidence.text
    if relation == "has_agreement":
        return replace(given, agreement=TREATY)
    if relation == "request_military_aid":
        speaker, via = actor("yadollah-javani"), (actor("tasnim"),)
        time = TimeInterval("2025-06-13", "2025-06-24", "its recent 12-day conflict")
        topic = "military assistance"
        return replace(given, polarity="negated", speaker=speaker, via=via, quoted=True, time=time, topic=topic)
    if " did not " in text:
        return replace(given, polarity="negated", sign=0, speaker=actor("hezbollah"))
    if relation == "violates_agreement":
        return replace(given, speaker=actor("israel"))
    if " will " in text:
        return replace(given, modality="planned")
    return given


def _unnamed() -> list[Statement]:
    return [
        statement("iran", "warns", "", "{s:Iran} {v:warned} that those who helped would pay for it.", id="u1"),
        statement("", "kills", "iran", "Gunmen {v:killed} two border guards of {t:Iran}.", id="u2"),
    ]


def graph_of(found: Iterable[Statement], *, positions: dict[str, tuple[float, float]] | None = None) -> nx.MultiDiGraph:
    """The graph of these statements, with the attributes that kgraph.graph gives."""
    found = list(found)
    graph = nx.MultiDiGraph(statements=len(found), documents=len({each.document for each in found}), hidden=0)
    groups = defaultdict(list)
    for each in found:
        ends = [end for end in (each.source, each.target) if end]
        for end in ends:
            _add_node(graph, end, positions or {})
        if len(ends) == 2:
            groups[ends[0].id, ends[1].id, each.relation, each.polarity, each.modality].append(each)
        else:
            graph.nodes[ends[0].id]["statements"].append(each.id)
            graph.graph["hidden"] += 1
    for at, (key, group) in enumerate(groups.items()):
        graph.add_edge(key[0], key[1], key=f"e{at}", **_edge(group, key=f"e{at}", disputed=_disputed(key, groups)))
    dates = sorted(filter(None, (each.article.date for each in found)))
    graph.graph |= {"first": dates[0] if dates else "", "last": dates[-1] if dates else ""}
    return graph


def _disputed(key: tuple[str, ...], groups: Iterable[tuple[str, ...]]) -> bool:
    return any(other[:3] == key[:3] and other[3] != key[3] for other in groups)


def _add_node(graph: nx.MultiDiGraph, end: Actor, positions: dict[str, tuple[float, float]]) -> None:
    if end.id in graph:
        graph.nodes[end.id]["mentions"] += 3
        return
    aliases = ACTORS[end.id][3] if end.id in ACTORS else []
    place = dict(zip("xy", positions[end.id], strict=True)) if end.id in positions else {}
    graph.add_node(
        end.id,
        label=end.name,
        type=end.type,
        country=end.country or "",
        sector="GOV",
        aliases=list(aliases),
        mentions=4,
        first="2025-01-09",
        last="2025-07-02",
        wikidata="Q794" if end.id == "iran" else "",
        statements=[],
        **place,
    )


def _edge(group: list[Statement], *, key: str, disputed: bool) -> dict[str, Any]:
    one, rel = group[0], ONTOLOGY.relations[group[0].relation]
    dates = sorted(filter(None, (each.article.date for each in group)))
    return {
        "id": key,
        "relation": one.relation,
        "label": rel.label,
        "inverse": rel.inverse,
        "family": one.family,
        "category": one.category or "",
        "polarity": one.polarity,
        "modality": one.modality,
        "sign": one.sign,
        "symmetric": rel.symmetric,
        "count": len({(each.document, each.event) for each in group}),
        "documents": len({each.document for each in group}),
        "publishers": len({each.article.publisher for each in group}),
        "confidence": max(each.confidence for each in group),
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "speakers": sorted({each.speaker.name for each in group if each.speaker}),
        "disputed": disputed,
        "statements": [each.id for each in group],
    }


SQUARE = {
    "iran": (-250.0, -170.0),
    "israel": (250.0, -170.0),
    "russia": (-250.0, 170.0),
    "united-states": (250.0, 170.0),
}


def corpus() -> tuple[nx.MultiDiGraph, dict[str, Statement]]:
    """28 actors and some 65 edges, without positions, and their statements by id."""
    found = statements()
    return graph_of(found), {each.id: each for each in found}


def square() -> tuple[nx.MultiDiGraph, dict[str, Statement]]:
    """Four actors at the corners of a rectangle, and their statements by id."""
    found = [each for each in statements() if _ends(each) <= set(SQUARE)]
    return graph_of(found, positions=SQUARE), {each.id: each for each in found}


def _ends(given: Statement) -> set[str]:
    return {end.id for end in (given.source, given.target) if end}


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"' onmouseover='alert(1)' x=\"",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}<!-- <script>",
    "\u202egnissim\u202c \u2066x\u2069 \u200f",
    "nul \x00 bell \x07 csi \x9b \ud800 line \u2028 end \u2029",
    "__proto__",
    "constructor",
)


def hostile() -> tuple[nx.MultiDiGraph, dict[str, Statement]]:
    """A ring of actors in whose every text stands something that would like to be markup, code or another text."""
    found = [_hostile(at, one, two) for at, (one, two) in enumerate(pairwise((*HOSTILE, HOSTILE[0])))]
    graph = graph_of(found)
    for at, (_, node) in enumerate(graph.nodes(data=True)):
        text = HOSTILE[at]
        node |= {"aliases": [text], "country": text, "sector": text, "first": text, "last": text, "wikidata": text}
    for _, _, edge in graph.edges(data=True):
        text = HOSTILE[0]
        edge |= {"label": text, "inverse": text, "speakers": [text], "first": text, "last": text, "disputed": True}
    graph.graph |= {"first": HOSTILE[0], "last": HOSTILE[1]}
    return graph, {each.id: each for each in found}


def _hostile(at: int, one: str, two: str) -> Statement:
    ends = [Actor(id=text, name=text, type=text if at % 2 else "state", country=text) for text in (one, two)]
    return Statement(
        id=f"{at}{one}",
        document=one,
        article=Article(
            title=one, date=one, publisher=one, url="javascript:alert(1)" if at else "https://x.example/\"'><b>"
        ),
        event=one,
        source=ends[0],
        target=ends[1],
        relation="condemns",
        family="stance",
        category="ACCUSE",
        sign=-1,
        polarity="affirmed",
        modality=one,
        trigger=Span(0, len(one), one),
        evidence=Span(0, len(one), one),
        confidence=float("nan"),
        method=one,
        speaker=ends[1],
        via=(ends[0],),
        quoted=True,
        time=TimeInterval(one, two, one),
        place=ends[0],
        topic=one,
        agreement=Agreement(one, (one,), one, (one, two), one, one, (one,), (one,), one),
    )
