"""Lesson 3 says what the core computes, for every link."""

from dataclasses import replace

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.loss import saturation, words
from core.lessons.loss.measuring import best_line, examples, line_loss
from core.lessons.loss.saturation import LOSSES_COMPARED, turn_around
from core.nn.losses import LOSSES
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

BOX = (-1.0, 2.0, -1.0, 4.0)
VIEWS = ["one", "many", "classes"]


def latex(at):
    return " ".join(m.value for m in at.latex)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_loads_on_the_sources_example(open_app):
    at = open_app("loss")
    assert not at.exception
    said = latex(at)
    assert all(n in said for n in ("0.70", "0.90", "-0.200", "0.0400", "-0.40"))
    assert "0.1600. That's 4.0 times" in text(at)


@pytest.mark.parametrize("view", ["one", "many", "classes"])
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("loss", commit=False, view=view, yhat=0.5, start=5)
    assert not at.exception
    assert not at.slider
    assert "You said" not in text(at)
    assert "73,534" not in text(at)
    item = words.LESSON.views[view].prediction
    name = words.LESSON.question("loss", view)
    at.radio(key=f"{name}.options").set_value(0)
    at.button(key=f"{name}.commit").click().run()
    assert f"You said:** {item.options[0].text}" in text(at)
    assert at.slider


def test_the_first_view_shows_no_answer_yet(open_app):
    at = open_app("loss", commit=False, yhat=0.5)
    assert "0.1600" not in text(at) + latex(at)
    assert "0.0400" in text(at)
    assert "e^2" not in latex(at)


def test_each_box_is_about_what_was_asked_wherever_the_sliders_are(open_app):
    assert "an error of −0.20 has the squared loss 0.0400" in text(open_app("loss", yhat=0.5))
    said = text(open_app("loss", view="classes", start=0.5))
    assert "17 epochs with cross-entropy and 232 epochs with squared error" in said
    assert "(from 0.73): 6 epochs with cross-entropy, 24 epochs with squared error" in said


def test_classes_start_from_where_the_link_says(open_app):
    at = open_app("loss", view="classes", start=5)
    assert "37 epochs with cross-entropy, 73,534 epochs with squared error" in text(at)
    assert "0.9999546" in latex(at)
    assert "0.0000454" in latex(at)


def test_classes_show_the_measured_epochs(open_app):
    at = open_app("loss", view="classes")
    said = text(at)
    assert "17 epochs with cross-entropy and 232 epochs with squared error" in said
    assert "117 epochs" in said
    assert "0.9820" in latex(at)
    assert r"= 0.98201 \times 0.98201 \times 0.01799" in latex(at)
    assert "{0.0173}" in latex(at)
    assert f"pushes {1 / (0.98201 * 0.01799):.0f} times as hard" in said


def sides(at):
    """The note of the experiment that is pressed."""
    (note,) = notes(at)
    return note


def of_one(v):
    """The sentence about one example, with numbers worked out here."""
    e = v["yhat"] - v["y"]
    power = {"mse": 2, "mae": 1}[v["loss"]]
    loss, half = abs(e) ** power, abs(e / 2) ** power
    return {"e": f"{e:.2f}".replace("-", "−") if e else "0.00", "loss": loss, "half": half}


def of_many(v):
    """The sentence about several."""
    slopes = {
        "best": slope_of_the_best(v["loss"], *examples(v["wrong"], v["mistake"])),
        "mae_right": slope_of_the_best("mae", *examples(False)),
        "mae_wrong": slope_of_the_best("mae", *examples(True, 3)),
    }
    return {name: f"{slope:.2f}".replace("-", "−") for name, slope in slopes.items()}


def slope_of_the_best(loss, x, y):
    """The slope of least squares, or of least absolute deviations (through two points)."""
    if loss == "mse":
        return np.polyfit(x, y, 1)[0]
    lines = [np.polyfit(x[[i, j]], y[[i, j]], 1) for i in range(5) for j in range(i)]
    return min(lines, key=lambda line: np.abs(np.polyval(line, x) - y).sum())[0]


def of_classes(v):
    """The sentence about epochs, from a plain loop."""
    start, rate = v["start"], v["rate"]
    epochs = {}
    for name in ("se", "ce"):
        w = b = start
        epochs[name] = 0
        while (p := 1 / (1 + np.exp(-(w + b)))) >= 0.5:
            push = p * p * (1 - p) if name == "se" else p
            w, b, epochs[name] = w - rate * push, b - rate * push, epochs[name] + 1
    p = 1 / (1 + np.exp(-2 * start))
    return {"p": f"{p:.{2 if start < 2.3 else 5}f}"} | {n: f"{k:,} epochs" for n, k in epochs.items()}


@pytest.mark.parametrize(("name", "expected"), [("one", of_one), ("many", of_many), ("classes", of_classes)], ids=VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, name, expected):
    at, view = open_app("loss", view=name), words.LESSON.views[name]
    for tried in in_every_order(view):
        press(at, tried.label)
        assert sides(at) == minus(tried.look.format(**expected(tried.values)))


@pytest.mark.claims
def test_the_claims_about_the_line():
    near, wrong, absolute = words.TRIES_MANY
    x, y = examples(False)
    best = best_line(LOSSES["mse"], x, y, BOX)
    close = line_loss(LOSSES["mse"], x, y, near.values["w"], near.values["b"])
    assert close < 1.00001 * line_loss(LOSSES["mse"], x, y, *best)
    assert best_line(LOSSES["mse"], *examples(wrong.values["wrong"]), BOX)[0] < 0
    assert best_line(LOSSES[absolute.values["loss"]], *examples(True), BOX)[0] > 0
    moved = {
        n: abs(np.subtract(*(best_line(LOSSES[n], *examples(k), BOX)[0] for k in (True, False))))
        for n in ("mse", "mae")
    }
    assert moved["mse"] > 2 * moved["mae"]
    fails = words.FAILS_MANY.values
    there = examples(fails["wrong"], fails["mistake"])
    least_squares = [np.polyfit(x, targets, 1) for targets in (y, there[1])]
    assert least_squares[0][0] == pytest.approx(least_squares[1][0])  # the same slope
    assert least_squares[1] == pytest.approx([fails["w"], fails["b"]])
    assert least_squares[1][1] < least_squares[0][1] - 0.3  # lower down
    assert abs(slope_of_the_best("mae", *there) - slope_of_the_best("mae", x, y)) > 0.2


@pytest.mark.claims
def test_cross_entropy_is_steepest_where_the_sigmoid_is_flattest():
    p = np.linspace(0.5, 0.999, 400)
    by_output = 1 / (1 - p)  # the slope of −log(1 − p)
    assert (np.diff(by_output) > 0).all()
    assert (np.diff(p * (1 - p)) < 0).all()
    assert by_output * p * (1 - p) == pytest.approx(p)  # what's left: p − 0


@pytest.mark.claims
@pytest.mark.parametrize("start", [0.5, 1.0, 2.0, 5.0])
def test_cross_entropy_pushes_at_least_four_times_as_hard(start):
    p = 1 / (1 + np.exp(-2 * start))
    assert p / (p * p * (1 - p)) >= 4
    ce, se = (len(turn_around(loss, start, 0.15, part=part)) - 1 for loss, part in
              (LOSSES_COMPARED["cross-entropy"], LOSSES_COMPARED["squared error"]))  # fmt: skip
    assert ce <= se / 4
    assert start < 2 or (ce < se / 10 and 1 / (p * (1 - p)) > 50)  # "far stronger than that"


@pytest.mark.claims
def test_both_losses_reach_the_goal_from_an_ordinary_start_and_one_stalls_from_a_sure_one():
    middle = {}
    for bias in (0.0, saturation.SURE):
        for loss in ("mse", "cross_entropy"):
            _, accuracy = saturation.biased_networks(replace(saturation.NETWORK, loss=loss), bias, range(20))
            middle[loss, bias] = saturation.epochs_to(np.median(accuracy, axis=0)[None], saturation.GOAL)[0]
    assert middle["mse", 0.0] < 500
    assert middle["cross_entropy", 0.0] < 500
    assert middle["mse", saturation.SURE] > 3 * middle["cross_entropy", saturation.SURE]


def test_whole_networks_open_on_demand(open_app):
    at = open_app("loss", view="classes")
    at.session_state["loss.network"] = True
    at.run()
    assert not at.exception
    assert "Epochs until the median reaches 85%" in text(at)


def test_softmax_is_there(open_app):
    at = open_app("loss", view="classes", z0=1, z1=1, z2=1, true=2)
    assert f"{np.log(3):.4f}" in latex(at)


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "yhat": "nan", "y": "1e400"},
        {"yhat": "-5", "y": "99", "loss": "bce"},
        {"view": "many", "w": "१२", "b": "inf", "wrong": "maybe"},
        {"view": "classes", "start": "1_000", "rate": "-1", "true": "7"},
        {"view": ["one", "many"], "z0": "x" * 5000, "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("loss", **query)
    assert not at.exception
    assert at.warning


@pytest.mark.parametrize("view", words.LESSON.views)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "loss", view)
