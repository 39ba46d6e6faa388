"""The sidebar and the map at home: folded parts that stay readable with thirty lessons."""

import pytest
from streamlit.testing.v1 import AppTest

from core.lessons.home import course
from core.ui.lessons import LESSONS, PARTS
from core.ui.sidebar import is_done

MOST = 6


def thirty():
    """The sidebar and the map of a course of thirty lessons in six parts, of which the first eight are done."""
    from dataclasses import replace

    import streamlit as st

    from core.lessons.home import course
    from core.ui import sidebar
    from core.ui.lessons import BY_SLUG

    st.session_state["frame.routed"] = True
    like = BY_SLUG["neuron"]
    lessons = [
        replace(like, number=n, title=f"The title of lesson {n}", part=f"Part {1 + (n - 1) // 5}") for n in range(1, 31)
    ]
    parts = {part: tuple(e for e in lessons if e.part == part) for part in dict.fromkeys(e.part for e in lessons)}
    st.page_link = lambda page, label, icon: st.text(f"{label} {'done' if icon == sidebar.DONE else 'open'}")
    with st.sidebar:
        sidebar.contents(lessons[12], parts, lambda lesson: lesson.number <= 8)
    course.show(parts, lessons[8], lambda lesson: lesson.number <= 8)


@pytest.fixture
def at(monkeypatch) -> AppTest:
    import streamlit

    monkeypatch.setattr(streamlit, "page_link", streamlit.page_link)  # put back afterwards
    at = AppTest.from_function(thirty, default_timeout=30)
    assert not at.run().exception
    return at


def open_parts(at, *keys):
    for key in keys:
        at.session_state[key] = True
    return at.run()


def test_thirty_lessons_are_six_drawers_filled_only_where_they_are_open(at):
    drawers = at.sidebar.expander
    assert [drawer.label for drawer in drawers] == [f"Part {k}" for k in range(1, 7)]
    assert [drawer.proto.expanded for drawer in drawers] == [False, False, True, False, False, False]
    assert [text.value for text in drawers[2].text][:3] == [
        "11. The title of lesson 11 open", "12. The title of lesson 12 open", "**13. The title of lesson 13** open",
    ]  # fmt: skip
    assert [len(drawer.text) for drawer in drawers] == [0, 0, 5, 0, 0, 0]


def test_what_is_done_is_ticked_and_so_is_a_part_of_which_all_is_done(at):
    drawers = open_parts(at, "part.Part 2").sidebar.expander
    assert [bool(drawer.proto.icon) for drawer in drawers] == [True, False, False, False, False, False]
    assert [text.value.split()[-1] for text in drawers[1].text] == ["done", "done", "done", "open", "open"]


def test_the_map_of_thirty_lessons_is_short_and_open_where_the_learner_goes_on(at):
    drawers = at.main.expander
    assert [drawer.label for drawer in drawers][:2] == ["**Part 1** · 1 to 5", "**Part 2** · 6 to 10"]
    assert [drawer.proto.expanded for drawer in drawers] == [False, True, False, False, False, False]
    assert sum(len(drawer.label.split()) for drawer in drawers) < 60
    drawers = open_parts(at, "home.part.Part 1").main.expander
    assert [caption.value for caption in drawers[0].caption] == [LESSONS[1].question] * 5


@pytest.mark.parametrize(("numbers", "words"), [([3], "3"), ([1, 2], "1 and 2"), ([5, 8], "5 to 8")])
def test_which_lessons_a_part_holds(numbers, words):
    by_number = {lesson.number: lesson for lesson in LESSONS}
    assert course.span([by_number[n] for n in numbers]) == words


def test_the_parts_hold_every_page_but_home_and_at_most_six_each():
    assert [lesson for lessons in PARTS.values() for lesson in lessons] == list(LESSONS[1:])
    assert max(map(len, PARTS.values())) <= MOST


def test_a_page_shows_its_link_and_the_course_with_its_own_part_open(open_app):
    at = open_app("loss")
    link, *drawers = at.sidebar.expander
    assert (link.label, link.proto.expanded) == ("Link to this page", False)
    assert not at.sidebar.get("code")  # what draws it is read by a browser when somebody asks for the link
    assert [drawer.label for drawer in drawers] == list(PARTS)
    assert [drawer.label for drawer in drawers if drawer.proto.expanded] == ["A mistake"]
    assert not any(map(is_done, LESSONS[1:]))


def test_the_link_is_that_of_the_page_as_it_is(open_app):
    at = open_app("loss", view="many")
    at.context = {"url": "http://somewhere/loss"}
    at.session_state["frame.link"] = True
    at.run()
    assert not at.exception
    assert at.sidebar.get("code")[0].value == "http://somewhere/loss?view=many&v=1"
