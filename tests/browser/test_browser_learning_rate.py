"""Lesson 5 in a real browser: the finder, on a phone."""

import pytest

from tests.browser.driving import overflow

pytestmark = pytest.mark.browser


def test_the_finder_opens_and_answers(visit, settle):
    page = visit("learning_rate", width=390)
    page.get_by_text("Finding a rate with one sweep").click()
    settle(page)
    assert page.get_by_text("over 20 seeds with plain descent").is_visible()
    page.get_by_role("radio", name="Adam", exact=True).click()
    settle(page)
    assert page.get_by_text("over 20 seeds with Adam").is_visible()
    assert overflow(page) == 0
    assert page.problems == []
