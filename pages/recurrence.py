"""Lesson 24: how a network remembers, step by step, and how far back it learns to."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.curves import curves, curves_text
from core.lessons.recurrence import charts, study, symbols, unrolled, words, worked
from core.lessons.recurrence.task import BESIDE, KINDS, OPEN, Kind
from core.nn.activations import sigmoid
from core.nn.sequences import GRU, LSTM, Recurrent
from core.training.settings import choice, moment, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.ui.stepper import stepper
from core.workshop.turns import TRAINING, Once

VIEWS = {"steps": "Step by step", "learn": "Training"}
ALL = KINDS | BESIDE
FIRST, SHORT, LONG = "101101", 10, 20
DRAWN = 0  # the seed, and so the place, of the small network that is drawn
CODE: dict[str, tuple[Any, ...]] = {
    "steps": (Recurrent, LSTM, GRU, unrolled.unroll),
    "learn": (Recurrent, LSTM, GRU, study.trained, study.Reach),
}
link = Link(
    "recurrence",
    [
        choice("view", "steps", VIEWS, "View"),
        symbols.sequence("seq", FIRST, unrolled.MOST, "Sequence"),
        choice("kind", "plain", KINDS, "Network"),
        whole("unit", 1, 1, unrolled.WIDTH, "Memory"),
        whole("at", len(FIRST), 0, unrolled.MOST, "Symbols read"),
        symbols.one_of("length", LONG, study.LENGTHS, words.SYMBOLS),
        choice("beside", "lstm", BESIDE, "Beside the plain network"),
        symbols.one_of("gate", OPEN, study.GATES, words.GATE),
        moment("epoch", -1, study.STEPS, "Step"),
    ],
)
lesson = frame.begin("recurrence", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=3, show_spinner=False)
def small(kind: str) -> np.ndarray:
    """The small networks of the first view."""
    return unrolled.weights(kind)


@st.cache_resource(max_entries=1, show_spinner=False)
def networks() -> Once[tuple[str, int, float], dict[str, np.ndarray]]:
    """What was learned, for all visitors: there are only so many settings, 65 kB each at the most."""
    return Once()


def learned(kind: str, length: int, gate: float) -> dict[str, np.ndarray]:
    """Twenty networks of one kind; says how far they are while they learn."""
    every, key = networks(), (kind, length, gate if ALL[kind].gate else OPEN)
    if key in every.found:
        return every.found[key]
    label = words.LEARNING.format(seeds=study.SEEDS, kind=ALL[kind].title, length=length)
    bar = waiting_room.progress(0.0, label)

    def learn() -> dict[str, np.ndarray]:
        with TRAINING.take() as let_others:

            def tell(share: float) -> None:
                bar.progress(share, label)
                let_others(0)

            return study.learn(*key, progress=tell)

    found = every.get(key, learn)
    bar.empty()
    return found


def count(kind: str, length: int, gate: float = OPEN) -> int:
    """How many starts remember at the end."""
    return int(study.remember(learned(kind, length, gate))[-1])


def given(asked: str) -> dict[str, Any]:
    """The numbers that a view's question speaks of."""
    if asked == "steps":
        return {
            "length": unrolled.LENGTH,
            "longer": unrolled.MOST,
            "count": unrolled.parameters("plain", unrolled.LENGTH),
        }
    return {"short": SHORT, "long": LONG, "seeds": study.SEEDS}


def step_controls() -> None:
    """The sequence, the network, and whose arithmetic is shown."""
    symbols.field(
        link, "seq", words.TYPE.format(most=unrolled.MOST), unrolled.MOST, lambda typed: link.set(at=len(typed))
    )
    buttons(link, "kind", "Network", titles(KINDS))
    buttons(link, "unit", words.WORK_OUT, range(1, unrolled.WIDTH + 1))


def titles(kinds: dict[str, Kind]) -> dict[str, str]:
    """What people call some kinds of networks."""
    return {name: kind.title for name, kind in kinds.items()}


def step_by_step(predicted: int | None) -> pd.DataFrame:
    """The network unrolled over one sequence; returns its numbers."""
    typed, kind = (FIRST, "plain") if predicted is None else (link["seq"], link["kind"])
    run = unrolled.unroll(kind, small(kind)[DRAWN], symbols.signs(typed))
    at, unit = len(typed), 0
    with right:
        if predicted is not None:
            names = [words.STAGE_NONE, *(words.STAGE.format(at=k, many=at, symbol=s) for k, s in enumerate(typed, 1))]
            at, unit = stepper(link, "at", names, counted=False), link["unit"] - 1
        show.chart(
            "recurrence.unrolled", (typed, kind, at, unit, mode),
            lambda: charts.unrolled(run, at, unit, mode, words.TITLE, words.TITLE_KEY),
            charts.unrolled_text(run, at, unit),
        )  # fmt: skip
        st.caption(words.SEED.format(seed=DRAWN))
    if predicted is None:
        return pd.DataFrame()
    start = unrolled.unroll("plain", small("plain")[DRAWN], symbols.signs(FIRST))
    able = unrolled.remembering(kind, small(kind), len(typed))
    with right:
        left_of_it = run.parts["keep"][1:, 0].prod() if run.parts else np.nan
        other = unrolled.remembering("lstm", small("lstm"), len(typed))
        teaching.tries(
            link, words.TRIES_STEPS, words.FAILS_STEPS, says=int(run.says[-1] > 0.5), before=int(start.says[-1] > 0.5), left=left_of_it, right=able,
            other=other, seeds=study.SEEDS, enough=study.GOOD,
        )  # fmt: skip
        if at:
            st.caption(words.LINE[kind].format(unit=unit + 1, at=at))
            st.latex(worked.new_memory(run, kind, at, unit))
        else:
            st.caption(words.NONE_YET)
        st.markdown(words.COUNTED.format(right=able, seeds=study.SEEDS))
    read = words.FAILS_STEPS.values["seq"]
    found = unrolled.reading(small("plain")[DRAWN], symbols.signs(read))
    verdict = words.VERDICTS[read[0] == str(found["says"])]
    measured = words.MEASURED.format(read=read, verdict=verdict, **found)
    teaching.confront(words.PREDICTION, predicted, measured)
    st.markdown(words.EXPLAIN_STEPS)
    st.latex(words.LAWS[kind])
    memory = pd.DataFrame(run.memory[:, 1:].T, columns=[f"memory {k + 1}" for k in range(unrolled.WIDTH)])
    return pd.DataFrame({"symbol": list(typed), "would say 1": run.says}).join(memory)


def learn_controls() -> None:
    """How long the sequences are, which network stands beside the plain one, and how its gate starts."""
    buttons(link, "length", words.SYMBOLS, study.LENGTHS)
    buttons(link, "beside", "Beside the plain network", titles(BESIDE))
    buttons(
        link, "gate", words.GATE, {bias: f"{bias:g}" for bias in study.GATES}, disabled=not BESIDE[link["beside"]].gate
    )


def pulled(pull: np.ndarray, quantity: str) -> str:
    """How much of the pull at the last symbol comes back to the first one, in the median start, as a formula."""
    middle = np.median(pull, axis=0)
    return worked.fading(float(middle[0]), float(middle[-1]), len(middle) - 1, quantity)


def worked_pulls(pulls: dict[str, np.ndarray]) -> None:
    """The pulls of both networks before training, and what the gate alone would keep."""
    beside, length, gate = link["beside"], link["length"], link["gate"]
    for k, (name, pull) in enumerate(pulls.items()):
        st.caption((words.NEXT if k else words.FACTOR).format(name=name))
        st.latex(pulled(pull[0], "gradient" if k else "z"))
    if BESIDE[beside].gate:
        st.caption(words.GATE_ALONE.format(gate=BESIDE[beside].gate, back=length - 1))
        st.latex(worked.opened(gate, length - 1))


def learning(predicted: int | None) -> pd.DataFrame:
    """Twenty starts of two networks learn the task; returns the numbers of the last moment."""
    waiting = predicted is None
    beside, length, gate = ("plain", SHORT, OPEN) if waiting else (link["beside"], link["length"], link["gate"])
    found = {ALL[kind].title: learned(kind, length, gate) for kind in dict.fromkeys(("plain", beside))}
    steps, depends = found["plain"]["step"], (beside, length, gate, mode)
    with right, st.container(key="recurrence.both"):
        at = player(link, steps.tolist(), repr((*depends[:-1], waiting)), unit="step")
        pulls = {name: each["pull"] for name, each in found.items()}
        show.chart(
            "recurrence.reach", depends, lambda: charts.reach(pulls, mode, words.REACH), charts.reach_text(pulls, at)
        )
        solved = words.SOLVED.format(good=study.GOOD)
        able = {name: study.remember(each).astype(float) for name, each in found.items()}
        show.chart(
            "recurrence.able", depends,
            lambda: curves(
                steps, steps, able, mode, y_title=f"of {study.SEEDS}", x_title="training step",
                title=solved, domain=(0, study.SEEDS + 1), height=150, digits=".0f",
                looks=charts.looks(list(able), mode),
            ),
            curves_text(steps, able, y_title=solved, digits=".0f"),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    counts = {"found": int(able[ALL[beside].title][-1]), "plain": int(able["plain"][-1]), "seeds": study.SEEDS}
    with right:
        teaching.tries(link, words.TRIES_LEARN, words.FAILS_LEARN, **counts)
        with st.container(key=RESTING):
            now = counts | {"plain": int(able["plain"][at]), "found": int(able[ALL[beside].title][at])}
            st.markdown(words.FOUND.format(many=ALL[beside].many, step=steps[at], **now))
            worked_pulls(pulls)
    measured = words.MEASURED_LEARN.format(twenty=count("plain", LONG), lstm=count("lstm", LONG), **given("learn"))
    teaching.confront(words.PREDICTION_LEARN, predicted, measured)
    bias, before = gate if BESIDE[beside].gate else OPEN, np.median(pulls["plain"][0], axis=0)
    opening = {"open": float(sigmoid(np.array(bias))), "bias": bias}
    left_over = worked.share(float(before[-1] / before[0]))
    st.markdown(words.EXPLAIN_LEARN.format(back=length - 1, left=left_over, long=LONG, **opening))
    medians = {f"{name}, step {steps[at]}": np.median(pull[at], axis=0) for name, pull in pulls.items()}
    return pd.DataFrame({"steps back": range(length)} | medians)


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    waiting_room = st.empty()
    st.markdown(words.INTRO[view].format(seeds=study.SEEDS, steps=study.STEPS))
    later = None if view == "steps" else lambda: {"ten": count("plain", SHORT)}
    answer = teaching.prediction("recurrence", words.LESSON, view, later, **given(view))
    drawn: dict[str, tuple[Callable[[], None], Callable[[int | None], pd.DataFrame]]] = {
        "steps": (step_controls, step_by_step),
        "learn": (learn_controls, learning),
    }
    if answer is not None:
        drawn[view][0]()
table = drawn[view][1](answer)

if answer is not None:
    teaching.checks("recurrence", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="recurrence.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("recurrence", link, words.LEFT_OPEN)
