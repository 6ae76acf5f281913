"""Where paragraphs start, what is masked, and where long texts are cut."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kgraph.language.segments import mask, paragraph_starts, parts

WRAPPED = """\
The foreign ministers of the two neighbouring countries met in the
capital on Monday in order to discuss the water of the river that
runs through both of them and reached no agreement on its use.

A second paragraph begins here.
"""


def starting(text: str) -> list[str]:
    """The first word of each paragraph, blank ones left out."""
    lines = (text[start:].split("\n")[0].split() for start in paragraph_starts(text))
    return [words[0] for words in lines if words]


def test_each_line_is_a_paragraph() -> None:
    assert starting("Talks resume\nEnvoys met on Monday.\n\nPhoto: a hall") == ["Talks", "Envoys", "Photo:"]


def test_lines_that_were_only_wrapped_go_on() -> None:
    assert starting(WRAPPED) == ["The", "A"]


def test_a_short_line_after_wrapped_ones_ends_its_paragraph() -> None:
    text = WRAPPED.replace("\n\nA second", "\nCaption\nA second")
    assert "A" in starting(text)


def test_a_text_without_line_ends_is_one_paragraph() -> None:
    assert paragraph_starts("Envoys met. They left.") == [0]
    assert paragraph_starts("") == [0]


@given(st.text(alphabet=st.sampled_from("ab .\n\t"), max_size=200))
def test_paragraphs_start_in_order_inside_the_text(text: str) -> None:
    starts = paragraph_starts(text)
    assert all(before < after for before, after in pairwise(starts))
    assert all(0 <= start <= len(text) for start in starts)


def test_a_mask_blanks_its_ranges_and_keeps_line_ends() -> None:
    assert mask("date: x\nText", [(0, 7)]) == "       \nText"
    assert mask("a\nb c", [(0, 3)]) == " \n  c"


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
)
def test_a_mask_keeps_the_length_and_all_that_is_outside(text: str, ends: list[tuple[int, int]]) -> None:
    ranges = [(min(pair), min(max(pair), len(text))) for pair in ends if min(pair) <= len(text)]
    masked = mask(text, ranges)
    covered = {i for start, end in ranges for i in range(start, end)}
    assert len(masked) == len(text)
    assert all(masked[i] == text[i] for i in range(len(text)) if i not in covered)


def test_a_long_text_is_cut_between_lines_before_words() -> None:
    assert list(parts("ab\ncd ef", longest=6)) == [(0, 3), (3, 8)]
    assert list(parts("aaa bbb", longest=5)) == [(0, 4), (4, 7)]


@given(st.text(alphabet=st.sampled_from("ab. \n"), max_size=120), st.integers(1, 30))
def test_parts_cover_a_text_without_gap_or_overlap(text: str, longest: int) -> None:
    ranges = list(parts(text, longest=longest))
    assert "".join(text[start:end] for start, end in ranges) == text
    assert all(end - start <= longest for start, end in ranges)
