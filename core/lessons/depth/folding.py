"""Layers of two hinges, each of which folds the interval from 0 to 1 once more (Telgarsky 2016)."""

from itertools import pairwise

import numpy as np

from core.nn.layers import stack
from core.nn.network import Network
from core.nn.tape import Array
from core.training.experiment import parameter_count

MOST = 6
"""The most layers that the page folds with."""


def fold(x: Array, peak: float = 1.0) -> Array:
    """Fold once: up to ``peak`` at the middle, and down again.

    >>> fold(np.array([0.25, 0.5, 0.75])).tolist()
    [0.5, 1.0, 0.5]
    """
    h1, h2 = np.maximum(0, x), np.maximum(0, x - 0.5)
    return 2 * peak * h1 - 4 * peak * h2


def folded(x: Array, layers: int, peak: float = 1.0) -> Array:
    """Return what is drawn after each layer: ``(layers, P)``."""
    drawn = []
    for _ in range(layers):
        x = fold(x, peak)
        drawn.append(x)
    return np.array(drawn)


def network(layers: int, peak: float = 1.0) -> Network:
    """Return the network of the core that folds ``layers`` times: two ReLU units a layer, weights set by hand."""
    made = Network(stack((2,) * layers, 1, "relu", inputs=1), 1, dtype=np.float64)
    out, (first, *others) = [2 * peak, -4 * peak], made.p.values()
    first[...] = [[1, 0], [1, -0.5]]
    for W in others[:-1]:
        W[...] = [[*out, 0], [*out, -0.5]]
    others[-1][...] = [[*out, 0]]
    return made


def corners(layers: int, peak: float = 1.0) -> list[float]:
    """Return where the straight pieces of the curve begin and end: 0, the corners, 1.

    A layer adds a corner wherever the curve before it passes the middle.
    """
    at, height = [0.0, 1.0], [0.0, 1.0]
    for _ in range(layers):
        crossed = []
        for (a, b), (u, v) in zip(pairwise(at), pairwise(height), strict=True):
            crossed.append((a, u))
            if (u - 0.5) * (v - 0.5) < 0:
                crossed.append((a + (b - a) * (0.5 - u) / (v - u), 0.5))
        crossed.append((at[-1], height[-1]))
        at = [x for x, _ in crossed]
        height = fold(np.array([y for _, y in crossed]), peak).tolist()
    return at


def outlines(layers: int, peak: float = 1.0) -> list[tuple[Array, Array]]:
    """Return the curve after each layer as its ends and corners: x and y."""
    at = [np.array(corners(k, peak)) for k in range(1, layers + 1)]
    return [(x, folded(x, k, peak)[-1]) for k, x in enumerate(at, 1)]


def pieces(layers: int, peak: float = 1.0) -> int:
    """Count the straight pieces of the curve."""
    return len(corners(layers, peak)) - 1


def costs(layers: int, peak: float = 1.0) -> dict[str, int]:
    """Return hidden units and parameters of the folding network, and of one layer that draws the same curve."""
    wide = pieces(layers, peak)
    return {
        "pieces": wide,
        "units": 2 * layers,
        "parameters": parameter_count((1, *(2,) * layers, 1)),
        "wide_units": wide,
        "wide_parameters": parameter_count((1, wide, 1)),
    }


def one_layer(layers: int, peak: float = 1.0) -> Network:
    """Return the network with one hidden layer that draws the same curve: a hinge for each straight piece."""
    at = np.array(corners(layers, peak))
    slopes = np.diff(folded(at, layers, peak)[-1]) / np.diff(at)
    made = Network(stack((len(slopes),), 1, "relu", inputs=1), 1, dtype=np.float64)
    first, last = made.p.values()
    first[...] = np.column_stack([np.ones(len(slopes)), -at[:-1]])
    last[...] = np.append(np.diff(slopes, prepend=0), 0)
    return made
