"""Networks that answer with a number: how they go on outside their data, and what the page says of it."""

from dataclasses import replace

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.predict import known
from core.lessons.predict.curve import charts, study, words
from core.training.engine import train
from core.training.experiment import Experiment
from tests.lessons.predict.test_page import plainly, shown
from tests.runs import runs

RELU = replace(known.CURVE, activation="relu")
CURVE = known.CURVE.to_query()


@pytest.mark.claims
@pytest.mark.parametrize(("e", "shape"), [(known.CURVE, "flat"), (RELU, "straight")])
def test_tanh_levels_off_and_relu_goes_straight_on(e, shape):
    shapes = [study.curve(h, e.dataset).shape for h in runs(e)]
    assert shapes[e.seed] == shape
    assert shapes.count(shape) >= 0.9 * len(shapes)


@pytest.mark.claims
def test_no_network_continues_the_waves():
    for e in (known.CURVE, RELU):
        for h in runs(e):
            c = study.curve(h, e.dataset)
            out = np.abs(c.x) > 7
            assert np.sum(np.diff(np.sign(np.diff(c.truth[out]))) != 0) > 10
            assert np.corrcoef(c.y[out], c.truth[out])[0, 1] < 0.5


@pytest.mark.parametrize(
    ("way", "shape"), [([1, 1.01, 1.02], "flat"), ([1, 2, 3], "straight"), ([[1, 1], [2, 2], [3, 5]], "bends")]
)
def test_shapes(way, shape):
    assert study.shape_of(np.array(way, float), 1.0) == shape


@pytest.mark.parametrize("e", [known.CURVE, RELU])
def test_what_is_measured_is_what_the_network_says(open_app, e):
    near, far = train(e).predict(np.array([[10.0], [15.0]]))
    said = open_app("predict", **e.to_query()).info[0].value
    assert minus(f"From x = 10 to x = 15 the answer goes from {near:.2f} to {far:.2f}") in said
    assert f"units here are {'tanh' if e is known.CURVE else 'ReLU'}." in said
    assert words.BOTH_SIDES["flat" if e is known.CURVE else "straight"] in said


@pytest.mark.parametrize("e", [known.CURVE, RELU, replace(known.CURVE, dataset="sine", hidden=(), epochs=5)])
def test_the_written_numbers_give_the_written_answer(open_app, e):
    (formula,) = open_app("predict", **e.to_query()).get("latex")
    _, put_in, z, *back = (part.strip() for part in plainly(formula.value).split("&=")[1:])
    assert f"{eval(put_in):.{len(z.partition('.')[2].split()[0])}f}" == z.split()[0]
    line, _, answer = back[-1].rpartition(" = ")
    assert f"{eval(line):.{len(answer.strip().partition('.')[2])}f}" == answer.strip()
    assert float(answer) == pytest.approx(train(e).predict(np.array([[15.0]]))[0], abs=0.01)


def test_before_the_prediction_only_the_data_are_seen(open_app):
    at = open_app("predict", commit=False, **CURVE)
    assert "Measured" not in shown(at)
    assert len(at.get("vega_lite_chart")) == 1
    c = study.curve(train(known.CURVE), "curve")
    assert "at 15" not in charts.beyond_text(c, waiting=True)
    assert "at 15" in charts.beyond_text(c, waiting=False)


def test_without_hidden_units_no_activation_is_named(open_app):
    said = open_app("predict", **known.PLANE.to_query()).info[0].value
    assert words.NO_UNITS in said
    assert "tanh" not in said
    assert words.SHAPES["straight"] in said


def test_an_old_link_asks_about_the_same_example(open_app):
    h = train(known.CURVE)
    x = h.data.data.X[h.data.test][3]
    at = open_app("predict", **CURVE, row="3")
    said = minus(f"At x = {x[0]:.2f}: **{h.predict(x[None])[0]:.3g}**.")
    assert said in shown(at)


def test_every_view_has_checks_of_its_own(open_app):
    at = open_app("predict", **CURVE)
    for k, item in enumerate(words.CHECKS):
        for option in range(len(item.options)):
            at.radio(key=f"predict.number.check.{k}").set_value(option).run()
            assert item.options[option].says in shown(at)


@pytest.mark.parametrize(
    "e", [Experiment(dataset="bump", loss="mse", epochs=5), Experiment(dataset="diabetes", loss="mse", epochs=5)]
)
def test_more_inputs_are_asked_on_the_way_out(open_app, e):
    at = open_app("predict", **e.to_query())
    assert not at.exception
    assert "at distance 100" in at.info[0].value
