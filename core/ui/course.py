"""The map of the course: every lesson with its question, which of them are done, and where each word is used.

It derives from `LESSONS`.
"""

from __future__ import annotations

import streamlit as st

from core.ui.lessons import BY_SLUG, LESSONS, Lesson
from core.ui.presets import BY_SLUG as PRESETS
from core.ui.teaching import completed
from core.ui.terms import Term

COURSE: tuple[Lesson, ...] = tuple(lesson for lesson in LESSONS if lesson.number)


def begun() -> bool:
    """Return whether any lesson is done."""
    return any(completed(lesson.slug, lesson.checks) for lesson in COURSE)


def next_lesson() -> Lesson | None:
    """Return the first lesson that is not done, or None when all are."""
    return next((lesson for lesson in COURSE if not completed(lesson.slug, lesson.checks)), None)


def lessons() -> None:
    """Show a card a lesson, two in a row."""
    for k in range(0, len(COURSE), 2):
        for place, lesson in zip(st.columns(2), COURSE[k : k + 2], strict=False):
            with place:
                card(lesson)


def card(lesson: Lesson) -> None:
    """Show one lesson: the way to it, its question, and whether it is done."""
    done = completed(lesson.slug, lesson.checks)
    with st.container(border=True, height="stretch", gap="xsmall"):
        label = f"Lesson {lesson.number}{' (done)' if done else ''}"
        icon = f":material/{'check_circle' if done else lesson.icon}:"
        st.page_link(str(lesson.file), label=label, icon=icon, help=lesson.title)
        st.caption(lesson.question)  # a link's own label would be cut where it is too long


def entry(term: Term, first: bool = False) -> None:
    """Show one term of the glossary: name, meaning, the lessons that use it, and an experiment that shows it."""
    with st.container(border=first):
        name, says, ways = st.columns([1, 2.3, 1.2])
        name.markdown(f"**{term.name}**" + (f"  \n:small[:gray[{', '.join(term.also)}]]" if term.also else ""))
        says.markdown(term.says)
        with ways.container(horizontal=True, gap="xsmall"):
            for lesson in (BY_SLUG[slug] for slug in term.lessons):
                label = f"Lesson {lesson.number}" if lesson.number else "First page"
                st.page_link(str(lesson.file), label=label, help=lesson.title)
            if term.preset:
                preset = PRESETS[term.preset]
                st.page_link(
                    str(BY_SLUG["training"].file), label="See it", icon=":material/science:", help=preset.title,
                    query_params=preset.experiment.to_query(),
                )  # fmt: skip
