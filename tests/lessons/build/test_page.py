"""Lesson 6: what is asked, what is shown, and what each experiment claims, from the core at the same settings."""

import re
from itertools import pairwise
from urllib.parse import parse_qs

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.build import capacity, charts, words
from core.lessons.build.costs import cost, deeper, wider
from core.training import shapes
from core.training.experiment import Experiment
from tests.pressing import in_every_order, notes, press


def click(at, key):
    at.button(key=key).click().run()
    assert not at.exception


def shown(at) -> str:
    kinds = ("markdown", "info", "success", "warning", "latex", "caption")
    return "\n".join(str(e.value) for kind in kinds for e in at.get(kind))


def sent(at) -> Experiment:
    link = next(e.proto for e in at.get("page_link") if e.proto.label == words.TO_SIMULATOR)
    experiment, problems = Experiment.from_query({k: v[-1] for k, v in parse_qs(link.query_string).items()})
    assert not problems
    return experiment


def test_the_result_is_hidden_until_there_is_a_prediction(open_app):
    at = open_app("build", commit=False)
    assert "2,400" not in shown(at)
    assert "1,056" not in shown(at)
    assert not at.text_input
    at.radio[0].set_value(words.PREDICTION.answer)
    press(at, "Commit")
    assert "**You said:**" in at.success[0].value
    assert at.text_input[0].value == "64-32-10"


def test_what_units_buy_is_asked_before_it_is_seen(open_app):
    at = press(open_app("build", commit=False), "Skip")
    share = f"{capacity.xor_share(2, 'tanh', 40):.0%}"
    assert share not in shown(at)
    assert not any("XOR right" in picture.proto.alt for picture in at.get("vega_lite_chart"))
    at.radio(key="build.units.prediction.options").set_value(words.PREDICTION_UNITS.answer)
    press(at, "Commit")
    assert "**You said:** About half" in at.success[0].value
    assert share in at.success[0].value
    assert any("XOR right" in picture.proto.alt for picture in at.get("vega_lite_chart"))


def test_a_large_network_says_how_much_of_it_is_drawn(open_app):
    assert charts.drawn((3, 4, 2)) == cost((3, 4, 2)).parameters
    assert charts.drawn((64, 32, 10)) == (8 + 1) * 8 * 2


def test_it_opens_on_the_network_of_the_question(open_app):
    at = open_app("build")
    assert at.query_params["net"] == "64-32-10"
    assert "**2,410** parameters" in shown(at)
    for added in ("2,400", "1,056"):
        assert added in at.info[0].value
    press(press(at, "784-128-10"), "Reset")
    assert at.query_params["net"] == "64-32-10"


def test_a_link_that_leaves_the_network_out_means_26_parameters_as_ever(open_app):
    for address in ({"v": 1}, {"net": "3-4-2", "v": 1}):
        at = open_app("build", **address)
        assert at.query_params["v"] == "1"
        assert "net" not in at.query_params
        assert "**26** parameters" in shown(at)
        assert re.search(r"= 16$", shown(at), re.M)
        assert re.search(r"= 10$", shown(at), re.M)


def test_a_deep_network_has_its_sum(open_app):
    assert "2{,}080 + 1{,}056 + 1{,}056 + 330 = 4{,}522" in shown(open_app("build", net="64-32-32-32-10"))


def test_what_is_open_is_depth_and_width(open_app):
    """Each layer by itself is folded."""
    folded = next(e for e in open_app("build").expander if e.label == words.FOLDED)
    assert len(folded.text_input) == 1
    assert len(folded.number_input) == 3


def test_the_question_speaks_of_the_network_beside_it(open_app):
    said = shown(open_app("build", commit=False))
    assert f"**{cost(words.WIDTH_OR_DEPTH).parameters:,}** parameters" in said


def test_what_is_measured_is_what_the_networks_have(open_app):
    measured = open_app("build").info[0].value
    wider, deeper = (
        cost(sizes).parameters - cost((64, 32, 10)).parameters for sizes in ((64, 64, 10), (64, 32, 32, 10))
    )
    assert f"on 64-32-10, doubling the width adds {wider:,} parameters, a second layer {deeper:,}." in measured


def test_the_layer_of_the_source_has_100480(open_app):
    at = open_app("build", net="784-128-10")
    assert "100{,}480" in shown(at)
    assert "**101,770** parameters" in shown(at)


def test_buttons_steppers_and_text_change_the_network(open_app):
    at = open_app("build", v=1)
    click(at, "build.deeper")
    assert at.query_params["net"] == "3-4-4-2"
    click(at, "build.wider")
    assert at.query_params["net"] == "3-8-8-2"
    click(at, "build.shallower")
    click(at, "build.narrower")
    assert "net" not in at.query_params  # 3-4-2 again
    next(field for field in at.number_input if field.label == "Hidden").set_value(50).run()
    assert at.query_params["net"] == "3-50-2"
    at.text_input[0].set_value("5, 6, 7, 8").run()
    assert at.query_params["net"] == "5-6-7-8"
    assert f"**{cost((5, 6, 7, 8)).parameters:,}** parameters" in shown(at)
    at.text_input[0].set_value("<script>").run()
    assert at.query_params["net"] == "5-6-7-8"
    assert "isn't a network" in at.warning[0].value
    at.text_input[0].set_value("3-2").run()
    assert at.button(key="build.shallower").disabled
    assert not at.exception


def expected(net):
    """What the sentences of experiments speak of, counted here layer by layer."""
    count = lambda sizes: sum((a + 1) * b for a, b in pairwise(sizes))  # noqa: E731
    doubled, longer = (net[0], *(2 * n for n in net[1:-1]), net[-1]), (*net[:-1], net[-2], net[-1])
    return {
        "parameters": count(net),
        "first": (net[0] + 1) * net[1],
        "base": count((64, 32, 10)),
        "added": count(net) - count((64, 32, 10)),
        "more_wide": count(doubled) - count(net),
        "more_deep": count(longer) - count(net),
    }


def test_every_try_after_every_other_says_what_is_so(open_app):
    at, view = open_app("build"), words.LESSON.views[""]
    for tried in in_every_order(view):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**expected(tried.values["net"])))]
    for one in words.TRIES[2:]:
        assert one.values["net"] in (wider(words.WIDTH_OR_DEPTH), deeper(words.WIDTH_OR_DEPTH))
    few = expected(words.FAILS.values["net"])
    assert few["more_wide"] < few["more_deep"]


@pytest.mark.claims
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_spirals_over_twenty_seeds(activation):
    """The shape that does best with tanh needn't do best with ReLU: depth helps tanh, and ReLU not."""
    middle = [np.median(shapes.spiral_scores(h, activation, range(20))) for h in shapes.SAME_SIZE]
    if activation == "tanh":
        assert max(middle[1:]) > middle[0] + 0.02
    else:
        assert max(middle[1:]) < middle[0] + 0.02


def test_the_simulator_gets_this_network(open_app):
    assert sent(open_app("build", net="64-32-10")).dataset == "digits"
    at = open_app("build", net="2-500-9-1")
    assert sent(at) == capacity.for_simulator((2, 500, 9, 1)).experiment
    assert sent(at).hidden == (128, 9)
    assert "at most 128" in shown(at)


def test_the_simulator_opens_on_what_was_sent(open_app):
    at = open_app("build", net="4-7-3")
    query = {k: v[-1] for k, v in parse_qs(next(
        e.proto for e in at.get("page_link") if e.proto.label == words.TO_SIMULATOR).query_string).items()}  # fmt: skip
    there = open_app("training", **query)
    assert not there.exception
    assert there.session_state["training.hidden"] == (7,)
    assert there.session_state["training.dataset"] == "iris"


def test_the_shares_shown_are_those_of_the_core(open_app):
    at = open_app("build", f="relu")
    table = next(d.value for d in at.dataframe if "hidden units" in d.value)
    assert table["hidden units"].tolist() == [1, 2, 4, 8]
    assert table.iloc[1, 1] == capacity.xor_share(2, "relu", 40)


def test_where_more_units_fail_is_a_click_away(open_app):
    at, tried = open_app("build"), words.FAILS_UNITS
    assert notes(at) == []
    press(at, tried.label)
    two, four, eight = (capacity.xor_share(units, "relu", 40) for units in (2, 4, 8))
    assert notes(at) == [tried.look.format(two=two, four=four, eight=eight)]


@pytest.mark.claims
def test_misconceptions_and_checks_count_right():
    said = " ".join(words.WRONG[1])
    for sizes in ((2, *(9,) * 6, 1), (2, 112, 1)):
        assert str(cost(sizes).parameters) in said
    assert f"{cost((200, 100)).parameters:,}" == words.CHECKS[0].options[words.CHECKS[0].answer].text
    transfer = words.CHECKS[1].options[words.CHECKS[1].answer].says
    assert f"{cost((1000, 50, 1)).parameters:,} to {cost((2000, 50, 1)).parameters:,}" in transfer
    assert [c.kind for c in words.CHECKS] == ["check", "transfer", "recall"]


@pytest.mark.parametrize(
    "query",
    [
        {"net": "999999-" * 20 + "9"}, {"net": "inf"}, {"net": ["3-4", "5-6"]}, {"net": "1024-" * 7 + "100"},
        {"batch": "1e99", "f": "nan"}, {"stranger": "![](http://x)"}, {"net": "1-1"},
    ],
)  # fmt: skip
def test_whatever_a_link_says_the_page_opens(open_app, query):
    at = open_app("build", **query)
    assert not at.exception
    assert "parameters" in shown(at)
