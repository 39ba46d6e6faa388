"""Lesson 3 says what the core computes, for every link."""

import numpy as np
import pytest

from core.lessons.loss import words
from core.lessons.loss.measuring import best_line, each, examples, line_loss, slope
from core.lessons.loss.saturation import LOSSES_COMPARED, turn_around
from core.nn.losses import LOSSES

BOX = (-1.0, 2.0, -1.0, 4.0)


def latex(at):
    return " ".join(m.value for m in at.latex)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_loads_on_the_sources_example(open_app):
    at = open_app("loss")
    assert not at.exception
    said = latex(at)
    assert all(n in said for n in ("0.70", "0.90", "-0.200", "0.0400", "-0.40"))
    assert "0.1600: 4.0 times" in text(at)


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
    assert "0.0400" in latex(at)


def test_classes_start_from_where_the_link_says(open_app):
    assert "37 epochs with cross-entropy, 73,534 epochs with squared error" in text(
        open_app("loss", view="classes", start=5)
    )


def test_classes_show_the_measured_epochs(open_app):
    at = open_app("loss", view="classes")
    said = text(at)
    assert "17 epochs with cross-entropy, 232 epochs with squared error" in said
    assert "117 epochs" in said
    assert "0.9820" in latex(at)
    assert "0.0177" in latex(at)


@pytest.mark.parametrize("one", [*words.TRIES_ONE, words.FAILS_ONE])
def test_each_try_of_one_example(open_app, one):
    at = open_app("loss")
    next(b for b in at.button if b.label == one.label).click().run()
    assert not at.exception
    v = one.values
    value, push = each(LOSSES[v["loss"]], v["yhat"], v["y"]), slope(LOSSES[v["loss"]], v["yhat"], v["y"])
    assert f"{value:.4f}" in latex(at)
    assert f"{push:.2f}" in latex(at)
    assert one.look in text(at)
    if f"{value:.4f}" != "0.0000":
        assert f"{value:.4f}" in one.look


@pytest.mark.claims
def test_the_claims_about_the_line():
    near, wrong, absolute = words.TRIES_MANY
    x, y = examples(False)
    best = best_line(LOSSES["mse"], x, y, BOX)
    assert line_loss(LOSSES["mse"], x, y, near.values["w"], near.values["b"]) < 1.02 * line_loss(
        LOSSES["mse"], x, y, *best
    )
    assert best_line(LOSSES["mse"], *examples(wrong.values["wrong"]), BOX)[0] < 0
    assert best_line(LOSSES[absolute.values["loss"]], *examples(True), BOX)[0] > 0
    fails = words.FAILS_MANY.values
    assert set(np.abs(slope(LOSSES[fails["loss"]], fails["w"] * x + fails["b"], y))) == {1.0}


@pytest.mark.parametrize("one", [*words.TRIES_MANY, words.FAILS_MANY])
def test_each_try_of_several(open_app, one):
    at = open_app("loss", view="many")
    next(b for b in at.button if b.label == one.label).click().run()
    assert not at.exception
    v = one.values
    x, y = examples(v["wrong"])
    assert f"{line_loss(LOSSES[v['loss']], x, y, v['w'], v['b']):.4f}" in latex(at)


@pytest.mark.claims
@pytest.mark.parametrize("one", [*words.TRIES_CLASSES, words.FAILS_CLASSES])
def test_each_try_of_classes(one):
    for loss, part in LOSSES_COMPARED.values():
        epochs = len(turn_around(loss, one.values["start"], one.values["rate"], part=part)) - 1
        assert f"{epochs:,}" in one.look


def test_whole_networks_open_on_demand(open_app):
    at = open_app("loss", view="classes")
    at.session_state["loss.network"] = True
    at.run()
    assert not at.exception
    assert "Epochs to 85 %" in text(at)


def test_softmax_is_there(open_app):
    at = open_app("loss", z0=1, z1=1, z2=1, true=2)
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


def test_one_check_one_transfer_one_recall():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    for item in (*words.CHECKS, words.PREDICTION, words.PREDICTION_CLASSES):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)
