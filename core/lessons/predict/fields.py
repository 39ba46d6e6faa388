"""What the prediction page asks of a run, computed once and kept: keyed by the run's link and the question."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.pictures import grid
from core.data import ink
from core.data.names import free_name
from core.lessons.predict import asking
from core.nn.tape import Array
from core.training.frames import around
from core.training.history import History
from core.ui.cells import number_table
from core.workshop import cache

SIDE = 60
MUCH = 0.9
"""A picture counts as surely answered above this."""


def history(query: str, epoch: int = -1) -> History:
    """Return the run behind a link, up to an epoch (-1: to its end): its last network is the one that is asked."""
    return cache.history_of(cache.run(query), cache.experiment_of(query)).until(epoch)


@st.cache_data(max_entries=48, show_spinner=False)
def plane(query: str, epoch: int, zoom: float) -> dict[str, Any]:
    """Ask the network over a rectangle around the data, ``zoom`` times as wide as they are."""
    h = history(query, epoch)
    extent = around(h.data.data.X, zoom)
    p = h.predict(grid(extent, SIDE))
    sure = asking.confidence(p).reshape(SIDE, SIDE)
    field = (p if p.ndim == 1 else asking.winner(p)).reshape(SIDE, SIDE)
    return {"extent": extent, "field": field, "sure": sure}


@st.cache_data(max_entries=48, show_spinner=False)
def walk(query: str, epoch: int, point: tuple[float, ...]) -> dict[str, Any]:
    """Walk away from the data through a point."""
    w = asking.walk(history(query, epoch), np.array(point))
    return {"distances": w.distances, "here": w.here, "band": (w.low, w.middle, w.high), "at": w.at}


def ray_end(query: str, point: tuple[float, float], reach: float) -> tuple[float, float]:
    """Return a point on the way out from the middle of the data through ``point``, ``reach`` beyond it."""
    middle, _ = asking.center_of(history(query))
    way = np.array(point) - middle
    end = np.array(point) + way / (np.linalg.norm(way) or 1.0) * reach
    return float(end[0]), float(end[1])


@st.cache_data(max_entries=24, show_spinner=False)
def facts(query: str, epoch: int) -> dict[str, float]:
    """Measure how often the network is more than 99 % sure: on held-out points, and in all directions far away."""
    h = history(query, epoch)
    sure = asking.confidence(h.predict(h.data.data.X[h.data.test]))
    return {
        "test": float(np.mean(sure > asking.SURE)),
        "accuracy": float(h.test_accuracy[-1]),
        "near": float(np.median(sure)),
        "far": float(asking.walk(h, h.data.data.X[0]).middle[-1]),
        "most": asking.surest(h),
        "at_edge": asking.share_sure(h, farthest(query)),
        **{f"r{r}": asking.share_sure(h, r) for r in (3, 10, 100)},
    }


@st.cache_data(max_entries=24, show_spinner=False)
def crowds(query: str, epoch: int) -> dict[str, Any]:
    """Measure how sure a digits network is of held-out digits, of the same turned, and of noise.

    ``says`` fills the page's sentence: ``digit`` is what most of the turned ones are taken for, ``most`` how many.
    """
    h = history(query, epoch)
    X, y = h.data.data.X[h.data.test], h.data.data.y[h.data.test]
    sets = {"held-out digits": X, "the same, turned by 90°": ink.quarter_turn(X), "random noise": ink.noise(1000, 0)}
    answers = {name: h.predict(pictures) for name, pictures in sets.items()}
    sure = [float(np.mean(asking.confidence(p) > MUCH)) for p in answers.values()]
    upright, turned = (asking.winner(answers[name]) for name in list(sets)[:2])
    counts = np.bincount(turned)
    often = int(counts.max())
    return {
        "names": list(sets),
        "sure": sure,
        "right": [float(np.mean(upright == y)), float(np.mean(turned == y)), None],
        "says": {"test": sure[0], "turned": sure[1], "noise": sure[2], "right": float(np.mean(turned == y))}
        | {
            "digit": int(counts.argmax()),
            "most": f"{often} of {len(y)}" if 2 * often <= len(y) else f"{'most' if often < len(y) else 'all'} of them",
        },
    }


@st.cache_data(max_entries=24, show_spinner=False)
def mistakes(query: str, epoch: int) -> dict[str, Array]:
    """Find the held-out examples that the network gets wrong, the surest first."""
    m = asking.mistakes(history(query, epoch))
    return {"rows": m.rows, "truth": m.truth, "answer": m.answer, "confidence": m.confidence}


def rounded(sure: Array) -> Array:
    """Return confidences with four decimals, and never as certain."""
    return np.minimum(np.asarray(sure, np.float64).round(4), 0.9999)


def predictions(h: History, points: pd.DataFrame) -> pd.DataFrame:
    """Answer a table of points, a row each: the winning class with its probability, or a number; and the distance."""
    data = h.data.data
    X = points.to_numpy(float)
    middle, spread = asking.center_of(h)
    p, table = h.predict(X), points.copy()
    if data.task == "regression":
        _add(table, "prediction", p)
    else:
        _add(table, "prediction", [data.classes[k] for k in h.decide(X)])
        _add(table, "confidence", rounded(asking.confidence(p)))
    _add(table, "distance", np.linalg.norm((X - middle) / spread, axis=1))
    return table


def _add(table: pd.DataFrame, name: str, values: Any) -> None:
    table[free_name(name, table.columns)] = values


@st.cache_data(max_entries=24, show_spinner=False)
def farthest(query: str) -> float:
    """Return the distance of the training point that lies farthest out."""
    h = history(query)
    middle, spread = asking.center_of(h)
    return float(np.linalg.norm((h.data.data.X[h.data.train] - middle) / spread, axis=1).max())


def pixel_editor(picture: Array, paint: Callable[[Array], None]) -> None:
    """Show the picture as a table of 8 by 8 numbers to be typed over; ``paint`` takes the picture as it is then."""
    levels = np.rint(picture * ink.LEVELS).reshape(ink.SIDE, ink.SIDE)
    number_table(
        "predict.cells", levels, lambda typed: paint(typed.ravel() / ink.LEVELS),
        low=0, high=ink.LEVELS, cell="pixel", alt="The picture as 8 rows of 8 numbers",
    )  # fmt: skip


def mistaken(h: History, wrong: dict[str, Array]) -> pd.DataFrame:
    """Return wrongly answered examples as a table: their inputs, what they are, and what was answered how surely."""
    data = h.data.data
    table = pd.DataFrame(data.X[wrong["rows"]], columns=list(data.features))
    _add(table, "is", [data.classes[k] for k in wrong["truth"]])
    _add(table, "answered", [data.classes[k] for k in wrong["answer"]])
    _add(table, "confidence", rounded(wrong["confidence"]))
    return table
