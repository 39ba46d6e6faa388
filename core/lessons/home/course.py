"""The map of the course: its parts, every lesson with its question, and which of them are done.

It derives from `LESSONS`.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from core.ui.lessons import LESSONS, PARTS, Lesson
from core.ui.sidebar import DONE, OPEN, is_done
from core.ui.ways import page_of

COURSE: tuple[Lesson, ...] = tuple(lesson for lesson in LESSONS if lesson.number)


def begun() -> bool:
    """Return whether any lesson is done."""
    return any(map(is_done, COURSE))


def next_lesson() -> Lesson | None:
    """Return the first lesson that is not done, or None when all are."""
    return next((lesson for lesson in COURSE if not is_done(lesson)), None)


def lessons() -> None:
    """Show the map, open where the learner goes on."""
    show(PARTS, next_lesson(), is_done)


def heading() -> str:
    """Return how long the course is: ``8 lessons in 3 parts``."""
    return f"{len(COURSE)} lessons in {len({lesson.part for lesson in COURSE})} parts"


def show(parts: Mapping[str, Sequence[Lesson]], following: Lesson | None, done: Callable[[Lesson], bool]) -> None:
    """Show each part with lessons as a drawer; the one that holds the following lesson is open."""
    for part, inside in parts.items():
        if numbered := [lesson for lesson in inside if lesson.number]:
            icon = DONE if all(map(done, numbered)) else None
            label = f"**{part}** · {span(numbered)}"
            key = f"home.part.{part}"
            drawer = st.expander(label, expanded=following in numbered, icon=icon, key=key, on_change="rerun")
            if drawer.open:
                with drawer:
                    for lesson in numbered:
                        row(lesson, done(lesson))


def span(lessons: Sequence[Lesson]) -> str:
    """Return which lessons these are: ``3``, ``1 and 2``, ``5 to 8``."""
    first, last = lessons[0].number, lessons[-1].number
    if first == last:
        return str(first)
    return f"{first} {'and' if last == first + 1 else 'to'} {last}"


def row(lesson: Lesson, done: bool) -> None:
    """Show one lesson: the way to it, its question, and whether it is done."""
    way, question = st.columns([1, 1.6], vertical_alignment="center")
    label = f"{lesson.numbered}{' (done)' if done else ''}"
    with way:
        st.page_link(page_of(lesson.slug), label=label, icon=DONE if done else OPEN)
    question.caption(lesson.question)  # a link's own label would be cut where it is too long
