"""The learning-rate finder: one short run whose rate grows at every step, and the loss on the way (Smith 2017)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.epochs import Epochs
from core.training.experiment import Experiment

SMOOTHING = 0.9

STEPS = 150
"""Of a sweep: a few epochs of the digits."""
LOW, HIGH = 1e-5, 10.0


@dataclass(frozen=True, eq=False)
class Found:
    """One sweep: rates ``(steps,)``, the batch's loss before each step, and the smoothed loss."""

    rates: Array
    losses: Array
    smooth: Array

    @property
    def at_minimum(self) -> float:
        """The rate at which the smoothed loss is lowest."""
        return float(self.rates[int(np.nanargmin(self.smooth))])

    @property
    def valley(self) -> float:
        """The rate halfway down the longest fall of the smoothed loss: what fastai calls the valley.

        Of all steps that can be picked so that each one's loss is lower than the last one's, take as many as possible;
        the rate lies halfway along the stretch that so many steps would fill, ending where they end.
        """
        longest = np.ones(len(self.smooth), int)
        for k in range(1, len(longest)):
            higher = longest[:k][self.smooth[:k] > self.smooth[k]]
            longest[k] += higher.max(initial=0)
        end = int(np.argmax(longest))
        third = (int(longest[end])) / 3
        return float(self.rates[max(0, end - int(longest[end])) + int(third) + int(third / 2)])

    @property
    def tenth(self) -> float:
        """A tenth of that: one rule for choosing."""
        return self.at_minimum / 10

    @property
    def steepest(self) -> float:
        """The rate at which the smoothed loss falls fastest, before its minimum: the other rule."""
        return self.steepest_after(0)

    def steepest_after(self, cut: int) -> float:
        """The same without the sweep's first ``cut`` steps, where the running mean is one of a few batches only."""
        stop = max(cut + 2, int(np.nanargmin(self.smooth)))
        return float(self.rates[cut:][int(np.argmin(np.gradient(self.smooth[cut : stop + 1])))])


def smoothed(losses: Array, share: float = SMOOTHING) -> Array:
    """Return a running mean that forgets, corrected for starting at zero."""
    out, mean = np.empty(len(losses)), 0.0
    for t, value in enumerate(losses):
        mean = share * mean + (1 - share) * value
        out[t] = mean / (1 - share ** (t + 1))
    return out


def find(e: Experiment, low: float = LOW, high: float = HIGH, steps: int = STEPS) -> Found:
    """Train while the rate grows from ``low`` to ``high`` by the same factor each step; stop when a loss breaks."""
    return find_many(e, [e.seed], low, high, steps)[0]


def find_many(
    e: Experiment, seeds: Sequence[int], low: float = LOW, high: float = HIGH, steps: int = STEPS
) -> list[Found]:
    """Sweep once from each seed's first weights, all in one pass over the same batches."""
    data, models = prepare_experiment(e), len(seeds)
    network = network_of(e, data.X_train.shape[1], models)
    network.start(list(seeds))
    recipe = recipe_of(e, learning_rate=low, dropout_seeds=tuple(seeds))
    whole = len(data.X_train) // e.batch_size * e.batch_size or len(data.X_train)  # no short last batch
    rows = data.X_train[:whole], data.y_train[:whole]
    with np.errstate(all="ignore"):
        epochs = Epochs(network, recipe, rows)
        rates, losses = np.geomspace(low, high, steps), np.full((steps, models), np.nan)
        knobs = recipe.optimizer.knobs(np.arange(1.0, steps + 1), rates).astype(network.dtype)
        for t in range(steps):
            y = epochs.batch()[1]
            epochs.step(knobs[t])
            losses[t] = recipe.loss.value(epochs.steps.z, y)
            if not np.isfinite(losses[t]).any():
                break
    return [_found(rates, mine) for mine in losses.T]


def _found(rates: Array, losses: Array) -> Found:
    """Cut a sweep off where its loss is no longer a number."""
    bad = ~np.isfinite(losses)
    end = int(np.argmax(bad)) if bad.any() else len(losses)
    return Found(rates[:end], losses[:end], smoothed(losses[:end]))
