"""Planes through weights: directions by hand, places, losses; curvatures against whole Hessians."""

from dataclasses import replace

import numpy as np
import pytest

from core.lessons.landscape import deep, sharp, walk
from core.nn.layers import stack
from core.nn.network import Network
from core.training import planes
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.curvature import curvatures, gradient_function
from core.training.engine import train
from core.training.experiment import Experiment

SMALL = Experiment(samples=40, hidden=(3,), epochs=20)


def test_a_filter_normalized_direction_by_hand():
    """Two inputs, two hidden units, one output: 2 x 3 and 1 x 3 numbers, the biases last."""
    network = Network(stack((2,), 1, inputs=2), 2, dtype=np.float64)
    network.load(np.array([3.0, 4.0, 7.0, 0.0, 2.0, 5.0, 6.0, 8.0, 1.0]))
    drawn = np.random.default_rng(5).normal(size=9)
    by_hand = np.array([
        drawn[0] * 5 / np.hypot(drawn[0], drawn[1]), drawn[1] * 5 / np.hypot(drawn[0], drawn[1]), 0,
        drawn[3] * 2 / np.hypot(drawn[3], drawn[4]), drawn[4] * 2 / np.hypot(drawn[3], drawn[4]), 0,
        drawn[6] * 10 / np.hypot(drawn[6], drawn[7]), drawn[7] * 10 / np.hypot(drawn[6], drawn[7]), 0,
    ])  # fmt: skip
    np.testing.assert_allclose(planes.filter_normalized(network, np.random.default_rng(5)), by_hand, rtol=1e-12)


def test_leading_directions_are_those_of_a_known_walk():
    t = np.linspace(0, 1, 50)
    known = np.linalg.qr(np.random.default_rng(0).normal(size=(20, 2)))[0].T
    ways = np.stack([np.cos(3 * t), 0.1 * np.sin(9 * t)], axis=1)
    places = (ways - ways[-1]) @ known
    found = planes.leading(places)
    np.testing.assert_allclose(found @ found.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose((known @ found.T) @ (found @ known.T), np.eye(2), atol=1e-9)  # the same plane
    plane = planes.leading_plane(places)
    assert plane.share(places) == pytest.approx(1)
    assert plane.nearest(places)[0, 0] < 0  # the start is on the left
    low_a, high_a, low_b, high_b = plane.extent
    assert high_a - low_a == pytest.approx(high_b - low_b)


def test_the_leading_plane_holds_more_than_any_other():
    thetas = walk.walk(SMALL)
    best, rng = planes.leading_plane(thetas), np.random.default_rng(1)
    for _ in range(50):
        other = planes.Plane(thetas[-1], rng.normal(size=(2, thetas.shape[1])), best.extent)
        assert other.share(thetas) <= best.share(thetas)


def test_the_nearest_place_is_the_nearest():
    thetas = walk.walk(SMALL)
    plane = planes.random_plane(SMALL, thetas[-1], 0)
    places = plane.nearest(thetas[:1])
    gap = np.linalg.norm(plane.at(places) - thetas[0])
    for move in np.random.default_rng(0).normal(0, 0.1, (50, 2)):
        assert np.linalg.norm(plane.at(places + move) - thetas[0]) >= gap
    np.testing.assert_allclose(plane.directions @ (plane.at(places) - thetas[0])[0], 0, atol=1e-9)


@pytest.mark.parametrize(
    "e", [SMALL, replace(SMALL, dataset="circles", hidden=(4, 4), residual=True, activation="relu")]
)
def test_losses_are_those_of_training(e):
    history = train(e, np.float64)
    np.testing.assert_allclose(planes.losses_at(e, history.snapshots), history.train_loss, rtol=1e-9)
    np.testing.assert_allclose(planes.losses_at(e, history.snapshots[3:4]), history.train_loss[3:4], rtol=1e-9)


def test_a_plane_of_losses_has_its_places_where_the_map_draws_them():
    thetas = walk.walk(SMALL)
    plane = planes.leading_plane(thetas)
    surface = planes.over(SMALL, plane, 5)
    low_a, high_a, low_b, high_b = plane.extent
    place = [low_a + (high_a - low_a) * 4.5 / 5, low_b + (high_b - low_b) * 0.5 / 5]
    assert surface[0, 4] == pytest.approx(planes.losses_at(SMALL, plane.at([place]))[0])


def test_numbers_beyond_use_are_cut():
    e = deep.network(30, False)
    network = planes.one_network(e, np.zeros(network_of(e, 2).size))
    network.start([0])
    assert planes.losses_at(e, network.dump() * 30)[0] == planes.LARGEST


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_the_largest_curvature_is_the_hessians(activation):
    """A whole Hessian, column by column from gradients, and NumPy's eigenvalues."""
    e = replace(SMALL, activation=activation)
    data, thetas = prepare_experiment(e), walk.walk(e)
    for theta in thetas[[0, 5, -1]]:
        gradient = gradient_function(network_of(e, 2, dtype=np.float64), loss_of(e), data.X_train, data.y_train)
        h, eye = sharp.FINE, np.eye(theta.size)
        dense = np.stack([(gradient(theta + h * v) - gradient(theta - h * v)) / (2 * h) for v in eye])
        largest = np.linalg.eigvalsh((dense + dense.T) / 2)[-1]
        assert curvatures(e, [0], theta[None], h=h)[0] == pytest.approx(largest, rel=0.02)


def test_the_parts_of_a_distance_add_up_as_in_pythagoras():
    found = walk.study("momentum", 3, "leading", side=3)
    on_map = np.linalg.norm(found["places"], axis=1)
    np.testing.assert_allclose(on_map**2 + found["left_out"] ** 2, found["distance"] ** 2, atol=1e-9)
    assert found["share"] == pytest.approx((on_map**2).sum() / (found["distance"] ** 2).sum())


def test_the_last_of_the_directions_is_the_truth():
    e = walk.experiment("adam")
    shown = walk.start_by_directions(e, walk.walk(e))
    found = walk.study("adam", 0, "leading", side=3)
    assert shown[-1] == pytest.approx(found["true"][0])
    assert shown[1] == pytest.approx(found["plane"][0])


@pytest.mark.parametrize("times", sharp.SCALES[1:])
def test_rescaled_weights_answer_the_same(times):
    e = sharp.run_of(50, 0.3, "epochs")
    theta = sharp.ends(e, [0])[0][0]
    other = sharp.rescaled(e, theta, times)
    assert np.abs(other - theta).max() > 0.5
    np.testing.assert_allclose(sharp.answers(e, other), sharp.answers(e, theta), atol=1e-10)
    np.testing.assert_allclose(sharp.slice_of(e, other), sharp.slice_of(e, theta), rtol=1e-8)


def test_equal_steps_are_equal():
    examples = len(prepare_experiment(sharp.BASE).X_train)
    assert all(examples % batch == 0 for batch in sharp.BATCHES)
    assert examples == sharp.BATCHES[-1]
    for batch in sharp.BATCHES:
        assert sharp.run_of(batch, 0.3, "steps").epochs * examples // batch == sharp.STEPS
        assert sharp.run_of(batch, 0.3, "epochs").epochs == sharp.EPOCHS
