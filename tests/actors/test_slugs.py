"""Ids from names: readable, ASCII, the same everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.actors import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vladimir Putin", "vladimir-putin"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Łódź Straße", "lodz-strasse"),
        ("U.N.", "un"),
        ("Qur’an’s  School", "qurans-school"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("al-Burhan", "al-burhan"),
    ],
)
def test_a_name_becomes_small_ascii_words(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_in_other_scripts_have_ids_of_their_own() -> None:
    assert slug("北京") != slug("東京")
    assert slug("北京") == slug("北京")


@given(st.text(min_size=1))
def test_every_name_has_an_id_that_is_its_own_slug(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert slug(slug(name)) == slug(name)
