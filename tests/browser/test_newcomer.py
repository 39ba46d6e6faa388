"""A newcomer's way: from the first page to the takeaways by the link "Next" alone.

Three predictions are answered on the way: the first two, and what the simulator asks before its first run. All others
are in test_every_control.py.
"""

import pytest

from core.ui.lessons import BY_SLUG, LESSONS
from tests.browser.driving import QUESTION, predict, wait_until_settled

pytestmark = pytest.mark.browser
DONE = "check_circle"
PREDICTS = {"home", "neuron", "training"}
WAY = LESSONS[: LESSONS.index(BY_SLUG["takeaways"]) + 1]


def answer_checks(page) -> None:
    """Answer every question on the page, rightly or not."""
    for question in page.locator(QUESTION).all():
        question.locator("label").first.click()
        wait_until_settled(page)


def done(page) -> list[str]:
    """The pages that the sidebar marks as completed."""
    links = page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"]').all_text_contents()
    return [text.partition(DONE)[2] for text in links if DONE in text]


def test_next_leads_through_the_whole_course(visit, server):
    page = visit("", skip=False)
    for here, after in zip(WAY, [*WAY[1:], None], strict=True):
        page.get_by_role("heading", name=here.numbered, exact=True).wait_for(timeout=15_000)
        if here.slug in PREDICTS:
            assert predict(wait_until_settled(page))
        if here.slug == "neuron":
            assert done(page) == []
            answer_checks(page)
            assert done(page) == [here.numbered]
        if after:
            page.get_by_role("link", name=f"Next: {after.title}").click()
    page.locator('[data-testid="stSidebar"]').get_by_text(BY_SLUG["neuron"].part, exact=True).click()
    wait_until_settled(page)
    assert done(page) == [BY_SLUG["neuron"].numbered]
    assert page.problems == []
    assert server.tracebacks() == ""
