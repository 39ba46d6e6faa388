"""Networks that answer with a number: how they go on outside their data, and what the page says of it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.predict import asking, known
from core.lessons.predict.curve import charts, study, view, words
from core.training.experiment import Experiment
from tests.lessons.predict.test_page import plainly, shown
from tests.pressing import press
from tests.runs import runs, trained

RELU = known.CURVE_RELU
CURVE = known.CURVE.to_query()


@pytest.mark.claims
@pytest.mark.weekly
@pytest.mark.parametrize(("e", "shape"), [(known.CURVE, "flat"), (RELU, "straight")])
def test_tanh_levels_off_and_relu_goes_straight_on(e, shape):
    shapes = [study.curve(h, e.dataset).shape for h in runs(e)]
    assert shapes[e.seed] == shape
    assert shapes.count(shape) >= 0.9 * len(shapes)


@pytest.mark.claims
@pytest.mark.parametrize("e", [known.CURVE, RELU])
def test_inside_the_data_every_network_follows_the_waves(e):
    """Seen with the eye: it hits the points, turns as often as the curve does at least nearly, and is never far off."""
    assert min(h.train_accuracy[-1] for h in runs(e)) > 0.94
    x = np.linspace(-2.9, 2.9, 581)
    for h in runs(e):
        c, y = study.TRUTHS[e.dataset](x[:, None]), h.predict(x[:, None])
        assert np.abs(y - c).max() < 0.4  # the height of the small waves
        assert np.sum(np.diff(np.sign(np.diff(y))) != 0) >= np.sum(np.diff(np.sign(np.diff(c))) != 0) - 2


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
    near, far = trained(e).predict(np.array([[10.0], [15.0]]))
    said = open_app("predict", **e.to_query()).info[0].value
    assert minus(f"At x = 10 the answer is {near:.2f}, and at x = 15 it's {far:.2f}.") in said
    assert f"units are {'tanh' if e is known.CURVE else 'ReLU'} units." in said
    assert words.BOTH_SIDES["flat" if e is known.CURVE else "straight"] in said


@pytest.mark.parametrize("x", [-15, -4.1, 0.5, 10, 15])
@pytest.mark.parametrize("e", [known.CURVE, RELU, replace(known.CURVE, dataset="sine", hidden=(), epochs=5)])
def test_the_written_numbers_give_the_written_answer(open_app, e, x):
    at = open_app("predict", **e.to_query(), x=x)
    (formula,) = at.get("latex")
    assert minus(f"How it gets its answer at x = {x:.2f}. ") in shown(at)
    _, put_in, z, *back = (part.strip() for part in plainly(formula.value).split("&=")[1:])
    assert f"{eval(put_in):.{len(z.partition('.')[2].split()[0])}f}" == z.split()[0]
    line, _, answer = back[-1].rpartition(" = ")
    assert f"{eval(line):.{len(answer.strip().partition('.')[2])}f}" == answer.strip()
    assert float(answer) == pytest.approx(trained(e).predict(np.array([[x]]))[0], abs=0.01)


def test_before_the_prediction_only_the_data_are_seen(open_app):
    at = open_app("predict", commit=False, **CURVE, x="10")
    assert "Measured" not in shown(at)
    assert "x = 10" not in shown(at)
    assert not at.select_slider
    assert len(at.get("vega_lite_chart")) == 1
    c = study.curve(trained(known.CURVE), "curve")
    assert "at 15" not in charts.beyond_text(c, True, 0, 0)
    assert "at 15" in charts.beyond_text(c, False, 0, 0)


def test_the_view_opens_far_outside_the_data(open_app):
    at = open_app("predict")
    at.button_group(key="predict.choose.view").set_value("number").run()
    assert at.query_params["x"] == f"{known.FAR:g}"
    assert 3 * study.curve(trained(known.CURVE), "curve").data[1] < known.FAR
    answer, true = (
        trained(known.CURVE).predict(np.array([[known.FAR]]))[0],
        study.curve_truth(np.array([[known.FAR]]))[0],
    )
    said = f"At x = 10.00 it answers **{answer:.3g}**. The true curve is at **{true:.3f}**."
    assert minus(said) in shown(at)


def test_the_ring_goes_wherever_the_learner_asks(open_app):
    at = open_app("predict", **CURVE, x="10")
    for x in (-15.0, -3.2, 0.0, 15.0):
        slider = at.select_slider[0]
        assert (slider.options[0], slider.options[-1]) == (minus("-15.00"), "15.00")
        slider.set_value(x).run()
        assert not at.exception
        assert float(at.query_params["x"]) == x
        answer = trained(known.CURVE).predict(np.array([[x]]))[0]
        assert minus(f"At x = {x:.2f} it answers **{answer:.3g}**.") in shown(at)
        assert minus(f"How it gets its answer at x = {x:.2f}. ") in shown(at)
    press(at, "Another example")
    assert "x" not in at.query_params


@pytest.mark.parametrize(("x", "seen"), [("99", 15), ("-1e300", -15), ("nan", None), ("<b>", None)])
def test_a_place_out_of_the_picture_is_its_end(open_app, x, seen):
    at = open_app("predict", **CURVE, x=x)
    assert not at.exception
    seen = trained(known.CURVE).data.data.X[trained(known.CURVE).data.test][0, 0] if seen is None else seen
    assert minus(f"At x = {seen:.2f} it answers") in shown(at)


@pytest.mark.parametrize("ends", [(-15.0, 15.0), (998.0, 1003.0), (-4.5, 4.5), (-5e4, 5e4), (0, 0.05)])
def test_places_to_ask_about(ends):
    c = replace(study.curve(trained(known.CURVE), "curve"), x=np.array(ends))
    places = study.places(c)
    assert (places[0], places[-1]) == ends
    assert 100 < len(places) <= 2001
    assert len({study.written(c, place) for place in places}) == len(places)


def test_without_hidden_units_no_activation_is_named(open_app):
    said = open_app("predict", **known.PLANE.to_query()).info[0].value
    assert words.NO_UNITS in said
    assert "tanh" not in said
    assert words.SHAPES["straight"] in said


def test_an_old_link_asks_about_the_same_example(open_app):
    h = trained(known.CURVE)
    x = h.data.data.X[h.data.test][3]
    at = open_app("predict", **CURVE, row="3")
    said = minus(f"At x = {x[0]:.2f} it answers **{h.predict(x[None])[0]:.3g}**.")
    assert said in shown(at)


def test_where_it_fails_the_truth_has_a_mark(open_app):
    at = open_app("predict", **CURVE)
    press(at, words.FAILS.label)
    h, point = trained(known.PLANE), np.array([words.FAILS.values["px"], words.FAILS.values["py"]])
    truth = study.true_way(h, "plane", point)
    walk = asking.walk(h, point)
    assert np.interp(walk.at, walk.distances, truth) == pytest.approx(2 * point[0] - point[1] + 0.5, abs=0.01)
    pictures = [json.loads(chart.proto.spec) for chart in at.get("vega_lite_chart")]
    assert any(
        "dotted: the truth, cross: at your point" in p["title"]["subtitle"]
        for p in pictures
        if "subtitle" in p["title"]
    )
    assert study.true_way(h, "diabetes", point) is None


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


def test_far_out_on_a_plane_the_truth_stands_beside_the_answer():
    run = trained(known.PLANE)
    point = np.array([20.0, 10.0])
    true = study.true_way(run, known.PLANE.dataset, point)
    text = view.says(known.PLANE, study.far_out(run, asking.DISTANCES, true), 2.0, true)
    near, far = np.interp([30, 100], asking.DISTANCES, true)
    assert f"The truth at these distances is {near:.3g} and {far:.3g}." in text
    assert text.count(f"{far:.3g}") == 2  # as far as this network answers with the truth
