"""Every page opens, as its lesson, and whatever its link says."""

import re
from itertools import cycle

import pytest

from core.ui.lessons import LESSONS, neighbors
from core.ui.words import words_of
from tests.opening import views_of
from tests.pressing import notes, press

PAGES = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
NAMES: dict[str, list[str]] = {}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
UNREADABLE = ("nan", "", HOSTILE)  # one after another: each leaves its control where it was
REPEATED = ["1", "2"]
ADDRESS = "www.example.com"  # Markdown makes a link of it


def controls(at) -> list[str]:
    """The names of the page's controls in its link; none for a page without a link."""
    here = at.session_state.get("link.here")
    return list(here["values"]) if here else []


def texts(at) -> list[str]:
    """Everything on the page that is read as Markdown or HTML."""
    kinds = ("markdown", "caption", "warning", "info", "success", "error", "title", "subheader", "html", "latex")
    return [str(element.value) for kind in kinds for element in at.get(kind)]


@PAGES
def test_it_opens_as_its_lesson(open_app, lesson):
    at = open_app(lesson.slug)
    assert not at.exception
    assert at.title[0].value == lesson.numbered
    assert at.subheader[0].value == lesson.question
    before, after = neighbors(lesson.slug)
    ways = [link.value for link in at.main.get("page_link")]
    assert before is None or f"Back: {before.title}" in ways
    assert after is None or f"Next: {after.title}" in ways


@PAGES
def test_labels_for_screen_readers_write_numbers_as_people_do(open_app, lesson):
    for view in views_of(lesson.slug):
        labels = [chart.proto.alt for chart in open_app(lesson.slug, **view).get("vega_lite_chart")]
        assert all(labels), view
        assert not [label for label in labels if re.search(r"(?<![\w-])-\d|\de[-+]\d|−0\.?0*(?!\.?\d)", label)], view


@PAGES
def test_a_link_to_an_experiment_says_what_to_look_for(open_app, lesson):
    says = "net" if lesson.slug == "forward" else "view"
    for name, view in words_of(lesson.slug).views.items():
        if view.fails:
            pressed = press(open_app(lesson.slug, **({says: name} if name else {})), view.fails.label)
            opened = open_app(lesson.slug, **pressed.query_params)
            assert notes(opened) == notes(pressed) != [], name


@PAGES
def test_it_opens_before_the_prediction_too(open_app, lesson):
    at = open_app(lesson.slug, commit=False)
    assert not at.exception
    assert not [b for b in at.button if b.label == "Skip"] or not [r for r in at.radio if ".check." in str(r.key)]


@PAGES
def test_it_opens_on_the_dark_theme(open_app, lesson):
    at = open_app(lesson.slug)
    at.context = {"theme": "dark"}
    at.run()
    assert not at.exception


@PAGES
@pytest.mark.parametrize(
    "address",
    [
        {"x": "<script>", "w": "nan", "v": "99", HOSTILE: HOSTILE},
        {"x": "a" * 100_000, "w": "1" * 100_000, "seed": ADDRESS, "view": ADDRESS, ADDRESS: ADDRESS},
    ],
    ids=["markup", "100 kB and an address"],
)
def test_a_hostile_address_opens_the_page(open_app, lesson, address):
    at = open_app(lesson.slug, **address)
    assert not at.exception
    assert not [text for text in texts(at) if "<script" in text or "<img" in text or ADDRESS in text]
    assert all(len(element.value) < 2_000 for element in [*at.warning, *at.text])
    if controls(at):
        assert at.warning, "the link was changed, and nothing says so"
        assert set(at.query_params) <= {*controls(at), "v"}
        assert sum(len(str(v)) for v in at.query_params.values()) < 500


@PAGES
@pytest.mark.parametrize(
    "values", [["-1"], ["1e12"], UNREADABLE, [REPEATED]], ids=["-1", "1e12", "unreadable", "repeated"]
)
def test_every_control_takes_a_hostile_value(open_app, lesson, values):
    if lesson.slug not in NAMES:
        NAMES[lesson.slug] = controls(open_app(lesson.slug))
    if not (names := NAMES[lesson.slug]):
        pytest.skip("this page has no controls")
    at = open_app(lesson.slug, **dict(zip(names, cycle(values), strict=False)))
    assert not at.exception
    assert not [text for text in texts(at) if "<script" in text or "<img" in text]
    if values != [REPEATED]:
        assert at.warning, "the link was changed, and nothing says so"
    again = open_app(lesson.slug, **at.query_params)  # what the page made of it is lawful and stays
    assert not again.exception
    assert again.query_params == at.query_params
    assert not [w for w in again.warning if w.value in {x.value for x in at.warning}]
