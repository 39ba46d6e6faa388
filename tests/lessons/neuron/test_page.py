"""Lesson 1: what is asked, what is shown, and what each experiment claims, from the core at the same settings."""

import numpy as np
import pytest

from core.data.gates import CORNERS, GATES
from core.lessons.neuron import study as neuron
from core.lessons.neuron import words
from core.lessons.neuron.study import NEURON_ACTIVATIONS

SIGMOID = NEURON_ACTIVATIONS["sigmoid"]


def press(at, label):
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def shown(at) -> str:
    kinds = ("markdown", "info", "success", "warning", "latex")
    return "\n".join(str(e.value) for kind in kinds for e in at.get(kind))


def test_the_result_is_hidden_until_there_is_a_prediction(open_app):
    at = open_app("neuron", commit=False)
    assert not at.slider
    assert "Measured" not in shown(at)
    assert len(at.get("vega_lite_chart")) == 1  # the picture is there to think about
    at.radio[0].set_value(words.PREDICTION.answer)
    press(at, "Commit")
    assert "**You said:**" in at.success[0].value
    assert len(at.slider) == 3


def test_what_is_measured_is_what_the_neuron_does(open_app):
    at = open_app("neuron")
    w, b, x = 0.8, 0.2, 0.5
    measured = at.info[0].value.replace("−", "-")
    assert f"it turns at x = {-b / w:.2f}; with both five times as large at x = {-5 * b / (5 * w):.2f}" in measured
    assert f"from {1 / (1 + np.exp(-(w * x + b))):.4f} to {1 / (1 + np.exp(-5 * (w * x + b))):.4f}" in measured
    assert "0.60" in shown(at)  # z
    assert "0.6457" in shown(at)  # the sigmoid of it


def test_a_slider_moves_the_numbers(open_app):
    at = open_app("neuron")
    at.slider(key="neuron.w").set_value(-2.0).run()
    assert f"{-2.0 * 0.5 + 0.2:.2f}" in shown(at).replace("−", "-")
    assert at.query_params == {"w": "-2", "v": "1"}


@pytest.mark.parametrize(("w", "b"), [((1, 1), -1.5), ((0, 2), -1), ((-0.3, 0), 0.2), ((1, -2), 0)])
def test_the_ends_of_the_line_have_no_weighted_sum_and_lie_beyond_the_picture(w, b):
    ends = neuron.line_ends(np.array(w), b, reach=10)
    assert neuron.weighted_sum(ends, np.array(w), b) == pytest.approx(0, abs=1e-12)
    assert np.linalg.norm(ends[0] - ends[1]) == pytest.approx(20)
    assert ends.mean(axis=0) @ ends.mean(axis=0) == pytest.approx(neuron.distance_from_origin(np.array(w), b) ** 2)
    assert neuron.line_ends(np.zeros(2), b) is None


@pytest.mark.parametrize("one", [*words.TRIES_ONE, words.FAILS_ONE], ids=lambda t: t.label)
def test_a_try_with_one_input_shows_what_it_says(open_app, one):
    at = press(open_app("neuron"), one.label)
    assert one.look in [info.value for info in at.info]
    assert all(at.session_state[f"neuron.{name}"] == value for name, value in one.values.items())


@pytest.mark.parametrize("one", [*words.TRIES_TWO, words.FAILS_TWO], ids=lambda t: t.label)
def test_a_try_with_two_inputs_shows_what_it_says(open_app, one):
    at = press(open_app("neuron", view="two"), one.label)
    assert one.look in [info.value for info in at.info]
    gate = one.values["gate"]
    score = neuron.gate_score(np.array([one.values["w1"], one.values["w2"]]), one.values["b2"], gate)
    assert at.metric[0].value == f"{score:.0%}"


@pytest.mark.claims
def test_the_claims_of_the_tries_with_one_input():
    both, none, relu = (t.values for t in words.TRIES_ONE)
    assert -both["b"] / both["w"] == neuron.turning_point(0.8, 0.2) == -0.25
    slope = [(SIGMOID(w * 1e-5) - SIGMOID(-w * 1e-5)) / 2e-5 for w in (0.8, both["w"])]  # at the turn, z = 0
    assert slope[1] == pytest.approx(5 * slope[0], rel=1e-6)
    assert none["w"] == 0
    assert f"{float(SIGMOID(none['b'])):.4f}" == "0.5498"
    assert relu == {"f": "relu"}
    f = NEURON_ACTIVATIONS["relu"]
    assert [float(f(z)) for z in (-2.0, 0.0, 3.0)] == [0, 0, 3]
    fails = words.FAILS_ONE.values
    z = fails["w"] * fails["x"] + fails["b"]
    assert z == 11
    assert 0 < 1 - float(SIGMOID(z)) < 0.00002
    assert abs(float(SIGMOID(z + 1)) - float(SIGMOID(z))) < 0.00002  # it hardly notices


@pytest.mark.claims
def test_the_claims_of_the_tries_with_two_inputs():
    for one, right in zip([*words.TRIES_TWO, words.FAILS_TWO], [1, 1, 1, 0.75], strict=True):
        weights, b = np.array([one.values["w1"], one.values["w2"]]), one.values["b2"]
        said_yes = CORNERS @ weights + b > 0
        assert np.mean(said_yes == GATES[one.values["gate"]]) == right, one.label
    assert neuron.distance_from_origin(np.array([1.0, 1.0]), -1.5) == pytest.approx(1.5 / np.sqrt(2))
    assert f"{1.5 / np.sqrt(2):.2f}" == "1.06"


def test_scaling_everything_leaves_the_line_and_sharpens_the_answer():
    for factor, answer in ((1, 0.622), (5, 0.924), (10, 0.993)):
        weights, b = factor * np.array([1.0, 1.0]), -1.5 * factor
        assert neuron.distance_from_origin(weights, b) == pytest.approx(1.061, abs=5e-4)
        assert float(SIGMOID(neuron.weighted_sum(np.ones(2), weights, b))) == pytest.approx(answer, abs=5e-4)


@pytest.mark.parametrize(("gate", "best"), [("and", 1.0), ("or", 1.0), ("nand", 1.0), ("xor", 0.75)])
def test_one_line_can_do_all_gates_but_xor(open_app, gate, best):
    at = open_app("neuron", view="two", gate=gate)
    assert neuron.best_gate_score(gate)[0] == best
    assert ("the best gets 75%" in shown(at)) == (gate == "xor")
    assert ("21**3" in shown(at)) is False
    if gate == "xor":
        assert "9,261" in shown(at)


def test_success_is_only_said_when_all_corners_are_right(open_app):
    solved = open_app("neuron", view="two", gate="and", w1=1, w2=1, b2=-1.5)
    assert [s.value for s in solved.success] == ["This neuron is AND."]
    assert not open_app("neuron", view="two", gate="and", w1=1, w2=1, b2=-0.5).success


def test_a_neuron_that_turns_nowhere(open_app):
    assert "it turns nowhere" in shown(open_app("neuron", w=0))
    assert "no line" in shown(open_app("neuron", view="two", w1=0, w2=0))


def test_each_kind_of_slide_is_in_the_link(open_app):
    at = open_app("neuron", view="two", gate="xor", w1=-2, w2=0.5, b2=0.25)
    assert at.query_params == {"view": "two", "gate": "xor", "w1": "-2", "w2": "0.5", "b2": "0.25", "v": "1"}
    assert [s.value for s in at.slider] == [-2.0, 0.5, 0.25]
