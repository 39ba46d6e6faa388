"""Measurements of very different size, raw and standardized."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import Rule, band, band_text
from core.charts.lines import Style
from core.charts.theme import palette
from core.lessons.data import charts
from core.lessons.data.place import Place
from core.lessons.data.scale import study, words
from core.ui import formula, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import exact
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

OPTIMIZERS = {"sgd": "Gradient descent", "adam": "Adam"}
ACTIVATIONS = {"relu": "ReLU", "tanh": "tanh"}
COLUMN = 3
"""The measurement of the worked line: the mean area of the nuclei."""


@st.cache_data(max_entries=6, show_spinner=words.TRAINING.format(seeds=study.SEEDS))
def by_rate(opt: str, act: str) -> dict[str, np.ndarray]:
    """Right test answers at every rate."""
    with TRAINING.take() as let_others:
        return study.by_rate(opt, act, let_others)


def known() -> dict[str, Any]:
    """The numbers of the view's texts that nothing has to be trained for."""
    return {"rate": study.RUN.learning_rate, "count": len(study.ranges()[1])}


def given() -> dict[str, Any]:
    """The numbers that the view's question and its measured answer speak of."""
    return known() | study.facts(by_rate("sgd", "relu"))


def controls(link: Link) -> None:
    """The optimizer, the activation, and the rate that is looked at."""
    buttons(link, "opt", "Optimizer", OPTIMIZERS)
    buttons(link, "act", "Activation", ACTIVATIONS)
    st.select_slider("Learning rate", study.RATES, format_func=exact, key=link.key("rate"))


def draw(place: Place, predicted: int | None) -> pd.DataFrame:
    """Draw right answers over the rates, and how much each measurement varies; return the medians."""
    link, mode = place.link, place.mode
    waiting = predicted is None
    names, means, spreads = study.ranges()
    with place.right:
        if not waiting:
            shown_curves(place)
            found = by_rate(link["opt"], link["act"])
            here = study.at_rate(found, link["rate"])
            notes = {f"{side}_note": words.UNTRAINED * (here[f"{side}_here"] < study.GUESSING) for side in study.SIDES}
            st.markdown(words.STATE.format(at=exact(link["rate"]), **here, **notes))
            place.tries(words.VIEW, **(study.facts(found) | here))
        show.chart(
            "data.ranges", (mode,),
            lambda: charts.measurements(spreads, mode, words.RANGES, words.RANGES_KEY),
            charts.measurements_text(spreads),
        )  # fmt: skip
        if not waiting:
            st.markdown(words.LINE.format(name=names[COLUMN]))
            raw = study.examples(False).X_test[0, COLUMN]
            st.latex(line(float(raw), float(means[COLUMN]), float(spreads[COLUMN])))
            st.markdown(words.STEP[link["opt"]])
            scaled = study.examples(True).X_test[0, COLUMN]
            st.latex(first_steps(link["opt"], link["rate"], float(raw), float(scaled)))
    if predicted is None:
        return pd.DataFrame()
    with place.left:
        simulator_link(words.SIMULATOR, study.simulated(link["opt"], link["act"], link["rate"]), icon=":material/tune:")
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**given()))
    st.markdown(words.EXPLAIN.format(**given()))
    middle = {words.SIDES[side]: np.median(found[side], axis=0) for side in study.SIDES}
    return pd.DataFrame({"learning rate": study.RATES} | middle)


def shown_curves(place: Place) -> None:
    """Draw right answers over the rates."""
    link, mode = place.link, place.mode
    found, p = by_rate(link["opt"], link["act"]), palette(mode)
    series = {words.SIDES[side]: found[side] for side in study.SIDES}
    looks = {words.SIDES["raw"]: Style(p["input"], [6, 4]), words.SIDES["scaled"]: Style(p["activation"], [1, 0])}
    show.chart(
        "data.rates", (link["opt"], link["act"], link["rate"], mode),
        lambda: band(
            np.array(study.RATES), series, mode, x_title="learning rate", y_title="test accuracy", title=words.TITLE,
            domain=(0.1, 1.0), log_x=True, points=True, looks=looks,
            key=[words.KEY, "line: median, band: the middle 80%"], height=260,
            ticks=study.RATES, rules=[Rule(float(link["rate"]), "")],
        ),
        band_text(np.array(study.RATES), series, x_title="learning rate", y_title="Test accuracy"),
    )  # fmt: skip


def line(raw: float, mean: float, spread: float) -> str:
    """One measurement, standardized, as LaTeX."""
    put_in, places = formula.agreeing([raw, mean, spread], lambda v: (v[0] - v[1]) / v[2], 1, 2)
    a, b, c = (formula.number(v, "input", put_in) for v in (raw, mean, spread))
    return rf"\frac{{{a} - {b}}}{{{c}}} = {formula.number((raw - mean) / spread, 'activation', places, alone=True)}"


def first_steps(opt: str, rate: float, raw: float, scaled: float) -> str:
    """How far the first step moves the measurement's weight, raw and scaled, as LaTeX."""
    rows = []
    for value, quantity, digits in ((raw, "input", 1), (scaled, "activation", 2)):
        written = round(value, digits)
        put_in = formula.number(written, quantity, digits)
        by, step = (put_in, written) if opt == "sgd" else (rf"\frac{{{put_in}}}{{{put_in}}}", 1.0)
        far = formula.inked(exact(float(f"{rate * step:.4g}")), quantity)
        rows.append(rf"{exact(rate)} \times {by} &= {far}")
    return r"\begin{aligned} " + r" \\[4pt] ".join(rows) + r" \end{aligned}"
