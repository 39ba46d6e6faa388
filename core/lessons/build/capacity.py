"""What more units and more layers buy: small problems, many seeds at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.datasets import DATASETS
from core.data.gates import CORNERS, GATES
from core.lessons.build.costs import cost
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.training.building import prepare_experiment
from core.training.experiment import MOST_LAYERS, WIDEST, Experiment, lawful
from core.training.loop import fit
from core.training.recipe import Recipe
from core.training.shapes import SAME_SIZE, SPIRALS

STARTS = {"tanh": "xavier_normal", "relu": "he_normal"}
XOR_STEPS, XOR_RATE = 2000, 0.05


def xor_share(units: int, activation: str, seeds: int, steps: int = XOR_STEPS) -> float:
    """Train 2-``units``-1 networks on the four corners of XOR and return the share that ends with all four right.

    Adam at rate 0.05, all four corners in each step, cross-entropy; each network begins from its own seed.
    """
    network = Network(stack((units,), 1, activation, STARTS[activation], inputs=2), 2, seeds)
    network.start(range(seeds))
    recipe = Recipe(LOSSES["bce"], OPTIMIZERS["adam"](), XOR_RATE, batch_size=4, epochs=steps)
    record = fit(network, recipe, (CORNERS, GATES["xor"]), None, snapshot_every=0)
    return float(np.mean(np.asarray(record.train_accuracy[-1]) == 1))


def likely_range(share: float, n: int) -> tuple[float, float]:
    """Return where the true share lies with 95 % confidence, after n tries (Wilson 1927).

    >>> [round(v, 3) for v in likely_range(0.5, 100)]
    [0.404, 0.596]
    """
    z = 1.959963984540054
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def about_spirals(seeds: int) -> dict[str, float]:
    """Return what the text about the spirals speaks of."""
    parameters = [cost((2, *hidden, 1)).parameters for hidden in SAME_SIZE]
    return {
        "fewest": min(parameters),
        "most": max(parameters),
        "seeds": seeds,
        "points": len(prepare_experiment(SPIRALS).train),
        "epochs": SPIRALS.epochs,
        "rate": SPIRALS.learning_rate,
    }


@dataclass(frozen=True)
class Sent:
    """A network of this page as an experiment of the simulator, and what had to be changed, in sentences."""

    experiment: Experiment
    changes: tuple[str, ...]


def for_simulator(sizes: Sequence[int]) -> Sent:
    """Return the simulator's experiment that is nearest to a network: its hidden layers, on data that fit its ends."""
    name, fits = _data_for(sizes[0], sizes[-1])
    spec, changes = DATASETS[name], []
    if not fits:
        changes.append(f"The simulator has no data with this many inputs and outputs. It opens with {spec.title}.")
    hidden = tuple(min(n, WIDEST) for n in sizes[1:-1])[:MOST_LAYERS]
    if hidden != tuple(sizes[1:-1]):
        changes.append(f"Its layers have at most {WIDEST} units, so they are {'-'.join(map(str, hidden))}.")
    samples = 300 if spec.synthetic else min(800, spec.max_samples)
    experiment = Experiment(dataset=name, samples=samples, noise=spec.default_noise, hidden=hidden)
    experiment, problems = lawful(experiment)
    return Sent(experiment, (*changes, *problems))


def _data_for(inputs: int, outputs: int) -> tuple[str, bool]:
    """Return the first data set with so many inputs and outputs, or the moons and False."""
    for spec in DATASETS.values():
        if spec.dimensions == inputs and outputs == (spec.n_classes if spec.n_classes > 2 else 1):
            return spec.name, True
    return "moons", False
