"""From a network's answers to classes: one rule, so that no two numbers on a screen can disagree about a tie.

With two classes, class 1 wins where its probability is above one half (where ``z > 0``); with more, the largest score
wins. A tie goes to the class that comes first, as ``argmax`` has it.
"""

from core.nn.tape import Array


def class_one(z: Array) -> Array:
    """Return whether class 1 of two wins, for outputs ``z`` of any shape.

    >>> import numpy as np
    >>> class_one(np.array([-1.0, 0.0, 1.0])).tolist()
    [False, False, True]
    """
    return z > 0


def largest(scores: Array, axis: int = -1) -> Array:
    """Return which of K classes wins, for ``z`` or probabilities with the classes along ``axis``.

    >>> import numpy as np
    >>> largest(np.array([[0.2, 0.4, 0.4]])).tolist()
    [1]
    """
    return scores.argmax(axis)


def winner(p: Array) -> Array:
    """Return the class that wins, ``(N,)``, for probabilities ``(N,)`` of class 1 or ``(N, K)``.

    >>> import numpy as np
    >>> winner(np.array([0.1, 0.5, 0.9])).tolist()
    [0, 0, 1]
    """
    return class_one(p - 0.5).astype(int) if p.ndim == 1 else largest(p)
