"""Networks that learn from different data side by side: each of twenty seeds has its own draw and its own start."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.loop import Record, fit

SEEDS = 20
DIGITS = Experiment(
    dataset="digits", samples=1797, hidden=(32,), activation="relu", learning_rate=0.01, batch_size=32, epochs=30
)
"""How the digits are learned; all views that read digits begin with it."""
Watcher = Callable[[int, Network], None]
Pause = Callable[[int], None] | None


def learn(
    e: Experiment, X: Array, y: Array, test: tuple[Array, Array] | None = None, watch: Watcher | None = None,
    pause: Pause = None, seeds: int = SEEDS,
) -> tuple[Network, Record]:  # fmt: skip
    """Train the experiment's network from ``seeds`` starts.

    Parameters
    ----------
    X, y : ``(N, d)`` and ``(N,)`` for all alike, or ``(N, seeds, d)`` and ``(N, seeds)``: each seed's own data.
    watch : called with the epoch and the network after each epoch.
    pause : called after each epoch, to let others go on.
    """
    network = network_of(e, X.shape[-1], seeds)
    network.start(range(seeds))

    def after(epoch: int) -> None:
        if watch:
            watch(epoch, network)
        if pause:
            pause(epoch)

    if y.ndim == 2 and X.ndim == 2:  # own labels need inputs of their own
        X = np.repeat(X[:, None], seeds, 1)
    return network, fit(network, recipe_of(e), (X, y), test, snapshot_every=0, progress=after)


def for_steps(e: Experiment, rows: int, steps: int) -> tuple[Experiment, int]:
    """Return the experiment with as many epochs as come to ``steps``, and how often to repeat so few rows.

    Where a batch is larger than the data, the rows are repeated: so few and so many examples get as many steps alike.
    """
    times = max(1, -(-10 * e.batch_size // rows))
    per_epoch = -(-rows * times // e.batch_size)
    return replace(e, epochs=max(1, round(steps / per_epoch))), times


def answers(network: Network, X: Array) -> Array:
    """Return the class that each network answers, ``(M, N)``."""
    z = network.outputs_for(X)
    return np.asarray(z[0] > 0, int) if len(z) == 1 else np.asarray(z.argmax(0))


def digits() -> tuple[Array, Array, Array, Array]:
    """Return the digits to learn from and those to be tested on: X, y, X, y."""
    data = prepare_experiment(DIGITS)
    return data.X_train, data.y_train.astype(int), data.X_test, data.y_test.astype(int)
