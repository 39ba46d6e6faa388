"""Lesson 10 says what the core computes, for every link."""

import re
from dataclasses import replace

import numpy as np
import pytest

from core.charts.naming import minus, scientific
from core.lessons.schedules import study, words, worked
from core.nn.schedules import SCHEDULES
from core.training.experiment import Experiment
from core.training.noisy import Noisy
from tests.pressing import in_every_order, notes, press


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_loads_on_step_decay_below_every_constant_rate(open_app):
    at = open_app("schedules")
    assert not at.exception
    found = study.measured()
    assert f"halving ends at {found['step']:.2g}" in text(at)
    assert f"near **{Noisy().floor(0.3 * 0.5**2):.2g}**" in text(at)


def test_the_prediction_comes_first(open_app):
    at = open_app("schedules", commit=False, schedule="cosine", rate=0.5)
    assert not [*at.selectbox, *at.select_slider]
    found = study.measured()
    assert f"{found['step']:.2g}" not in text(at)
    assert f"ends at a loss of {found['const']:.2g}" in text(at)
    at.radio(key="schedules.prediction.options").set_value(1)
    at.button(key="schedules.prediction.commit").click().run()
    assert "You said:** Between the two" in text(at)


@pytest.mark.claims
def test_the_claims_about_falling_rates():
    """Of another hundred walks, too: the claims are about medians, and must not hang on one draw."""
    for draw in (0, 1):
        constants = [study.end("constant", rate, draw=draw) for rate in study.RATES]
        best = min(constants)
        assert study.end("step", 0.3, draw=draw) == pytest.approx(best / 2, rel=0.25)  # about half
        assert study.end("cosine", 0.3, draw=draw) < 0.85 * best
        assert study.end("constant", 0.3, draw=draw) > 3 * best
        assert study.end("exponential", 0.05, draw=draw) > 5 * study.end("constant", 0.05, draw=draw)
        plateau = {w: study.end("plateau", 0.3, draw=draw, plateau_wait=w, plateau_factor=0.5) for w in (2, 20)}
        assert plateau[2] > 2.5 * plateau[20]
        assert study.end("warmup_cosine", 0.3, draw=draw, warmup=0.9) > 2 * study.end("cosine", 0.3, draw=draw)
    for warmup in (0.3, 0.5, 0.7):  # "warm-up only costs time here"
        assert study.end("warmup_cosine", 0.3, warmup=warmup) > study.end("cosine", 0.3)
    for draw in (0, 1):  # "start too low, and every schedule ends far from the bottom"
        best = float(np.median(study.best_constant(draw=draw)[1][:, -1]))
        assert min(study.end(name, min(study.RATES), draw=draw) for name in SCHEDULES) > 10 * best
    still = {name: study.end(name, 0.3, noise=0.0) for name in SCHEDULES}
    falling = [v for name, v in still.items() if name not in ("constant", "plateau")]
    assert min(falling) > 100 * still["constant"]
    assert still["plateau"] == still["constant"]


@pytest.mark.claims
def test_half_the_rate_has_about_half_the_floor_and_needs_twice_the_steps():
    for rate in (0.1, 0.2, 0.3):
        assert Noisy().floor(rate) / Noisy().floor(rate / 2) == pytest.approx(2, rel=0.15)
        steps = [int(np.argmax(np.median(study.run("constant", r, 0.0)[0], 0) < 1)) for r in (rate, rate / 2)]
        assert steps[1] / steps[0] == pytest.approx(2, rel=0.1)


@pytest.mark.claims
def test_the_claim_about_the_network():
    """A falling rate ends lower in training for nine starts in ten; the constant rate is beyond where it settles."""
    constant = study.trained("constant")["training"][:, -1]
    for name in ("step", "cosine"):
        assert (study.trained(name)["training"][:, -1] < constant).mean() >= 0.9


@pytest.mark.claims
def test_where_the_constant_rate_is_small_already_no_schedule_helps_the_network(monkeypatch):
    """None ends lower than the constant rate, from any of twenty starts; measured at 0.01 to 0.3."""
    monkeypatch.setattr(study, "NETWORK", replace(study.NETWORK, learning_rate=0.1))
    constant = study.trained("constant")["training"]
    assert (constant[:, -1] < constant[:, -15] - 0.005).all()  # it "hasn't settled by the end"
    for name in set(SCHEDULES) - {"constant"}:
        assert (study.trained(name)["training"][:, -1] > 1.05 * constant[:, -1]).all()


def side(latex):
    """Both sides of a worked line, by a calculator."""
    plain = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", latex)
    _, left, right = (
        plain.removesuffix(r" \end{aligned}").replace(r" \\ ", " ").replace(r"&\approx", "&=").split(" &= ")
    )
    for pattern, by in (
        (r"\\left\(", "("), (r"\\right\)", ")"), (r"\\times", "*"), (r"(\d+)\\,\\pi", r"\1*pi"),
        (r"\^\{([^}]*)\}", r"**(\1)"),
    ):  # fmt: skip
        left = re.sub(pattern, by, left)
    left = re.sub(r"\\cos\\tfrac\{([^}]*)\}\{([^}]*)\}", r"cos((\1)/(\2))", left)
    left = re.sub(r"\\tfrac\{([^}]*)\}\{([^}]*)\}", r"((\1)/(\2))", left).replace(")(", ")*(")
    return eval(left, {"pi": np.pi, "cos": np.cos}), float(right.replace(r" \times 10^{", "e").rstrip("}"))


@pytest.mark.parametrize("name", list(SCHEDULES))
@pytest.mark.parametrize("t", [0, 7, 100, 150, 199])
@pytest.mark.parametrize("rate", [0.07, 0.3, 1.0])
def test_the_worked_line_is_the_rate_and_is_so_as_written(name, t, rate):
    own = study.DEFAULTS | {"stages": 4, "stage_factor": 0.3, "warmup": 0.35, "cycle_up": 0.6, "plateau_factor": 0.5}
    rates = study.run(name, rate, own=own)[1][0]
    falls = int((study.falls(rates) <= t).sum())
    left, right = side(worked.line(name, rate, t, float(rates[t]), own, falls))
    digits = 3 if rates[t] >= 0.1 else 4 if rates[t] >= 0.00095 else 1 - int(np.floor(np.log10(rates[t])))
    half = 0.5 * 10.0**-digits
    assert left == pytest.approx(right, abs=1.05 * half + 1e-5)
    assert rates[t] == pytest.approx(right, abs=1.05 * half)


@pytest.mark.parametrize("name", list(SCHEDULES))
def test_every_schedule_opens_with_its_own_setting(open_app, name):
    at = open_app("schedules", schedule=name)
    assert not at.exception
    labels = {s.label for s in at.select_slider}
    assert {words.SETTINGS[field] for _, field in SCHEDULES[name].settings} <= labels
    others = {words.SETTINGS[f] for f in study.OWN} - {words.SETTINGS[field] for _, field in SCHEDULES[name].settings}
    assert not others & labels


def test_every_try_after_every_other_says_what_is_so(open_app):
    at, found = open_app("schedules"), study.measured()
    found |= {name: scientific(found[name], 0) for name in ("still", "still_same")}
    for tried in in_every_order(words.LESSON.views[""]):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**found))]
        v = tried.values
        own = {field: v[field] for field in study.OWN}
        mine = study.end(v["schedule"], v["rate"], v["noise"], v["draw"], **own)
        assert re.search(rf"\b{mine:.2g}\b|{scientific(mine, 0)}", tried.look.format(**found))


def test_without_noise_there_is_no_floor(open_app):
    at = open_app("schedules", noise=0)
    assert words.NO_FLOOR in text(at)


def test_the_network_trains_when_it_is_looked_for(open_app):
    at = open_app("schedules", schedule="cosine", commit=False)
    at.session_state["schedules.network"] = True
    at.button(key="schedules.prediction.skip").click().run()
    assert not at.exception
    mine = study.trained("cosine")
    assert f"training loss is **{np.median(mine['training'][:, -1]):.3g}**" in text(at)
    assert study.experiment("cosine") == Experiment.from_query(study.experiment("cosine").to_query())[0]
    assert "training loss is" not in text(open_app("schedules"))


@pytest.mark.parametrize(
    "query",
    [
        {"schedule": "<script>", "rate": "nan", "stages": "0"},
        {"schedule": "plateau", "plateau_wait": "-3", "plateau_factor": "7"},
        {"rate": "0.123", "noise": "99", "t": "200", "draw": "१२"},
        {"warmup": ["1", "2"], "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("schedules", **query)
    assert not at.exception
    assert at.warning


def test_one_check_one_transfer_one_recall():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    for item in (*words.CHECKS, *words.QUIZ, words.PREDICTION):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)
