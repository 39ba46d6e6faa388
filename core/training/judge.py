"""How good is the network now? Loss and accuracy on fixed examples."""

import numpy as np

from core.nn.losses import Loss
from core.nn.network import Network
from core.nn.tape import Array, Call, Tape, assign, memory, replay
from core.training.deciding import class_one, largest
from core.training.examples import Examples, in_pieces, quick_piece, room_for_answers


class Judge:
    """Measures mean loss and accuracy (R^2 for numbers) on fixed examples, by replaying one forward pass.

    Given ``z``, it looks at those outputs instead of computing its own.
    """

    def __init__(self, network: Network, loss: Loss, X: Array, y: Array, z: Array | None = None) -> None:
        examples, tape = Examples(network, loss, X, y), Tape(network.dtype)
        self.y, self.kind = np.ascontiguousarray(examples.part(0, len(examples))[1]), loss.targets
        self.calls, self.z = forward(network, examples) if z is None else ([], z)
        self.loss = tape.record(loss.value, self.z, self.y)
        self.calls += tape.calls
        self.classes = largest(self.y, 0) if self.kind == "one-hot" else class_one(self.y[0])
        spread = np.square(self.y - self.y.mean(-1, keepdims=True)).mean((0, -1))
        self.spread = np.where(has_spread(self.y), np.maximum(spread, 1e-12), np.nan)

    def __call__(self) -> tuple[Array, Array]:
        """Return loss and accuracy, each ``()`` or ``(M,)``, for the network as it is now."""
        replay(self.calls)
        return self.loss.copy(), self.accuracy()

    def accuracy(self) -> Array:
        """Return the share of right answers, or R^2 for numbers (NaN where the targets have no spread)."""
        if self.kind == "signs":
            return np.asarray((class_one(self.z[0]) == self.classes).mean(-1))
        if self.kind == "one-hot":
            return np.asarray((largest(self.z, 0) == self.classes).mean(-1))
        wrong = np.square(self.z - self.y).mean((0, -1))
        return np.asarray(1 - wrong / self.spread)


def has_spread(y: Array) -> Array:
    """Return whether targets ``(K, ..., B)`` differ at all, by more than rounding: ``()``, or one answer a model.

    R^2 compares the errors with the targets' spread. One example has none, nor have equal targets: then R^2 does not
    exist.

    >>> [bool(has_spread(np.array([y]))) for y in ([3.0], [0.1, 0.1, 0.1], [0.1, 0.2])]
    [False, False, True]
    """
    y = y.astype(np.float64)
    return np.square(y - y.mean(-1, keepdims=True)).mean((0, -1)) > 1e-18 * np.square(y).mean((0, -1))


def forward(network: Network, examples: Examples) -> tuple[list[Call], Array]:
    """Return the calls of a forward pass over all examples, in quick pieces, and the z that they fill."""
    rows = room_for_answers(network, len(examples))
    z = memory(rows.T.shape, network.dtype)

    def record(start: int, stop: int) -> Tape:
        tape = Tape(network.dtype)
        piece = network.record_forward(tape, examples.part(start, stop)[0])
        tape(assign, piece, out=rows[start:stop].T, name="z of these examples")
        return tape

    pieces = in_pieces(record, len(examples), quick_piece(network), examples.inputs, rows)
    assign(rows.T, z)
    return [*(call for calls in pieces for call in calls), (assign, (rows.T, z))], z
