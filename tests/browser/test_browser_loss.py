"""Lesson 3 in a real browser: what is hidden before the prediction."""

import pytest

from tests.browser.driving import skip_prediction, slide

pytestmark = pytest.mark.browser


def test_classes_hide_then_show(visit, settle, picture):
    page = visit("loss?view=classes", skip=False)
    before = picture(page)
    skip_prediction(page)
    assert picture(page) != before
    page.get_by_role("button", name="Surer still").click()
    settle(page)
    assert page.get_by_text("Starting at 0.99995, it takes 73,534 epochs with squared error").is_visible()
    before = picture(page)
    slide(page, "Learning rate", "ArrowRight")
    assert picture(page) != before
    assert page.problems == []
