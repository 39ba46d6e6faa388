"""Predict first, then look, then be asked: what the parts of a lesson do, and what every lesson's words hold to."""

import importlib
import inspect
from pathlib import Path

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from core.lessons.neuron import study as neuron
from core.ui import teaching
from core.ui.lessons import BY_SLUG
from core.ui.words import Item, Option, Words

LESSONS = Path(__file__).parents[2] / "core" / "lessons"
SPOKEN = {
    path.parent.name: importlib.import_module(f"core.lessons.{path.parent.name}.words")
    for path in sorted(LESSONS.glob("*/words.py"))
}
WORKSHOPS = ("home", "build", "training")  # many controls, presets of their own
TAUGHT = {slug: words.LESSON for slug, words in SPOKEN.items() if words.LESSON.views}


def app():
    import streamlit as st

    from core.lessons.neuron import study as neuron
    from core.training.settings import number
    from core.ui import teaching
    from core.ui.link import Link
    from core.ui.words import Item, Option, Try, View, Words

    link = Link("one", [number("w", 1, -9, 9, "Weight"), number("b", 0, -9, 9, "Bias")]).open()
    item = Item(
        "What happens?",
        (Option("It grows", "So it does.", right=True), Option("It shrinks", "Only if the sign turned.")),
    )
    words = Words({"": View(item)}, checks=(item, item, item))
    chosen = teaching.prediction("one", words)
    st.caption(f"chosen {chosen}")
    if chosen is not None:
        st.slider("Weight", -9.0, 9.0, key=link.key("w"))
        teaching.confront(item, chosen, "it grew from 1 to 2.")
        teaching.tries(
            link, [Try("Triple", {"w": 3.0}, "Now it is three.")], Try("Fails", {"w": 0.0, "b": 0.0}, "Nothing moves.")
        )
        teaching.checks("one", (item, Item("And there?", item.options, kind="transfer"), item))
        teaching.misconceptions([("More is better.", "It is not.")])
        teaching.code(neuron.pre_activation)
    st.caption(f"completed {teaching.completed('one')}")  # with the words of the fixture
    link.save()


@pytest.fixture
def at(monkeypatch) -> AppTest:
    item = Item("?", (Option("a", "", right=True), Option("b", "")))
    monkeypatch.setattr(teaching, "words_of", lambda slug: Words(checks=(item,) * 3))
    return AppTest.from_function(app, default_timeout=30).run()


@pytest.fixture
def committed(at) -> AppTest:
    return press(at, "Skip")


def press(at: AppTest, label: str) -> AppTest:
    at = next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def said(at: AppTest) -> list[str]:
    return [e.value for kind in (at.success, at.warning, at.info) for e in kind]


def test_nothing_is_measured_before_a_prediction(at):
    assert at.caption[0].value == "chosen None"
    assert "What happens?" in at.markdown[0].value
    assert [button.label for button in at.button] == ["Commit", "Skip"]
    assert said(at) == []


def test_committing_to_nothing_commits_nothing(at):
    captions = [caption.value for caption in press(at, "Commit").caption]
    assert captions[:2] == [teaching.UNCHOSEN, "chosen None"]
    assert [caption.value for caption in at.run().caption] == captions[1:]  # it's said once


def test_choosing_alone_commits_nothing(at):
    assert at.radio[0].set_value(1).run().caption[0].value == "chosen None"


@pytest.mark.parametrize(
    ("option", "kind", "text"),
    [
        (0, "success", "**You said:** It grows.\n\nSo it does.\n\n**Measured:** it grew from 1 to 2."),
        (1, "warning", "**You said:** It shrinks.\n\nOnly if the sign turned.\n\n**Measured:** it grew from 1 to 2."),
    ],
)
def test_a_prediction_is_set_beside_what_was_measured(at, option, kind, text):
    at.radio[0].set_value(option)
    press(at, "Commit")
    assert said(at) == [text]
    assert [e.value for e in at.get(kind)] == [text]
    assert "Commit" not in [button.label for button in at.button]


def test_skipping_shows_what_was_measured_and_why(committed):
    assert said(committed) == ["**Measured:** it grew from 1 to 2. So it does."]


def test_a_try_sets_the_controls_and_says_what_to_look_for(committed):
    press(committed, "Triple")
    assert committed.slider[0].value == 3
    assert committed.query_params == {"w": "3", "v": "1"}
    assert "Now it is three." in said(committed)
    committed.slider[0].set_value(4.0).run()  # what it speaks of is no longer on the screen
    assert "Now it is three." not in said(committed)


@pytest.mark.parametrize(("link", "says"), [({"w": "3"}, True), ({"w": "2"}, False), ({}, False)])
def test_a_link_to_a_try_says_it_too(at, link, says):
    opened = AppTest.from_function(app, default_timeout=30)
    opened.query_params.update(link)
    press(opened.run(), "Skip")
    assert ("Now it is three." in said(opened)) == says
    press(opened, "Reset")
    assert "Now it is three." not in said(opened)


def test_where_it_fails_is_a_try_too(committed):
    press(committed, "Fails")
    assert committed.slider[0].value == 0
    assert "Nothing moves." in said(committed)


def test_reset_undoes_a_try(committed):
    press(committed, "Triple")
    press(committed, "Reset")
    assert committed.slider[0].value == 1
    assert committed.query_params == {}
    assert len(said(committed)) == 1


def test_every_answer_is_answered(committed):
    assert [radio.key for radio in committed.radio] == ["one.check.0", "one.check.1", "one.check.2"]
    assert committed.radio[1].label == "**In a new setting.** And there?"
    committed.radio[0].set_value(1).run()
    assert [e.value for e in committed.warning] == ["Only if the sign turned."]
    committed.radio[0].set_value(0).run()  # a second thought
    assert [e.value for e in committed.success] == ["So it does."]
    assert list(committed.warning) == []
    assert committed.radio[0].value == 0


def test_an_answer_that_comes_back_from_the_browser_is_shown_and_one_that_is_forgotten_is_not(committed):
    committed.session_state["teaching.answers"]["one.check.0"] = 0
    committed.run()
    assert committed.radio[0].value == 0
    assert [e.value for e in committed.success] == ["So it does."]
    committed.session_state["teaching.answers"].clear()
    committed.run()
    assert [button.label for button in committed.button] == ["Commit", "Skip"]
    press(committed, "Skip")
    assert committed.radio[0].value is None
    assert list(committed.success) == []


@pytest.mark.parametrize("option", [-2, 2, 9])
def test_an_answer_that_a_question_does_not_offer_is_none(committed, option):
    committed.session_state["teaching.answers"]["one.check.0"] = option
    committed.run()
    assert not committed.exception
    assert committed.radio[0].value is None
    committed.session_state["teaching.answers"]["one.prediction"] = option
    committed.run()
    assert [button.label for button in committed.button] == ["Commit", "Skip"]


def test_a_lesson_is_complete_once_all_is_answered(committed):
    for k in range(3):
        assert committed.caption[-1].value == "completed False"
        committed.radio[k].set_value(k % 2).run()
    assert committed.caption[-1].value == "completed True"


def test_the_code_on_the_page_is_the_code_that_runs(committed):
    assert not committed.code
    committed.session_state["code"] = True
    committed.run()
    assert committed.code[0].value == inspect.getsource(neuron.pre_activation).strip()
    assert "`core/lessons/neuron/study.py`" in [c.value for c in committed.caption]


def test_an_items_answer_is_its_right_option():
    assert Item("?", (Option("a", ""), Option("b", "", right=True))).answer == 1
    with pytest.raises(ValueError, match="not in list"):
        _ = Item("?", (Option("a", ""),)).answer


# What every lesson's words hold to


def items(words) -> list[Item]:
    own = [item for view in words.views.values() for item in (view.prediction, *view.checks)]
    return [*own, *words.checks, *words.quiz]


@pytest.mark.parametrize("slug", TAUGHT)
def test_every_question_has_one_right_answer_and_a_word_for_each(slug):
    for item in items(TAUGHT[slug]):
        assert [option.right for option in item.options].count(True) == 1, item.question
        assert len({option.text for option in item.options}) == len(item.options) >= 3, item.question
        assert all(len(option.says.split()) >= 3 for option in item.options), item.question


@pytest.mark.parametrize("slug", TAUGHT)
def test_no_question_of_a_lesson_is_asked_twice(slug):
    asked = [item.question for item in items(TAUGHT[slug])]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("slug", TAUGHT)
def test_a_prediction_offers_three_or_four_options(slug):
    assert {len(view.prediction.options) for view in TAUGHT[slug].views.values()} <= {3, 4}


@pytest.mark.parametrize("slug", [slug for slug in TAUGHT if BY_SLUG[slug].number])
def test_every_lesson_asks_to_check_to_transfer_and_to_recall(slug):
    for view in TAUGHT[slug].views:
        asked = TAUGHT[slug].checked(slug, view).values()
        assert [item.kind for item in asked] == ["check", "transfer", "recall"], view


@pytest.mark.parametrize("slug", [slug for slug in TAUGHT if slug not in WORKSHOPS])
def test_every_try_says_what_to_look_for_and_one_shows_where_it_fails(slug):
    for view in TAUGHT[slug].views.values():
        found = [*view.tries, *([view.fails] if view.fails else [])]
        assert len({t.label for t in found}) == len(found) >= 2
        assert all(t.values and len(t.look.split()) >= 4 for t in found)
        assert view.fails
        assert "fail" in view.fails.label.lower()


@pytest.mark.parametrize("slug", SPOKEN)
def test_words_belong_to_a_lesson_and_hold_no_markup(slug):
    assert slug in BY_SLUG
    text = (LESSONS / slug / "words.py").read_text()
    for markup in ("<script", "<iframe", "<span", "<div", "<br", "<b>", "](http://"):
        assert markup not in text


def test_right_answers_do_not_mostly_stand_at_the_same_place():
    checks = {}
    for slug, words in TAUGHT.items():
        for view in words.views or [""]:
            checks |= words.checked(slug, view)
    places = [item.mixed(name).index(item.answer) for name, item in checks.items()]
    most = max(places.count(place) for place in set(places))
    assert most <= 0.4 * len(places), f"{most} of {len(places)} checks have their right option at one place"
    quiz = [item.answer for words in TAUGHT.values() for item in words.quiz]  # mixed anew each time it is drawn
    predictions = [view.prediction.answer for words in TAUGHT.values() for view in words.views.values()]
    for answers in (quiz, predictions):
        assert max(answers.count(place) for place in set(answers)) <= 0.6 * len(answers)


def item_of(*texts: str) -> Item:
    return Item("?", tuple(Option(text, "", not k) for k, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (("20,000", "20,100", "300"), [2, 0, 1]),
        (("1.5", "−3", "−1.5"), [1, 2, 0]),
        (("About 0.05", "About 0.001", "0.5"), [1, 0, 2]),
        (("4: one more than the folds", "8", "3"), [2, 0, 1]),
    ],
)
def test_amounts_are_offered_in_order(texts, order):
    assert item_of(*texts).mixed("a.check.0") == order


def test_options_are_mixed_by_the_checks_name_and_what_sums_them_up_is_last():
    item = item_of("Both alike", "The red one", "The blue one")
    orders = {tuple(item.mixed(f"{name}.check.0")) for name in "abcdefgh"}
    assert orders == {(1, 2, 0), (2, 1, 0)}
    assert item.mixed("a.check.0") == item.mixed("a.check.0")


def test_skipped_is_what_the_tests_of_pages_seed():
    assert teaching.SKIPPED == -1


def slow():
    import streamlit as st

    from core.ui import teaching
    from core.ui.words import Item, Option, View, Words

    item = Item(
        "Of {all}, {right:.0%} are right. And of the others?",
        (Option("More", "No.", right=True), Option("Fewer", "Yes.")),
    )

    def later():
        st.caption("computing")
        return {"right": 0.5}

    chosen = teaching.prediction("slow", Words({"": View(item)}), "", later, all=7)
    st.caption(f"chosen {chosen}")


def test_a_question_is_there_before_its_numbers_and_waits_for_none_once_answered(monkeypatch):
    put = []
    markdown = DeltaGenerator.markdown

    def noted(self, body, *rest, **options):
        put.append(body)
        return markdown(self, body, *rest, **options)

    monkeypatch.setattr(DeltaGenerator, "markdown", noted)
    at = AppTest.from_function(slow, default_timeout=30).run()
    asked = [body for body in put if "Predict first" in body]
    assert [body.split("** ")[1] for body in asked] == [
        "Of 7, …% are right. And of the others?",
        "Of 7, 50% are right. And of the others?",
    ]
    put.clear()
    at.run()
    assert "…" not in "".join(put)
    at.button(key="slow.prediction.skip").click().run()
    assert [c.value for c in at.caption] == ["chosen -1"]


@pytest.mark.parametrize(
    ("slug", "set_before", "first", "then"),
    [
        ("regularization", {"seed": 7}, "penalty", "dropout"),
        ("overfitting", {"units": 1, "challenge": "boundary"}, "size", "time"),
    ],
)
def test_a_view_comes_as_it_asks_whatever_another_one_had_set(open_app, slug, set_before, first, then):
    at = open_app(slug, commit=False, view=first, **set_before)
    at.button(key=f"{TAUGHT[slug].question(slug, first)}.skip").click().run()
    at.button_group(key=f"{slug}.view").set_value(then).run()
    opening = TAUGHT[slug].views[then].opening
    assert opening
    assert {name: at.session_state[f"{slug}.{name}"] for name in opening} == opening
    at.button(key=f"{slug}.{then}.prediction.skip").click().run()
    changed = next(iter(set_before))
    at.session_state[f"{slug}.{changed}"] = set_before[changed]
    at.run()
    at.button_group(key=f"{slug}.view").set_value(first).run()
    at.button_group(key=f"{slug}.view").set_value(then).run()
    assert at.session_state[f"{slug}.{changed}"] == set_before[changed]  # who has answered may take settings along
    assert not at.exception


def test_each_view_is_found_as_it_was_left(open_app):
    at = open_app("reward", cell="b3", reward=2, epoch=7)
    at.button_group(key="reward.view").set_value("network").run()
    assert (at.session_state["reward.cell"], at.session_state["reward.reward"]) != ("b3", 2)
    assert at.session_state["reward.epoch"] == TAUGHT["reward"].views["network"].opening["epoch"]
    at.session_state["reward.robot"] = 3
    at.run()
    at.button_group(key="reward.view").set_value("table").run()
    assert [at.session_state[f"reward.{name}"] for name in ("cell", "reward", "epoch", "robot")] == ["b3", 2, 7, 1]
    at.button_group(key="reward.view").set_value("network").run()
    assert at.session_state["reward.robot"] == 3
