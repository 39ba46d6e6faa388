"""What layers of other kinds cost, counted on the layers themselves."""

from dataclasses import dataclass

import numpy as np

from core.nn.attention import Attention
from core.nn.images import Conv2D, MaxPool
from core.nn.layers import Dense, Layer
from core.nn.sequences import GRU, LSTM, Recurrent

DIGIT, SEQUENCE = (1, 8, 8), (2, 20)
UNITS, WIDTH = 8, 16


@dataclass(frozen=True)
class Kind:
    """One layer: what it is called, what it reads, its count as a sum to check, and how often it uses a weight."""

    name: str
    reads: str
    layer: Layer
    inputs: int
    sum: str
    uses: int

    @property
    def parameters(self) -> int:
        """The numbers in its matrix of weights and biases."""
        return sum(p.size for p in self.layer.start(np.random.default_rng(0), self.inputs).values())


def kinds() -> tuple[Kind, ...]:
    """Return layers that read a digit of 8 × 8 pixels, and layers that read 20 steps of 2 numbers."""
    picture, sequence = "8 × 8 pixels", "20 steps of 2 numbers"
    pixels, numbers = 64, 40
    convolution, remembering = Conv2D(UNITS, DIGIT), WIDTH + SEQUENCE[0] + 1
    _, height, width = convolution.result
    return (
        Kind("dense, 8 units", picture, Dense(UNITS), pixels, f"{UNITS} × (64 + 1)", 1),
        Kind("convolution, 8 kernels of 3 × 3", picture, convolution, pixels, f"{UNITS} × (3 × 3 + 1)", height * width),
        Kind("pooling, blocks of 2 × 2", picture, MaxPool(DIGIT), pixels, "nothing to learn", 0),
        Kind("dense, 16 units", sequence, Dense(WIDTH), numbers, f"{WIDTH} × (40 + 1)", 1),
        Kind("recurrent, 16 units", sequence, Recurrent(WIDTH, SEQUENCE), numbers, f"{WIDTH} × ({WIDTH} + 2 + 1)", 20),
        Kind("GRU, 16 units", sequence, GRU(WIDTH, SEQUENCE), numbers, f"3 × {WIDTH} × {remembering}", 20),
        Kind("LSTM, 16 units", sequence, LSTM(WIDTH, SEQUENCE), numbers, f"4 × {WIDTH} × {remembering}", 20),
        Kind(
            "queries, keys, values of 16", sequence, Conv2D(3 * WIDTH, (2, 1, 20), 1), numbers,
            f"3 × {WIDTH} × (2 + 1)", 20,
        ),
        Kind("attention, 1 head of 16", "those", Attention(1, WIDTH, 20), 3 * WIDTH * 20, "nothing to learn", 0),
    )  # fmt: skip
