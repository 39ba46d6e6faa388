"""What a session holds of its learner's own data: tables too large for a link, and what was painted or read last.

The session forgets it when it ends. Nothing is written to a disk, and no other session can ask for it; the caches of
what was computed from it (`core.training.building`) drop it as other data push it out.
"""

from functools import lru_cache

import numpy as np
import streamlit as st

from core.data import own
from core.data.carried import usual_classes
from core.data.datasets import load
from core.data.spec import Data
from core.training.experiment import Experiment, lawful, losses_for


def shelf() -> dict[str, Data]:
    """Return the session's tables, by their names."""
    held: dict[str, Data] = st.session_state.setdefault("own.shelf", {})
    return held


FRUITS = ("apple", "lemon", "pear")
_MEANS = {"apple": (170, 8.0), "lemon": (110, 8.5), "pear": (180, 10.5)}
_COLORS = {"apple": ("red", "green", "yellow"), "lemon": ("yellow", "yellow", "green"), "pear": ("green", "yellow")}


def menu(current: str) -> tuple[str, str]:
    """Return the names of the learner's points and of the learner's table: those on the page, else the last, else ours.

    What the page shows is remembered, so that a look at other data does not lose it.
    """
    state = st.session_state
    if own.is_own(current):
        state["own.points" if current.startswith(own.POINTS) else "own.table"] = current
    points, table = state.get("own.points", ""), state.get("own.table", "")
    return points or first_points(), table if table and not own.not_ready(table) else example_name()


@lru_cache(maxsize=1)
def first_points() -> str:
    """Return a few points to begin with: an arch under which a cloud lies."""
    data = load("moons", 40, 0.15, 3)
    X = np.round(data.X * 1.4 - np.array([0.7, 0.35]), 2)
    return own.name_of(Data(X, data.y, "classification", usual_classes(2), ("x₁", "x₂"), "class"), own.POINTS)


@lru_cache(maxsize=1)
def example_name() -> str:
    """Return the name of the table that stands there until there is a file."""
    weight, length, color, kind = example_rows()
    X = np.column_stack([weight, length, *([float(c == word) for c in color] for word in ("green", "red", "yellow"))])
    features = ("weight (g)", "length (cm)", "color = green", "color = red", "color = yellow")
    y = np.array([FRUITS.index(fruit) for fruit in kind])
    return own.name_of(Data(X, y, "classification", FRUITS, features, "fruit"))


def example_rows() -> tuple[list[int], list[float], list[str], list[str]]:
    """Make up a table of sixty fruits: weights, lengths, colors, kinds."""
    rng = np.random.default_rng(1)
    kind = [FRUITS[k % 3] for k in range(60)]
    weight = [round(rng.normal(_MEANS[fruit][0], 22)) for fruit in kind]
    length = [round(float(rng.normal(_MEANS[fruit][1], 0.8)), 1) for fruit in kind]
    return weight, length, [str(rng.choice(_COLORS[fruit])) for fruit in kind], kind


def own_experiment(name: str) -> Experiment:
    """Return the simulator's default network on own data."""
    count = len(own.data_of(name).y)
    samples = Experiment.samples if own.goes_into_link(name) else min(2000, count)
    return lawful(Experiment(dataset=name, samples=samples, loss=losses_for(name)[0]))[0]
