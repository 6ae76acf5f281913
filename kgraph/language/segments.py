"""A text in its lines and parts: where a paragraph or headline starts, and where a long text may be cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BREAK = re.compile(r"\n[ \t]*")
_SENTENCE_END = re.compile(r"[.!?…:\"”’)\]]\s*$")
# A place in capitals, perhaps its country or a date, perhaps an agency in brackets, then a dash between spaces.
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,}(?:, [A-Z][\w. ]{1,30})?(?:, \w+\.? \d{1,2})?(?: ?\([\w ./]{2,30}\))? ?[-–—]{1,2} ",
    re.MULTILINE,
)
_WRAPPED = range(50, 120)  # columns at which people wrap their lines


def datelines(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the place and agency that reports start with ("BEIJING – ", "OHRID, North Macedonia (AP) — ").

    >>> list(datelines("Talks resume\\n\\nGENEVA (AP) - Envoys met."))
    [(14, 28)]
    """
    yield from (found.span() for found in _DATELINE.finditer(text))


def mask(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """``text`` with each range blanked out by as many spaces; its line ends stay.

    >>> mask("see [here](x)", [(4, 5), (9, 13)])
    'see  here    '
    """
    pieces: list[str] = []
    done = 0
    for start, end in sorted(ranges):
        pieces += [text[done:start], re.sub(r"[^\n]", " ", text[max(start, done) : end])]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def paragraph_starts(text: str) -> list[int]:
    """Offsets at which a new paragraph, headline or caption starts; lines that were only wrapped go on.

    >>> paragraph_starts("Talks resume\\nEnvoys met on Monday.")
    [0, 13]
    """
    wrapped = _is_wrapped(text)
    starts = [0]
    for found in _BREAK.finditer(text):
        if not (wrapped and _goes_on(text, found.start(), found.end())):
            starts.append(found.end())
    return starts


def ends_sentence(line: str) -> bool:
    """True where a line ends like a sentence, and not like a headline or caption."""
    return _SENTENCE_END.search(line) is not None


def parts(text: str, *, longest: int) -> Iterator[tuple[int, int]]:
    """Ranges that cover ``text``, each at most ``longest`` characters, cut between lines or else between words."""
    start = 0
    while len(text) - start > longest:
        window = text[start : start + longest]
        cut = next((window.rfind(mark) for mark in ("\n", ". ", " ") if window.rfind(mark) > 0), longest - 1) + 1
        yield start, start + cut
        start += cut
    yield start, len(text)


def _is_wrapped(text: str) -> bool:
    """True where most line ends within blocks fall inside sentences at a column where people wrap."""
    inner = [line for block in re.split(r"\n[ \t]*\n", text) for line in block.split("\n")[:-1]]
    hard = [line for line in inner if len(line) in _WRAPPED and not _SENTENCE_END.search(line)]
    return len(inner) >= 2 and len(hard) >= 0.6 * len(inner)


def _goes_on(text: str, before: int, after: int) -> bool:
    """True where a line end only wraps: a full line before it and no blank line after it."""
    line = text[text.rfind("\n", 0, before) + 1 : before]
    return len(line) in _WRAPPED and text[after : after + 1] not in ("", "\n")
