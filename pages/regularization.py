"""Lesson 20: what holds a network back from learning its examples by heart, and how often that helps."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.lessons.regularization import dropped, pictures, study, watch, words, worked
from core.nn import penalties
from core.nn.layers import Dropout
from core.training.settings import choice, moment, nearest, whole
from core.ui import frame, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.ui.sliders import exact, percent
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

VIEWS = {"cures": "Five cures", "penalty": "A penalty at work", "dropout": "Dropout at work"}
SIZES = {"few": study.FEW, "many": study.MANY}
MOST_SEED = study.SEEDS - 1
OPENS = {view: words.LESSON.views[view].opening for view in ("penalty", "dropout")}
"""Networks that these views open on: one ends as most do, the other's points are no harder than the test's."""
STRENGTH, LEVELS = 0.003, 6
START = ("l1", STRENGTH, OPENS["penalty"]["seed"])
Found = dict[str, np.ndarray]
CODE: dict[str, tuple[Any, ...]] = {
    "cures": (study.experiment, study.helped),
    "penalty": (penalties.add_gradient, watch.watched),
    "dropout": (Dropout, dropped.masks),
}
link = Link(
    "regularization",
    [
        choice("view", "cures", VIEWS, "View"),
        choice("method", "l2", study.METHODS, "Cure"),
        whole("level", 3, 1, LEVELS, "Strength, from weak to strong"),
        choice("examples", "few", SIZES, "Training examples"),
        choice("penalty", START[0], watch.PENALTIES, "Penalty"),
        nearest("strength", STRENGTH, watch.STRENGTHS, "Strength of the penalty"),
        nearest("rate", 0.5, dropped.RATES, "Share of units switched off"),
        whole("seed", 0, 0, MOST_SEED, words.NETWORK),
        moment("epoch", -1, study.STEPS, "Step"),
    ],
)
lesson = frame.begin("regularization", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=4, show_spinner="Training 20 networks without help …")
def without(examples: int) -> Found:
    """The networks that overfit."""
    with TRAINING.take() as let_others:
        return study.without(examples, let_others)


@st.cache_data(max_entries=96, show_spinner=False)
def ended(method: str, strength: float, examples: int) -> Found:
    """Where twenty networks end with a cure."""
    if method == "stop":
        return study.stopped(without(examples), strength)
    with TRAINING.take() as let_others:
        return study.ended(method, strength, examples, let_others)


@st.cache_data(max_entries=64, show_spinner=False)
def penalized(penalty: str, strength: float, seed: int) -> Found:
    """One network with a penalty, or without when that is 0."""
    return watch.watched(penalty, strength, seed)


@st.cache_data(max_entries=64, show_spinner=False)
def thinned(rate: float, seed: int) -> Found:
    """One network with dropout."""
    return dropped.watched(rate, seed)


def swept(method: str, examples: int) -> list[Found]:
    """A cure at every strength; says how far it is, the first time that a visitor asks."""
    known: set[Any] = st.session_state.setdefault("regularization.known", set())
    strengths, place, found = study.METHODS[method].strengths, st.empty(), []
    for done, strength in enumerate(strengths):
        if (method, examples) not in known and method != "stop":
            place.progress(done / LEVELS, words.WAIT.format(seeds=study.SEEDS, done=done, all=LEVELS))
        found.append(ended(method, strength, examples))
    known.add((method, examples))
    place.empty()
    return found


def question(view: str) -> dict[str, Any]:
    """The numbers that a view's question speaks of."""
    if view == "cures":
        return {"plain": study.middle(without(study.FEW)["test"][-1]), "coin": np.log(2)}
    if view == "penalty":
        return {"strength": START[1], "count": watch.count(), "steps": study.STEPS}
    return {"share": 0.5, "few": study.FEW}


def usual() -> None:
    """Start a cure at the strength that its experiment shows: the slider's place means another one for each."""
    link.set(level=next((t.values["level"] for t in words.TRIES_CURES[1:] if t.values["method"] == link["method"]), 3))


def cure_controls() -> tuple[str, int, int]:
    """Draw the controls; return the cure, its level and how many examples there are."""
    with left:
        st.selectbox(
            "Cure", list(study.METHODS), format_func=lambda m: study.METHODS[m].title, key=link.key("method"),
            on_change=usual,
        )  # fmt: skip
        method = study.METHODS[link["method"]]
        st.select_slider(
            method.dose[:1].upper() + method.dose[1:], range(1, LEVELS + 1), key=link.key("level"),
            format_func=lambda k: exact(method.strengths[k - 1]),
        )  # fmt: skip
        if link["method"] == "data":
            return "data", link["level"], study.FEW
        buttons(link, "examples", "Training examples", {k: str(size) for k, size in SIZES.items()})
    return link["method"], link["level"], SIZES[link["examples"]]


def cures(predicted: int | None) -> pd.DataFrame:
    """The view of all cures; returns its numbers."""
    if predicted is None:
        with right:
            pictures.overfitting(without(study.FEW), mode)
        return pd.DataFrame()
    name, level, examples = cure_controls()
    method, base = study.METHODS[name], without(examples)
    strength = method.strengths[level - 1]
    with right:
        found = swept(name, examples)
        losses, counts = np.stack([f["loss"] for f in found], 1), [study.helped(f, base) for f in found]
        each = {label: np.array([[c[k] for c in counts]], float) for k, label in words.HELPED.items()}
        here, depends = counts[level - 1], (name, examples, level)
        before, now = study.middle(base["test"][-1]), study.middle(found[level - 1]["loss"])
        more = {"now": now, "before": before, "seeds": study.SEEDS, "many": study.MANY, "strength": exact(strength)}
        more["helped"] = here["loss"] or words.NOBODY
        pictures.by_strength(name, level, losses, base["test"][-1], depends, mode)
        st.latex(worked.change(method.title, exact(strength), now, before))
        teaching.tries(link, words.TRIES_CURES, words.FAILS_CURES, **here, **more)
        pictures.how_often(name, level, each, depends, mode)
        st.markdown(words.COUNT.format(**here))
        if name == "stop":
            st.markdown(words.CHOSEN.format(few=examples, seeds=study.SEEDS, **study.chosen(base)))
    with left:
        simulator_link(words.SIMULATOR, study.experiment(name, strength, examples), icon=":material/link:")
    asked = swept("l2", study.FEW)
    facts = study.by_strength(asked) | question("cures") | {"seeds": study.SEEDS}
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**facts))
    rights = [study.middle(v) for v in (without(study.FEW)["right"][-1], asked[study.lowest(asked)]["right"])]
    st.markdown(words.EXPLAIN_CURES.format(before=rights[0], now=rights[1], few=study.FEW))
    with (opened := st.expander(words.ALL_TITLE, on_change="rerun", key="regularization.all")):
        if opened.open:
            st.markdown(words.ALL.format(seeds=study.SEEDS, few=study.FEW))
            st.dataframe(all_cures(), hide_index=True)
    table = {method.dose: method.strengths, "median test loss": np.median(losses, 0)}
    table |= {"median share right": [study.middle(f["right"]) for f in found]}
    return pd.DataFrame(table | {label: values[0].astype(int) for label, values in each.items()})


def all_cures() -> pd.DataFrame:
    """Each cure at its best strength."""
    rows, base = [], without(study.FEW)
    for name, method in study.METHODS.items():
        found = swept(name, study.FEW)
        best = found[study.lowest(found)]
        helped = {k: f"{n} of {study.SEEDS}" for k, n in study.helped(best, base).items()}
        row = {"cure": method.title, words.BEST_STRENGTH: exact(method.strengths[study.lowest(found)])}
        row |= {"median test loss": f"{study.middle(best['loss']):.3f}", words.LOWER: helped["loss"]}
        rows.append(row | {words.MORE_RIGHT: helped["right"]})
    return pd.DataFrame(rows)


def penalty_at_work(predicted: int | None) -> pd.DataFrame:
    """The view of one network with a penalty; returns its numbers."""
    waiting = predicted is None
    if not waiting:
        with left:
            buttons(link, "penalty", "Penalty", watch.PENALTIES)
            st.select_slider("Strength", watch.STRENGTHS, format_func=exact, key=link.key("strength"))
            st.slider(words.NETWORK, 0, MOST_SEED, key=link.key("seed"))
    penalty, strength, seed = START if waiting else (link["penalty"], link["strength"], link["seed"])
    found, plain = penalized(penalty, strength, seed), penalized(penalty, 0.0, seed)
    current, title = (plain if waiting else found), watch.PENALTIES[penalty]
    series = {"training loss": current["train"], "test loss": current["test"]}
    series |= {} if waiting else {"penalty": current["penalty"]}
    steps, depends = np.array(watch.FRAMES), (penalty, strength, seed, waiting)
    with right:
        at = player(link, watch.FRAMES, repr(("penalty", *depends)), "step")
        heading = words.TITLES["plain"] if waiting else words.TITLES["losses"].format(title=title, strength=strength)
        rows = {words.NONE: plain} if waiting else {f"{title} of {strength:g}": found, words.NONE: plain}
        pictures.penalty(series, rows, heading, at, depends, mode)
    if predicted is None:
        return pd.DataFrame()
    given = {"left": int(found["left"]), "near": float(found["near"][-1]), "plain": float(plain["test"][-1])}
    given |= {"test": float(found["test"][-1]), "train": float(found["train"][-1]), "seeds": study.SEEDS}

    def medians() -> dict[str, float]:
        usual, plainly = ended(penalty, strength, study.FEW)["loss"], without(study.FEW)["test"][-1]
        return {"usual": study.middle(usual), "usual_plain": study.middle(plainly)}

    with right:
        teaching.tries(link, words.TRIES_PENALTY, words.FAILS_PENALTY, OPENS["penalty"], medians, **given)
    with right, st.container(key=RESTING):
        amount = found["sizes" if penalty == "l1" else "squares"][at]
        st.latex(worked.total(penalty, strength, float(amount), float(found["train"][at])))
    with left:
        simulator_link(words.SIMULATOR, study.experiment(penalty, strength, study.FEW, seed), icon=":material/link:")
    asked = penalized(*START)
    about = {"rate": watch.NEAR, "count": watch.count(), "seeds": study.SEEDS}
    teaching.confront(
        words.PREDICTION_PENALTY, predicted,
        words.MEASURED_PENALTY.format(exact=int(asked["exact"]), near=float(asked["near"][-1]), **about),
    )  # fmt: skip
    l1 = {
        "left": int(asked["left"]),
        "cut": float(asked["cut"]),
        "plain": float(penalized(START[0], 0.0, START[2])["test"][-1]),
    }
    st.markdown(words.EXPLAIN_PENALTY.format(**l1, **about))
    st.latex(worked.laws(penalty, strength))
    return pd.DataFrame({"step": steps} | series | {"share of weights near 0": found["near"]})


def dropout_at_work(predicted: int | None) -> pd.DataFrame:
    """The view of one network with dropout; returns its numbers."""
    waiting = predicted is None
    if not waiting:
        with left:
            st.select_slider("Share of units switched off", dropped.RATES, format_func=percent, key=link.key("rate"))
            st.slider(words.NETWORK, 0, MOST_SEED, key=link.key("seed"))
    rate, seed = (0.5, OPENS["dropout"]["seed"]) if waiting else (link["rate"], link["seed"])
    found, steps = thinned(rate, seed), np.array(dropped.FRAMES)
    depends = (rate, seed, waiting)
    with right:
        at = player(link, dropped.FRAMES, repr(("dropout", *depends)), "step")
        one, other = st.columns([1, 1] if not waiting else [3, 1])
    with one:
        pictures.network(found, at, depends, mode)
    if predicted is None:
        return pd.DataFrame()
    series = dict(zip((words.OFF, words.USED, words.TESTED), dropped.series(found), strict=True))
    with other:
        pictures.modes(series, depends, mode)
    given = dropped.late(found) | {"width": study.BASE.hidden[0], "seeds": study.SEEDS}
    ends = {"little": study.middle(ended("dropout", 0.1, study.FEW)["loss"])}
    ends |= {"half": study.middle(ended("dropout", 0.5, study.FEW)["loss"])}
    with right:
        teaching.tries(link, words.TRIES_DROPOUT, words.FAILS_DROPOUT, OPENS["dropout"], **given, **ends)
        with st.container(key=RESTING):
            first, some = int(np.argmax(found["on"][at, 0])), bool(found["on"][at, 0].any())
            st.caption((words.SCALED if some else words.ALL_OFF).format(step=steps[at]))
            if some:
                st.latex(worked.scaled(float(found["hidden"][at, first]), rate))
    with left:
        simulator_link(words.SIMULATOR, study.experiment("dropout", rate, study.FEW, seed), icon=":material/link:")
    teaching.confront(
        words.PREDICTION_DROPOUT,
        predicted,
        words.MEASURED_DROPOUT.format(**dropped.late(thinned(0.5, OPENS["dropout"]["seed"]))),
    )
    st.markdown(words.EXPLAIN_DROPOUT)
    with (opened := st.expander(words.MODES_TITLE, on_change="rerun", key="regularization.asked")):
        if opened.open:
            low, high = np.quantile(found["answers"], [0.1, 0.9])
            st.markdown(words.MODES.format(asked=dropped.ASKED, low=low, high=high, use=float(found["use"])))
            pictures.asked(found, depends, mode)
    return pd.DataFrame(
        {"step": np.arange(1, study.STEPS + 1)} | {f"loss, {name}": values for name, values in series.items()}
    )


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    asked = words.LESSON.question("regularization", view) not in teaching.answers() or link["method"] == "data"
    examples = study.FEW if asked else SIZES[link["examples"]]
    heart = words.HEART if examples == study.FEW else ""
    st.markdown(words.INTRO[view].format(seeds=study.SEEDS, few=study.FEW, examples=examples, heart=heart))
    at_once, later = ({}, lambda: question(view)) if view == "cures" else (question(view), None)
    answer = teaching.prediction("regularization", words.LESSON, view, later, coin=np.log(2), **at_once)
table = {"cures": cures, "penalty": penalty_at_work, "dropout": dropout_at_work}[view](answer)
if answer is not None:
    teaching.checks("regularization", words.LESSON.views[view].checks, view)
    teaching.misconceptions([pair for pair in words.WRONG if view == "penalty" or pair is not words.ZEROS])
    teaching.code(*CODE[view])
    with st.expander("The numbers behind the picture", key="regularization.numbers"):
        st.dataframe(table, hide_index=True)
frame.end("regularization", link, words.LEFT_OPEN)
