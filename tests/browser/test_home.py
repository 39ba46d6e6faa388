"""The first page in a browser."""

import pytest

from tests.browser.driving import let_pass, wait_until_settled

pytestmark = pytest.mark.browser

PLANE = "[data-testid='stVegaLiteChart'] canvas"


def player(page):
    return page.locator(".bar").first


def wait_for_the_end(page):
    page.wait_for_function(
        """() => { const find = root => { for (const e of root.querySelectorAll('*')) {
             if (e.shadowRoot) { const b = find(e.shadowRoot); if (b) return b; }
             if (e.classList && e.classList.contains('bar')) return e; } return null; };
           const bar = find(document); return bar && +bar.dataset.frame > 0 && !bar.classList.contains('playing'); }""",
        timeout=30_000,
    )


def test_the_picture_moves_by_itself_and_the_controls_change_it(visit, settle, picture):
    page = visit("", skip=False)
    assert page.get_by_role("button", name="Start with lesson 1").is_visible()
    wait_for_the_end(page)
    settle(page)
    ring = picture(page, PLANE)
    player(page).get_by_role("button", name="Back to the start").click()
    settle(page)
    assert picture(page, PLANE) != ring, "the first frame looks like the last"
    before = picture(page, PLANE)
    page.get_by_role("radio", name="Moons").or_(page.get_by_role("button", name="Moons", exact=True)).first.click()
    settle(page)
    wait_for_the_end(page)
    settle(page)
    moons = picture(page, PLANE)
    assert moons != before
    assert "data=moons" in page.url
    page.get_by_role("radio", name="One neuron").or_(page.get_by_role("button", name="One neuron")).first.click()
    settle(page)
    assert picture(page, PLANE) != moons
    assert page.problems == [], page.problems


def test_a_film_that_nobody_started_waits_until_it_can_be_seen(visit):
    page = visit("", width=390, skip=False)
    page.set_viewport_size({"width": 390, "height": 480})  # the picture begins below
    page.reload(wait_until="domcontentloaded")
    wait_until_settled(page)
    let_pass(page, 60)
    assert player(page).get_attribute("data-frame") == "0"
    page.locator(PLANE).first.scroll_into_view_if_needed()
    wait_for_the_end(page)
    assert page.problems == []


def test_the_loop_takes_steps_and_the_start_button_starts(visit, settle, picture):
    page = visit("?epoch=0")
    loop = "[data-testid='stVegaLiteChart'] >> nth=3"
    first = picture(page, loop)
    page.get_by_role("button", name="Take the next step").click()
    settle(page)
    assert picture(page, loop) != first
    assert "step=2" in page.url
    page.get_by_role("button", name="Start with lesson 1").click()
    settle(page)
    page.get_by_role("heading", name="1. Inside a single neuron").wait_for(timeout=10_000)
    assert page.problems == [], page.problems
