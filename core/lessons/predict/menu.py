"""Which network is asked: by its name, or the one of the link."""

import streamlit as st

from core.lessons.predict import networks, words
from core.training.experiment import Experiment
from core.ui.link import Link
from core.workshop.sending import simulator_link


def ask(link: Link, other: Experiment) -> None:
    """Ask another network, from the start; a callback."""
    link.reset()
    link.set(**networks.asked(other))


def network_menu(link: Link, experiment: Experiment, epoch: int) -> None:
    """Offer the networks of this view, and the way to the simulator."""
    same = [name for name, (_, e) in networks.NETWORKS.items() if e == experiment]
    mine = [name for name, (_, e) in networks.NETWORKS.items() if networks.view_of(e) == networks.view_of(experiment)]
    names = [*mine, *([] if same else ["own"])]

    def choose() -> None:
        name = st.session_state["predict.network"]
        if name in networks.NETWORKS:
            ask(link, networks.NETWORKS[name][1])

    if len(names) > 1:
        st.session_state["predict.network"] = same[0] if same else "own"
        st.selectbox(
            words.NETWORK.format(seed=experiment.seed), names,
            format_func=lambda n: networks.NETWORKS[n][0] if n in networks.NETWORKS else words.OWN,
            key="predict.network", on_change=choose,
        )  # fmt: skip
    at = {"epoch": str(epoch)} if link["epoch"] >= 0 else {}
    simulator_link(words.SIMULATOR, experiment, icon=":material/tune:", **at)
