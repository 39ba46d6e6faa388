"""The steps of a run, in order: every epoch shuffles the examples and cuts them into batches."""

import numpy as np

from core.nn.network import Network
from core.nn.tape import Array, replay
from core.training.examples import Examples
from core.training.recipe import Recipe
from core.training.steps import Steps


class Epochs:
    """Deals out batches and takes steps on them. `fit` takes an epoch at a time; who looks closer, a step at a time.

    Parameters
    ----------
    train : X ``(N, inputs)`` and y, as for `core.training.loop.fit`.

    Attributes
    ----------
    steps : the recorded steps of one epoch.
    examples, shuffled : the training data, and the same in this epoch's order.
    """

    def __init__(self, network: Network, recipe: Recipe, train: tuple[Array, Array]) -> None:
        self.examples, self.shuffled = (Examples(network, recipe.loss, *train) for _ in range(2))
        self.steps = Steps(network, recipe, self.shuffled)
        self.order = np.random.default_rng([11, recipe.order_seed])
        self.next = 0

    def __len__(self) -> int:
        """How many steps an epoch has."""
        return len(self.steps.calls)

    def shuffle(self) -> None:
        """Begin an epoch: put the examples in another order. (Where one batch holds them all, order is nothing.)"""
        if self.steps.batch < len(self.examples):
            self.examples.copy_into(self.shuffled, self.order.permutation(len(self.examples)))

    def batch(self) -> tuple[Array, Array]:
        """Return x and y of the next step's batch; an epoch's first one shuffles."""
        if self.next == 0:
            self.shuffle()
        start = self.next * self.steps.batch
        return self.shuffled.part(start, min(start + self.steps.batch, len(self.shuffled)))

    def step(self, knobs: Array) -> None:
        """Take the step on that batch, with the optimizer's numbers for it."""
        self.steps.knobs[:] = knobs
        replay(self.steps.calls[self.next])
        self.next = (self.next + 1) % len(self)


@np.errstate(all="ignore")  # as for `fit`, a run that diverges is a result
def train(network: Network, recipe: Recipe, examples: tuple[Array, Array]) -> None:
    """Train a network in place, step by step as `fit` does, where only the end is asked for: nothing is measured.

    Nothing can be watched then, so neither patience nor the plateau schedule counts.
    """
    epochs = Epochs(network, recipe, examples)
    total = len(epochs) * recipe.epochs
    rates = recipe.schedule(np.arange(total), total, recipe.learning_rate)
    table = recipe.optimizer.knobs(np.arange(total) + 1.0, rates).astype(network.dtype)
    for knobs in np.split(table, recipe.epochs):
        epochs.shuffle()
        epochs.steps.run(knobs)
