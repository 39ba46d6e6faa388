"""Lesson 5 in a real browser: every control moves the picture."""

import pytest

from tests.browser.driving import overflow, slide

pytestmark = pytest.mark.browser


def test_the_valley(visit, settle, picture):
    page = visit("learning_rate")
    seen = [picture(page)]
    slide(page, "Learning rate η", "ArrowRight", 20)
    seen.append(picture(page))
    slide(page, "Curvature L of the valley", "ArrowRight")
    seen.append(picture(page))
    page.get_by_role("button", name="Where it fails: 0.501").click()
    settle(page)
    seen.append(picture(page))
    assert len(set(seen)) == 4
    assert "rate=0.501" in page.url
    assert page.problems == []


def test_three_rates(visit, settle, picture):
    page = visit("learning_rate?view=network")
    panels = page.locator("canvas")
    for k, label in enumerate(("First rate", "Second rate", "Third rate")):
        before = panels.nth(k).screenshot()
        slide(page, label, "ArrowLeft", 1)
        assert panels.nth(k).screenshot() != before
    assert page.problems == []


def test_the_range(visit, settle, picture):
    page = visit("learning_rate?view=range")
    seen = [picture(page)]
    for name in ("Adam", "8", "10"):
        page.get_by_role("radio", name=name, exact=True).first.click()
        settle(page)
        seen.append(picture(page))
    assert len(set(seen)) == 4
    assert page.problems == []


def test_the_finder_opens_and_answers(visit, settle):
    page = visit("learning_rate", width=390)
    page.get_by_text("Finding a rate with one sweep").click()
    settle(page)
    assert page.get_by_text("over 10 seeds with plain descent").is_visible()
    page.get_by_role("radio", name="Adam", exact=True).click()
    settle(page)
    assert page.get_by_text("over 10 seeds with Adam").is_visible()
    assert overflow(page) == 0
    assert page.problems == []
