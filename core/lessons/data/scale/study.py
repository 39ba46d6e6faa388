"""Thirty measurements as they are and standardized: which learning rates work."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.data.prepare import Prepared, prepare
from core.data.scaling import Standardizer
from core.lessons.data.learning import SEEDS, Pause
from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import network_of, recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit

RATES = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0)
RUN = Experiment(
    dataset="breast_cancer", samples=569, hidden=(16,), activation="relu", optimizer="sgd", learning_rate=0.1, epochs=30
)
SIDES = ("raw", "scaled")
GUESSING = 0.5
"""A network with fewer right test answers has hardly left its first weights."""


def examples(scaled: bool) -> Prepared:
    """Return the tumors, standardized or in the units in which they were measured."""
    return prepare(RUN.dataset, RUN.samples, 0.0, RUN.test_share, (), RUN.data_seed, scaled)


def by_rate(optimizer: str, activation: str, pause: Pause = None) -> dict[str, Array]:
    """Train at each rate from 20 starts; return the share of right test answers, (SEEDS, rates), raw and scaled."""
    return {side: _one(optimizer, activation, side == "scaled", pause) for side in SIDES}


def trained(
    optimizer: str, activation: str, scaled: bool, rates: Sequence[float], pause: Pause = None
) -> tuple[Network, Prepared]:
    """Train `SEEDS` networks at each rate, all in one pass; return them, and the tumors."""
    e, data = replace(RUN, optimizer=optimizer, activation=activation), examples(scaled)
    network = network_of(e, data.X_train.shape[1], len(rates) * SEEDS)
    network.start(list(range(SEEDS)) * len(rates))
    recipe = recipe_of(e, relative_rates=np.repeat(rates, SEEDS) / e.learning_rate)
    fit(network, recipe, (data.X_train, data.y_train), snapshot_every=0, progress=pause)
    return network, data


def _one(optimizer: str, activation: str, scaled: bool, pause: Pause) -> Array:
    network, data = trained(optimizer, activation, scaled, RATES, pause)
    z = network.outputs_for(data.X_test)[0]
    z = np.where(np.isfinite(z), z, -1)  # a network that broke answers class 0, as its comparison with 0 has it
    right = ((z > 0) == (data.y_test == 1)).mean(-1)
    return np.asarray(right.reshape(len(RATES), SEEDS).T)


def alive(scaled: bool, rate: float) -> float:
    """Return which share of the ReLU units answers to any test tumor at all, after training with plain descent."""
    network, data = trained("sgd", "relu", scaled, [rate])
    hidden = network.activations_for(data.X_test)[1]
    return float((hidden[: RUN.hidden[0]] > 0).any(-1).mean())


def untrained(activation: str, scaled: bool) -> float:
    """Return the median share of right test answers that the first weights give."""
    network, data = trained("sgd", activation, scaled, [0.0])
    right = (network.outputs_for(data.X_test)[0] > 0) == (data.y_test == 1)
    return float(np.median(right.mean(-1)))


def common() -> float:
    """Return the share that is right when every test tumor gets the more frequent answer."""
    y = examples(True).y_test
    return float(max(np.mean(y == 0), np.mean(y == 1)))


def ranges() -> tuple[tuple[str, ...], Array, Array]:
    """Return the measurements' names, means and spreads, in the units in which they were measured."""
    data = examples(False)
    scaler = Standardizer.fit(data.X_train)
    return data.data.features, scaler.mean, scaler.scale


def simulated(optimizer: str, activation: str, rate: float) -> Experiment:
    """Return one of the runs on standardized measurements as the simulator takes it."""
    return replace(RUN, optimizer=optimizer, activation=activation, learning_rate=rate)


def at_rate(found: dict[str, Array], rate: float) -> dict[str, float]:
    """Return both medians at one rate."""
    return {f"{side}_here": float(np.median(found[side][:, RATES.index(rate)])) for side in SIDES}


def facts(found: dict[str, Array]) -> dict[str, float]:
    """Return the medians that the texts speak of."""
    middle = {side: np.median(v, axis=0) for side, v in found.items()}
    at = RATES.index(RUN.learning_rate)
    return {
        "raw": float(middle["raw"][at]), "scaled": float(middle["scaled"][at]), "rate": RATES[at],
        "raw_best": float(middle["raw"].max()), "raw_rate": RATES[int(np.argmax(middle["raw"]))],
        "scaled_best": float(middle["scaled"].max()), "seeds": SEEDS, "common": common(),
    }  # fmt: skip
