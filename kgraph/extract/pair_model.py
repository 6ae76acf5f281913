"""The pair model: a small network that knows what one actor of a sentence did to another, and how it feels about it.

An encoder reads each sentence once, with markers around all actors in it; two heads then judge every pair. The files
in ``kgraph/weights`` are made by ``training/``; their card says from which data, and how good they are.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.errors import ModelError
from kgraph.extract.encoding import Encoded, Encoder, Place

WEIGHTS = Path(__file__).parent.parent / "weights"
NONE = "NONE"  # the two stand in one sentence without doing anything to one another
CATEGORIES = (
    NONE, "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
SIGNS = (-1, 0, 1)
_BATCH = 16  # sentences

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PairQuery:
    """A sentence, the character ranges of the actors in it, and the ordered pairs (by number of range) to judge."""

    text: str
    places: Sequence[Place]
    pairs: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the first of a pair does to the second: a probability for each of CATEGORIES and of SIGNS."""

    categories: Array
    signs: Array

    def category(self, *, act: bool = False) -> tuple[str, float]:
        """The likeliest category and its probability; with ``act`` those of an act, given that there is one."""
        chances = self.categories[1:] / max(1e-9, 1.0 - float(self.categories[0])) if act else self.categories
        best = int(chances.argmax())
        return CATEGORIES[best + act], float(chances[best])

    def sign(self) -> tuple[int, float]:
        """The likeliest attitude of the first to the second, and its probability."""
        best = int(self.signs.argmax())
        return SIGNS[best], float(self.signs[best])

    @property
    def act(self) -> float:
        """The probability that the first does anything to the second."""
        return 1.0 - float(self.categories[0])


UNKNOWN = Verdict(np.eye(len(CATEGORIES), dtype=np.float32)[0], np.eye(len(SIGNS), dtype=np.float32)[1])


class PairModel:
    """The model of a folder: ``model.onnx``, ``tokenizer.json``, ``card.json``. Raises ModelError where they are none.

    It runs on one thread, so that the answers and the cost are the same everywhere.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.folder = folder
        try:
            self.card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as err:
            raise ModelError(f"{folder}: no pair model ({err}); run training/, or use --no-model") from err

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder(self.folder / "tokenizer.json")

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def judge(self, queries: Sequence[PairQuery]) -> list[tuple[Verdict, ...]]:
        """A verdict for each pair of each query, in order; UNKNOWN (nothing) where a mention lies beyond the cut."""
        encoded = self._encoder.encode_all([(query.text, query.places) for query in queries])
        answers: list[tuple[Verdict, ...]] = [()] * len(queries)
        order = sorted((i for i, query in enumerate(queries) if query.pairs), key=lambda i: len(encoded[i].ids))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            found = self._run([(encoded[i], queries[i].pairs) for i in batch])
            answers_of = zip(batch, found, strict=True)
            for i, verdicts in answers_of:
                answers[i] = verdicts
        return answers

    def _run(self, batch: Sequence[tuple[Encoded, Sequence[tuple[int, int]]]]) -> Iterator[tuple[Verdict, ...]]:
        width = max(len(encoded.ids) for encoded, _ in batch)
        ids = np.full((len(batch), width), self._encoder.padding, dtype=np.int64)
        mask = np.zeros_like(ids)
        rows: list[tuple[int, int, int]] = []
        for number, (encoded, pairs) in enumerate(batch):
            ids[number, : len(encoded.ids)] = encoded.ids
            mask[number, : len(encoded.ids)] = 1
            rows += [(number, *ends) for pair in pairs if (ends := _opens(encoded, pair)) is not None]
        if not rows:
            yield from (tuple(UNKNOWN for _ in pairs) for _, pairs in batch)
            return
        sentence, first, second = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
        inputs = {"input_ids": ids, "attention_mask": mask, "sentence": sentence, "first": first, "second": second}
        logits = self._session.run(None, inputs)
        heat = self.card["temperature"]
        chances = zip(_softmax(logits[0] / heat["category"]), _softmax(logits[1] / heat["sign"]), strict=True)
        for encoded, pairs in batch:
            yield tuple(Verdict(*next(chances)) if _opens(encoded, pair) is not None else UNKNOWN for pair in pairs)


class PairModelMissing(UserWarning):
    """The pair model cannot run here; cue tables alone decide."""


def load_pair_model() -> PairModel | None:
    """The built-in model; None, with one PairModelMissing warning, where what runs it is not installed."""
    missing = [name for name in ("onnxruntime", "tokenizers") if find_spec(name) is None]
    if missing:
        text = f"the pair model needs {' and '.join(missing)}, which is not installed; reading by tables alone"
        warnings.warn(text, PairModelMissing, stacklevel=2)
        return None
    return PairModel()


def _opens(encoded: Encoded, pair: tuple[int, int]) -> tuple[int, int] | None:
    first, second = encoded.opens[pair[0]], encoded.opens[pair[1]]
    return None if first is None or second is None else (first, second)


def _softmax(logits: Array) -> Array:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
