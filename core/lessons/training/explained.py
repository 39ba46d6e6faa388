"""From the simulator's settings back to the lessons that explain them."""

import streamlit as st

from core.ui.lessons import BY_SLUG
from core.ui.ways import page_of

EXPLAINED = {
    "Network": ("build", "activations", "initialization", "vanishing", "batch_norm", "approximation", "depth"),
    "Training": ("loss", "learning_rate", "descent", "schedules", "finder", "landscape"),
    "Data and measuring": ("overfitting", "regularization", "validation", "data"),
    "One step": ("forward", "backprop"),
}
"""The lessons, in their order, about each group of settings, what is measured, and one step."""


def related_lessons() -> None:
    """Link the lessons that explain the settings, once the drawer is open: a rerun has no time for so many links."""
    with st.expander("Related lessons", on_change="rerun", key="training.lessons") as drawer:
        for group, slugs in EXPLAINED.items() if drawer.open else ():
            st.caption(group)
            for slug in slugs:
                st.page_link(page_of(slug), label=BY_SLUG[slug].numbered)
