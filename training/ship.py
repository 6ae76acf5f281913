"""A trained network as kgraph runs it: int8 ONNX, tokenizer, card, digests."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.network import PairNetwork

NAMES = ("input_ids", "attention_mask", "sentence", "first", "second")


def export(network: PairNetwork, folder: Path) -> Path:
    """Write ``model.onnx``: dynamic int8, per channel. Gives back the path."""
    whole = folder / "float.onnx"
    ids = torch.tensor([[101, 1, 7592, 2, 102, 0], [101, 1, 7592, 2, 1, 102]])
    mask = (ids > 0).long()
    pairs = (torch.tensor([0, 1]), torch.tensor([1, 1]), torch.tensor([3, 4]))
    axes = {"input_ids": {0: "sentences", 1: "pieces"}, "attention_mask": {0: "sentences", 1: "pieces"}}
    axes |= {name: {0: "pairs"} for name in NAMES[2:]}
    torch.onnx.export(
        network.eval(),
        (ids, mask, *pairs),
        str(whole),
        input_names=list(NAMES),
        output_names=["category", "attitude"],
        dynamic_axes={**axes, "category": {0: "pairs"}, "attitude": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )
    made = folder / "model.onnx"
    quantize_dynamic(str(whole), str(made), per_channel=True, weight_type=QuantType.QInt8)
    whole.unlink()
    return made


def write_card(folder: Path, base: Path, temperatures: dict[str, float], figures: dict[str, Any]) -> None:
    """Write ``tokenizer.json`` and ``card.json``: temperatures, figures, and the digest of each file."""
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    files = ("model.onnx", "tokenizer.json")
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    card = {"temperature": temperatures, "figures": figures, "sha256": digests}
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
