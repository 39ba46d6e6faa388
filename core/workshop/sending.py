"""The way from a lesson into the simulator, which opens on the lesson's own run."""

import streamlit as st

from core.training.experiment import Experiment
from core.ui.ways import page_of


def simulator_link(label: str, experiment: Experiment, icon: str = ":material/play_circle:", **more: str) -> None:
    """Offer the experiment in the simulator; ``more`` is what else its link holds, such as the epoch."""
    query = {"v": "1"} | experiment.to_query() | more
    st.page_link(page_of("training"), label=label, icon=icon, query_params=query)
