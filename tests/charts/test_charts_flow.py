"""The drawn network: lawful charts whose structure stays the same while stepping."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from core.charts.flow import network_flow
from core.charts.flow_data import TALL, TIGHT, Flow, edge_rows, network_flow_text, unit_rows
from core.charts.naming import layer_name, unit_latex, unit_name, weight_name
from core.lessons.backprop import networks as hand_set
from core.lessons.backprop.charts import log_lines, log_lines_text, profile_chart, profile_text
from core.lessons.forward.charts import response_curve, response_curve_text, response_plane, response_plane_text
from core.nn import walk

STEP = walk.train_step(hand_set.PAIR, hand_set.PAIR_THETA, np.array([hand_set.PAIR_INPUTS]), np.array([1.0]), 0.5)
RUN = STEP.forward
FLOW = Flow(
    hand_set.PAIR.sizes, RUN.weights, RUN.biases, tuple(z[:, 0] for z in RUN.z), tuple(a[:, 0] for a in RUN.a), 2, 3,
    gradients=tuple(dz[:, 0] for dz in STEP.dz), chosen=(2, 0, 0),
    by_weight=tuple(matrix[:, :-1] for matrix in hand_set.PAIR.matrices(STEP.gradient)),
    loss=STEP.loss, target=1.0, weight_digits=2,
)  # fmt: skip


def rows(chart):
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("select", ["unit", "weight"])
def test_the_network_is_a_lawful_chart_with_a_selection(mode, select):
    spec = network_flow(FLOW, mode, select).to_dict(validate=True)
    assert [p["name"] for p in spec["params"]] == [select]


def test_stepping_changes_data_only():
    stages = [
        replace(FLOW, now=n, back=b, loss=v) for n, b, v in [(2, 99, None), (3, 99, 0.1), (2, 2, 0.1), (1, 1, 0.1)]
    ]
    stages += [replace(FLOW, now=-1, back=1, becomes=1.5)]
    shapes = []
    for stage in stages:
        spec = network_flow(stage, "light").to_dict()
        shapes.append([(layer["mark"]["type"], sorted(layer["encoding"])) for layer in spec["layer"]])
        assert all(len(data) for data in spec["datasets"].values())  # an empty one would keep the chart from drawing
    assert all(shape == shapes[0] for shape in shapes)


def test_every_position_has_no_axis():
    # one layer with a default axis among layers without any stops Vega-Lite
    for layer in network_flow(FLOW, "light").to_dict()["layer"]:
        assert all(layer["encoding"][c].get("axis", 0) is None for c in ("x", "y"))


def test_units_that_are_not_reached_are_question_marks():
    shown = [r["value"] for r in rows(network_flow(replace(FLOW, reached=1), "light")) if "value" in r]
    assert shown == ["0.50", "1.00", "0.20", "0.74", "?"]


def test_gradients_appear_only_where_they_have_come_to():
    at_output = [r["dz"] for r in rows(network_flow(replace(FLOW, back=2), "light")) if "dz" in r]
    assert [bool(text) for text in at_output] == [False] * 4 + [True]
    everywhere = [r["dz"] for r in rows(network_flow(replace(FLOW, back=1), "light")) if "dz" in r]
    assert [bool(text) for text in everywhere] == [False] * 2 + [True] * 3


def test_each_weight_has_its_gradient_once_it_is_known():
    at_output = [r["gradient"] for r in rows(network_flow(replace(FLOW, back=2), "light")) if "gradient" in r]
    assert at_output == [""] * 4 + ["−0.0105", "−0.0393"]
    everywhere = [r["gradient"] for r in rows(network_flow(replace(FLOW, back=1), "light")) if "gradient" in r]
    assert everywhere == ["−0.0383", "−0.0766", "−0.0048", "−0.0096", "−0.0105", "−0.0393"]


def test_a_unit_has_its_sum_or_its_gradient_below_it():
    for back in (99, 2, 1):
        found = [(r["z"], r["dz"]) for r in rows(network_flow(replace(FLOW, back=back), "light")) if "dz" in r]
        assert [bool(z) + bool(dz) for z, dz in found] == [0, 0, 1, 1, 1]


@pytest.mark.parametrize("name", list(hand_set.NETWORKS))
@pytest.mark.parametrize("becomes", [None, 1.234])
def test_numbers_lie_apart_on_a_phone(name, becomes):
    """Weights, their gradients and the units' are written over no box, and over nothing that is written."""
    net, theta = hand_set.NETWORKS[name]
    row = np.array([hand_set.PAIR_INPUTS])[:, : net.sizes[0]]
    step = walk.train_step(net, theta, row, np.array([1.0]), 0.5)
    run, last = step.forward, len(net.sizes) - 1
    column = 342 / (last + 1.36 + 0.42)
    for weight in [(k, to, s) for k, w in enumerate(run.weights, 1) for to in range(len(w)) for s in range(w.shape[1])]:
        flow = Flow(
            net.sizes, run.weights, run.biases, tuple(z[:, 0] for z in run.z), tuple(a[:, 0] for a in run.a), last, -1,
            chosen=weight, gradients=tuple(dz[:, 0] for dz in step.dz), back=1, becomes=becomes, loss=1.0, target=1.0,
            by_weight=tuple(m[:, :-1] for m in net.matrices(step.gradient)), weight_digits=2,
        )  # fmt: skip
        places = written(flow, column)
        for (one, left, top, right, bottom), (two, left2, top2, right2, bottom2) in combinations(places, 2):
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, f"{one} and {two}"


def written(flow, column):
    """What is drawn of units and weights on a phone, each with its left, top, right and bottom in pixels."""
    found = []
    for unit in unit_rows(flow):
        x, y = column * unit["x"], unit["y"]
        found.append((unit["name"], x - TIGHT / 2, y - TALL / 2, x + TIGHT / 2, y + TALL / 2))
        if unit["dz"]:
            found.append(around(unit["dz"], x, y + TALL / 2 + 15, 6.2))
    for edge in edge_rows(flow):
        found.append(around(edge["words"], column * edge["at"], edge["up"], 6.2))
        found.append(around(edge["gradient"], column * edge["below"], edge["down"], 5.2))
    return found


def around(text, x, y, each):
    """Figures are half as wide as they are tall; above and below them the line is empty."""
    half = each * (len(text) - 0.5 * ("." in text)) / 2
    return text, x - half, y - 4.5, x + half, y + 4.5


def test_a_chosen_bias_is_marked_and_says_what_it_becomes():
    first, *_, then = (
        [r["over"] for r in unit_rows(replace(FLOW, chosen=(1, 1, 2), becomes=b))] for b in (None, -0.195)
    )
    assert (first[3], then[3]) == ("bias −0.20", "bias ➜ −0.195")
    assert [r["chosen"] for r in unit_rows(replace(FLOW, chosen=(1, 1, 2)))] == [0, 0, 0, 1, 0]


def test_the_text_twin_says_what_is_drawn():
    text = network_flow_text(replace(FLOW, back=1))
    for part in ("0.82", "target 1", "0.0324", "-0.0531", "-0.0766", "-0.0393"):
        assert part in text


def test_names():
    assert [unit_name((2, 1, 3, 1), layer, 0) for layer in range(4)] == ["x₁", "h", "k₁", "ŷ"]
    assert unit_latex((2, 1, 3, 1), 2, 1) == "k_2"
    assert weight_name((2, 2, 1), 1, 1, 2) == "bias of h₂"
    assert [layer_name((1, 2, 1), k) for k in range(3)] == ["input", "hidden", "output"]


def test_responses_are_lawful_and_told():
    x = np.linspace(-5, 5, 11)
    response_curve(x, np.abs(x), (2, 2), (4, 4), "dark").to_dict(validate=True)
    response_curve(x, 0 * x, (4, 0), (8, 0), "light").to_dict(validate=True)
    assert "bent" in response_curve_text(x, np.abs(x), (2, 2))
    assert "straight" in response_curve_text(x, 2 * x, (2, 4))
    corners = np.array([[0, 0], [1, 1.0]])
    response_plane(np.zeros((8, 8)), (0, 1, 0, 1), corners, np.ones(2), (0, 9), "light").to_dict(validate=True)
    assert "(1, 1) gives 1.00" in response_plane_text(corners, np.ones(2))


@pytest.mark.parametrize("at", [2.0, -2.0])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_stands_beside_its_point_and_off_the_curve(at, sign):
    x = np.linspace(-5, 5, 201)
    for y in (sign * x, sign * np.abs(x), sign * (np.maximum(x, 0) + 0.3 * x)):
        spec = response_curve(x, y, (at, 1.0), (2 * at, 2.0), "light").to_dict()
        marks = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
        assert len(marks) == 2
        for mark, place in zip(marks, (at, 2 * at), strict=True):
            assert mark["dx"] * at < 0  # away from the edge
            assert mark["align"] == ("right" if mark["dx"] < 0 else "left")
            there = np.interp(place + np.sign(mark["dx"]) * np.array([0, 0.5]), x, y)
            assert (there[1] > there[0]) == (
                mark["dy"] > 0
            )  # the curve goes up on that side, so the number stands below


def test_gradient_curves_are_lawful_and_told():
    x, series = np.array([1e-3, 1e-2, 0.1]), {"a": np.array([1.0, 0.1, 0.0]), "b": np.array([1.0, 2, 3])}
    log_lines(x, series, "light", "t", "x", "y", log_x=True, at=0.01).to_dict(validate=True)
    log_lines(np.arange(3.0), series, "dark", "t", "x", "y").to_dict(validate=True)
    assert "over 0.001 to 0.1: a from 1 to 0, lowest 0" in log_lines_text(x, series, "Errors")
    t = np.linspace(-1, 1, 5)
    for slope in (1.0, -1.0, 0.0):
        profile_chart(t, {"one": t**2, "two": -(t**2)}, slope, "light").to_dict(validate=True)
    assert "gradient here is 2" in profile_text(t, {"one": t**2}, 2.0)
