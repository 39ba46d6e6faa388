"""The map of the course: every lesson with its question, and which of them are done.

It derives from `LESSONS`.
"""

from __future__ import annotations

import streamlit as st

from core.ui.lessons import LESSONS, Lesson
from core.ui.teaching import completed

COURSE: tuple[Lesson, ...] = tuple(lesson for lesson in LESSONS if lesson.number)


def begun() -> bool:
    """Return whether any lesson is done."""
    return any(completed(lesson.slug) for lesson in COURSE)


def next_lesson() -> Lesson | None:
    """Return the first lesson that is not done, or None when all are."""
    return next((lesson for lesson in COURSE if not completed(lesson.slug)), None)


def lessons() -> None:
    """Show a card a lesson, two in a row."""
    for k in range(0, len(COURSE), 2):
        for place, lesson in zip(st.columns(2), COURSE[k : k + 2], strict=False):
            with place:
                card(lesson)


def card(lesson: Lesson) -> None:
    """Show one lesson: the way to it, its question, and whether it is done."""
    done = completed(lesson.slug)
    with st.container(border=True, height="stretch", gap="xsmall"):
        label = f"Lesson {lesson.number}{' (done)' if done else ''}"
        icon = f":material/{'check_circle' if done else lesson.icon}:"
        st.page_link(str(lesson.file), label=label, icon=icon, help=lesson.title)
        st.caption(lesson.question)  # a link's own label would be cut where it is too long
