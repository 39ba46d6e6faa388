"""A small world of cells: where moves lead, what arriving pays, and what the best way through it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from core.nn.tape import Array

MAP = (
    "......",
    "......",
    "S.#...",
    "..#cP.",
)
"""S: start, #: wall, P: the prize, c: the coin; both end an episode."""
ROWS, COLUMNS = len(MAP), len(MAP[0])
STATES = ROWS * COLUMNS
MOVES = {"up": (-1, 0), "right": (0, 1), "down": (1, 0), "left": (0, -1)}
PRIZE, COIN = 10.0, 2.0
MOST = 30
"""Steps after which an episode ends anyway."""
DISCOUNT = 0.9
"""What a reward is worth that comes one step later."""


def name_of(state: int) -> str:
    """Return a cell's name, as on a chessboard.

    >>> name_of(0), name_of(23)
    ('a4', 'f1')
    """
    return f"{'abcdef'[state % COLUMNS]}{ROWS - state // COLUMNS}"


def _find(mark: str) -> list[int]:
    return [k for k, found in enumerate("".join(MAP)) if found == mark]


START, GOAL, NEAR = (_find(mark)[0] for mark in "SPc")
WALLS = tuple(_find("#"))
CELLS = {name_of(k): k for k in range(STATES) if k not in WALLS}
"""The cells that can be entered, by name."""
ENDS = np.isin(np.arange(STATES), [GOAL, NEAR])


def _leads_to() -> Array:
    """Where each move leads from each cell, (STATES, 4): a wall or the edge leaves you where you are."""
    table = np.empty((STATES, len(MOVES)), int)
    for state in range(STATES):
        row, column = divmod(state, COLUMNS)
        for k, (down, right) in enumerate(MOVES.values()):
            r, c = row + down, column + right
            inside = 0 <= r < ROWS and 0 <= c < COLUMNS and r * COLUMNS + c not in WALLS
            table[state, k] = r * COLUMNS + c if inside else state
    return table


LEADS_TO = _leads_to()


@dataclass(frozen=True)
class World:
    """What arriving in a cell pays.

    Attributes
    ----------
    own : rewards by cell that differ from the map's. Cells that end an episode go on doing so.
    """

    own: Mapping[int, float] = field(default_factory=dict)

    def rewards(self) -> Array:
        """Return what each move from each cell pays, (STATES, 4). Whoever runs into a wall arrives nowhere: 0."""
        pays = np.zeros(STATES)
        pays[[GOAL, NEAR]] = PRIZE, COIN
        for state, reward in self.own.items():
            pays[state] = reward
        return np.where(np.arange(STATES)[:, None] == LEADS_TO, 0.0, pays[LEADS_TO])

    def best(self) -> Array:
        """Return what each move is worth to whoever plays best afterwards, (STATES, 4), by value iteration."""
        q, pays = np.zeros((STATES, len(MOVES))), self.rewards()
        while True:
            after = pays + DISCOUNT * np.where(ENDS[LEADS_TO], 0.0, q.max(axis=1)[LEADS_TO])
            if np.abs(after - q).max() < 1e-12:
                return after
            q = after


def path(moves: Array) -> list[int]:
    """Return the cells on the way of whoever makes ``moves[s]`` in cell s, from the start until it ends or comes back.

    The last cell is then one that was passed before. A move of -1 is one that nobody knows yet.
    """
    way, seen = [START], {START}
    while not ENDS[way[-1]] and moves[way[-1]] >= 0:
        way.append(int(LEADS_TO[way[-1], moves[way[-1]]]))
        if way[-1] in seen:
            break
        seen.add(way[-1])
    return way
