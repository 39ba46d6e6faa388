"""From the simulator's settings back to the lessons that explain them."""

from __future__ import annotations

import streamlit as st

from core.ui.lessons import BY_SLUG

EXPLAINED = {
    "network": ("build", "activations", "initialization", "vanishing", "batch_norm", "approximation", "depth"),
    "training": ("loss", "learning_rate", "descent", "schedules", "finder", "landscape"),
    "step": ("forward", "backprop"),
}
"""The lessons, in their order, about each group of settings and about one step."""


def lessons_about(group: str) -> None:
    """Link the lessons that explain a group of settings."""
    st.caption("The lessons about this:")
    for slug in EXPLAINED[group]:
        st.page_link(str(BY_SLUG[slug].file), label=BY_SLUG[slug].numbered)
