"""The glossary in a browser."""

import pytest

from tests.browser.driving import overflow

pytestmark = pytest.mark.browser


def test_a_word_in_a_lesson_opens_its_entry_beside_the_lesson(visit, settle):
    page = visit("neuron")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="bias", exact=True).first.click()
    entry = opened.value
    entry.get_by_text("The number that a neuron adds").wait_for(timeout=20_000)
    assert entry.url.split("/")[-1].startswith("glossary?term=bias")
    assert page.get_by_role("heading", name="1. Inside a single neuron").is_visible()


def test_typing_finds_a_term_and_a_preset_opens_the_simulator(visit, settle):
    page = visit("glossary", width=390)
    page.get_by_label("Find a term").fill("overfitting")
    page.get_by_label("Find a term").press("Enter")
    settle(page)
    assert page.locator("[data-testid='stMarkdown'] strong").first.inner_text() == "overfitting"
    assert "term=overfitting" in page.url
    assert overflow(page) == 0
    page.get_by_role("link", name="See it").first.click()
    settle(page)
    page.get_by_role("heading", name="7. Training simulator").wait_for(timeout=20_000)
    assert "hidden=64-64" in page.url
    assert page.problems == [], page.problems
