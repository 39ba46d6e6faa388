"""One neuron: ``z = w . x + b``, ``a = f(z)``; what it can decide, and what it cannot."""

from itertools import product

import numpy as np

from core.data.gates import CORNERS, GATES
from core.nn.activations import ACTIVATIONS, Activation
from core.nn.tape import Array


def step(z: Array) -> Array:
    """a = 1 where z > 0, else 0: the neuron of McCulloch and Pitts (1943)."""
    return np.heaviside(z, 0)


def step_backward(da: Array, a: Array) -> Array:
    """dz = 0: a step is flat on both sides, so it gives a learner nothing to follow."""
    return da * 0


NEURON_ACTIVATIONS: dict[str, Activation] = {
    **{name: ACTIVATIONS[name] for name in ("sigmoid", "tanh", "relu")},
    "step": Activation("step", r"1 \text{ if } z>0 \text{ else } 0", step, step_backward),
    "identity": ACTIVATIONS["identity"],
}


def pre_activation(x: Array, w: Array, b: float) -> Array:
    """Return ``z = w . x + b`` for points ``(..., n)``: shape ``(...)``.

    >>> float(pre_activation(np.array([0.5]), np.array([0.8]), 0.2).round(10))
    0.6
    """
    return np.asarray(x) @ np.asarray(w) + b


def turning_point(w: float, b: float) -> float | None:
    """Return the x where ``w x + b = 0``: the neuron's turning point. None if w = 0."""
    return None if w == 0 else -b / w


def five_times(x: float, w: float, b: float, f: Activation = NEURON_ACTIVATIONS["sigmoid"]) -> dict[str, float]:
    """Return a neuron's turning point and its activation at x, before and after w and b are multiplied by 5 (w != 0).

    >>> found = five_times(0.5, 0.8, 0.2)
    >>> found["turn"] == found["turn5"] == -0.25
    True
    """
    z = w * x + b
    turn, turn5 = -b / w, -(5 * b) / (5 * w)
    return {"w": w, "b": b, "x": x, "turn": turn, "turn5": turn5, "a": float(f(z)), "a5": float(f(5 * z))}


def distance_from_origin(w: Array, b: float) -> float:
    """Return how far the line ``w . x + b = 0`` runs from the origin: ``|b| / |w|``."""
    return float(abs(b) / np.hypot(*w))


def line_ends(w: Array, b: float, reach: float = 10.0) -> Array | None:
    """Return two points of the line ``w . x + b = 0``, ``(2, 2)``, ``reach`` on both sides of its foot; None for w = 0.

    The foot is the line's point nearest to the origin, ``-b w / |w|^2``; from there it runs at a right angle to w.

    >>> line_ends(np.array([0.0, 2.0]), -1.0).round(10).tolist()
    [[10.0, 0.5], [-10.0, 0.5]]
    """
    w = np.asarray(w, float)
    if not w.any():
        return None
    along = np.array([w[1], -w[0]]) / np.hypot(*w)
    return -b * w / (w @ w) + reach * np.array([along, -along])


def right_side(w: Array, b: float, gate: str) -> Array:
    """Return whether each of a gate's corners lies on its own side of the line, ``(4,)`` (on the line counts as 0)."""
    return (pre_activation(CORNERS, w, b).round(9) > 0) == GATES[gate]  # 0.1 + 0.2 − 0.3 is on the line, not beside it


def gate_score(w: Array, b: float, gate: str) -> float:
    """Return the share of a gate's four corners that lie on their own side of the line."""
    return float(np.mean(right_side(w, b, gate)))


STEPS, LOWEST, HIGHEST = 21, -2.0, 2.0
"""So many values of each weight and of the bias are tried, from the lowest to the highest."""


def best_gate_score(gate: str, steps: int = STEPS) -> tuple[float, tuple[float, float, float]]:
    """Search a grid of weights and biases from -2 to 2 for the neuron that gets most corners of a gate right.

    Four corners can be separated by lines in 14 ways; a grid this fine holds every one of them, so what no neuron
    of the grid can do, no neuron can.
    """
    line = np.linspace(LOWEST, HIGHEST, steps)
    return max((gate_score(np.array([u, v]), b, gate), (u, v, b)) for u, v, b in product(line, line, line))
