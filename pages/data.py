"""Lesson on data: what they can spoil, from one point to a use that differs from the training."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.lessons.data import words
from core.lessons.data.amount import study as amount
from core.lessons.data.amount import view as amount_view
from core.lessons.data.labels import study as labels
from core.lessons.data.labels import view as labels_view
from core.lessons.data.place import Place
from core.lessons.data.point import study as points
from core.lessons.data.point import view as point_view
from core.lessons.data.rare import study as rare
from core.lessons.data.rare import view as rare_view
from core.lessons.data.scale import study as scale
from core.lessons.data.scale import view as scale_view
from core.lessons.data.use import study as use
from core.lessons.data.use import view as use_view
from core.training.settings import Setting, choice, nearest, whole
from core.ui import frame, teaching
from core.ui.link import Link
from core.workshop.own_session import example_name, first_points, own_experiment
from core.workshop.sending import simulator_link

VIEWS = {
    "point": point_view,
    "amount": amount_view,
    "labels": labels_view,
    "rare": rare_view,
    "scale": scale_view,
    "use": use_view,
}
"""What each view shows; its name for people is in the words."""
CODE: dict[str, tuple[Callable[..., Any], ...]] = {
    "point": (points.learned, points.changed),
    "amount": (amount.scores, amount.best_rule),
    "labels": (labels.labels, labels.watched),
    "rare": (rare.trained, rare.copied, rare.best),
    "scale": (scale.by_rate, scale.examples),
    "use": (use.shifted, use.with_copies, use.trained),
}
link = Link(
    "data",
    [
        choice("view", "point", VIEWS, "View"),
        Setting("points", "", "Points", points.read_link),
        whole("point", 12, 1, points.MOST, "Point"),
        choice("task", "digits", amount.TASKS, "Examples of"),
        choice("drawn", "right", ("right", "wrong"), "Count"),
        nearest("n", 100, amount.SIZES, "Number of examples"),
        choice("wrong", "40", labels_view.SHARES, "Wrong labels in percent"),
        choice("kind", "random", labels.KINDS, "Kind of wrong labels"),
        whole("epoch", 5, 0, labels.EPOCHS, "Epoch"),
        choice("rare", "5", rare_view.SHARES, "Share of the ill in percent"),
        choice("copies", "none", ("none", "copied"), "Copies of the ill"),
        choice("overlap", "much", rare.SPREADS, "Overlap of the groups"),
        choice("opt", "sgd", scale_view.OPTIMIZERS, "Optimizer"),
        choice("act", "relu", scale_view.ACTIVATIONS, "Activation"),
        nearest("rate", 0.1, scale.RATES, "Learning rate"),
        choice("added", "none", use.COPIES, "Copies of the digits"),
        choice("use", "moved", use.USES, "How digits come in use"),
    ],
)
lesson = frame.begin("data", link)
frame.heading(lesson)
left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, words.TITLES)
    lesson_view = VIEWS[view]
    known = lesson_view.known()
    st.markdown(words.INTRO[view].format(**known))
    later = None if view == "labels" else lesson_view.given  # the one question that speaks of nothing trained
    predicted = teaching.prediction("data", words.LESSON, view, later, **known)
    if predicted is not None:
        lesson_view.controls(link)
table = lesson_view.draw(Place(link, frame.mode(), left, right), predicted)

if predicted is not None:
    with st.expander(words.OWN_TITLE, key="data.own"):
        st.markdown(words.OWN)
        here = points.simulated(points.read(link["points"])) if view == "point" else ""
        ways = (
            (words.OWN_HERE if here else words.OWN_WAYS[0], here or first_points()),
            (words.OWN_WAYS[1], example_name()),
        )
        for label, name in ways:
            simulator_link(label, own_experiment(name), icon=":material/edit:")
    teaching.checks("data", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="data.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("data", link, words.LEFT_OPEN)
if predicted is None:
    lesson_view.given()  # what the answer needs, while the learner thinks
