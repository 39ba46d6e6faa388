"""Train: shuffle, take a batch, replay the recorded step; look at the loss after every epoch.

`fit` is the loop, for one network or M of them. It knows arrays and nothing of experiments; `core.training.engine`
builds its arguments from an `Experiment`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from core.nn.network import Network
from core.nn.tape import Array
from core.training.epochs import Epochs
from core.training.judge import Judge
from core.training.recipe import Recipe
from core.training.steps import Checkpoint, Steps, broken


@dataclass
class Record:
    """What happened. Arrays have an entry an epoch, entry 0 before training; with M models, a column a model."""

    train_loss: list[Array] = field(default_factory=list)
    validation_loss: list[Array] = field(default_factory=list)
    test_loss: list[Array] = field(default_factory=list)
    train_accuracy: list[Array] = field(default_factory=list)
    validation_accuracy: list[Array] = field(default_factory=list)
    test_accuracy: list[Array] = field(default_factory=list)
    learning_rate: list[Array] = field(default_factory=list)
    snapshots: list[Array] = field(default_factory=list)
    snapshot_epochs: list[int] = field(default_factory=list)
    diverged_step: int | None = None
    stopped_early: bool = False

    @property
    def watched(self) -> list[Array]:
        """The losses that early stopping and the plateau schedule look at: never those of the test."""
        return self.validation_loss or self.train_loss


@np.errstate(all="ignore")  # a run that diverges is a result, not a warning
def fit(
    network: Network,
    recipe: Recipe,
    train: tuple[Array, Array],
    test: tuple[Array, Array] | None = None,
    snapshot_every: int = 1,
    progress: Callable[[int], None] | None = None,
    validation: tuple[Array, Array] | None = None,
) -> Record:
    """Train the network in place and return the record.

    Parameters
    ----------
    train, test, validation : X ``(N, inputs)`` and y ``(N,)`` class numbers or ``(N,)`` / ``(N, K)`` targets. The
        test examples are only measured. Patience and the plateau schedule watch the validation examples; without
        them the training loss.
    snapshot_every : take a snapshot of the parameters every so many epochs (0: none); the last is always taken.
    progress : called with the epoch after each.
    """
    epochs, record = Epochs(network, recipe, train), Record()
    steps, per_epoch, lr = epochs.steps, len(epochs), recipe.learning_rate
    look = Looks(network, recipe, record, steps, train, test, validation)
    before = steps.save()
    look(0, snapshot_every)
    for epoch in range(1, recipe.epochs + 1):
        t = np.arange((epoch - 1) * per_epoch, epoch * per_epoch)
        rates = recipe.schedule(t, per_epoch * recipe.epochs, lr)
        table = recipe.optimizer.knobs(t + 1.0, rates).astype(network.dtype)
        epochs.shuffle()
        steps.save(before)
        steps.run(table)
        record.learning_rate.append(rates)
        look(epoch, snapshot_every)
        if recipe.plateau:
            lr = recipe.plateau.observe(float(np.mean(record.watched[-1])))
        if progress:
            progress(epoch)
        diverged = broken(network.theta)
        if diverged and record.diverged_step is None:
            record.diverged_step = _find_break(steps, before, table, int(t[0]))
        out_of_patience = recipe.patience and _out_of_patience(record, recipe.patience)
        record.stopped_early = bool(out_of_patience and epoch < recipe.epochs)
        if record.stopped_early or (diverged and network.models == 1):
            break
    look.last(epoch if recipe.epochs else 0, snapshot_every)
    return record


class Looks:
    """Measures the network after every epoch and keeps snapshots.

    When the batch is the whole training set, a step starts with the very forward pass that measuring the epoch before
    it would take; then the training loss is read from there, one epoch late, and costs nothing.
    """

    def __init__(
        self,
        network: Network,
        recipe: Recipe,
        record: Record,
        steps: Steps,
        train: tuple[Array, Array],
        test: tuple[Array, Array] | None,
        validation: tuple[Array, Array] | None,
    ) -> None:
        self.network, self.record = network, record
        self.train = Judge(network, recipe.loss, *train)
        self.validation = Judge(network, recipe.loss, *validation) if validation is not None else None
        self.test = Judge(network, recipe.loss, *test) if test is not None else None
        self.late = len(steps.calls) == 1 and steps.same_as_in_use
        self.step = Judge(network, recipe.loss, *train, z=steps.z) if self.late else self.train

    def __call__(self, epoch: int, snapshot_every: int) -> None:
        """Measure after this epoch."""
        if epoch or not self.late:
            self._note(self.step, self.record.train_loss, self.record.train_accuracy)
        if self.validation:
            self._note(self.validation, self.record.validation_loss, self.record.validation_accuracy)
        if self.test:
            self._note(self.test, self.record.test_loss, self.record.test_accuracy)
        if snapshot_every and epoch % snapshot_every == 0:
            self._snapshot(epoch)

    def last(self, epoch: int, snapshot_every: int) -> None:
        """Add what is still missing when training ends."""
        if self.late:
            self._note(self.train, self.record.train_loss, self.record.train_accuracy)
        if snapshot_every and self.record.snapshot_epochs[-1] != epoch:
            self._snapshot(epoch)

    def _note(self, judge: Judge, losses: list[Array], accuracies: list[Array]) -> None:
        loss, accuracy = judge()
        losses.append(loss)
        accuracies.append(accuracy)

    def _snapshot(self, epoch: int) -> None:
        self.record.snapshots.append(self.network.dump())
        self.record.snapshot_epochs.append(epoch)


def _find_break(steps: Steps, before: Checkpoint, table: Array, first: int) -> int:
    after = steps.save()
    steps.restore(before)
    step = first + steps.first_bad_step(table)
    steps.restore(after)
    return step


def _out_of_patience(record: Record, patience: int) -> bool:
    losses = np.array(record.watched)
    best = int(np.nanargmin(losses)) if np.isfinite(losses).any() else 0
    return len(losses) - 1 - best >= patience
