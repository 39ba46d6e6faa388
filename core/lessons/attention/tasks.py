"""Rows of letters with a question at their end, and what the right answer is.

A row has six letters, two of them marked, and then a place that asks. Every place is described by ones and zeros: which
letter, which mark, whether it asks and, if the network may know that, at which position it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.tape import Array

LETTERS = "ABCD"
MARKS = ("★", "●")
LONG = 6
STEPS = LONG + 1
"""Places of a row: the letters, and the one that asks."""
THIRD = 2
"""The index of the third place."""


@dataclass(frozen=True, eq=False)
class Rows:
    """N rows: the letters ``(N, 6)`` as numbers, and the places of both marks ``(N, 2)``."""

    letters: Array
    marks: Array

    def __len__(self) -> int:
        return len(self.letters)

    def inputs(self, positions: bool) -> Array:
        """Return what the network reads, ``(N, D * 7)``, number by number: letters, marks, the question, positions."""
        n, each = len(self), np.arange(len(self))
        seen = np.zeros((n, len(LETTERS) + 2 + 1 + STEPS * positions, STEPS))
        seen[each[:, None], self.letters, np.arange(LONG)] = 1
        for k in range(2):
            seen[each, len(LETTERS) + k, self.marks[:, k]] = 1
        seen[:, len(LETTERS) + 2, LONG] = 1
        if positions:
            seen[:, -STEPS:] = np.eye(STEPS)
        return seen.reshape(n, -1)

    def written(self, row: int) -> list[str]:
        """Return a row's places as they are drawn: the letter, with its mark.

        >>> Rows(np.array([[0, 1, 2, 3, 0, 1]]), np.array([[1, 4]])).written(0)
        ['A', 'B★', 'C', 'D', 'A●', 'B', '?']
        """
        marks = dict(zip(self.marks[row].tolist(), MARKS, strict=True))
        return [LETTERS[letter] + marks.get(at, "") for at, letter in enumerate(self.letters[row])] + ["?"]


def draw(n: int, seed: int) -> Rows:
    """Draw rows at random; the two marks never stand at the same place."""
    rng = np.random.default_rng(seed)
    marks = rng.permuted(np.tile(np.arange(LONG), (n, 1)), axis=1)[:, :2]
    return Rows(rng.integers(0, len(LETTERS), (n, LONG)), marks)


def read(text: str) -> Rows | None:
    """Return the row that a link writes as six letters and the places of the marks, such as ``ABCDAB25``; None if none.

    >>> read("ABCDAB25").written(0)
    ['A', 'B★', 'C', 'D', 'A●', 'B', '?']
    """
    letters, places = text[:LONG].upper(), text[LONG:]
    if len(text) != LONG + 2 or any(c not in LETTERS for c in letters) or any(c not in "123456" for c in places):
        return None
    if places[0] == places[1]:
        return None
    return Rows(np.array([[LETTERS.index(c) for c in letters]]), np.array([[int(c) - 1 for c in places]]))


@dataclass(frozen=True)
class Task:
    """A question: what to say, its answers by name, and the right one for each row."""

    title: str
    asks: str
    answers: tuple[str, ...]
    right: Callable[[Rows], Array]


def _starred(rows: Rows, mark: int = 0) -> Array:
    return np.asarray(rows.letters[np.arange(len(rows)), rows.marks[:, mark]])


TASKS: dict[str, Task] = {
    "mark": Task("the letter with the star", "Which letter has the ★?", tuple(LETTERS), _starred),
    "third": Task(
        "the third letter", "Which letter stands in third place?", tuple(LETTERS), lambda rows: rows.letters[:, THIRD]
    ),
    "both": Task(
        "the letters with the star and the dot", "Which letter has the ★, and which the ●?",
        tuple(a + b for a in LETTERS for b in LETTERS), lambda rows: len(LETTERS) * _starred(rows) + _starred(rows, 1),
    ),
}  # fmt: skip
