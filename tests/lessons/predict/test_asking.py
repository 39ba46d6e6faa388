"""Asking a trained network: confidence, distance, and which unit adds what."""

import numpy as np
import pytest

from core.data import ink
from core.lessons.predict import asking
from core.training.experiment import Experiment
from tests.runs import runs, trained

MOONS = Experiment()
RELU = Experiment(hidden=(16, 16), activation="relu", epochs=200)
DIGITS = Experiment(dataset="digits", samples=800, hidden=(32,), activation="relu", learning_rate=0.01, epochs=20)


@pytest.fixture(scope="module")
def moons():
    return trained(MOONS)


@pytest.fixture(scope="module")
def digits():
    return trained(DIGITS)


def test_confidence_and_winner():
    assert asking.confidence(np.array([0.2, 0.5, 0.9])) == pytest.approx([0.8, 0.5, 0.9])
    assert asking.winner(np.array([0.2, 0.9])).tolist() == [0, 1]
    p = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
    assert asking.confidence(p).tolist() == [0.5, 0.6]
    assert asking.winner(p).tolist() == [2, 0]
    assert asking.in_words(0.99999) == "more than 99.9%"


@pytest.mark.parametrize("dimensions", [1, 2, 5])
def test_directions_have_length_one(dimensions):
    assert np.linalg.norm(asking.sphere(dimensions), axis=1) == pytest.approx(1)


@pytest.mark.parametrize(
    "experiment",
    [MOONS, RELU, DIGITS, Experiment(hidden=()), Experiment(hidden=(8, 8), residual=True, dropout=0.2, epochs=5),
     Experiment(batch_norm=True, epochs=5), Experiment(dataset="spirals3", noise=0.05, epochs=5)],
)  # fmt: skip
def test_what_the_units_say_adds_up_to_z_and_gives_the_prediction(experiment):
    history = trained(experiment)
    point = history.data.data.X[history.data.test][3]
    sums = asking.answer(history, point)
    z = np.array([sums.contributions(k).sum() + sums.bias[k] for k in range(len(sums.z))])
    assert z == pytest.approx(sums.z, rel=1e-9, abs=1e-9)
    p = history.predict(point[None])[0]
    mine = 1 / (1 + np.exp(-z[0])) if len(z) == 1 else (np.exp(z - z.max()) / np.exp(z - z.max()).sum())
    assert np.asarray(mine) == pytest.approx(p, abs=1e-4)
    assert len(sums.values) == len(experiment.hidden) + 2


def test_the_walk_goes_through_the_point(moons):
    point = np.array([2.0, 1.0])
    walk = asking.walk(moons, point)
    middle, spread = asking.center_of(moons)
    assert walk.at == pytest.approx(np.linalg.norm((point - middle) / spread))
    there = asking.confidence(moons.predict(point[None]))[0]
    assert np.interp(walk.at, walk.distances, walk.here) == pytest.approx(there, abs=0.02)
    assert walk.here[0] == pytest.approx(asking.confidence(moons.predict(middle[None]))[0], abs=1e-6)
    assert (walk.low <= walk.middle).all()
    assert (walk.middle <= walk.high).all()


@pytest.mark.claims
@pytest.mark.parametrize("experiment", [MOONS, RELU])
def test_confidence_rises_away_from_the_data(experiment):
    near = [asking.confidence(h.predict(h.data.data.X[h.data.test])) for h in runs(experiment)]
    far = [asking.share_sure(h, 100) for h in runs(experiment)]
    assert all(b > np.mean(a > asking.SURE) for a, b in zip(near, far, strict=True))
    assert np.median(far) > 0.95


def test_mistakes_are_all_wrong_and_the_surest_first(digits):
    m = asking.mistakes(digits)
    assert len(m.rows) == 12
    assert (m.truth != m.answer).all()
    assert (np.diff(m.confidence) <= 0).all()
    data = digits.data.data
    assert (asking.winner(digits.predict(data.X[m.rows])) == m.answer).all()
    assert set(m.rows) <= set(digits.data.test)


def test_ink_survives_its_text():
    picture = ink.noise(1, 3)[0]
    text = ink.to_text(picture)
    assert ink.from_text(text) == pytest.approx(picture, abs=1 / 32)
    assert ink.to_text(ink.from_text(text)) == text
    assert ink.read_ink("Digit", text.upper(), "") == (text, "")
    for bad in ("z" * 64, "0" * 63, "०" * 64):
        kept, problem = ink.read_ink("Digit", bad, "")
        assert kept == ""
        assert problem


def test_pixels_turn():
    turned = ink.toggled(np.zeros(64), 2, 5)
    assert turned.reshape(8, 8)[2, 5] == 1
    assert turned.sum() == 1
    assert ink.toggled(turned, 2, 5).sum() == 0
    four = ink.noise(2, 0)
    again = four
    for _ in range(4):
        again = ink.quarter_turn(again)
    assert (again == four).all()
    assert (ink.quarter_turn(turned).reshape(8, 8) == np.rot90(turned.reshape(8, 8))).all()
    assert (ink.other_noise("a") != ink.other_noise("b")).any()
