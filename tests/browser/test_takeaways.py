"""The quiz in a browser."""

import pytest

from tests.browser.driving import overflow

pytestmark = pytest.mark.browser


def test_the_quiz_answers_and_draws_another_five(visit, settle):
    page = visit("takeaways?seed=2", width=390)
    groups = page.get_by_role("radiogroup")
    for k in range(5):
        assert groups.count() == 1
        groups.first.locator("label").first.click()
        settle(page)
        assert page.locator("[data-testid='stAlert']").count() == (2 if k == 4 else 1)  # feedback; the measured score
        if k < 4:
            page.get_by_role("button", name="Next question").click()
            settle(page)
    assert page.get_by_text("Score", exact=True).is_visible()
    first = groups.first.inner_text()
    page.get_by_role("button", name="Another five").click()
    settle(page)
    assert "seed=3" in page.url
    assert page.get_by_role("button", name="Commit").is_visible()  # a new guess for new questions
    page.get_by_role("button", name="Skip").click()
    settle(page)
    assert page.get_by_role("radiogroup").first.inner_text() != first
    assert overflow(page) == 0
    assert page.problems == [], page.problems
