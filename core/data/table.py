"""A learner's own data set: examples with answers, to learn from.

``read_dataset`` takes the bytes of a file and keeps the same promises as ``points.read_points``, which reads points
to predict: finite numbers and a list of sentences, or a ``TableError``.
"""

from collections.abc import Sequence

import numpy as np

from core.data.cells import Grid, read_grid
from core.data.faults import TableError, is_missing
from core.data.heads import COUNTERS, count_up
from core.data.names import key, listed, tidy
from core.data.numerals import is_numeral
from core.data.points import read_points, read_typed
from core.data.spec import MIN_SAMPLES, Data, Floats, Ints
from core.data.values import Cells, decimal_sign, good_rows, numbers, readings

__all__ = ["MAX_CLASSES", "MAX_USED", "TableError", "read_dataset", "read_points", "read_typed"]

MAX_USED = 64
"""The most columns to learn from: those of the digits."""
MAX_CLASSES = 20
"""A column with more different words than this is a name or a number plate, not a class."""
MAX_INTEGER_CLASSES = 10
"""Up to this many different whole numbers are read as classes, more as amounts."""


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
    goal = _find_target(grid, target)
    numeric = [_mostly_numbers(grid, place) for place in range(grid.width)]
    chosen, notes = _inputs(grid, goal, numeric)
    columns = [*chosen, goal] if numeric[goal] else chosen
    cells = Cells.of(grid, columns)
    sign, about = decimal_sign(cells)
    values = numbers(cells, sign)
    bad, places = np.isnan(values), columns
    if not numeric[goal]:
        bad = np.column_stack([bad, [is_missing(row[goal]) for row in grid.rows]])
        places = [*columns, goal]
    good, faults = good_rows(grid, bad, places, sign)
    problems += notes + about + readings(cells, good, sign) + faults
    if good.size < MIN_SAMPLES:
        raise TableError(f"Rows to learn from: {good.size}. Please provide {MIN_SAMPLES} or more.")
    X, features = values[good][:, : len(chosen)], tuple(grid.names[place] for place in chosen)
    if not numeric[goal]:
        y, classes = _classes([grid.rows[row][goal] for row in good], grid.names[goal])
        return Data(X, y, "classification", classes, features, grid.names[goal]), problems
    return _numeric_target(X, values[good, -1], features, grid.names[goal]), problems


def _mostly_numbers(grid: Grid, place: int) -> bool:
    return sum(is_numeral(cells[place]) for cells in grid.rows) >= len(grid.rows) / 2


def _inputs(grid: Grid, goal: int, numeric: Sequence[bool]) -> tuple[list[int], list[str]]:
    """Choose the columns to learn from: those of numbers that do more than count the rows."""
    others = [place for place in range(int(grid.beside), grid.width) if place != goal]
    counters = [place for place in others if grid.header and key(grid.names[place]) in COUNTERS]
    counters = [place for place in counters if count_up([cells[place] for cells in grid.rows])]
    chosen = [place for place in others if numeric[place] and place not in counters]
    if not chosen:
        raise TableError(f"Beside the target “{grid.names[goal]}” there is no column of numbers to predict it from.")
    if len(chosen) > MAX_USED:
        raise TableError(f"The file has {len(chosen):,} columns of numbers; at most {MAX_USED} can be learned from.")
    notes = [f"Column “{grid.names[place]}” counts the rows and was left out." for place in counters]
    wordy = [grid.names[place] for place in others if not numeric[place]]
    if len(wordy) > 5:
        return chosen, [*notes, f"Columns that mostly hold no numbers were left out: {listed(wordy)}."]
    return chosen, notes + [f"Column “{name}” mostly holds no numbers and was left out." for name in wordy]


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


def _find_target(grid: Grid, target: str | None) -> int:
    """Find the column to predict, and make sure that no two columns share a name."""
    names = grid.names
    if grid.width - grid.beside < 2:
        raise TableError("The file has one column; please provide one or more inputs and a target.")
    keys = [key(name, unit=True) for name in names]
    twice = next((name for k, name in enumerate(names) if keys[k] in keys[k + 1 :]), None)
    if twice is not None:
        raise TableError(f"Two columns are called “{twice}”. Please give each its own name.")
    if target is None:
        return grid.width - 1
    found = [k for k, name in enumerate(names) if key(name, unit=True) == key(tidy(target), unit=True)]
    found = found or [k for k, name in enumerate(names) if key(name) == key(tidy(target))]
    if not found:
        raise TableError(f"There is no column “{tidy(target)}”; there are {listed(names)}.")
    return found[0]
