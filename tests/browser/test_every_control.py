"""Every view opens dark on a telephone, and whole on a tablet; by day and on a wide screen, each control changes
something in sight.

What a view asks first is answered there, and only then is shown. One view's controls are moved with a finger, the next
one's with a mouse. None closes what the learner has opened.
Where a mouse rests on a chart, it finds words and rounded numbers. The first link of each page wakes a server that
nobody has spoken to yet.
"""

import os
import re
from urllib.parse import urlencode

import pytest

from core.ui.lessons import BY_SLUG, LESSONS, PARTS
from tests.browser.controls import move_each
from tests.browser.driving import (
    DARK,
    NARROW,
    TABLETS,
    WIDE,
    assert_answer_is_in_sight,
    assert_few_numbers,
    assert_fits,
    assert_pictures_are_whole,
    assert_well,
    predict,
    skip_prediction,
    turn,
)
from tests.browser.tooltips import assert_tooltips_are_for_people
from tests.opening import views_of

pytestmark = pytest.mark.browser
OTHER_HAND = "OTHER_HAND" in os.environ  # with a finger what else a mouse moves, as the weekly exploration does
MORE = {
    "home": ("?epoch=20",),  # at rest, as the simulator: what plays changes by itself
    "forward": ("", "?inputs=2&step=2"),
    "backprop": ("", "?x1=1"),
    "training": (
        "?epoch=20&epochs=50&hidden=4-4&label_noise=0.2",
        "?epoch=5&epochs=5&hidden=4&dataset=digits&view=inputs",
    ),
    "predict": ("", "?dataset=digits", "?view=number"),
    "cost": ("?view=models&show=energy", "", "?view=spike", "?view=fair"),
}
"""Where a control is only drawn, or only rests, on other links than those to the views."""
TYPED = {"build-text": "5-6-7-2", "glossary-term": "gradient", "training-widths": "5-5", "predict-px-typed": "0,5",
         "predict-py-typed": "−0.5", "descent-x-typed": "−6", "descent-y-typed": "0,5",
         "attention-letters-typed": "DDAACC", "autoencoder-px-typed": "0,5",
         "autoencoder-py-typed": "0.75",
         "approximation-t2-typed": "−2", "approximation-v2-typed": "0,5", "approximation-b2-typed": "10",
         "approximation-steep-typed": "7",
         "recurrence-seq-typed": "0011"}  # fmt: skip
LEADS_AWAY = {"home-start"}
CHOOSES_VIEW = r"-view$|^neuron-two$|^forward-net$|^predict-network$"
ASKS = {"home", "neuron"}  # the other pages ask by the same function, and AppTest answers there
QUESTIONS = r"-check-|^quiz-|^takeaways-next$"
ANSWERS_ELSEWHERE = {"home", "forward", "backprop", "build", "training", "predict", "inside", "takeaways", "glossary"}
"""Where what is asked, or tried, has another place: below a wide picture, or between two."""
MANY_NUMBERS = {"training", "glossary"}  # whoever experiments in the simulator needs them; the glossary has definitions
WORDS_ANSWER = {
    "attention-place", "backprop-rate", "backprop-loss", "build-batch", "Epochs to add", "glossary-term",
    "schedules-t", "takeaways-reset",
}  # fmt: skip
"""What is answered by words and numbers, with no picture in sight that changes; all others move a picture."""
SET_OTHERWISE = {
    "home": {"seed": "home-try-2", "epoch": "test_home.py: the player"},
    "forward": {"step": "forward-stepper-step"},
    "recurrence": {"at": "recurrence-stepper-back", "epoch": "test_charts_player.py: the player"},
    "loss": {"wrong": "loss-try-1", "mistake": "loss-try-3"},
    "backprop": {"step": "backprop-stepper-step", "updates": "Apply one update"},
    "predict": {"row": "Another digit", "px": "predict-px-typed", "py": "predict-py-typed",
                "epoch": "test_page.py: the network of the epoch in a link"},
    "descent": {"x": "descent-x-typed", "y": "descent-y-typed", "epoch": "test_charts_player.py: the player",
                "batch": "test_page.py: the batches of a real network"},
    "landscape": {"epoch": "test_charts_player.py: the player"},
    "vanishing": {"epoch": "test_charts_player.py: the player"},
    "initialization": {"epoch": "test_charts_player.py: the player"},
    "activations": {"epoch": "test_charts_player.py: the player"},
    "attention": {"epoch": "test_charts_player.py: the player"},
    "autoencoder": {"px": "autoencoder-px-typed", "py": "autoencoder-py-typed",
                    "epoch": "test_charts_player.py: the player"},
    "approximation": {"n": "approximation-add", "steep": "approximation-steep-typed"},
    "batch_norm": {"epoch": "test_charts_player.py: the player"},
    "regularization": {"epoch": "test_charts_player.py: the player"},
    "overfitting": {"epoch": "test_charts_player.py: the player"},
    "validation": {"epoch": "test_charts_player.py: the player"},
    "reward": {"epoch": "test_charts_player.py: the player"},
    "inside": {"row": "inside-another"},
    "convolution": {"row": "convolution-another", "epoch": "test_charts_player.py: the player"},
    "takeaways": {"seed": "test_takeaways.py: another five"},
    "training": {"epoch": "test_simulator.py: the player", "layer": "Enlarged unit", "unit": "Enlarged unit"},
}  # fmt: skip
"""What a link holds and no control of the same name sets, with the control or the test of a picture that does."""


def elsewhere(slug: str) -> str:
    """Return which controls are not moved here: most experiments of a view, and most pages' checks.

    The second one is: the first may set what a page opens on. The others are drawn, and answered, by the same code;
    AppTest presses every pair of experiments and answers every check.
    """
    needed = {"1", *re.findall(r"-try-(\d)", " ".join(SET_OTHERWISE.get(slug, {}).values()))}
    return f"-try-(?![{''.join(needed)}])" + ("" if slug in ASKS else "|-check-")


def settings(slug: str) -> set[str]:
    """Return the names of what the page's link holds, from the table in its code."""
    code = BY_SLUG[slug].file.read_text()
    return set(re.findall(r'(?<![\w.])(?:number|whole|moment|choice|switch|nearest|text)\("(\w+)"', code))


def assert_it_is_the_page(page, lesson) -> None:
    """The page is the lesson's own, inside the frame of the course."""
    ways = page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"]').all_text_contents()
    unfolded = [LESSONS[0], *PARTS[lesson.part or next(iter(PARTS))]]
    assert all(way.endswith(other.numbered) for way, other in zip(ways, unfolded, strict=True)), ways
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
    assert page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"] p').evaluate_all(cut) == []
    assert page.get_by_role("heading", name=lesson.numbered, exact=True).is_visible()
    assert page.get_by_text(lesson.question, exact=True).first.is_visible()


def assert_no_code_was_read(page) -> None:
    """What colors code would be over a quarter of what a first visit reads; it waits until somebody asks for code."""
    read = page.evaluate("() => performance.getEntriesByType('resource').map(e => e.name)")
    assert any("embed" in name or "StreamlitMarkdown" in name for name in read)
    assert [name for name in read if "SyntaxHighlighter" in name] == []


@pytest.mark.parametrize("slug", [lesson.slug for lesson in LESSONS])
def test_every_control_changes_something_in_sight(visit, leave, fresh_server, slug):
    known, answers, unlinked, closed, asked = set(LEADS_AWAY), {}, set(), [], False
    views = MORE.get(slug) or ["?" + urlencode(view) if view else "" for view in views_of(slug)]
    for place, view in enumerate(views, start=list(BY_SLUG).index(slug)):
        path = ("" if slug == "home" else slug) + view
        finger = bool(place % 2) != OTHER_HAND
        page = visit(path, width=NARROW, dark=True, motion=False, base=fresh_server.url, touch=finger, skip=False)
        asked = predict(page) or asked
        skip_prediction(page)  # a page and its view may each ask something
        assert assert_well(page, fresh_server)["background"] == DARK
        assert_no_code_was_read(page)
        assert_fits(page)
        answers_first = view == views[0] and slug not in ANSWERS_ELSEWHERE
        if answers_first:
            assert_answer_is_in_sight(page)
        for width in (*TABLETS, WIDE):
            turn(page, width)
            assert_fits(page)
            assert_pictures_are_whole(page)
        if answers_first:
            assert_answer_is_in_sight(page)
        assert_it_is_the_page(page, BY_SLUG[slug])
        if slug not in MANY_NUMBERS:
            assert_few_numbers(page)
        assert_tooltips_are_for_people(page)
        found = move_each(page, TYPED, known, CHOOSES_VIEW, elsewhere(slug), QUESTIONS)
        known |= found.moved.keys() | found.empty
        answers |= found.moved
        unlinked |= found.unlinked
        closed += found.closed
        assert page.problems == []
        leave(page)
    assert [name for name, answer in answers.items() if not answer] == [], "nothing in sight answers to these"
    in_words = {name for name, answer in answers.items() if answer == "words" and not re.search(QUESTIONS, name)}
    assert in_words <= WORDS_ANSWER, "these move no picture in sight"
    assert unlinked <= {"Epochs to add"}
    assert closed == []
    assert asked == (slug != "glossary")
    moved = {re.sub(r" .*", "", name) if "-try-" in name else name for name in known}
    others = SET_OTHERWISE.get(slug, {})
    assert {name for name in settings(slug) if f"{slug}-{name}" not in moved} == set(others)
    assert {by for by in others.values() if not by.startswith("test_")} <= moved
    assert fresh_server.tracebacks() == ""
