"""Lesson 3 in a real browser: every control moves the picture."""

import pytest

from tests.browser.driving import overflow, slide

pytestmark = pytest.mark.browser


def test_one_example(visit, settle, picture):
    page = visit("loss")
    seen = [picture(page)]
    for label in ("Prediction", "Target"):
        slide(page, label, "ArrowLeft", 8)
        seen.append(picture(page))
    page.get_by_role("radio", name="absolute", exact=True).click()
    settle(page)
    seen.append(picture(page))
    assert len(set(seen)) == 4
    page.get_by_role("button", name="Twice the error").click()
    settle(page)
    assert page.get_by_text("The loss goes from 0.0400 to 0.1600.").is_visible()
    assert "yhat=0.5" in page.url
    assert page.problems == []


def test_several_move_points_and_map(visit, settle, picture):
    page = visit("loss?view=many")
    for label in ("Slope w", "Intercept b"):
        before = [page.locator("canvas").nth(k).screenshot() for k in range(2)]
        slide(page, label, "ArrowRight", 6)
        after = [page.locator("canvas").nth(k).screenshot() for k in range(2)]
        assert all(a != b for a, b in zip(before, after, strict=True))
    assert page.problems == []


def test_classes_hide_then_show(visit, settle, picture):
    page = visit("loss?view=classes")
    before = picture(page)
    page.get_by_role("button", name="Skip", exact=True).click()
    settle(page)
    assert picture(page) != before
    page.get_by_role("button", name="Surer still").click()
    settle(page)
    assert page.get_by_text("73,534 epochs with squared error").is_visible()
    before = picture(page)
    slide(page, "Learning rate", "ArrowRight")
    assert picture(page) != before
    assert page.problems == []


def test_a_narrow_screen_holds_it(visit):
    page = visit("loss?view=many", width=390)
    assert overflow(page) == 0
