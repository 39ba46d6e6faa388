"""Lesson 21: how good a network will be: folds, a choice by them, and promises that break."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.naming import minus
from core.data.splits import folds
from core.lessons.validation import charts, choosing, folding, leaks, words, worked
from core.training.settings import choice, moment, nearest, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import player
from core.ui.sliders import exact
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

VIEWS = {"folds": "Estimate", "choose": "Choose", "leaks": "Leaks"}
FIRST: dict[str, Any] = {"examples": 60, "k": 5, "inputs": 1000, "labels": "coin", "candidates": 64}
FOLDS_A_SECOND = 1.5
CODE: dict[str, tuple[Any, ...]] = {
    "folds": (folds, folding.train_all, folding.standard_error),
    "choose": (choosing.candidates, choosing.chosen),
    "leaks": (leaks.pick, leaks.parts, leaks.truly),
}
link = Link(
    "validation",
    [
        choice("view", "folds", VIEWS, "View"),
        nearest("examples", FIRST["examples"], folding.SIZES, words.EXAMPLES),
        nearest("k", FIRST["k"], folding.FOLDS, words.FOLDS),
        whole("draw", 0, 0, folding.DRAWS - 1, words.DRAW),
        moment("epoch", -1, max(folding.FOLDS), "Fold"),
        choice("by", "folds", words.BY, "Chosen by"),
        nearest("inputs", FIRST["inputs"], leaks.INPUTS, words.INPUTS),
        choice("labels", FIRST["labels"], words.LABELS, words.TITLE_LABELS),
        nearest("candidates", FIRST["candidates"], leaks.CANDIDATES, words.COMPETE),
    ],
)
lesson = frame.begin("validation", link)
CHOICE = words.LESSON.views["choose"]
frame.heading(lesson)
mode = frame.mode()
Arrays = dict[str, np.ndarray]


@st.cache_data(max_entries=9, show_spinner=words.WAIT_FOLDS.format(draws=folding.DRAWS))
def estimates(examples: int, k: int) -> Arrays:
    """Scores of all folds of all draws, and the truth."""
    with TRAINING.take() as let_others:
        return folding.estimates(examples, k, progress=let_others)


@st.cache_data(
    max_entries=1,
    show_spinner=words.WAIT_CHOOSE.format(strengths=len(choosing.STRENGTHS), draws=folding.DRAWS),
)
def candidates() -> Arrays:
    """Losses of all strengths on all folds of all draws, and the truth."""
    with TRAINING.take() as let_others:
        return choosing.candidates(progress=let_others)


@st.cache_data(max_entries=40, show_spinner=words.WAIT_LEAKS.format(draws=leaks.DRAWS))
def promises(inputs: int, labels: str, compete: int) -> dict[str, Arrays]:
    """Scores and truths of all ways to judge."""
    with TRAINING.take() as let_others:
        return leaks.every(inputs, labels, compete, let_others)


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's question speaks of."""
    if view == "folds":
        return {"examples": FIRST["examples"], "fresh": folding.FRESH}
    if view == "choose":
        return {"draws": folding.DRAWS, "strengths": len(choosing.STRENGTHS)}
    return {"used": leaks.USED, "inputs": FIRST["inputs"], "examples": leaks.EXAMPLES}


def picture(view: str) -> dict[str, Any]:
    """The numbers that a view's introduction speaks of: those of its controls, once it has been asked."""
    asked = teaching.answer(words.LESSON.question("validation", view), words.LESSON.views[view].prediction) is not None
    values = FIRST | ({name: link[name] for name in FIRST} if asked else {})
    if view == "leaks":
        return given(view) | {"inputs": values["inputs"], "truly": words.TRULY[values["labels"]]}
    return given(view) | ({"examples": values["examples"]} if view == "folds" else {})


def by_folds(predicted: int | None) -> pd.DataFrame:
    """The view of folds on the data; returns its numbers."""
    waiting = predicted is None
    examples, k, draw = (int(FIRST["examples"]), int(FIRST["k"]), 0) if waiting else (
        int(link["examples"]), int(link["k"]), link["draw"],
    )  # fmt: skip
    found, (main,) = show.computed(("validation.folds", examples, k), lambda: estimates(examples, k), right)
    data = folding.drawn(examples, draw)
    depends, held, wrong = (examples, k, draw, mode), found["held"][draw], found["wrong"][draw]
    with main:
        player(link, range(1, k + 1), repr((examples, k, draw, waiting)), "fold", FOLDS_A_SECOND)
        plane, aside = st.columns([1.2, 1], gap="medium")  # before the answer, too: the map keeps its size
    with plane:
        show.chart(
            "validation.folds",
            depends,
            lambda: charts.folds(found["planes"][draw], folding.EXTENT, data.X, data.y, held, wrong, mode),
            charts.folds_text(held, wrong, k),
        )
    if predicted is None:
        return pd.DataFrame()
    each = {words.OFF[name]: v for name, v in folding.off(found).items()}
    middle, error = each[words.OFF["mean"]][draw], 2 * float(folding.standard_error(found["scores"][draw]))
    with aside:
        show.chart(
            "validation.off", depends,
            lambda: charts.columns(
                each, mode, words.OFF_TITLE, y_title="", domain=(-0.4, 0.3), zero=words.TRUTH, marked=draw, height=300,
                labels=[words.OFF_LABEL.format(np.median(np.abs(v))) for v in each.values()], key=words.OFF_KEY,
                bar=(words.OFF["mean"], middle - error, middle + error), parts=found["scores"][draw] - found["truth"][draw],
            ),
            charts.columns_text(each, words.OFF_TITLE, "+.3f"),
        )  # fmt: skip
    with main:
        teaching.tries(link, words.TRIES_FOLDS, words.FAILS_FOLDS, **folding.facts(found))
        for line in worked.estimate(found["scores"][draw], examples // k):
            st.latex(line)
        st.caption(words.SPREAD if found["scores"][draw].std() else words.CERTAIN)
        st.markdown(words.THIS.format(fresh=folding.FRESH, truth=found["truth"][draw], off=minus(f"{middle:+z.3f}")))
    asked = folding.facts(estimates(int(FIRST["examples"]), int(FIRST["k"])))
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**asked))
    st.markdown(words.EXPLAIN_FOLDS.format(**folding.facts(found)))
    simulator_link(words.SIMULATOR, folding.RUN)
    scores = pd.DataFrame(found["scores"], columns=[f"fold {f + 1}" for f in range(k)]).rename_axis("draw")
    return scores.assign(training=found["training"], truth=found["truth"]).reset_index()


def by_choice(predicted: int | None) -> pd.DataFrame:
    """The view of choosing a strength; returns its numbers."""
    waiting = predicted is None
    by, draw = ("folds", CHOICE.opening["draw"]) if waiting else (link["by"], link["draw"])
    found, (main,) = show.computed(("validation.choose",), candidates, right)
    names, used = [exact(v) for v in choosing.STRENGTHS], choosing.K if by == "folds" else 1
    called = [words.UNPENALIZED, *names[1:]]
    each, truth = found["folds"][draw], None if waiting else found["truth"][draw]
    picked = int(choosing.chosen(found, by)[draw])
    with main:
        show.chart(
            "validation.strengths", (by, draw, waiting, mode),
            lambda: charts.strengths(
                names, each, truth, used, picked, mode, words.CHOSEN_TITLE.format(draw=draw), choosing.DOMAIN
            ),
            charts.strengths_text(called, each[:, :used].mean(axis=1), truth),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    here, facts = choosing.here(found, by, draw, called), choosing.facts(found)
    lost = {words.LOST[name]: choosing.given_up(found, choosing.chosen(found, name)) for name in words.LOST}
    with main:
        st.markdown(words.HERE.format(**here))
        st.latex(worked.mean_loss(each[picked, :used], names[picked]))
        teaching.tries(link, CHOICE.tries, CHOICE.fails, CHOICE.opening, **facts, **here)
        show.chart(
            "validation.lost", (draw, mode),
            lambda: charts.columns(
                lost, mode, words.LOST_TITLE, y_title="", domain=(-0.02, 0.6), zero=words.BEST, marked=draw, height=200,
                labels=[f"{np.median(v):.3f}" for v in lost.values()], key=words.LOST_KEY,
            ),
            charts.columns_text(lost, words.LOST_TITLE, ".3f"),
        )  # fmt: skip
    teaching.confront(words.PREDICTION_CHOOSE, predicted, words.MEASURED_CHOOSE.format(**facts))
    st.markdown(words.EXPLAIN_CHOOSE.format(look=words.LOOK[by]))
    simulator_link(words.SIMULATOR, choosing.experiment(picked))
    table = pd.DataFrame(each, columns=[f"fold {f + 1}" for f in range(choosing.K)])
    return table.assign(mean=each.mean(axis=1), truth=found["truth"][draw], strength=names)


def by_leaks(predicted: int | None) -> pd.DataFrame:
    """The view of promises that break; returns its numbers."""
    waiting = predicted is None
    inputs, labels, compete = (
        link[name] if not waiting else FIRST[name] for name in ("inputs", "labels", "candidates")
    )
    depends = ("validation.leaks", inputs, labels, compete)
    found, (main,) = show.computed(depends, lambda: promises(int(inputs), labels, int(compete)), right)
    ways = {way: name.format(compete) for way, name in words.WAYS.items()}
    if alone := compete == 1:
        ways["test"] = words.ALONE
    above = {ways[way]: 100 * (v["score"] - v["truth"]) for way, v in found.items()}
    if waiting:
        above = {name: v for name, v in above.items() if name == words.WAYS["none"]}
    with main:
        show.chart(
            "validation.leaks", (inputs, labels, compete, waiting, mode),
            lambda: charts.columns(
                above, mode, words.LEAKS_TITLE, y_title="", domain=(-40, 60), zero=words.TRUTH, form="+d",
                height=320, labels=charts.whole(above), key=words.LEAKS_KEY,
            ),
            charts.columns_text(above, words.LEAKS_TITLE, "+.0f"),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    facts, test = leaks.facts(found), leaks.EXAMPLES // leaks.K
    hits = worked.contested(found["test"]["score"], test)
    with main:
        apart = inputs > leaks.USED  # with no more than are used, all that compete are one and the same network
        judged = words.JUDGED_ALONE if alone else words.JUDGED if apart else words.JUDGED_SAME
        st.caption(words.ORDER + judged.format(candidates=compete))
        teaching.tries(link, words.TRIES_LEAKS, words.FAILS_LEAKS, **facts)
        if apart:
            st.markdown((words.GUESS_ALONE if alone else words.GUESS).format(candidates=compete, test=test, hits=hits))
            st.latex(worked.contest(int(compete), test, hits))
    asked = leaks.facts(promises(int(FIRST["inputs"]), str(FIRST["labels"]), int(FIRST["candidates"])))
    teaching.confront(words.PREDICTION_LEAKS, predicted, words.MEASURED_LEAKS.format(**asked))
    st.markdown(words.EXPLAIN_LEAKS.format(**asked))
    each = {name: (found[way]["score"], found[way]["truth"]) for way, name in ways.items()}
    rows = [
        (name, np.median(score), np.median(truth), np.median(score - truth)) for name, (score, truth) in each.items()
    ]
    return pd.DataFrame(rows, columns=["way", "median score", "median truth", "median difference"])


def controls(view: str) -> None:
    """The controls of a view."""
    if view == "folds":
        for name, title, options in (("k", words.FOLDS, folding.FOLDS), ("examples", words.EXAMPLES, folding.SIZES)):
            buttons(link, name, title, options)
    if view == "choose":
        buttons(link, "by", "Chosen by", words.BY)
    if view in ("folds", "choose"):
        st.slider(words.DRAW, 0, folding.DRAWS - 1, key=link.key("draw"))
        return
    st.select_slider(words.INPUTS, leaks.INPUTS, key=link.key("inputs"))
    buttons(link, "labels", words.TITLE_LABELS, words.LABELS)
    buttons(link, "candidates", words.COMPETE, leaks.CANDIDATES)


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view].format(**picture(view)))
    answer = teaching.prediction("validation", words.LESSON, view, **given(view))
    if answer is not None:
        controls(view)
table = {"folds": by_folds, "choose": by_choice, "leaks": by_leaks}[view](answer)

if answer is not None:
    teaching.checks("validation", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="validation.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("validation", link, words.LEFT_OPEN)
