"""Where layers and units of a network stand in its diagram."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MOST_UNITS, MOST_LAYERS = 8, 8
UNIT, HEAD, FOOT = 36, 30, 20


class Layout(NamedTuple):
    """Where the units stand: columns by layer number, rows in pixels from the top."""

    units: tuple[int, ...]
    pitch: float
    height: int

    def rows(self, layer: int) -> np.ndarray:
        """The middle of each drawn unit of a layer, in pixels from the top."""
        n = self.units[layer]
        middle = HEAD + (self.height - HEAD - FOOT) / 2
        return middle + (np.arange(n) - (n - 1) / 2) * self.pitch


def layout(layer_sizes: Sequence[int], side: int) -> Layout:
    """At most eight units a layer; the gap is a whole number of picture cells."""
    if not 2 <= len(layer_sizes) <= MOST_LAYERS:
        raise ValueError(f"a diagram shows 2 to {MOST_LAYERS} layers, not {len(layer_sizes)}")
    units = tuple(min(n, MOST_UNITS) for n in layer_sizes)
    pitch = UNIT * (side + gap_cells(side)) / side
    return Layout(units, pitch, round(HEAD + FOOT + max(units) * pitch))


def gap_cells(side: int) -> int:
    """Clear rows between two units' pictures, in their cells."""
    return max(1, round(side / 4))


def layer_names(n: int) -> list[str]:
    """What stands over the columns of n layers: short where they stand close."""
    hidden = ["hidden"] if n == 3 else [f"{'hidden ' if n < 6 else ''}{k}" for k in range(1, n - 1)]
    return ["inputs", *hidden, "output"]
