"""Whoever leaves a page arrives, whenever they leave: the player's last word takes nobody anywhere."""

from itertools import cycle

import pytest

pytestmark = pytest.mark.browser
AROUND_THE_END = (-60, -30, 0, 0, 20, 50, 100)  # milliseconds; by one way and the other in turn
FRAME = 1000 / 28

# Clicks a link when the player stands so many milliseconds before or after its end.
_LEAVE = """([path, offset, frame]) => new Promise(done => {
  const bars = root => [...root.querySelectorAll('*')].flatMap(e =>
    [...(e.shadowRoot ? bars(e.shadowRoot) : []), ...(e.classList?.contains('bar') ? [e] : [])]);
  const link = document.querySelector(path);
  const watch = () => {
    const bar = bars(document)[0], last = bar ? +bar.querySelector('.scrub').max : 0;
    const reached = last && +bar.dataset.frame >= last + Math.min(0, Math.round(offset / frame));
    if (!reached) return requestAnimationFrame(watch);
    setTimeout(() => { link.click(); done(+bar.dataset.frame); }, Math.max(0, offset));
  };
  watch();
})"""
WAYS = {
    "Next": '[data-testid="stMain"] a[href$="{to}"]',
    "sidebar": '[data-testid="stSidebar"] a[href$="{to}"]',
}


def leave(page, selector: str, offset: int) -> None:
    page.evaluate(_LEAVE, [selector, offset, FRAME])


@pytest.mark.parametrize(
    ("start", "to", "title"),
    [("", "neuron", "1. Inside a single neuron"), ("training?epochs=20", "predict", "8. Make predictions")],
    ids=["home", "training"],
)
def test_who_leaves_around_the_players_end_arrives(visit, settle, server, start, to, title):
    page = visit(start, skip=False)
    for offset, way in zip(AROUND_THE_END, cycle(WAYS.values())):
        page.goto(f"{server.url}/{start}", wait_until="domcontentloaded")
        page.locator(".bar").first.wait_for(state="attached")
        page.locator(way.format(to=to)).first.wait_for(state="attached")
        leave(page, way.format(to=to), offset)
        page.get_by_role("heading", name=title, exact=True).wait_for()
        settle(page)
        assert page.get_by_role("heading", name=title, exact=True).is_visible(), f"thrown back at {offset} ms"
        assert page.url.endswith(f"/{to}"), f"{page.url} at {offset} ms"
    assert page.problems == []


def test_a_step_that_is_still_to_be_said_calls_nobody_back(visit, settle):
    page = visit("?epoch=0")
    page.get_by_role("button", name="One frame forward").click()
    page.get_by_role("link", name="Next: Inside a single neuron").click()
    page.get_by_role("heading", name="1. Inside a single neuron", exact=True).wait_for()
    settle(page)
    assert page.url.endswith("/neuron")


def test_a_run_that_was_left_alone_has_a_link_that_plays(visit, settle):
    page = visit("", skip=False)
    page.wait_for_function("() => !location.search")
    bar = page.locator(".bar").first
    last = bar.locator(".scrub").get_attribute("max")
    page.locator(f'.bar[data-frame="{last}"]').first.wait_for()
    settle(page)
    assert "epoch" not in page.url
    bar.get_by_role("button", name="One frame back").click()
    page.wait_for_url("**epoch=*")
    assert "epoch=100" not in page.url
    bar.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_url(lambda url: "epoch" not in url)


@pytest.mark.parametrize("path", ["", "training"])
def test_reduced_motion_opens_a_run_at_its_end(visit, path):
    page = visit(path, motion=False)
    bar = page.locator(".bar").first
    assert bar.get_attribute("data-frame") == bar.locator(".scrub").get_attribute("max") != "0"
    assert bar.get_by_role("button", name="Play", exact=True).is_visible()
    assert "epoch" not in page.url


def test_a_link_can_start_at_the_beginning(visit):
    bar = visit("?epoch=0").locator(".bar").first
    assert bar.get_attribute("data-frame") == "0"
    assert bar.get_by_role("button", name="Play", exact=True).is_visible()
