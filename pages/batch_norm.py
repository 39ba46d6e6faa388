"""Lesson 16: what batch norm does to each layer, how far it lets you go, and what breaks it."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.answers import answers, answers_text
from core.charts.band import band, band_text
from core.charts.histograms import histograms, histograms_text
from core.charts.lines import Style
from core.charts.naming import scientific
from core.charts.theme import palette
from core.lessons.batch_norm import study, words, worked
from core.nn.layers import BatchNorm
from core.training.experiment import MOST_LAYERS
from core.training.settings import choice, moment, nearest, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.workshop.sending import simulator_link

VIEWS = {"layers": "Four layers' z", "limits": "Rates and batches"}
ALONG = {"rate": "learning rate", "batch": "batch size"}
NAMES = {"without": "without batch norm", "with": "with batch norm"}
MOST_SEED, COMPANIONS, DRAWS = 19, 5, 200
HEIGHTS = (160, 230)
INKS = {"without": "z", "with": "activation"}
link = Link(
    "batch_norm",
    [
        choice("view", "layers", VIEWS, "View"),
        choice("case", "sigmoid", study.CASES, "Network"),
        nearest("rate", 0.1, study.RATES, "Learning rate"),
        whole("seed", 0, 0, MOST_SEED, "Seed of the weights"),
        moment("epoch", 0, study.BASE.epochs, "Epoch"),
        choice("along", "rate", ALONG, "Compare by"),
    ],
)
lesson = frame.begin("batch_norm", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=32, show_spinner="Training with and without batch norm …")
def watched(case: str, rate: float, seed: int) -> dict[str, np.ndarray]:
    """One network's z by layer, while it trains."""
    return study.watched(case, rate, seed)


@st.cache_data(max_entries=32, show_spinner="Training from twenty starts …")
def accuracies(case: str, rate: float) -> dict[str, np.ndarray]:
    """Test accuracies over epochs."""
    return study.accuracies(case, rate)


@st.cache_data(max_entries=8, show_spinner="Training 20 networks for each point …")
def compared(case: str, along: str) -> dict[str, np.ndarray]:
    """Test accuracies by rate or batch size."""
    return study.by_rate(case) if along == "rate" else study.by_batch(case)


@st.cache_data(max_entries=8, show_spinner=False)
def companions(case: str) -> dict[str, np.ndarray]:
    """One example's answers among others."""
    return study.companions(case, COMPANIONS, DRAWS)


def ended(case: str, rate: float) -> dict[str, float]:
    """The median share of right answers at the end, with and without."""
    middle = study.middles(accuracies(case, rate))
    return {"without": middle["without"], "with_": middle["with"]}


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's answer speaks of."""
    if view == "layers":
        return ended("sigmoid", 0.1)
    fine, broken = ended("he", 0.1), ended("he", study.BROKEN)
    return {"rate": study.BROKEN, "fine": fine["without"], "broken": broken["without"], "held": broken["with_"]}


def network_choice(names: list[str]) -> None:
    """Choose the activation and the start."""
    st.selectbox("Network", names, format_func=lambda case: study.CASES[case][0], key=link.key("case"))


def spread_of(value: float) -> str:
    """A spread with two digits, however small it is."""
    return f"{value:.2f}" if value >= 0.005 else scientific(value, 0)


def found_of(case: str) -> list[float]:
    """One example's z in the last layer of the first network before training, its batch's mean and spread."""
    found: list[float] = watched(case, 0.1, 0)["first"][0, :3].tolist()
    return found


def looks() -> dict[str, Style]:
    """The two sides in the colors of their histograms."""
    p = palette(mode)
    return {"without": Style(p[INKS["without"]], [6, 4]), "with": Style(p[INKS["with"]], [1, 0])}


def drawn_layers(found: dict[str, np.ndarray], sides: list[str], depends: tuple[Any, ...], at: int) -> None:
    """The histograms of some layers, with batch norm under without; beside each its spread."""
    rows = [words.ROW.format(layer=k) if side == sides[0] else words.UNDER for k in study.SHOWN for side in sides]
    shares = np.stack([found[f"{side} histogram"] for side in sides], axis=2)
    spreads = np.stack([found[f"{side} drawn"] for side in sides], axis=2)
    shares, spreads = (v.reshape(len(v), len(rows), *v.shape[3:]) for v in (shares, spreads))
    notes = [[f"spread {spread_of(v)}" for v in of] for of in spreads]
    show.chart(
        "batch_norm.layers", (*depends, len(sides), mode),
        lambda: histograms(
            shares, study.EDGES, rows, notes, mode, title=words.TITLE, x_title="z", key=words.KEY[2 - len(sides) :],
            ink=[INKS[side] for side in sides] * len(study.SHOWN), height=HEIGHTS[len(sides) - 1],
        ),
        histograms_text(rows, [f"spread {spread_of(v)}" for v in spreads[at]], title=words.TITLE),
    )  # fmt: skip


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    examples = int(study.BASE.samples * (1 - study.BASE.test_share))
    st.markdown(words.INTRO[view].format(width=study.WIDTH, examples=examples, seeds=study.SEEDS))
    predicted = teaching.prediction("batch_norm", words.LESSON, view, epochs=study.BASE.epochs, rate=study.BROKEN)
waiting = predicted is None
table = pd.DataFrame()

if view == "layers":
    if predicted is not None:
        with left:
            network_choice(list(study.CASES))
            st.select_slider("Learning rate", study.RATES, format_func=lambda r: f"{r:g}", key=link.key("rate"))
            st.slider("Seed of the weights", 0, MOST_SEED, key=link.key("seed"))
    case, rate, seed = ("sigmoid", 0.1, 0) if waiting else (link["case"], link["rate"], link["seed"])
    found, moments = watched(case, rate, seed), study.frames(case)
    depends = (case, rate, seed)
    with right:
        at = player(link, moments, repr((*depends, waiting)))
        drawn_layers(found, ["without"] if waiting else list(study.SIDES), depends, at)
    if predicted is not None:
        with right:
            teaching.tries(link, words.TRIES_LAYERS, words.FAILS_LAYERS, **ended(case, rate))
            series = {side: accuracies(case, rate)[side] for side in study.SIDES}
            epochs = np.arange(series["with"].shape[1])
            show.chart(
                "batch_norm.accuracy", (case, rate, mode),
                lambda: band(
                    epochs, series, mode, x_title="epoch", y_title="test accuracy", title="Right answers, 20 starts",
                    domain=(0.4, 1.0), height=140, looks=looks(),
                ),
                band_text(epochs, series, x_title="epoch", y_title="Test accuracy"),
            )  # fmt: skip
            with st.container(key=RESTING):
                st.caption(words.LINE.format(epoch=moments[at]))
                st.latex(worked.line(found["first"][at]))
        teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(seeds=study.SEEDS, **given("layers")))
        st.markdown(words.EXPLAIN_LAYERS.format(**study.gains(watched("sigmoid", 0.1, 0))))
        st.latex(r"\hat z = \frac{z - \mu}{\sqrt{\sigma^2 + \epsilon}}, \qquad \gamma\,\hat z + \beta")
        st.caption(words.SYMBOLS)
        fewer = (study.WIDTH,) * MOST_LAYERS
        sent = study.experiment(case, True, learning_rate=rate, seed=seed, hidden=fewer)
        simulator_link(words.SIMULATOR.format(most=MOST_LAYERS), sent, icon=":material/link:")
        table = pd.DataFrame({"layer": range(1, study.DEPTH + 1)} | {
            f"spread {side}, epoch {moments[at]}": found[f"{side} spread"][at] for side in study.SIDES
        })  # fmt: skip

else:
    if link["case"] == "pairs":  # that view's own: here batches are what is compared
        link.set(case="he")
    if predicted is not None:
        with left:
            network_choice([name for name in study.CASES if name != "pairs"])
            buttons(link, "along", "Compare by", ALONG)
    case, along = ("he", "rate") if waiting else (link["case"], link["along"])
    points = np.array(study.RATES if along == "rate" else study.BATCHES, float)
    ends = compared(case, along)
    drawn = {"without": ends["without"]} if waiting else {side: ends[side] for side in study.SIDES}
    with right:
        show.chart(
            "batch_norm.limits", (case, along, waiting, mode),
            lambda: band(
                points, drawn, mode, x_title=ALONG[along], y_title="test accuracy", domain=(0.3, 1.0), log_x=True,
                points=True, height=340, ticks=points.tolist(), all_ticks=True, title=f"Right answers by {ALONG[along]}", looks=looks(),
                key=[study.CASES[case][0], "line: median of the starts, band: the middle 80%"],
            ),
            band_text(points, drawn, x_title=ALONG[along], y_title="Test accuracy"),
        )  # fmt: skip
        if along == "batch":
            st.caption(words.AT.format(rate=study.BATCH_RATE, epochs=study.BATCH_EPOCHS))
    if predicted is not None:
        with right:
            first, middle = study.middles(ends, 0), np.median(ends["with"], axis=0)
            more = {"without": first["without"], "with_": first["with"], "last": middle[-1], "low": middle.min()}
            if case == "small":  # its sentence compares it with this start
                more |= {"he": np.median(compared("he", "rate")["with"], axis=0).min()}
            teaching.tries(link, words.TRIES_LIMITS, words.FAILS_LIMITS, words.LESSON.views["limits"].opening, **more)
            if along == "rate":
                st.caption(words.TENFOLD)
                st.latex(worked.tenfold(*found_of(case)))
            else:
                st.caption(words.PAIR)
                st.latex(worked.pair(words.TWO, study.normalize(np.array(words.TWO)).tolist()))
        measured = words.MEASURED_LIMITS.format(seeds=study.SEEDS, **given("limits"))
        teaching.confront(words.PREDICTION_LIMITS, predicted, measured)
        st.markdown(words.EXPLAIN_LIMITS)
        table = pd.DataFrame({ALONG[along]: points} | {NAMES[s]: np.median(v, axis=0) for s, v in drawn.items()})
        with (opened := st.expander(words.MODES_TITLE, on_change="rerun", key="batch_norm.modes")):
            if opened.open:
                training, use = (companions(case)[name] for name in ("training", "use"))
                low, high = np.quantile(training, [0.1, 0.9])
                st.markdown(words.MODES.format(draws=DRAWS, batch=COMPANIONS, low=low, high=high, use=float(use)))
                show.chart(
                    "batch_norm.answers", (case, mode),
                    lambda: answers(training, float(use), mode, "One example's answers in other batches", "batches"),
                    answers_text(training, float(use)),
                )  # fmt: skip

if predicted is not None:
    teaching.checks("batch_norm", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    teaching.code(BatchNorm, study.z_of_layers, study.spread)
    with st.expander("The numbers behind the picture", key="batch_norm.numbers"):
        st.dataframe(table, hide_index=True)
frame.end("batch_norm", link, words.LEFT_OPEN)
if waiting:
    given(view)  # what the answer needs, while the learner thinks
