"""The pictures of lessons 3 and 5: valid Vega-Lite, and the areas and bands that they promise."""

from pathlib import Path

import numpy as np
import pytest

from core.charts.band import Rule, band, band_text, quantiles
from core.lessons.learning_rate import charts as descent
from core.lessons.learning_rate.panel_charts import panels
from core.lessons.loss import charts as loss
from core.lessons.loss import measuring
from core.lessons.loss import saturation_charts as saturation
from core.lessons.loss.measuring import each
from core.nn.losses import LOSSES

MODES = ("light", "dark")


def polygon(points):
    x, y = np.asarray(points, float).T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


@pytest.mark.parametrize("name", ["mse", "mae", "huber"])
@pytest.mark.parametrize("error", [0.2, 0.9, 2.5])
def test_the_area_is_the_loss(name, error):
    top = loss.area_of(name, error)
    corners = [(top[0, 0], 0), *top, (top[-1, 0], 0)]
    assert polygon(corners) == pytest.approx(float(each(LOSSES[name], error, 0.0)))


def test_every_area_says_where_it_ends():
    codes = {file: file.read_text() for file in Path("core").rglob("*.py")}
    drawn = {file: code for file, code in codes.items() if "mark_area(" in code}
    assert drawn
    # Vega stacks what doesn't: two corners at one place get the sum of their heights
    assert [file for file, code in drawn.items() if code.count("mark_area(") > code.count("y2=alt.Y2")] == []


@pytest.mark.parametrize("name", ["mse", "mae", "huber"])
@pytest.mark.parametrize("answer", [0.5, 3.4])
def test_the_areas_at_the_line_are_the_losses(name, answer):
    shapes = loss._shapes(np.array([1.0]), np.array([1.2]), np.array([answer]), name)
    (a, b) = shapes.to_dict("records")
    size = abs(b["x"] - a["x"]) * ((a["top"] - a["y"]) + (b["top"] - b["y"])) / 2
    assert size == pytest.approx(float(each(LOSSES[name], answer, 1.2)))


@pytest.mark.parametrize("mode", MODES)
def test_every_chart_is_valid(mode):
    x = np.linspace(0, 1.4, 30)
    curves = {n: each(LOSSES[n], x, np.full(30, 0.9)) for n in loss.NAMES}
    made = [loss.one_example(x, curves, n, 0.7, 0.9, 0.04, -0.4, mode) for n in loss.NAMES]
    xs, ys = np.array([1.0, 2.0]), np.array([1.0, 3.0])
    made += [
        loss.fitted_line(xs, ys, 0.5, 1.0, n, np.array([0.2, 1.0]), mode, best)
        for n in loss.NAMES
        for best in (None, (0.1, 1.0))
    ]
    field = np.add.outer(np.linspace(-1, 1, 20) ** 2, np.linspace(-1, 1, 20) ** 2)
    made.append(loss.loss_map(field, (-1, 2, -1, 4), (0, 2), (0.5, 1), 0.4, mode))
    runs = {"squared error": np.linspace(0.98, 0.49, 50), "cross-entropy": np.array([0.98, 0.4])}
    made.append(saturation.way_back(runs, mode, 1000))
    made.append(saturation.pushes(x, {"a": x, "b": x * 0.1}, 1.0, {"a": 1.0, "b": 0.1}, mode))
    made.append(saturation.probabilities(np.array([0.7, 0.3]), 0, np.array([-0.3, 0.3]), mode))
    path = np.array([1.0, -2.0, 4.0])
    made.append(descent.walk(x, 2 * x**2, path, 2 * path**2, mode))
    steps = np.array([10.0, 1.0, np.nan])
    for here in ((0.1, 10), (0.6, None)):
        made.append(descent.needed_steps(np.array([0.1, 0.25, 0.6]), steps, here, 0.5, mode, 2000))
    runs3, heads = np.exp(-np.arange(60.0)).reshape(2, 30), [["rate 1", "ends at 2"], ["rate 9", "what happens?"]]
    made.append(panels(heads, [runs3, None], 2, mode))
    made.append(descent.shapes({"a": x, "b": x[::-1]}, mode))
    made.append(descent.found(x + 1e-3, x, x + 1, [(0.01, "a"), (1.0, "b")], mode))
    many = {"a": np.random.default_rng(0).uniform(0.1, 1, (5, 30)), "b": np.full((5, 30), np.nan)}
    options = {"x_title": "rate", "y_title": "loss", "title": "t", "domain": (0.01, 10.0)}
    rules = [Rule(0.5, "here"), Rule(0.2, "", 0.4)]
    made.append(band(x + 0.1, many, mode, log_x=True, log_y=True, one=0, rules=rules, points=True, **options))
    made.append(band(x, many, mode, named=False, **options))
    for chart in made:
        assert chart.to_dict(validate=True)["layer"]


def test_quantiles_count_a_broken_run_as_worst():
    runs = np.arange(10.0)[:, None] * np.ones((10, 2))
    runs[:4, 1] = np.nan
    low, middle, high = quantiles(runs)
    assert (low[0], middle[0], high[0]) == pytest.approx((0.5, 4.5, 8.5), abs=0.6)
    assert np.isinf(high[1])
    assert np.isfinite(middle[1])


def test_band_text_says_where_it_is_lowest():
    runs = np.tile([3.0, 1.0, 2.0], (4, 1))
    said = band_text(np.array([0.1, 1.0, 10.0]), {"plain": runs}, x_title="rate", y_title="Loss")
    assert "lowest at rate 1 with 1" in said
    assert "ends at 2" in said
    assert "4 runs" in said


@pytest.mark.parametrize("name", ["mse", "mae", "huber"])
@pytest.mark.parametrize(("w", "b"), [(0.0, 2.0), (2.0, 4.0), (-1.0, -1.0)])
def test_every_area_is_whole_and_a_square_is_a_square(name, w, b):
    x, y = measuring.examples(False)
    shapes = loss._shapes(x, y, w * x + b, name)
    (left, right), (bottom, top) = loss._room(shapes)
    assert left <= shapes["x"].min()
    assert shapes["x"].max() <= right
    assert bottom <= shapes["y"].min()
    assert shapes["top"].max() <= top
    assert right - left == top - bottom
