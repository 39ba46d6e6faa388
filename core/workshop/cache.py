"""Runs, computed once and kept: keyed by the experiment's link, held as plain arrays.

The key is the query string and the values are dicts of arrays: objects of the project's own classes do not survive a
reload of its modules, and large arrays make poor keys. Every cache is bounded.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

import numpy as np
import streamlit as st

from core.charts.pictures import grid
from core.data import own
from core.nn.tape import Array
from core.training.building import prepare_experiment
from core.training.deciding import largest
from core.training.engine import restore, train
from core.training.experiment import Experiment
from core.training.frames import choose_frames, confusion_matrix, plane_of, unit_frames, weight_frames
from core.training.history import History
from core.training.studies import sweep
from core.workshop.own_session import shelf
from core.workshop.turns import TRAINING

own.keep_on(shelf)

SIDE, SMALL = 40, 12
NUMBERS = 1_000_000
"""Parameters kept a run, over all frames: 4 MB at the most."""


def query_of(e: Experiment) -> str:
    """Return the experiment as one string, the same for equal experiments."""
    return urlencode(sorted(e.to_query().items()))


def experiment_of(query: str) -> Experiment:
    """Return the experiment that `query_of` wrote."""
    return Experiment.from_query({k: v[-1] for k, v in parse_qs(query).items()})[0]


@st.cache_data(max_entries=24, show_spinner=False)
def run(query: str) -> dict[str, Array]:
    """Train an experiment and keep its curves, and the parameters of the frames that a player shows."""
    e = experiment_of(query)
    with TRAINING.take() as let_others:
        history = train(e, progress=let_others)
    size = history.snapshots.shape[1]
    probe = history.data.data.X[:: max(1, len(history.data.data.X) // 200)]
    frames = choose_frames(history, probe, int(np.clip(NUMBERS // size, 12, 100)))
    best = [] if history.best_epoch is None else [history.snapshot_epochs[history.snapshot_of(history.best_epoch)]]
    wanted = sorted({*frames.tolist(), *best})
    rows = [history.snapshot_of(epoch) for epoch in wanted]
    arrays = history.arrays() | {"snapshots": history.snapshots[rows], "snapshot_epochs": history.snapshot_epochs[rows]}
    return {**arrays, "frames": frames}


def history_of(arrays: dict[str, Array], e: Experiment) -> History:
    """Return the cached run as a history that can be asked."""
    return restore(e, {name: value for name, value in arrays.items() if name != "frames"})


@st.cache_data(max_entries=24, show_spinner=False)
def picture(query: str, view: str, a: int, b: int) -> dict[str, Any]:
    """Compute what a run's pictures show over the plane, at every frame."""
    e = experiment_of(query)
    arrays = run(query)
    history, frames = history_of(arrays, e), arrays["frames"]
    data, weights = history.data, weight_frames(history, frames)
    drawn: dict[str, Any] = {"weights": weights[0], "biases": weights[1], "units": [], "detail": []}
    if data.data.X.shape[1] > 1 or len(data.data.classes) > 2:
        plane = plane_of(data, SIDE, view, (a, b))
        coarse = plane_of(data, SMALL, view, (a, b))
        answers = _in_parts(lambda few: history.predict_many(plane.points, few), frames)
        units = unit_frames(history, coarse.points, frames)
        if answers.ndim == 3:  # more than two classes: which wins, and how sure it is
            drawn["sure"] = answers.max(-1).reshape(-1, SIDE, SIDE).astype(np.float16)
            answers = largest(answers).astype(np.uint8)
        drawn |= {
            "answers": answers.reshape(-1, SIDE, SIDE),
            "extent": plane.extent,
            "train": plane.train,
            "test": plane.test,
            "titles": plane.titles,
            "note": plane.note,
            "units": [u.reshape(*u.shape[:2], SMALL, SMALL) for u in units],
        }
    else:
        low, high = float(data.data.X.min()), float(data.data.X.max())
        line = np.linspace(low - 0.1 * (high - low), high + 0.1 * (high - low), 160)
        places = np.linspace(line[0], line[-1], SMALL)[:, None]
        units = unit_frames(history, places, frames)  # the same at every height: there is only one input
        drawn |= {
            "line": line,
            "answers": history.predict_many(line[:, None], frames),
            "units": [np.repeat(u[:, :, None], SMALL, axis=2) for u in units],
        }
    return drawn


@st.cache_data(max_entries=24, show_spinner=False)
def unit(query: str, view: str, a: int, b: int, layer: int, which: int) -> Array:
    """Compute one unit's output over the plane at every frame, finely: (F, side, side)."""
    arrays = run(query)
    history = history_of(arrays, experiment_of(query))
    plane = plane_of(history.data, SIDE, view, (a, b))

    def of(few: Array) -> Array:
        return unit_frames(history, plane.points, few, most_units=which + 1)[layer][:, which]

    return _in_parts(of, arrays["frames"]).reshape(-1, SIDE, SIDE)


def _in_parts(ask: Callable[[Array], Array], frames: Array, few: int = 8) -> Array:
    """Ask for a few frames at a time: what is computed on the way then stays in the processor's own memory."""
    return np.concatenate([ask(frames[k : k + few]) for k in range(0, len(frames), few)])


@st.cache_data(max_entries=24, show_spinner=False)
def answers_over(query: str, extent: tuple[float, float, float, float]) -> tuple[Array, Array | None]:
    """Compute what a run's last network answers on a rectangle: (side, side), the lowest row first.

    With two classes that is the probability of class 1, and None; with more the winning class, and its probability.
    """
    p = history_of(run(query), experiment_of(query)).predict(grid(extent, SIDE))
    known = np.nan_to_num(p, nan=0.5 if p.ndim == 1 else 1 / p.shape[-1])  # a run that broke down knows nothing
    if p.ndim == 1:
        return known.reshape(SIDE, SIDE), None
    return largest(known).reshape(SIDE, SIDE), known.max(-1).reshape(SIDE, SIDE)


@st.cache_data(max_entries=64, show_spinner=False)
def confusion(query: str, epoch: int) -> Array:
    """Compute the confusion matrix on the test data at an epoch."""
    return confusion_matrix(history_of(run(query), experiment_of(query)), epoch)


@st.cache_data(max_entries=4, show_spinner=False)
def luck(early: int, count: int = 20) -> dict[str, Any]:
    """Train the default experiment from ``count`` starts: test answers that are right, of the first and of all."""
    accuracy = sweep(Experiment(), seeds=range(count)).test_accuracy[0]
    examples = len(prepare_experiment(Experiment()).test)
    right = np.rint(accuracy * examples).astype(int)
    first, ends = right[0], sorted({int(n) for n in right[:, -1]})
    return {
        "few": early,
        "epochs": right.shape[1] - 1,
        "count": count,
        "all": examples,
        "start": int(first[0]),
        "early": int(first[early]),
        "end": int(first[-1]),
        "ends": " or ".join(map(str, ends)) if len(ends) < 3 else f"{ends[0]} to {ends[-1]}",
    }
