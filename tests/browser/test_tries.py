"""On a phone pictures stand between controls and the experiments to try, and the answer where it was asked."""

import pytest

from tests.browser.driving import NARROW, WIDE, assert_answer_is_in_sight, turn, wait_until_settled

pytestmark = pytest.mark.browser


def test_the_answer_to_a_prediction_is_in_sight(visit):
    """And the experiments follow the picture: here, where a second question follows. (All others: every control.)"""
    page = visit("build", width=NARROW)
    assert_answer_is_in_sight(page)
    turn(page, WIDE)
    assert_answer_is_in_sight(page)


def test_a_chart_that_is_told_to_go_on_and_at_once_to_come_back_comes_back(visit):
    """While it works, Vega compares what it hears with what it still shows, and would forget to come back."""
    page = visit("autoencoder?epoch=0", width=390)

    def seen_after(*frames):
        page.locator(".scrub").evaluate(
            """(scrub, frames) => {
              for (const frame of frames) { scrub.value = frame; scrub.dispatchEvent(new Event('input')); }
            }""",
            frames,
        )
        wait_until_settled(page)
        return page.locator(".vega-embed:has(.vega-bindings input) canvas").evaluate("canvas => canvas.toDataURL()")

    there, back = seen_after(5), seen_after(0)
    assert there != back
    assert seen_after(5, 9, 5) == there
