"""What the simulator's presets say is what their runs do, from twenty starts.

Each test quotes its sentence, so that rewriting the sentence makes somebody look at the test.
"""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from core.nn.tape import Tape
from core.training.building import loss_of
from core.training.examples import Examples
from core.training.experiment import Experiment, lawful
from core.training.history import History
from core.workshop.presets import BY_SLUG, PRESETS
from tests.runs import SEEDS, trained
from tests.runs import runs as runs_of

pytestmark = pytest.mark.claims


def runs(slug: str, seeds: int = SEEDS, **changes) -> list[History]:
    return runs_of(replace(BY_SLUG[slug].experiment, **changes), seeds)


def says(slug: str, look: str) -> None:
    assert BY_SLUG[slug].look == look, "the sentence was rewritten: is it still what this test checks?"


def grid(h: History, side: int = 50) -> np.ndarray:
    X = h.data.data.X
    axes = [np.linspace(low, high, side) for low, high in zip(X.min(0), X.max(0), strict=True)]
    return np.stack(np.meshgrid(*axes), -1).reshape(-1, 2)


def logits(h: History, points: np.ndarray, epoch: int = -1) -> np.ndarray:
    return h.network(epoch, np.float64).outputs_for(h.data.inputs(points))[0]


def straightness(h: History, epoch: int) -> float:
    """The share of the plane that a fitted straight line gives the same side as the network does."""
    points = grid(h)
    sides = np.sign(logits(h, points, epoch))
    flat = np.c_[points, np.ones(len(points))]
    return float(np.mean(np.sign(flat @ np.linalg.lstsq(flat, sides, rcond=None)[0]) == sides))


def accuracy(h: History, points: np.ndarray, truth: np.ndarray, epoch: int) -> float:
    return float(np.mean((h.predict(points, epoch) > 0.5) == truth))


def gradient_sizes(h: History, epoch: int = 0) -> list[float]:
    """The norm of the loss's gradient by each layer's weights, from the first layer to the last."""
    network, loss = h.network(epoch, np.float64), loss_of(h.experiment)
    x, y = Examples(network, loss, h.data.X_train, h.data.y_train).part(0, len(h.data.X_train))
    network.record_gradient(Tape(np.float64), x, y, loss, ())
    return [float(np.linalg.norm(network.g[name][:, :-1])) for name in network.shapes if name.endswith("W")]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.slug)
def test_a_preset_is_lawful_as_it_stands(preset):
    assert lawful(preset.experiment) == (preset.experiment, [])
    assert Experiment.from_query(preset.experiment.to_query()) == (preset.experiment, [])


def test_presets_have_names_of_their_own():
    assert len(BY_SLUG) == len({p.title for p in PRESETS}) == len({p.look for p in PRESETS}) == len(PRESETS)


def test_every_preset_has_its_test():
    assert [p.slug for p in PRESETS if f"test_{p.slug}" not in globals()] == []


def test_moons():
    says("moons", "The boundary starts almost straight and bends until it follows both half circles.")
    for h in runs("moons"):
        assert straightness(h, 1) > 0.95 > 0.9 > straightness(h, 100)
        assert h.test_accuracy[-1] >= 0.95
        assert straightness(h, 1) - straightness(h, 100) > 0.08


def test_straight():
    says("straight", "Without hidden units the boundary stays a straight line, however long you train.")
    for h in [*runs("straight"), *runs("straight", 1, epochs=1000)]:  # one that's long: it's straight by its formula
        points = grid(h)
        flat = np.c_[points, np.ones(len(points))]
        for epoch in (0, h.epochs // 2, h.epochs):
            z = logits(h, points, epoch)
            assert np.allclose(flat @ np.linalg.lstsq(flat, z, rcond=None)[0], z, atol=1e-5 * np.ptp(z))
        assert h.test_accuracy[-1] < 0.9
    assert trained(BY_SLUG["moons"].experiment).test_accuracy[-1] > 0.95  # and it is the hidden units that it lacks


def test_xor():
    says("xor", "Each hidden unit draws one line; together they cut out opposite corners.")
    each, opposite = runs("xor"), []
    for h in each:
        points = grid(h)
        network = h.network(-1, np.float64)
        before = network.p["0.W"] @ np.c_[h.data.inputs(points), np.ones(len(points))].T
        flat = np.c_[points, np.ones(len(points))]
        for z in before:  # a unit is at z = 0 along one line: z is affine
            assert np.allclose(flat @ np.linalg.lstsq(flat, z, rcond=None)[0], z)
        low, high = np.quantile(h.data.data.X, [0.1, 0.9], axis=0)
        corners = np.array([[low[0], low[1]], [high[0], high[1]], [low[0], high[1]], [high[0], low[1]]])
        first, second, third, fourth = h.predict(corners) > 0.5
        opposite.append(first == second != third == fourth)
    assert np.mean(opposite) >= 0.9
    assert np.quantile([h.test_accuracy[-1] for h in each], 0.1) > 0.8
    for h in runs("xor", hidden=()):
        assert h.test_accuracy[-1] < 0.75  # which no single line does


def test_squares():
    says("squares", "Given x₁² and x₂² as inputs, a single neuron draws a closed curve.")
    for h in runs("squares"):
        assert h.experiment.hidden == ()
        assert h.test_accuracy[-1] == 1
        turn = np.linspace(0, 2 * np.pi, 73)
        radii = np.linspace(0, 2, 400)[:, None]
        around = [logits(h, radii * (np.cos(t), np.sin(t))) > 0 for t in turn]
        # going outward in any direction, the answer changes exactly once: the curve is closed around the middle
        assert all(np.sum(inside[1:] != inside[:-1]) == 1 for inside in around)


def test_spirals():
    says(
        "spirals",
        "The outer ends are told apart at once; then little moves, until the inner turns are found, from outside in.",
    )
    found = []
    for h in runs("spirals"):
        assert h.test_accuracy[-1] > 0.95
        assert h.train_loss[30] > 0.4 * h.train_loss[0]  # long little, ...
        assert h.train_loss[-1] < 0.01  # ... then all of it
        X, y = h.data.data.X, h.data.data.y
        radius = np.hypot(*X.T)
        right = (h.predict_many(X, range(0, 201, 2)) > 0.5) == y
        rings = itertools.pairwise(np.quantile(radius, [0, 0.25, 0.5, 0.75, 1]))
        each = [right[:, (radius >= low) & (radius <= high)].mean(axis=1) > 0.95 for low, high in rings]
        found.append([2 * list(ring).index(True) for ring in each])
    inner, middle, *outer = np.median(found, axis=0)
    assert inner > 1.5 * middle > 30 > 5 > max(outer)  # from outside in


def test_overfit():
    says("overfit", "The training loss falls toward zero while the test loss turns and climbs.")
    for h in runs("overfit"):
        assert h.train_loss[-1] < 0.1
        assert h.train_loss[-1] < h.train_loss[0] / 10
        assert h.test_loss[-1] > 1.5 * h.test_loss.min()
        assert np.argmin(h.test_loss) < h.epochs / 4
        assert h.test_loss[300:].mean() > h.test_loss[100:200].mean() > h.test_loss[20:50].mean()


def test_penalty():
    says(
        "penalty",
        "The same data and network with an L2 penalty: the boundary stays smooth and the test loss stays low.",
    )
    assert replace(BY_SLUG["penalty"].experiment, l2=0.0) == BY_SLUG["overfit"].experiment
    pairs = list(zip(runs("overfit"), runs("penalty"), strict=True))
    assert np.median([held.test_loss[-1] / free.test_loss[-1] for free, held in pairs]) < 0.5
    for free, held in pairs:
        assert held.test_loss[-1] < 0.85 * free.test_loss[-1]
        assert held.test_loss[50:].max() < 0.8
        assert straightness(held, -1) > straightness(free, -1)
        assert held.train_loss[-1] > free.train_loss[-1]  # what it costs


def test_vanishing():
    says("vanishing", "The gradient fades on its way back, so plain gradient descent hardly gets off the ground.")
    assert np.quantile([h.train_accuracy.max() for h in runs("vanishing")], 0.8) <= 0.55
    for h in runs("vanishing"):
        assert h.train_loss.min() > 0.69  # it began at ln 2 = 0.693
        sizes = gradient_sizes(h)
        assert sizes[0] < 0.01 * sizes[-1]
        assert all(a < b for a, b in itertools.pairwise(sizes))
    others = runs("vanishing", activation="relu")  # it is the sigmoids, not the six layers
    left = [sizes[0] / sizes[-1] for sizes in map(gradient_sizes, others)]
    assert np.quantile(left, 0.1) > 0.1
    assert np.quantile([h.test_accuracy[-1] for h in others], 0.1) > 0.9


def test_alike():
    says("alike", "Eight hidden units that start alike stay alike: they bend no better than one.")
    alike = runs("alike")
    for h in alike:
        for epoch in (0, 1, 50, h.epochs):
            rows = h.network(epoch).p["0.W"]
            assert np.ptp(rows, axis=0).max() < 1e-3 * max(1, np.abs(rows).max())
        assert np.abs(rows[0]).max() > 0.1  # they did learn, all the same thing
    ends = (alike, runs("alike", hidden=(1,), initializer="auto"), runs("alike", initializer="auto"))
    same, one, eight = (np.median([h.test_accuracy[-1] for h in each]) for each in ends)
    assert same <= one + 0.02 < eight - 0.1
    same, one, _ = (np.median([h.train_loss[-1] for h in each]) for each in ends)
    assert same == pytest.approx(one, rel=0.02)


def test_too_fast():
    says("too_fast", "Every step overshoots by more than the one before, until the numbers stop being numbers.")
    for h in runs("too_fast"):
        assert h.diverged_step is not None
        steps = np.linalg.norm(np.diff(h.snapshots[: h.diverged_step].astype(float), axis=0), axis=1)
        assert (steps[1:] > steps[:-1]).all()
        finite = h.train_loss[np.isfinite(h.train_loss)]
        assert (finite[2:] > finite[1:-1]).all()
        assert finite[-1] > 1e30
    slower = trained(replace(BY_SLUG["too_fast"].experiment, learning_rate=0.15))  # what the page's button does
    assert slower.diverged_step is None
    assert slower.test_accuracy[-1] > 0.9


def test_classes():
    says("classes", "Three outputs compete; softmax turns their scores into probabilities.")
    for h in runs("classes"):
        p = h.predict(grid(h))
        assert p.shape == (2500, 3)
        assert np.allclose(p.sum(1), 1, atol=1e-5)
        assert (p >= 0).all()
        assert (np.bincount(p.argmax(1), minlength=3) > 250).all()  # each wins somewhere
        assert h.test_accuracy[-1] > 0.97


def test_curve():
    says("curve", "The same machinery, with a number as the answer: the curve bends where the data ask for it.")
    for h in runs("curve"):
        assert h.data.data.task == "regression"
        line = np.linspace(h.data.data.X.min(), h.data.data.X.max(), 200)[:, None]
        fitted = h.predict(line)
        straight = np.polyval(np.polyfit(line[:, 0], fitted, 1), line[:, 0])
        assert h.test_accuracy[-1] > 0.8  # R²
        assert np.var(fitted - straight) > 0.2 * np.var(fitted)


def test_digits():
    says("digits", "64 pixels in, ten classes out: which digits are taken for which?")
    for h in runs("digits"):
        assert h.data.X_train.shape[1] == 64
        assert len(h.data.data.classes) == 10
        assert 0.92 < h.test_accuracy[-1] < 1  # good, and some are taken for others
