"""Folds against the core's own networks, races against runs that are counted once more."""

import json
from itertools import pairwise

import numpy as np
import pytest

from core.charts.described import describe
from core.charts.scores import scores, scores_text
from core.lessons.depth import charts, folding, race, worked
from core.training.experiment import parameter_count

X = np.linspace(0, 1, 1025)
each_depth = pytest.mark.parametrize("layers", range(1, folding.MOST + 1))
PEAKS = (0.3, 0.5, 0.65, 0.8, 1.0)


@each_depth
@pytest.mark.parametrize("peak", PEAKS)
def test_the_folds_are_a_network_of_the_core(layers, peak):
    made = folding.network(layers, peak)
    assert made.trained == folding.costs(layers, peak)["parameters"]
    answers = made.outputs_for(X[:, None])[0]
    np.testing.assert_allclose(answers, folding.folded(X, layers, peak)[-1], atol=1e-12)


@each_depth
@pytest.mark.parametrize("peak", PEAKS)
def test_one_layer_can_draw_the_same(layers, peak):
    made = folding.one_layer(layers, peak)
    assert made.trained == folding.costs(layers, peak)["wide_parameters"]
    answers = made.outputs_for(X[:, None])[0]
    np.testing.assert_allclose(answers, folding.folded(X, layers, peak)[-1], atol=1e-10)


@each_depth
@pytest.mark.parametrize("peak", PEAKS)
def test_between_corners_the_curve_is_straight_and_bends_at_each(layers, peak):
    at = np.array(folding.corners(layers, peak))
    slopes = []
    for a, b in pairwise(at):
        y = folding.folded(np.array([a, (a + b) / 2, b]), layers, peak)[-1]
        assert y[1] == pytest.approx((y[0] + y[2]) / 2, abs=1e-12)
        slopes.append((y[2] - y[0]) / (b - a))
    assert (np.abs(np.diff(slopes)) > 1e-6).all()


@pytest.mark.claims
@each_depth
def test_whole_folds_double_the_pieces(layers):
    y = folding.folded(X, layers)[-1]
    turns = int((np.diff(np.sign(np.diff(y))) != 0).sum())
    assert folding.pieces(layers) == turns + 1 == 2**layers


@pytest.mark.claims
def test_a_low_fold_never_doubles():
    assert {folding.pieces(layers, 0.5) for layers in range(1, 7)} == {2}


@pytest.mark.claims
def test_mirror_images_are_one_after_the_first_layer():
    way = folding.folded(np.array([0.3, 0.7]), 6)
    np.testing.assert_allclose(way[:, 0], way[:, 1], atol=1e-12)


def test_the_outlines_are_the_curves():
    for k, (x, y) in enumerate(folding.outlines(4, 0.8), 1):
        np.testing.assert_allclose(np.interp(X, x, y), folding.folded(X, k, 0.8)[-1], atol=1e-12)


def test_all_shapes_have_about_450_parameters():
    for challenge, inputs in (("teeth4", 1), ("spirals", 2)):
        counts = [parameter_count((inputs, *hidden, 1)) for hidden in race.shapes(challenge)]
        assert race.costs(challenge)["parameters"] == counts
        assert all(400 <= count <= 490 for count in counts)


def test_multiply_adds_are_counted_layer_by_layer():
    counted = race.costs("teeth4")["multiply-adds per example"]
    for hidden, found in zip(race.SHAPES, counted, strict=True):
        sizes, total = (1, *hidden, 1), 0
        for k, (a, b) in enumerate(pairwise(sizes)):
            total += (a + 1) * b  # forward
            total += (a + 1) * b + (a * b if k else 0)  # gradients, and what goes on to the layer before
        assert found == total


def worked_out(line):
    import re

    plain = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"(\1)", line).replace(r"\times", "*").replace(r"\max", "max")
    left, right = plain.split("=")[-2:]
    return eval(re.sub(r"^h_\d", "", left)), eval(right)


@pytest.mark.parametrize("x", [0.0, 0.3, 0.5, 0.77, 1.0])
@pytest.mark.parametrize("peak", PEAKS)
def test_the_worked_lines_are_so_as_written(x, peak):
    lines = worked.first_fold(x, peak)
    for line in lines:
        left, right = worked_out(line)
        assert left == pytest.approx(right, abs=0.0051)
    assert worked_out(lines[-1])[1] == pytest.approx(folding.fold(np.array([x]), peak)[0], abs=0.0051)


@pytest.mark.parametrize(("challenge", "inputs"), [("teeth4", 1), ("spirals", 2)])
def test_the_line_of_parameters_adds_up(challenge, inputs):
    for hidden in race.shapes(challenge):
        left, right = worked_out(worked.parameters_line(hidden, inputs))
        assert left == right == parameter_count((inputs, *hidden, 1))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    way = folding.folded(np.array([0.3]), 6)[:, 0]
    made = [
        charts.folds(folding.outlines(6), 0.3, way, mode),
        charts.folds(folding.outlines(1, 0.3), 0.0, way[:1], mode),
        charts.sizes({"deep": 12, "wide": 64}, mode),
        scores(["1 × 3", "2 × 2"], [[0.1, 0.2], [0.0, 0.1]], mode, "Race", "off", ".3f", (0, 0.3)),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))


def test_the_text_twins_say_the_numbers():
    assert charts.folds_text([0.6, 0.8], 0.3, 4).endswith("4 straight pieces. x = 0.30 becomes 0.60, 0.80.")
    assert charts.sizes_text({"deep": 4, "wide": 1024}) == "Hidden units for this curve: deep 4, wide 1,024."
    assert scores_text(["a"], [[0.1, 0.2, 0.3]], "Off", ".2f") == "Off, median and range: a 0.20, 0.10 to 0.30."


@pytest.mark.claims
def test_folds_that_draw_eight_teeth_need_far_fewer_weights_than_the_networks_that_raced():
    teeth = race.sawtooth("teeth8", race.X)
    four = folding.folded(race.X, 4)[-1]
    np.testing.assert_allclose(four, teeth, atol=1e-9)
    assert 5 * folding.costs(4)["parameters"] < min(race.costs("teeth8")["parameters"])
