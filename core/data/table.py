"""A learner's own table: points to predict, or examples to learn from.

Both functions take the bytes of a CSV file and either return numbers that are all finite, with a list of sentences
about what was left out, or raise ``TableError`` with a message that says what to do. Nothing else is ever raised.
Text that comes from the file (column names, classes) is shortened and freed of invisible characters, but it is
still someone else's text: show it as plain text, not as Markdown.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.data.cells import (
    LARGEST,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    TableError,
    describe,
    is_missing,
    key,
    left_out,
    parse_number,
    read_grid,
    tidy,
)
from core.data.spec import MIN_SAMPLES, Data, Floats, Ints

__all__ = [
    "LARGEST",
    "MAX_BYTES",
    "MAX_CLASSES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "TableError",
    "read_dataset",
    "read_points",
]

MAX_CLASSES = 20
"""A column with more different words than this is a name or a number plate, not a class."""
MAX_INTEGER_CLASSES = 10
"""Up to this many different whole numbers are read as classes, more as amounts."""


def read_points(raw: bytes, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Read points to predict.

    The columns are found by name, whatever the case ("X1" and "x₁" are the same). If the file has no names, or as many
    columns as are needed but none of their names, they are taken in order.

    Parameters
    ----------
    raw : bytes
        A CSV file in UTF-8: at most 1,000,000 bytes, 50 columns (or as many as are needed), 5,000 rows.
    columns : sequence of str
        The d names that are needed, such as ``Data.features``.

    Returns
    -------
    points : (N, d) DataFrame of float64
        Finite; columns named and ordered as in ``columns``; the index holds the row numbers of the file.
    problems : list of str
        What was left out or assumed, a sentence each.

    Raises
    ------
    TableError
        If the file cannot be used.
    """
    grid, problems = read_grid(raw, max(MAX_COLUMNS, len(columns)))
    chosen, notes = _match(grid, columns)
    values = _numbers(grid)
    good, faults = _good_rows(grid, values, chosen)
    index = pd.Index([grid.numbers[row] for row in good], name="row")
    return pd.DataFrame(values[good][:, chosen], columns=list(columns), index=index), problems + notes + faults


def read_dataset(raw: bytes, target: str | None = None) -> tuple[Data, list[str]]:
    """Read examples with answers, to learn from.

    The target makes it a classification if it holds words, or at most 10 different whole numbers; else a
    regression. Other columns that mostly hold words are left out, since a network needs numbers.

    Parameters
    ----------
    raw : bytes
        A CSV file as for ``read_points``, with at least 10 rows.
    target : str, optional
        The name of the column to predict; the last one by default.

    Returns
    -------
    data : Data
    problems : list of str
        What was left out, a sentence each.

    Raises
    ------
    TableError
        If the file cannot be used.
    """
    grid, problems = read_grid(raw)
    names, goal = _names(grid), _find_target(grid, target)
    values = _numbers(grid)
    numeric = np.isfinite(values).mean(axis=0) >= 0.5
    chosen = [place for place in range(grid.width) if place != goal and numeric[place]]
    if not chosen:
        raise TableError(f"Beside the target “{names[goal]}” there is no column of numbers to predict it from.")
    wordy = [place for place in range(grid.width) if place != goal and not numeric[place]]
    problems += [f"Column “{names[place]}” mostly holds no numbers and was left out." for place in wordy]
    if not numeric[goal]:  # words: any number will do for now to say that the answer is there
        values[:, goal] = [np.nan if is_missing(cells[goal]) else 0.0 for cells in grid.rows]
    good, notes = _good_rows(grid, values, [*chosen, goal])
    problems += notes
    if good.size < MIN_SAMPLES:
        raise TableError(f"Rows to learn from: {good.size}. Please provide {MIN_SAMPLES} or more.")
    X = values[good][:, chosen]
    features = tuple(names[place] for place in chosen)
    if not numeric[goal]:
        y, classes = _classes([grid.rows[row][goal] for row in good], names[goal])
        return Data(X, y, "classification", classes, features, names[goal]), problems
    return _numeric_target(X, values[good, goal], features, names[goal]), problems


def _numeric_target(X: Floats, y: Floats, features: tuple[str, ...], target: str) -> Data:
    """Take few different whole numbers for classes, everything else for amounts."""
    distinct, codes = np.unique(y, return_inverse=True)
    if len(distinct) == 1:
        raise TableError(f"The target “{target}” is {distinct[0]:g} in every row: there is nothing to learn.")
    if len(distinct) <= MAX_INTEGER_CLASSES and (distinct == np.round(distinct)).all():
        classes = tuple(f"{value:.0f}" for value in distinct)
        return Data(X, codes.astype(np.int64), "classification", classes, features, target)
    return Data(X, y, "regression", (), features, target)


def _classes(words: Sequence[str], target: str) -> tuple[Ints, tuple[str, ...]]:
    """Number the words in alphabetical order: the index of each, and the words."""
    distinct = sorted(set(words))
    if len(distinct) == 1:
        raise TableError(f"The target “{target}” is “{tidy(distinct[0])}” in every row: there is nothing to learn.")
    if len(distinct) > MAX_CLASSES:
        message = (
            f"The target “{target}” holds {len(distinct):,} different words; at most {MAX_CLASSES} can be classes."
        )
        raise TableError(f"{message} Please choose another target column.")
    index = {word: place for place, word in enumerate(distinct)}
    return np.array([index[word] for word in words], dtype=np.int64), tuple(tidy(word) for word in distinct)


def _numbers(grid: Grid) -> Floats:
    """Read every cell, (rows, width); NaN where there is no number."""
    cells = [[parse_number(cell, grid.decimal_comma) for cell in row] for row in grid.rows]
    return np.array(cells, dtype=np.float64).reshape(len(grid.rows), grid.width)


def _good_rows(grid: Grid, values: Floats, places: Sequence[int]) -> tuple[Ints, list[str]]:
    """Find the rows whose ``values`` are numbers at all ``places``, and say of each other row what is wrong with it."""
    bad = np.isnan(values[:, places])
    names = _names(grid)
    faults = []
    for row in np.flatnonzero(bad.any(axis=1)):
        place = places[int(bad[row].argmax())]
        why = describe(grid.rows[row][place], grid.decimal_comma)
        where = f"column “{names[place]}”" if grid.header else names[place]
        faults.append(f"Row {grid.numbers[row]}, {where} {why}.")
    return np.flatnonzero(~bad.any(axis=1)), left_out(faults, len(grid.rows))


def _names(grid: Grid) -> tuple[str, ...]:
    """Name the columns as the file does, and those without a name by their place."""
    header = grid.header or ("",) * grid.width
    return tuple(tidy(name) or f"column {place}" for place, name in enumerate(header, start=1))


def _places(grid: Grid, name: str) -> list[int]:
    return [place for place, other in enumerate(_names(grid)) if key(other) == key(tidy(name))]


def _find_target(grid: Grid, target: str | None) -> int:
    """Find the column to predict, and make sure that no two columns share a name."""
    names = _names(grid)
    if grid.width < 2:
        raise TableError("The file has one column; please provide one or more inputs and a target.")
    twice = next((name for name in names if len(_places(grid, name)) > 1), None)
    if twice is not None:
        raise TableError(f"Two columns are called “{twice}”. Please give each its own name.")
    if target is None:
        return grid.width - 1
    found = _places(grid, target)
    if not found:
        raise TableError(f"There is no column “{tidy(target)}”; there are {_listed(names)}.")
    return found[0]


def _match(grid: Grid, columns: Sequence[str]) -> tuple[list[int], list[str]]:
    """Find the places of the needed columns, and say what was assumed or ignored."""
    found = [_places(grid, name) for name in columns]
    missing = [name for name, places in zip(columns, found, strict=True) if not places]
    twice = [name for name, places in zip(columns, found, strict=True) if len(places) > 1]
    if twice:
        raise TableError(f"Two columns are called “{twice[0]}”. Please remove one.")
    if not missing:
        chosen = [places[0] for places in found]
        ignored = [name for place, name in enumerate(_names(grid)) if place not in chosen]
        return chosen, [f"Not used: {_listed(ignored)}."] if ignored else []
    nameless = grid.header is None and grid.width >= len(columns)
    renamed = len(missing) == len(columns) == grid.width
    if not nameless and not renamed:
        raise TableError(f"Columns needed: {_listed(columns)}. Missing in the file: {_listed(missing)}.")
    notes = [f"The columns were taken in this order: {_listed(columns)}."]
    if grid.width > len(columns):
        notes.append(f"Only the first {len(columns)} of {grid.width} columns were used.")
    return list(range(len(columns))), notes


def _listed(names: Sequence[str], shown: int = 6) -> str:
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(f"“{name}”" for name in names[:shown]) + more
