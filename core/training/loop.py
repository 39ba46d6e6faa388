"""Train: shuffle, take a batch, replay the recorded step; look at the loss after every epoch.

`fit` is the loop, for one network or M of them. It knows arrays and nothing of experiments; `core.training.engine`
builds its arguments from an `Experiment`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.nn.losses import Loss
from core.nn.network import Network, columns
from core.nn.optimizers import Optimizer
from core.nn.schedules import ReduceLROnPlateau, Schedule, constant
from core.nn.tape import Array, Tape


@dataclass(frozen=True)
class Recipe:
    """How to train: everything `fit` needs beside the network and the data.

    Attributes
    ----------
    relative_rates : a factor on the learning rate for each of M models, or None.
    l1, l2 : penalty strengths, one number or one a model.
    order_seed : of the shuffling; all M models see the same batches.
    dropout_seeds : one a model.
    patience : stop after so many epochs without a better test loss (0: never).
    plateau : the schedule that watches the test loss, or None.
    """

    loss: Loss
    optimizer: Optimizer
    learning_rate: float = 0.1
    schedule: Schedule = constant
    batch_size: int = 32
    epochs: int = 100
    l1: Any = 0.0
    l2: Any = 0.0
    relative_rates: Any = None
    order_seed: int = 0
    dropout_seeds: tuple[int, ...] = ()
    patience: int = 0
    plateau: ReduceLROnPlateau | None = None


@dataclass
class Record:
    """What happened. Arrays have an entry an epoch, entry 0 before training; with M models, a column a model."""

    train_loss: list[Array] = field(default_factory=list)
    test_loss: list[Array] = field(default_factory=list)
    train_accuracy: list[Array] = field(default_factory=list)
    test_accuracy: list[Array] = field(default_factory=list)
    learning_rate: list[Array] = field(default_factory=list)
    snapshots: list[Array] = field(default_factory=list)
    snapshot_epochs: list[int] = field(default_factory=list)
    diverged_step: int | None = None
    stopped_early: bool = False


class Examples:
    """Rows of inputs and targets, in the layout a step reads: ``(N, inputs + 1)`` and ``(N, K)``.

    With M models a middle axis is added: of 1 where the models share the targets, of M for data of their own,
    ``(N, M, inputs)`` and ``(N, M, K)``.
    """

    def __init__(self, network: Network, loss: Loss, X: Array, y: Array) -> None:
        self.inputs = columns(X, network.dtype)
        coded = loss.encode(y.ravel(), network.outputs) if loss.targets != "numbers" else np.asarray(y, np.float64)
        middle = () if network.models == 1 else (y.shape[1] if y.ndim > 1 and X.ndim == 3 else 1,)
        coded = coded.reshape(len(X), *middle, -1)
        self.targets = np.array(coded, network.dtype, order="C")  # a copy: shuffling writes into it

    def __len__(self) -> int:
        return len(self.inputs)

    def part(self, start: int, stop: int) -> tuple[Array, Array]:
        """Return x ``(inputs + 1, ..., B)`` and y ``(K, ..., B)`` as views of rows start to stop."""
        return self.inputs[start:stop].T, self.targets[start:stop].T

    def copy_into(self, other: Examples, order: Array) -> None:
        """Write the rows into ``other`` in another order."""
        self.inputs.take(order, 0, other.inputs, "clip")
        self.targets.take(order, 0, other.targets, "clip")


class Judge:
    """Measures mean loss and accuracy (R^2 for numbers) on fixed examples, by replaying one forward pass.

    Given ``z``, it looks at those outputs instead of computing its own.
    """

    def __init__(self, network: Network, loss: Loss, X: Array, y: Array, z: Array | None = None) -> None:
        examples = Examples(network, loss, X, y)
        x, self.y = examples.part(0, len(examples))
        self.kind, self.tape = loss.targets, Tape(network.dtype)
        self.z = network.record_forward(self.tape, x)[0] if z is None else z
        self.loss = loss.value(self.tape, self.z, self.y)
        self.classes = self.y.argmax(0) if self.kind == "one-hot" else None
        self.spread = np.square(self.y - self.y.mean(-1, keepdims=True)).mean((0, -1))

    def __call__(self) -> tuple[Array, Array]:
        """Return loss and accuracy, each ``()`` or ``(M,)``, for the network as it is now."""
        self.tape.replay()
        return self.loss.copy(), self.accuracy()

    def accuracy(self) -> Array:
        """Return the share of right answers, or R^2 for numbers."""
        if self.kind == "signs":
            return np.asarray((self.z[0] * self.y[0] > 0).mean(-1))
        if self.kind == "one-hot":
            return np.asarray((self.z.argmax(0) == self.classes).mean(-1))
        wrong = np.square(self.z - self.y).mean((0, -1))
        return np.asarray(1 - wrong / np.maximum(self.spread, 1e-12))


Kept = tuple[Array, Array, list[Any]]
PIECE = 8192  # parameters updated at a time: an optimizer's arrays then stay in the processor's fast cache


class Steps:
    """One epoch of training steps: each a list of calls on its own batch, all sharing one set of buffers."""

    def __init__(self, network: Network, recipe: Recipe, examples: Examples) -> None:
        self.network, self.recipe, n = network, recipe, len(examples)
        self.batch = min(recipe.batch_size, n)
        self.rngs = tuple(np.random.default_rng([7, s]) for s in recipe.dropout_seeds or range(network.models))
        self.state = np.zeros((recipe.optimizer.slots, network.theta.size), network.dtype)
        self.knobs = np.zeros(recipe.optimizer.knobs(np.ones(1), np.ones(1)).shape[-1], network.dtype)
        self.l1, self.l2 = (self._strength(s) for s in (recipe.l1, recipe.l2))
        self.drawing = self.rngs  # those that a step draws from
        kept = self.save()
        tape = self._record(*examples.part(0, self.batch))
        sources = (examples.inputs, examples.targets)
        self.calls = [tape.calls] + [
            tape.further(s, *sources) for s in range(self.batch, n - self.batch + 1, self.batch)
        ]
        if n % self.batch:
            self.calls.append(self._record(*examples.part(n - n % self.batch, n)).calls)
        self.restore(kept)
        draws = any(isinstance(getattr(f, "__self__", None), np.random.Generator) for f, _ in tape.calls)
        self.drawing, self.tape = self.rngs if draws else (), tape

    @property
    def same_as_in_use(self) -> bool:
        """Whether a step's forward pass is the network's own: no dropout and no batch statistics in it."""
        return not self.drawing and self.network.theta.size == self.network.store.size

    def _strength(self, s: Any) -> Array:
        each = np.broadcast_to(np.asarray(s, np.float64), (self.network.models,))
        return (self.network.spread(each) * self.network.weights_only()).astype(self.network.dtype)

    def _record(self, x: Array, y: Array) -> Tape:
        tape, network, recipe = Tape(self.network.dtype), self.network, self.recipe
        self.z = network.record_gradient(tape, x, y, recipe.loss, self.rngs, self.l1, self.l2)
        tape.section("update")
        knobs = [self.knobs[i : i + 1].reshape(()) for i in range(self.knobs.size)]
        rates = None if recipe.relative_rates is None else network.spread(recipe.relative_rates)
        for start in range(0, network.theta.size, PIECE):
            part = slice(start, start + PIECE)
            theta = network.theta[part]
            update = recipe.optimizer.update(tape, theta, network.grad[part], self.state[:, part], knobs)
            if rates is not None:
                update = tape(np.multiply, update, rates[part], name="each model's rate")
            tape(np.subtract, theta, update, out=theta, name="w = w - update")
        return tape

    def save(self) -> Kept:
        """Copy parameters, optimizer memory and where the generators are."""
        return self.network.store.copy(), self.state.copy(), [rng.bit_generator.state for rng in self.drawing]

    def restore(self, kept: Kept) -> None:
        """Put back what `save` copied."""
        self.network.store[...], self.state[...], places = kept
        for rng, place in zip(self.drawing, places, strict=True):
            rng.bit_generator.state = place

    def tidy(self) -> None:
        """Set to zero what has died out: below the smallest normal number arithmetic is many times slower.

        A unit that is off for good leaves such numbers in the memory of Adam and momentum, where they stay for ever.
        """
        for a in (self.state, self.network.theta):
            np.putmask(a, np.abs(a) < np.finfo(a.dtype).tiny, 0)

    def run(self, table: Array) -> None:
        """Take the epoch's steps; ``table`` has a row of knobs a step."""
        knobs = self.knobs
        for i, (calls, row) in enumerate(zip(self.calls, table, strict=True)):
            if i % 256 == 0:
                self.tidy()
            knobs[:] = row
            for function, arguments in calls:
                function(*arguments)

    def first_bad_step(self, table: Array) -> int:
        """Take the steps again, one at a time, and return the first after which a parameter is not a number."""
        for i, (calls, row) in enumerate(zip(self.calls, table, strict=True)):
            self.knobs[:] = row
            for function, arguments in calls:
                function(*arguments)
            if _broken(self.network.theta):
                return i
        return len(self.calls) - 1


def fit(
    network: Network,
    recipe: Recipe,
    train: tuple[Array, Array],
    test: tuple[Array, Array] | None = None,
    keep_every: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Record:
    """Train the network in place and return the record.

    Parameters
    ----------
    train, test : X ``(N, inputs)`` and y ``(N,)`` class numbers or ``(N,)`` / ``(N, K)`` targets.
    keep_every : keep a snapshot of the parameters every so many epochs (0: none); the last is always kept.
    progress : called with the epoch after each.
    """
    with np.errstate(all="ignore"):  # a run that diverges is a result, not a warning
        return _fit(network, recipe, train, test, keep_every, progress)


def _fit(
    network: Network,
    recipe: Recipe,
    train: tuple[Array, Array],
    test: tuple[Array, Array] | None,
    keep_every: int,
    progress: Callable[[int], None] | None,
) -> Record:
    examples = Examples(network, recipe.loss, *train)
    shuffled = Examples(network, recipe.loss, *train)
    steps, record = Steps(network, recipe, shuffled), Record()
    look = Looks(network, recipe, record, steps, train, test)
    order, per_epoch, lr = np.random.default_rng([11, recipe.order_seed]), len(steps.calls), recipe.learning_rate
    look(0, keep_every)
    for epoch in range(1, recipe.epochs + 1):
        t = np.arange((epoch - 1) * per_epoch, epoch * per_epoch)
        rates = recipe.schedule(t, per_epoch * recipe.epochs, lr)
        table = recipe.optimizer.knobs(t + 1.0, rates).astype(network.dtype)
        if steps.batch < len(examples):
            examples.copy_into(shuffled, order.permutation(len(examples)))
        before = steps.save()
        steps.run(table)
        record.learning_rate.append(rates)
        look(epoch, keep_every)
        if recipe.plateau and record.test_loss:
            lr = recipe.plateau.observe(float(np.mean(record.test_loss[-1])))
        if progress:
            progress(epoch)
        broken = _broken(network.theta)
        if broken and record.diverged_step is None:
            record.diverged_step = _find_break(steps, before, table, int(t[0]))
        record.stopped_early = bool(recipe.patience and _out_of_patience(record, recipe.patience))
        if record.stopped_early or (broken and network.models == 1):
            break
    look.last(epoch if recipe.epochs else 0, keep_every)
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
    ) -> None:
        self.network, self.record = network, record
        self.train = Judge(network, recipe.loss, *train)
        self.test = Judge(network, recipe.loss, *test) if test is not None else None
        self.late = len(steps.calls) == 1 and steps.same_as_in_use
        self.step = Judge(network, recipe.loss, *train, z=steps.z) if self.late else self.train

    def __call__(self, epoch: int, keep_every: int) -> None:
        """Measure after this epoch."""
        if epoch or not self.late:
            self._note(self.step, self.record.train_loss, self.record.train_accuracy)
        if self.test:
            self._note(self.test, self.record.test_loss, self.record.test_accuracy)
        if keep_every and epoch % keep_every == 0:
            self._keep(epoch)

    def last(self, epoch: int, keep_every: int) -> None:
        """Add what is still missing when training ends."""
        if self.late:
            self._note(self.train, self.record.train_loss, self.record.train_accuracy)
        if keep_every and self.record.snapshot_epochs[-1] != epoch:
            self._keep(epoch)

    def _note(self, judge: Judge, losses: list[Array], accuracies: list[Array]) -> None:
        loss, accuracy = judge()
        losses.append(loss)
        accuracies.append(accuracy)

    def _keep(self, epoch: int) -> None:
        self.record.snapshots.append(self.network.dump())
        self.record.snapshot_epochs.append(epoch)


def _broken(theta: Array) -> bool:
    # The sum is quicker; where it overflows, look closer.
    return not (np.isfinite(theta.sum()) or np.isfinite(theta).all())


def _find_break(steps: Steps, before: Kept, table: Array, first: int) -> int:
    after = steps.save()
    steps.restore(before)
    step = first + steps.first_bad_step(table)
    steps.restore(after)
    return step


def _out_of_patience(record: Record, patience: int) -> bool:
    losses = np.array(record.test_loss or record.train_loss)
    best = int(np.nanargmin(losses)) if np.isfinite(losses).any() else 0
    return len(losses) - 1 - best >= patience
