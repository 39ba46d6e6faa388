"""The view of networks that answer with a number: over one input as a curve, over more on the way out."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.naming import Amount, minus
from core.data.regression import plane_truth
from core.lessons.predict import asking, fields, worked
from core.lessons.predict.curve import charts, study, words
from core.nn.activations import ACTIVATIONS
from core.nn.tape import Array
from core.training import parsing, settings
from core.training.experiment import Experiment
from core.training.history import History
from core.ui import frame, show
from core.ui.link import Link
from core.ui.mirror import mirror


def read_place(title: str, text: str, default: Any) -> tuple[float | None, str]:
    """Read out of a link where to ask."""
    value, _ = parsing.number(title, text, -1e9, 1e9, np.nan)  # `place` says where the picture ends
    if np.isnan(value):
        return default, f"{title}: {parsing.quoted(text)} is not a number, so we left it out."
    return value, ""


PLACE = settings.Setting("x", None, "x", read_place, lambda x: "" if x is None else settings.written(x))
"""Where a curve is asked; a link that doesn't say it asks about a held-out example."""


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
        far = study.far_out(run, walk["distances"], walk["here"])
        return {name: Amount(v) if isinstance(v, float) else v for name, v in far.items()}
    return {"inner": Amount(c.inner), "outer": Amount(c.outer), "near": c.near, "far": c.far, "shape": c.shape}


def seen_now(numbers: dict[str, Any], p: Array, point: Array) -> dict[str, Any]:
    """Return the numbers that the sentence of a pressed experiment speaks of; the truth is that of the plane."""
    return numbers | {"answer": float(p[0]), "truth": float(plane_truth(point[None, [0, -1]])[0])}


def says(e: Experiment, numbers: dict[str, Any], edge: float, true: Array | None) -> str:
    """Say in words what was measured, and beside it what is ``true`` (D,) on a way out."""
    units = words.UNITS.format(name=ACTIVATIONS[e.activation].title) if e.hidden else words.NO_UNITS
    shape = numbers["shape"]
    if "outer" in numbers:
        waves = words.WAVES if e.dataset in study.TRUTHS and shape != "bends" else ""
        return words.MEASURED.format(**numbers | {"shape": words.BOTH_SIDES[shape]}, units=units, truth=waves)
    near, far = (0.0, 0.0) if true is None else map(Amount, np.interp([30, 100], asking.DISTANCES, true))
    truth = "" if true is None else words.TRUE_WAY.format(near=near, far=far)
    return words.MEASURED_WAY.format(**numbers | {"shape": words.SHAPES[shape]}, units=units, truth=truth, edge=edge)


def place(link: Link, c: study.Curve, example: Array) -> Array:
    """Return where the link asks, (1,), within the picture; without a place, at the held-out example."""
    if link["x"] is None:
        return example
    nearest = float(np.clip(link["x"], c.x[0], c.x[-1]))
    if nearest != link["x"]:
        st.warning(minus(words.FARTHER.format(x=study.written(c, nearest))))
        link.set(x=nearest)
    return np.array([nearest])


def ask_at(link: Link, c: study.Curve, x: float, name: str) -> None:
    """Let the learner ask anywhere in the picture, also far outside the data."""
    places = sorted({*study.places(c), x})  # an example may lie between two of them
    st.select_slider(
        words.ASK_AT.format(name=name), places, format_func=lambda place: minus(study.written(c, place)),
        **mirror(link.key("x.slider"), x, lambda key: link.set(x=st.session_state[key])),
    )  # fmt: skip


def draw(link: Link, run: History, dataset: str, key: tuple[str, int], x: float, answer: float, waiting: bool) -> None:
    """Draw the curve with the place that is asked about; while ``waiting`` for the prediction, only in the data."""
    data, train, mode, c = run.data.data, run.data.train, frame.mode(), known(*key, dataset)
    true = None if waiting else study.true_at(c, dataset, x)
    show.chart(
        "predict.curve", (*key, x, waiting, mode),
        lambda: charts.beyond(
            c, (data.X[train][:, 0], data.y[train]), (x, answer), (data.features[0], data.target), mode, waiting, true
        ),
        charts.beyond_text(c, waiting, x, answer),
    )  # fmt: skip
    with st.container(key="predict.phone.above"):
        if not waiting:
            ask_at(link, c, x, data.features[0])
        sentence = words.ANSWER if true is None else words.ANSWER_TRUE
        at = f"{data.features[0]} = {study.written(c, x)}"
        st.markdown(minus(sentence.format(place=at, answer=Amount(answer), true=true)))


def line(run: History, c: study.Curve, sums: asking.Answer, x: float) -> None:
    """Work out the answer at the place that is asked about."""
    factor, shift = study.back(run)
    st.markdown(minus(words.WORKED.format(name=run.data.data.features[0], x=study.written(c, x))))
    st.latex(worked.number(sums, len(sums.values) > 2, factor, shift))


def numbers(c: study.Curve) -> None:
    """Show the numbers behind the picture as a table."""
    table = {"x": c.x, "answer": c.y} | ({} if c.truth is None else {"truth": c.truth})
    st.dataframe(pd.DataFrame(table), hide_index=True, alt="The answers within the data and outside")
