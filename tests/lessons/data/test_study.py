"""The lesson's numbers against other ways to get them, and what its texts claim over twenty seeds."""

import json
import re
from dataclasses import replace
from functools import lru_cache
from itertools import product

import numpy as np
import pytest
from scipy.ndimage import shift as scipy_shift
from scipy.stats import norm
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, precision_score, recall_score
from sklearn.preprocessing import StandardScaler

from core.charts.described import describe
from core.charts.gallery import gallery, gallery_text
from core.data.datasets import load
from core.lessons.data import charts, learning
from core.lessons.data.amount import study as amount
from core.lessons.data.amount import words as amount_words
from core.lessons.data.labels import study as labels
from core.lessons.data.labels import words as labels_words
from core.lessons.data.point import study as point
from core.lessons.data.point import words as point_words
from core.lessons.data.rare import study as rare
from core.lessons.data.rare import words as rare_words
from core.lessons.data.scale import study as scale
from core.lessons.data.scale import view as scale_view
from core.lessons.data.scale import words as scale_words
from core.lessons.data.use import study as use
from core.lessons.data.use import view as use_view
from core.lessons.data.use import words as use_words
from core.training.building import prepare_experiment
from core.training.experiment import Experiment
from core.workshop.own_session import own_experiment

SEEDS = 20
watched, trained, by_rate = lru_cache(labels.watched), lru_cache(use.trained), lru_cache(scale.by_rate)
scores, with_share, learned = lru_cache(amount.scores), lru_cache(rare.trained), lru_cache(point.learned)


def middle(values):
    return float(np.median(values))


# one point


@pytest.mark.claims
def test_a_training_point_moves_the_boundary_and_a_test_point_only_the_score():
    first, moved, other = (
        learned(points, SEEDS) for points in (point.START, point_words.TRAINING_MOVED, point_words.TEST_MOVED)
    )
    assert point.changed(first.plane, moved.plane).min() > 0.1
    np.testing.assert_array_equal(first.plane, other.plane)
    assert (other.test < first.test - 0.05).all()
    assert (moved.test < first.test - 0.05).all()


def test_a_point_that_is_added_has_a_place_of_its_own():
    points = point.START
    while len(points) < point.MOST:
        points = (*points, point.beside(points, len(points) - 1))
        assert len({(p.x1, p.x2) for p in points[len(point.START) - 1 :]}) == len(points) - len(point.START) + 1
    corner = (point.made(3, -3, 1, False),)
    assert point.beside(corner, 0) == point.made(1.5, -1.5, 1, False)


@pytest.mark.claims
def test_a_point_far_on_its_own_side_moves_nothing():
    first = learned(point.START, SEEDS)
    far = learned(point.read(point_words.FAILS.values["points"]), SEEDS)
    assert point.changed(first.plane, far.plane).max() < 0.01


@pytest.mark.claims
def test_a_wrong_label_moves_the_boundary():
    first = learned(point.START, SEEDS)
    flipped = learned(point.read(point_words.TRIES[2].values["points"]), SEEDS)
    assert point.changed(first.plane, flipped.plane).min() > 0.015


def test_links_hold_every_point():
    assert point.written(point.START) == ""
    assert point.read("") == point.START
    rng = np.random.default_rng(0)
    for _ in range(50):
        some = tuple(point.made(*rng.uniform(-4, 4, 2), int(rng.integers(2)), bool(rng.integers(2))) for _ in range(7))
        assert point.read(point.written(some)) == some


@pytest.mark.parametrize("text", ["", "b3131", " B3131a0060 "])
def test_lawful_points_are_read(text):
    value, problem = point.read_link("Points", text, "")
    assert problem == ""
    assert point.written(point.read(value)) == value


@pytest.mark.parametrize("text", ["x", "b313", "b7131", "c3131d0000", "b3131" * 61, "nan", "b٣١٣١"])
def test_others_are_not(text):
    assert point.read_link("Points", text, "")[0] == ""
    assert "can't be read" in point.read_link("Points", text, "")[1]


def test_coordinates_beyond_the_edge_are_moved_to_it():
    assert point.read("b6969")[0][:2] == (3.0, 3.0)


def test_the_nearest_point_is_found_within_reach_only():
    assert point.nearest(point.START, 0.85, 0.25) == 11
    assert point.nearest(point.START, -2.9, 2.9) is None


def test_points_are_far_from_what_a_straight_line_cannot_part():
    """The network's score on its own points is no worse than that of the best straight line."""
    X, y = point.split(point.START, False)
    line = LogisticRegression(C=1e3).fit(X, y).score(X, y)
    assert learned(point.START, SEEDS).training.min() >= line - 1 / 24


# how many


def test_the_best_possible_is_that_of_the_formula():
    assert amount.best_possible() == pytest.approx(norm.cdf(2**0.5), abs=1e-12)
    assert amount.best_rule() == pytest.approx(amount.best_possible(), abs=0.004)


@pytest.mark.claims
def test_ten_times_the_digits_add_fewer_points_and_leave_a_third_of_the_mistakes():
    few, some, many = (scores("digits", n)[1] for n in (10, 100, 1000))
    assert middle(few) < 0.6
    assert 0.84 < middle(some) < 0.93
    assert middle(many) > 0.95
    assert 100 * (middle(many) - middle(some)) < 10 < 100 * (middle(some) - middle(few))
    assert 1 - middle(many) < 0.5 * (1 - middle(some))


def test_what_is_gained_is_what_the_written_shares_say():
    found = {
        name: np.stack([scores("digits", n)[k] for n in amount.sizes("digits")], 1)
        for k, name in enumerate(("own", "new"))
    }
    said = amount.facts(found, "digits")
    few, some = (float(f"{said[name]:.0%}"[:-1]) for name in ("few", "some"))
    before, after = (float(f"{said[name]:.1%}"[:-1]) for name in ("some", "many"))
    assert said["first_gain"] == some - few
    assert said["last_gain"] == pytest.approx(after - before, abs=1e-9)


@pytest.mark.claims
def test_where_clouds_overlap_more_examples_stop_helping():
    some, many = (middle(scores("clouds", n)[1]) for n in (100, 1000))
    assert many - some < 0.015
    assert many < amount.best_rule() < many + 0.006


@pytest.mark.claims
def test_few_examples_are_known_by_heart():
    assert scores("digits", 10)[0].min() == 1
    own, new = scores("tumors", 10)
    assert middle(own) == 1 > middle(new) > 0.8


def test_every_network_takes_as_many_steps():
    for n in amount.SIZES:
        e, times = learning.for_steps(amount.TASKS["digits"], n, amount.STEPS)
        steps = e.epochs * -(-n * times // e.batch_size)
        assert steps == pytest.approx(amount.STEPS, rel=0.1)


def test_draws_hold_no_example_twice_and_both_classes():
    rows = amount.draws(50, 10, np.arange(50) == 7)
    assert all(len(set(column)) == 10 for column in rows.T)
    assert all(7 in column for column in rows.T)


# wrong labels


def test_the_share_of_wrong_labels_is_exact():
    truth = np.arange(1000) % 10
    for kind in labels.KINDS:
        given = labels.labels(truth, 0.4, kind, 3)
        assert (given != truth).sum() == 400
    assert set((labels.labels(truth, 1.0, "same", 0) - truth) % 10) == {1}
    assert set((labels.labels(truth, 1.0, "random", 0) - truth) % 10) == set(range(1, 10))


@pytest.mark.claims
def test_the_rule_is_learned_first_and_the_wrong_labels_later():
    found = watched(0.4, "random")
    new, early = np.median(found["new"], axis=0), labels.EARLY
    assert new[early] > 0.85
    assert new[-1] < new[early] - 0.05
    assert np.median(found["truth"][:, early]) > 0.8
    assert middle(found["repeated"][:, -1]) > 0.12 > 0.06 > middle(found["repeated"][:, early])


@pytest.mark.claims
@pytest.mark.weekly
def test_sixty_percent_wrong_at_random_is_learned_and_sixty_that_agree_are_not():
    random, same = (np.median(watched(0.6, kind)["new"], axis=0)[labels.EARLY] for kind in labels.KINDS)
    assert random > 0.7
    assert same < 0.4


def test_the_answers_that_are_shown_are_those_of_wrong_labels():
    found = watched(0.4, "random")
    truth = learning.digits()[1]
    assert (found["given"] != truth[found["rows"]]).all()
    assert found["answers"].shape == (labels.EPOCHS + 1, labels.SHOWN)


# a rare class


@pytest.mark.parametrize("share", rare.SHARES)
@pytest.mark.parametrize("spread", rare.SPREADS.values())
def test_the_best_possible_recall_is_that_of_bayes(share, spread):
    """By numbers: the log of the ratio of the densities, over a fine grid along the line through the centers."""
    x = np.linspace(-15, 15, 200_001)
    healthy, ill = ((1 - share) * norm.pdf(x, -(2**0.5), spread), share * norm.pdf(x, 2**0.5, spread))
    right = np.trapezoid(np.where(ill > healthy, ill, healthy), x)
    best = rare.best(share, spread)
    assert best.accuracy == pytest.approx(right, abs=1e-4)
    assert best.recall == pytest.approx(np.trapezoid(np.where(ill > healthy, ill, 0), x) / share, abs=1e-3)


@pytest.mark.claims
def test_accuracy_hides_that_few_of_the_ill_are_found():
    found, best = with_share(0.05, 1.5, False), rare.best(0.05, 1.5)
    assert middle(found.accuracy) == pytest.approx(best.accuracy, abs=0.01)
    assert middle(found.accuracy) > 0.95 - 0.005
    assert middle(found.recall) < 0.42


@pytest.mark.claims
def test_copies_find_more_of_the_ill_and_raise_false_alarms():
    before, after = (with_share(0.05, 1.5, copies) for copies in (False, True))
    assert middle(after.recall) > middle(before.recall) + 0.3
    assert middle(after.precision) < 0.35 < middle(before.precision)
    assert middle(after.accuracy) < middle(before.accuracy) - 0.05


@pytest.mark.claims
def test_with_equal_groups_accuracy_and_recall_say_the_same():
    found = with_share(0.5, 1.5, False)
    assert middle(found.recall) == pytest.approx(middle(found.accuracy), abs=0.03)


@pytest.mark.claims
def test_rarity_does_not_hurt_where_groups_hardly_overlap():
    assert middle(with_share(0.05, 0.5, False).recall) > 0.93


def test_rates_are_those_of_scikit_learn():
    rng = np.random.default_rng(0)
    truth, said = rng.integers(0, 2, 5000), rng.integers(0, 2, 5000)
    found, false, share = said[truth == 1].mean(), said[truth == 0].mean(), truth.mean()
    rates = rare.rates(found, false, share)
    assert rates.recall == pytest.approx(recall_score(truth, said))
    assert rates.precision == pytest.approx(precision_score(truth, said))
    assert rates.accuracy == pytest.approx((truth == said).mean())
    assert confusion_matrix(truth, said).sum() == 5000


def test_copies_make_both_classes_weigh_alike():
    for share in rare.SHARES:
        X, y = rare.copied(*rare.examples(share, 1.5, 0))
        assert (y == 1).sum() == pytest.approx((y == 0).sum(), rel=0.05)
        assert len(X) == len(y)


# scale


@pytest.mark.claims
def test_raw_measurements_get_one_answer_for_all_and_standardized_ones_are_learned():
    found, at = by_rate("sgd", "relu"), scale.RATES.index(0.1)
    assert middle(found["raw"][:, at]) == pytest.approx(scale.common(), abs=0.01)
    assert np.quantile(found["scaled"][:, at], 0.1) > 0.9
    assert middle(found["raw"][:, scale.RATES.index(0.001)]) > 0.8


@pytest.mark.claims
def test_adam_copes_with_raw_measurements_and_tanh_does_not():
    at = scale.RATES.index(0.01)
    assert middle(by_rate("adam", "relu")["raw"][:, at]) > 0.87
    found = by_rate("sgd", "tanh")
    assert np.median(found["raw"], axis=0).max() < 0.75 < 0.9 < np.median(found["scaled"], axis=0).max()


@pytest.mark.claims
def test_at_the_usual_rate_the_units_of_raw_networks_die():
    assert scale.alive(False, 0.1) < 0.1
    assert scale.alive(True, 0.1) > 0.8


def test_the_scaler_is_that_of_scikit_learn():
    names, means, spreads = scale.ranges()
    data = scale.examples(False)
    other = StandardScaler().fit(load_breast_cancer().data[data.train])
    np.testing.assert_allclose(means, other.mean_)
    np.testing.assert_allclose(spreads, other.scale_)
    assert len(names) == 30
    assert 100 < spreads.max() < 1000
    assert 0.001 < spreads.min() < 0.01  # "some vary by hundreds, some by thousandths"


# another use


@pytest.mark.parametrize("way", use.WAYS)
def test_moves_are_those_of_scipy(way):
    right, down = way
    X = learning.digits()[2][:20]
    moved = use.shifted(X, right, down).reshape(-1, 8, 8)
    for one, other in zip(X.reshape(-1, 8, 8), moved, strict=True):
        np.testing.assert_allclose(other, scipy_shift(one, (down, right), order=0), atol=1e-12)


@pytest.mark.claims
def test_one_pixel_costs_about_half_and_moved_copies_mend_it():
    plain, moved = (np.median(trained(copies)["right"], axis=0) for copies in ("none", "moved"))
    place = {name: k for k, name in enumerate(use.USES)}
    assert plain[place["same"]] > 0.95
    assert 0.35 < plain[place["moved"]] < 0.6
    assert moved[place["moved"]] > 0.85
    assert moved[place["same"]] < plain[place["same"]]
    assert moved[place["noisy"]] < plain[place["noisy"]] - 0.03
    assert plain[place["moved2"]] + 0.1 < moved[place["moved2"]] < 0.5  # "some help, but far from enough"


@pytest.mark.claims
def test_noisy_copies_help_against_noise_only():
    plain, noisy = (np.median(trained(copies)["right"], axis=0) for copies in ("none", "noisy"))
    at = use.USES.index("noisy")
    assert noisy[at] > plain[at] + 0.02
    assert noisy[use.USES.index("moved")] < plain[use.USES.index("moved")] + 0.03


def test_copies_keep_their_labels_and_the_number_of_steps():
    X, y = learning.digits()[:2]
    for copies in use.COPIES:
        rows, given = use.with_copies(X, y, copies)
        assert len(rows) == len(given)
        np.testing.assert_array_equal(given[: len(y)], y)
        np.testing.assert_array_equal(rows[: len(y)], X)


# what the checks ask: each right answer, over twenty seeds


def right_of(module, k=0):
    item = module.CHECKS[k]
    return item.options[item.answer].text


@pytest.mark.claims
def test_a_point_that_leaves_the_sum_moves_the_boundary():
    assert right_of(point_words).startswith("No")
    first = learned(point.START, SEEDS).plane
    swapped = point.moved(point.START, point_words.OPENS, test=True)
    assert point.changed(first, learned(swapped, SEEDS).plane).min() > 0.02
    here = point.START[point_words.OPENS]
    assert not here.test
    for axis, by in (("x1", 0.5), ("x1", -0.5), ("x2", 0.5), ("x2", -0.5)):
        there = point.moved(point.START, point_words.OPENS, **{axis: getattr(here, axis) + by})
        assert point.changed(first, learned(there, SEEDS).plane).min() > 0.015


@pytest.mark.claims
def test_three_times_as_many_digits_leave_about_half_of_the_mistakes():
    assert right_of(amount_words) == "About half"
    some, many = (1 - middle(scores("digits", n)[1]) for n in (10, 30))
    assert 0.4 < many / some < 0.65


@pytest.mark.claims
def test_only_what_repeats_the_wrong_labels_rises():
    assert right_of(labels_words).startswith("“wrong”")
    found = watched(0.4, "random")
    rise = {name: middle(found[name][:, -1]) - middle(found[name][:, labels.EARLY]) for name in labels_words.NAMES}
    assert rise["repeated"] > 0.1
    assert max(rise["new"], rise["truth"]) < -0.05


@pytest.mark.claims
def test_the_rarer_the_ill_the_more_is_right_and_the_fewer_are_found():
    assert right_of(rare_words) == "“right” rises, “found” falls"
    few, some = (with_share(share, 1.5, False) for share in rare.SHARES[:2])
    assert middle(few.accuracy) > middle(some.accuracy) + 0.01
    assert middle(few.recall) < middle(some.recall) - 0.05


@pytest.mark.claims
def test_at_a_small_rate_the_raw_measurements_are_learned_and_the_scaled_are_not():
    assert right_of(scale_words).startswith("Raw")
    found, at = by_rate("sgd", "relu"), scale.RATES.index(1e-4)
    assert middle(found["raw"][:, at]) > 0.8
    assert middle(found["scaled"][:, at]) < 0.6


@pytest.mark.claims
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_below_half_a_network_is_hardly_trained(optimizer, activation):
    found, seen = by_rate(optimizer, activation), 0
    for side, runs in found.items():
        for share in np.median(runs, axis=0):
            if share < scale.GUESSING:
                assert share == pytest.approx(scale.untrained(activation, side == "scaled"), abs=0.13)
                seen += 1
    assert seen


@pytest.mark.claims
def test_moved_copies_do_harm_where_digits_are_mirrored():
    assert right_of(use_words) == "It goes down"
    at = use.USES.index("mirrored")
    assert middle(trained("moved")["right"][:, at] - trained("none")["right"][:, at]) < -0.02


# pictures


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    found = learned(point.START, SEEDS)
    train, test = (point.split(point.START, part) for part in (False, True))
    names, right = ["as in training", "moved"], np.array([[0.9, 0.5], [0.95, 0.4]])
    made = [
        charts.points(found.plane[0], found.plane[1], point.EXTENT, train, test, (0.5, 0.5), mode),
        charts.points(found.plane[0], None, point.EXTENT, train, test, None, mode),
        charts.measurements(scale.ranges()[2], mode, "Ranges", "dashed: all"),
        charts.uses(names, right, None, ["no copies"], 1, mode, "Uses"),
        charts.uses(names, right, right, ["no copies", "moved copies"], 0, mode, "Uses"),
        gallery(learning.digits()[2][:3], ["1", "2", "3"], mode, "Digits"),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))


def test_the_text_twins_say_the_numbers():
    right = np.array([[0.9, 0.5]])
    said = charts.uses_text(["a", "b"], right, right, ["no copies", "moved"])
    assert said == "Right answers, medians. no copies: a 90%, b 50%; moved: a 90%, b 50%."
    assert "from 569 down to 0.0026" in charts.measurements_text(np.array([569.0, 0.0026]))
    assert "12.0% of the plane" in charts.points_text(0.9, 0.8, 0.12)
    assert charts.points_text(0.9, float("nan"), 0.12).endswith("Right are 90% of the training points.")
    assert gallery_text(learning.digits()[2][:1], ["4"], "Digits").startswith("Digits: 4: ")


def test_the_simulator_takes_what_it_is_sent():
    runs = [amount.simulated(100), amount.simulated(300), labels.simulated(0.4), labels.simulated(0.0), learning.DIGITS]
    runs += [scale.simulated(*of) for of in product(scale_view.OPTIMIZERS, scale_view.ACTIVATIONS, scale.RATES)]
    for e in runs:
        assert Experiment.from_query(e.to_query()) == (e, [])


def test_what_the_simulator_is_sent_are_the_runs_of_the_page():
    assert replace(learning.DIGITS, epochs=use.EPOCHS) == learning.DIGITS
    e = scale.simulated("sgd", "tanh", 0.01)
    sent, ours = prepare_experiment(e), scale.examples(True)
    np.testing.assert_array_equal(sent.X_train, ours.X_train)
    np.testing.assert_array_equal(sent.y_test, ours.y_test)
    assert (e.optimizer, e.activation, e.learning_rate) == ("sgd", "tanh", 0.01)


def test_points_that_the_simulator_is_sent_are_those_of_the_page():
    points = point_words.TRAINING_MOVED
    e = own_experiment(point.simulated(points))
    data = load(e.dataset, e.samples, e.noise, e.data_seed)
    np.testing.assert_allclose(data.X, [p[:2] for p in points])
    np.testing.assert_array_equal(data.y, [p.label for p in points])
    assert Experiment.from_query(e.to_query()) == (e, [])
    for few in (points[:3], [p for p in points if p.label]):
        assert point.simulated(few) == ""


@pytest.mark.claims
def test_a_move_changes_most_inputs_and_the_products_add_up_to_z():
    new = learning.digits()[2]
    assert np.mean(use.in_use(new, "moved") != new) > 0.5
    found = use.trained("none")
    bias = found["z"] - found["products"].sum(-1)
    np.testing.assert_allclose(bias[:, 0], bias[:, 1], atol=1e-4)
    for k, name in enumerate(use.USES):
        for pixels, products in zip((new[0], use.in_use(new, name)[0]), found["products"][k], strict=True):
            np.testing.assert_allclose(products, pixels * found["weights"][k], atol=1e-6)


def test_the_worked_lines_are_so_as_written_with_equally_many_decimals():
    found = trained("none")
    for k in range(len(use.USES)):
        plain = re.sub(r"\\textcolor\{[^}]*\}\{\(?([^})]*)\)?\}", r"\1", use_view.line(found, k))
        rows = [re.findall(r"-?\d+\.\d+", one) for one in plain.split(r" \\ ")]
        assert len(rows) == 2
        for w, ink, rest, z in rows:
            assert f"{float(w) * float(ink) + float(rest):z.{len(z.partition('.')[2])}f}" == z
        assert len({tuple(len(v.partition(".")[2]) for v in row) for row in rows}) == 1
