"""Twenty networks that overfit, and what each cure at each strength does to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np

from core.data.datasets import load
from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import loss_of, network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.judge import Judge
from core.training.loop import Record, fit

FEW, MANY = 40, 400
STEPS, BATCH, SEEDS = 500, 40, 20
TEST, TEST_SEED = 2000, 10_000
BASE = Experiment(
    samples=2 * FEW, noise=0.35, test_share=0.5, hidden=(32, 32), learning_rate=0.01, batch_size=BATCH, epochs=STEPS
)
"""The run that overfits. Half of its examples are for training; the other half chooses when to stop."""
LOOK_EVERY = 10
MOMENTS = np.array([*range(0, 100, 10), *range(100, 200, 20), *range(200, STEPS + 1, 50)])
"""Steps at which the run without help is tested."""
Progress = Callable[[int], None] | None
Part = tuple[Array, Array]


@dataclass(frozen=True)
class Method:
    """A cure: its name, what is turned up, the experiment's field for it, and how far it is turned up."""

    title: str
    dose: str
    field: str
    strengths: tuple[float, ...]


METHODS = {
    "l2": Method("L2", "strength of L2", "l2", (0.0001, 0.001, 0.01, 0.03, 0.1, 0.3)),
    "l1": Method("L1", "strength of L1", "l1", (0.0001, 0.001, 0.003, 0.01, 0.03, 0.1)),
    "dropout": Method("Dropout", "share of units switched off", "dropout", (0.1, 0.2, 0.3, 0.5, 0.7, 0.8)),
    "stop": Method("Stopping early", "step at which training stops", "", (10, 20, 50, 100, 200, 300)),
    "data": Method("More data", "training examples", "samples", (80, 160, 200, 400, 800, 1000)),
}
"""By name in links."""


def experiment(method: str, strength: float, examples: int = FEW, seed: int = 0) -> Experiment:
    """Return the run of one of the networks; ``seed`` draws its data and its first weights.

    >>> experiment("data", 200).samples, experiment("l2", 0.01).l2
    (400, 0.01)
    """
    examples = int(strength) if method == "data" else examples
    steps = int(strength) if method == "stop" else STEPS
    e = replace(BASE, samples=2 * examples, epochs=steps // ceil(examples / BATCH), seed=seed, data_seed=seed)
    field = METHODS[method].field if method in METHODS else ""
    more: dict[str, Any] = {field: strength} if field and method != "data" else {}
    return replace(e, **more)


def parts(e: Experiment, seeds: int = SEEDS) -> tuple[Part, Part, Part]:
    """Return training, validation and test examples, a network beside another: (N, M, 2) and (N, M).

    Each network has its own training and validation examples, and measures the same test points in its own scale.
    """
    made = [prepare_experiment(replace(e, data_seed=seed)) for seed in range(seeds)]
    fresh = load(e.dataset, TEST, e.noise, TEST_SEED)
    train, rest = (
        (np.stack([getattr(d, f"X_{p}") for d in made], 1), np.stack([getattr(d, f"y_{p}") for d in made], 1))
        for p in ("train", "test")
    )
    return train, rest, (np.stack([d.inputs(fresh.X) for d in made], 1), np.stack([fresh.y] * seeds, 1))


@np.errstate(all="ignore")
def together(
    e: Experiment, train: Part, validation: Part | None = None, every: int = 0, progress: Progress = None
) -> tuple[Network, Record]:
    """Train one network on each of the M training sets, all in one pass."""
    models = train[1].shape[1]
    network = network_of(e, train[0].shape[-1], models)
    network.start(range(models))
    recipe = recipe_of(e, order_seed=0, dropout_seeds=tuple(range(models)))
    return network, fit(network, recipe, train, None, every, progress, validation)


def ended(method: str, strength: float, examples: int = FEW, progress: Progress = None) -> dict[str, Array]:
    """Return the test loss and the share of right test answers at the end, (S,) each, with a cure at one strength."""
    e = experiment(method, strength, examples)
    train, _, test = parts(e)
    network, _ = together(e, train, progress=progress)
    return judged(network, e, test)


@np.errstate(all="ignore")
def judged(network: Network, e: Experiment, test: Part) -> dict[str, Array]:
    """Return the test loss and the share of right answers of each network."""
    loss, right = Judge(network, loss_of(e), *test)()
    return {"loss": np.asarray(loss, np.float64), "right": np.asarray(right, np.float64)}


@np.errstate(all="ignore")
def without(examples: int = FEW, progress: Progress = None) -> dict[str, Array]:
    """Train without any help; look at `MOMENTS`, and where the validation loss was lowest.

    Returns
    -------
    train, validation, test, right : (M, S) losses and the share of right test answers at `MOMENTS`.
    best : (S,) the step with the lowest validation loss; best_loss, best_right : what the test says of it.
    """
    e = experiment("none", 0, examples)
    train, validation, test = parts(e)
    a_step = ceil(examples / BATCH)
    network, record = together(e, train, validation, LOOK_EVERY // a_step, progress)
    at = np.array(record.snapshot_epochs) * a_step
    measure, tested = Judge(network, loss_of(e), *test), []
    for moment in MOMENTS:
        network.load(record.snapshots[int(np.searchsorted(at, moment))])
        tested.append(measure())
    watched = np.array(record.validation_loss)[record.snapshot_epochs]
    chosen = np.argmin(np.where(np.isfinite(watched), watched, np.inf), axis=0)
    network.load(np.stack([record.snapshots[k][m] for m, k in enumerate(chosen)]))
    best = measure()
    epochs = MOMENTS // a_step
    found: dict[str, Any] = {
        "train": np.array(record.train_loss)[epochs], "validation": np.array(record.validation_loss)[epochs],
        "test": np.array([loss for loss, _ in tested]), "right": np.array([right for _, right in tested]),
        "best": at[chosen], "best_loss": best[0], "best_right": best[1],
    }  # fmt: skip
    return {name: np.asarray(value, np.float64) for name, value in found.items()}


def stopped(plain: dict[str, Array], step: float) -> dict[str, Array]:
    """Return what `ended` would, of a run without help that stops at one of `MOMENTS`."""
    at = int(np.searchsorted(MOMENTS, step))
    return {"loss": plain["test"][at], "right": plain["right"][at]}


def helped(found: dict[str, Array], plain: dict[str, Array]) -> dict[str, int]:
    """Return of how many networks the test loss is lower than without help, and how many answer more rightly."""
    last = {"loss": plain["test"][-1], "right": plain["right"][-1]}
    return {
        "loss": int((found["loss"] < last["loss"]).sum()),
        "right": int((found["right"] > last["right"]).sum()),
    }


def middle(values: Array) -> float:
    """Return the median as a plain number."""
    return float(np.median(values))


def lowest(found: Sequence[dict[str, Array]]) -> int:
    """Return at which strength the median test loss is lowest."""
    return int(np.argmin([middle(each["loss"]) for each in found]))


def by_strength(found: Sequence[dict[str, Array]]) -> dict[str, float]:
    """Return the lowest median test loss of L2 and that of its greatest strength, and the best strength."""
    strengths, at = METHODS["l2"].strengths, lowest(found)
    ends = {"low": middle(found[at]["loss"]), "high": middle(found[-1]["loss"])}
    return ends | {"best": strengths[at]}


def chosen(plain: dict[str, Array]) -> dict[str, float]:
    """Return what stopping where the validation points say so brings: medians, and how often it helped."""
    counts = helped({"loss": plain["best_loss"], "right": plain["best_right"]}, plain)
    medians = {"best": middle(plain["best"]), "loss": middle(plain["best_loss"])}
    return medians | {"lower": counts["loss"], "more": counts["right"]}
