"""The course in the sidebar: folded parts, the current one open, a tick at what is done, and room for the link."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.ui.browser import attend
from core.ui.lessons import BY_SLUG, PARTS, Lesson
from core.ui.memory import remember
from core.ui.teaching import completed
from core.ui.ways import page_of

DONE, OPEN = ":material/check_circle:", ":material/radio_button_unchecked:"


def sidebar(slug: str) -> DeltaGenerator:
    """Draw the course beside the page of that slug; return the place for what belongs above the fold."""
    with st.sidebar:
        home = BY_SLUG["home"]
        st.page_link(page_of(home.slug), label=f"**{home.title}**", icon=f":material/{home.icon}:")
        place = st.container()
        contents(BY_SLUG[slug], PARTS, is_done)
        remember()
        attend()
    return place


def is_done(lesson: Lesson) -> bool:
    """Return whether all of a lesson's checks are answered."""
    return completed(lesson.slug)


def contents(current: Lesson, parts: Mapping[str, Sequence[Lesson]], done: Callable[[Lesson], bool]) -> None:
    """Show every part with its lessons, folded but for the one that holds the current lesson (at home the first)."""
    here = current.part or next(iter(parts))
    for part, lessons in parts.items():
        ticked = [lesson for lesson in lessons if done(lesson)]
        numbered = [lesson for lesson in lessons if lesson.number]
        icon = DONE if numbered and set(numbered) <= set(ticked) else None
        drawer = st.expander(part, expanded=part == here, icon=icon, key=f"part.{part}", on_change="rerun")
        if not drawer.open:  # thirty links would cost more than most pages do
            continue
        with drawer:
            for lesson in lessons:
                tick = DONE if lesson in ticked else OPEN if lesson.number else f":material/{lesson.icon}:"
                label = f"**{lesson.numbered}**" if lesson == current else lesson.numbered
                st.page_link(page_of(lesson.slug), label=label, icon=tick)
