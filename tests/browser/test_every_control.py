"""Every view opens dark on a telephone, and whole on a tablet; by day and on a wide screen, controls change something
in sight.

Of each page one control of each kind is moved, each week all of them (by AppTest all are, always:
tests/pages/test_every_control.py), one view's with a finger, the next one's with a mouse. None closes what the learner
has opened. Where a mouse rests on a chart, it finds words and rounded numbers. The first link of each page wakes a
server that nobody has spoken to yet.
"""

import os
from urllib.parse import urlencode

import pytest

from core.ui.lessons import BY_SLUG, LESSONS, PARTS
from tests.browser.controls import move_each
from tests.browser.driving import (
    DARK,
    NARROW,
    TABLETS,
    WIDE,
    assert_few_numbers,
    assert_fits,
    assert_pictures_are_whole,
    assert_well,
    skip_prediction,
    turn,
)
from tests.browser.tooltips import assert_tooltips_are_for_people
from tests.moving import (
    CHOOSES_VIEW,
    LEADS_AWAY,
    MORE,
    QUESTIONS,
    TYPED,
    assert_all_answer,
    assert_all_is_set,
    elsewhere,
)
from tests.opening import views_of

pytestmark = pytest.mark.browser
OTHER_HAND = "OTHER_HAND" in os.environ  # with a finger what else a mouse moves, as the weekly exploration does
EVERY = "EVERY_CONTROL" in os.environ  # as it does, too
MANY_NUMBERS = {"training", "glossary"}  # whoever experiments in the simulator needs them; the glossary has definitions


def assert_it_is_the_page(page, lesson) -> None:
    """The page is the lesson's own, inside the frame of the course."""
    ways = page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"]').all_text_contents()
    unfolded = [LESSONS[0], *PARTS[lesson.part or next(iter(PARTS))]]
    assert all(way.endswith(other.numbered) for way, other in zip(ways, unfolded, strict=True)), ways
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
    assert page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"] p').evaluate_all(cut) == []
    assert page.get_by_role("heading", name=lesson.numbered, exact=True).is_visible()
    assert page.get_by_text(lesson.question, exact=True).first.is_visible()


@pytest.mark.parametrize("slug", [lesson.slug for lesson in LESSONS])
def test_every_control_changes_something_in_sight(visit, leave, fresh_server, slug):
    known, answers, unlinked, closed = set(LEADS_AWAY), {}, set(), []
    enough: set[str] | None = None if EVERY else set()
    for place, view in enumerate(MORE.get(slug) or views_of(slug), start=list(BY_SLUG).index(slug)):
        path = ("" if slug == "home" else slug) + (f"?{urlencode(view)}" if view else "")
        finger = bool(place % 2) != OTHER_HAND
        page = visit(path, width=NARROW, dark=True, motion=False, base=fresh_server.url, touch=finger)
        skip_prediction(page)  # a view may ask something of its own
        assert assert_well(page, fresh_server)["background"] == DARK
        assert_fits(page)
        for width in (*TABLETS, WIDE):
            turn(page, width)
            assert_fits(page)
            assert_pictures_are_whole(page)
        assert_it_is_the_page(page, BY_SLUG[slug])
        if slug not in MANY_NUMBERS:
            assert_few_numbers(page)
        assert_tooltips_are_for_people(page)
        found = move_each(page, TYPED, known, CHOOSES_VIEW, elsewhere(slug), enough)
        known |= found.moved.keys()
        answers |= found.moved
        unlinked |= found.unlinked
        closed += found.closed
        assert page.problems == []
        leave(page)
    assert closed == []
    if EVERY:
        assert_all_answer(answers, unlinked, QUESTIONS)
        assert_all_is_set(slug, known)
    else:
        assert_all_answer(answers, unlinked)
    assert fresh_server.tracebacks() == ""
