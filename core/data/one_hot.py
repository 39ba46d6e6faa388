"""Words as inputs: one for each word, 1 where it stands and 0 elsewhere ("one-hot").

A network multiplies and adds, so it cannot be given "red". Numbering the colors would say that blue lies between red
and green; an input for each says no such thing. A column of many words would become many inputs, of which most are 0
nearly always: those are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from core.data.cells import Grid
from core.data.faults import TableError, is_missing
from core.data.names import LONGEST, harmless, key, listed, tidy
from core.data.spec import Floats

MAX_CATEGORIES = 8
"""The most different words of a column that become inputs."""
IS = " = "
"""What stands in an input's name between column and word."""
_LONGEST_COLUMN = 20
"""So much of a column's name stands in an input's name; the word has what is left."""


def input_name(column: str, word: str) -> str:
    """Return the name of the input that is 1 where a column holds a word: as `own` keeps it, which cuts no more.

    >>> input_name("color", "red"), input_name("What is your favourite kind of fruit", "apple")
    ('color = red', 'What is your favour = apple')
    """
    place = _column(column) + IS
    return place + (harmless(word, LONGEST - len(place)) or "other")


def _column(name: str) -> str:
    return harmless(name, _LONGEST_COLUMN) or "column"


def column_key(name: str) -> str:
    """What a column is found by: as much of its name as stands in the inputs' names."""
    return key(_column(name))


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
        found, called = categories(words[place]), [input_name(names[place], word) for word in words[place]]
        made = list(dict.fromkeys(input_name(names[place], word) for word in found))
        parts += [np.array([float(name == one) for name in called]) for one in made]
        features += made
        notes.append(f"“{names[place]}” holds words. Each became an input that is 1 or 0: {listed(found, 8)}.")
    return np.column_stack(parts), tuple(features), notes


def sources(columns: Sequence[str]) -> list[str]:
    """Return the names of the columns that inputs are made from: of "color = red" that is "color"."""
    return list(dict.fromkeys(name.partition(IS)[0] for name in columns))


def word_columns(columns: Sequence[str]) -> set[str]:
    """Return the keys (`column_key`) of the columns whose words inputs are made from."""
    return {column_key(one.partition(IS)[0]) for one in columns if IS in one}


def _place(names: Sequence[str], source: str) -> int:
    """Find the column that an input's name speaks of."""
    exact = [k for k, name in enumerate(names) if key(name) == key(source)]
    alike = exact[:1] or [k for k, name in enumerate(names) if column_key(name) == column_key(source)]
    if len(alike) > 1:
        raise TableError(
            f"Several columns begin with “{source}”: {listed([names[k] for k in alike], 3)}. Please give them shorter "
            "names, in the file to learn from as well."
        )
    return alike[0]


def with_words(grid: Grid, columns: Sequence[str]) -> tuple[Grid, list[str]]:
    """Add to a grid the inputs that are needed and can be made from its words, and say which words are unknown.

    Raises ``TableError`` if several columns may be meant.
    """
    keys, cut = [key(name) for name in grid.names], [column_key(name) for name in grid.names]
    needed = [name for name in columns if IS in name and key(name) not in keys]
    made = [name for name in needed if column_key(name.partition(IS)[0]) in cut]
    if not made or grid.header is None:
        return grid, []
    added, header, notes = [], [*grid.header], []
    for source in sources(made):
        place = _place(grid.names, source)
        known = {input_name(source, name.partition(IS)[2]): name for name in made if name.partition(IS)[0] == source}
        words = [row[place] for row in grid.rows]
        called = ["" if is_missing(word) else input_name(source, word) for word in words]
        added += [[("1" if name == one else "0") if name else "" for name in called] for one in sorted(known)]
        header += [known[one] for one in sorted(known)]
        if unknown := {name for name in called if name} - known.keys():
            strangers = sorted({tidy(word) for word, name in zip(words, called, strict=True) if name in unknown})
            strange = [str(n) for n, name in zip(grid.numbers, called, strict=True) if name in unknown]
            where = f"row{'s' * (len(strange) > 1)} {', '.join(strange[:4])}{' …' * (len(strange) > 4)}"
            unseen = (
                f"“{grid.names[place]}” holds words that the network has never seen: {listed(strangers, 4)} ({where})."
            )
            notes.append(f"{unseen} They count as none of the words that it knows.")
    rows = [(*row, *more) for row, more in zip(grid.rows, zip(*added, strict=True), strict=True)]
    return replace(grid, header=tuple(header), rows=rows, width=grid.width + len(added)), notes
