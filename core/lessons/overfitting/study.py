"""Networks of growing size on few noisy examples: what they say of their own examples, and of new ones."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from core.charts.pictures import grid
from core.data.prepare import Prepared
from core.data.regression import sine_truth
from core.lessons.overfitting.capacity import Sized, drawn, over_seeds, unit_of, with_seed
from core.nn.tape import Array
from core.training.building import network_of
from core.training.engine import train
from core.training.experiment import Experiment, layer_sizes, losses_for, parameter_count
from core.training.frames import choose_frames
from core.training.history import History

BASE = Experiment(test_share=0.5, learning_rate=0.03)
EPOCHS = {"curve": 1000, "boundary": 400}
"""Long enough for the noise to be learned; every step sees all examples, so an epoch is a step."""
CHALLENGES = {"curve": "sine", "boundary": "moons"}
"""By name in links: the data set."""
COUNTS = (1, 2, 4, 8, 16, 32)
"""Units in each of the two hidden layers."""
EXAMPLES = (10, 20, 30, 50, 100, 200)
NOISES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
SEEDS, LOOKS = 20, 50
X: Array = np.linspace(-np.pi, np.pi, 121)
SIDE = 40
"""Cells along each edge of the plane that a boundary is drawn over."""
FRAMES = 60
SHOWN = 100
"""New examples that are drawn."""
ASKED = ("curve", 30, 0.3, 32)
"""What the first question is about, and what the page opens on."""
SEED = 6
"""A seed that ends in the middle of all."""
TINY = 0.001
"""Losses below this are as good as none: what one saves over the other isn't worth counting."""


def experiment(challenge: str, examples: int, noise: float, count: int, seed: int = 0) -> Experiment:
    """Return the run of one network; it holds out as many examples as it trains on, and each step sees all of those."""
    name = CHALLENGES[challenge]
    e = replace(BASE, dataset=name, loss=losses_for(name)[0], epochs=EPOCHS[challenge], hidden=(count, count))
    return with_seed(replace(e, samples=2 * examples, noise=noise, batch_size=examples), seed)


def extent(noise: float) -> tuple[float, float, float, float]:
    """Return the edges of a plane that holds the examples: both moons, and as far as this noise throws a point."""
    half = 1.7 + 2.8 * noise
    return 0.5 - half, 0.5 + half, 0.25 - half, 0.25 + half


def places(challenge: str, noise: float) -> Array:
    """Return where networks are asked for their answers: `X`, or the cells of the plane."""
    return X[:, None] if challenge == "curve" else grid(extent(noise), SIDE)


def parameters(challenge: str, count: int) -> int:
    """Return how many weights and biases a network has."""
    return parameter_count(layer_sizes(experiment(challenge, EXAMPLES[0], 0.0, count)))


def measured(
    challenge: str, examples: int, noise: float, count: int, progress: Callable[[int], None] | None = None
) -> Sized:
    """Train networks of one size from `SEEDS` seeds."""
    every = EPOCHS[challenge] // LOOKS
    return over_seeds(experiment(challenge, examples, noise, count), range(SEEDS), every, progress=progress)


def by_size(found: Mapping[int, Sized]) -> dict[str, Array]:
    """Return the losses at the end of training, and where each run was best stopped, ``(S, sizes)`` by name."""
    return {
        "training": np.stack([one.train[:, -1] for one in found.values()], axis=1),
        "test": np.stack([one.test[:, -1] for one in found.values()], axis=1),
        "stopped early": np.stack([one.stopped for one in found.values()], axis=1),
    }


def facts(one: Sized, noise: float = 0.0) -> dict[str, float]:
    """Return what a text says of networks of one size, by the names of its places: medians over seeds."""
    stops = one.stops[:, None]
    return {
        "train": float(np.median(one.train[:, -1])),
        "test": float(np.median(one.test[:, -1])),
        "stopped": float(np.median(one.stopped)),
        "epoch": float(np.median(one.epochs[one.stops])),
        "better": int((one.stopped < one.test[:, -1]).sum()),
        "right": float(np.median(one.accuracy[:, -1])),
        "right_stopped": float(np.median(np.take_along_axis(one.accuracy, stops, axis=1))),
        "floor": noise**2,
        "seeds": SEEDS,
        "tiny": TINY,
        "epochs": int(one.epochs[-1]),
    }


def compared(found: Mapping[int, Sized], count: int, noise: float) -> dict[str, float]:
    """Return `facts` of one size, with numbers of the smallest network and the best one beside it."""
    tests = {size: facts(one)["test"] for size, one in found.items()}
    best, first = min(tests, key=tests.__getitem__), facts(found[COUNTS[0]])
    more = {"first": first["test"], "first_train": first["train"], "first_right": first["right"]}
    more |= {"last_but_one": COUNTS[-2], "before": facts(found[COUNTS[-2]])["test"]}
    return facts(found[count], noise) | more | {"best": best, "lowest": tests[best]}


@lru_cache(maxsize=64)
def data_of(challenge: str, examples: int, noise: float, seed: int) -> Prepared:
    """Return the examples of one seed: those to train on, those to stop by, and fresh ones."""
    return drawn(experiment(challenge, examples, noise, COUNTS[0], seed))


def answers(challenge: str, examples: int, noise: float, count: int, theta: Array, seeds: Any) -> Array:
    """Return what trained networks say, each with the scaling of its own examples.

    Returns
    -------
    (S, P) a curve a seed at the places `X`; or (S, SIDE, SIDE), the probability of class 1 over the plane `extent`.
    """
    points, each = places(challenge, noise), []
    for row, seed in zip(theta, seeds, strict=True):
        data = data_of(challenge, examples, noise, seed)
        network = network_of(experiment(challenge, examples, noise, count), points.shape[1])
        network.load(row)
        z = network.outputs_for(data.inputs(points))[0].astype(float)
        each.append(data.target(z) if challenge == "curve" else (1 / (1 + np.exp(-z))).reshape(SIDE, SIDE))
    return np.array(each)


def truth() -> Array:
    """Return the wave behind the curve's examples, at the places `X`."""
    return sine_truth(X[:, None])


def one_run(challenge: str, examples: int, noise: float, count: int, seed: int) -> dict[str, Array]:
    """Train one network and watch it.

    Returns
    -------
    epochs (F,) and frames (F, P) or (F, SIDE, SIDE): what is drawn; training, validation, test (E + 1,): losses in
    the target's own unit; stop (): the epoch of the lowest validation loss.
    """
    data = data_of(challenge, examples, noise, seed)
    history: History = train(experiment(challenge, examples, noise, count, seed), data=data)
    points = places(challenge, noise)
    stop = history.best_epoch or 0
    epochs = np.union1d(choose_frames(history, points[::7], FRAMES), [stop])
    frames = history.predict_many(points, epochs).astype(np.float32)
    losses = {"training": history.train_loss, "validation": history.validation_loss, "test": history.test_loss}
    shape = (len(epochs), -1) if challenge == "curve" else (len(epochs), SIDE, SIDE)
    return {"epochs": epochs, "frames": frames.reshape(shape), "stop": np.array(stop)} | {
        name: loss * unit_of(data) for name, loss in losses.items()
    }
