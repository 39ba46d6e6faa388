"""Lesson 5: how far each step should go."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import Rule, band, band_text
from core.charts.lines import Style
from core.charts.theme import palette
from core.lessons.learning_rate import charts, descent, folded, panel_charts, rates, words, worked
from core.lessons.learning_rate.folded import OPTIMIZERS
from core.nn import schedules
from core.training import curvature, finder
from core.training.settings import choice, nearest, number
from core.ui import formula, frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider

VIEWS = {"valley": "Valley", "network": "Network", "range": "Range"}
BATCHES = {"8": 8, "32": 32, "all": 2000}
SCALES = {"0.1": 0.1, "1": 1.0, "10": 10.0}
CHOICES = [r for r in rates.RATES if r >= 0.001]
SEEDS, MOST = 20, 2000
FIRST, SECOND, CURVATURE, BEYOND = 0.1, 0.4, 4.0, 10.0  # what the questions speak of
FIRST_RATES = (0.1, 1.0)  # shown before the prediction: both of them safe
CODE: dict[str, tuple[Any, ...]] = {
    "valley": (descent.descend, descent.steps_needed),
    "network": (rates.curves, curvature.hessian_times, curvature.largest_eigenvalue),
    "range": (rates.final_losses, rates.good_range, schedules.cosine, finder.Found),
}
link = Link(
    "learning_rate",
    [
        choice("view", "valley", VIEWS, "View"),
        number("rate", FIRST, 0.005, 1.1, "Learning rate"),
        number("L", CURVATURE, 2, 8, "Curvature"),
        nearest("r1", 0.01, CHOICES, "First rate"),
        nearest("r2", 1.0, CHOICES, "Second rate"),
        nearest("r3", 100.0, CHOICES, "Third rate"),
        choice("opt", "sgd", OPTIMIZERS, "Optimizer"),
        choice("batch", "all", BATCHES, "Batch"),
        choice("scale", "1", SCALES, "Multiply the inputs by"),
        choice("finder", "sgd", OPTIMIZERS, "Optimizer of the finder"),
    ],
)
lesson = frame.begin("learning_rate", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=32, show_spinner=False)
def needed(L: float) -> tuple[np.ndarray, np.ndarray]:
    """Steps that each rate needs in a valley of curvature L, NaN where it never arrives."""
    line = np.unique(np.concatenate([np.linspace(0.005, 1.1, 220), [1 / L]]))
    steps = [descent.steps_needed(float(r), L, MOST) for r in line]
    return line, np.array([np.nan if s is None else s for s in steps])


@st.cache_data(max_entries=24, show_spinner="Training 60 networks …")
def trained(three: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Loss curves of three rates over the seeds, and 2 over the curvature where each ended."""
    losses, parameters = rates.curves(three, SEEDS)
    return losses, np.array([rates.limits(SEEDS, theta) for theta in parameters])


@st.cache_data(max_entries=8, show_spinner=False)
def limits(scale: float = 1.0) -> np.ndarray:
    """2 over the curvature at the first weights."""
    return rates.limits(SEEDS, scale=scale)


@st.cache_data(max_entries=8, show_spinner=False)
def gradient(scale: float) -> float:
    """The size of a typical gradient at the first weights."""
    return rates.typical_gradient(SEEDS, scale)


@st.cache_data(max_entries=32, show_spinner="Training 260 networks …")
def final(optimizer: str, batch: int, scale: float) -> np.ndarray:
    """The loss after 60 epochs at every rate."""
    return rates.final_losses(optimizer, batch, scale, SEEDS)


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's question speaks of: those of the picture beside it."""
    if view == "valley":
        return {"first": FIRST, "second": SECOND, "slow": descent.steps_needed(FIRST, CURVATURE)}
    return {"limit": np.median(limits()), "rate": BEYOND} if view == "network" else {"best": best_rate("sgd")}


def best_rate(optimizer: str) -> float:
    """The rate that ends lowest, with all examples in a batch."""
    return rates.good_range(final(optimizer, 2000, 1.0))[0]


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view])
    predicted = teaching.prediction("learning_rate", words.LESSON, view, lambda: given(view), rate=BEYOND)
table = pd.DataFrame()

if view == "valley":
    rate, c = (link["rate"], link["L"]) if predicted is not None else (FIRST, CURVATURE)
    steps, factor = descent.steps_needed(rate, c, MOST), descent.factor(rate, c)
    if predicted is not None:
        with left:
            slider(link, "rate", "Learning rate η", 0.005, 1.1, 0.001)
            slider(link, "L", "Curvature c of the valley", 2.0, 8.0, 0.5)
    line = np.linspace(*charts.SPAN, 201)
    path = descent.descend(1.0, rate, c, charts.MOST_DRAWN)
    with right:
        show.chart(
            "rate.walk", (rate, c, mode),
            lambda: charts.walk(line, descent.valley(line, c), path, descent.valley(path, c), mode),
            charts.walk_text(path, steps),
        )  # fmt: skip
        if predicted is not None:
            teaching.tries(
                link, words.TRIES_VALLEY, words.FAILS_VALLEY, steps=steps, out=abs(factor) - 1, factor=f"{factor:g}",
            )  # fmt: skip
            st.latex(worked.one_step())
            put_in, digits = formula.agreeing([rate], lambda v: 1 - v[0] * c, 3, 4)
            st.latex(
                rf"1-{formula.number(rate, 'gradient', put_in)}\times{formula.number(c, 'loss', 1)} = {formula.number(factor, 'text', digits, alone=True)}"
            )
            if steps is not None and factor:
                st.latex(worked.arrival(factor, steps, descent.NEAR))
            show.chart(
                "rate.needed", (rate, c, mode),
                lambda: charts.needed_steps(*needed(c), (rate, steps), descent.threshold(c), mode, MOST),
                charts.needed_steps_text((rate, steps), descent.threshold(c), MOST),
            )  # fmt: skip
    if predicted is not None:
        slow, fast = (descent.steps_needed(r, CURVATURE) for r in (FIRST, SECOND))
        a, b = (words.times(descent.factor(r, CURVATURE)) for r in (FIRST, SECOND))
        sentence = words.MEASURED if c == CURVATURE else words.MEASURED_FIRST
        measured = sentence.format(slow=slow, fast=fast, a=a, b=b, c=CURVATURE, first=FIRST, second=SECOND)
        teaching.confront(words.PREDICTION, predicted, measured)
        st.markdown(words.EXPLAIN_VALLEY)
    table = pd.DataFrame({"step": np.arange(len(path)), "w": path, "loss": descent.valley(path, c)})

elif view == "network":
    three = tuple(link[name] for name in ("r1", "r2", "r3")) if predicted is not None else FIRST_RATES
    losses, after = trained(three)
    before = limits()
    if predicted is not None:
        with left:
            for name, word in zip(("r1", "r2", "r3"), ("First", "Second", "Third"), strict=True):
                st.select_slider(f"{word} rate", CHOICES, format_func=lambda r: f"{r:g}", key=link.key(name))
    verdicts = rates.verdicts(three, losses)
    ends = np.nanmedian(losses[:, :, -1], axis=1)
    heads = [
        words.head(r, v, e, rates.rising(runs)) for r, v, e, runs in zip(three, verdicts, ends, losses, strict=True)
    ]
    panels: list[np.ndarray | None] = list(losses)
    if predicted is None:
        heads = [*([rate, end] for rate, _, end, *_ in heads), [words.RATE.format(rate=BEYOND), words.UNKNOWN]]
        panels.append(None)
    with right:
        show.chart(
            "rate.panels", (three, predicted is None, mode), lambda: panel_charts.panels(heads, panels, SEEDS, mode),
            panel_charts.panels_text(heads, panels),
        )  # fmt: skip
        if predicted is not None:
            teaching.tries(link, words.TRIES_NETWORK, words.FAILS_NETWORK, words.OPENS_NETWORK)
        st.latex(worked.limit(float(np.median(before)), words.START))
        lowest = verdicts.index("best")
        ended = float(np.median(after[lowest]))
        if predicted is not None and np.isfinite(ended):
            st.latex(worked.limit(ended, words.AFTER.format(rate=three[lowest])))
        st.caption(words.LIMIT.format(seeds=SEEDS))
    if predicted is not None:
        one, ten = np.nanmedian(trained((1.0, BEYOND))[0][:, :, -1], axis=1)
        given_ends = {"epochs": losses.shape[-1] - 1, "one": one, "ten": ten, "rate": BEYOND, "seeds": SEEDS}
        measured = words.MEASURED_NETWORK.format(**given_ends)
        teaching.confront(words.PREDICTION_NETWORK, predicted, measured)
        st.markdown(words.EXPLAIN_NETWORK)
    table = pd.DataFrame(
        {
            "rate": three,
            "loss before": np.median(losses[:, :, 0], 1),
            "loss after (median)": np.nanmedian(losses[:, :, -1], 1),
            "lowest seed": np.nanmin(losses[:, :, -1], 1),
            "highest seed": np.nanmax(losses[:, :, -1], 1),
            "share of epochs that rise": [rates.rising(v) for v in losses],
            "2/λ at the start": f"{np.median(before):.1f} ({before.min():.1f} to {before.max():.1f})",
            "2/λ at the end": [words.rounded(float(v)) for v in np.median(after, 1)],
        }
    )

else:
    if predicted is not None:
        with left:
            buttons(link, "opt", "Optimizer", OPTIMIZERS)
            buttons(link, "batch", "Examples in a batch", list(BATCHES))
            buttons(link, "scale", "Multiply the inputs by", list(SCALES))
    plain = ("sgd", 2000, 1.0)
    setting = (link["opt"], BATCHES[link["batch"]], SCALES[link["scale"]]) if predicted is not None else plain
    now = OPTIMIZERS[setting[0]] if setting[1:] == plain[1:] else "now"
    ends = {"plain": final(*plain)} | {now: final(*setting)}
    chosen = ends[now]
    best, low, high = rates.good_range(chosen)
    limit = float(np.median(limits(setting[2])))
    rules = [Rule(low / 1.3, "", high * 1.3)] + ([Rule(limit, words.OVERSHOOTS)] if setting[0] == "sgd" else [])
    looks = {"plain": Style(palette(mode)["muted"], [2, 3])} | {now: Style(palette(mode)["loss"], [1, 0])}
    key = [words.RUNS.format(seeds=SEEDS), words.STRIP] + [words.DOTTED] * (setting != plain)
    with right:
        show.chart(
            "rate.range", (*setting, mode),
            lambda: band(
                np.array(rates.RATES), ends, mode, x_title="learning rate", y_title=f"training loss after {rates.SHORT} epochs",
                title="The loss that each rate reaches", domain=(1e-2, 100.0), log_x=True, log_y=True, rules=rules,
                looks=looks, points=True, height=300, key=key,
            ),
            band_text(np.array(rates.RATES), ends, x_title="learning rate", y_title=f"Loss after {rates.SHORT} epochs"),
        )  # fmt: skip
        st.markdown((words.ONLY if low == high else words.BEST).format(best=best, low=low, high=high))
        if predicted is not None:
            teaching.tries(link, words.TRIES_RANGE, words.FAILS_RANGE, words.OPENS_RANGE)
            g = gradient(setting[2])
            st.markdown(words.STEP)
            st.latex(
                worked.first_step(
                    "plain", "sgd", best_rate("sgd"), gradient(1.0), "muted" if setting != plain else "loss"
                )
            )
            if setting != plain:
                st.latex(worked.first_step(now, setting[0], best, g, "loss"))
    if predicted is not None:
        measured = words.MEASURED_RANGE.format(plain=best_rate("sgd"), adam=best_rate("adam"), seeds=SEEDS)
        teaching.confront(words.PREDICTION_RANGE, predicted, measured)
        st.markdown(words.EXPLAIN_RANGE)
    columns = {"rate": rates.RATES} | {f"median, {n}": np.median(v, 0) for n, v in ends.items()}
    table = pd.DataFrame(columns | {f"worst seed, {n}": v.max(0) for n, v in ends.items()})

if predicted is not None:
    folded.schedules_of(mode)
    folded.finder_of(link, mode)
    teaching.checks("learning_rate", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    teaching.code(*CODE[view])
    with st.expander("The numbers behind the picture", key="learning_rate.numbers"):
        st.dataframe(table, hide_index=True)
frame.end("learning_rate", link, words.LEFT_OPEN)
