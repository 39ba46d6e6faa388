"""Lesson 15 says what the core computes, for every link."""

import re

import numpy as np
import pytest

from core.charts.naming import minus, scientific
from core.lessons.vanishing import study, words
from core.training.studies import sweep
from tests.pressing import notes, press


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_the_prediction_comes_first(open_app):
    at = open_app("vanishing", commit=False, depth=10)
    assert not at.exception
    assert not at.selectbox
    assert "Vanishing.**" not in text(at)
    at.radio(key="vanishing.prediction.options").set_value(0)
    at.button(key="vanishing.prediction.commit").click().run()
    assert "You said:** About the same" in text(at)
    assert "Vanishing.**" in text(at)


def test_every_try_says_what_is_so_and_sets_all_that_it_depends_on(open_app):
    at, view = open_app("vanishing", act="relu", depth=4, weights="large"), words.LESSON.views[""]
    for one in (*view.tries, view.fails):
        press(at, one.label)
        assert set(one.values) == {"act", "depth", "change", "weights"}
        setting = (one.values["act"], int(one.values["depth"]), one.values["change"], one.values["weights"])
        norms = study.start(*setting)[0]
        found = {
            "first": np.median(norms[:, 0]),
            "factor": float((np.median(norms[:, 0]) / np.median(norms[:, -1])) ** (1 / 9)),
            "largest": scientific(float(np.median(norms.max(axis=1))), 0),
            "accuracy": np.median(sweep(study.experiment(*setting), seeds=range(20)).train_accuracy[0, :, -1]),
        }
        assert notes(at) == [minus(one.look.format(**found))]


def plain(latex):
    return re.sub(r"\\textcolor\{[^}]*\}\{((?:[^{}]|\{[^}]*\})*)\}", r"\1", latex).replace("{", "").replace("}", "")


@pytest.mark.parametrize("setting", [("sigmoid", 10, "none"), ("sigmoid", 10, "batch_norm"), ("tanh", 4, "residual")])
def test_the_worked_lines_are_so_as_written(setting):
    norms, parts = study.start(*setting)
    middle = {kind: float(np.median(each)) for kind, each in parts.items()}
    factor, last = study.factor(norms), float(np.median(norms[:, -1]))
    written = plain(words.product(middle, factor))
    *values, rest, result = map(float, re.findall(r"\d+\.\d+", written))
    digits = len(re.search(r"= \d+\.(\d+)", written)[1])
    assert np.prod(values[:-1]) / values[-1] * rest == pytest.approx(result, abs=0.51 * 10**-digits)
    assert factor == pytest.approx(result, abs=0.51 * 10**-digits)
    line = plain(words.chain(last, factor, setting[1] - 1)).replace("\\times", "*").replace("^", "**")
    left, right = (eval(side.replace("10**-", "1/10**")) for side in line.split(" = "))
    assert float(f"{left:.1e}") == pytest.approx(right)
    assert right == pytest.approx(np.median(norms[:, 0]), rel=0.05)


@pytest.mark.claims
@pytest.mark.parametrize(("setting", "near"), [(("sigmoid", 10, "none"), 1), (("relu", 10, "none", "small"), 0)])
def test_weights_and_slopes_stand_beside_what_is_measured_where_they_say_it(setting, near):
    norms, parts = study.start(*setting)
    written = plain(words.on_the_way_back({k: float(np.median(v)) for k, v in parts.items()}, study.factor(norms)))
    assert bool(written) == near
    if near:
        weights, slope, made, measured = map(float, re.findall(r"\d+\.\d+", written))
        assert weights * slope == pytest.approx(made, abs=0.0051)
        assert made == pytest.approx(measured, rel=0.15)


@pytest.mark.parametrize("change", list(study.CHANGES))
def test_every_change_opens(open_app, change):
    at = open_app("vanishing", act="relu", depth=2, change=change, epoch=5)
    assert not at.exception
    assert any(rule.split("**")[1] in text(at) for rule in words.RULES.values())
    assert "nan" not in text(at)


@pytest.mark.parametrize("weights", ["small", "large"])
def test_links_that_call_first_weights_a_change_open_as_ever(open_app, weights):
    at = open_app("vanishing", act="tanh", depth=4, change=weights, v=1)
    assert not at.exception
    assert not at.warning
    assert at.query_params["weights"] == weights
    ended = study.ends(study.run("tanh", 4, "none", weights))
    assert f"After training: {ended['accuracy']:.0%} right" in text(at)
    assert study.experiment("tanh", 4, "none", weights).initializer == "normal"


@pytest.mark.parametrize("change", list(study.CHANGES))
@pytest.mark.parametrize("weights", list(study.WEIGHTS))
def test_every_cure_meets_every_start(change, weights):
    for act in study.ACTIVE:
        norms, parts = study.start(act, 6, change, weights)
        middle = {kind: float(np.median(each)) for kind, each in parts.items()}
        written = words.product(middle, study.factor(norms)) + words.on_the_way_back(middle, study.factor(norms))
        assert "nan" not in written + words.verdict(study.judge(norms))


@pytest.mark.parametrize(
    "query",
    [
        {"act": "<script>", "depth": "99", "change": "luck"},
        {"depth": "1e400", "epoch": "inf"},
        {"act": ["relu", "tanh"], "epoch": "१२", "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("vanishing", **query)
    assert not at.exception
    assert at.warning


def test_one_check_one_transfer_one_recall():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    for item in (*words.CHECKS, *words.QUIZ, words.PREDICTION):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)


def test_runs_that_broke_are_drawn_where_they_are_right_nowhere(open_app):
    at = open_app("vanishing", act="relu", depth=10, change="large")
    assert "**0% right" in text(at).replace("After training: ", "**") or "0% right (median)" in text(at)
    spoken = next(chart.proto.alt for chart in at.get("vega_lite_chart") if "Training accuracy" in chart.proto.alt)
    assert "too large" not in spoken
    assert "ends at 0" in spoken
