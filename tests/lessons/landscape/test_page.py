"""Lesson 12 says what the core computes, for every link."""

import json
import re
from functools import cache
from urllib.parse import urlencode

import numpy as np
import pytest
import streamlit as st

from core.charts.described import describe
from core.charts.naming import minus
from core.lessons.landscape import charts, deep, own, sharp, walk, words, worked
from core.training import planes
from core.training.experiment import Experiment, lawful
from core.workshop.cache import query_of
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press
from tests.runs import trained


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


@cache
def looked_at(rate, alike, times):
    return sharp.looked_at(rate, alike, times)


@cache
def walked(opt, seed):
    return walk.walk(walk.experiment(opt, seed))


@cache
def studied(opt, kind, seed=0):
    return walk.study(opt, seed, kind, side=3)


def test_it_loads_at_the_start_of_the_walk(open_app):
    at, found = open_app("landscape"), studied("adam", "leading")
    assert not at.exception
    assert f"map **{found['plane'][0]:.3f}**, truth **{found['true'][0]:.3f}**" in text(at)
    assert f"holds **{found['share']:.1%}**" in text(at)
    assert found["share"] > 0.98


@pytest.mark.parametrize("view", ["walk", "sharp"])
def test_the_prediction_comes_first(open_app, view):
    at = open_app("landscape", commit=False, view=view)
    assert not at.selectbox
    assert not at.select_slider
    assert f"{studied('adam', 'leading')['plane'][0]:.2f}" not in text(at)
    assert f"λ is {np.median(looked_at(0.3, 'steps', 1)['curvature'][:, 0]):.2f}" not in text(at)


def test_the_worked_line_is_that_of_the_rate_on_screen():
    line = worked.room(0.3, (5, 200), np.array([0.48, 2.91]))
    assert r"\tfrac{2}{0.3}" in line
    assert [found in line for found in ("6.7", "0.48", "2.91", r"\lambda_{200}")] == [True] * 4
    assert (line.count("<"), worked.room(1.0, (5, 200), np.array([0.48, 2.91])).count(">")) == (2, 1)


def test_the_limit_is_for_the_curvature_that_training_met(open_app):
    """Rescaled weights bend more, but no step was taken there."""
    curvature = f"{np.median(looked_at(0.3, 'steps', 1)['curvature'][:, -1]):.2f}"
    pages = (open_app("landscape", view="sharp", times=times) for times in (1, 10))
    lines = (next(line.value for line in page.latex if r"\eta" in line.value) for page in pages)
    before, after = (re.sub(r"\\textcolor{#\w+}{([^}]*)}", r"\1", line) for line in lines)
    assert rf"\lambda_{{200}} &= {curvature} <" in before
    assert rf"\lambda_{{200,\,k=1}} &= {curvature} <" in after


@pytest.mark.claims
def test_the_map_hides_about_half_of_the_first_loss():
    found = studied("adam", "leading")
    assert 0.4 < found["plane"][0] / found["true"][0] < 0.6
    ratios = walk.start_ratios("adam", range(1, 21))
    assert (ratios < 0.85).all()
    assert 0.4 < np.median(ratios) < 0.65
    assert found["left_out"].argmax() == 0
    assert (found["true"][0] > found["plane"][0]) & (found["plane"][0] > 4 * found["plane"][-1])
    assert walk.off(found["true"], found["plane"])[0]


@pytest.mark.claims
def test_the_first_steps_are_the_steepest():
    """Per unit of way, no later tenth of a run loses as much as its first steps."""
    times = {}
    for opt in ("adam", "sgd"):
        runs = [(walk.experiment(opt, seed), walked(opt, seed)) for seed in range(20)]
        slopes = [-np.diff(planes.losses_at(e, w)) / np.linalg.norm(np.diff(w, axis=0), axis=1) for e, w in runs]
        later = np.array([[s[k : k + 10].mean() for k in range(10, 90, 10)] for s in slopes]).max(axis=1)
        times[opt] = np.array([s[:5].mean() for s in slopes]) / later
    assert np.median(times["adam"]) > 2
    assert np.quantile(times["adam"], 0.1) > 1.3
    assert times["sgd"].min() > 2


@pytest.mark.claims
def test_plain_descent_walks_a_shorter_and_smoother_way():
    """Beside Adam's, from each start: at most half as long, and one step goes on as the one before did."""
    long, straight = {}, {}
    for opt in ("adam", "sgd"):
        steps = [np.diff(walked(opt, seed), axis=0) for seed in range(20)]
        sizes = [np.linalg.norm(s, axis=1) for s in steps]
        long[opt] = np.array([s.sum() for s in sizes])
        turns = [(s[1:] * s[:-1]).sum(axis=1) / (n[1:] * n[:-1]) for s, n in zip(steps, sizes, strict=True)]
        straight[opt] = np.array([np.median(turn) for turn in turns])  # 1: straight on, -1: right back
    assert (long["sgd"] < 0.5 * long["adam"]).all()
    assert np.median(straight["sgd"]) > 0.5 > 0.2 > np.median(straight["adam"])
    assert (straight["sgd"] > straight["adam"]).mean() > 0.9


@pytest.mark.claims
def test_two_random_directions_hold_hardly_anything():
    found = studied("adam", "random")
    assert found["share"] < 0.15
    assert found["plane"][0] < 0.4 * found["true"][0]
    span = np.ptp(found["places"], axis=0).max()
    assert span < 0.6  # of a map that is 2 wide


@pytest.mark.claims
def test_small_batches_end_in_flatter_valleys():
    bends = looked_at(0.3, "steps", 1)["curvature"]
    middle = np.median(bends, axis=0)
    assert (np.diff(middle) > 0).all()
    assert 2 * middle[0] < middle[-1]
    assert np.median(bends[:, -1]) < 2 / 0.3
    slow = np.median(looked_at(0.1, "steps", 1)["curvature"], axis=0)
    assert slow[0] < slow[-1] < 3 * slow[0]
    assert slow[-1] / slow[0] < middle[-1] / middle[0]
    tested = looked_at(0.1, "steps", 1)["test"]
    assert 5 <= (tested[:, 0] > tested[:, -1]).sum() <= 15  # flat no longer means better


@pytest.mark.claims
def test_with_equal_epochs_the_order_turns():
    found = looked_at(0.1, "epochs", 1)
    bends, train = np.median(found["curvature"], axis=0), np.median(found["train"], axis=0)
    assert bends[0] > 1.2 * bends[-1]
    assert train[-1] > 2 * train[0]


@pytest.mark.claims
def test_rescaled_weights_are_sharper_and_no_worse():
    before, after = looked_at(0.3, "steps", 1), looked_at(0.3, "steps", 10)
    assert np.median(after["curvature"] / before["curvature"], axis=0).min() > 10
    np.testing.assert_allclose(after["slice 5"], before["slice 5"], rtol=1e-6)
    assert np.median(before["slice 5"][:, 30]) < np.median(before["slice 200"][:, 30])  # the cut shows it as well


def test_the_numbers_of_the_sentences():
    first, wide = looked_at(0.3, "steps", 1), looked_at(0.3, "steps", 10)
    found = sharp.medians(wide, first, first)
    assert found["small"] == np.median(wide["curvature"][:, 0])
    assert found["large"] == np.median(wide["curvature"][:, -1])
    assert found["hardly"] == np.median(first["train"][:, -1])
    assert found["grown"] == np.median(wide["curvature"][:, 0] / first["curvature"][:, 0])
    assert found["grown_all"] == np.median(wide["curvature"][:, -1] / first["curvature"][:, -1])
    assert found["equal_large"] == np.median(first["curvature"][:, -1])


def expected(view, v):
    """What a try's sentence says, worked out beside the page."""
    if view == "walk":
        first, plain, random = studied("adam", "leading"), studied("sgd", "leading"), studied("adam", "random")
        return {
            "true": first["true"][0], "end": first["true"][-1], "sgd_true": plain["true"][0],
            "sgd_plane": plain["plane"][0], "random_share": random["share"], "random_plane": random["plane"][0],
        }  # fmt: skip
    found, alone, equal = (
        {name: of[name] for name in ("curvature", "train", "test")}
        for of in (
            looked_at(v["rate"], v["alike"], v["times"]),
            looked_at(v["rate"], v["alike"], 1),
            looked_at(v["rate"], "steps", 1),
        )
    )
    (small, large), (learned, hardly) = (np.median(found[n], axis=0)[[0, -1]] for n in ("curvature", "train"))
    grown, test = np.median(found["curvature"] / alone["curvature"], axis=0), np.median(found["test"], axis=0)
    steps = np.median(equal["curvature"], axis=0)
    return {
        "small": small, "large": large, "learned": learned, "hardly": hardly, "grown": grown[0], "grown_all": grown[-1],
        "test_small": test[0], "test_large": test[-1], "equal_small": steps[0], "equal_large": steps[-1], "epochs": 50,
    }  # fmt: skip


@pytest.mark.parametrize("view", ["walk", "sharp"])
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at = open_app("landscape", view=view)
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**expected(view, tried.values)))]


@pytest.mark.claims
def test_the_run_ends_on_its_map():
    for seed in range(20):
        found = walk.study("adam", seed, "leading", side=3)
        assert len(found["true"]) - 1 == words.TRIES_WALK[0].values["epoch"]
        assert found["plane"][-1] == pytest.approx(found["true"][-1], rel=1e-5)
        assert abs(np.log(found["plane"][0] / found["true"][0])) > 0.1


def test_the_worked_line_is_so_as_written():
    found = studied("adam", "leading")
    for k in (0, 5, 50, 100):
        latex = worked.apart(found["distance"][k], found["left_out"][k])
        plain = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", latex)
        p, r, d = map(float, re.search(r"\{([\d.]+)\^2 \+ ([\d.]+)\^2\} = ([\d.]+)", plain).groups())
        assert d == pytest.approx(np.hypot(p, r), abs=0.0051)
        assert d == pytest.approx(found["distance"][k], abs=0.0051)


@pytest.fixture
def few_deep_networks(monkeypatch):
    """Two starts instead of twenty; what the page caches of them goes with the test, and what was there before it."""
    st.cache_data.clear()
    monkeypatch.setattr(deep.around, "__defaults__", (range(2), 5))
    yield
    st.cache_data.clear()


@pytest.mark.usefixtures("few_deep_networks")
def test_expanders_compute_when_they_are_opened(open_app):
    for view, key, said in (("walk", "many", "them it's within"), ("sharp", "deep", "At 4 layers")):
        at = open_app("landscape", commit=False, view=view)
        at.session_state[f"landscape.{key}"] = True
        at.button(key=f"{words.LESSON.question('landscape', view)}.skip").click().run()
        assert not at.exception
        assert said.lower() in text(at).lower().replace("\n", " ")


@pytest.mark.claims
def test_deep_ground_is_rough_without_a_way_around():
    few, many = deep.DEPTHS
    middle = {(d, r): np.median(deep.around(d, r, side=3)["middle"]) for d in deep.DEPTHS for r in (False, True)}
    assert middle[many, False] > 3 * middle[many, True]
    assert 1 / 1.5 < middle[few, False] / middle[few, True] < 1.5  # "it hardly matters"


@pytest.mark.claims
@pytest.mark.parametrize(
    ("rate", "alike", "better"), [(0.3, "steps", "large batch fits"), (0.1, "epochs", "small batches fit")]
)
def test_who_fits_the_training_data_better(open_app, rate, alike, better):
    train = np.median(looked_at(rate, alike, 1)["train"], axis=0)
    assert (train[-1] < 0.8 * train[0]) if better.startswith("large") else (train[0] < 0.8 * train[-1])
    assert f" The {better} the training data better." in text(
        open_app("landscape", view="sharp", rate=rate, alike=alike)
    )


@pytest.mark.parametrize(("rate", "alike"), [(0.3, "steps"), (0.1, "epochs")])
def test_a_run_of_the_smallest_batches_opens_in_the_simulator(open_app, rate, alike):
    at = open_app("landscape", view="sharp", rate=rate, alike=alike)
    label = words.OPEN_BATCH.format(few=sharp.BATCHES[0])
    link = next(one.proto for one in at.get("page_link") if one.proto.label == label)
    e = sharp.run_of(sharp.BATCHES[0], rate, alike)
    assert lawful(e) == (e, [])
    assert link.query_string == urlencode({"v": "1"} | e.to_query())


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    found, places = studied("adam", "leading"), studied("adam", "leading")["places"]
    surface = planes.over(walk.RUN, planes.random_plane(walk.RUN, walk.walk(walk.RUN)[-1], 0), 9)
    far = walk.off(found["true"], found["plane"])
    made = [
        charts.walk_map(surface, (-1, 1, -1, 1), places, far, ("u", "v"), mode, "Map", 1.5),
        charts.walk_map(surface, (-1, 1, -1, 1), places, far, ("u", "v"), mode, "Map", 1.5, numbered=False),
        charts.ground_map(surface, (-1, 1, -1, 1), (0.1, 1e6), mode, "Ground"),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))
    assert charts.levels(np.array([[0.07, 3.0]])) == [0.1, 0.2, 0.5, 1.0, 2.0]
    assert "hollow" not in charts.walk_map_text("Map", 0.98, found["true"], found["plane"], far, 0)


MINE = Experiment(dataset="circles", hidden=(5,), optimizer="sgd", learning_rate=0.3, seed=77, epochs=250)


def test_the_simulators_run_is_mapped_and_the_link_holds_it(open_app):
    at = open_app("landscape")
    assert at.button(key="landscape.take").disabled
    assert words.NO_OWN in text(at)
    at.session_state["link.memory"] = {"training": MINE.to_query()}
    at.run()
    assert words.OWN_OPTION not in at.selectbox(key="landscape.opt").options
    at.button(key="landscape.take").click().run()
    assert not at.exception
    assert at.query_params["opt"] in (own.NAME, [own.NAME])
    assert not at.slider  # the run has a seed of its own
    found = walk.study_of(MINE, "leading", side=3)
    says = f"map **{found['plane'][0]:.3f}**, truth **{found['true'][0]:.3f}**"
    assert says in text(at)
    assert f"holds **{found['share']:.1%}**" in text(at)
    link = {key: at.query_params[key] for key in ("opt", "own", "v")}
    again = open_app("landscape", **{key: v[-1] if isinstance(v, list) else v for key, v in link.items()}, epoch=250)
    assert not again.exception
    assert f"Epoch 250: map **{found['plane'][-1]:.3f}**" in text(again)
    assert "layers 2-5-1, tanh, SGD at a rate of 0.3, seed 77" in text(again)
    assert urlencode({"v": "1"} | MINE.to_query()) in [one.proto.query_string for one in again.get("page_link")]
    press(again, words.TRIES_WALK[0].label)
    assert notes(again) == [words.TRIES_WALK[0].look.format(end=studied("adam", "leading")["true"][-1])]


@pytest.mark.parametrize(
    ("run", "says"),
    [
        (Experiment(hidden=(128,) * 6, samples=2000, epochs=5), "A map of your run would take about"),
        (Experiment(batch_norm=True), words.BATCH_NORM),
        (Experiment(dataset="sine", loss="mse", optimizer="sgd", activation="relu", learning_rate=50.0), words.NO_MAP),
        (Experiment(optimizer="sgd", learning_rate=1e-5, epochs=1), words.NO_MAP),
    ],
)
def test_a_run_that_cant_be_mapped_is_refused_kindly(open_app, run, says):
    at = open_app("landscape", opt=own.NAME, own=query_of(lawful(run)[0]))
    assert not at.exception
    assert any(one.value.startswith(says) for one in at.text)
    assert f"map **{studied('adam', 'leading')['plane'][0]:.3f}**" in text(at)
    assert at.selectbox(key="landscape.opt").value == "adam"  # what is drawn is what is chosen
    assert at.query_params.get("opt") != [own.NAME]
    at.session_state["link.memory"] = {"training": run.to_query()}
    assert at.run().button(key="landscape.take").disabled == (says != words.NO_MAP)


@pytest.mark.parametrize(
    "text_of_it", ["", "<script>", "dataset=iris&hidden=9-9&own=own%3Dx", "lr=nan&epochs=1e400", "=&&%FF"]
)
def test_a_hostile_run_in_a_link_opens(open_app, text_of_it):
    at = open_app("landscape", opt=own.NAME, own=text_of_it)
    assert not at.exception
    assert at.latex


def test_a_map_takes_about_as_long_as_we_say():
    assert own.seconds(walk.RUN) < 0.5
    assert own.seconds(Experiment(dataset="digits", samples=1797, hidden=(32,))) < own.SECONDS
    assert own.seconds(Experiment(hidden=(128,) * 6, samples=2000)) > 4 * own.SECONDS


@pytest.mark.parametrize("epochs", [1, 7, 100, 101, 2000])
def test_a_long_run_is_looked_at_a_hundred_times(epochs):
    e = Experiment(hidden=(2,), samples=20, epochs=epochs)
    seen, thetas = walk.shots(e)
    assert len(seen) == len(thetas) <= walk.MOST_SHOTS
    assert (seen[0], seen[-1]) == (0, epochs)
    assert epochs > 100 or seen.tolist() == list(range(epochs + 1))


@pytest.mark.parametrize("dataset", ["digits", "sine", "iris"])
def test_runs_on_other_data_are_mapped_as_well(dataset):
    e = lawful(Experiment(dataset=dataset, samples=1797 if dataset == "digits" else 100, epochs=5))[0]
    for kind in ("leading", "random"):
        found = walk.study_of(e, kind, side=3)
        assert found["true"] == pytest.approx(trained(e).train_loss, rel=1e-3)
        assert (found["surface"] > 0).all()
    losses = walk.start_by_directions(e, walk.walk(e))
    assert 0 <= walk.needed(losses) < len(losses)


@pytest.mark.parametrize("view", words.LESSON.views)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "landscape", view)


@pytest.mark.parametrize(("seed", "few"), [(0, False), (1, True)])
def test_that_no_picture_has_so_many_directions_is_said_where_it_is_so(open_app, seed, few):
    at = open_app("landscape", opt="sgd", seed=seed)
    at.session_state["landscape.many"] = True
    needed = int(re.search(r"With (\d+) of", text(at.run()))[1])
    assert (needed <= 3) == few == (words.NO_PICTURE not in text(at))
