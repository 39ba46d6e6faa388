"""Fingers: whatever answers a click answers a tap, and a swipe over a chart scrolls the page and chooses nothing."""

from itertools import product

import pytest

from tests.browser.driving import CHART, press, wait_until_settled

pytestmark = pytest.mark.browser
DIGITS = "predict?dataset=digits&samples=800&hidden=32&activation=relu&lr=0.01&epochs=20"
CHOSEN = {  # the link, which chart, where in it as shares of its width and height, and what the address then says
    "a unit of lesson 2": ("forward?step=0", 1, (0.66, 0.5), "step=2"),
    "a number of lesson 4": ("backprop?weight=0", 0, None, "backprop"),
    "a unit of the simulator": ("training?epoch=5&epochs=5&hidden=4-4", "network", (0.62, 0.5), "layer=2"),
    "a place of lesson 8": ("predict", 0, (0.3, 0.4), "px="),
    "a pixel of lesson 8": (DIGITS, 0, (0.1, 0.8), "ink="),
}
WIDTHS = (390, 1024)


def chart_of(page, which):
    charts = page.locator(f"{CHART} canvas").locator("visible=true")
    if which == "network":
        return page.locator(".st-key-network canvas").first
    return charts.nth(which)


def place(page, chart, at):
    """Where to touch: the chart is brought into the middle of the screen."""
    chart.evaluate("e => e.scrollIntoView({ block: 'center' })")
    wait_until_settled(page)
    box = chart.bounding_box()
    return box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]


def a_number(page, chart):
    """Where one of a network's numbers stands, which depends on the width: a mouse would become a pointer there."""
    left, top = place(page, chart, (0, 0))
    box = chart.bounding_box()
    for x, y in product(range(12, 24), range(4, 14)):
        at = left + x / 40 * box["width"], top + y / 16 * box["height"]
        page.mouse.move(*at)
        if chart.evaluate("canvas => getComputedStyle(canvas).cursor") == "pointer":
            return at
    raise AssertionError("no number can be chosen")


@pytest.mark.parametrize("name", CHOSEN)
def test_a_tap_is_a_click(visit, leave, name):
    path, which, at, said = CHOSEN[name]
    for width in WIDTHS:  # on one server, which trains once
        page = visit(path, width=width, touch=True)
        before, chart = page.url, chart_of(page, which)
        page.touchscreen.tap(*(place(page, chart, at) if at else a_number(page, chart)))
        wait_until_settled(page)
        assert page.url != before
        assert said in page.url
        assert page.problems == []
        leave(page)


def swipe(page, x, y, up):
    """Drag a finger upward by so many pixels."""
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for k in range(1, 13):
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - up * k / 12}]})
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(600)
    return wait_until_settled(page)


_TOP = "() => Math.max(scrollY, ...[...document.querySelectorAll('section, main, div')].map(e => e.scrollTop))"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_swipe_over_a_chart_scrolls_and_chooses_nothing(visit, width):
    page = visit("forward?step=0", width=width, touch=True, phone=True)
    at = place(page, chart_of(page, 1), (0.66, 0.5))
    before, address = page.evaluate(_TOP), page.url
    swipe(page, *at, 200)
    assert page.evaluate(_TOP) > before + 100
    assert page.url == address


def test_a_mouse_chooses_once(visit):
    page = visit("forward?step=0")
    x, y = place(page, chart_of(page, 1), (0.66, 0.5))
    page.mouse.move(x, y)
    sent = len(page.sent)
    page.mouse.click(x, y)
    wait_until_settled(page)
    assert "step=2" in page.url
    assert len(page.sent) == sent + 1


def test_a_way_into_another_view_leads_to_its_question(visit):
    page = visit("forward", width=390, touch=True)
    press(page, "XOR by hand")
    commit = page.get_by_role("button", name="Commit", exact=True)
    page.wait_for_function("e => e.getBoundingClientRect().top > 0", arg=commit.element_handle())
    assert commit.bounding_box()["y"] < 900


def test_a_finger_copies_the_link(visit):
    page = visit("neuron?w=2", width=390, touch=True, phone=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.get_by_text("Link to this page", exact=True).tap()
    page.get_by_test_id("stSidebar").get_by_role("button", name="Copy to clipboard").tap()
    page.wait_for_function("async link => await navigator.clipboard.readText() === link", arg=page.url)


def test_the_sidebar_uncovers_the_page_that_was_chosen_in_it(visit):
    page = visit("neuron", width=390, touch=True, phone=True)
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.get_by_test_id("stSidebar").get_by_role("link", name="2. Forward propagation").tap()
    page.get_by_role("heading", name="2. Forward propagation", exact=True).wait_for()
    wait_until_settled(page)
    middle = "() => document.elementFromPoint(60, 300).closest('[data-testid=stMain], [data-testid=stSidebar]').dataset"
    assert page.evaluate(middle)["testid"] == "stMain"
    assert page.problems == []
