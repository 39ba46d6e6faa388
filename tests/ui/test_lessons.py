"""One table of lessons, from which navigation and neighbors derive, and the page files that it names."""

import ast

import pytest

from core.ui.lessons import BY_SLUG, LESSONS, PAGES, neighbors


def test_numbers_count_up_and_slugs_are_unique():
    assert [lesson.number for lesson in LESSONS if lesson.number] == list(range(1, len(LESSONS) - 2))
    assert len(BY_SLUG) == len(LESSONS) == len({lesson.title for lesson in LESSONS})
    assert LESSONS[0].slug == "home"


def test_every_page_file_is_a_lesson_and_every_lesson_a_file():
    assert sorted(PAGES.rglob("*.py")) == sorted(lesson.file for lesson in LESSONS)


def test_parts_are_not_interrupted():
    parts = [lesson.part for lesson in LESSONS]
    assert all(parts[parts.index(p) : parts.index(p) + parts.count(p)] == [p] * parts.count(p) for p in parts)


def test_back_and_next_walk_through_all_lessons_and_return():
    at, walked = LESSONS[0], [LESSONS[0]]
    while (after := neighbors(at.slug)[1]) is not None:
        assert neighbors(after.slug)[0] is at
        at = after
        walked.append(at)
    assert walked == list(LESSONS)
    assert neighbors(LESSONS[0].slug)[0] is None


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_a_lesson_asks_one_short_question(lesson):
    assert lesson.question.endswith("?")
    assert len(lesson.question.split()) <= 20


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_a_page_begins_and_ends_with_the_frame(lesson):
    calls = [node for node in ast.walk(ast.parse(lesson.file.read_text())) if isinstance(node, ast.Call)]
    named = {ast.unparse(call.func): call for call in calls}
    for name in ("frame.begin", "frame.end"):
        assert name in named, f"{lesson.file.name} never calls {name}"
        assert ast.literal_eval(named[name].args[0]) == lesson.slug


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_a_page_draws_nothing_before_the_frame_has_begun(lesson):
    for node in ast.parse(lesson.file.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        names = [ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)]
        if "frame.begin" in names:
            return
        assert not [name for name in names if name.startswith("st.")], f"line {node.lineno}"
    pytest.fail("frame.begin is not called at the top of the page")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_pages_draw_by_show_chart_only(lesson):
    # st.altair_chart sends tables as Arrow, in which Vega finds no frames and no level lines, and says nothing
    assert "altair_chart(" not in lesson.file.read_text()
