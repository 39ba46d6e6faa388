"""Lesson 20 says what the core computes, for every link."""

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.regularization import dropped, study, watch, words, worked
from core.nn.network import columns
from core.nn.tape import Tape
from core.training.building import loss_of, network_of
from core.training.experiment import Experiment
from core.training.judge import Judge
from core.ui.sliders import exact
from tests.pressing import in_every_order, notes, press

plain = lru_cache(study.without)


@lru_cache
def trained(method, strength, examples=study.FEW):
    """Twenty networks side by side, trained once for all claims."""
    e = study.experiment(method, strength, examples)
    return study.together(e, study.parts(e)[0])[0], e


@lru_cache
def ended(method, strength, examples=study.FEW):
    """What `study.ended` says, of the same networks."""
    network, e = trained(method, strength, examples)
    return study.judged(network, e, study.parts(e)[2])


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_it_loads_and_says_what_was_measured(open_app):
    at = open_app("regularization")
    assert not at.exception
    found = [ended("l2", s) for s in study.METHODS["l2"].strengths]
    ends = study.by_strength(found)
    assert f"down to {ends['low']:.2f} at a strength of {ends['best']}" in text(at)
    counts = study.helped(found[2], plain())
    assert f"lower test loss than without help: **{counts['loss']}**." in text(at)


@pytest.mark.parametrize("view", list(words.LESSON.views))
def test_the_prediction_comes_first(open_app, view):
    at = open_app("regularization", commit=False, view=view, level=6, strength=0.3, rate=0.8)
    assert not at.exception
    assert not [*at.selectbox, *at.select_slider, *at.slider]
    assert "Measured" not in text(at)
    name = words.LESSON.question("regularization", view)
    at.radio(key=f"{name}.options").set_value(0)
    at.button(key=f"{name}.commit").click().run()
    assert not at.exception
    assert "You said:" in text(at)


@pytest.mark.claims
def test_a_penalty_helps_until_it_is_too_strong():
    """Every network of twenty; a coin's loss is ln 2."""
    before, coin = plain()["test"][-1], np.log(2)
    assert (plain()["train"][-1] < 0.1).all()
    assert (before > 1.08 * coin).all()
    assert (ended("l2", 0.01)["loss"] < 0.85 * before).all()
    assert np.median(ended("l2", 0.01)["loss"]) < 0.45
    np.testing.assert_allclose(ended("l2", 0.3)["loss"], coin, atol=0.005)
    strong = words.FAILS_PENALTY.values["strength"]
    np.testing.assert_allclose(ended("l1", strong)["loss"], coin, atol=0.005)
    assert (np.abs(watch.weights(trained("l1", strong)[0])) < watch.NEAR).all()
    assert (ended("l1", words.TRIES_PENALTY[1].values["strength"])["loss"] < 0.5 * before).all()
    assert study.helped(ended("l1", 0.003), plain())["loss"] >= 19
    assert np.median(ended("l1", 0.003)["loss"]) < 0.65
    small = study.helped(ended("l2", 0.001), plain())
    assert small["loss"] >= 11
    assert small["right"] < small["loss"]


@pytest.mark.claims
def test_other_cures_help_too():
    before = plain()["test"][-1]
    for method, strength, least in (("dropout", 0.5, 0.6), ("data", 200, 0.4), ("stop", 50, 0.5)):
        found = study.stopped(plain(), strength) if method == "stop" else ended(method, strength)
        assert study.helped(found, plain())["loss"] >= 19
        assert np.median(found["loss"]) < least
    assert study.helped(ended("data", 200), plain())["right"] >= 18
    best = study.chosen(plain())
    assert best["lower"] >= 19
    assert best["loss"] < 0.5 * np.median(before)
    assert (plain()["best"] < study.STEPS / 2).mean() > 0.8


@pytest.mark.claims
def test_nothing_beats_more_data():
    data = np.median(ended("data", 200)["loss"])
    each = [("l2", 0.01), ("l2", 0.03), ("l1", 0.003), ("l1", 0.01), ("dropout", 0.5), ("dropout", 0.8)]
    others = [ended(*one)["loss"] for one in each]
    others += [study.stopped(plain(), step)["loss"] for step in study.METHODS["stop"].strengths]
    assert all(data < 0.9 * np.median(loss) for loss in others)


@pytest.mark.claims
def test_where_it_fails_enough_data():
    base, found = plain(study.MANY), ended("l2", 0.01, study.MANY)
    assert np.median(base["test"][-1]) < 0.3
    assert study.helped(found, base)["loss"] <= 1
    assert np.median(found["loss"]) > 1.1 * np.median(base["test"][-1])


@pytest.mark.claims
def test_l1_gives_no_zeros_but_small_weights():
    of_l1, of_l2 = (watch.weights(trained(*one)[0]) for one in (("l1", 0.003), ("l2", 0.001)))
    assert ((of_l1 == 0).sum(1) <= 1).all()  # the text says so of all twenty
    assert np.median((of_l1 == 0).sum(1)) == 0
    assert ((np.abs(of_l1) < watch.NEAR).mean(1) > 0.95).all()
    assert ((np.abs(of_l2) < watch.NEAR).mean(1) < 0.35).all()


@pytest.mark.claims
def test_learning_by_heart_takes_large_weights():
    ends, start = (np.square(watch.weights(n)).sum(1) for n in (trained("none", 0)[0], started()))
    assert (ends > 4 * start).all()


def started():
    """The networks before training."""
    e = replace(study.BASE, epochs=1)
    network = network_of(e, 2, study.SEEDS)
    network.start(range(study.SEEDS))
    return network


@pytest.mark.claims
def test_cutting_what_l1_leaves_small_changes_nothing():
    network, e = trained("l1", 0.003)
    kept, before = network.dump(), ended("l1", 0.003)["loss"]
    for name, p in network.p.items():
        if name.endswith("W"):
            p[..., :-1][np.abs(p[..., :-1]) < watch.NEAR] = 0
    cut = study.judged(network, e, study.parts(e)[2])["loss"]
    network.load(kept)
    np.testing.assert_allclose(cut, before, atol=0.02)


@pytest.mark.claims
def test_the_network_with_l1_ends_as_most_do_and_better_than_without():
    seed = words.LESSON.views["penalty"].opening["seed"]
    usual, asked = np.median(ended("l1", 0.003)["loss"]), watch.watched("l1", 0.003, seed)
    assert 0.7 * usual < asked["test"][-1] < 1.4 * usual
    assert asked["test"][-1] < 0.8 * watch.watched("l1", 0.0, seed)["test"][-1]
    assert asked["cut"] == pytest.approx(asked["test"][-1], abs=0.02)


@pytest.mark.claims
def test_l2_as_strong_as_l1_leaves_few_weights_near_nothing():
    near = {p: [watch.watched(p, 0.003, seed)["near"][-1] for seed in range(study.SEEDS)] for p in ("l1", "l2")}
    assert min(near["l1"]) > 0.9
    assert np.median(near["l2"]) < 0.25
    assert near["l2"][words.LESSON.views["penalty"].opening["seed"]] < 0.25


def test_the_loss_noted_during_training_is_above_the_test_loss():
    ends = dropped.late(dropped.watched(0.5, words.LESSON.views["dropout"].opening["seed"]))
    assert ends["seen"] > ends["test"] > ends["used"] - 0.02


@pytest.mark.claims
def test_in_use_the_loss_is_lower_than_with_units_off():
    """On training and on test points, for each of twenty networks."""
    network, e = trained("dropout", 0.5)
    train_, _, test = study.parts(e)
    rngs = tuple(np.random.default_rng([99, seed]) for seed in range(study.SEEDS))
    for (X, y), draws in ((train_, 60), (test, 3)):
        used = np.asarray(Judge(network, loss_of(e), X, y)()[0])
        x, signs = columns(X, network.dtype).T, np.where(y > 0, 1.0, -1.0).T
        off = []
        for _ in range(draws):
            z = network.record_forward(Tape(network.dtype), x, rngs)[0]
            off.append(np.logaddexp(0, -signs * z).mean(-1))
        assert (np.mean(off, axis=0) > used).mean() >= 0.95


@pytest.mark.claims
def test_a_little_dropout_is_too_little():
    assert np.median(ended("dropout", 0.1)["loss"]) > 1.15 * np.median(ended("dropout", 0.5)["loss"])


def calculated(latex):
    """Each line's two sides, by a calculator."""
    whole = latex.replace(r"\\ & =", "=")
    plain_ = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", whole)
    plain_ = re.sub(r"\\text\{[^}]*\}|\\begin\{aligned\}|\\end\{aligned\}|&", " ", plain_)
    plain_ = re.sub(r"\\tfrac\{([\d.e-]+)\}\{2\}", r"(\1/2)", plain_).replace(r"\times", "*")
    for line in plain_.split(r"\\"):
        *_, left, right = line.split("=")
        yield eval(left), float(right.strip().strip("()")), right.strip()


@pytest.mark.parametrize("penalty", ["l1", "l2"])
@pytest.mark.parametrize("strength", [0.001, 0.01, 0.3])
def test_the_penaltys_line_is_so_as_written(penalty, strength):
    found = watch.watched(penalty, strength, 0)
    for at in (0, 10, -1):
        amount = found["sizes" if penalty == "l1" else "squares"][at]
        lines = list(calculated(worked.total(penalty, strength, float(amount), float(found["train"][at]))))
        for left, right, written in lines:
            assert left == pytest.approx(right, abs=0.51 * 10.0 ** -len(written.strip("()").partition(".")[2]) + 1e-12)
        assert lines[0][1] == pytest.approx(found["penalty"][at], abs=0.00051)
        assert lines[1][1] == pytest.approx(found["penalty"][at] + found["train"][at], abs=0.0011)


@pytest.mark.parametrize("rate", dropped.RATES)
@pytest.mark.parametrize("activation", [0.25, -0.731, 0.999, 0.004])
def test_the_units_line_is_so_as_written(rate, activation):
    (on, up, written), (mean, average, _) = calculated(worked.scaled(activation, rate))
    decimals = len(written.strip("()").partition(".")[2])
    assert on == pytest.approx(up, abs=0.51 * 10.0**-decimals)
    assert mean == pytest.approx(average, abs=0.0051)
    assert up == pytest.approx(activation / (1 - rate), abs=0.0051)


def test_the_change_is_so_as_written():
    ((left, right, _),) = calculated(worked.change("L2", "0.01", 0.39449, 1.13749))
    assert left == pytest.approx(right, abs=1e-9)


def of_cures(values):
    method, examples = study.METHODS[values["method"]], study.FEW if values["examples"] == "few" else study.MANY
    strength, base = method.strengths[values["level"] - 1], plain(examples)
    stops = values["method"] == "stop"
    found = study.stopped(base, strength) if stops else ended(values["method"], strength, examples)
    counts = study.helped(found, base)
    return counts | {
        "now": np.median(found["loss"]), "before": np.median(base["test"][-1]), "strength": exact(strength),
        "helped": counts["loss"] or words.NOBODY, "seeds": study.SEEDS, "many": study.MANY,
    }  # fmt: skip


def of_penalty(values):
    found, free = (watch.watched(values["penalty"], s, values["seed"]) for s in (values["strength"], 0.0))
    return {
        "near": found["near"][-1], "left": int(found["left"]), "train": found["train"][-1], "test": found["test"][-1],
        "plain": free["test"][-1], "usual": np.median(ended(values["penalty"], values["strength"])["loss"]),
        "usual_plain": np.median(plain()["test"][-1]), "seeds": study.SEEDS,
    }  # fmt: skip


def of_dropout(values):
    ends = {name: np.median(ended("dropout", rate)["loss"]) for name, rate in (("little", 0.1), ("half", 0.5))}
    counts = {"width": study.BASE.hidden[0], "seeds": study.SEEDS}
    return dropped.late(dropped.watched(values["rate"], values["seed"])) | ends | counts


@pytest.mark.parametrize(("view", "expected"), [("cures", of_cures), ("penalty", of_penalty), ("dropout", of_dropout)])
def test_every_try_after_every_other_says_what_is_so(open_app, view, expected):
    at, shown = open_app("regularization", view=view), words.LESSON.views[view]
    looks = {one.label: minus(one.look.format(**expected(one.values))) for one in (*shown.tries, shown.fails)}
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [looks[tried.label]]


def test_a_penalty_that_is_too_strong_leaves_a_coin_toss(open_app):
    at = press(open_app("regularization", view="penalty"), words.FAILS_PENALTY.label)
    assert f"{np.log(2):.2f}." in notes(at)[0]


def test_stopping_early_says_where(open_app):
    at, found = open_app("regularization", method="stop"), study.chosen(plain())
    assert f"at step {found['best']:g}, with a test loss of {found['loss']:.2f} (medians)" in text(at)
    assert f"lower in {found['lower']} of {study.SEEDS}" in text(at)


def test_the_table_holds_all_five(open_app):
    at = open_app("regularization", commit=False)
    at.session_state["regularization.all"] = True
    at.button(key="regularization.prediction.skip").click().run()
    assert not at.exception
    table = at.dataframe[0].value
    assert list(table["cure"]) == [m.title for m in study.METHODS.values()]
    assert table[words.LOWER].str.endswith(f"of {study.SEEDS}").all()


def test_one_point_is_asked_when_it_is_looked_for(open_app):
    at = open_app("regularization", commit=False, view="dropout")
    at.session_state["regularization.asked"] = True
    at.button(key="regularization.dropout.prediction.skip").click().run()
    assert not at.exception
    seed = words.LESSON.views["dropout"].opening["seed"]
    assert f"{float(dropped.watched(0.5, seed)['use']):.1%}" in text(at)


@pytest.mark.parametrize("method", list(study.METHODS))
@pytest.mark.parametrize("level", [1, 6])
def test_what_the_simulator_gets_is_a_lawful_run(method, level):
    for examples in (study.FEW, study.MANY):
        e = study.experiment(method, study.METHODS[method].strengths[level - 1], examples, 3)
        again, problems = Experiment.from_query(e.to_query())
        assert again == e
        assert not problems


@pytest.mark.parametrize(
    "query",
    [
        {"method": "<script>", "level": "7", "examples": "१२"},
        {"view": "penalty", "strength": "0.0123", "penalty": "l3", "epoch": "99999"},
        {"view": "dropout", "rate": "nan", "seed": "-1", "stranger": "1"},
        {"level": ["1", "2"], "method": "stop"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("regularization", **query)
    assert not at.exception
    assert at.warning


def test_with_enough_examples_the_introduction_says_so(open_app):
    at = press(open_app("regularization"), words.FAILS_CURES.label)
    assert f"its own {study.MANY} noisy points" in text(at)
    assert words.HEART not in text(at)


def test_a_cure_starts_at_its_usual_strength(open_app):
    at = open_app("regularization", method="l1", level=6)
    at.selectbox[0].set_value("dropout").run()
    assert at.session_state["regularization.level"] == 4


@pytest.mark.parametrize("rate", dropped.RATES)
@pytest.mark.parametrize("activation", [0.134, -0.764, 0.333, 0.004])
def test_on_average_a_unit_comes_back_to_what_it_was(rate, activation):
    (_, _, _), (_, average, written) = calculated(worked.scaled(activation, rate))
    assert average == pytest.approx(round(activation, len(written.strip("()").partition(".")[2])), abs=1e-12)


def test_one_check_one_transfer_one_recall():
    checks = [view.checks for view in words.LESSON.views.values()]
    assert all([item.kind for item in items] == ["check", "transfer", "recall"] for items in checks)
    for item in (*sum(checks, ()), *words.QUIZ, *(view.prediction for view in words.LESSON.views.values())):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)


def test_where_all_units_are_off_no_unit_is_written(open_app):
    at = open_app("regularization", view="dropout", rate=0.8, seed=13)
    assert "all units of the first hidden layer are off" in text(at)
    assert len(at.latex) == len(open_app("regularization", view="dropout").latex) - 1
