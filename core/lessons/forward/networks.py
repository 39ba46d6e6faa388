"""The networks of the lesson on forward propagation."""

import numpy as np

from core.data.gates import CORNERS
from core.nn.small import Small, seeded, theta_of
from core.nn.tape import Array
from core.nn.walk import forward

TWICE = Small((1, 3, 2, 1))
"""The network that the lesson on forward propagation opens with: no biases, so that doubling passes through it."""

XOR = Small((2, 2, 1))
XOR_BY_HAND = theta_of([[1, 1, 0], [1, 1, -1]], [[1, -2, 0]])
"""h = relu(x1 + x2), relu(x1 + x2 - 1); y = h1 - 2 h2. By hand: training may not find it (Goodfellow 2016, 6.1)."""


def corners(activation: str) -> Array:
    """Return what the network by hand answers at the four corners with this activation, ``(4,)``."""
    return Small(XOR.sizes, activation).predict(XOR_BY_HAND, CORNERS)[0]


def can_be_asked_about(small: Small, theta: Array, row: Array) -> bool:
    """Return whether the page's question is about a network like this: like `TWICE`, and with an output to double."""
    alike = small.sizes[0] == TWICE.sizes[0] and len(small.sizes) == len(TWICE.sizes)
    alike = alike and (small.activation, small.loss) == (TWICE.activation, TWICE.loss)
    unbiased = not any(np.any(b) for b in forward(small, theta, row).biases)
    return alike and unbiased and bool(row[0] and small.predict(theta, row[None])[0, 0])


def doubled(small: Small, seed: int = 31, x: float = 2.0) -> tuple[float, float]:
    """Return what a network without biases answers at x and at twice x."""
    one, two = small.predict(seeded(small, seed), np.array([[x], [2 * x]]))[0]
    return float(one), float(two)
