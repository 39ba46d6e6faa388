"""The view of networks that answer with a number: over one input as a curve, over more on the way out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.charts.naming import minus
from core.data.regression import plane_truth
from core.lessons.predict import fields, worked
from core.lessons.predict.curve import charts, study, words
from core.nn.activations import ACTIVATIONS
from core.nn.tape import Array
from core.training.experiment import Experiment
from core.training.history import History
from core.ui import frame, show


@st.cache_data(max_entries=24, show_spinner=False)
def known(query: str, epoch: int, dataset: str) -> study.Curve:
    """Ask a network of one input far beyond its data."""
    return study.curve(fields.history(query, epoch), dataset)


def intro(run: History, dataset: str) -> str:
    """Say what the network learned, and from how much."""
    text = words.INTRO_WAVY if dataset in study.TRUTHS else words.INTRO
    return text.format(n=len(run.data.train))


def measured(run: History, c: study.Curve | None, walk: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the view's sentences speak of."""
    if c is None:
        return study.far_out(run, walk["distances"], walk["here"])
    return {"inner": c.inner, "outer": c.outer, "near": c.near, "far": c.far, "shape": c.shape}


def seen_now(numbers: dict[str, Any], p: Array, point: Array) -> dict[str, Any]:
    """Return the numbers that the sentence of a pressed experiment speaks of; the truth is that of the plane."""
    return numbers | {"answer": float(p[0]), "truth": float(plane_truth(point[None, [0, -1]])[0])}


def says(e: Experiment, numbers: dict[str, Any], edge: float) -> str:
    """Say in words what was measured."""
    units = words.UNITS.format(name=ACTIVATIONS[e.activation].title) if e.hidden else words.NO_UNITS
    shape, truth = numbers["shape"], words.WAVES if e.dataset in study.TRUTHS else ""
    if "outer" not in numbers:
        return words.MEASURED_WAY.format(**numbers | {"shape": words.SHAPES[shape]}, units=units, edge=edge)
    return words.MEASURED.format(**numbers | {"shape": words.BOTH_SIDES[shape]}, units=units, truth=truth)


def draw(run: History, c: study.Curve, key: tuple[Any, ...], point: float, answer: float, waiting: bool) -> None:
    """Draw the curve; while ``waiting`` for the prediction, only where the data are."""
    data, train, mode = run.data.data, run.data.train, frame.mode()
    show.chart(
        "predict.curve", (*key, point, waiting, mode),
        lambda: charts.beyond(
            c, (data.X[train][:, 0], data.y[train]), (point, answer), (data.features[0], data.target), mode, waiting
        ),
        charts.beyond_text(c, waiting),
    )  # fmt: skip


def line(run: History, c: study.Curve) -> None:
    """Work out the answer at the picture's right edge."""
    sums, (factor, shift) = study.sums(run, c.outer), study.back(run)
    st.markdown(minus(words.WORKED.format(outer=c.outer)))
    hidden = len(sums.values) > 2
    st.latex(worked.number(sums, hidden, factor, shift))


def numbers(c: study.Curve) -> None:
    """Show the numbers behind the picture as a table."""
    table = {"x": c.x, "answer": c.y} | ({} if c.truth is None else {"truth": c.truth})
    st.dataframe(pd.DataFrame(table), hide_index=True, alt="The answers within the data and outside")
