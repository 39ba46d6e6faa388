"""Lesson 3: how wrong a prediction is, in one number."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.naming import counted
from core.charts.pictures import grid
from core.lessons.loss import charts, measuring, saturation, words, worked
from core.lessons.loss import saturation_charts as sure_charts
from core.nn import losses
from core.nn.losses import LOSSES
from core.training.settings import choice, number, switch, whole
from core.ui import formula, frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider

VIEWS = {"one": "One example", "many": "Several", "classes": "Probabilities"}
NAMES = {"mse": "squared", "mae": "absolute", "huber": "Huber"}
SEEDS, MOST = 20, 100_000
BOX = (-1.0, 2.0, -1.0, 4.0)
FIRST = (0.7, 0.9)  # prediction and target, where the first view opens
START = (2.0, 0.15)  # weight and bias, and the rate, where the third opens
CODE: dict[str, tuple[Any, ...]] = {
    "one": (losses.squared, losses.huber, losses.binary_cross_entropy_gradient),
    "many": (measuring.line_loss, measuring.best_line),
    "classes": (measuring.softmax_loss, losses.brier_gradient, saturation.turn_around),
}
link = Link(
    "loss",
    [
        choice("view", "one", VIEWS, "View"),
        choice("loss", "mse", NAMES, "Loss"),
        number("yhat", FIRST[0], 0, 1.4, "Prediction"),
        number("y", FIRST[1], 0.4, 1.0, "Target"),
        number("w", 0.0, -1, 2, "Slope"),
        number("b", 2.0, -1, 4, "Intercept"),
        switch("wrong", False, "One wrong example"),
        whole("mistake", 5, 1, 5, "Which example is wrong"),
        number("start", START[0], 0.5, 5, "Weight and bias at the start"),
        number("rate", START[1], 0.05, 1, "Learning rate"),
        switch("biased", True, "Start sure and wrong"),
        number("z0", 2.0, -5, 5, "Score of class 0"),
        number("z1", 1.0, -5, 5, "Score of class 1"),
        number("z2", -1.0, -5, 5, "Score of class 2"),
        whole("true", 0, 0, 2, "True class"),
    ],
)
lesson = frame.begin("loss", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=32, show_spinner=False)
def runs(start: float, rate: float) -> dict[str, np.ndarray]:
    """The sure and wrong neuron's outputs under both losses."""
    kinds = saturation.LOSSES_COMPARED.items()
    outputs = {name: saturation.turn_around(loss, start, rate, MOST, part) for name, (loss, part) in kinds}
    return outputs | {"whole": saturation.turn_around("brier", start, rate, MOST)}


@st.cache_data(max_entries=4, show_spinner=False)
def networks(bias: float) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Loss and accuracy of networks that begin with this output bias, for both losses."""
    named = {"cross-entropy": "cross_entropy", "squared error": "mse"}  # blue and orange, as in the first picture
    start = saturation.NETWORK
    return {n: saturation.biased_networks(replace(start, loss=loss), bias, range(SEEDS)) for n, loss in named.items()}


@st.cache_data(max_entries=32, show_spinner=False)
def landscape(name: str, wrong: bool, mistake: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """The mean loss of every line on the map, and the best line."""
    x, y = measuring.examples(wrong, mistake)
    w, b = grid(BOX, 60).T
    return measuring.line_loss(LOSSES[name], x, y, w, b).reshape(60, 60), measuring.best_line(LOSSES[name], x, y, BOX)


def loss_choice() -> None:
    buttons(link, "loss", "Loss", NAMES, help=words.CHOICE)


def took(outputs: dict[str, np.ndarray]) -> dict[str, str]:
    """How long each loss needed, in words."""
    late = words.NOT_YET.format(most=MOST)
    return {n: counted(len(v) - 1, "epoch") if v[-1] < saturation.UNDECIDED else late for n, v in outputs.items()}


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's question speaks of: those of the picture beside it."""
    if view == "one":
        e = FIRST[1] - FIRST[0]
        return {"yhat": FIRST[0], "y": FIRST[1], "e": e, "loss": e**2}
    if view == "many":
        return {"wrong": measuring.OUTLIER, "right": measuring.EXAMPLE_Y[-1]}
    outputs = runs(*START)
    squared = outputs["squared error"]
    return {"p": squared[0], "rate": START[1], "se": took(outputs)["squared error"], "undecided": saturation.UNDECIDED}


view = teaching.choose_view(link, VIEWS)
st.markdown(words.INTRO[view])
left, right = st.columns([1, 2 if view == "many" else 1.5], gap="large")
with left:
    predicted = teaching.prediction("loss", words.LESSON, view, **given(view))
name = link["loss"] if predicted is not None else "mse"
loss = LOSSES[name]
table = pd.DataFrame()

if view == "one":
    if predicted is not None:
        with left:
            loss_choice()
            slider(link, "yhat", "Prediction", 0.0, 1.4, 0.01)
            slider(link, "y", "Target", 0.4, 1.0, 0.01)
    yhat, y = (link["yhat"], link["y"]) if predicted is not None else FIRST  # not the answer yet
    line = np.linspace(*charts.ONE_SPAN, 281)
    curves = {n: measuring.each(LOSSES[n], line, np.full_like(line, y)) for n in NAMES if predicted is not None}
    error, value = yhat - y, float(measuring.each(loss, [yhat], [y])[0])
    slope = float(measuring.slope(loss, [yhat], [y])[0])
    with right:
        show.chart(
            "loss.one", (name, yhat, y, len(curves), mode),
            lambda: charts.one_example(line, curves, name, yhat, y, value, slope, mode),
            charts.one_example_text(name, yhat, y, value, slope),
        )  # fmt: skip
        if predicted is not None:
            half = float(measuring.each(loss, [error / 2], [0])[0])
            teaching.tries(link, words.TRIES_ONE, words.FAILS_ONE, e=words.signed(error), half=half, loss=value)
        st.latex(worked.error(yhat, y))
        for latex in worked.one(name, value, slope) if predicted is not None else []:
            st.latex(latex)
    if predicted is not None:
        off = FIRST[0] - FIRST[1]  # what was asked about, wherever the sliders are now
        one, two = measuring.each(LOSSES["mse"], [off, 2 * off], [0, 0])
        measured = words.MEASURED.format(
            e=words.signed(off), e2=words.signed(2 * off), one=one, two=two, times=two / one
        )
        teaching.confront(words.PREDICTION, predicted, measured)
        st.markdown(words.EXPLAIN_ONE)
    at = np.linspace(0, 1.4, 15)
    columns = {"prediction": at} | {NAMES[n]: measuring.each(LOSSES[n], at, np.full(15, y)) for n in NAMES}
    table = pd.DataFrame(columns).round(6)  # no dust of rounding

elif view == "many":
    if predicted is not None:
        with left:
            loss_choice()
            slider(link, "w", "Slope w", -1.0, 2.0, 0.05)
            slider(link, "b", "Intercept b", -1.0, 4.0, 0.01)
    w, b = link["w"], link["b"]
    wrong = link["wrong"] and predicted is not None
    xs, ys = measuring.examples(wrong, link["mistake"])
    values = measuring.each(loss, w * xs + b, ys)
    field, best = landscape(name, wrong, link["mistake"])
    mean, least = float(values.mean()), float(measuring.line_loss(loss, xs, ys, *best))
    with right:
        with st.container(key="loss.phone.turned"):  # there the line is beside the experiments that speak of it
            points, plane = st.columns([1, 1 if predicted is not None else 0.5])
        state = (name, wrong, link["mistake"], w, b, mode)
        with points:
            show.chart(
                "loss.line", state, lambda: charts.fitted_line(xs, ys, w, b, name, values, mode, tuple(best) if wrong else None,
                    link["mistake"] - 1 if wrong else None),
                charts.fitted_line_text(w, b, values, mean),
            )  # fmt: skip
        with plane:
            if predicted is not None:
                show.chart(
                    "loss.map", state, lambda: charts.loss_map(field, BOX, (w, b), tuple(best), mean, mode),
                    charts.loss_map_text((w, b), tuple(best), mean, least),
                )  # fmt: skip
        if predicted is not None:
            turned = {f"mae_{n}": float(landscape("mae", n == "wrong", 3)[1][0]) for n in ("right", "wrong")}
            at_best = {"best": best[0]} | turned
            texts = {n: words.signed(float(v)) for n, v in at_best.items()}
            teaching.tries(link, words.TRIES_MANY, words.FAILS_MANY, **texts)
        for latex in worked.mean(values.tolist()):
            st.latex(latex)
        if predicted is not None:
            st.markdown(words.MANY.format(w=words.signed(best[0]), b=words.signed(best[1]), least=least))
    if predicted is not None:
        moved = {n: abs(landscape(n, True)[1][0] - landscape(n, False)[1][0]) for n in NAMES}
        teaching.confront(words.PREDICTION_MANY, predicted, words.MEASURED_MANY.format(**moved))
        st.markdown(words.EXPLAIN_MANY)
    table = pd.DataFrame({"x": xs, "target": ys, "answer": w * xs + b, "error": w * xs + b - ys, "loss": values})

else:
    with left:
        if predicted is not None:
            slider(link, "start", "Weight and bias at the start", 0.5, 5.0, 0.5)
            slider(link, "rate", "Learning rate", 0.05, 1.0, 0.05)
    start, rate = (link["start"], link["rate"]) if predicted is not None else START
    outputs = dict(runs(start, rate))
    whole_square = outputs.pop("whole")
    epochs = took(outputs)
    ends = {
        "p": words.sure(float(outputs["squared error"][0])),
        "se": epochs["squared error"],
        "ce": epochs["cross-entropy"],
    }
    if predicted is not None and (start, rate) != START:
        left.caption(words.MOVED_CLASSES.format(**ends))
    drawn = outputs if predicted is not None else {"squared error": outputs["squared error"]}
    z = 2 * start
    line = np.linspace(-6, 10.5, 166)
    minus = np.full_like(line, -1)
    push = {n: part * measuring.slope(LOSSES[k], line, minus) for n, (k, part) in saturation.LOSSES_COMPARED.items()}
    now = {n: part * float(measuring.slope(LOSSES[k], z, -1)) for n, (k, part) in saturation.LOSSES_COMPARED.items()}
    with right:
        moment = (start, rate, len(drawn), mode)
        show.chart(
            "loss.way", moment, lambda: sure_charts.way_back(drawn, mode, MOST), sure_charts.way_back_text(drawn)
        )
        if predicted is not None:
            teaching.tries(link, words.TRIES_CLASSES, words.FAILS_CLASSES, **ends)
            show.chart(
                "loss.push",
                moment,
                lambda: sure_charts.pushes(line, push, z, now, mode),
                sure_charts.pushes_text(z, now),
            )
            for latex in worked.pushes(start):
                st.latex(latex)
    if predicted is not None:
        asked = given("classes")
        measured = words.MEASURED_CLASSES.format(
            **asked, ce=took(runs(*START))["cross-entropy"], times=1 / (asked["p"] * (1 - asked["p"]))
        )
        teaching.confront(words.PREDICTION_CLASSES, predicted, measured)
        st.markdown(words.EXPLAIN_CLASSES)
        st.caption(words.HALF.format(n=took({"whole": whole_square})["whole"]))
    table = pd.DataFrame(
        [(n, k, v[k]) for n, v in drawn.items() for k in (0, 1, 10, 17, 37, 100, 232, len(v) - 1) if k < len(v)],
        columns=["loss", "epoch", "output"],
    ).drop_duplicates()
    if predicted is not None:
        with (opened := st.expander(words.NETWORK_TITLE, on_change="rerun", key="loss.network")):
            if opened.open:
                e, bias, goal = saturation.NETWORK, saturation.SURE, saturation.GOAL
                about = {"hidden": e.hidden[0], "rate": e.learning_rate, "seeds": SEEDS, "goal": goal, "bias": bias}
                st.markdown(words.NETWORK.format(**about))
                st.toggle(words.NETWORK_SWITCH.format(bias=bias), key=link.key("biased"))
                trained = networks(bias if link["biased"] else 0.0)
                steps = np.arange(e.epochs + 1)
                accuracy = {n: a for n, (_, a) in trained.items()}
                show.chart(
                    "loss.networks", (link["biased"], mode),
                    lambda: band(
                        steps[1:], {n: a[:, 1:] for n, a in accuracy.items()}, mode, x_title="epoch",
                        y_title="training accuracy", title="Accuracy under both losses", domain=(0.4, 1.0), log_x=True,
                    ),
                    band_text(steps, accuracy, x_title="epoch", y_title="training accuracy"),
                )  # fmt: skip
                middle = {
                    n: float(saturation.epochs_to(np.median(a, axis=0)[None], goal)[0]) for n, a in accuracy.items()
                }
                spent = {n: f"{v:.0f}" if np.isfinite(v) else f"more than {e.epochs:,}" for n, v in middle.items()}
                both = {"se": spent["squared error"], "ce": spent["cross-entropy"]}
                st.markdown(words.NETWORK_SAYS.format(goal=goal, **both))

if predicted is not None and view == "classes":
    with st.expander("More than two classes: softmax", key="loss.softmax"):
        st.markdown(words.SOFTMAX)
        knobs, bars = st.columns([1, 2])
        with knobs:
            for k in range(3):
                slider(link, f"z{k}", f"Score of class {k}", -5.0, 5.0, 0.1)
            buttons(link, "true", "True class", [0, 1, 2])
        true = link["true"]
        odds, cost, slopes = measuring.softmax_loss([link["z0"], link["z1"], link["z2"]], true)
        with bars:
            show.chart(
                "loss.softmax", (link["z0"], link["z1"], link["z2"], true, mode),
                lambda: sure_charts.probabilities(odds, true, slopes, mode),
                sure_charts.probabilities_text(odds, true, slopes),
            )  # fmt: skip
            put_in, digits = formula.agreeing([float(odds[true])], lambda v: -np.log(max(v[0], 1e-12)), 3, 4, 8)
            right_one = formula.number(float(odds[true]), "prediction", put_in)
            st.latex(rf"L = -\ln {right_one} = {formula.number(cost, 'loss', digits)}")
    with st.expander("Which loss for which answer", key="loss.which"):
        st.markdown(words.CHOOSING)
if predicted is not None:
    teaching.checks("loss", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG if view == "classes" else words.WRONG[:2])
    teaching.code(*CODE[view])
    with st.expander("The numbers behind the picture", key="loss.numbers"):
        st.dataframe(table, hide_index=True)
frame.end("loss", link, words.LEFT_OPEN)
