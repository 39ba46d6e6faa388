"""A learner's own data set: examples with answers, to learn from.

``read_table`` takes the bytes of a file and tells what each column is good for; ``dataset`` makes the data set of the
columns that were chosen; ``read_dataset`` does both with the usual choice. They keep the same promises as
``points.read_points``, which reads points to predict: finite numbers and a list of sentences, or a ``TableError``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core.data.cells import Grid, read_grid
from core.data.faults import MISSING_NUMBERS, TableError, is_missing
from core.data.heads import COUNTERS, count_up
from core.data.names import key, listed, tidy
from core.data.numerals import NOT_A_NUMBER, numeral
from core.data.one_hot import MAX_CATEGORIES, categories, spread
from core.data.points import read_points, read_typed
from core.data.spec import MIN_SAMPLES, Data, Floats, Ints
from core.data.values import Bools, Cells, decimal_sign, good_rows, numbers, readings

__all__ = [
    "MAX_CLASSES",
    "MAX_USED",
    "TableError",
    "dataset",
    "read_dataset",
    "read_points",
    "read_table",
    "read_typed",
]

MAX_USED = 64
"""The most inputs to learn from: those of the digits."""
MAX_CLASSES = 10
"""A column with more different words than this is a name or a number plate, not a class."""
_PARTS = {"train", "validation", "test"}
"""What the page itself writes beside each example of its own data."""
Kind = Literal["numbers", "words", "counter", "names", "part"]


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, what is in it, and how many different cells it has.

    ``kind`` is "numbers"; "words", few enough to become inputs; "names", too many words for that, or one in every row;
    "counter", which counts the rows; "part", which the page itself wrote beside its data.
    """

    name: str
    kind: Kind
    count: int

    @property
    def may_be_input(self) -> bool:
        """Whether a network can be given this column."""
        return self.kind in ("numbers", "words")

    @property
    def may_be_target(self) -> bool:
        """Whether a network can learn to answer with it."""
        amounts = self.kind in ("numbers", "counter")
        return self.kind != "part" and self.count > 1 and (amounts or self.count <= MAX_CLASSES)

    @property
    def either(self) -> bool:
        """Whether its numbers may be meant as classes, or as amounts."""
        return self.kind == "numbers" and 2 <= self.count <= MAX_CLASSES


@dataclass(frozen=True)
class Table:
    """A file as a table: its cells, its columns, and what had to be said about it. No two names are the same."""

    grid: Grid
    columns: tuple[Column, ...]
    notes: tuple[str, ...]

    def inputs_for(self, target: int) -> list[int]:
        """Return the places of the columns that can be learned from beside a target."""
        start = int(self.grid.beside)
        return [k for k, column in enumerate(self.columns) if k >= start and k != target and column.may_be_input]

    def find(self, name: str) -> int:
        """Find a column by its name; raises ``TableError`` if there is none."""
        names, wanted = self.grid.names, tidy(name)
        found = [k for k, other in enumerate(names) if key(other, unit=True) == key(wanted, unit=True)]
        found = found or [k for k, other in enumerate(names) if key(other) == key(wanted)]
        if not found:
            raise TableError(f"There is no column “{wanted}”; there are {listed(names)}.")
        return found[0]


def read_table(raw: bytes) -> Table:
    """Read a file, and tell what its columns are good for; raises ``TableError`` if it cannot be used."""
    grid, notes = read_grid(raw)
    if grid.width - grid.beside < 2:
        raise TableError("The file has one column; please provide one or more inputs and a target.")
    keys = [key(name, unit=True) for name in grid.header or grid.names]
    twice = next((name for k, name in enumerate(grid.names) if keys[k] in keys[k + 1 :]), None)
    if twice is not None:
        raise TableError(f"Two columns are called “{twice}”. Please give each its own name.")
    if len(grid.rows) < MIN_SAMPLES:
        raise TableError(f"Rows to learn from: {len(grid.rows)}. Please provide {MIN_SAMPLES} or more.")
    columns = [_column(grid, place) for place in range(grid.width)]
    if sum(column.may_be_input for column in columns[int(grid.beside) :]) < 2:  # x = 1, 2, 3, … may be the only input
        columns = [replace(c, kind="numbers") if c.kind == "counter" else c for c in columns]
    return Table(grid, tuple(columns), tuple(notes))


def dataset(table: Table, target: int, inputs: Sequence[int], as_classes: bool | None = None) -> tuple[Data, list[str]]:
    """Make a data set of some columns of a table.

    Parameters
    ----------
    table : Table
    target : int
        The place of the column to predict.
    inputs : sequence of int
        The places of the columns to learn from; each word of a column of words becomes an input that is 1 or 0.
    as_classes : bool, optional
        Whether the numbers of the target are classes; without it they are if they are at most 10 different whole ones.

    Returns
    -------
    data : Data
    notes : list of str
        What was left out or assumed, a sentence each.

    Raises
    ------
    TableError
        If there is nothing to learn.
    """
    grid, columns = table.grid, table.columns
    words = [place for place in inputs if columns[place].kind != "numbers"]
    numeric = [place for place in inputs if place not in words]
    _not_too_many(table, numeric, words)
    worded = columns[target].kind not in ("numbers", "counter")
    cells = Cells.of(grid, numeric if worded else [*numeric, target])
    sign, about = decimal_sign(cells)
    values = numbers(cells, sign)
    texts = [*words, target] if worded else words
    empty = np.array([[is_missing(row[place]) for place in texts] for row in grid.rows], dtype=bool)
    places = [*cells.columns, *texts]
    bad = np.column_stack([np.isnan(values), empty.reshape(len(grid.rows), -1)])
    good, faults = _usable(grid, bad, places, sign)
    if good.size < MIN_SAMPLES:
        raise TableError(f"Rows to learn from: {good.size}. Please provide {MIN_SAMPLES} or more. {' '.join(faults)}")
    wordy = {place: [grid.rows[row][place] for row in good] for place in texts}
    X, features, more = spread(inputs, {p: values[good, k] for k, p in enumerate(numeric)}, wordy, grid.names)
    notes = [*about, *readings(cells, good, sign), *faults, *more]
    name = grid.names[target]
    for place in texts:
        notes += _alike(grid.names[place], wordy[place])
    if worded:
        y, classes = _classes(wordy[target], name)
        return Data(X, y, "classification", classes, features, name), notes
    return _numeric_target(X, values[good, -1], features, name, as_classes), notes


def read_dataset(raw: bytes, target: str | None = None) -> tuple[Data, list[str]]:
    """Read examples with answers, to learn from: all columns that can be, to predict ``target``, or else the last.

    The target makes it a classification if it holds words, or at most 10 different whole numbers; else a regression.

    Parameters
    ----------
    raw : bytes
        A CSV file as for ``read_points``, with at least 10 rows.
    target : str, optional
        The name of the column to predict; the last one by default.

    Returns
    -------
    data, notes
        As from ``dataset``.
    """
    table = read_table(raw)
    goal = len(table.columns) - 1 if target is None else table.find(target)
    data, notes = dataset(table, goal, table.inputs_for(goal))
    return data, [*table.notes, *unused(table, goal), *notes]


def unused(table: Table, target: int) -> list[str]:
    """Say which columns cannot be learned from, and why."""
    others = [c for k, c in enumerate(table.columns) if k != target and k >= int(table.grid.beside)]
    notes = [f"Column “{c.name}” counts the rows and was left out." for c in others if c.kind == "counter"]
    notes += [f"Column “{c.name}” says which part a row went to and was left out." for c in others if c.kind == "part"]
    named = [c for c in others if c.kind == "names"]
    if len(named) > 5:
        return [*notes, f"Columns of too many different texts were left out: {listed([c.name for c in named])}."]
    return notes + [_too_wordy(c) for c in named]


def _too_wordy(column: Column) -> str:
    if column.count < 2:
        return f"Column “{column.name}” is the same in every row and was left out."
    more = f"{column.count:,} different texts and was left out: at most {MAX_CATEGORIES} can become inputs."
    return f"Column “{column.name}” holds {more}"


def _column(grid: Grid, place: int) -> Column:
    """Tell what a column is good for; its empty cells say nothing."""
    cells, name = [row[place] for row in grid.rows], grid.names[place]
    read = {text: numeral(text) for text in set(cells)}
    filled = [read[cell] for cell in cells if cell.lower() not in MISSING_NUMBERS]
    numerals = [n for n in filled if n != NOT_A_NUMBER]
    if numerals and len(numerals) >= len(filled) / 2:
        counts = grid.header and key(name) in COUNTERS and count_up(cells)
        different = {(n.point, n.comma) for n in numerals}
        return Column(name, "counter" if counts else "numbers", len(different))
    words = categories(cells)
    if key(name) == "part" and set(words) <= _PARTS:
        return Column(name, "part", len(words))
    return Column(name, "words" if 2 <= len(words) <= MAX_CATEGORIES else "names", len(words))


def _not_too_many(table: Table, numeric: Sequence[int], words: Sequence[int]) -> None:
    if not numeric and not words:
        raise TableError("There is no column of numbers, or of a few words, to predict the target from.")
    count = len(numeric) + sum(table.columns[place].count for place in words)
    if count > MAX_USED:
        counted = "columns of numbers" if not words else "inputs, with one for each word,"
        raise TableError(f"The file has {count:,} {counted}; at most {MAX_USED} can be learned from.")


def _usable(grid: Grid, bad: Bools, places: Sequence[int], sign: str) -> tuple[Ints, list[str]]:
    """Find the rows without a bad cell; where cells are missing in many rows, say so in one sentence."""
    missing = np.array([[row[place].lower() in MISSING_NUMBERS for place in places] for row in grid.rows], dtype=bool)
    holes = (bad & missing).any(axis=1) & ~(bad & ~missing).any(axis=1)
    if holes.sum() <= max(5, len(grid.rows) // 10):
        return good_rows(grid, bad, places, sign)
    counts = (bad & missing)[holes].sum(axis=0)
    named = [f"“{grid.names[places[k]]}” in {counts[k]:,}" for k in np.argsort(-counts, kind="stable") if counts[k]]
    more = f" and {len(named) - 4} other columns" if len(named) > 4 else ""
    faults = [
        f"{int(holes.sum()):,} of {len(grid.rows):,} rows have an empty cell and were left out: "
        f"{', '.join(named[:4])}{more}. Without such a column, its rows can stay."
    ]
    full = np.flatnonzero(~holes)
    rows = Grid(grid.header, [grid.rows[k] for k in full], [grid.numbers[k] for k in full], grid.width, grid.beside)
    good, others = good_rows(rows, bad[full], places, sign)
    return full[good], faults + others


def _numeric_target(X: Floats, y: Floats, features: tuple[str, ...], target: str, as_classes: bool | None) -> Data:
    """Take few different whole numbers for classes, everything else for amounts, unless told otherwise."""
    distinct, codes = np.unique(y, return_inverse=True)
    if len(distinct) == 1:
        raise TableError(f"The target “{target}” is {distinct[0]:g} in every row: there is nothing to learn.")
    few = len(distinct) <= MAX_CLASSES
    if as_classes and not few:
        message = f"The target “{target}” holds {len(distinct):,} different numbers; at most {MAX_CLASSES} can be"
        raise TableError(f"{message} classes.")
    if as_classes or (as_classes is None and few and (distinct == np.round(distinct)).all()):
        classes = tuple(f"{value:.10g}" for value in distinct)
        return Data(X, codes.astype(np.int64), "classification", classes, features, target)
    return Data(X, y, "regression", (), features, target)


def _alike(name: str, cells: Sequence[str]) -> list[str]:
    """Say which words of a column differ only in capitals or blanks: probably one word is meant."""
    spellings: dict[str, set[str]] = {}
    for cell in cells:
        spellings.setdefault("".join(cell.casefold().split()), set()).add(cell)
    twice = [listed(sorted(each)) for each in spellings.values() if len(each) > 1]
    if not twice:
        return []
    return [f"In column “{name}”, {twice[0]} differ only in capitals or blanks. They count as different words."]


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
