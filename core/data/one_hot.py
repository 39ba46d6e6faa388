"""Words as inputs: one for each word, 1 where it stands and 0 elsewhere ("one-hot").

A network multiplies and adds, so it cannot be given "red". Numbering the colors would say that blue lies between red
and green; an input for each says no such thing. A column of many words would become many inputs, of which most are 0
nearly always: those are left out.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from core.data.faults import is_missing
from core.data.names import listed, tidy
from core.data.spec import Floats

MAX_CATEGORIES = 8
"""The most different words of a column that become inputs."""
IS = " = "
"""What stands in an input's name between column and word."""


def categories(cells: Sequence[str]) -> list[str]:
    """Return the different words of a column, in order; missing ones do not count."""
    return sorted({cell for cell in cells if not is_missing(cell)})


def spread(
    order: Sequence[int], numbers: Mapping[int, Floats], words: Mapping[int, Sequence[str]], names: Sequence[str]
) -> tuple[Floats, tuple[str, ...], list[str]]:
    """Put columns of numbers and of words side by side.

    Parameters
    ----------
    order : sequence of int
        The places of the columns, all in ``numbers`` or ``words``.
    numbers, words : mapping
        The cells of a column, by its place.
    names : sequence of str
        The names of all columns, by their place.

    Returns
    -------
    X : (N, k) float64
    features : tuple of str
        The name of each input.
    notes : list of str
        Which words became inputs.

    Examples
    --------
    >>> X, features, notes = spread([0], {}, {0: ["red", "blue", "red"]}, ["color"])
    >>> X.tolist(), features
    ([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]], ('color = blue', 'color = red'))
    """
    parts, features, notes = [], [], []
    for place in order:
        if place in numbers:
            parts.append(np.asarray(numbers[place], dtype=np.float64))
            features.append(names[place])
            continue
        found = categories(words[place])
        parts += [np.array([float(cell == word) for cell in words[place]]) for word in found]
        features += [f"{names[place]}{IS}{tidy(word)}" for word in found]
        notes.append(f"“{names[place]}” holds words. Each became an input that is 1 or 0: {listed(found, 8)}.")
    return np.column_stack(parts), tuple(features), notes
