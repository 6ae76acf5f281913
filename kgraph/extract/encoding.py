"""How a sentence and its actors are put to the pair model: word pieces with a marker at each end of each mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPEN, CLOSE = "[unused1]", "[unused2]"
MAX_PIECES = 256  # of a sentence with its markers; what is longer is cut around its mentions

Place = tuple[int, int]
_HALF = re.compile("[\ud800-\udfff]")  # half characters, which no tokenizer takes


@dataclass(frozen=True, slots=True)
class Encoded:
    """Ids of the word pieces of one sentence, and the place of each mention's opening marker (None where cut off)."""

    ids: tuple[int, ...]
    opens: tuple[int | None, ...]


class Encoder:
    """Turns sentences into word pieces. ``path`` is a tokenizer.json."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        number: Callable[[str], Any] = self._tokenizer.token_to_id
        self.open: int = number(OPEN)
        self.close: int = number(CLOSE)
        self.start: int = number("[CLS]")
        self.end: int = number("[SEP]")
        self.padding: int = number("[PAD]")

    def encode(self, text: str, places: Sequence[Place]) -> Encoded:
        """The word pieces of ``text`` with markers around the character ranges ``places``, which may overlap."""
        return self.encode_all([(text, places)])[0]

    def encode_all(self, sentences: Sequence[tuple[str, Sequence[Place]]]) -> list[Encoded]:
        """As ``encode``, many at once."""
        texts = [_HALF.sub("\ufffd", text) for text, _ in sentences]
        pieces = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [self._mark(p.ids, p.offsets, places) for p, (_, places) in zip(pieces, sentences, strict=True)]

    def _mark(self, pieces: Sequence[int], offsets: Sequence[Place], places: Sequence[Place]) -> Encoded:
        opening: dict[int, list[int]] = {}
        closing: dict[int, int] = {}
        for number, (start, end) in enumerate(places):
            inside = [i for i, (first, last) in enumerate(offsets) if first < end and last > start]
            if inside:
                opening.setdefault(inside[0], []).append(number)
                closing[inside[-1]] = closing.get(inside[-1], 0) + 1
        ids = [self.start]
        opens: list[int | None] = [None] * len(places)
        for i, piece in enumerate(pieces):
            for number in opening.get(i, ()):
                opens[number] = len(ids)
                ids.append(self.open)
            ids.append(piece)
            ids += [self.close] * closing.get(i, 0)
        return _cut([*ids, self.end], opens)


def _cut(ids: list[int], opens: list[int | None]) -> Encoded:
    """At most MAX_PIECES of ``ids``: the first, and a window that starts a little before the first mention."""
    if len(ids) <= MAX_PIECES:
        return Encoded(tuple(ids), tuple(opens))
    first = min((place for place in opens if place is not None), default=1)
    start = max(1, min(first - 16, len(ids) - MAX_PIECES + 1))
    kept = [ids[0], *ids[start : start + MAX_PIECES - 1]]
    moved = (None if place is None else place - start + 1 for place in opens)
    return Encoded(
        tuple(kept), tuple(place if place is not None and 0 < place < MAX_PIECES else None for place in moved)
    )
