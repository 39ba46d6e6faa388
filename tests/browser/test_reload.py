"""A reload, a second tab, another hand in the storage, a server that died: the learner finds everything again."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from tests.browser.driving import change, press, skip_prediction, slide, slider, wait_until_settled
from tests.browser.nursery import free_port

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
KEY = "how-neural-networks-learn.answers"
HEARD = """window.held = [];
window.WebSocket = class extends WebSocket {
  addEventListener(type, hear, ...rest) {
    super.addEventListener(type, type === 'message' ? (THEN)(hear) : hear, ...rest);
  }
};"""
LATE = """(hear, at = 0) => event => {
  at = Math.max(at + 30, performance.now());
  setTimeout(() => hear(event), at - performance.now());
}"""  # each of the server's messages 30 ms after the one before: what is old stays in sight while the new arrives
GATED = "hear => event => { window.gated ? held.push(() => hear(event)) : hear(event); }"
OPEN = """async () => {
  for (const hear of held) { hear(); await new Promise(later => setTimeout(later, 5)); }
  window.gated = false;
}"""  # as they came: one after another
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"


def stored(page) -> dict:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}') ?? '{{}}'"))


def commit(page, option: int = 0) -> None:
    page.locator('[role="radiogroup"] label').nth(option).click()
    press(page, "Commit")


def reload(page) -> None:
    page.reload(wait_until="domcontentloaded")
    wait_until_settled(page)


def asks(page) -> bool:
    return page.get_by_role("button", name="Commit", exact=True).count() > 0


def test_a_reload_keeps_what_was_answered_and_forgets_it_on_demand(visit):
    page = visit("neuron", skip=False)
    assert stored(page) == {}
    commit(page, 1)
    page.locator('[role="radiogroup"]').last.locator("label").first.click()
    wait_until_settled(page)
    assert stored(page) == {"neuron.prediction": 1, "neuron.one.check.2": 0}
    reload(page)
    assert not asks(page)
    assert page.get_by_text("You said:").is_visible()
    assert page.locator('[data-testid="stRadio"]').last.locator("input").first.is_checked()
    page.get_by_role("button", name="Forget my answers").click()
    page.get_by_role("button", name="Yes, forget them all").click()
    page.get_by_role("button", name="Commit", exact=True).wait_for()
    assert stored(page) == {}
    reload(page)
    assert asks(page)
    assert page.problems == []


def test_the_page_never_asks_again_what_is_answered(visit):
    page = visit("neuron", skip=False)
    commit(page)
    change(page, """new MutationObserver(() => {
      const ask = [...document.querySelectorAll('button')].find(b => b.innerText === 'Commit');
      if (ask?.checkVisibility({ visibilityProperty: true })) window.askedAgain = true;
    }).observe(document, { childList: true, subtree: true, attributes: true });""")  # fmt: skip
    change(page, HEARD.replace("THEN", LATE))
    reload(page)
    assert not asks(page)
    assert page.evaluate("window.askedAgain") is None


@pytest.mark.parametrize("text", ["{", "[]", "null", "x" * 200_000, '{"neuron.prediction": 99, "<b>": 1}'])
def test_a_storage_that_somebody_wrote_into_opens_the_page(visit, text):
    page = visit("neuron", skip=False)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    reload(page)
    assert asks(page)
    assert page.get_by_role("button", name="Commit", exact=True).is_visible()
    commit(page)
    assert stored(page)["neuron.prediction"] == 0
    assert page.problems == []


def test_a_browser_that_saves_nothing_says_so(visit):
    page = visit("glossary", skip=False)
    change(page, BLOCKED)
    page.goto(page.url.replace("glossary", "neuron"), wait_until="domcontentloaded")
    wait_until_settled(page)
    assert page.get_by_text("This browser doesn't let us save your answers").count() == 1
    commit(page)
    assert not asks(page)
    assert page.problems == []


def test_a_page_that_hears_its_answers_late_goes_on(visit, server):
    page = visit("glossary", skip=False)
    change(page, HEARD.replace("THEN", GATED))
    page.goto(f"{server.url}/neuron", wait_until="domcontentloaded")
    skip_prediction(wait_until_settled(page))
    weight = slider(page, "Weight w")
    page.evaluate("window.gated = true")
    for key in ["PageUp"] * 4 + ["PageDown"] * 4:  # the last asks for a chart that the browser has not forgotten yet
        asked = len(page.sent)
        weight.press(key)
        until = monotonic() + 30
        while len(page.sent) == asked and monotonic() < until:
            page.wait_for_timeout(50)
        assert len(page.sent) > asked
        page.wait_for_timeout(400)  # the server ends this run
    page.evaluate(OPEN)
    wait_until_settled(page)
    slide(page, "Weight w")
    assert "w=" in page.url
    assert page.problems == []


def test_two_tabs_add_to_each_other(visit):
    one = visit("neuron", skip=False)
    two = one.context.new_page()
    two.goto(one.url.replace("neuron", "loss"), wait_until="domcontentloaded")
    wait_until_settled(two)
    commit(two, 1)
    commit(one, 2)
    assert stored(one) == {"neuron.prediction": 2, "loss.prediction": 1}
    reload(two)
    assert not asks(two)


@pytest.mark.parametrize("hand", ["key", "mouse"])
def test_the_keyboard_goes_on_after_a_prediction(visit, hand):
    page = visit("neuron", skip=False)
    button = page.get_by_role("button", name="Skip", exact=True)
    height = button.bounding_box()["y"]
    if hand == "key":
        button.focus()
        page.keyboard.press("Enter")
    else:
        button.click()
    wait_until_settled(page)
    page.wait_for_function("""() => document.activeElement.closest('[data-testid="stMain"]')""")
    top = page.evaluate("() => document.activeElement.getBoundingClientRect().top")
    assert top > 0
    assert top < height + 600


@pytest.fixture
def serve() -> Iterator[Callable[[], tuple[subprocess.Popen[bytes], str]]]:
    """Return ``serve()``: starts the app, each time at the same port, and waits until it answers."""
    port, started = free_port(), []

    def start() -> tuple[subprocess.Popen[bytes], str]:
        options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
        words = [word for name, value in options.items() for word in (f"--server.{name}", str(value))]
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *words]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started.append(process)
        for _ in range(600):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return process, f"http://127.0.0.1:{port}"
            time.sleep(0.1)
        raise RuntimeError("the app did not answer")

    yield start
    for process in started:
        process.kill()
        process.wait(10)


def test_a_server_that_was_killed_is_missed_in_words_and_comes_back_by_itself(visit, serve):
    process, url = serve()
    page = visit("training?lr=0.1&epochs=50&epoch=20", base=url)
    process.kill()
    process.wait(10)
    lost = page.get_by_text("The connection to the server is lost.")
    lost.wait_for(timeout=10_000)
    serve()
    lost.wait_for(state="hidden", timeout=60_000)
    wait_until_settled(page)
    assert "lr=0.1&epochs=50&epoch=20" in page.url
    assert page.get_by_role("button", name="Skip", exact=True).count() == 0, "what was answered is known again"
    page.locator(".bar output").get_by_text("epoch 20 of 50").wait_for()
