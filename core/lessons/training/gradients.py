"""The length of each layer's gradient over a run, for the simulator's drawer."""

import numpy as np
import streamlit as st

from core.charts.gradients import domain_of, gradient_norms, gradient_norms_text
from core.nn.tape import Array
from core.training.signals import signals
from core.ui import frame, show
from core.workshop import cache
from core.workshop.simulator import Scene

EXAMPLES, FEW = 200, 8
"""So many training examples are looked at, and so many frames at a time: the widest networks would need gigabytes."""


@st.cache_data(max_entries=24, show_spinner="Looking at each layer's gradient …")
def norms(query: str) -> Array:
    """Return the norm of each layer's gradient at every frame, (F, layers): hidden layers, then the output's."""
    arrays, e = cache.run(query), cache.experiment_of(query)
    history = cache.history_of(arrays, e)
    rows = history.snapshots[[history.snapshot_of(int(k)) for k in arrays["frames"]]]
    looks = [signals(e, rows[k : k + FEW], EXAMPLES).gradients.T for k in range(0, len(rows), FEW)]
    return np.concatenate(looks)


def gradient_chart(scene: Scene, at: int) -> None:
    """Draw the gradient of each layer's weights; it plays with the run."""
    found, mode = norms(scene.query), frame.mode()
    names = [*(f"hidden {k}" for k in range(1, found.shape[1])), "output"]
    title = "Gradient of each layer's weights; the last one is the output's"
    show.chart(
        "gradients",
        (scene.query, mode),
        lambda: gradient_norms(found[:, None], names, mode, title=title, domain=domain_of(found)),
        gradient_norms_text(found[at][None], names, title=title),
    )
