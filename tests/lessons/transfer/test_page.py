"""The lesson on transfer says what the core computes, for every link."""

import re

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.transfer import study, words
from tests.pressing import in_every_order, notes, press


@pytest.fixture(scope="module")
def found():
    numbers = {"seeds": study.SEEDS}
    for task, labels in (("noisy", 1), ("noisy", 30), ("other", 3), ("inverted", 10), ("inverted", 30)):
        numbers |= study.summary(task, labels, study.result(task, labels))
    return numbers


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_loads_where_old_learning_helps(open_app, found):
    at = open_app("transfer")
    assert not at.exception
    assert f"The old weights won {found['noisy_better1']:.0f} of 20 times" in text(at)
    assert f"*without any new training* reads {study.untouched('noisy'):.0%}" in text(at)
    assert found["noisy_better1"] >= 18


@pytest.mark.parametrize("task", study.TASKS)
def test_it_says_how_well_the_old_network_reads_pictures_like_its_own(open_app, task):
    before = study.before(task)
    assert f"from {before['pictures']} pictures and reads {before['share']:.0%} of others" in text(
        open_app("transfer", task=task)
    )
    assert before["pictures"] == (391 if task == "other" else 800)
    assert 0.95 < before["share"] < 1
    assert "from 800 pictures" in text(open_app("transfer", commit=False, task=task))  # the question's own task


def test_the_prediction_comes_first(open_app, found):
    at = open_app("transfer", commit=False, task="inverted", labels=30)
    assert not [*at.selectbox, *at.select_slider]
    assert f"{found['noisy_tuned1']:.0%}" not in text(at)
    at.radio(key="transfer.prediction.options").set_value(0)
    at.button(key="transfer.prediction.commit").click().run()
    assert "You said:** Those that start at random" in text(at)


def test_every_try_after_every_other_says_what_is_so(open_app, found):
    at = open_app("transfer")
    for tried in in_every_order(words.LESSON.views[""]):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**found))]


def test_new_digits_get_an_output_layer_of_their_own(open_app):
    assert words.NEW_DIGITS in text(open_app("transfer", task="other", labels=10))


@pytest.mark.parametrize("task", study.TASKS)
def test_the_worked_unit_is_that_of_the_old_network_and_its_lines_are_so_as_written(open_app, task):
    at = open_app("transfer", task=task)
    unit, _, names = study.most_active(task)
    weights = study.taught(task)[: 32 * 65].reshape(32, 65)[unit]
    shown, captions = study.pairs(task)
    X = shown[[0, 1 if captions[1].startswith("new") else 2]]
    hidden = study.taught(task)[: 32 * 65].reshape(32, 65)
    assert (hidden[:, :-1] @ X[0] + hidden[:, -1]).argmax() == unit  # "the most active"
    assert f"Unit {unit + 1} of {study.WIDTH} is the most active for the first old" in text(at).replace("\n", " ")
    (latex,) = [line.value for line in at.latex if "old " in line.value]
    assert all(name in captions and rf"\text{{{name.replace(':', '')}: }}" in latex for name in names)
    for line, x in zip(latex.split(r"\\"), X, strict=True):
        total, bias, z, out = (float(n) for n in re.findall(r"\{\(?(-?\d+\.\d+)\)?\}", line))
        assert total + bias == pytest.approx(z, abs=0.0051)
        assert total == pytest.approx(x @ weights[:-1], abs=0.0051)
        assert out == max(0, z)


def test_a_unit_answers_noise_as_before_and_a_swapped_picture_not_at_all():
    before, noisy = study.most_active("noisy")[1].sum(axis=1)
    assert abs(noisy - before) < 0.3 * before
    assert study.most_active("inverted")[1].sum(axis=1)[1] < -1


def test_the_curve_opens(open_app, monkeypatch):
    monkeypatch.setattr(study, "SEEDS", 20)
    at = open_app("transfer", task="other")
    at.session_state["transfer.curve"] = True
    at.run()
    assert not at.exception


@pytest.mark.parametrize(
    "query", [{"task": "<script>", "labels": "nan"}, {"labels": "-3"}, {"task": "other", "labels": ["1", "x"]}]
)
def test_hostile_links_open(open_app, query):
    at = open_app("transfer", **query)
    assert not at.exception
    assert at.warning


def test_one_check_one_transfer_one_recall():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    for item in (*words.CHECKS, *words.QUIZ, words.PREDICTION):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)


def test_the_verdict_on_the_unit_is_what_its_numbers_say(open_app):
    said = {task: words.VERDICTS[study.verdict(task, study.most_active(task)[1])] for task in study.TASKS}
    assert said["noisy"] == words.VERDICTS["fires"]
    assert said["inverted"] == words.VERDICTS["silent"]
    assert said["other"] == words.VERDICTS["other"]
    assert study.verdict("noisy", np.array([[2.0, 1.0], [0.5, 0.5]])) == "weak"
    for task, sentence in said.items():
        assert sentence in text(open_app("transfer", task=task))
