"""The takeaways: the quiz, its score, and what is collected from the lessons."""

import re

import pytest

from core.lessons.home import words as home
from core.lessons.neuron import words as neuron
from core.lessons.takeaways import quiz, words
from core.lessons.takeaways.essentials import RUN, SLOW, essentials
from core.training.one_step import one_step
from core.ui.lessons import BY_SLUG, LESSONS
from core.ui.words import Item, Option, words_of
from core.workshop.presets import BY_SLUG as PRESETS
from tests.pages.test_length import MOST_WORDS, count
from tests.pressing import press


def shown(at) -> str:
    kinds = ("markdown", "info", "success", "warning", "caption", "subheader")
    return "\n".join(str(element.value) for kind in kinds for element in at.get(kind))


def asked(seed=0):
    return quiz.draw(quiz.pool(), seed, words.COUNT)


def answer(at, right, seed=0):
    """Answer the quiz, so many of it rightly."""
    for k, one in enumerate(asked(seed)):
        if k:
            press(at, words.NEXT)
        good = one.item.answer
        at.radio(key=one.name).set_value(good if k < right else (good + 1) % len(one.item.options)).run()
    assert not at.exception
    return at


def test_the_questions_are_hidden_until_there_is_a_prediction(open_app):
    at = open_app("takeaways", commit=False)
    assert [r.key for r in at.radio] == ["takeaways.prediction.options"]
    assert [r.key for r in open_app("takeaways").radio] == [asked()[0].name]


def test_the_link_holds_the_questions(open_app):
    at = open_app("takeaways", seed=7)
    for k, one in enumerate(asked(7), 1):
        assert [r.key for r in at.radio] == [one.name]
        assert f"Question {k} of 5" in [s.value for s in at.subheader]
        at.radio(key=one.name).set_value(0).run()
        at = press(at, words.NEXT) if k < 5 else at
    assert words.NEXT not in [b.label for b in at.button]
    assert [one.name for one in asked(7)] != [one.name for one in asked(8)]


def test_another_five(open_app):
    at = press(answer(open_app("takeaways"), right=5), words.AGAIN)
    assert at.query_params == {"seed": "1", "step": "1", "v": "1"}
    assert [r.key for r in at.radio] == ["takeaways.prediction.options"]  # a new guess for new questions
    assert [r.key for r in press(at, "Skip").radio] == [asked(1)[0].name]


def test_answers_given_earlier_are_not_asked_again(open_app):
    at = open_app("takeaways")
    at.session_state["teaching.answers"] |= {one.name: one.item.answer for one in asked(1)[:2]}
    at.query_params["seed"] = "1"
    at.run()
    assert [r.key for r in at.radio] == [asked(1)[2].name]


def test_every_lesson_gives_the_quiz_items_that_no_page_asks():
    for lesson, _, item in quiz.pool():
        words_there = words_of(lesson.slug)
        asked = {c.question for view in words_there.views or [""] for c in words_there.checked("", view).values()}
        assert (item.question in asked) == (not words_there.quiz)


@pytest.mark.parametrize(
    ("right", "done", "says", "ways"),
    [
        (5, (), words.UNFINISHED, ["1. Inside a single neuron", "2. Forward propagation", "3. Loss functions"]),
        (5, [lesson.number for lesson in LESSONS], words.FINISHED, ["7. Training simulator"]),
        (4, [lesson.number for lesson in LESSONS], words.LOOK, [asked()[4].lesson.numbered]),
    ],
)
def test_what_to_do_next_depends_on_the_answers(open_app, right, done, says, ways):
    at = open_app("takeaways")
    finished = [lesson.slug for lesson in LESSONS if lesson.number in done and lesson.number]
    at.session_state["teaching.answers"] |= {
        name: 0 for slug in finished for view in words_of(slug).views for name in words_of(slug).checked(slug, view)
    }
    answer(at, right)
    assert says in shown(at)
    assert [link.label for link in at.main.get("page_link") if "replay" in link.icon] == ways


def test_the_step_is_the_link_s_and_its_line_adds_up(open_app):
    at = open_app("takeaways", step=5)
    step = one_step(RUN, 5)
    alt = at.get("vega_lite_chart")[0].proto.alt
    assert "step 5 of 700" in alt
    assert f"Forward pass: {step.prediction:.3f}" in alt
    numbers = [float(v) for v in re.findall(r"\{\(?(-?\d+\.\d+)\)?\}", " ".join(e.value for e in at.latex))]
    assert numbers == pytest.approx([step.weight, step.gradient, step.weight_after], abs=5e-4)


def test_the_takeaways_say_little_whatever_was_answered(open_app):
    longest = sorted(quiz.pool(), key=lambda row: len(str(row[2])))[-1]
    at = open_app("takeaways")
    at.session_state["teaching.answers"] |= {lesson.slug + ".prediction": 0 for lesson in LESSONS}
    answer(at, right=0)
    item = asked()[4].item
    spare = len(str(longest[2]).split()) - len(str(item).split())
    assert count(at) + max(0, spare) <= MOST_WORDS


def test_every_answer_gets_its_feedback(open_app):
    at = open_app("takeaways")
    one = asked()[0]
    for k, option in enumerate(one.item.options):
        at.radio(key=one.name).set_value(k).run()
        boxes = at.success if option.right else at.warning
        assert option.says in [box.value for box in boxes]


@pytest.mark.parametrize("right", [0, 3, 4, 5])
def test_the_score_and_the_confrontation(open_app, right):
    at = open_app("takeaways", commit=False)
    at.radio(key="takeaways.prediction.options").set_value(1).run()  # "Four"
    next(b for b in at.button if b.label == "Commit").click()
    at.run()
    answer(at, right)
    assert at.metric[0].value == f"{right} of 5"
    told = next(box.value for box in [*at.success, *at.warning] if "**You said:**" in box.value)
    assert "Four" in told
    assert f"{right} of 5 right" in told
    assert (told in [box.value for box in at.success]) == (right == 4)
    assert words.judged(1, min(5 - right, 3)) in told
    assert len({words.judged(1, k) for k in (0, 1, 2)}) == 3


def test_only_the_first_answers_count(open_app):
    at = answer(open_app("takeaways"), right=5)
    last = asked()[4]
    for k, option in enumerate(last.item.options):
        at.radio(key=last.name).set_value(k).run()
        assert option.says in [box.value for box in [*at.success, *at.warning]]
        assert at.metric[0].value == "5 of 5"
    press(at, words.RESET)
    answer(at, right=0)
    assert at.metric[0].value == "0 of 5"


def test_who_skipped_the_guess_is_told_no_judgment(open_app):
    at = answer(open_app("takeaways"), right=3)
    assert words.UNGUESSED in at.info[0].value


def test_there_is_no_score_before_the_last_answer(open_app):
    at = open_app("takeaways")
    one = asked()[0]
    at.radio(key=one.name).set_value(0).run()
    assert not at.metric


def test_each_wrong_answer_links_to_its_lesson(open_app):
    at = answer(open_app("takeaways"), right=3)
    ways = [link.value for link in at.main.get("page_link")]
    wrong, right = asked()[3:], asked()[:3]
    assert all(one.lesson.numbered in ways for one in wrong)
    assert not any(one.lesson.numbered in ways for one in right)


def test_all_that_went_wrong_is_to_be_looked_at_again(open_app):
    at = answer(open_app("takeaways"), right=0)
    again = [link.label for link in at.main.get("page_link") if "replay" in link.icon]
    assert again == [one.lesson.numbered for one in asked()]


def test_the_quiz_begins_anew(open_app):
    at = answer(open_app("takeaways", seed=0, step=5), right=2)
    press(at, words.RESET)
    assert not at.exception
    assert not at.metric
    assert [r.key for r in at.radio] == [asked()[0].name]
    assert at.radio[0].value is None
    assert at.query_params == {"step": "1", "v": "1"}


def test_the_way_to_the_failure_says_what_to_look_at(open_app):
    at = open_app("takeaways")
    assert PRESETS["overfit"].look in shown(at)
    assert words.SET.format(seed=0) in shown(at)


def test_the_draw_mixes_lessons_and_keeps_every_answer():
    items = quiz.pool()
    lessons = {lesson.slug for lesson, _, _ in items}
    assert {"home", "neuron"} <= lessons
    drawn = set()
    for seed in range(3 * len(items)):  # so many that by chance none is left out
        five = quiz.draw(items, seed)
        assert five == quiz.draw(items, seed)
        assert len({one.lesson.slug for one in five}) == min(5, len(lessons))
        drawn |= {one.name.split(".", 2)[2] for one in five}
        for one in five:
            source = next(i for s, k, i in items if one.name == f"quiz.{seed}.{s.slug}.{k}")
            assert sorted(map(repr, one.item.options)) == sorted(map(repr, source.options))
            assert one.item.options[one.item.answer].right
    assert len(drawn) == len(items), "some item is never asked"
    assert all(item.kind != "recall" for _, _, item in items)


def test_few_lessons_are_enough_for_a_quiz():
    item = Item("?", (Option("a", "", True), Option("b", "")))
    items = [(BY_SLUG["neuron"], k, item) for k in range(3)]
    assert len(quiz.draw(items, 0)) == 3
    assert quiz.draw([], 0) == []


def test_predictions_are_collected_with_what_was_right(open_app):
    at = open_app("takeaways")
    wrong = (home.PREDICTION.answer + 1) % len(home.PREDICTION.options)
    at.session_state["teaching.answers"] = {
        "takeaways.prediction": -1,
        "home.prediction": wrong,
        "neuron.prediction": neuron.PREDICTION.answer,
        "loss.prediction": -1,  # skipped: no prediction
    }
    at.run()
    said = shown(at)
    assert "1 of 2 as measured" in said
    assert home.PREDICTION.options[wrong].text in said
    assert home.PREDICTION.options[home.PREDICTION.answer].text in said
    ways = [link.value for link in at.main.get("page_link")]
    assert "1. Inside a single neuron" in ways
    assert words.NO_PREDICTIONS not in said


def test_the_numbers_are_the_core_s(open_app):
    at = open_app("takeaways")
    step, found = one_step(RUN, 1), essentials()
    loop = at.get("vega_lite_chart")[0].proto.alt
    assert all(
        text in loop for text in (f"{step.loss:.4f}", f"{step.loss_after:.4f}", f"{step.gradient_norm:.3f}", "700")
    )
    said = shown(at)
    for text in (
        f"{found.bent:.0%} → {found.straight:.0%}",
        f"{found.push_cross_entropy:.2f} or {found.push_squared:.2f}",
        f"{found.parameters} in one pass",
        f"each of {found.draws} samples",
        f"{found.loss:.3f} or {found.slow_loss:.3f}",
        f"{found.sure:.4f}",
        f"{' + '.join(map(str, found.layers))} = {found.parameters}",
        f"has {step.total} steps at a rate of {RUN.learning_rate:g}",
        f"as many steps, at {SLOW:g}",
    ):
        assert text in said
    assert (RUN.learning_rate, SLOW) == (0.5, 0.001)  # "the first page's rate", "far too small"


def test_the_loop_names_the_lessons_that_showed_it(open_app):
    at = open_app("takeaways")
    ways = [link.value for link in at.main.get("page_link")]
    assert [w for w in ways if w.startswith("**") and w[2].isdigit()] == [
        f"**{k} {name}**" for k, (name, _, _) in enumerate(words.LOOP, 1)
    ]


def test_each_five_have_a_question_in_a_new_setting():
    for seed in range(300):
        drawn = asked(seed)
        assert "transfer" in [one.item.kind for one in drawn]
        assert len({one.lesson.slug for one in drawn}) == words.COUNT == len(drawn)
