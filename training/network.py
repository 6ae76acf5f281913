"""The pair model as a torch network: one encoder, one pass a sentence, heads over the markers of two mentions."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

HIDDEN = 384


class PairNetwork(nn.Module):
    """Category and sign of what the first mention of each pair does to the second.

    A pair is the opening markers of its two mentions, the sentence's first state and its mean.
    """

    def __init__(self, base: Path, categories: int, signs: int, *, frozen: int = 1, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(str(base), add_pooling_layer=False, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]):
            part.requires_grad_(False)
        self.mix = nn.ModuleDict(
            {
                name: nn.Sequential(nn.Dropout(dropout), nn.Linear(4 * width, HIDDEN), nn.GELU(), nn.Dropout(dropout))
                for name in ("category", "sign")
            }
        )
        self.category = nn.Linear(HIDDEN, categories)
        self.sign = nn.Linear(HIDDEN, signs)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, sentence: Tensor, first: Tensor, second: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits of shape (pairs, categories) and (pairs, signs).

        ``input_ids`` and ``attention_mask`` are (sentences, pieces); ``sentence``, ``first`` and ``second`` tell of
        each pair its sentence and the places of its two opening markers.
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        pair = torch.cat([states[sentence, first], states[sentence, second], states[sentence, 0], mean[sentence]], -1)
        return self.category(self.mix["category"](pair)), self.sign(self.mix["sign"](pair))


def groups(network: PairNetwork, *, rate: float, decay: float, head: float) -> list[dict[str, object]]:
    """Parameter groups for the optimiser: lower layers learn more slowly, the heads ``head`` times as fast."""
    layers = list(network.encoder.encoder.layer)
    found: list[dict[str, object]] = []
    for depth, layer in enumerate(reversed(layers)):
        chosen = [p for p in layer.parameters() if p.requires_grad]
        if chosen:
            found.append({"params": chosen, "lr": rate * decay**depth})
    heads = [*network.mix.parameters(), *network.category.parameters(), *network.sign.parameters()]
    return [*found, {"params": heads, "lr": rate * head}]
