"""On a phone pictures stand between controls and the experiments to try, and the answer where it was asked."""

import pytest

from tests.browser.driving import wait_until_settled

pytestmark = pytest.mark.browser
PLACES = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const of = where => { const box = main.querySelector(where).getBoundingClientRect(); return [box.top, box.bottom] };
  const tries = of('[class*="-tries"]'), charts = [...main.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  const above = charts.map(e => e.getBoundingClientRect()).filter(box => box.top < tries[0]);
  return [of('[data-testid="stAlert"]'), [above[0].top, above.at(-1).bottom], tries];
}"""


@pytest.mark.parametrize(
    "path",
    [
        "overfitting",
        "convolution",
        "loss",
        "data",
        "descent",
        "transfer",
        "reward",
        "cost",
        "neuron",
        "learning_rate",
        "learning_rate?view=network",
        "build",
    ],
)
def test_the_experiments_follow_the_picture_and_the_answer_is_in_sight(visit, path):
    page = visit(path, width=390)
    answer, pictures, tries = page.evaluate(PLACES)
    assert 0 < answer[0] < answer[1] < 700
    assert answer[1] < pictures[0]
    assert 0 <= tries[0] - pictures[1] < 60
    page.set_viewport_size({"width": 1280, "height": 900})
    answer, pictures, _ = page.evaluate(PLACES)
    assert answer[0] < pictures[1]  # beside the picture, not below it
    assert answer[1] < 700


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
