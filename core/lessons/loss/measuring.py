"""Losses asked directly: the value and the slope at single predictions, by the same code that training runs."""

from typing import Any

import numpy as np

from core.nn.losses import LOSSES, Loss
from core.nn.tape import Array

EXAMPLE_X = np.array([0.4, 1.1, 1.8, 2.5, 3.2])
EXAMPLE_Y = np.array([1.2, 1.5, 2.2, 2.1, 3.0])
"""Five examples (x, y), not quite on a line."""
OUTLIER = 0.2
"""What a y becomes when it was written down wrongly: the last one, unless another is chosen."""


def examples(outlier: bool, which: int = 5) -> tuple[Array, Array]:
    """Return the five examples, with or without the mistake in one of them (1 to 5)."""
    y = EXAMPLE_Y.copy()
    y[which - 1] = OUTLIER if outlier else y[which - 1]
    return EXAMPLE_X, y


def each(loss: Loss, z: Any, y: Any) -> Array:
    """Return the loss of every prediction alone, shaped like ``z`` (any shape; ``y`` likewise, as the loss wants it).

    >>> each(LOSSES["mse"], [0.7], [0.9]).round(6)
    array([0.04])
    """
    z, y = np.asarray(z, np.float64), np.asarray(y, np.float64)
    return loss.each(z, y)


def slope(loss: Loss, z: Any, y: Any) -> Array:
    """Return dl/dz of every prediction alone, shaped like ``z``.

    >>> slope(LOSSES["mse"], [0.7], [0.9]).round(6)
    array([-0.4])
    """
    z, y = np.asarray(z, np.float64), np.asarray(y, np.float64)
    return loss.gradient(z, y, 1)


def line_loss(loss: Loss, x: Array, y: Array, w: Any, b: Any) -> Array:
    """Return the mean loss of the line ``w x + b`` over n examples, for any array of slopes and intercepts.

    Parameters
    ----------
    x, y : (n,) examples.
    w, b : numbers or arrays of one shape ``(...)``.

    Returns
    -------
    (...) mean losses
    """
    z = np.asarray(w, np.float64)[..., None] * x + np.asarray(b, np.float64)[..., None]
    return each(loss, z, np.broadcast_to(y, z.shape)).mean(-1)


def best_line(loss: Loss, x: Array, y: Array, box: tuple[float, float, float, float], side: int = 61) -> Array:
    """Return the (w, b) of least mean loss inside a box: a grid, then finer grids around its best place."""
    low, high = np.array(box[::2]), np.array(box[1::2])
    for _ in range(5):
        w, b = np.meshgrid(np.linspace(low[0], high[0], side), np.linspace(low[1], high[1], side))
        at = np.unravel_index(np.argmin(line_loss(loss, x, y, w, b)), w.shape)
        best, reach = np.array([w[at], b[at]]), (high - low) * 4 / side
        low, high = np.maximum(best - reach, box[::2]), np.minimum(best + reach, box[1::2])
    return best


def softmax_loss(logits: Any, true: int) -> tuple[Array, float, Array]:
    """Return probabilities ``(K,)``, the cross-entropy and its slope by each logit, for a true class."""
    loss, z = LOSSES["softmax"], np.asarray(logits, np.float64)[:, None]
    y = np.eye(len(z))[true][:, None]
    probabilities = loss.predict(z)[:, 0]
    return probabilities, float(each(loss, z, y)[0]), slope(loss, z, y)[:, 0]
