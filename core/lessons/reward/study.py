"""Twenty robots learn in one world, in which one cell's reward changes halfway; what they know, and what they earn."""

from collections.abc import Callable

import numpy as np

from core.lessons.reward import policy, qlearning
from core.lessons.reward.world import CELLS, ENDS, GOAL, NEAR, START, World, path
from core.nn.tape import Array

RUNS = 20
EPISODES, CHANGE = 400, 200
"""How many episodes a robot lives, and after which one the reward changes."""
GAP, BLOCK = 2, 20
"""Episodes from one frame to the next, and how many make one point of the curve of returns."""
CELL, REWARD, EPSILON = "c3", -5, 0.3
TELLING = 0.5
"""A change of a table's number that is worth being worked out on the page."""
Found = dict[str, Array]


def frames() -> list[int]:
    """Return the episodes after which the robots are looked at."""
    return list(range(0, EPISODES + 1, GAP))


def worlds(cell: str, reward: float) -> list[World]:
    """Return the world of each episode: as on the map, then with the changed reward."""
    return [World()] * CHANGE + [World({CELLS[cell]: float(reward)})] * (EPISODES - CHANGE)


def by_table(cell: str, reward: float, epsilon: float, runs: int = RUNS, seed: int = 0) -> Found:
    """Let robots learn by Q-learning.

    Returns
    -------
    known : (F, runs, STATES, 4) what each thinks of each move, at each of `frames`.
    returns : (EPISODES, runs). steps : (EPISODES, runs, 6) the step of each episode that changed most.
    """
    found = qlearning.learn(worlds(cell, reward), epsilon, runs, seed)
    return {"known": _at_frames(found["q"]), "returns": found["returns"], "steps": found["steps"]}


def by_network(cell: str, reward: float, baseline: bool, runs: int = RUNS, seed: int = 0) -> Found:
    """Let robots learn by policy gradient; as in `by_table`, but ``known`` are the chances of each move.

    first : (EPISODES, runs, 4) the first step of each episode.
    """
    found = policy.learn(worlds(cell, reward), baseline, runs, seed)
    return {"known": _at_frames(found["chances"]), "returns": found["returns"], "first": found["first"]}


def _at_frames(known: Array) -> Array:
    return known[np.array(frames())].astype(np.float32)


def telling(steps: Array, episode: int) -> tuple[int, Array]:
    """Return the last step up to an episode that changed what a robot expects by at least `TELLING`, and its episode.

    Parameters
    ----------
    steps : (EPISODES, 6) of one robot, as `qlearning.learn` gives them. If none changed so much, it's the largest.
    """
    changes = np.abs(steps[: max(1, episode), 5] - steps[: max(1, episode), 2])
    enough = np.flatnonzero(changes >= TELLING)
    at = int(enough[-1]) if len(enough) else int(changes.argmax())
    return at + 1, steps[at]


def first_found(found: Found) -> Array:
    """Return what each robot of a table was paid where it was paid for the first time, (runs,); 0 if it never was.

    In that episode nothing but the step that was paid can change the table: nothing was known before.
    """
    paid = found["returns"] > 0
    return np.where(paid.any(0), found["steps"][paid.argmax(0), np.arange(paid.shape[1]), 3], 0.0)


def likeliest(known: Array) -> Array:
    """Return the move that is best known in each cell, (..., STATES); -1 where all look alike.

    >>> likeliest(np.array([[0.0, 2.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]])).tolist()
    [1, -1]
    """
    return np.where(known.max(axis=-1) == known.min(axis=-1), -1, known.argmax(axis=-1))


def ways(found: Found, episode: int) -> list[list[int]]:
    """Return the way that each robot would take after an episode if it made its best moves only."""
    return [path(moves) for moves in likeliest(found["known"][episode // GAP])]


def counted(found: Found, cell: str, episode: int) -> dict[str, int]:
    """Count where the robots' ways lead: to the prize, to the coin, or nowhere; and which do so across the cell."""
    lead, own = ways(found, episode), CELLS[cell]
    prize = [way for way in lead if way[-1] == GOAL]
    coin = sum(way[-1] == NEAR for way in lead)
    across = sum(own in way for way in prize)
    circles = sum(not ENDS[way[-1]] and len(way) > 1 and way[-1] != way[-2] and own in way for way in lead)
    return {
        "prize": len(prize), "coin": coin, "nowhere": len(lead) - len(prize) - coin, "across": across,
        "around": len(prize) - across, "circles": circles,
    }  # fmt: skip


def earned(found: Found, episode: int) -> float:
    """Return the mean return of all robots over the last `BLOCK` episodes up to this one."""
    return float(found["returns"][episode - BLOCK : episode].mean())


def blocks(returns: Array) -> tuple[Array, Array]:
    """Return the means of `BLOCK` episodes: where each ends, (n,), and of each robot (runs, n)."""
    means = returns.reshape(-1, BLOCK, returns.shape[1]).mean(axis=1)
    return np.arange(1, len(means) + 1) * BLOCK, means.T


def best_return(cell: str, reward: float) -> tuple[float, float]:
    """Return the most that an episode can be worth, before the change and after it."""
    before, *_, after = worlds(cell, reward)
    return float(before.best()[START].max()), float(after.best()[START].max())


def facts(view: str, find: Callable[..., Found], cell: str, reward: int, knob: float) -> dict[str, float]:
    """Return what a text says of a run, by the names of its places; ``find`` gives the run of other settings."""
    found = find(view, cell, reward, knob)
    then, now = counted(found, cell, CHANGE), counted(found, cell, EPISODES)
    numbers: dict[str, float] = {f"{name}_then": v for name, v in then.items()}
    numbers |= now
    before, after = best_return(cell, reward)
    numbers |= {
        "best_then": before,
        "best": after,
        "earned_then": earned(found, CHANGE),
        "earned": earned(found, EPISODES),
        "walks": found["returns"][CHANGE:].size,
        "paid": int(np.count_nonzero(found["returns"][CHANGE:])),
    }
    return numbers | {"runs": RUNS, "change": CHANGE, "cell_reward": reward}
