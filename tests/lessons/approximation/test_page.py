"""Lesson 17 says what the core computes, for every link."""

import re
from functools import lru_cache

import numpy as np
import pytest

from core.lessons.approximation import study, trained, words, worked
from core.lessons.approximation.targets import CHALLENGES, STEEP, X, responses
from core.training.building import network_of
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

VIEWS = ["hand", "units"]
over_units = lru_cache(trained.over_units)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def latex(at):
    return " ".join(m.value for m in at.latex)


def test_loads_on_the_box(open_app):
    at = open_app("approximation")
    assert not at.exception
    assert "the sum is 0.00 on the left, 1.00 in the middle and 0.00 on the right" in text(at)
    assert "b_1 = -w" in latex(at)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("approximation", commit=False, view=view, t1=0, v1=3, units=64)
    assert not at.exception
    assert not at.slider
    assert not at.select_slider
    said = text(at) + latex(at)
    assert "Measured" not in said
    assert "0.230" not in said
    assert "in the middle" not in said
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("approximation", view)
    at.radio(key=f"{name}.options").set_value(1)
    at.button(key=f"{name}.commit").click().run()
    assert f"You said:** {item.options[1].text}" in text(at)


def off_of(values):
    """How far off a try's units are, by the formula of the page."""
    one, count = CHALLENGES[values["challenge"]], values["n"]
    w = values.get("steep", STEEP) if one.kind == "step" else 1
    bend = (lambda z: 1 / (1 + np.exp(-z))) if one.kind == "step" else (lambda z: np.maximum(0, z))
    heap = sum(values[f"v{k}"] * bend(w * X - w * values[f"t{k}"]) for k in range(1, count + 1))
    left = one.target(X) - heap
    return {"off": float(np.std(left)), "best": study.best_places(values["challenge"], count, steep=w)[1]}


def numbers_of(values):
    runs = over_units(values["curve"], values["activation"], values["epochs"])
    at = trained.COUNTS.index(values["units"])
    return {"trained": float(np.median(runs["off_trained"][:, at])), "hand": float(runs["off_hand"][0, at])}


@pytest.mark.parametrize(("view", "expected"), [("hand", off_of), ("units", numbers_of)], ids=VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view, expected):
    at, shown = open_app("approximation", view=view), words.LESSON.views[view]
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [tried.look.format(**expected(tried.values))]


@pytest.mark.claims
def test_two_opposite_steps_make_a_box_and_three_hinges_a_tent():
    assert study.box_at() == pytest.approx({"before": 0, "middle": 1, "after": 0}, abs=1e-6)
    assert off_of(words.TRIES_HAND[0].values)["off"] < 1e-9


@pytest.mark.claims
def test_the_claims_about_steps():
    _, hard, soft = (off_of(t.values)["off"] for t in words.TRIES_HAND)
    assert soft < 0.75 * hard
    fails = off_of(words.FAILS_HAND.values)
    assert fails["off"] > fails["best"] > 0.15
    for k in range(1, 5):  # its heights are the best for its turning points, to two decimals
        changed = words.FAILS_HAND.values | {f"v{k}": words.FAILS_HAND.values[f"v{k}"] + 0.1}
        assert off_of(changed)["off"] > fails["off"]


@pytest.mark.claims
def test_training_misses_what_hands_can_draw():
    """Of twenty networks with 32 hinges none comes within ten times what even spacing and least squares reach."""
    runs = trained.over_units("wiggles", "relu", 300, (32,))
    off, hand = runs["off_trained"][:, 0], float(runs["off_hand"][0, 0])
    assert hand < 0.012
    assert off.min() > 15 * hand
    slow, fast = study.shares(runs["trained"][0])
    assert 0.95 < slow < 1.07
    assert fast < 0.5


@pytest.mark.claims
def test_the_slow_part_comes_first():
    slow, fast = study.shares(trained.over_units("wiggles", "relu", 60, (32,))["trained"][0])
    assert slow > 0.9
    assert fast < 0.35


@pytest.mark.claims
def test_the_gentle_wave_is_learned():
    runs = trained.over_units("wave", "relu", 300, (32,))
    assert np.median(runs["off_trained"]) < 0.02
    assert runs["off_hand"][0, 0] < 0.002


def test_more_units_or_more_epochs_do_not_mend_it():
    """The claims of two tries: their runs take too long for every kernel, and their margins are wide."""
    wide, long = (numbers_of(t.values) for t in words.TRIES_UNITS[1:])
    default = numbers_of({"curve": "wiggles", "activation": "relu", "epochs": 300, "units": 32})
    assert wide["hand"] < default["hand"] / 3
    assert 0.8 * default["trained"] < wide["trained"] < default["trained"]
    assert 10 * long["hand"] < long["trained"] < default["trained"]


@pytest.mark.claims
def test_without_a_bend_every_number_of_units_draws_the_same_line():
    straight = np.polyval(np.polyfit(X, CHALLENGES["wave"].target(X), 1), X)
    for count in (1, 64):
        curve = study.by_hand("identity", count, CHALLENGES["wave"].target(X))
        np.testing.assert_allclose(curve, straight, atol=1e-8)
    curves = trained.over_units("wave", "identity", 100, (64,))["trained"][0]
    np.testing.assert_allclose(np.diff(curves, 2, axis=1), 0, atol=1e-5)
    off = study.deviation(curves - CHALLENGES["wave"].target(X))
    assert off.min() > study.deviation(straight - CHALLENGES["wave"].target(X))


def test_all_hinges_start_at_one_place():
    network = network_of(trained.experiment("wiggles", "relu", 32), 1, 20)
    network.start(range(20))
    first = next(iter(network.p.values()))
    assert (first[..., -1] == 0).all()  # every bias is 0, so every hinge turns where the scaled input is 0


def worked_out(lines):
    plain = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"(\1)", " ".join(lines)).replace(r"\times", "*")
    left, right = plain.split("=", 1)[1].rsplit("=", 1)
    return eval(left), eval(right), 0.5 * 10.0 ** -len(right.strip(" ()").partition(".")[2])


@pytest.mark.parametrize("name", list(CHALLENGES))
def test_the_worked_line_is_so_as_written(name):
    one = CHALLENGES[name]
    for seed in range(20):
        rng = np.random.default_rng(seed)
        turns, heights = rng.uniform(-3, 3, 3).round(2), rng.uniform(-9, 9, 3).round(2)
        units = responses(one.kind, turns)
        bias, curve = study.drawn(units, heights, one.target(X))
        left, right, half = worked_out(worked.answer_lines(bias, heights, units[len(X) // 2]))
        assert left == pytest.approx(right, abs=1.01 * half)
        assert right == pytest.approx(curve[len(X) // 2], abs=1.01 * half)


def test_units_are_added_taken_away_and_set_best(open_app):
    at = open_app("approximation", challenge="tent")
    press(at, "Add a unit")
    assert at.session_state["approximation.n"] == 3
    assert at.session_state["approximation.unit"] == 3
    press(at, "Best turns too")
    assert {at.session_state[f"approximation.t{k}"] for k in (1, 2, 3)} == {-1.0, 0.0, 1.0}
    assert [at.session_state[f"approximation.v{k}"] for k in (1, 2, 3)] == [1.0, -2.0, 1.0]
    press(at, "Remove one")
    press(at, "Best heights")
    assert at.session_state["approximation.n"] == 2
    assert not at.exception


@pytest.mark.parametrize(("name", "count"), [("wave", 4), ("wiggles", 3)])
def test_what_training_finds_with_as_many_units_stands_beside_the_hands(open_app, name, count):
    at = open_app("approximation", challenge=name, n=count)
    runs = trained.over_units(name, "relu", 300, (count,))
    said = next(c.proto.alt for c in at.get("vega_lite_chart") if "yours" in c.proto.alt)
    assert f"trained (median) {np.median(runs['off_trained']):.3f}" in said


def test_a_bias_can_be_typed_and_sets_where_the_unit_turns(open_app):
    at = open_app("approximation")
    field = next(f for f in at.text_input if f.label == words.BIAS)
    assert field.value == "20"
    field.set_value("−10").run()
    assert not at.exception
    assert at.session_state["approximation.t1"] == 0.5
    assert r"b_1 = -w\,t_1 = -20" in latex(at)
    next(f for f in at.text_input if f.label == words.BIAS).set_value("0").run()
    assert next(f for f in at.text_input if f.label == words.BIAS).value == "0"
    assert str(at.session_state["approximation.t1"]) == "0.0"


def test_hinges_offer_no_weight_that_would_change_nothing(open_app):
    labels = [[f.label for f in open_app("approximation", challenge=name).text_input] for name in ("box", "tent")]
    assert ["Weight w into each step" in each for each in labels] == [True, False]


def test_a_challenge_opens_on_its_own_units(open_app):
    at = open_app("approximation")
    at.selectbox(key="approximation.challenge").set_value("wiggles").run()
    assert not at.exception
    assert at.session_state["approximation.n"] == len(CHALLENGES["wiggles"].units)


@pytest.mark.parametrize("name", list(CHALLENGES))
@pytest.mark.parametrize("count", [1, 8])
def test_every_challenge_opens(open_app, name, count):
    at = open_app("approximation", challenge=name, n=count, unit=8)
    assert not at.exception
    assert "Where it fails" in " ".join(b.label for b in at.button)


@pytest.mark.parametrize("activation", ["tanh", "identity"])
def test_every_activation_opens(open_app, activation):
    at = open_app("approximation", view="units", activation=activation, curve="wave", units=1)
    assert not at.exception


def test_hostile_links_open(open_app):
    at = open_app("approximation", view="x", n=99, t1="nan", v2="1e9", unit=-3, epochs=7, units=3, curve="box")
    assert not at.exception
    assert at.warning
    assert at.session_state["approximation.v2"] == 10


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "approximation", view)


@pytest.mark.parametrize(("far", "near"), [(0.435, 0.409), (0.2304, 0.0106), (0.007748, 0.000968), (0.2237, 0.00251)])
def test_how_many_times_as_far_off_is_so_as_written(far, near):
    *_, a, b, times = map(float, re.findall(r"\}\{([\d.]+)\}", worked.times_line(far, near)))
    digits = 2 if far < 9.5 * near else 0
    assert f"{a / b:.{digits}f}" == f"{far / near:.{digits}f}" == f"{times:.{digits}f}"
