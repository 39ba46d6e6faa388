"""Is the gradient right? Nudge every parameter a little both ways and see how the loss answers.

``(L(w + h) - L(w - h)) / 2h`` needs no calculus and two passes a parameter; backpropagation needs one pass for all.
The error of the nudge falls as h^2 until rounding takes over, at about ``h = 1e-5`` in float64. Stay off kinks.
"""

from collections.abc import Callable

import numpy as np

from core.nn import penalties
from core.nn.losses import Loss
from core.nn.network import Network
from core.nn.tape import Array, Tape


def numerical_gradient(f: Callable[[], float], theta: Array, h: float = 1e-5) -> Array:
    """Return central differences of ``f`` by every element of ``theta``, which is nudged in place and put back.

    >>> w = np.array([3.0])
    >>> numerical_gradient(lambda: float(w[0] ** 2), w).round(6)
    array([6.])
    """
    slope = np.empty(theta.size)
    for i, value in enumerate(theta.copy()):
        theta[i] = value + h
        up = f()
        theta[i] = value - h
        slope[i] = (up - f()) / (2 * h)
        theta[i] = value
    return slope


def relative_error(a: Array, b: Array) -> float:
    """Return ``max |a - b| / max(|a| + |b|)``: the largest disagreement, measured against the largest gradient."""
    return float(np.abs(a - b).max() / max(1e-12, (np.abs(a) + np.abs(b)).max()))


def check(network: Network, x: Array, y: Array, loss: Loss, l1: float = 0.0, l2: float = 0.0) -> float:
    """Return the relative error of a float64 network's gradient against nudges; below 1e-6 it is right.

    Parameters
    ----------
    x : (inputs + 1, B) examples with their row of ones.
    y : (K, B) targets as the loss wants them, or (K, 1, B) with several models.
    """
    mask = network.weights_only()
    tape, rngs = Tape(np.float64), tuple(np.random.default_rng(0) for _ in range(network.models))
    running = network.store[network.theta.size :]
    backup = running.copy()
    z = network.record_gradient(tape, x, y, loss, rngs)
    penalties.add_gradient(tape, network.theta, network.grad, l1 * mask, l2 * mask)
    measure = Tape(np.float64)
    mean = measure.record(loss.value, z, y)
    steps = [(f, a) for f, a in tape.calls if not _draws(f)]

    def total() -> float:
        for function, arguments in steps:
            function(*arguments)
        measure.replay()
        return float(np.sum(mean)) + penalties.value(network.theta, l1 * mask, l2 * mask)

    total()
    gradient = network.grad.copy()
    error = relative_error(gradient, numerical_gradient(total, network.theta))
    running[...] = backup
    return error


def _draws(function: Callable[..., object]) -> bool:
    return isinstance(getattr(function, "__self__", None), np.random.Generator)
