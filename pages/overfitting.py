"""Lesson 19: how many units, and how many epochs, are too much for a few noisy examples."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band_text
from core.charts.curves import curves_text
from core.charts.fitted import curve1d_text
from core.charts.plane import boundary_text
from core.lessons.overfitting import charts, study, words, worked
from core.lessons.overfitting.capacity import Sized, drawn, over_seeds
from core.training.settings import choice, moment, nearest, number, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import player
from core.ui.sliders import select_slider
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

LAST = max(study.EPOCHS.values())
CHALLENGE, EXAMPLES, NOISE, UNITS = study.ASKED
Setting = tuple[str, int, float]
link = Link(
    "overfitting",
    [
        choice("view", "size", words.VIEWS, "View"),
        choice("challenge", CHALLENGE, words.CHALLENGES, "Challenge"),
        nearest("examples", EXAMPLES, study.EXAMPLES, "Examples"),
        number("noise", NOISE, 0, 0.5, "Noise"),
        nearest("units", UNITS, study.COUNTS, "Hidden units"),
        whole("seed", study.SEED, 0, study.SEEDS - 1, words.SEED),
        moment("epoch", LAST, LAST, "Epoch"),
    ],
)
lesson = frame.begin("overfitting", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=120, show_spinner=words.MAKING.format(seeds=study.SEEDS))
def trained(challenge: str, examples: int, noise: float, count: int) -> dict[str, np.ndarray]:
    """The losses of one size's networks, as arrays."""
    with TRAINING.take() as let_others:
        return dict(vars(study.measured(challenge, examples, noise, count, let_others)))


@st.cache_data(max_entries=32, show_spinner=False)
def run(challenge: str, examples: int, noise: float, count: int, seed: int) -> dict[str, np.ndarray]:
    """One network while it trains."""
    return study.one_run(challenge, examples, noise, count, seed)


@st.cache_data(max_entries=64, show_spinner=False)
def drawn_by(setting: Setting, count: int, seeds: tuple[int, ...]) -> np.ndarray:
    """What the trained networks of these seeds say."""
    parameters = trained(*setting, count)["parameters"]
    return study.answers(*setting, count, parameters[list(seeds)], seeds)


def size_of(setting: Setting, count: int) -> Sized:
    """The networks of one size."""
    return Sized(**trained(*setting, count))


def sizes_of(setting: Setting) -> dict[int, Sized]:
    """The networks of every size."""
    return {count: size_of(setting, count) for count in study.COUNTS}


def clicked() -> None:
    """Choose the size that was clicked."""
    if spot := st.session_state["overfitting.size"]["selection"]["size"]:
        link.set(units=int(spot[0]["units"]))


def controls() -> None:
    """How large a network learns, and from what."""
    st.select_slider(words.PAGE, study.COUNTS, key=link.key("units"))
    st.select_slider("Examples to learn from", study.EXAMPLES, key=link.key("examples"))
    select_slider(link, "noise", "Noise", study.NOISES)


def picture(
    setting: Setting, count: int, seed: int, frames: np.ndarray, start: int, tested: bool, depends: Any
) -> None:
    """One network's frames over its examples; with ``tested`` some of the new ones, or the wave behind them, as well."""
    data, title = study.data_of(*setting, seed), words.TITLE_ONE if count == 1 else words.TITLE_FIT.format(count=count)
    X, y = data.data.X, data.data.y
    train, new = (X[data.train], y[data.train]), (X[data.test[: study.SHOWN]], y[data.test[: study.SHOWN]])
    still = len(frames) == 1
    if setting[0] == "curve":
        truth, others = study.truth() if tested else None, np.zeros((0, len(study.X)))
        if tested and still:
            others = drawn_by(setting, count, tuple(s for s in range(study.SEEDS) if s != seed))
        show.chart(
            "overfitting.curve", (setting, count, seed, tested, depends, mode),
            lambda: charts.fits(frames, others, study.X, train, mode, title, words.KEY_FIT, truth, start),
            curve1d_text(frames, study.X, train, frame=start),
        )  # fmt: skip
        return
    test = new if tested else None
    names, extent = data.data.classes, study.extent(setting[2])
    show.chart(
        "overfitting.plane", (setting, count, seed, tested, depends, mode),
        lambda: charts.plane(frames, extent, train, test, names, mode, title, start),
        boundary_text(frames, extent, train, test, classes=names, frame=start),
    )  # fmt: skip


def by_size(predicted: int | None) -> pd.DataFrame:
    """The view of networks of every size; returns its numbers."""
    setting, count, seed = study.ASKED[:3], UNITS, study.SEED
    if predicted is None:
        with right:
            picture(setting, count, seed, run(*setting, count, seed)["frames"][-1:], 0, False, "asked")
        return pd.DataFrame()
    setting, count, seed = (link["challenge"], int(link["examples"]), link["noise"]), int(link["units"]), link["seed"]
    found, (main,) = show.computed(("overfitting.size", *setting), lambda: sizes_of(setting), right)
    losses, now = study.by_size(found), study.compared(found, count, setting[2])
    if not (stopping := words.LESSON.question("overfitting", "time") in teaching.answers()):
        del losses["stopped early"]  # the other view asks for it
    key = words.KEY_SIZE + (words.KEY_STOPPED if stopping else [])
    floor = (now["floor"], words.FLOOR) if setting[0] == "curve" and setting[2] else None
    title = words.TITLE_SIZE.format(what=words.CHALLENGES[setting[0]])
    with main:
        sizes, one = st.columns([1.35, 1], gap="small")  # the experiments in two to a row
    with sizes:
        show.chart(
            "overfitting.size", (setting, count, stopping, mode),
            lambda: charts.by_size(study.COUNTS, losses, count, charts.TOPS[setting[0]], mode, title, key, floor),
            band_text(np.array(study.COUNTS), losses, x_title="units a layer", y_title="Loss"),
            on_select=clicked, selection_mode="size",
        )  # fmt: skip
        st.caption(words.CLICK)
    with one:
        picture(setting, count, seed, drawn_by(setting, count, (seed,)), 0, True, "size")
    with main:
        teaching.tries(link, words.TRIES_SIZE, words.FAILS_SIZE, **now)
        between, counted = st.columns([1.35, 1], gap="small")
    with between:
        st.caption(words.MEDIANS.format(seeds=study.SEEDS))
        st.latex(worked.gap(now["train"], now["test"]))
    with counted:
        st.latex(worked.weights(1 if setting[0] == "curve" else 2, count))
    asked = study.compared(sizes_of(study.ASKED[:3]), UNITS, NOISE) | {"count": UNITS, "examples": EXAMPLES}
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**asked))
    explain = words.EXPLAIN_SIZE if setting[2] else words.EXPLAIN_EXACT
    st.markdown(explain.format(rule=words.RULE[setting[0]], look=words.LOOK[setting[0]]))
    middles = {f"{name} loss": np.median(runs, axis=0) for name, runs in losses.items()}
    return pd.DataFrame({"units a layer": study.COUNTS} | middles)


def by_time(predicted: int | None) -> pd.DataFrame:
    """The view of one network while it trains; returns its numbers."""
    asked: Setting = (words.LESSON.views["time"].opening["challenge"], EXAMPLES, NOISE)
    setting, count, seed = asked, UNITS, study.SEED
    if predicted is not None:
        setting, count = (link["challenge"], int(link["examples"]), link["noise"]), int(link["units"])
        seed = link["seed"]
    found, waiting = run(*setting, count, seed), predicted is None
    epochs, stop = found["epochs"], int(found["stop"])
    losses = {name: found[name] for name in (["training"] if waiting else ["training", "validation", "test"])}
    with right:
        at = player(link, epochs.tolist(), repr((*setting, count, seed, waiting)))
        one, other = st.columns(2)
        with one:
            picture(setting, count, seed, found["frames"], at, not waiting, "time")
        with other:
            every, high = np.arange(len(found["training"])), 230 if setting[0] == "curve" else 280
            show.chart(
                "overfitting.losses", (setting, count, seed, waiting, mode),
                lambda: charts.stopping(
                    every, epochs, losses, stop, charts.TOPS[setting[0]], mode, words.HERE, at, high
                ),
                curves_text(every, losses),
            )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    depends = ("overfitting.time", *setting, count)
    sized, (below,) = show.computed(depends, lambda: size_of(setting, count), right)
    now = study.facts(sized)
    with below:
        teaching.tries(link, words.TRIES_TIME, words.FAILS_TIME, words.LESSON.views["time"].opening, here=stop, **now)
        with st.container(key="overfitting.phone.below"):
            steered, saved = st.columns(2)
    with saved:
        st.latex(worked.saved(float(found["test"][stop]), float(found["test"][-1]), stop))
    with steered:
        with st.container(horizontal=True):
            for name, label, epoch in (("stop", words.TO_STOP, stop), ("end", words.TO_END, LAST)):
                st.button(
                    label.format(stop=stop), on_click=link.set, kwargs={"epoch": epoch}, key=f"overfitting.{name}"
                )
        same = max(now["stopped"], now["test"]) < study.TINY
        st.markdown((words.SAME if same else words.STOPPED).format(**now))
    middle, here = study.facts(size_of(asked, UNITS)), int(run(*asked, UNITS, study.SEED)["stop"])
    teaching.confront(words.PREDICTION_TIME, predicted, words.MEASURED_TIME.format(here=here, count=UNITS, **middle))
    st.markdown(words.EXPLAIN_TIME)
    return pd.DataFrame({"epoch": epochs} | {f"{name} loss": loss[epochs] for name, loss in losses.items()})


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, words.VIEWS)
    about = {"count": UNITS, "examples": EXAMPLES, "parameters": study.parameters(CHALLENGE, UNITS)}
    about |= {"epochs": study.EPOCHS["boundary"]}
    asked = words.LESSON.question("overfitting", view) not in teaching.answers()  # of the settings that it opens with
    challenge = words.LESSON.views[view].opening.get("challenge", CHALLENGE) if asked else link["challenge"]
    intro = words.INTRO if asked or link["noise"] else words.WITHOUT_NOISE
    st.markdown(intro[view].format(examples=EXAMPLES if asked else link["examples"], epochs=study.EPOCHS[challenge]))
    answer = teaching.prediction("overfitting", words.LESSON, view, **about)
    if answer is not None:
        controls()
        with st.expander(words.SEED_TITLE, key="overfitting.more"):
            buttons(link, "challenge", "Challenge", words.CHALLENGES)
            st.slider(words.SEED, 0, study.SEEDS - 1, key=link.key("seed"))
            one: Setting = (link["challenge"], int(link["examples"]), link["noise"])
            simulator_link(
                words.SIMULATOR, study.experiment(*one, int(link["units"]), link["seed"]), icon=":material/tune:"
            )
            st.caption(words.SIMULATOR_NOTE)
table = (by_size if view == "size" else by_time)(answer)

if answer is not None:
    teaching.checks("overfitting", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="overfitting.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(over_seeds, drawn, Sized, study.experiment)
frame.end("overfitting", link, words.LEFT_OPEN)
