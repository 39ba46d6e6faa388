"""One entry of the glossary on the page."""

import streamlit as st

from core.ui.lessons import BY_SLUG
from core.ui.terms import Term
from core.ui.ways import page_of
from core.workshop.presets import BY_SLUG as PRESETS


def entry(term: Term, first: bool = False) -> None:
    """Show one term of the glossary: name, meaning, the lessons that use it, and an experiment that shows it."""
    with st.container(border=first):
        name, says, ways = st.columns([1, 2.3, 1.2])
        name.markdown(f"**{term.name}**" + (f"  \n:small[:gray[{', '.join(term.also)}]]" if term.also else ""))
        says.markdown(term.says)
        with ways.container(horizontal=True, gap="xsmall"):
            for lesson in (BY_SLUG[slug] for slug in term.lessons):
                label = lesson.numbered if lesson.number else "First page"
                st.page_link(page_of(lesson.slug), label=label, help=lesson.question)
            if term.preset:
                preset = PRESETS[term.preset]
                st.page_link(
                    page_of("training"), label="See it", icon=":material/science:", help=preset.title,
                    query_params=preset.experiment.to_query(),
                )  # fmt: skip
