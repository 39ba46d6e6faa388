"""Every page in a real browser, opened first of all by a link. (Dark and on a telephone: test_every_control.py.)"""

import pytest

from core.ui.lessons import LESSONS, PARTS
from tests.browser.driving import DARK, NARROW, assert_fits, assert_well

pytestmark = pytest.mark.browser
PAGES = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
PHONES = (
    "", "training", "forward?net=xor", "forward?h1=4&h2=4&h3=4&inputs=2&step=2", "backprop?net=deep&step=4",
    "build?net=784-128-64-10",
)  # fmt: skip
"""Where a page is at its widest, or opens in test_every_control.py on another link; all else opens dark there."""
MOST_NUMBERS = 8
WORKSHOP = "training"  # whoever experiments there needs more of them
# Numbers that stand alone in the texts, by their height on the page: not in questions, controls, formulas or pictures,
# and neither the place of a thing (layer 2, 2 of 5) nor a year nor a rule's name.
_NUMBERS = r"""() => {
  const main = document.querySelector('[data-testid="stMain"]'), tops = [];
  const closed = e => e.closest('details:not([open])') && !e.closest('summary');
  const left = 'h1, label, button, summary, .katex, svg, canvas, [data-testid="stRadio"], [data-testid="stSlider"], '
    + '[data-testid="stVegaLiteChart"], [data-testid="stButtonGroup"], [data-testid="stPageLink"]';
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent;
    if (!e.checkVisibility() || closed(e) || e.closest(left) || /^\d of \d$/.test(text)) continue;
    const places = /(layer|unit|step|symbol|lesson|question|epoch|episode|place) \d+( of \d+)?/gi;
    const bare = text.replace(places, '');
    const found = bare.split(/\s+/).filter(w => /^[(“]*[−-]?\d[\d.,]*(e−?\d+)?[%°]?[.,;:)”]*$/.test(w));
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const top = range.getBoundingClientRect().top + main.scrollTop;
    tops.push(...found.filter(w => !/^(19|20)\d\d\D/.test(w)).map(w => [top, w]));
  }
  return tops;
}"""


def path_of(lesson) -> str:
    return "" if lesson.slug == "home" else lesson.slug


def assert_few_numbers(page) -> None:
    """No screen of 900 pixels shows more than a few numbers at once."""
    found = page.evaluate(_NUMBERS)
    for top, _ in found:
        together = [number for other, number in found if top <= other < top + 900]
        assert len(together) <= MOST_NUMBERS, " ".join(together)


@PAGES
def test_a_link_wakes_a_sleeping_server(visit, fresh_server, lesson):
    page = visit(path_of(lesson), base=fresh_server.url)
    assert_well(page, fresh_server)
    assert_fits(page)
    if lesson.slug not in (WORKSHOP, "glossary"):
        assert_few_numbers(page)
    ways = page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"]').all_text_contents()
    unfolded = [LESSONS[0], *PARTS[lesson.part or next(iter(PARTS))]]
    assert all(way.endswith(other.numbered) for way, other in zip(ways, unfolded, strict=True)), ways
    assert page.get_by_role("heading", name=lesson.numbered, exact=True).is_visible()
    assert page.get_by_text(lesson.question, exact=True).first.is_visible()


@pytest.mark.parametrize("path", PHONES)
def test_the_widest_open_dark_on_a_telephone(visit, server, path):
    page = visit(path, width=NARROW, dark=True)
    assert assert_well(page, server)["background"] == DARK
    assert_fits(page)


def test_the_way_through_the_course_keeps_to_the_app(visit, settle, server):
    page = visit("neuron?w=2")
    page.get_by_text("Next: Forward propagation").click()
    settle(page)
    assert page.url.endswith("/forward")
    page.get_by_role("link", name="1. Inside a single neuron").click()
    settle(page)
    assert page.url.endswith("/neuron?w=2&v=1")  # what was set is still set
    assert_well(page, server)


def test_the_browsers_back_button_brings_the_older_values(visit, settle, server):
    page = visit("neuron?w=2&v=1")
    thumb = page.get_by_role("group", name="Weight w", exact=True).get_by_role("slider")
    thumb.focus()
    thumb.press("ArrowRight")
    settle(page)
    assert page.url.endswith("/neuron?w=2.05&v=1")
    page.go_back()
    settle(page)
    assert "/neuron" not in page.url or page.url.endswith("w=2&v=1")
    assert_well(page, server)
