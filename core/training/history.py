"""What a training run leaves behind: curves, snapshots of the weights, and a network that can be asked at any epoch."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from core.data.prepare import Prepared
from core.nn.losses import Loss
from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import loss_of, network_of
from core.training.deciding import class_one, largest
from core.training.experiment import Experiment
from core.training.judge import has_spread

CURVES = (
    "train_loss",
    "test_loss",
    "train_accuracy",
    "test_accuracy",
    "validation_loss",
    "validation_accuracy",
)
ARRAYS = (*CURVES, "learning_rate", "snapshots", "snapshot_epochs", "facts")


@dataclass(frozen=True, eq=False)
class History:
    """One run. E epochs were trained; curves have E + 1 entries, entry 0 from before training.

    Attributes
    ----------
    train_loss, test_loss : (E + 1,) mean loss, without penalties.
    train_accuracy, test_accuracy : (E + 1,) share of right answers; R^2 for regression, NaN where it is not defined.
    learning_rate : (steps,)
    snapshots : (S, size) float32, the parameters at ``snapshot_epochs`` (S,).
    facts : (3,) the step at which the run diverged (-1: never), whether it stopped early, steps an epoch.
    validation_loss, validation_accuracy : (E + 1,) where a validation part was set aside, else (0,).
    """

    experiment: Experiment
    data: Prepared
    train_loss: Array
    test_loss: Array
    train_accuracy: Array
    test_accuracy: Array
    learning_rate: Array
    snapshots: Array
    snapshot_epochs: Array
    facts: Array
    validation_loss: Array
    validation_accuracy: Array

    def arrays(self) -> dict[str, Array]:
        """Return everything but the data, which the experiment can make again, as plain arrays: fit for a cache."""
        return {name: getattr(self, name) for name in ARRAYS}

    @property
    def epochs(self) -> int:
        """How many epochs were trained: fewer than asked for after divergence or early stopping."""
        return len(self.train_loss) - 1

    @property
    def diverged_step(self) -> int | None:
        """The step after which a parameter was no longer a number, or None."""
        return None if self.facts[0] < 0 else int(self.facts[0])

    @property
    def stopped_early(self) -> bool:
        """Whether patience ran out."""
        return bool(self.facts[1])

    @property
    def best_epoch(self) -> int | None:
        """The epoch with the lowest validation loss; None without a validation part: the test data choose nothing."""
        finite = np.isfinite(self.validation_loss)
        return int(np.argmin(np.where(finite, self.validation_loss, np.inf))) if finite.any() else None

    def undefined(self, part: str) -> str:
        """Say why a part ("train", "validation" or "test") has no R^2; empty where it has a score.

        >>> from core.training.engine import train
        >>> train(Experiment(dataset="sine", samples=10, test_share=0.1, epochs=1)).undefined("test")
        'one test example'
        """
        y = getattr(self.data, f"y_{part}")
        if self.data.data.task == "classification" or not len(y) or has_spread(y[None]):
            return ""
        word = "training" if part == "train" else part
        return f"one {word} example" if len(y) == 1 else f"all {word} targets are equal"

    def until(self, epoch: int) -> "History":
        """Return the run as if it had ended at the last snapshot that is not after ``epoch`` (negative: the whole)."""
        at = self.snapshot_of(epoch)
        last, per_epoch = int(self.snapshot_epochs[at]), int(self.facts[2])
        if epoch < 0 or last >= self.epochs:
            return self
        curves: dict[str, Any] = {name: getattr(self, name)[: last + 1] for name in CURVES}
        parts: dict[str, Any] = {
            "snapshots": self.snapshots[: at + 1],
            "snapshot_epochs": self.snapshot_epochs[: at + 1],
        }
        rates, facts = self.learning_rate[: last * per_epoch], np.array([-1, 0, per_epoch])
        return replace(self, learning_rate=rates, facts=facts, **curves, **parts)

    @cached_property
    def loss(self) -> Loss:
        """The loss that was trained, as the core knows it."""
        return loss_of(self.experiment)

    def network(self, epochs: Any = -1, dtype: Any = np.float32) -> Network:
        """Return the network as it was at an epoch, or one network for each of several epochs, side by side."""
        rows = self.snapshots[[self.snapshot_of(e) for e in np.atleast_1d(epochs)]]
        network = network_of(self.experiment, self.data.X_train.shape[1], len(rows), dtype)
        network.load(rows)
        return network

    def snapshot_of(self, epoch: int) -> int:
        """Return the index of the last snapshot that is not after ``epoch`` (negative: from the end)."""
        at = epoch if epoch >= 0 else self.epochs + 1 + epoch
        return max(0, int(np.searchsorted(self.snapshot_epochs, at, "right")) - 1)

    def predict(self, X: Array, epoch: int = -1) -> Array:
        """Say what the network of an epoch says of raw points ``(N, d)``, in the data's own units.

        Returns
        -------
        (N,) probability of class 1, for two classes; (N, K) probabilities, for more; (N,) numbers in the target's
        units, for regression.
        """
        return self.predict_many(X, [epoch])[0]

    def decide(self, X: Array, epoch: int = -1) -> Array:
        """Return the class ``(N,)`` that the network of an epoch takes each raw point for, as accuracy counts it."""
        with np.errstate(all="ignore"):
            z = self.network(epoch).outputs_for(self.data.inputs(np.asarray(X, float)))
        return class_one(z[0]).astype(int) if len(z) == 1 else largest(z, 0)

    def predict_many(self, X: Array, epochs: Any) -> Array:
        """Predict for several epochs at once: a leading axis more than `predict`."""
        inputs, answers = self.data.inputs(np.asarray(X, float)), []
        step = max(1, int(4e6 // max(1, len(inputs) * max(1, *self.experiment.hidden, 1))))
        epochs = np.atleast_1d(epochs)
        with np.errstate(all="ignore"):
            for start in range(0, len(epochs), step):
                z = self.network(epochs[start : start + step]).outputs_for(inputs)
                p = self.loss.predict(z)
                answers.append(p[:, None] if p.ndim == 2 else p)
        together = np.concatenate(answers, axis=1)  # (K, M, N)
        if self.data.data.task == "regression":
            return np.asarray(self.data.target(together[0]))
        return together[0] if len(together) == 1 else together.transpose(1, 2, 0)
