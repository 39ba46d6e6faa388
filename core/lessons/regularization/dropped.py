"""One of the networks while it trains with dropout, step by step: which units are off, and what that costs."""

import numpy as np

from core.data.datasets import load
from core.data.prepare import Prepared
from core.lessons.regularization.study import BASE, FEW, STEPS, TEST, TEST_SEED, experiment
from core.nn.network import Network, columns
from core.nn.tape import Array, Tape
from core.training.building import loss_of, network_of, prepare_experiment, recipe_of
from core.training.epochs import Epochs
from core.training.judge import Judge

RATES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
FRAMES = [*range(1, 20), *range(20, 100, 5), *range(100, STEPS + 1, 20)]
"""Steps that are drawn, the first one being 1."""
SMOOTH = 20
"""Means over so many steps are drawn and said: a single step's loss depends on which units are off."""
SHOWN, ASKED, POINT = 80, 200, 0
"""Weights drawn between the hidden layers, how often one point is asked, and which."""


def masks(rng: np.random.Generator, rate: float, examples: int = FEW) -> Array:
    """Say which units the generator is about to switch off, without drawing from it: (layers, units, examples) of 0, 1.

    A step draws a number for each unit and example, layer by layer; this asks a twin of its generator.
    """
    twin = np.random.default_rng(0)
    twin.bit_generator.state = rng.bit_generator.state
    draws = np.stack([twin.random((width, examples), np.float32) for width in BASE.hidden])
    return np.asarray(np.floor(draws + np.float32(1 - rate)))


def smooth(losses: Array) -> Array:
    """Return the mean of each loss (T,) and the up to `SMOOTH` - 1 before it.

    >>> smooth(np.arange(40.0))[[0, 1, 39]].tolist()
    [0.0, 0.5, 29.5]
    """
    sums = np.cumsum(losses)
    steps = np.minimum(np.arange(1, len(losses) + 1), SMOOTH)
    before = np.concatenate([np.zeros(SMOOTH), sums])[: len(losses)]
    return np.asarray((sums - before) / steps)


def late(found: dict[str, Array]) -> dict[str, float]:
    """Return both training losses of a run, as its curves end, and the last test loss."""
    ends = {name: float(smooth(found[name])[-1]) for name in ("seen", "used")}
    return ends | {"last": SMOOTH, "test": float(found["test"][-1])}


def series(found: dict[str, Array]) -> list[Array]:
    """Return the curves of a run, (STEPS,) each: training losses with units off and in use, then the test loss."""
    tested = np.interp(np.arange(1, STEPS + 1), FRAMES, found["test"])
    return [smooth(found["seen"]), smooth(found["used"]), tested]


@np.errstate(all="ignore")
def watched(rate: float, seed: int) -> dict[str, Array]:
    """Train one network with dropout and look at it before each step.

    Returns
    -------
    on : (F, layers, units) which units are on for the first example, at `FRAMES`.
    weights 1, 2, 3 : (F, out, in) before these steps; hidden : (F, units) the first layer's answers to that example.
    seen, used : (STEPS,) training loss as the step computes it, with units off, and of the same weights in use.
    test : (F,) test loss of these weights, in use.
    answers : (`ASKED`,) what one test point is answered in training mode at the end, use : () in use.
    """
    e = experiment("dropout", rate, FEW, seed)
    data, loss = prepare_experiment(e), loss_of(e)
    network, train = network_of(e, data.X_train.shape[1]), (data.X_train, data.y_train)
    network.start([seed])
    recipe = recipe_of(e)
    epochs = Epochs(network, recipe, train)
    rates = recipe.schedule(np.arange(STEPS), STEPS, recipe.learning_rate)
    table = recipe.optimizer.knobs(np.arange(STEPS) + 1.0, rates).astype(network.dtype)
    in_step, in_use = Judge(network, loss, *train, z=epochs.steps.z), Judge(network, loss, *train)
    names = [name for name in network.p if name.endswith("W")]
    tested = Judge(network, loss, *fresh(data))
    seen, used, on, snapshots, hidden, test = np.zeros(STEPS), np.zeros(STEPS), [], [], [], []
    for t in range(STEPS):
        used[t] = in_use()[0]
        if t + 1 in FRAMES:
            test.append(float(tested()[0]))
            on.append(masks(epochs.steps.rngs[0], rate)[:, :, 0])
            snapshots.append([network.p[name][:, :-1].copy() for name in names])
            hidden.append(network.activations_for(data.X_train[:1])[1][:-1, 0])
        epochs.step(table[t])
        seen[t] = in_step()[0]
    layers = {f"weights {k}": np.stack([each[k - 1] for each in snapshots]) for k in (1, 2, 3)}
    found = {"on": np.stack(on), "hidden": np.stack(hidden), "seen": seen, "used": used, "test": np.array(test)}
    return found | layers | asked(network, data, e.seed)


def fresh(data: Prepared) -> tuple[Array, Array]:
    """Return the test points as the network reads them."""
    points = load(BASE.dataset, TEST, BASE.noise, TEST_SEED)
    return data.inputs(points.X), points.y


def asked(network: Network, data: Prepared, seed: int) -> dict[str, Array]:
    """Say what a trained network answers to one test point, in training mode time after time and in use."""
    X = fresh(data)[0]
    many, rngs = np.repeat(X[POINT : POINT + 1], ASKED, axis=0), (np.random.default_rng([1, seed]),)
    z = network.record_forward(Tape(network.dtype), columns(many, network.dtype).T, rngs)[0]
    return {
        "answers": 1 / (1 + np.exp(-z.astype(float))),
        "use": np.array(1 / (1 + np.exp(-float(network.outputs_for(X[POINT : POINT + 1])[0, 0])))),
    }
