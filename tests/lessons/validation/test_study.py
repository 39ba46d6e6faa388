"""Folds, choices and leaks against scikit-learn, against plain loops, and against what can be worked out."""

import json
import re
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binom, norm, sem
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from core.charts.described import describe
from core.data.scaling import Standardizer
from core.lessons.validation import charts, choosing, folding, leaks, words, worked
from core.training.experiment import Experiment

each_cut = pytest.mark.parametrize(("examples", "k"), [(n, k) for n in folding.SIZES for k in folding.FOLDS])


class Ours(ClassifierMixin, BaseEstimator):
    """One network of the lesson as scikit-learn's own cross-validation wants it, trained alone."""

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.network_ = folding.train_all([(X, y)])
        return self

    def predict(self, X):
        return (folding.answers(self.network_, X)[0] > 0).astype(int)


@each_cut
def test_each_example_is_held_out_once_and_all_folds_are_of_one_size(examples, k):
    data, cuts = folding.cut(examples, 3, k)
    held = np.concatenate([rows for _, rows in cuts])
    np.testing.assert_array_equal(np.sort(held), np.arange(examples))
    for learned, outside in cuts:
        assert len(outside) == examples // k
        assert not set(learned) & set(outside)
        assert data.y[outside].mean() == 0.5


def test_the_stacked_pass_scores_as_scikit_learns_cross_validation_does():
    draws = [0, 4]
    found = folding.estimates(60, 5, draws)
    for d, draw in enumerate(draws):
        data, cuts = folding.cut(60, draw, 5)
        alone = cross_val_score(Ours(), data.X, data.y, cv=cuts)
        np.testing.assert_allclose(found["scores"][d], alone, atol=1e-6)
        final = Ours().fit(data.X, data.y)
        assert found["training"][d] == pytest.approx(final.score(data.X, data.y))
        assert found["truth"][d] == pytest.approx(final.score(folding.fresh().X, folding.fresh().y), abs=5e-4)


def test_what_is_drawn_is_what_is_scored():
    found, (_, cuts) = folding.estimates(60, 5, [2]), folding.cut(60, 2, 5)
    for fold, (_, rows) in enumerate(cuts):
        assert (found["held"][0, rows] == fold).all()
        assert 1 - found["wrong"][0, rows].mean() == pytest.approx(found["scores"][0, fold])


def test_other_fresh_points_say_the_same_truth():
    data = folding.drawn(60, 0)
    network, other = folding.train_all([(data.X, data.y)]), folding.moons(folding.FRESH, folding.RUN.noise, 77)
    a = folding.right(folding.answers(network, folding.fresh().X), folding.fresh().y)
    b = folding.right(folding.answers(network, other.X), other.y)
    assert a == pytest.approx(b, abs=0.012)  # four standard errors of their difference


def test_the_standard_error_is_scipys():
    scores = np.array([[0.8, 0.9, 0.7, 1.0], [0.5, 0.5, 0.6, 0.4]])
    np.testing.assert_allclose(folding.standard_error(scores), sem(scores, axis=1))


def test_choices_are_the_lowest_means_and_what_they_give_up_is_the_difference():
    rng = np.random.default_rng(0)
    found = {"folds": rng.uniform(size=(6, 7, 5)), "truth": rng.uniform(size=(6, 7))}
    for by, used in (("folds", 5), ("one", 1)):
        choice = choosing.chosen(found, by)
        lost = choosing.given_up(found, choice)
        for d in range(6):
            means = [np.mean(found["folds"][d, v, :used]) for v in range(7)]
            assert choice[d] == int(np.argmin(means))
            assert lost[d] == pytest.approx(found["truth"][d, choice[d]] - min(found["truth"][d]))
    assert not choosing.chosen(found, "none").any()


def test_the_loss_is_binary_cross_entropy():
    from sklearn.metrics import log_loss

    z, y = np.array([[2.0, -1.0, 0.3]]), np.array([1, 0, 0])
    assert choosing.cross_entropy(z, y)[0] == pytest.approx(log_loss(y, 1 / (1 + np.exp(-z[0]))))


def logistic():
    """The neuron as scikit-learn has it: 1 / C is the penalty times the number of examples."""
    return LogisticRegression(C=1 / (leaks.NEURON.l2 * leaks.EXAMPLES * (leaks.K - 1) / leaks.K), max_iter=1000)


@pytest.mark.parametrize("labels", leaks.LABELS)
def test_picking_inside_the_folds_is_scikit_learns_pipeline(labels):
    draws = [leaks.drawn(100, labels, draw) for draw in range(8)]
    ours, theirs = leaks.promised(draws, "none"), []
    for draw, data in enumerate(draws):
        steps = make_pipeline(SelectKBest(f_classif, k=leaks.USED), StandardScaler(), logistic())
        theirs.append(cross_val_score(steps, data.X, data.y, cv=leaks.folds(data, leaks.K, draw)).mean())
    np.testing.assert_allclose(ours, theirs, atol=1.01 / leaks.EXAMPLES)  # an example on the line, at most


def test_picking_first_is_the_leak_that_scikit_learn_warns_of():
    draws = [leaks.drawn(1000, "coin", draw) for draw in range(8)]
    ours, theirs = leaks.promised(draws, "pick"), []
    for draw, data in enumerate(draws):
        X = SelectKBest(f_classif, k=leaks.USED).fit_transform(data.X, data.y)
        steps = make_pipeline(StandardScaler(), logistic())
        theirs.append(cross_val_score(steps, X, data.y, cv=leaks.folds(data, leaks.K, draw)).mean())
    np.testing.assert_allclose(ours, theirs, atol=1.01 / leaks.EXAMPLES)


def test_a_plain_cut_without_classes_promises_about_the_same():
    """The leak isn't a matter of how the folds are cut."""
    data = leaks.drawn(1000, "coin", 0)
    X = SelectKBest(f_classif, k=leaks.USED).fit_transform(data.X, data.y)
    assert cross_val_score(logistic(), X, data.y, cv=KFold(5, shuffle=True, random_state=0)).mean() > 0.7


@pytest.mark.parametrize("labels", leaks.LABELS)
def test_the_truth_of_a_neuron_is_what_the_normal_distribution_says(labels):
    """A weighted sum of normal inputs is normal, so the share of right answers can be worked out."""
    draws = [leaks.drawn(30, labels, draw) for draw in range(6)]
    measured = leaks.scored(draws, labels)
    for data, truth in zip(draws, measured, strict=True):
        used = leaks.pick(data.X, data.y)
        scaler = Standardizer.fit(data.X[:, used])
        W = leaks.train_all([(scaler.apply(data.X[:, used]), data.y)]).dump()[0].astype(float)
        w, b = W[:-1] / scaler.scale, W[-1] - (W[:-1] * scaler.mean / scaler.scale).sum()
        speaks = (used < 2) & (labels == "two")
        spread = np.sqrt((np.where(speaks, leaks.NOISE, 1) ** 2 * w**2).sum())
        middle = w[speaks].sum()
        worked_out = (norm.cdf((middle + b) / spread) + norm.cdf((middle - b) / spread)) / 2
        assert truth == pytest.approx(worked_out, abs=0.015)  # four standard errors


def test_copies_change_nothing_in_the_neuron_in_use():
    data = leaks.drawn(30, "two", 0)
    more = data.rows(np.tile(np.arange(len(data.y)), leaks.COPIES))
    a, b = (leaks.train_all([(d.X[:, :10], d.y)]).dump() for d in (data, more))
    np.testing.assert_allclose(a, b, atol=1e-4)
    np.testing.assert_array_equal(leaks.pick(data.X, data.y), leaks.pick(more.X, more.y))


def test_what_is_done_before_the_cut_is_all_that_differs():
    data = leaks.drawn(100, "coin", 0)
    cut, scaled, picked, copied = (leaks.parts(data, way, 0) for way in leaks.WAYS[:-1])
    assert len(cut[0]) == leaks.K
    for (X, y), (Z, u) in zip(cut[0], scaled[0], strict=True):
        np.testing.assert_array_equal(y, u)
        np.testing.assert_allclose(np.corrcoef(X.T), np.corrcoef(Z.T), atol=1e-9)  # the same inputs, moved
        np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-12)
        assert np.abs(Z.mean(axis=0)).max() > 1e-3
    used = leaks.pick(data.X, data.y)
    rows, _ = leaks.folds(data, leaks.K, 0)[0]
    np.testing.assert_allclose(picked[0][0][0], Standardizer.fit(data.X[rows][:, used]).apply(data.X[rows][:, used]))
    assert len(copied[0][0][1]) == leaks.COPIES * len(cut[0][0][1])


def test_the_winner_is_the_best_of_its_contest():
    draws = [leaks.drawn(100, "coin", draw) for draw in range(3)]
    scores = [leaks.best_of(draws, "coin", c)["score"] for c in leaks.CANDIDATES]
    assert all((b >= a).all() for a, b in pairwise(scores))  # the same lots, and more of them
    many = leaks.best_of(draws, "coin", 16)
    np.testing.assert_allclose(many["score"] * 12, np.rint(many["score"] * 12))


def test_guessers_are_binomial():
    for test, hits in ((12, 9), (12, 6), (4, 4)):
        assert worked.chance(test, hits) == pytest.approx(binom.sf(hits - 1, test, 0.5))
    rng = np.random.default_rng(0)
    best = rng.binomial(12, 0.5, (20_000, 16)).max(axis=1)
    assert 1 - (1 - worked.chance(12, 10)) ** 16 == pytest.approx((best >= 10).mean(), abs=0.02)


def value(side):
    """One side of a worked line, by a calculator."""
    plain = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", side)
    plain = re.sub(r"\\substack\{([^}]*)\}", r"\1", plain).replace("\\\\", "")
    plain = re.sub(r"\\sqrt\{(\d+)\}", r"(\1)**0.5", plain)
    plain = re.sub(r"\\frac\{(.*?)\}\{(.*?)\}$", r"((\1)/(\2))", plain.strip())
    return eval(re.sub(r"\^\{(\d+)\}", r"**\1", plain))


@pytest.mark.parametrize(("examples", "k"), [(60, 5), (60, 2), (20, 10), (180, 10)])
def test_the_worked_lines_are_so_as_written(examples, k):
    held = examples // k
    for seed in range(20):
        scores = np.random.default_rng(seed).integers(held // 2, held + 1, k) / held
        mean, error = worked.estimate(scores, held)
        _, total, result = mean.split(" = ")
        assert value(total) == pytest.approx(value(result), abs=5.1e-4)
        assert value(result) == pytest.approx(scores.mean(), abs=5.1e-4)
        _, ratio, result = error.split(" = ")
        assert value(ratio) == pytest.approx(value(result), abs=5.1e-4)
        assert value(result) == pytest.approx(float(folding.standard_error(scores)), abs=5.1e-4)


def test_the_other_worked_lines_are_so_as_written():
    rng = np.random.default_rng(1)
    for _ in range(30):
        losses = rng.uniform(0.1, 2, 5)
        _, total, result = worked.mean_loss(losses, "0.003").removesuffix(r" \end{gathered}").split(r" \\ ")
        result = result.removeprefix("= ")
        half = 0.51 * 10.0 ** -len(str(value(result)).partition(".")[2].ljust(2, "0"))
        assert value(total) == pytest.approx(value(result), abs=half)
        assert value(result) == pytest.approx(losses.mean(), abs=half)
        alone = worked.mean_loss(losses[:1], "0.003").partition(" L = ")[2]
        assert value(alone) == pytest.approx(losses[0], abs=5.1e-3)
    for candidates in leaks.CANDIDATES:
        for hits in (6, 9, 10, 12):
            left, right = worked.contest(candidates, 12, hits).split(" = ")
            assert value(left) == pytest.approx(value(right), abs=5.1e-3)


def test_the_simulator_takes_the_runs():
    for e in (folding.RUN, *(choosing.experiment(v) for v in range(len(choosing.STRENGTHS)))):
        assert Experiment.from_query(e.to_query()) == (e, [])


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    rng = np.random.default_rng(0)
    data, held = folding.drawn(20, 0), np.arange(20) % 5
    values = {"own points": rng.normal(size=20), "mean of folds": rng.normal(size=20)}
    look = {"y_title": "", "domain": (-0.4, 0.6), "zero": "truth", "labels": ["a", "b"], "key": ["key"]}
    losses, truth = rng.uniform(0.1, 1, (7, 5)), rng.uniform(0.1, 1, 7)
    names = [str(v) for v in choosing.STRENGTHS]
    planes = rng.uniform(size=(5, folding.SIDE, folding.SIDE)).astype(np.float16)
    made = [
        charts.folds(planes, folding.EXTENT, data.X, data.y, held, held == 1, mode),
        charts.columns(values, mode, "t", **look, marked=3, bar=("mean of folds", -0.2, 0.1)),
        charts.columns(values, mode, "t", **look, form="+d"),
        charts.strengths(names, losses, truth, 5, 6, mode, "t", choosing.DOMAIN),
        charts.strengths(names, losses, None, 1, 0, mode, "t", choosing.DOMAIN),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))


def test_the_text_twins_say_the_numbers():
    held, wrong = np.array([0, 0, 1, 1]), np.array([True, False, False, False])
    assert charts.folds_text(held, wrong, 2) == "4 examples in 2 folds. Right among those held out: 1 of 2, 2 of 2."
    said = charts.columns_text({"a": np.array([0.1, 0.2, 0.3])}, "Score minus truth", "+.2f")
    assert said == "Score minus truth, median and range of 3 data sets: a +0.20 (+0.10 to +0.30)."
    said = charts.columns_text(
        {"best of 64": np.array([-0.4, -0.2, 11]), "one": np.array([-25, 0.1, 3])}, "Points", "+.0f"
    )
    assert said == "Points, median and range of 3 data sets: best of 64 0 (0 to +11); one 0 (−25 to +3)."
    assert charts.whole({"a": np.array([33.8]), "b": np.array([-0.3]), "c": np.array([-4.6])}) == ["+34", "0", "−5"]
    said = charts.strengths_text(["0", "0.1"], np.array([0.5, 0.4]), np.array([0.3, 0.6]))
    assert said.endswith("Chosen: 0.1. On fresh points 0.1 has 0.60; the best, 0, has 0.30.")


@pytest.mark.claims
def test_two_folds_of_ten_often_agree_by_luck_and_the_mean_is_still_off():
    found = folding.estimates(20, 2)
    flat = folding.standard_error(found["scores"]) == 0
    assert flat[words.FAILS_FOLDS.values["draw"]]
    assert flat.sum() >= 3
    assert np.abs(folding.off(found)["mean"])[flat].min() > 0.005
