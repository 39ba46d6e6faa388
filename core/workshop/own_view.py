"""A view of a lesson on the learner's own data: the editor, one training run, its pictures, and the way on.

A page puts ``own_row()`` into its link's table and calls ``own_view(link)``. Nothing else is needed: the link holds the
data where they are small enough, the run is the simulator's default network on them, and everything more is one press
away in the simulator.
"""

from __future__ import annotations

import streamlit as st

from core.data import own
from core.data.writing import csv_bytes
from core.training.experiment import Experiment, lawful, losses_for, read_dataset
from core.training.settings import Setting
from core.ui.link import Link
from core.ui.player import player
from core.workshop import own_session, simulator
from core.workshop.own_data import editor
from core.workshop.sending import simulator_link

KINDS = {"points": "Points I paint", "table": "A table of mine"}


def own_row(name: str = "own") -> Setting:
    """Return the row of a link's table that holds own data, by default a few points to begin with."""

    def read(title: str, text: str, default: str) -> tuple[str, str]:
        found, problem = read_dataset(title, text, default)
        return (found, problem) if own.is_own(found) else (default, problem or f"{title}: these are not your own data.")

    return Setting(name, own_session.first_points(), "Your own data", read)


def own_view(link: Link, name: str = "own") -> None:
    """Show the editor and a run on what it holds.

    Parameters
    ----------
    link : Link
        With ``own_row(name)`` in its table, and a whole number ``epoch`` (default -1, from -1 to 2000).
    name : str
        The row's name in the link.
    """
    page, key = link.page, f"{link.page}.own.kind"
    names = dict(zip(KINDS, own_session.menu(link[name]), strict=True))

    def take(data: str) -> None:
        link.set(**{name: data, "epoch": -1})

    def chosen() -> None:
        take(names[st.session_state[key] or "points"])

    st.session_state[key] = "points" if link[name].startswith(own.POINTS) else "table"
    st.segmented_control(
        "Your own data", list(KINDS), format_func=KINDS.__getitem__, key=key, on_change=chosen, required=True, wrap=True
    )
    if own.not_ready(link[name]):
        if own.read_name(link[name])[0]:
            editor(page, link[name], None, take)
        else:  # a table that this session no longer holds
            take(names["points"])
            st.rerun()
        return
    e = experiment_on(link[name])
    editor(page, link[name], e, take)
    _run(link, e)


def experiment_on(name: str) -> Experiment:
    """Return the simulator's default network on own data."""
    count = len(own.data_of(name).y)
    samples = Experiment.samples if own.goes_into_link(name) else min(2000, count)
    return lawful(Experiment(dataset=name, samples=samples, loss=losses_for(name)[0]))[0]


def _run(link: Link, e: Experiment) -> None:
    scene = simulator.run(e, ("spread", 0, 1))
    simulator.advise(scene)
    at = player(link, scene.frames.tolist(), scene.query)
    plane, lines = st.columns([1.1, 1], gap="medium")
    with plane:
        simulator.answer_chart(scene, at)
    with lines:
        simulator.loss_chart(scene, log=False)
        simulator.accuracy_chart(scene)
    simulator.metrics(scene, at)
    with st.container(horizontal=True):
        simulator_link("Change the network in the simulator", e, icon=":material/tune:")
        st.page_link(
            "pages/predict.py", label="Ask this network about new data", icon=":material/my_location:",
            query_params={"v": "1"} | e.to_query(),
        )  # fmt: skip
        st.download_button(
            "Data (CSV)", lambda: csv_bytes(simulator.examples(scene)), "data.csv", icon=":material/download:"
        )
        st.download_button(
            "Weights (npz)", lambda: simulator.weights_file(scene, at), "weights.npz", icon=":material/download:"
        )
