"""What to do with a gradient that is too long: shorten it, and keep its direction.

Where a loss has a cliff, one step with the full gradient would jump far away (Pascanu, Mikolov and Bengio 2013).
"""

from collections.abc import Iterable

import numpy as np

from core.nn.tape import Array, Tape


def clip(tape: Tape, gradients: Iterable[Array], longest: float) -> None:
    """Record ``g *= min(1, longest / |g|)``, |g| the length of all gradients of a network together, in place.

    Parameters
    ----------
    gradients : the network's ``g``, arrays ``(rows, columns)`` or ``(rows, M, columns)``: each model has its own |g|.
    longest : the length that none may exceed. (1e-6 keeps a gradient of zero from being divided by zero.)
    """
    gradients = tape.watch(list(gradients))
    length = np.sqrt(sum((g * g).sum((0, -1)) for g in gradients))
    share = np.fmin(1, longest / (length + 1e-6))
    for g in gradients:
        g *= share[..., None]
