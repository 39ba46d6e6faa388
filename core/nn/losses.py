"""How wrong a prediction is, and which way to push it: ``L = mean of l(z, y)`` and ``dz = dL/dz``.

Every loss takes the output layer's pre-activation ``z`` (for classes: the logits) and does the squashing itself. That
is what keeps it exact where ``log(sigmoid(z))`` would round to log(0), and it makes the gradients short: for both
cross-entropies it is simply *prediction minus target*.

The mean runs over the batch and over the outputs (over the batch alone for softmax, where the K outputs make one
answer). Targets are ``(K, B)``; two-class losses want them as -1 or +1, which `encode` makes from class numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.activations import logistic
from core.nn.tape import Array, Tape


@dataclass(frozen=True)
class Loss:
    """One way to measure error.

    Attributes
    ----------
    title : name for people.
    formula : LaTeX for one example.
    targets : "signs" (-1 or +1), "one-hot" or "numbers".
    each : ``(tape, z, y) -> (K, ..., B)`` or ``(..., B)``: the loss of each example.
    gradient : ``(tape, z, y, scale) -> dz``: the derivative of each example's loss, times ``scale`` (the 1/N).
    predict : ``(tape, z) ->`` what the network says: a probability, class probabilities, or a number.
    """

    title: str
    formula: str
    targets: str
    each: Callable[[Tape, Array, Array], Array]
    gradient: Callable[[Tape, Array, Array, float], Array]
    predict: Callable[[Tape, Array], Array]

    def count(self, z: Array) -> int:
        """Return the N of the mean: examples, or examples times outputs."""
        return int(z.shape[-1]) if self.targets == "one-hot" else int(z.shape[-1] * z.shape[0])

    def value(self, tape: Tape, z: Array, y: Array) -> Array:
        """Return the mean loss of each model: shape ``()`` or ``(M,)``."""
        each = self.each(tape, z, y)
        axes = -1 if self.targets == "one-hot" else (0, -1)
        return tape(np.multiply, tape.total(each, axes, "sum of losses"), tape.number(1 / self.count(z)), name="loss")

    def encode(self, y: Array, outputs: int) -> Array:
        """Turn class numbers ``(N,)`` or targets ``(N,)`` / ``(N, K)`` into the rows ``(N, K)`` that the loss wants."""
        if self.targets == "one-hot":
            return np.eye(outputs)[np.asarray(y, int)]
        columns = np.asarray(y, np.float64).reshape(len(y), -1)
        return 2 * columns - 1 if self.targets == "signs" else columns


def _scaled(tape: Tape, dz: Array, scale: float) -> Array:
    return tape(np.multiply, dz, tape.number(scale), out=dz, name="dz / N")


def squared(tape: Tape, z: Array, y: Array) -> Array:
    """l = (z - y)^2."""
    return tape(np.square, tape(np.subtract, z, y, name="z - y"), name="(z - y)^2")


def squared_gradient(tape: Tape, z: Array, y: Array, scale: float) -> Array:
    """dz = 2 (z - y)."""
    return _scaled(tape, tape(np.subtract, z, y, name="z - y"), 2 * scale)


def absolute(tape: Tape, z: Array, y: Array) -> Array:
    """l = |z - y|."""
    return tape(np.absolute, tape(np.subtract, z, y, name="z - y"), name="|z - y|")


def absolute_gradient(tape: Tape, z: Array, y: Array, scale: float) -> Array:
    """dz = sign(z - y): the same push however far off."""
    return _scaled(tape, tape(np.sign, tape(np.subtract, z, y, name="z - y"), name="sign of z - y"), scale)


def _clipped(tape: Tape, z: Array, y: Array) -> tuple[Array, Array]:
    error = tape(np.subtract, z, y, name="e = z - y")
    near = tape(np.fmin, error, tape.number(1), name="min(e, 1)")
    return error, tape(np.fmax, near, tape.number(-1), out=near, name="c = e kept in [-1, 1]")


def huber(tape: Tape, z: Array, y: Array) -> Array:
    """l = e^2 / 2 up to |e| = 1, then |e| - 1/2 (Huber 1964): c (e - c / 2) with c the error kept in [-1, 1]."""
    error, near = _clipped(tape, z, y)
    half = tape(np.multiply, near, tape.number(0.5), name="c / 2")
    rest = tape(np.subtract, error, half, out=half, name="e - c / 2")
    return tape(np.multiply, near, rest, out=rest, name="c (e - c / 2)")


def huber_gradient(tape: Tape, z: Array, y: Array, scale: float) -> Array:
    """dz = the error kept in [-1, 1]."""
    return _scaled(tape, _clipped(tape, z, y)[1], scale)


def binary_cross_entropy(tape: Tape, z: Array, y: Array) -> Array:
    """l = log(1 + e^(-m)), m = y z with y = -1 or +1; written max(-m, 0) + log(1 + e^-|m|), which never overflows."""
    m = tape(np.multiply, z, y, name="m = y z")
    e = tape(np.absolute, m, name="|m|")
    e = tape(np.exp, tape(np.negative, e, out=e, name="-|m|"), out=e, name="e^-|m|")
    e = tape(np.log, tape(np.add, e, tape.number(1), out=e, name="1 + e^-|m|"), out=e, name="log(1 + e^-|m|)")
    low = tape(np.fmin, m, tape.number(0), out=m, name="min(m, 0)")
    return tape(np.subtract, e, low, out=e, name="log(1 + e^-m)")


def binary_cross_entropy_gradient(tape: Tape, z: Array, y: Array, scale: float) -> Array:
    """dz = sigma(z) - target = (tanh(z / 2) - y) / 2 with y = -1 or +1."""
    t = tape(np.multiply, z, tape.number(0.5), name="z / 2")
    t = tape(np.tanh, t, out=t, name="tanh(z / 2) = 2 sigma(z) - 1")
    t = tape(np.subtract, t, y, out=t, name="2 (sigma(z) - target)")
    return tape(np.multiply, t, tape.number(scale / 2), out=t, name="dz = (sigma(z) - target) / N")


def hinge(tape: Tape, z: Array, y: Array) -> Array:
    """l = max(0, 1 - y z): nothing more to gain once the right side is ahead by 1."""
    m = tape(np.multiply, z, y, name="m = y z")
    gap = tape(np.subtract, tape.number(1), m, out=m, name="1 - m")
    return tape(np.fmax, gap, tape.number(0), out=gap, name="max(0, 1 - m)")


def hinge_gradient(tape: Tape, z: Array, y: Array, scale: float) -> Array:
    """dz = -y where 1 - y z > 0, else 0."""
    short = tape(np.sign, hinge(tape, z, y), name="1 where m < 1")
    return _scaled(tape, tape(np.multiply, short, tape(np.negative, y, name="-y"), out=short, name="dz"), scale)


def brier(tape: Tape, z: Array, y: Array) -> Array:
    """l = (sigma(z) - target)^2 = (tanh(z / 2) - y)^2 / 4 with y = -1 or +1: squared error of a probability."""
    t = tape(np.tanh, tape(np.multiply, z, tape.number(0.5), name="z / 2"), name="2 sigma(z) - 1")
    t = tape(np.square, tape(np.subtract, t, y, out=t, name="2 (p - target)"), out=t, name="4 (p - target)^2")
    return tape(np.multiply, t, tape.number(0.25), out=t, name="(p - target)^2")


def brier_gradient(tape: Tape, z: Array, y: Array, scale: float) -> Array:
    """dz = 2 (p - target) p (1 - p): where the sigmoid is flat there is no push, however wrong the answer."""
    t = tape(np.tanh, tape(np.multiply, z, tape.number(0.5), name="z / 2"), name="t = 2 sigma(z) - 1")
    slope = tape(np.subtract, tape.number(1), tape(np.square, t, name="t^2"), name="4 p (1 - p)")
    t = tape(np.subtract, t, y, out=t, name="2 (p - target)")
    return _scaled(tape, tape(np.multiply, t, slope, out=t, name="8 (p - target) p (1 - p)"), scale / 4)


def softmax(tape: Tape, z: Array) -> Array:
    """p_k = e^(z_k) / sum of e^(z_j), after taking off the largest z so that nothing overflows."""
    top = tape.largest(z, 0, "largest z")
    e = tape(np.subtract, z, top, name="z - largest")
    e = tape(np.exp, e, out=e, name="e^z")
    return tape(np.divide, e, tape.total(e, 0, "sum of e^z"), out=e, name="p = softmax(z)")


def softmax_cross_entropy(tape: Tape, z: Array, y: Array) -> Array:
    """l = log(sum of e^(z_j)) - z_k for the true class k."""
    top = tape.largest(z, 0, "largest z")
    shifted = tape(np.subtract, z, top, name="z - largest")
    spread = tape.total(tape(np.exp, shifted, name="e^z"), 0, "sum of e^z")
    true = tape.total(tape(np.multiply, shifted, y, name="y * z"), 0, "z of the true class")
    spread = tape(np.log, spread, out=spread, name="log of the sum")
    return tape(np.subtract, spread, true, out=spread, name="-log p of the true class")


def softmax_cross_entropy_gradient(tape: Tape, z: Array, y: Array, scale: float) -> Array:
    """dz = p - y. (The 1e-26 keeps p off the smallest float32 numbers, with which a step takes much longer.)"""
    p = softmax(tape, z)
    p = tape(np.add, p, tape.number(1e-26), out=p, name="p + 1e-26")
    return _scaled(tape, tape(np.subtract, p, y, out=p, name="p - y"), scale)


def _same(tape: Tape, z: Array) -> Array:
    return tape(np.positive, z, name="prediction = z")


LOSSES: dict[str, Loss] = {
    "mse": Loss("mean squared error", r"(z-y)^2", "numbers", squared, squared_gradient, _same),
    "mae": Loss("mean absolute error", r"|z-y|", "numbers", absolute, absolute_gradient, _same),
    "huber": Loss(
        "Huber", r"\tfrac12e^2 \text{ if } |e|\le 1 \text{ else } |e|-\tfrac12", "numbers", huber, huber_gradient, _same
    ),
    "bce": Loss(
        "binary cross-entropy",
        r"-y\log p-(1-y)\log(1-p)",
        "signs",
        binary_cross_entropy,
        binary_cross_entropy_gradient,
        logistic,
    ),
    "softmax": Loss(
        "softmax cross-entropy",
        r"-\log p_{\text{true}}",
        "one-hot",
        softmax_cross_entropy,
        softmax_cross_entropy_gradient,
        softmax,
    ),
    "hinge": Loss("hinge", r"\max(0,\,1-yz)", "signs", hinge, hinge_gradient, logistic),
    "brier": Loss("squared error of the probability", r"(p-y)^2", "signs", brier, brier_gradient, logistic),
}
