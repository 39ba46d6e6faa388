"""Sharp and flat: how strongly the loss bends where a run ends, by batch size; and a trick that changes it at will."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from core.nn.tape import Array
from core.training import curvature, planes
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.judge import Judge
from core.training.loop import fit

BATCHES = (5, 20, 50, 200)
"""Each divides the training examples: no batch is a short one."""
RATES = (0.1, 0.3, 1.0)
STEPS, EPOCHS = 2000, 50
BASE = Experiment(samples=250, test_share=0.2, activation="relu", optimizer="sgd")
SEEDS = 20
SCALES = (1, 2, 5, 10)
FINE = 1e-6
"""The step of the differences that find a curvature: so small that it hardly ever crosses a kink of ReLU."""
WAY = np.linspace(-0.75, 0.75, 41)
"""Where a slice is taken, in lengths of the network's own weights."""


def run_of(batch: int, rate: float, alike: str) -> Experiment:
    """Return the run for a batch size: of `STEPS` steps, or of `EPOCHS` epochs (``alike="epochs"``)."""
    steps_an_epoch = -(-len(prepare_experiment(BASE).X_train) // batch)
    epochs = EPOCHS if alike == "epochs" else max(1, STEPS // steps_an_epoch)
    return replace(BASE, batch_size=batch, learning_rate=rate, epochs=epochs)


def ends(e: Experiment, seeds: Sequence[int]) -> tuple[Array, Array, Array]:
    """Train from each seed; return the last weights (S, P), the training losses (S,) and the test losses (S,)."""
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1], len(seeds), np.float64)
    network.start(seeds)
    recipe = recipe_of(e, dropout_seeds=tuple(seeds))
    record = fit(network, recipe, (data.X_train, data.y_train), snapshot_every=0)
    test = Judge(network, recipe.loss, data.X_test, data.y_test)()[0]
    return network.dump(), np.array(record.train_loss[-1]), test


@lru_cache(maxsize=12)
def by_batch(rate: float, alike: str, seeds: Sequence[int] = range(SEEDS)) -> dict[str, Array]:
    """Return for each of `BATCHES` and each seed: "curvature", "train" and "test" (S, B), and "weights" (B, S, P).

    The last few are kept, since several sentences speak of them; nobody writes into them.
    """
    rows = []
    for batch in BATCHES:
        e = run_of(batch, rate, alike)
        thetas, train, test = ends(e, seeds)
        rows.append((thetas, train, test, curvature.curvatures(e, seeds, thetas, h=FINE)))
    weights, train, test, bends = (np.stack(column) for column in zip(*rows, strict=True))
    return {"weights": weights, "train": train.T, "test": test.T, "curvature": bends.T}


def rescaled(e: Experiment, theta: Array, times: float) -> Array:
    """Return weights (P,) with the first layer ``times`` as large and the next one as much smaller.

    With ReLU, ``f(k z) = k f(z)``: what comes out is the same for every input (Dinh et al. 2017).
    """
    network = planes.one_network(e, theta)
    first, second = [name for name in network.shapes if name.endswith(".W")][:2]
    network.p[first][...] *= times
    network.p[second][:, :-1] /= times
    return network.dump()[0]


def answers(e: Experiment, theta: Array) -> Array:
    """Return what the network with these weights says of the training examples, before the sigmoid: (N,)."""
    return np.asarray(planes.one_network(e, theta).outputs_for(prepare_experiment(e).X_train)[0])


def bend(e: Experiment, theta: Array) -> float:
    """Return the largest curvature at weights (P,)."""
    return float(curvature.curvatures(e, [0], np.asarray(theta)[None], h=FINE)[0])


def slice_of(e: Experiment, theta: Array, seed: int = 0) -> Array:
    """Return the loss along a random filter-normalized direction, at each place of `WAY`."""
    way = planes.filter_normalized(planes.one_network(e, theta), np.random.default_rng([13, seed]))
    return planes.losses_at(e, theta + WAY[:, None] * way)


def looked_at(rate: float, alike: str, times: int, seeds: Sequence[int] = range(SEEDS)) -> dict[str, Array]:
    """Return what the page draws: "curvature", "train", "test" (S, B), and slices (S, len(WAY)) by batch size.

    ``times`` is by how much the first layer is made larger, and the next one smaller.
    """
    found = dict(by_batch(rate, alike, seeds))
    weights = found.pop("weights")
    runs = [run_of(batch, rate, alike) for batch in BATCHES]
    if times > 1:
        weights = np.stack([[rescaled(e, w, times) for w in of] for e, of in zip(runs, weights, strict=True)])
        found["curvature"] = np.stack(
            [curvature.curvatures(e, seeds, of, h=FINE) for e, of in zip(runs, weights, strict=True)]
        ).T
    for k in (0, -1):
        of = zip(weights[k], seeds, strict=True)
        found[f"slice {BATCHES[k]}"] = np.stack([slice_of(runs[k], theta, seed) for theta, seed in of])
    return found


def medians(found: dict[str, Array], alone: dict[str, Array], equal: dict[str, Array]) -> dict[str, float]:
    """Return the medians over seeds that the sentences speak of, by the names of their places.

    Parameters
    ----------
    found : what `looked_at` returned.
    alone : the same before the weights were rescaled.
    equal : the same after equal steps.
    """
    (small, *_, large), (learned, *_, hardly) = (np.median(found[name], axis=0) for name in ("curvature", "train"))
    grown = np.median(found["curvature"] / alone["curvature"], axis=0)
    test, steps = np.median(found["test"], axis=0), np.median(equal["curvature"], axis=0)
    return {
        "small": small, "large": large, "learned": learned, "hardly": hardly, "grown": grown[0], "grown_all": grown[-1],
        "test_small": test[0], "test_large": test[-1], "equal_small": steps[0], "equal_large": steps[-1],
        "epochs": EPOCHS,
    }  # fmt: skip
