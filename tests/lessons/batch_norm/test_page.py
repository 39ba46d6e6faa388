"""Lesson 16 says what the core computes, for every link."""

import json
import re

import numpy as np
import pytest

from core.charts.answers import answers, answers_text
from core.charts.described import describe
from core.charts.histograms import histograms, histograms_text
from core.charts.naming import minus
from core.lessons.batch_norm import study, words, worked
from tests.pressing import in_every_order, notes, press


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_it_loads_and_says_what_was_measured(open_app):
    at, ends = open_app("batch_norm"), study.middles(study.accuracies("sigmoid", 0.1))
    assert not at.exception
    assert f"{ends['without']:.0%} without and {ends['with']:.0%} with batch norm" in text(at)


@pytest.mark.parametrize("view", ["layers", "limits"])
def test_the_prediction_comes_first(open_app, view):
    at = open_app("batch_norm", commit=False, view=view)
    assert not at.exception
    assert not at.selectbox
    held = study.middles(study.accuracies("he", study.BROKEN))["with"]
    assert f"{held:.0%} with" not in text(at)


def test_the_limits_say_what_was_measured(open_app):
    at, ends = open_app("batch_norm", view="limits"), study.middles(study.accuracies("he", study.BROKEN))
    assert not at.exception
    assert at.session_state["batch_norm.case"] == "he"
    assert f"{ends['without']:.0%} without and {ends['with']:.0%} with batch norm" in text(at)


def of_layers(values):
    middle = study.middles(study.accuracies(values["case"], values["rate"]))
    return {"without": middle["without"], "with_": middle["with"]}


def of_limits(values):
    ends = (study.by_rate if values["along"] == "rate" else study.by_batch)(values["case"])
    middle = {side: np.median(v, axis=0) for side, v in ends.items()}
    he = np.median(study.by_rate("he")["with"], axis=0).min()
    found = {"without": middle["without"][0], "with_": middle["with"][0], "last": middle["with"][-1]}
    return found | {"low": middle["with"].min(), "he": he}


@pytest.mark.parametrize(("view", "expected"), [("layers", of_layers), ("limits", of_limits)])
def test_tries_set_all_that_their_words_depend_on(open_app, view, expected):
    at = open_app("batch_norm", view=view)
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**expected(tried.values)))]


@pytest.mark.claims
@pytest.mark.weekly
def test_no_rate_helps_sigmoid_without_it():
    found = study.by_rate("sigmoid")
    np.testing.assert_allclose(np.median(found["without"], axis=0), 0.5, atol=0.02)
    assert np.median(found["with"], axis=0).max() > 0.85
    small = study.by_rate("small")
    np.testing.assert_allclose(np.median(small["without"], axis=0), 0.5, atol=0.02)
    assert (np.median(small["with"], axis=0) > 0.85).all()


def plain(latex):
    return re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", latex)


@pytest.mark.parametrize("case", list(study.CASES))
def test_the_worked_line_is_so_as_written(case):
    first = study.watched(case, 0.1, 3)["first"]
    for values in first[[0, 3, -1]]:
        written = plain(worked.line(values))
        parts = r"\\frac\{\(?([-\d.]+)\)? - \(?([-\d.]+)\)?\}\{([-\d.]+)\} = ([-\d.]+)"
        z, mean, deviation, hat = map(float, re.search(parts, written).groups())
        digits = len(str(hat).partition(".")[2])
        assert hat == pytest.approx((z - mean) / deviation, abs=0.51 * 10.0**-digits + 1e-9)
        assert hat == pytest.approx((values[0] - values[1]) / values[2], abs=0.006)
        parts = r"&= ([-\d.]+|\([-\d.]+\)) \\times ([-\d.]+|\([-\d.]+\)) \+ ([-\d.]+|\([-\d.]+\)) \\\\ &= ([-\d.]+)"
        g, h, b, out = (float(v.strip("()")) for v in re.search(parts, written).groups())
        assert out == pytest.approx(g * h + b, abs=0.0051)


def test_the_pair_becomes_plus_and_minus_one():
    written = plain(worked.pair(words.TWO, study.normalize(np.array(words.TWO))))
    assert "(3.0 - 1.75) / 1.25 &= 1.00" in written
    assert "(0.5 - 1.75) / 1.25 &= -1.00" in written


def test_the_expander_computes_when_it_is_opened(open_app):
    at = open_app("batch_norm", commit=False, view="limits")
    at.session_state["batch_norm.modes"] = True
    at.button(key="batch_norm.limits.prediction.skip").click().run()
    assert not at.exception
    use = float(study.companions("he", 5)["use"])
    assert f"always {use:.2g}" in text(at)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    found, rows = study.watched("he", 0.1, 0), [f"layer {k}" for k in study.SHOWN]
    notes = [rows] * len(found["with histogram"])
    made = [
        histograms(found["with histogram"], study.EDGES, rows, notes, mode, title="With", x_title="z"),
        answers(np.array([0.1, 0.2, 0.9]), 0.15, mode, "Answers", "batches"),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))
    assert "layer 10" in histograms_text(rows, rows, title="With")
    assert "0.15" in answers_text(np.array([0.1, 0.2, 0.9]), 0.15)
