"""Lesson 4 through the router: the numbers of the issue, computed by the core."""

import re

import numpy as np
import pytest

from core.lessons.backprop import blame, networks, words
from core.nn import walk
from core.nn.small import Small
from core.ui import teaching
from tests.pressing import in_every_order, notes, press

CHAIN = {"net": "chain", "x1": 1.5, "loss": "bce", "weight": 0}


def said(at):
    return " ".join([*(m.value for m in at.markdown), *(i.value for i in at.info), *(x.value for x in at.latex)])


def setting(at, name):
    return at.session_state[f"backprop.{name}"]


def test_it_opens_on_the_loss_of_082_against_1_and_hides_the_gradients(open_app):
    at = open_app("backprop", commit=False, step=3)
    assert not at.exception
    (line,) = at.latex
    for part in ("0.82", "1", "0.0324"):
        assert part in line.value
    assert "0.0105" not in said(at)


def test_the_measured_blame_is_the_tapes(open_app):
    at = open_app("backprop")
    found = blame.compared(blame.first_step())
    assert "the small weight's gradient is larger in size: −0.0393 against −0.0105." in said(at)
    assert "both, −0.0531. It's multiplied by the output of each one's unit: 0.7398 and 0.1974." in said(at)
    assert found["ratio"] > 3
    assert round(-0.0531 * 0.1974, 4) == -0.0105
    assert round(-0.0531 * 0.7398, 4) == -0.0393
    assert found["big_w"] > 3 * found["small_w"]
    deep = said(open_app("backprop", net="deep"))
    assert "in the network that this page opens on, the small weight's gradient is larger in size: −0.0393" in deep


@pytest.mark.parametrize("recalled", [False, True])
def test_the_gradients_are_in_the_picture_once_the_answer_is_committed(open_app, recalled):
    at = open_app("backprop", commit=False)
    if recalled:  # the browser remembers other answers
        at.session_state[teaching.RECALLED] = True
        at.run()
    assert setting(at, "step") == 1
    at.radio(key="backprop.prediction.options").set_value(1)
    press(at, "Commit")
    assert setting(at, "step") == 2
    assert "The slope of its sigmoid is 0.1476 here" in said(at)
    press(at, "Back")
    assert setting(at, "step") == 1
    assert setting(open_app("backprop", step=0), "step") == 0
    assert at.metric[0].value == "0.0324"


def test_an_answer_that_the_browser_brings_back_leaves_the_picture_where_it_was(open_app):
    at = open_app("backprop", commit=False)
    at.session_state[teaching.RECALLED] = True
    at.session_state["teaching.answers"] = {"backprop.prediction": 1}
    at.run()
    assert at.metric[0].value == "0.0324"
    assert setting(at, "step") == 1


def test_the_worked_chain_shows_the_published_numbers(open_app):
    formulas = " ".join(x.value for x in open_app("backprop", **CHAIN, step=3).latex)
    for part in ("(-0.6757)", "(-1.20)", "0.2574", "1.50", "0.3131", "0.3127"):
        assert part in formulas
    before, after = (float(v) for v in re.findall(r"\{(1\.126\d+)\}", formulas))
    assert round((after - before) / 1e-3, 4) == 0.3127  # as a calculator finds


def test_one_update_of_one_weight_and_of_all(open_app):
    at = open_app("backprop", **CHAIN, step=4)
    text = said(at)
    step = walk.train_step(networks.CHAIN, networks.CHAIN_THETA, np.array([[1.5]]), np.array([1.0]), 0.5)
    after = blame.loss_after(networks.CHAIN, step.updated, np.array([[1.5]]), np.array([1.0]))
    alone = blame.loss_if_alone(networks.CHAIN, step, np.array([[1.5]]), np.array([1.0]), 0)
    assert round(alone, 3) == 1.067
    assert f"If only x → h moved, the loss would become {alone:.4f}." in text
    assert f"One update would make the loss {after:.4f}." in [caption.value for caption in at.caption]
    assert "above 0, so the weight falls" in text


def test_applying_updates_makes_the_loss_fall(open_app):
    at = open_app("backprop")
    losses = [float(at.metric[0].value)]
    apply = next(b for b in at.button if b.label == "Apply one update")
    for _ in range(3):
        apply.click().run()
        losses.append(float(at.metric[0].value))
        apply = next(b for b in at.button if b.label == "Apply one update")
    assert losses == sorted(losses, reverse=True)
    assert len(set(losses)) == 4
    assert at.query_params["updates"] == "3"
    next(b for b in at.button if b.label == "Undo all").click().run()
    assert at.metric[0].value == "0.0324"


def test_the_stages_have_their_names(open_app):
    at = open_app("backprop", step=0)
    names = []
    for step in range(5):
        names.append(next(m.value for m in at.markdown if " of 5" in m.value).split("· ")[1])
        if step < 4:
            at.button(key="backprop.stepper.step").click().run()
    assert names == ["Forward", "Loss", "Output gradient", "Hidden gradients", "Update"]


@pytest.mark.parametrize("weight", [0, 5, 7])
def test_every_weight_can_be_chosen_and_its_gradient_is_shown(open_app, weight):
    at = open_app("backprop", weight=weight)
    gradient = blame.first_step().gradient[weight]
    chain = next(x.value for x in at.latex if "partial" in x.value)
    assert f"{gradient:.4f}" in chain.rsplit("&=", 1)[1]


def test_every_try_after_every_other_says_what_is_so(open_app):
    at, worked = (
        open_app("backprop"),
        {"product": "−0.6757 × (−1.2) × 0.2574 × 1.5", "gradient": "0.3131", "nudged": "0.3127"},
    )
    row, one = np.array([networks.PAIR_INPUTS]), np.array([1.0])
    thetas, _ = walk.descend(networks.PAIR, networks.PAIR_THETA, row, one, 1.0, 10)
    tenth = walk.train_step(networks.PAIR, thetas[-1], row, one, 1.0).gradient[6]
    of = {"Ten updates": {"gradient": words.rounded(tenth)}}
    for tried in in_every_order(words.LESSON.views[""]):
        press(at, tried.label)
        assert notes(at) == [tried.look.format(**worked | of.get(tried.label, {})).replace("−0.6757", "(−0.6757)")]
        assert all(setting(at, name) == value for name, value in tried.values.items())


@pytest.mark.claims
def test_what_the_tries_claim():
    row, one = np.array([networks.PAIR_INPUTS]), np.array([1.0])
    thetas, losses = walk.descend(networks.PAIR, networks.PAIR_THETA, row, one, 1.0, 10)
    first, last = (walk.train_step(networks.PAIR, t, row, one, 1.0) for t in (thetas[0], thetas[-1]))
    assert losses[-1] < 0.2 * losses[0]
    assert last.forward.a[-1][0, 0] > 0.92
    assert (np.abs(last.gradient[-1:]) < np.abs(first.gradient[-1:])).all()
    deep = walk.train_step(*networks.NETWORKS["deep"], row, one, 0.5)
    assert len(blame.chain(deep, blame.all_weights(networks.DEEP)[0])) == 2
    dead = walk.train_step(Small((2, 2, 1), "relu", "brier"), networks.PAIR_THETA, np.array([[-2.0, 1.0]]), one, 0.5)
    assert not dead.gradient[:3].any()
    assert dead.loss > 0.001


@pytest.mark.parametrize("place", list(blame.PLACES))
def test_each_kind_of_place_is_told(open_app, place):
    at = open_app("backprop", place=place)
    assert not at.exception
    words_ = {"above": "falls", "below": "grows", "minimum": "hope for", "saddle": "saddle"}
    assert words_.get(place, place) in said(at)


def test_the_ledger_is_the_whole_step(open_app):
    at = open_app("backprop")
    entries = blame.first_step().entries
    table = next(d.value for d in at.dataframe if "operation" in d.value)
    assert table["operation"].tolist() == [e.name for e in entries]
    assert f"All {len(entries)} array operations" in said(at)


def test_nudging_costs_and_fading_are_told_from_runs(open_app):
    text = said(open_app("backprop"))
    assert "2,410 parameters" in text
    assert "-fold" in text


@pytest.mark.parametrize(
    "query",
    [
        {"weight": "999", "rate": "inf", "updates": "1e9", "step": "-4", "net": "'; drop", "h": "0", "place": "moon"},
        {"net": "chain", "weight": 14, "step": 5, "x1": -3, "f": "relu"},
        {
            "net": "deep",
            "weight": 14,
            "step": 5,
            "f": "identity",
            "loss": "bce",
            "rate": 5,
            "updates": 100,
            "x1": 3,
            "x2": -3,
        },
        {"f": "sigmoid", "target": "0", "h": 13, "rate": 0.1},
        {"f": "relu", "x1": -3, "x2": 3, "weight": 0, "h": 1, "step": 4},
    ],
)
def test_whatever_the_link_says_the_page_opens(open_app, query):
    at = open_app("backprop", **query)
    assert not at.exception
    assert at.latex


def test_checks_and_lengths():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    assert len(words.EXPLAIN.split()) <= 120
