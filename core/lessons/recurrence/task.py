"""The task, say the first symbol once all are read, and the networks that learn it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.nn import layers
from core.nn.layers import Dense
from core.nn.network import Network
from core.nn.sequences import GRU, LSTM, Recurrent
from core.nn.tape import Array


class Kind(NamedTuple):
    """One way to remember: its layer, its names for people, the gate that keeps ("": none), and its first weights."""

    layer: type[Recurrent]
    title: str
    many: str
    gate: str
    initializer: str = "normal"


KINDS = {
    "plain": Kind(Recurrent, "plain", "plain networks", ""),
    "lstm": Kind(LSTM, "LSTM", "LSTMs", "forget gate"),
    "gru": Kind(GRU, "GRU", "GRUs", "update gate"),
}
BESIDE = {kind: each for kind, each in KINDS.items() if each.gate} | {
    "xavier": Kind(Recurrent, "plain, Xavier", "plain networks with Xavier's start", "", "xavier_normal")
}
"""What can stand beside the plain network: two with gates, and the same one with larger first weights."""
OPEN = 1.0
"""The bias with which an LSTM's forget gate usually starts."""


def network(kind: str, length: int, width: int, seeds: Sequence[int], gate: float = OPEN) -> Network:
    """Return networks side by side, one a seed, with their first weights.

    Parameters
    ----------
    length : symbols in a sequence.
    gate : the first bias of the gate that keeps. In both gated layers its rows follow those of one other gate.
    """
    each = (KINDS | BESIDE)[kind]
    start = {"initializer": each.initializer, "scale": spread_of(width)}
    memory = each.layer(width, (1, length), **start)  # type: ignore[arg-type]
    made = Network(layers.Sequence((memory, Dense(1, **start))), length, len(seeds))  # type: ignore[arg-type]
    made.start(seeds)
    if each.gate:
        made.p["0.W"][width : 2 * width, ..., -1] = gate
    return made


def spread_of(width: int) -> float:
    """Return how far first weights spread: as PyTorch draws them, between plus and minus 1 / sqrt(width).

    >>> round(spread_of(8), 3)
    0.204
    """
    return float((3 * width) ** -0.5)


def sequences(rng: np.random.Generator, *shape: int) -> tuple[Array, Array]:
    """Draw sequences of -1 and +1 ``(..., T)``, and what to say at their end: the first symbol, 0 or 1, ``(...)``."""
    symbols = rng.integers(0, 2, shape)
    return 2.0 * symbols - 1, symbols[..., 0].astype(float)
