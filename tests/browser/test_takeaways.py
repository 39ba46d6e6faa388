"""The quiz in a browser."""

import pytest

from tests.browser.driving import overflow

pytestmark = pytest.mark.browser


def test_the_quiz_answers_and_draws_another_five(visit, settle):
    page = visit("takeaways?seed=2", width=390)
    groups = page.get_by_role("radiogroup")
    assert groups.count() == 5
    for k in range(5):
        groups.nth(k).locator("label").first.click()
        settle(page)
    assert page.get_by_text("Score", exact=True).is_visible()
    assert page.locator("[data-testid='stAlert']").count() >= 6  # feedback on each, and the measured score
    first = groups.first.inner_text()
    page.get_by_role("button", name="Another five").click()
    settle(page)
    assert "seed=3" in page.url
    assert page.get_by_role("radiogroup").first.inner_text() != first
    assert overflow(page) == 0
    assert page.problems == [], page.problems
