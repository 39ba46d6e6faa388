"""Lesson 5 says what the core computes, for every link."""

import re

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.learning_rate import charts, rates, words, worked
from core.lessons.learning_rate.descent import NEAR, Noisy, steps_needed
from tests.pressing import in_every_order, notes, press


def latex(at):
    return " ".join(m.value for m in at.latex)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def picture(at):
    return at.get("vega_lite_chart")[0].proto.alt


def test_loads_on_a_walk_of_fourteen_steps(open_app):
    at = open_app("learning_rate")
    assert not at.exception
    assert "14 steps at 0.1 and 14 at 0.4" in text(at)
    assert "0.6000" in latex(at)


def test_the_prediction_comes_first(open_app):
    at = open_app("learning_rate", commit=False, rate=0.4)
    assert not at.slider
    assert "0.400" not in latex(at)
    assert "14 at 0.4" not in text(at)
    at.radio(key="learning_rate.prediction.options").set_value(2)
    at.button(key="learning_rate.prediction.commit").click().run()
    assert "You said:** It never arrives: it bounces for ever" in text(at)
    assert "0.400" in latex(at)


@pytest.mark.parametrize("view", ["network", "range"])
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("learning_rate", commit=False, view=view)
    assert not at.exception
    assert not [*at.slider, *at.select_slider]
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("learning_rate", view)
    at.radio(key=f"{name}.options").set_value(0)
    at.button(key=f"{name}.commit").click().run()
    assert f"You said:** {item.options[0].text}" in text(at)


def of_valley(v):
    """The sentence about a walk, from a plain loop."""
    w, steps = 1.0, 0
    while abs(w) >= 0.001 and steps < 2000:
        w, steps = w - v["rate"] * v["L"] * w, steps + 1
    factor = 1 - v["rate"] * v["L"]
    return {"steps": steps, "out": abs(factor) - 1, "factor": f"{factor:g}"}


@pytest.mark.parametrize("name", ["valley", "network", "range"])
def test_every_try_after_every_other_says_what_is_so(open_app, name):
    at, view = open_app("learning_rate", view=name), words.LESSON.views[name]
    for tried in in_every_order(view):
        press(at, tried.label)
        expected = of_valley(tried.values) if name == "valley" else {}
        assert notes(at) == [minus(tried.look.format(**expected))]
        assert all(at.session_state[f"learning_rate.{k}"] == v for k, v in tried.values.items())


def test_the_rates_of_the_tries_do_what_their_labels_say():
    steps = {one.label: steps_needed(one.values["rate"], one.values["L"]) for one in words.TRIES_VALLEY}
    assert steps["0.25"] == 1
    assert steps["0.49"] == steps["0.01"]
    assert steps["0.5"] is steps_needed(0.501, 4.0) is None


def test_the_network_shows_ends_and_limits(open_app):
    at = open_app("learning_rate", view="network", r1=1, r2=3, r3=10)
    assert not at.exception
    losses, parameters = rates.curves((1.0, 3.0, 10.0), 20)
    for k, (rate, verdict) in enumerate([(1, "slower"), (3, "slower"), (10, "lowest end")]):
        end, rises = np.median(losses[k, :, -1]), rates.rising(losses[k])
        assert f"rate {rate}: {verdict}, ends at {end:.3g}, rises in {rises:.0%}, of epochs" in picture(at)
    first, last = np.median(rates.limits(20)), np.median(rates.limits(20, parameters[2]))
    assert rf"\frac{{2}}{{{2 / first:.2f}}} = {first:.1f}" in latex(at)
    assert rf"\frac{{2}}{{{2 / last:.2f}}} = {last:.0f}" in latex(at)
    assert "after training at 10" in latex(at)


def test_the_network_shows_the_rates_of_the_question_once_it_is_answered(open_app):
    at = open_app("learning_rate", commit=False, view="network")
    assert "2.4" in latex(at)
    assert "0.0041" not in text(at) + picture(at)
    assert "rate 10: not seen yet" in picture(at)
    press(at, "Skip")
    one, ten = (np.median(v[:, -1]) for v in rates.curves((1.0, 10.0), 20)[0])
    for end in (one, ten):
        assert f"ends at {end:.3g}" in picture(at)
        assert f"{end:.3g}" in at.info[0].value
    press(press(at, "Three that are safe"), "Reset")
    assert [at.session_state[f"learning_rate.r{k}"] for k in (1, 2, 3)] == [1.0, 10.0, 100.0]


def test_a_link_without_its_rates_means_the_rates_of_before(open_app):
    at = open_app("learning_rate", view="network", v=1)
    assert [at.session_state[f"learning_rate.r{k}"] for k in (1, 2, 3)] == [0.01, 1.0, 100.0]


def test_the_range_shows_adam_once_it_is_answered(open_app):
    at = open_app("learning_rate", commit=False, view="range")
    assert "lowest at **10**" in text(at)
    press(at, "Skip")
    assert "lowest at **1**" in text(at)
    g = rates.typical_gradient(20)
    assert rf"\times {g:.3f} = {10 * g:.2f}" in latex(at)
    assert rf"\frac{{{g:.3f}}}{{{g:.3f}}} = 1" in latex(at)
    at.button_group(key="learning_rate.opt").set_value("sgd").run()
    assert "lowest at **10**" in text(at)
    assert "Adam" not in latex(at)


@pytest.mark.claims
def test_the_claims_about_three_rates():
    """From 30 on, a run hangs on the last bits of its products: one processor's twenty seeds are not another's."""
    every = (*words.TRIES_NETWORK, words.FAILS_NETWORK)
    safe, around, fails = ([one.values[k] for k in ("r1", "r2", "r3")] for one in every)
    tried = sorted({*safe, *around, *fails})
    runs = dict(zip(tried, rates.curves(tried, 20)[0], strict=True))
    ends = {r: np.median(v[:, -1]) for r, v in runs.items()}
    assert all((np.diff(runs[r]) < 0).all() for r in safe)
    assert ends[safe[0]] > 1.1 * ends[safe[1]] > 2 * ends[safe[2]]
    limit = np.median(rates.limits(20))
    assert 2 * around[0] < limit < around[1] < around[2]
    assert min(rates.rising(runs[r]) for r in around[1:]) > 0.25
    assert 3 * ends[around[2]] < min(ends[r] for r in around[:2])
    assert fails[0] == around[2]
    flat = [np.median(rates.limits(20, theta)) for theta in rates.curves(around[1:], 20)[1]]
    assert min(flat) > limit  # "there the limit is larger than where they began"
    assert flat[1] > 1.1 * around[2]  # "until they reach a place that's flat enough"
    assert np.quantile(runs[fails[0]][:, -1], 0.9) < 0.1 * np.median(runs[fails[0]][:, 0])
    assert ends[fails[2]] > 2 * np.median(runs[fails[2]][:, 0])
    (low, high), (lowest, highest) = (np.quantile(runs[r][:, -1], [0.1, 0.9]) for r in fails[:2])
    assert lowest < low / 2  # "some runs end lower still"
    assert highest > 5 * high  # "others far higher"
    assert rates.verdicts(fails, [runs[r] for r in fails]) == ["best", "luck", "large"]
    assert rates.verdicts(around, [runs[r] for r in around]) == ["small", "small", "best"]
    ten = np.median(runs[around[2]], axis=0)
    assert ten[:10].max() > 3 * ten[0]  # "it jumps up at first"
    assert ten[-1] < ten[0] / 20  # "on the whole it falls far"
    assert 0.25 < rates.rising(runs[around[2]]) < 0.4  # "often rises on the way"


@pytest.mark.claims
def test_the_claims_about_the_range():
    settings = [("sgd", 2000, 1.0), ("sgd", 8, 1.0), ("sgd", 2000, 10.0), ("adam", 2000, 1.0), ("adam", 8, 1.0)]
    ends = {key: rates.final_losses(*key, 20) for key in settings}
    best = {key: rates.good_range(v)[0] for key, v in ends.items()}
    plain = ends["sgd", 2000, 1.0]
    assert best["sgd", 2000, 1.0] == 10
    assert best["sgd", 8, 1.0] < 10
    assert best["adam", 8, 1.0] < best["adam", 2000, 1.0] <= 1
    assert np.median(ends["sgd", 2000, 10.0], 0).min() > 1.5 * np.median(plain, 0).min()


def test_schedules_and_finder_open_on_demand(open_app):
    at = open_app("learning_rate")
    assert "[**schedule**](glossary?term=schedule) changes" not in text(at)
    at.session_state["learning_rate.schedules"] = True
    at.session_state["learning_rate.sweep"] = True
    at.run()
    assert not at.exception
    assert "[**schedule**](glossary?term=schedule) changes" in text(at)
    assert "over 20 seeds with plain descent" in text(at)
    table = next(d.value for d in at.dataframe if "schedule" in d.value)
    shown = dict(zip(zip(table["schedule"], table["highest rate"], strict=True), table["loss with noise"], strict=True))
    assert shown["cosine", 0.5] == f"{Noisy().scheduled('cosine', 0.5)[0][:, -1].mean():.3g}"
    assert len(shown) == 9


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "rate": "nan", "L": "1e400"},
        {"rate": "-5", "L": "0", "finder": "x"},
        {"view": "network", "r1": "inf", "r2": "0", "r3": "2.2"},
        {"view": "range", "opt": "१२", "batch": "7", "scale": "1_0"},
        {"view": ["range", "valley"], "rate": "x" * 5000, "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("learning_rate", **query)
    assert not at.exception
    assert at.warning


def test_a_rate_between_the_steps_becomes_the_nearest(open_app):
    at = open_app("learning_rate", view="network", r2=2.2)
    assert at.session_state["learning_rate.r2"] == 3.0


def test_one_check_one_transfer_one_recall():
    for view in words.LESSON.views.values():
        assert [item.kind for item in view.checks] == ["check", "transfer", "recall"]
        for item in (*view.checks, view.prediction):
            assert sum(option.right for option in item.options) == 1
            assert all(option.says for option in item.options)


def test_the_walk_arrives_where_its_formula_says(open_app):
    at = open_app("learning_rate", rate=0.1)
    assert rf"^{{14}} = {0.6**14:.5f}" in latex(at)
    assert "^{" not in latex(open_app("learning_rate", rate=0.5))


def test_a_rate_below_the_limit_arrives_late_and_not_never():
    """Within the steps that are counted it doesn't, but it does."""
    for rate, says in ((0.333, "needs more than 2,000 steps"), (0.4, "never arrives")):
        assert steps_needed(rate, 6.0) is None
        assert charts.needed_steps_text((rate, None), 2 / 6, 2000).endswith(f"{rate:.3f} {says}.")
    assert charts.needed_steps_text((0.25, 1), 0.5, 2000).endswith("needs 1 step.")


@pytest.mark.parametrize(("rate", "c"), [(0.005, 2.5), (0.1, 4.0), (0.4, 4.0), (0.061, 7.5)])
def test_the_arrival_is_so_as_written(rate, c):
    steps = steps_needed(rate, c)
    line = re.sub(r"\\textcolor{#\w+}{\(?([^}]*?)\)?}", r"\1", worked.arrival(1 - rate * c, steps, NEAR))
    base, power, result = re.match(r"1 \\times (-?[\d.]+)\^{(\d+)} = (-?[\d.]+)", line).groups()
    assert f"{float(base) ** int(power):z.{len(result.partition('.')[2])}f}" == result
