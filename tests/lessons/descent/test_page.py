"""Lesson 9 says what the core computes, for every link."""

import re

import numpy as np
import pytest

from core.lessons.descent import ground, study, words, worked
from core.lessons.descent.surfaces import SURFACES
from core.nn.optimizers import OPTIMIZERS
from core.training.experiment import lawful
from tests.pressing import in_every_order, notes, press


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def drawn(at):
    """What stands in the pictures and in their text twins."""
    return " ".join(str(element.proto) for element in at.get("vega_lite_chart"))


def by_hand(kind, surface, start, rate, near=1e-6, most=4000):
    """Steps to arrive and stay, each rule written once more with plain numbers."""
    v = m = s = np.zeros(2)
    p, last = np.array(start, float), 0
    for t in range(1, most + 1):
        g = surface.gradient(p)
        if kind == "sgd":
            p = p - rate * g
        elif kind == "momentum":
            v = 0.9 * v + g
            p = p - rate * v
        else:
            m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g * g
            p = p - rate * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        if not surface.loss(p) < near:
            last = t
    return last + 1


def test_loads_on_momentum_in_the_ravine(open_app):
    at = open_app("descent")
    assert not at.exception
    assert "**momentum** at a rate of 0.01 arrives after **173 steps**" in text(at)
    assert "plain descent takes 882 steps, momentum 173" in text(at)


def test_the_prediction_comes_first(open_app):
    at = open_app("descent", commit=False)
    assert not at.selectbox
    assert "173" not in text(at)
    assert "882 steps" in text(at)
    assert "Ravine: the walk of plain descent" in drawn(at)
    assert "SGD" not in text(at) + drawn(at)  # one name where the question says another
    at.radio(key="descent.prediction.options").set_value(3)
    at.button(key="descent.prediction.commit").click().run()
    assert "You said:** It never arrives" in text(at)


@pytest.mark.claims
def test_the_numbers_of_the_sentences():
    found, at = study.measured(), (10.0, 1.0)
    ravine, turned, gentle = (SURFACES[name] for name in ("ravine", "rotated", "gentle"))
    assert found["plain"] == by_hand("sgd", ravine, at, 0.01) == 882
    assert found["momentum"] == by_hand("momentum", ravine, at, 0.01) == 173
    assert found["adam"] == by_hand("adam", ravine, at, 0.1) == 305
    assert found["adam_turned"] == pytest.approx(by_hand("adam", turned, at, 0.1), abs=1)
    assert found["plain_turned"] == by_hand("sgd", turned, at, 0.01)
    assert found["gentle_plain"] == by_hand("sgd", gentle, at, 0.18) == 45
    assert found["gentle_momentum"] == by_hand("momentum", gentle, at, 0.18)
    assert found["ridge"] == by_hand("sgd", SURFACES["saddle"], (10.0, 0.001), 0.1)
    assert found["valley"] == by_hand("momentum", SURFACES["valleys"], at, 0.05)
    assert found["net_plain"] == by_hand("sgd", SURFACES["network"], at, 0.35)


@pytest.mark.claims
def test_on_a_real_networks_ground_plain_descent_is_ahead_and_a_batch_sets_a_floor():
    real, found = SURFACES["network"], study.measured()
    best = study.steps_needed("momentum", real, study.START, study.best_rate("momentum", real))
    assert 1.5 * found["net_plain"] < best == found["net_momentum"]
    for name, rate in (("sgd", 0.1), ("momentum", 0.018), ("adam", 0.18)):
        ends = [np.median(study.noisy(name, real, study.START, rate, 0.0, 20, batch)[:, -200:]) for batch in (4, 16, 0)]
        slower = np.median(study.noisy(name, real, study.START, rate / 3, 0.0, 20, 4)[:, -200:])
        assert ends[0] > 2 * ends[1] > 100 * ends[2]
        assert slower < 0.7 * ends[0], name


@pytest.mark.claims
def test_the_claims_of_the_tries():
    found = study.measured()
    assert 4.5 < found["plain"] / found["momentum"] < 5.5  # about a fifth
    assert found["adam_turned"] > 5 * found["adam"]
    assert found["plain_turned"] == pytest.approx(found["plain"], rel=0.05)
    assert found["gentle_momentum"] > 3 * found["gentle_plain"]
    every = [study.steps_needed("momentum", SURFACES["gentle"], study.START, rate) for rate in study.RATES]
    assert found["gentle_best"] == np.nanmin(every) > 3 * found["gentle_plain"]
    assert np.isnan(study.steps_needed("sgd", SURFACES["saddle"], (10.0, 0.0), 0.1))
    assert np.isnan(study.steps_needed("sgd", SURFACES["valleys"], study.START, 0.05))
    first = study.walk("sgd", SURFACES["ravine"], study.START, [0.01], 1).path[1, :, 0]
    assert first[1] == pytest.approx(0)
    first = np.diff(study.walk("adam", SURFACES["ravine"], study.START, [0.1], 1).path[:, :, 0], axis=0)
    np.testing.assert_allclose(np.abs(first), 0.1, rtol=1e-6)
    x = study.walk("momentum", SURFACES["gentle"], study.START, [0.18], 100).path[:, 0, 0]
    assert (np.diff(np.sign(x)) != 0).sum() > 5  # past the bottom again and again


@pytest.mark.claims
def test_in_the_gentle_valley_plain_descent_beats_the_best_of_adam():
    gentle = SURFACES["gentle"]
    plain, adam = (
        study.steps_needed(name, gentle, study.START, study.best_rate(name, gentle)) for name in ("sgd", "adam")
    )
    assert 3 * plain < adam


@pytest.mark.claims
@pytest.mark.parametrize("surface", [name for name in SURFACES if name != "network"])
def test_rmsprops_steps_stay_as_long_as_the_rate(surface):
    """So it circles the lowest place; where it is near, both of its numbers move by about the rate for ever."""
    ground = SURFACES[surface]
    for rate in (0.01, 0.1):
        path = study.walk("rmsprop", ground, study.START, [rate], study.MOST).path[:, :, 0]
        steps = np.abs(np.diff(path[-100:], axis=0)).max(axis=1)
        assert 0.3 * rate < np.median(steps) < 3 * rate
        assert np.isnan(study.steps_needed("rmsprop", ground, study.START, rate))


@pytest.mark.claims
@pytest.mark.parametrize("noise", [0.3, 1.0, 3.0])
def test_the_claims_about_noise(noise):
    """Momentum is down sooner; then its floor is the higher one. In the long run it would be ten times as high."""
    ravine = SURFACES["ravine"]
    plain, momentum = (study.noisy(n, ravine, study.START, 0.01, noise, 20) for n in ("sgd", "momentum"))
    assert np.median(momentum[:, 150]) < 0.5 * np.median(plain[:, 150])
    assert np.median(momentum[:, -100:]) > 2 * np.median(plain[:, -100:]) > 2 * study.NEAR


def worked_out(latex):
    """The two sides of a worked line, by a calculator: its left side, its right side, half of its last digit."""
    plain = latex.replace(r"{\approx}0", "0").replace(r"\approx 0", "= 0." + "0" * 6)
    plain = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"(\1)", plain)
    plain = re.sub(r"\\frac\{([^}]*)\}\{([^}]*)\}", r"(\1)/(\2)", plain).replace(r"\times", "*")
    left, right = plain.split("x:")[1].split("=")
    return eval(left), eval(right), 0.5 * 10.0 ** -len(right.strip(" ()$\n").partition(".")[2])


@pytest.mark.parametrize("name", list(OPTIMIZERS))
@pytest.mark.parametrize("surface", ["ravine", "saddle", "valleys", "plateau"])
@pytest.mark.parametrize("rate", [0.001, 0.013, 0.1])
def test_the_worked_line_is_the_step_and_is_so_as_written(name, surface, rate):
    walks = study.walk(name, SURFACES[surface], study.START, [rate], study.MOST)
    for k in (0, 1, 12, 40, 100, 400, study.MOST - 1):
        before, now = walks.path[k : k + 2, 0, 0]
        line = worked.line(name, walks, rate, k)
        if np.abs(walks.path[k]).max() > study.FAR:
            continue
        if not line:  # the page says that all is practically 0
            assert max(abs(before), abs(now), abs(walks.gradients[k, 0, 0])) < worked.TINY
            continue
        left, right, half = worked_out(line)
        off = max(1.01 * half, 1e-12)
        assert left == pytest.approx(right, abs=max(off, worked.TINY if "approx" in line else 0)), (k, line)
        assert right == pytest.approx(now, abs=max(off, worked.TINY if r"\approx 0" in line else 0)), (k, line)
        if abs(now) >= worked.TINY:
            assert right == pytest.approx(now, rel=0.006, abs=5e-4 if abs(now) > 0.1 else 0), (k, line)


def test_the_page_has_one_story_for_the_end(open_app):
    at = open_app("descent", opt="sgd", epoch=study.MOST)
    assert not at.exception
    assert f"The last step ({study.MOST}), weight x:" in text(at)
    line = next(m.value for m in at.latex if "x:" in m.value)
    end = study.walk("sgd", SURFACES["ravine"], study.START, [0.01], study.MOST).path[-2:, 0, 0]
    assert all(f"{x:.6f}" in line for x in end)
    assert "The next step (13), weight x:" in text(open_app("descent", epoch=12))


def test_where_all_is_practically_zero_the_page_says_so(open_app):
    at = open_app("descent", opt="momentum", epoch=study.MOST)
    assert words.AT_REST.format(tiny=worked.TINY) in text(at)
    assert not [m.value for m in at.latex if "x:" in m.value]


@pytest.mark.parametrize("name", list(OPTIMIZERS))
@pytest.mark.parametrize("surface", list(SURFACES))
def test_every_optimizer_on_every_surface(open_app, name, surface):
    at = open_app("descent", opt=name, surface=surface, rate=0.1, epoch=7)
    assert not at.exception
    step = study.walk(name, SURFACES[surface], study.START, [0.1], 9)
    if np.abs(step.path[7]).max() > study.FAR:
        assert words.LEFT in text(at)
    else:
        assert worked.wrapped(worked.line(name, step, 0.1, 7)) in " ".join(m.value for m in at.latex)


def test_a_walk_that_has_left_says_so(open_app):
    assert words.LEFT in text(open_app("descent", opt="sgd", rate=0.1, epoch=300))


def test_tries_set_all_that_their_words_depend_on(open_app):
    at = open_app("descent")
    found = study.measured()
    for tried in in_every_order(words.LESSON.views[""]):
        press(at, tried.label)
        assert notes(at) == [tried.look.format(**found)]


def test_the_real_networks_training_opens_in_the_simulator(open_app):
    at = open_app("descent", surface="network")
    assert not at.exception
    assert [one.proto.label for one in at.get("page_link") if one.proto.label == words.OPEN] == [words.OPEN]
    assert words.OPEN not in [one.proto.label for one in open_app("descent").get("page_link")]
    assert lawful(ground.RUN) == (ground.RUN, [])
    assert f"“{words.MORE_TITLE}”" in next(t.look for t in words.TRIES if t.label == "On the ridge")


def test_the_noise_is_computed_when_it_is_looked_for(open_app):
    at = open_app("descent", commit=False)
    at.session_state["descent.more"] = True
    at.button(key="descent.prediction.skip").click().run()
    assert not at.exception
    end = np.median(study.noisy("momentum", SURFACES["ravine"], study.START, 0.01, 1.0, 20)[:, -1])
    assert f"loss is {end:.2g}" in text(at)
    assert "noisy walks" not in text(open_app("descent"))


def test_a_start_that_is_typed(open_app):
    at = open_app("descent")
    at.text_input(key="descent.y.typed").set_value("0,5").run()
    assert not at.exception
    steps = study.steps_needed("momentum", SURFACES["ravine"], (10.0, 0.5), 0.01)
    assert f"**{steps:.0f} steps**" in text(at)
    assert at.query_params["y"] in ("0.5", ["0.5"])


def test_a_link_out_of_bounds(open_app):
    at = open_app("descent", surface="ravine", x="1e9", y=-11, rate="nan", noise=5)
    assert not at.exception
    assert at.session_state["descent.x"] == 11


def test_a_start_beyond_the_plane_is_cut_and_says_so(open_app):
    at = open_app("descent", y=8)
    assert words.CUT.format(tall=3, y=3) in text(at)
    assert words.CLICK in text(open_app("descent", y=8, surface="saddle"))


def test_the_batches_of_a_real_network(open_app):
    at = open_app("descent", commit=False, surface="network", opt="adam", rate=0.18, batch=4)
    at.session_state["descent.more"] = True
    at.button(key="descent.prediction.skip").click().run()
    assert not at.exception
    end = np.median(study.noisy("adam", SURFACES["network"], study.START, 0.18, 0.0, 20, 4)[:, -1])
    assert f"loss is {end:.2g}" in text(at)
    assert "Batch size" in [slider.label for slider in at.select_slider]


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_every_letter_of_a_formula_is_explained(open_app, name):
    formula = OPTIMIZERS[name].formula
    commands = {"leftarrow", "quad", "sqrt", "hat"}
    used = set(re.findall(r"\\hat [a-z]|\\[a-z]+|(?<![\\a-z])[a-z](?![a-z])", formula)) - {f"\\{c}" for c in commands}
    explained = set(re.findall(r"\$([^$]+)\$", words.letters(formula)))
    assert used == explained
    at = open_app("descent", opt=name)
    assert words.letters(formula) in [caption.value for caption in at.caption]
