"""Lesson 2 through the router: what it shows is what the core computes."""

from itertools import permutations

import numpy as np
import pytest

from core.data.gates import CORNERS
from core.lessons.forward import networks, words
from core.nn import small
from core.nn.small import Small
from tests.pressing import notes, press


def said(at):
    return " ".join([*(m.value for m in at.markdown), *(i.value for i in at.info), *(x.value for x in at.latex)])


def setting(at, name):
    return at.session_state[f"forward.{name}"]


def test_it_opens_on_input_two_and_hides_the_doubled_output(open_app):
    at = open_app("forward", commit=False)
    assert not at.exception
    assert setting(at, "x1") == 2.0
    assert "2 of 4" in said(at)
    assert "4.90" not in said(at)
    assert not [s for s in at.slider if s.key == "forward.x1"]


def test_doubling_is_measured_from_the_network(open_app):
    at = open_app("forward")
    net = Small((1, 3, 2, 1))
    y, y2 = (f"{v:.2f}" for v in net.predict(small.seeded(net, 31), np.array([[2.0], [4.0]]))[0])
    assert f"the output is {y} at x = 2, and {y2} at twice that: 2.00 times" in said(at)
    assert "the output is 1.296 at x = −2, and 2.592 at twice that: 2.00 times" in said(open_app("forward", x1=-2))
    assert "at (2, 1), and " in said(open_app("forward", inputs=2))
    other = open_app("forward", bias=1)  # another network is drawn, so the question's own is named
    assert f"Its output is {y} at an input of 2, and {y2} at twice that: 2.00 times" in said(other)


@pytest.mark.parametrize(
    "query", [{"bias": 1}, {"f": "tanh"}, {"f": "identity"}, {"out": "brier"}, {"x1": 0}, {"inputs": 2}, {"h3": 2}]
)
def test_a_question_is_about_the_network_beside_it(open_app, query):
    """Where the link's network is of another kind, the one that the question means is drawn until it is answered."""
    asked, own = (open_app("forward", commit=False, step=3, **more) for more in ({}, query))
    assert [x.value for x in own.latex] == [x.value for x in asked.latex]
    own.button(key="forward.prediction.skip").click().run()
    assert [x.value for x in own.latex] != [x.value for x in asked.latex]
    assert all(setting(own, name) == value for name, value in query.items())


def test_the_network_by_hand_bends_until_it_is_asked_what_is_left_without(open_app):
    straight = open_app("forward", commit=False, net="xor", f="identity", x1=0, x2=0, step=2)
    assert "{0.00}" in straight.latex[0].value.rsplit("hat y", 1)[1]
    straight.button(key="forward.xor.prediction.skip").click().run()
    assert "{2.00}" in straight.latex[0].value.rsplit("hat y", 1)[1]


def test_the_introduction_follows_the_activation(open_app):
    at = open_app("forward", commit=False, net="xor", f="identity")
    assert "negative sums become 0" in said(at)
    at.button(key="forward.xor.prediction.skip").click().run()
    assert "negative sums stay negative" in said(at)
    for f in words.DO:
        assert words.DO[f] in said(open_app("forward", f=f))


def test_the_network_by_hand_asks_a_question_of_its_own(open_app):
    at = open_app("forward", commit=False, net="xor")
    assert "1, 0" not in said(at)
    at.button(key="forward.xor.prediction.skip").click().run()
    assert "get 0, 1, 1, 0; without it they get 2, 1, 1, 0" in said(at)


def test_the_network_by_hand_opens_at_a_corner_and_reset_stays_there(open_app):
    for at in (open_app("forward", net="xor"), press(open_app("forward", net="xor", x1=0, x2=0, f="tanh"), "Reset")):
        assert [setting(at, name) for name in ("net", "x1", "x2", "f")] == ["xor", 1.0, 1.0, "relu"]
    at = open_app("forward")
    at.session_state["forward.net"] = "xor"
    assert [setting(at.run(), name) for name in ("x1", "x2")] == [1.0, 1.0]
    assert setting(open_app("forward", net="xor", v=1), "x1") == 2.0  # copied when that was its first value
    assert setting(press(open_app("forward", seed=7), "Reset"), "net") == "seeded"


def test_the_opened_unit_and_the_product_are_written_out(open_app):
    formulas = " ".join(x.value for x in open_app("forward").latex)
    for part in ("0.9", "2.00", "1.80", "-1.20", "bmatrix", r"\max(0,\,z)"):
        assert part in formulas


def test_stepping_goes_forth_and_back_and_is_in_the_link(open_app):
    at = open_app("forward", step=0)
    assert "Nothing" in said(at) or "nothing is computed here" in said(at)
    assert at.button(key="forward.stepper.back").disabled
    for expected in (1, 2, 3):
        at.button(key="forward.stepper.step").click().run()
        assert setting(at, "step") == expected
    assert at.query_params["step"] == "3"
    assert at.button(key="forward.stepper.step").disabled
    at.button(key="forward.stepper.back").click().run()
    assert setting(at, "step") == 2
    at.button(key="forward.stepper.play").click().run()
    assert at.button(key="forward.stepper.play").label == "Pause"
    assert not at.exception


@pytest.mark.parametrize("name", ["", "xor"])
def test_every_try_after_every_other_sets_what_it_speaks_of(open_app, name):
    view = words.LESSON.views[name]
    for first, second in permutations([*view.tries, view.fails], 2):
        at = press(open_app("forward", net=name or "seeded"), first.label)
        if setting(at, "net") != (name or "seeded"):
            continue  # the other network has experiments of its own
        press(at, second.label)
        assert notes(at) == [second.look]
        assert all(setting(at, key) == value for key, value in second.values.items())


@pytest.mark.claims
def test_minus_two_wakes_the_silent_unit():
    net = Small((1, 3, 2, 1))
    _, plus = hidden(net, 2.0)
    _, minus = hidden(net, -2.0)
    assert ((plus > 0) != (minus > 0)).all()
    assert (plus > 0).sum() == 2


def hidden(net, x):
    from core.nn import walk

    run = walk.forward(net, small.seeded(net, 31), np.array([x]))
    return run, run.a[1][:, 0]


def test_biases_break_the_doubling(open_app):
    at = open_app("forward", bias=1, step=3)
    assert "It always doubles if all biases are 0" in said(at)
    net = Small((1, 3, 2, 1))
    y, y2 = net.predict(small.seeded(net, 31, True), np.array([[2.0], [4.0]]))[0]
    assert abs(y2 - 2 * y) > 0.05


@pytest.mark.claims
def test_xor_by_hand_and_without_its_bend():
    assert networks.XOR.predict(networks.XOR_BY_HAND, CORNERS)[0].tolist() == [0, 1, 1, 0]
    assert Small((2, 2, 1), "identity").predict(networks.XOR_BY_HAND, CORNERS)[0].tolist() == [2, 1, 1, 0]


@pytest.mark.parametrize(("x1", "x2"), [(0, 1), (1, 1)])
def test_the_page_shows_xor_at_each_corner(open_app, x1, x2):
    at = open_app("forward", net="xor", x1=x1, x2=x2, step=2)
    assert f"{float(x1 != x2):.2f}" in at.latex[0].value.rsplit("hat y", 1)[1]


@pytest.mark.parametrize(
    "query",
    [
        {"x1": "1e400", "x2": "nan", "step": "99", "unit": "-1", "net": "<script>", "seed": "१२"},
        {"h1": 0, "h2": 0, "h3": 0, "step": 4, "unit": 4},
        {"h1": 4, "h2": 4, "h3": 4, "inputs": 2, "step": 3, "unit": 4, "f": "tanh", "out": "brier", "bias": 1},
        {"net": "xor", "step": 4, "unit": 4, "f": "sigmoid", "x1": -5, "x2": 5},
        {"f": "identity", "x1": 0, "seed": 999, "unknown": "x" * 5000},
    ],
)
def test_whatever_the_link_says_the_page_opens(open_app, query):
    at = open_app("forward", **query)
    assert not at.exception
    assert at.latex


def test_there_are_three_checks_and_feedback(open_app):
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    at = open_app("forward")
    at.radio(key="forward.check.0").set_value(1).run()
    assert any("One for each weight" in s.value for s in at.success)


def test_the_explanation_is_short():
    assert len(words.EXPLAIN.split()) <= 120
