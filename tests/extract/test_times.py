"""When it happened: dates beside a predicate, read against the article's own date."""

from __future__ import annotations

import pytest
from doc_fixture import make_doc, make_scene, word

from kgraph.build import Tables
from kgraph.extract.times import read_interval, time_of
from kgraph.language import Language
from kgraph.model import TimeInterval

DAY = "2024-03-06"  # a Wednesday


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("June 2024", "2024-06-01", "2024-06-30"),
        ("February of 2024", "2024-02-01", "2024-02-29"),
        ("12 March 2024", "2024-03-12", "2024-03-12"),
        ("Sept. 11, 2001", "2001-09-11", "2001-09-11"),
    ],
)
def test_full_dates_need_no_article_date(text: str, start: str, end: str) -> None:
    assert read_interval(text, None) == (start, end)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Monday", "2024-03-04"),
        ("yesterday", "2024-03-05"),
        ("two days ago", "2024-03-04"),
        ("March 3", "2024-03-03"),
        ("31 December", "2023-12-31"),
    ],
)
def test_partial_dates_are_read_back_from_the_article(text: str, day: str) -> None:
    assert read_interval(text, DAY) == (day, day)
    assert read_interval(text, None) is None


def test_the_weekday_of_the_article_is_the_day_of_the_article() -> None:
    assert read_interval("Wednesday", DAY) == (DAY, DAY)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("last month", "2024-02-01", "2024-02-29"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("June", "2023-06-01", "2023-06-30"),
    ],
)
def test_a_month_or_year_is_an_interval(text: str, start: str, end: str) -> None:
    assert read_interval(text, DAY) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "recent days",
        "the past week",
        "the 25-year-old",
        "12-day",
        "three months",
        "between 2014 and 2016",
        "daily",
        "the 1990s",
    ],
)
def test_what_is_no_point_in_time_has_no_interval(text: str) -> None:
    assert read_interval(text, DAY) is None


def test_a_date_belongs_to_the_verb_that_it_hangs_on(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Chad  attacked/attack Sudan in   2016 before Egypt warned/warn Libya",
        "NNP   VBD             NNP   IN   CD   IN     NNP   VBD         NNP",
        "nsubj ROOT            dobj  prep pobj mark   nsubj advcl       dobj",
        "1     1               1     1    3    7      7     1           7",
        ents={"2016": "DATE"},
    )
    scene = make_scene(doc, tables, language)
    assert time_of(word(doc, "attacked"), scene) == TimeInterval("2016-01-01", "2016-12-31", "2016")
    assert time_of(word(doc, "warned"), scene) is None


def test_a_date_on_the_light_verb_is_that_of_its_noun(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Chad  held/hold talks/talk in   2016",
        "NNP   VBD       NNS        IN   CD",
        "nsubj ROOT      dobj       prep pobj",
        "1     1         1          1    3",
        ents={"2016": "DATE"},
    )
    assert time_of(word(doc, "talks"), make_scene(doc, tables, language)) is not None


def test_the_article_date_is_what_days_are_counted_from(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Chad  attacked/attack Sudan on   Monday",
        "NNP   VBD             NNP   IN   NNP",
        "nsubj ROOT            dobj  prep pobj",
        "1     1               1     1    3",
        ents={"Monday": "DATE"},
    )
    found = time_of(word(doc, "attacked"), make_scene(doc, tables, language, date=DAY))
    assert found == TimeInterval("2024-03-04", "2024-03-04", "Monday")
    assert time_of(word(doc, "attacked"), make_scene(doc, tables, language)) is None


def test_an_event_says_when_where_no_date_does(tables: Tables, language: Language) -> None:
    doc = make_doc(
        "Iran  warned/warn Russia during its  recent war",
        "NNP   VBD         NNP    IN     PRP$ JJ     NN",
        "nsubj ROOT        dobj   prep   poss amod   pobj",
        "1     1           1      1      6    6      3",
    )
    found = time_of(word(doc, "warned"), make_scene(doc, tables, language))
    assert found == TimeInterval(None, None, "its recent war")
