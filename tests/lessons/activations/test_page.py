"""Lesson 13 says what the core computes, for every link."""

import re

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.activations import study, words
from core.nn.activations import ACTIVATIONS
from core.training.studies import sweep
from tests.pressing import in_every_order, notes, press

VIEWS = ["train", "curves", "dead"]


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("activations", commit=False, view=view, act="relu", kind="tanh")
    assert not at.exception
    assert not at.slider
    assert not at.selectbox
    assert "You said" not in text(at)
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("activations", view)
    at.radio(key=f"{name}.options").set_value(0)
    at.button(key=f"{name}.commit").click().run()
    assert f"You said:** {item.options[0].text}" in text(at)


def test_the_one_matrix_is_the_networks(open_app):
    at = open_app("activations", seed=3)
    assert "rounding" in text(at)
    assert any(r"\,x_1 +" in m.value for m in at.latex)


def test_ten_layers_are_one_matrix_too_and_the_simulator_takes_fewer(open_app):
    at = open_app("activations", layers="10")
    assert not at.exception
    product = next(m.value for m in at.latex if "W_{11}" in m.value)
    assert product.strip("$\n").startswith(r"W_{11} W_{10} \cdots W_{1} = (")
    assert float(re.search(r"at most (\S+) × 10", text(at))[1]) > 0
    link = next(one.proto for one in at.get("page_link") if "in the simulator" in one.proto.label)
    assert link.label == words.OPEN_FEWER.format(name="tanh", most=6)
    assert "8-8-8-8-8-8" in link.query_string
    assert "8-8-8-8-8-8-8" not in link.query_string


def expected(view, v):
    """What a try's sentence says, worked out beside the page."""
    if view == "train":
        runs = {
            n: sweep(study.experiment(v["data"], int(v["layers"]), n), seeds=range(20))
            for n in ("identity", "tanh", "sigmoid", "relu")
        }
        ends = {
            n: (np.median(r.train_accuracy[0, :, -1]), np.median(r.test_accuracy[0, :, -1])) for n, r in runs.items()
        }
        (flat, flat_test), (relu, relu_test) = ends["identity"], ends["relu"]
        found = {"flat": flat, "flat_test": flat_test, "relu": relu, "relu_test": relu_test}
        return found | {"tanh": ends["tanh"][0], "sigmoid": ends["sigmoid"][0]}
    if view == "curves":
        near = 1e-5
        slope, other = (
            float((ACTIVATIONS[v[k]](v["z"] + near) - ACTIVATIONS[v[k]](v["z"] - near)) / (2 * near))
            for k in ("act", "other")
        )
        return {"slope": round(slope, 6), "other": round(other, 6)}
    found = study.dying(v["kind"], v["rate"])
    whole = ~found["broken"][:, -1]
    dead = np.sort(found["dead"][whole, -1] * 16).astype(int)
    low, high = dead[(len(dead) - 1) // 2], dead[len(dead) // 2]
    counts = {"seeds": 20, "whole": sum(whole), "broken": 20 - sum(whole), "units": 16}
    return counts | {
        "dead": f"{low}" if low == high else f"{low} or {high}",
        "accuracy": np.median(found["right"][:, -1]),
    }


@pytest.mark.parametrize("view", VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at, known = open_app("activations", view=view), {}
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        filled = known.setdefault(tried.label, expected(view, tried.values))
        assert notes(at) == [minus(tried.look.format(**filled))]


@pytest.mark.parametrize(
    ("data", "layers"), [(d, n) for n in study.LAYERS for d in study.DATA if n < study.LAYERS[-1] or d == "circles"]
)
def test_the_last_sentence_is_about_the_data_that_are_set(open_app, data, layers):
    at = open_app("activations", data=data, layers=str(layers))
    ends = [
        np.median(sweep(study.experiment(data, layers, name), seeds=range(20)).train_accuracy[0, :, -1])
        for name in ACTIVATIONS
        if name != "identity"
    ]
    low, high = f"{min(ends):.0%}", f"{max(ends):.0%}"
    last = next(m.value for m in at.markdown if "*Which* bend" in m.value).partition("*Which* bend")[2]
    assert all(share in last for share in (low, high))
    assert ("matters less" in last) == (max(ends) - min(ends) <= words.APART_AT)
    assert ("all seven" in last) == (low == high)


def test_broken_runs_are_told_wherever_they_are(open_app):
    assert "A run breaks" in text(open_app("activations", view="dead", kind="leaky_relu", rate=10.0))
    assert "A run breaks" not in text(open_app("activations", view="dead", kind="relu", rate=10.0))


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_every_activation_has_its_facts(open_app, name):
    at = open_app("activations", view="curves", act=name, other=name, z=-6)
    assert not at.exception
    assert f"**{ACTIVATIONS[name].title}**: output" in text(at)


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "data": "iris", "layers": "9"},
        {"view": "curves", "act": "sine", "z": "1e400"},
        {"view": "dead", "rate": "-1", "epoch": "inf", "kind": "gelu"},
        {"view": ["train", "dead"], "seed": "१२", "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("activations", **query)
    assert not at.exception
    assert at.warning


def test_one_check_one_transfer_one_recall():
    every = words.LESSON.views.values()
    assert all([item.kind for item in view.checks] == ["check", "transfer", "recall"] for view in every)
    checks = [item for view in every for item in view.checks]
    for item in (*checks, *words.QUIZ, *(view.prediction for view in every)):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)
