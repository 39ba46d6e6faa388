"""The steps of an epoch: gradient, penalty, update, recorded once and replayed on every batch."""

from itertools import pairwise
from typing import Any

import numpy as np

from core.nn import penalties
from core.nn.clipping import clip
from core.nn.network import Network
from core.nn.tape import LINE, Array, Tape, assign, memory, replay
from core.training.examples import Examples, in_pieces, quick_piece, room_for_answers
from core.training.recipe import Recipe

Checkpoint = tuple[Array, Array, list[Any]]

PIECE = 16_384
"""About so many parameters are updated at a time: an optimizer's arrays then stay in the processor's fast cache."""

TIDY_EVERY = 64
"""Steps between two looks for numbers that have died out."""


class Steps:
    """One epoch of training steps: each a list of calls on its own batch, all sharing one set of buffers."""

    def __init__(self, network: Network, recipe: Recipe, examples: Examples) -> None:
        self.network, self.recipe, self.examples = network, recipe, examples
        self.batch, self.taken = min(recipe.batch_size, len(examples)), 0
        self.rngs = tuple(np.random.default_rng([7, s]) for s in recipe.dropout_seeds or range(network.models))
        size, line = network.theta.size, LINE // network.dtype.itemsize
        self.state = memory((len(recipe.optimizer.memory), -(-size // line) * line), network.dtype)[:, :size]
        self.state[...] = 0
        self.knobs = np.zeros(recipe.optimizer.knobs(np.ones(1), np.ones(1)).shape[-1], network.dtype)
        self.l1, self.l2 = (self._strength(s) for s in (recipe.l1, recipe.l2))
        self.drawing = self.rngs  # those that a step draws from
        checkpoint = self.save()
        self.calls = in_pieces(self._record, len(examples), self.batch, examples.inputs, examples.targets)
        self.restore(checkpoint)
        draws = any(isinstance(getattr(f, "__self__", None), np.random.Generator) for f, _ in self.calls[0])
        self.drawing = self.rngs if draws else ()

    @property
    def whole_batches_only(self) -> bool:
        """Whether a batch has statistics of its own (batch norm's), and so cannot be taken in pieces."""
        return self.network.theta.size < self.network.store.size

    @property
    def same_as_in_use(self) -> bool:
        """Whether a step's forward pass is the network's own: no dropout and no batch statistics in it."""
        return not self.drawing and not self.whole_batches_only

    def _strength(self, s: Any) -> Array:
        each = np.broadcast_to(np.asarray(s, np.float64), (self.network.models,))
        return (self.network.spread(each) * self.network.weights_only()).astype(self.network.dtype)

    def _record(self, start: int, stop: int) -> Tape:
        """Record the step on examples start to stop."""
        tape, network = Tape(self.network.dtype), self.network
        size = stop - start if self.whole_batches_only else quick_piece(network)
        if stop - start <= size:
            self.z = self._gradient(tape, start, stop, 1.0)
        else:
            self.z = self._gradient_in_pieces(tape, start, stop, size)
        penalties.add_gradient(tape, network.theta, network.grad, self.l1, self.l2)
        if self.recipe.clip:
            clip(tape, network.g.values(), self.recipe.clip)
        tape.section = "update"
        self._update(tape)
        return tape

    def _gradient(self, tape: Tape, start: int, stop: int, share: float) -> Array:
        x, y = self.examples.part(start, stop)
        return self.network.record_gradient(tape, x, y, self.recipe.loss, self.rngs, share=share)

    def _gradient_in_pieces(self, tape: Tape, start: int, stop: int, size: int) -> Array:
        """Record a large batch's gradient as a sum over pieces of it: the same number, from products that are quick."""
        network, n, total = self.network, stop - start, memory(self.network.grad.shape, self.network.dtype)
        rows = room_for_answers(network, n)

        def record(a: int, b: int) -> Tape:
            piece = Tape(network.dtype)
            z = self._gradient(piece, start + a, start + b, (b - a) / n)
            piece(assign, z, out=rows[a:b].T, name="z of these examples")
            piece(np.add, total, network.grad, out=total, name="gradient so far")
            return piece

        tape(assign, 0, out=total, name="no gradient yet")
        for calls in in_pieces(record, n, size, self.examples.inputs, self.examples.targets, rows):
            tape.include(calls, "a piece of the batch")
        tape(assign, total, out=network.grad, name="gradient of the batch")
        return rows.T

    def _update(self, tape: Tape) -> None:
        network, optimizer = self.network, self.recipe.optimizer
        knobs = [self.knobs[i : i + 1].reshape(()) for i in range(self.knobs.size)]
        rates = None if self.recipe.relative_rates is None else network.spread(self.recipe.relative_rates)
        size = network.theta.size
        bounds = np.linspace(0, size, max(1, round(size / PIECE)) + 1).astype(int)
        bounds[1:-1] -= bounds[1:-1] % (LINE // network.dtype.itemsize)
        for start, stop in pairwise(bounds):
            part = slice(start, stop)
            theta, g, state = tape.watch((network.theta[part], network.grad[part], self.state[:, part]))
            update = optimizer.update(theta, g, state, *tape.watch(knobs))
            if rates is not None:
                update *= rates[part]
            theta -= update

    def save(self, checkpoint: Checkpoint | None = None) -> Checkpoint:
        """Copy parameters, optimizer memory and where the generators are; into ``checkpoint``, if it is given."""
        checkpoint = checkpoint or (np.empty_like(self.network.store), np.empty_like(self.state), [])
        checkpoint[0][...], checkpoint[1][...] = self.network.store, self.state
        checkpoint[2][:] = [rng.bit_generator.state for rng in self.drawing]
        return checkpoint

    def restore(self, checkpoint: Checkpoint) -> None:
        """Put back what `save` copied."""
        self.network.store[...], self.state[...], places = checkpoint
        for rng, place in zip(self.drawing, places, strict=True):
            rng.bit_generator.state = place

    def tidy(self) -> None:
        """Set to zero what has died out: below the smallest normal number arithmetic is many times slower.

        A unit that is off for good leaves such numbers in the memory of Adam and momentum, where they stay for ever.
        Adding a number swallows what is too small beside it, and taking it away again leaves the rest.
        """
        about = np.finfo(self.state.dtype)
        for a in (self.state, self.network.theta):
            a += about.tiny / about.eps
            a -= about.tiny / about.eps

    def run(self, table: Array) -> None:
        """Take the epoch's steps; ``table`` has a row of knobs a step."""
        knobs = self.knobs
        for calls, row in zip(self.calls, table, strict=True):
            if self.taken % TIDY_EVERY == 0:
                self.tidy()
            self.taken += 1
            knobs[:] = row
            for function, arguments in calls:
                function(*arguments)

    def first_bad_step(self, table: Array) -> int:
        """Take the steps again, one at a time, and return the first after which a parameter is not a number."""
        for i, (calls, row) in enumerate(zip(self.calls, table, strict=True)):
            self.knobs[:] = row
            replay(calls)
            if broken(self.network.theta):
                return i
        return len(self.calls) - 1


def broken(theta: Array) -> bool:
    """Return whether a parameter is not a number. (The sum is quicker; where it overflows, look closer.)"""
    return not (np.isfinite(theta.sum()) or np.isfinite(theta).all())
