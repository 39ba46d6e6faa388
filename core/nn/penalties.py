"""What large weights cost: ``l1 * sum |w| + l2 / 2 * sum w^2`` on top of the loss, on weights and not on biases.

Each step L2 takes the same share off every weight, L1 the same amount, so L1 drives weights that are little use to
about 0 and keeps few. (scikit-learn's ``alpha`` is ``l2`` times the number of examples in a batch.)
"""

import numpy as np

from core.nn.tape import Array, Tape


def add_gradient(tape: Tape, theta: Array, grad: Array, l1: Array, l2: Array) -> None:
    """Add ``l1 * sign(w) + l2 * w`` to the gradient.

    Parameters
    ----------
    theta, grad : (P,) all parameters and their gradients.
    l1, l2 : (P,) the strength for each parameter, zero where there is no penalty.
    """
    tape.section = "penalty"
    w, dw = tape.watch(theta), tape.watch(grad)
    if l2.any():
        dw += l2 * w
    if l1.any():
        dw += l1 * np.sign(w)


def value(theta: Array, l1: Array, l2: Array) -> float:
    """Return the penalty, of all networks together: ``sum l1 |w| + l2 w^2 / 2``."""
    return float(l1 @ np.abs(theta) + l2 @ np.square(theta) / 2)
