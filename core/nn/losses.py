"""How wrong a prediction is, and which way to push it: ``L = mean of l(z, y)`` and ``dz = dL/dz``.

Every loss takes the output layer's pre-activation ``z`` (for classes: the logits) and does the squashing itself. That
is what keeps it exact where ``log(sigmoid(z))`` would round to log(0), and it makes the gradients short: for both
cross-entropies it is simply *prediction minus target*.

The mean runs over the batch and over the outputs (over the batch alone for softmax, where the K outputs make one
answer); a gradient is given its ``n``. Targets are ``(K, B)``; two-class losses want them as -1 or +1, which `encode`
makes from class numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.activations import identity, sigmoid
from core.nn.tape import Array


@dataclass(frozen=True)
class Loss:
    """One way to measure error.

    Attributes
    ----------
    targets : "signs" (-1 or +1), "one-hot" or "numbers".
    each : ``(z, y) -> (K, ..., B)`` or ``(..., B)``: the loss of each example.
    gradient : ``(z, y, n) -> dz``: the derivative of the mean over ``n``.
    choice : how an experiment's settings name it, whatever the targets are ("": no setting leads to it).
    label : the words for that choice.
    """

    targets: str
    each: Callable[[Array, Array], Array]
    gradient: Callable[[Array, Array, float], Array]
    choice: str = ""
    label: str = ""

    def count(self, z: Array) -> int:
        """Return the n of the mean: examples, or examples times outputs."""
        return int(z.shape[-1]) if self.targets == "one-hot" else int(z.shape[-1] * z.shape[0])

    def value(self, z: Array, y: Array) -> Array:
        """Return the mean loss of each model: shape ``()`` or ``(M,)``."""
        return self.each(z, y).sum(-1 if self.targets == "one-hot" else (0, -1)) * (1 / self.count(z))

    def predict(self, z: Array) -> Array:
        """Return what the network says: a probability, a probability for each class, or a number. (Hinge's is none.)"""
        return PREDICTIONS[self.targets](z)

    def encode(self, y: Array, outputs: int) -> Array:
        """Turn class numbers ``(N,)`` or targets ``(N,)`` / ``(N, K)`` into the rows ``(N, K)`` that the loss wants."""
        if self.targets == "one-hot":
            return np.eye(outputs)[np.asarray(y, int)]
        columns = np.asarray(y, np.float64).reshape(len(y), -1)
        return 2 * columns - 1 if self.targets == "signs" else columns


def squared(z: Array, y: Array) -> Array:
    """l = (z - y)^2."""
    return np.square(z - y)


def squared_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = 2 (z - y) / n."""
    return (z - y) * (2 / n)


def absolute(z: Array, y: Array) -> Array:
    """l = |z - y|."""
    return np.abs(z - y)


def absolute_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = sign(z - y) / n: the same push however far off."""
    return np.sign(z - y) * (1 / n)


def huber(z: Array, y: Array) -> Array:
    """l = e^2 / 2 up to |e| = 1, then |e| - 1/2 (Huber 1964): c (e - c / 2) with c the error e kept in [-1, 1]."""
    e = z - y
    c = np.fmax(np.fmin(e, 1), -1)
    return c * (e - c * 0.5)


def huber_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = c / n, c the error kept in [-1, 1]."""
    return np.fmax(np.fmin(z - y, 1), -1) * (1 / n)


def binary_cross_entropy(z: Array, y: Array) -> Array:
    """l = log(1 + e^-m), m = y z with y = -1 or +1; written max(-m, 0) + log(1 + e^-|m|), which never overflows."""
    m = y * z
    return np.log(1 + np.exp(-np.abs(m))) - np.fmin(m, 0)


def binary_cross_entropy_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = (sigma(z) - target) / n, which is (tanh(z / 2) - y) / 2n with y = -1 or +1."""
    return (np.tanh(z * 0.5) - y) * (0.5 / n)


def hinge(z: Array, y: Array) -> Array:
    """l = max(0, 1 - y z): nothing more to gain once the right side is ahead by 1."""
    return np.fmax(1 - y * z, 0)


def hinge_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = -y / n where 1 - y z > 0, else 0."""
    return np.sign(hinge(z, y)) * -y * (1 / n)


def brier(z: Array, y: Array) -> Array:
    """l = (sigma(z) - target)^2 = (tanh(z / 2) - y)^2 / 4 with y = -1 or +1: squared error of a probability."""
    return np.square(np.tanh(z * 0.5) - y) * 0.25


def brier_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = 2 (p - target) p (1 - p) / n: where the sigmoid is flat there is no push, however wrong the answer.

    With t = tanh(z / 2), p - target is (t - y) / 2 and p (1 - p) is (1 - t^2) / 4.
    """
    t = np.tanh(z * 0.5)
    return (t - y) * (1 - t * t) * (0.25 / n)


def softmax(z: Array) -> Array:
    """p_k = e^(z_k) / sum of e^(z_j), after taking off the largest z so that nothing overflows."""
    e = np.exp(z - z.max(0))
    return e / e.sum(0)


def softmax_cross_entropy(z: Array, y: Array) -> Array:
    """l = log(sum of e^(z_j)) - z_k for the true class k."""
    z = z - z.max(0)
    return np.log(np.exp(z).sum(0)) - (y * z).sum(0)


def softmax_cross_entropy_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = (p - y) / n. (1e-26 keeps p off the smallest float32 numbers, with which a step takes much longer.)"""
    return (softmax(z) + 1e-26 - y) * (1 / n)


PREDICTIONS = {"signs": sigmoid, "one-hot": softmax, "numbers": identity}
CROSS_ENTROPY, SQUARED_ERROR = ("cross_entropy", "cross-entropy"), ("mse", "squared error")

LOSSES: dict[str, Loss] = {
    "bce": Loss("signs", binary_cross_entropy, binary_cross_entropy_gradient, *CROSS_ENTROPY),
    "softmax": Loss("one-hot", softmax_cross_entropy, softmax_cross_entropy_gradient, *CROSS_ENTROPY),
    "mse": Loss("numbers", squared, squared_gradient, *SQUARED_ERROR),
    "brier": Loss("signs", brier, brier_gradient, *SQUARED_ERROR),
    "hinge": Loss("signs", hinge, hinge_gradient, "hinge", "hinge"),
    "huber": Loss("numbers", huber, huber_gradient, "huber", "Huber"),
    "mae": Loss("numbers", absolute, absolute_gradient),
}
