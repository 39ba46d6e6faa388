"""Q-learning: a table of what each move is worth, mended a little after every step (Watkins 1989)."""

from collections.abc import Sequence

import numpy as np

from core.lessons.reward.world import DISCOUNT, ENDS, LEADS_TO, MOST, MOVES, START, STATES, World
from core.nn.tape import Array

RATE = 0.5
"""How far each step moves a value toward what was seen."""


def learn(worlds: Sequence[World], epsilon: float, runs: int, seed: int = 0) -> dict[str, Array]:
    """Let several robots learn side by side, each with its own table; the world of each episode is given.

    Returns
    -------
    q : (episodes + 1, runs, STATES, 4) the tables before the first episode and after each.
    returns : (episodes, runs) the discounted rewards of each episode.
    steps : (episodes, runs, 6) of the step that changed most: cell, move, its value before, reward, best value then,
        its value after.
    """
    rng, robots = np.random.default_rng(seed), np.arange(runs)
    q = np.zeros((runs, STATES, len(MOVES)))
    tables, returns = [q.copy()], np.zeros((len(worlds), runs))
    steps = np.zeros((len(worlds), runs, 6))
    for episode, world in enumerate(worlds):
        pays, at, going = world.rewards(), np.full(runs, START), np.ones(runs, bool)
        most = np.full(runs, -1.0)
        chances, tried = rng.random((MOST, runs, len(MOVES))), rng.random((MOST, runs)) < epsilon
        for t in range(MOST):
            row = q[robots, at]
            good = row == row.max(axis=1, keepdims=True)
            move = np.where(good | tried[t, :, None], chances[t], -1).argmax(axis=1)  # ties, too, are left to chance
            then, reward = LEADS_TO[at, move], pays[at, move]
            ahead = np.where(ENDS[then], 0.0, q[robots, then].max(axis=1))
            old = row[robots, move]
            new = old + RATE * (reward + DISCOUNT * ahead - old)
            q[robots, at, move] = np.where(going, new, old)
            returns[episode] += going * DISCOUNT**t * reward
            change = np.where(going, np.abs(new - old), -1.0)
            step = np.stack([at, move, old, reward, ahead, new], axis=1)
            steps[episode] = np.where((change > most)[:, None], step, steps[episode])
            most = np.maximum(change, most)
            at = np.where(going, then, at)
            going = going & ~ENDS[at]
            if not going.any():
                break
        tables.append(q.copy())
    return {"q": np.array(tables), "returns": returns, "steps": steps}
