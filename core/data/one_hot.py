"""Words as inputs: one for each word, 1 where it stands and 0 elsewhere ("one-hot").

A network multiplies and adds, so it cannot be given "red". Numbering the colors would say that blue lies between red
and green; an input for each says no such thing. A column of many words would become many inputs, of which most are 0
nearly always: those are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from core.data.cells import Grid
from core.data.faults import is_missing
from core.data.names import harmless, key, listed, tidy
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


def sources(columns: Sequence[str]) -> list[str]:
    """Return the names of the columns that inputs are made from: of "color = red" that is "color"."""
    return list(dict.fromkeys(name.partition(IS)[0] for name in columns))


def with_words(grid: Grid, columns: Sequence[str]) -> tuple[Grid, list[str]]:
    """Add to a grid the inputs that are needed and can be made from its words, and say which words are unknown."""
    keys = [key(name) for name in grid.names]
    made = [name for name in columns if IS in name and key(name) not in keys and key(name.partition(IS)[0]) in keys]
    if not made or grid.header is None:
        return grid, []
    added, notes = [], []
    for source in sources(made):
        place = keys.index(key(source))
        words = {name.partition(IS)[2] for name in made if name.partition(IS)[0] == source}
        cells = ["" if is_missing(row[place]) else harmless(tidy(row[place])) for row in grid.rows]
        added += [[("1" if cell == word else "0") if cell else "" for cell in cells] for word in sorted(words)]
        if strangers := sorted({cell for cell in cells if cell} - words):
            strange = [str(n) for n, cell in zip(grid.numbers, cells, strict=True) if cell in strangers]
            where = f"row{'s' * (len(strange) > 1)} {', '.join(strange[:4])}{' …' * (len(strange) > 4)}"
            unseen = (
                f"“{grid.names[place]}” holds words that the network has never seen: {listed(strangers, 4)} ({where})."
            )
            notes.append(f"{unseen} They count as none of the words that it knows.")
    header = (*grid.header, *(n for s in sources(made) for n in sorted(n for n in made if n.partition(IS)[0] == s)))
    rows = [(*row, *more) for row, more in zip(grid.rows, zip(*added, strict=True), strict=True)]
    return replace(grid, header=header, rows=rows, width=grid.width + len(added)), notes
