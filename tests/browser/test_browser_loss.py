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


def test_on_a_phone_the_line_is_beside_the_experiments_that_speak_of_it(visit):
    page = visit("loss?view=many", width=390)
    tops = page.locator('[data-testid="stVegaLiteChart"]').evaluate_all(
        "all => all.map(e => [e.ariaLabel.slice(0, 4), e.getBoundingClientRect().top]).sort((a, b) => a[1] - b[1])"
    )
    tries = page.get_by_role("button", name="At the best").bounding_box()["y"]
    assert [name for name, _ in tops] == ["Mean", "A li"]
    assert tops[1][1] < tries


@pytest.mark.parametrize("width", [768, 1024])
def test_both_pictures_are_whole_where_two_beside_each_other_would_be_too_narrow(visit, settle, width):
    page = settle(visit("loss?view=many", width=width))
    sizes = page.locator('[data-testid="stVegaLiteChart"] canvas').evaluate_all(
        "all => all.map(e => [e.clientWidth, e.clientHeight])"
    )
    assert len(sizes) == 2
    assert all(wide > 250 and high > 0.9 * wide for wide, high in sizes), sizes
