"""The HTML page: what the document holds, without a browser, and what it does, in headless Chromium."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NoReturn

import networkx as nx
import page_fixture as fixture
import pytest

from kgraph.export import html
from kgraph.model import Agreement, Article, Span, Statement

# --- the document -----------------------------------------------------------------------------------


class Document(HTMLParser):
    """The tags of a document, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def written(graph: nx.MultiDiGraph, statements: Mapping[str, Statement], **options: Any) -> str:
    file = io.BytesIO()
    html.write(graph, statements, file, ontology=fixture.ONTOLOGY, **options)
    return file.getvalue().decode("utf-8")


def data_of(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return dict(json.loads(found[1]))


def one(sentence: str = "{s:Iran} {v:condemned} {t:Israel}.", **known: Any) -> dict[str, Any]:
    """The page's row of one statement."""
    given = fixture.statement("iran", "condemns", "israel", sentence, **known)
    rows = data_of(written(fixture.graph_of([given]), {given.id: given}))["page"]["statements"]
    assert len(rows) == 1
    return dict(rows[0])


@pytest.fixture(scope="module")
def corpus() -> str:
    return written(*fixture.corpus(), title="The war & the <news>")


def test_document_is_one_complete_html_page(corpus: str) -> None:
    tags = Document(corpus).tags
    assert corpus.startswith("<!doctype html>")
    assert ("html", {"lang": "en"}) in tags
    assert ("meta", {"charset": "utf-8"}) in tags
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in tags
    assert "<title>The war &amp; the &lt;news&gt;</title>" in corpus


def test_document_names_no_other_file(corpus: str) -> None:
    for tag, attrs in Document(corpus).tags:
        assert tag not in {"link", "iframe", "object", "embed", "img", "base"}
        assert not {"src", "srcset", "href", "action", "data"} & set(attrs)
        assert not any(name.startswith("on") for name in attrs)
    assert "sourceMappingURL" not in corpus
    assert "@import" not in corpus


def test_policy_admits_only_the_inline_code_that_is_there(corpus: str) -> None:
    metas = [attrs for tag, attrs in Document(corpus).tags if tag == "meta"]
    policy = next(attrs["content"] for attrs in metas if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    none = ["default-src", "connect-src", "base-uri", "form-action"]
    assert all(rules[name] == ["'none'"] for name in none)
    assert rules["img-src"] == ["data:", "blob:"]
    assert set(rules["script-src"]) == {digest(block) for block in raw_blocks(corpus, "script")}
    assert set(rules["style-src"]) == {digest(block) for block in raw_blocks(corpus, "style")}


def raw_blocks(text: str, tag: str) -> list[str]:
    """What stands between plain start and end tags, as a browser hashes it."""
    return re.findall(f"<{tag}>(.*?)</{tag}>", text, re.S)


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_inlined_code_cannot_end_its_own_element() -> None:
    for name in html.SCRIPTS:
        text = (html.PAGE / name).read_text(encoding="utf-8").lower()
        assert "</script" not in text
        assert "<!--" not in text


def test_own_scripts_never_read_markup_from_strings() -> None:
    for name in html.SCRIPTS:
        text = (html.PAGE / name).read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)


def test_hostile_texts_stay_data() -> None:
    text = written(*fixture.hostile(), title=fixture.HOSTILE[0])
    document = Document(text)
    assert [tag for tag, _ in document.tags].count("script") == 3
    assert not [tag for tag, _ in document.tags if tag in {"img", "b"}]
    for hostile in fixture.HOSTILE[:2]:
        assert hostile not in text
    data = re.search(r'id="data">(.*?)</script>', text, re.S)
    assert data
    assert not re.search("[<>&\u2028\u2029]", data[1])


def test_texts_lose_controls_of_writing_direction_and_all_others() -> None:
    texts = json.dumps(data_of(written(*fixture.hostile())), ensure_ascii=False)
    controls = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
    assert not re.search(controls, texts)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=c&d", True),
        ("http://news.example/", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//news.example/", False),
        ("https://[broken", False),
        ("https://news.example/\u202egpj.exe", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    assert one(article=Article(url=url)).get("url") == (url if kept else None)


def test_sentence_is_cut_at_its_mentions() -> None:
    row = one("On Friday {s:Tehran} {v:condemned} the {t:Israeli} raid.")
    assert row["sentence"] == [
        ["On Friday ", ""],
        ["Tehran", "source"],
        [" ", ""],
        ["condemned", "trigger"],
        [" the ", ""],
        ["Israeli", "target"],
        [" raid.", ""],
    ]


def test_sentence_is_cut_right_after_characters_outside_the_basic_plane() -> None:
    row = one("\U0001f1ee\U0001f1f7 {s:Iran} {v:condemned} {t:Israel}.")
    assert row["sentence"][:2] == [["\U0001f1ee\U0001f1f7 ", ""], ["Iran", "source"]]


def test_mentions_outside_the_sentence_or_elsewhere_than_said_are_not_marked() -> None:
    given = fixture.statement("iran", "condemns", "israel", "It {v:condemned} {t:Israel}.")
    outside = replace(given, source=fixture.actor("iran", mention=span(3, "Iran")))
    shifted = replace(given, source=fixture.actor("iran", mention=span(given.evidence.start, "Iran")))
    for each in (outside, shifted):
        row = data_of(written(fixture.graph_of([each]), {each.id: each}))["page"]["statements"][0]
        assert [kind for _, kind in row["sentence"]] == ["", "trigger", "", "target", ""]


def span(start: int, text: str) -> Span:
    return Span(start, start + len(text), text)


def test_terms_of_an_agreement_are_in_words() -> None:
    terms = Agreement("a", ("prisoner_exchange",), "in_force", ("iran", "who-knows"), includes=("mutual_defense",))
    assert one(agreement=terms)["agreement"] == {
        "kind": ["prisoner exchange"],
        "status": "in force",
        "parties": ["Iran", "Who Knows"],
        "date": "",
        "duration": "",
        "includes": ["mutual defence"],
        "excludes": [],
        "mediator": "",
    }


def test_statements_that_nobody_has_are_left_out() -> None:
    graph, statements = fixture.square()
    first = next(iter(statements))
    page = data_of(written(graph, {first: statements[first]}))["page"]
    assert [row["id"] for row in page["statements"]] == [first]


def test_relations_unknown_to_the_ontology_read_as_their_key() -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from("ab", label="A", type="martian")
    graph.add_edge("a", "b", relation="sings_to", family="music", sign=0, count=1)
    page = data_of(written(graph, {}))
    assert page["page"]["edges"][0]["label"] == "sings to"
    assert [tie["family"] for tie in page["ties"]] == ["music"]


def test_pair_has_one_tie_a_family_each_with_its_own_curve() -> None:
    data = data_of(written(*fixture.square()))
    curves: dict[tuple[str, str], list[float]] = {}
    for tie in data["ties"]:
        smooth = tie["smooth"]
        bend = smooth["roundness"] * (1 if smooth["type"] == "curvedCW" else -1) if smooth["enabled"] else 0
        curves.setdefault((tie["from"], tie["to"]), []).append(bend)
    assert not any((there, here) in curves for here, there in curves)
    assert max(len(bends) for bends in curves.values()) == 3
    assert all(len(set(bends)) == len(bends) for bends in curves.values())
    assert sorted(at for tie in data["ties"] for at in tie["edges"]) == list(range(len(data["page"]["edges"])))


def test_given_positions_keep_their_shape() -> None:
    graph, statements = fixture.square()
    nodes = data_of(written(graph, statements))["nodes"]
    given = [node for _, node in graph.nodes(data=True)]
    factors = [now[axis] / then[axis] for now, then in zip(nodes, given, strict=True) for axis in "xy"]
    assert max(factors) - min(factors) < 0.01


def test_missing_positions_are_made_and_differ() -> None:
    graph, statements = fixture.corpus()
    nodes = data_of(written(graph, statements))["nodes"]
    assert len({(node["x"], node["y"]) for node in nodes}) == graph.number_of_nodes()


@pytest.mark.parametrize("nodes", [0, 1, 2, 700])
def test_graphs_of_any_size_get_positions(nodes: int) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(nodes), label="A", type="state")
    made = data_of(written(graph, {}))["nodes"]
    assert len({(node["x"], node["y"]) for node in made}) == nodes


def test_same_graph_gives_the_same_bytes_and_is_left_as_it_was() -> None:
    graph, statements = fixture.corpus()
    before = json.dumps(nx.node_link_data(graph), sort_keys=True)
    assert written(graph, statements) == written(graph, statements)
    assert json.dumps(nx.node_link_data(graph), sort_keys=True) == before


# --- the page in a browser --------------------------------------------------------------------------

Open = Callable[..., Any]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGS = (
    "--no-sandbox --disable-gpu --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def missing(reason: str) -> NoReturn:
    """Skip, or fail where a browser is a must."""
    if os.environ.get("KGRAPH_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing(f"none of {', '.join(BROWSERS)} is on the PATH")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=ARGS.split())
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a graph's page offline; at the end it must have asked for nothing and complained of nothing."""
    opened: list[tuple[Any, list[str]]] = []

    def opener(graph: nx.MultiDiGraph, statements: Mapping[str, Statement], **options: Any) -> Any:
        path = tmp_path / "graph.html"
        path.write_bytes(written(graph, statements).encode("utf-8"))
        page = chromium.new_page(**{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | options)
        opened.append((page, listen(page, path.as_uri())))
        page.route(re.compile("^(?!file:)"), lambda route: route.abort())
        page.goto(path.as_uri())
        return page

    yield opener
    for page, troubles in opened:
        page.close()
        assert troubles == []


def listen(page: Any, uri: str) -> list[str]:
    """A list that fills with what should not happen on the page of this address."""
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda asked: troubles.extend([asked.url] if asked.url.partition("#")[0] != uri else []))
    return troubles


WHERE_IS_THE_TIE = """([from, to, family]) => {
  const box = document.querySelector("#graph");
  const { network } = box;
  const { actors } = JSON.parse(document.querySelector("#data").textContent).page;
  const name = (node) => actors[Number(node.slice(1))].id;
  const line = network.body.data.edges.get().find((each) => (
    new Set([name(each.from), name(each.to), from, to]).size === 2 && each.family === family));
  const { x, y } = network.canvasToDOM(network.body.edges[line.id].edgeType.getPoint(0.4));
  return [x + box.getBoundingClientRect().left, y + box.getBoundingClientRect().top];
}"""

WHERE_IS_THE_ACTOR = """(id) => {
  const box = document.querySelector("#graph");
  const at = JSON.parse(document.querySelector("#data").textContent).page.actors.findIndex((each) => each.id === id);
  const { x, y } = box.network.canvasToDOM(box.network.getPosition(`n${at}`));
  return [x + box.getBoundingClientRect().left, y + box.getBoundingClientRect().top];
}"""


def shown_ties(page: Any) -> int:
    return int(page.evaluate("document.querySelector('#graph').network.body.edgeIndices.length"))


def panel(page: Any) -> str:
    return str(page.inner_text("#content"))


@pytest.mark.browser
def test_click_on_a_tie_shows_its_sentences(open_page: Open) -> None:
    page = open_page(*fixture.square())
    page.mouse.click(*page.evaluate(WHERE_IS_THE_TIE, ["iran", "russia", "agreement"]))
    assert "Russia has an agreement with Iran" in panel(page)
    assert "signed a twenty-year treaty on strategic partnership." in panel(page)
    assert page.locator("mark.source").all_inner_texts() == ["Russia"]
    assert page.locator("mark.target").all_inner_texts() == ["Iran"]
    assert page.locator("mark.trigger").all_inner_texts() == ["signed"]
    assert page.locator(".terms div").all_inner_texts() == [
        "Agreement on\ncooperation, military",
        "Status\nsigned",
        "Parties\nRussia, Iran",
        "Dated\n17 January 2025",
        "For\n20 years",
        "Includes\njoint exercises, intelligence sharing",
        "Leaves out\nmutual defence",
    ]
    link = page.locator(".origin a")
    assert link.get_attribute("href") == "https://news.example/2025-01-17/17"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.browser
def test_statement_tells_denial_speaker_and_time(open_page: Open) -> None:
    page = open_page(*fixture.corpus())
    page.evaluate("location.hash = '#tie=iran~russia~stance'")
    page.wait_for_selector(".statement")
    assert page.inner_text(".pill") == "did not happen"
    assert page.inner_text(".byline") == "says Yadollah Javani, via Tasnim, in quotation marks"
    when = "13–24 June 2025 (“its recent 12-day conflict”)"
    assert page.inner_text(".circumstances") == f"about military assistance · {when}"
    assert "Meridian Wire, 21 June 2025" in page.inner_text(".origin")
    assert "confidence 0.80" in page.inner_text(".origin")


@pytest.mark.browser
def test_disputed_edge_shows_both_sides(open_page: Open) -> None:
    page = open_page(*fixture.corpus())
    page.evaluate("location.hash = '#tie=israel~hezbollah~agreement'")
    page.wait_for_selector(".statement")
    assert page.locator(".relation h3").all_inner_texts() == ["Hezbollah violates its agreement with Israel"]
    assert page.locator(".pill.disputed").count() == 2
    assert page.locator(".byline").all_inner_texts() == ["says Hezbollah", "says Israel"]


@pytest.mark.browser
def test_statements_come_newest_first_and_retellings_once(open_page: Open) -> None:
    dated = [("2025-06-01", "e1"), ("2025-06-09", "e2"), ("2025-06-02", "e2")]
    text = "{s:Iran} {v:condemned} {t:Israel} on "
    found = [
        fixture.statement("iran", "condemns", "israel", text + day, id=day, event=event, article=Article(date=day))
        for day, event in dated
    ]
    page = open_page(fixture.graph_of(found), {each.id: each for each in found})
    page.click(".row")
    firsts = page.locator(".statements > li > .statement blockquote").all_inner_texts()
    assert firsts == ["Iran condemned Israel on 2025-06-09", "Iran condemned Israel on 2025-06-01"]
    assert page.inner_text(".retold summary") == "Told again in 1 more sentence"


@pytest.mark.browser
def test_click_on_an_actor_shows_its_profile(open_page: Open) -> None:
    page = open_page(*fixture.square())
    page.mouse.click(*page.evaluate(WHERE_IS_THE_ACTOR, "iran"))
    text = panel(page)
    assert page.inner_text("#content h2") == "Iran"
    assert "Islamic Republic of Iran, Tehran" in text
    assert "Iran warns someone unnamed" in text
    assert "someone unnamed kills Iran" in text
    counts = [int(each.split()[0]) for each in page.locator(".row .many").all_text_contents()]
    assert counts == sorted(counts, reverse=True)
    page.click(".row >> nth=0")
    assert page.inner_text("#content h2") == "Iran and Israel"


@pytest.mark.browser
def test_escape_closes_and_gives_the_focus_back(open_page: Open) -> None:
    page = open_page(*fixture.square())
    page.focus(".row >> nth=1")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    assert page.locator(".tabs").count() == 1
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.browser
def test_search_finds_aliases_and_enter_chooses(open_page: Open) -> None:
    page = open_page(*fixture.corpus())
    page.keyboard.press("/")
    page.keyboard.type("anka")
    assert page.locator("#suggestions [role=option]").all_inner_texts() == ["Türkiye also Ankara\nstate"]
    page.keyboard.press("Enter")
    assert page.inner_text("#content h2") == "Türkiye"
    assert page.inner_text("#status") == "Türkiye"
    x, y = page.evaluate(WHERE_IS_THE_ACTOR, "turkey")
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.tagName", [x, y]) == "CANVAS"


@pytest.mark.browser
def test_search_ignores_accents_and_says_when_nobody_is_found(open_page: Open) -> None:
    page = open_page(*fixture.corpus())
    page.fill("#query", "turkiye")
    assert page.locator("#suggestions [role=option]").count() == 1
    page.fill("#query", "nobody at all")
    assert page.inner_text("#suggestions") == "No actor of this name"
    page.keyboard.press("Escape")
    assert page.locator("#suggestions").is_hidden()


@pytest.mark.browser
def test_filters_by_family_and_sign_work_together(open_page: Open) -> None:
    graph, statements = fixture.corpus()
    page = open_page(graph, statements)
    everything = shown_ties(page)
    page.click(".chip:has-text('Event')")
    page.click(".chip:has-text('Negative')")
    passing = [ends for *ends, edge in graph.edges(data=True) if edge["family"] == "event" and edge["sign"] < 0]
    wanted = set(map(frozenset, passing))
    assert shown_ties(page) == len(wanted) < everything
    assert page.inner_text("#status") == f"{len(wanted)} of {everything} ties shown"
    assert page.locator(".content .kind").all_inner_texts()[0] == "Event, negative"
    assert page.get_attribute(".chip:has-text('Event')", "aria-pressed") == "true"
    page.click("#reset")
    assert shown_ties(page) == everything
    page.click(".chip:has-text('Happened')")
    assert 0 < shown_ties(page) < everything


@pytest.mark.browser
def test_filters_that_leave_nothing_say_so(open_page: Open) -> None:
    page = open_page(*fixture.corpus())
    page.click(".chip:has-text('Role')")
    page.click(".chip:has-text('Negative')")
    assert "No tie passes these filters." in page.inner_text("#notice")
    page.click("#notice button")
    assert page.locator("#notice").is_hidden()


@pytest.mark.browser
def test_address_leads_back_to_what_was_chosen(open_page: Open) -> None:
    page = open_page(*fixture.square())
    page.click(".row >> nth=0")
    assert page.evaluate("location.hash") == "#tie=iran~israel~event"
    page.click("#content h2 .name >> nth=1")
    assert page.evaluate("location.hash") == "#actor=israel"
    page.go_back()
    assert page.inner_text("#content h2") == "Iran and Israel"


@pytest.mark.browser
def test_drawing_obeys_keys_tools_and_theme(open_page: Open) -> None:
    page = open_page(*fixture.square())
    scale = "document.querySelector('#graph').network.getScale()"
    before = page.evaluate(scale)
    page.focus("#graph")
    page.keyboard.press("+")
    assert page.evaluate(scale) > before
    page.click("#physics")
    assert page.evaluate("document.querySelector('#graph').network.physics.physicsEnabled") is True
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#legend summary")
    legend = page.inner_text("#legend")
    assert all(word in legend for word in ("Positive", "Negative", "Mixed", "Neutral", "Wide gaps", "Width", "state"))


@pytest.mark.browser
def test_everything_is_reached_by_keyboard(open_page: Open) -> None:
    page = open_page(*fixture.square())
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"query", "theme", "chip", "least", "graph", "physics", "row"} <= reached


@pytest.mark.browser
def test_hostile_graph_runs_no_script(open_page: Open) -> None:
    page = open_page(*fixture.hostile())
    page.evaluate("() => { window.alert = () => { window.called = true; }; }")
    for at in range(len(fixture.HOSTILE)):
        page.click(f".row >> nth={at}")
        assert page.locator("blockquote").count() == 1
        page.keyboard.press("Escape")
        page.click(".tabs button >> nth=1")
        page.click(f".row >> nth={at}")
        page.keyboard.press("Escape")
        page.click(".tabs button >> nth=0")
    page.click("#legend summary")
    page.fill("#query", "alert")
    assert not page.evaluate("window.called")
    assert page.locator("main img, main script, main b, body > script:not([id]) ~ img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert "[object" not in page.inner_text("body")
    assert "function" not in page.inner_text("body")


@pytest.mark.browser
def test_empty_graph_says_so(open_page: Open) -> None:
    page = open_page(nx.MultiDiGraph(), {})
    assert page.locator("#notice h2").is_visible()
    box = page.locator("#notice h2").bounding_box()
    assert 100 < box["y"] < 600
    assert page.locator("#panel").is_hidden()


@pytest.mark.browser
def test_phone_has_no_sideways_scroll_and_a_sheet(open_page: Open) -> None:
    page = open_page(*fixture.corpus(), viewport={"width": 390, "height": 844}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#panel").bounding_box()["height"] < 80
    page.touchscreen.tap(*page.evaluate(WHERE_IS_THE_ACTOR, "iran"))
    page.wait_for_function("document.querySelector('#panel').getBoundingClientRect().height > 300")
    assert page.inner_text("#content h2") == "Iran"
    _, y = page.evaluate(WHERE_IS_THE_ACTOR, "iran")
    assert y < page.locator("#panel").bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#sheet")
    assert page.evaluate("document.querySelector('#panel').className") == "panel"
