"""Lesson 1: what is asked, what is shown, and what each experiment claims, from the core at the same settings."""

import numpy as np
import pytest

from core.lessons.neuron import study as neuron
from core.lessons.neuron import words
from core.lessons.neuron.study import NEURON_ACTIVATIONS
from tests.pressing import in_every_order, notes, press

SIGMOID = NEURON_ACTIVATIONS["sigmoid"]


def shown(at) -> str:
    kinds = ("markdown", "info", "success", "warning", "latex", "caption")
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
    turn, turn5 = -b / w, -5 * b / (5 * w)
    assert (
        f"turning point is at x = {turn:.2f}, and with both five times as large it's still at x = {turn5:.2f}"
        in measured
    )
    assert f"from {1 / (1 + np.exp(-(w * x + b))):.4f} to {1 / (1 + np.exp(-5 * (w * x + b))):.4f}" in measured
    assert "0.60" in shown(at)  # z
    assert "0.6457" in shown(at)  # the sigmoid of it


def test_a_slider_moves_the_numbers(open_app):
    at = open_app("neuron")
    at.slider(key="neuron.w").set_value(-2.0).run()
    assert f"{-2.0 * 0.5 + 0.2:.2f}" in shown(at).replace("−", "-")
    assert at.query_params == {"w": "-2", "v": "1"}


@pytest.mark.parametrize(("w", "b"), [((1, 1), -1.5), ((0, 2), -1), ((-0.3, 0), 0.2), ((1, -2), 0)])
def test_the_ends_of_the_line_have_no_z_and_lie_beyond_the_picture(w, b):
    ends = neuron.line_ends(np.array(w), b, reach=10)
    assert neuron.pre_activation(ends, np.array(w), b) == pytest.approx(0, abs=1e-12)
    assert np.linalg.norm(ends[0] - ends[1]) == pytest.approx(20)
    assert ends.mean(axis=0) @ ends.mean(axis=0) == pytest.approx(neuron.distance_from_origin(np.array(w), b) ** 2)
    assert neuron.line_ends(np.zeros(2), b) is None


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("view", ["one", "two"])
def test_every_try_after_every_other_shows_what_it_says(open_app, view):
    at = open_app("neuron", view=view, v=1)
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        assert notes(at) == [tried.look]
        assert all(at.session_state[f"neuron.{name}"] == value for name, value in tried.values.items())
        CLAIMS[tried.label]({name: at.session_state[f"neuron.{name}"] for name in NAMES})


NAMES = ("f", "x", "w", "b", "w1", "w2", "b2", "gate")


def steeper(v):
    assert -v["b"] / v["w"] == -0.25 == -0.2 / 0.8
    slope = [(sigmoid(w * 1e-5) - sigmoid(-w * 1e-5)) / 2e-5 for w in (0.8, v["w"])]  # at the turning point z is 0
    assert slope[1] == pytest.approx(5 * slope[0], rel=1e-6)
    assert v["f"] == "sigmoid"


def flat(v):
    assert (v["w"], v["f"]) == (0, "sigmoid")
    assert f"{sigmoid(v['b']):.4f}" == "0.5498"


def silent_or_z(v):
    f, turn = NEURON_ACTIVATIONS[v["f"]], -v["b"] / v["w"]
    assert -3 < turn < 3
    for x in (turn - 2, turn - 0.1, turn, turn + 0.1, turn + 2):
        assert float(f(v["w"] * x + v["b"])) == (v["w"] * x + v["b"] if x > turn else 0)


def saturated(v):
    assert v["w"] * v["x"] + v["b"] == 11
    assert 0 < 1 - sigmoid(11) < 0.00002
    digits = {f"{sigmoid(v['w'] * x + v['b']):.4f}" for x in np.linspace(v["x"], 3, 50)}
    assert digits == {"1.0000"}  # "doesn't seem to change"


def cut(v):
    weights, inputs = np.array([v["w1"], v["w2"]]), np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    return inputs @ weights + v["b2"] > 0, abs(v["b2"]) / np.sqrt(weights @ weights)


def one_beyond(v):
    yes, away = cut(v)
    assert yes.tolist() == [False, False, False, True]
    assert f"{away:.2f}" == "1.06"


def one_left(v):
    yes, away = cut(v)
    assert yes.tolist() == [False, True, True, True]
    assert f"{away:.2f}" == "0.35"
    only = {k: value for k, value in words.TRIES_TWO[0].values.items() if k not in ("b2", "gate")}
    assert {k: v[k] for k in only} == only  # "only the bias is different from AND"


def flipped(v):
    yes, _ = cut(v)
    assert yes.tolist() == [True, True, True, False]
    assert [-v["w1"], -v["w2"], -v["b2"]] == [words.TRIES_TWO[0].values[k] for k in ("w1", "w2", "b2")]


def three_of_four(v):
    assert (cut(v)[0] == [False, True, True, False]).sum() == 3


CLAIMS = dict(
    zip(
        [t.label for t in (*words.TRIES_ONE, words.FAILS_ONE, *words.TRIES_TWO, words.FAILS_TWO)],
        [steeper, flat, silent_or_z, saturated, one_beyond, one_left, flipped, three_of_four],
        strict=True,
    )
)


@pytest.mark.claims
def test_no_line_of_very_many_gets_all_corners_of_xor():
    rng = np.random.default_rng(0)
    inputs = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    yes = inputs @ rng.uniform(-2, 2, (2, 200_000)) + rng.uniform(-2, 2, 200_000) > 0
    right = {name: (yes == np.array(target)[:, None]).mean(axis=0) for name, target in
             {"xor": (0, 1, 1, 0), "and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0)}.items()}  # fmt: skip
    assert {name: score.max() for name, score in right.items()} == {"xor": 0.75, "and": 1, "or": 1, "nand": 1}


def test_each_activation_here_rises_or_stays_flat():
    z = np.linspace(-8, 8, 4001)
    for name, f in NEURON_ACTIVATIONS.items():
        assert (np.diff(f(z)) >= 0).all(), name


def test_scaling_everything_leaves_the_line_and_sharpens_the_answer():
    for factor, answer in ((1, 0.622), (5, 0.924), (10, 0.993)):
        weights, b = factor * np.array([1.0, 1.0]), -1.5 * factor
        assert neuron.distance_from_origin(weights, b) == pytest.approx(1.061, abs=5e-4)
        assert float(SIGMOID(neuron.pre_activation(np.ones(2), weights, b))) == pytest.approx(answer, abs=5e-4)


@pytest.mark.parametrize(("gate", "best"), [("and", 1.0), ("or", 1.0), ("nand", 1.0), ("xor", 0.75)])
def test_one_line_can_do_all_gates_but_xor(open_app, gate, best):
    assert neuron.best_gate_score(gate)[0] == best
    said = shown(open_app("neuron", view="two", gate=gate))
    assert ("Why not XOR?" in said) == (gate == "xor")
    assert "of 9,261 neurons (weights and biases from −2 to 2), the best gets 100% of the corners right for AND" in said
    assert "100% for OR and 75% for" in said


def test_success_is_only_said_when_all_corners_are_right(open_app):
    solved = open_app("neuron", view="two", gate="and", w1=1, w2=1, b2=-1.5)
    assert [s.value for s in solved.success] == ["This neuron is AND."]
    assert not open_app("neuron", view="two", gate="and", w1=1, w2=1, b2=-0.5).success


def test_a_neuron_without_a_turning_point(open_app):
    assert "there is no turning point" in shown(open_app("neuron", w=0))
    assert "no line" in shown(open_app("neuron", view="two", w1=0, w2=0))


WRONG_LINE = {"view": "two", "gate": "or", "v": "1"}


def test_two_inputs_open_on_or_with_a_wrong_line(open_app):
    for at in (
        press(open_app("neuron"), words.WAY_IN),
        press(open_app("neuron", w=2, v=1), words.WAY_IN),
        open_app("neuron", view="two"),
        open_app("neuron").button_group(key="neuron.view").set_value("two").run(),
    ):
        assert not at.success
        assert at.metric[0].value == "50%"
        assert {k: v for k, v in at.query_params.items() if k != "w"} == WRONG_LINE


def test_an_old_link_means_what_it_meant(open_app):
    for old in ({"view": "two", "v": 1}, {"view": "two", "gate": "and"}):
        at = open_app("neuron", **old)
        assert [s.value for s in at.success] == ["This neuron is AND."]
        assert [s.value for s in at.slider] == [1, 1, -1.5]
        assert at.query_params == {"view": "two", "v": "1"}


def test_what_was_changed_in_a_view_stays_when_one_comes_back(open_app):
    at = press(open_app("neuron", view="two"), "Where it fails: XOR")
    for view in ("one", "two"):
        at.button_group(key="neuron.view").set_value(view).run()
    assert at.metric[0].value == "75%"


def test_reset_leads_to_what_the_view_opens_on(open_app):
    at = press(press(open_app("neuron", view="two"), "Solve NAND"), "Reset")
    assert at.session_state["neuron.gate"] == "or"
    assert at.session_state["neuron.b2"] == -1.5


def test_the_first_picture_gives_nothing_away(open_app):
    at = open_app("neuron", commit=False, w=4, b=1, f="relu")
    assert "0.6457" in shown(at)  # still the neuron that is asked about
    assert "0.9526" not in shown(at)


def test_each_kind_of_slide_is_in_the_link(open_app):
    at = open_app("neuron", view="two", gate="xor", w1=-2, w2=0.5, b2=0.25)
    assert at.query_params == {"view": "two", "gate": "xor", "w1": "-2", "w2": "0.5", "b2": "0.25", "v": "1"}
    assert [s.value for s in at.slider] == [-2.0, 0.5, 0.25]


@pytest.mark.claims
def test_what_the_checks_say_of_a_heater_and_of_corners():
    heats = np.array([-1 * t + 18 > 0 for t in (-30, -18, 0, 17, 19, 40)])
    assert heats.tolist() == [True, True, True, True, False, False]
    inputs = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    assert (inputs.sum(1) - 0.5 > 0).tolist() == [False, True, True, True]


@pytest.mark.parametrize(("w1", "w2", "b"), [(0.1, 0.2, -0.3), (0.5, 0.5, -1.0)])
def test_a_corner_on_the_line_is_on_it_whatever_the_computers_last_digit(open_app, w1, w2, b):
    at = open_app("neuron", view="two", w1=w1, w2=w2, b2=b, gate="and")
    assert "This neuron is AND." not in [s.value for s in at.success]
    assert neuron.gate_score(np.array([w1, w2]), b, "and") == 0.75
