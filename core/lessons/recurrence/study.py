"""Twenty networks learn to say the first symbol, side by side: who can, and how far back does the gradient reach?"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.lessons.recurrence.task import OPEN, network, sequences
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import Adam
from core.nn.tape import Array, Tape
from core.training.epochs import Epochs
from core.training.examples import Examples
from core.training.judge import Judge
from core.training.recipe import Recipe

SEEDS, WIDTH, STEPS, EVERY = 20, 8, 300, 20
TESTED, ASKED = 500, 64
"""How many new sequences say how often a network is right, and how many say how far its gradient reaches."""
GOOD = 0.95
"""Who is right more often than that remembers."""
LENGTHS = (5, 10, 20, 30, 50)
GATES = (0.0, 1.0, 3.0, 5.0)
RECIPE = Recipe(LOSSES["bce"], Adam(), learning_rate=0.01, batch_size=16, clip=1.0)
Progress = Callable[[float], None] | None


class Watching(Tape):
    """A tape that also knows where each call leaves its result."""

    def __init__(self, dtype: Any) -> None:
        super().__init__(dtype)
        self.results: list[Array] = []

    def _note(self, function: Callable[..., Any], arguments: tuple[Any, ...], out: Array) -> None:
        super()._note(function, arguments, out)
        self.results.append(out)


class Reach:
    """Measures how strongly the loss pulls on the memory of each step, by replaying one pass forward and back.

    The pull on h after step t is the length of dL/dh_t, L one sequence's loss: the mean over `ASKED` sequences. An
    LSTM's memory is its cell c.
    """

    def __init__(self, made: Network, kind: str, X: Array, y: Array) -> None:
        self.tape = Watching(made.dtype)
        made.record_gradient(self.tape, *Examples(made, RECIPE.loss, X, y).part(0, len(X)), RECIPE.loss)
        last, each = "1 dense backward: dx = ", f"{' dc = dc + ' if kind == 'lstm' else ' dh = '}"
        names = self.tape.names
        found = [k for k, name in enumerate(names) if name.startswith(last) or each in f" {name}"]
        self.wanted = found[1:] if kind == "lstm" else found[: X.shape[1]]  # h_0 is 0 and nobody's

    def __call__(self) -> Array:
        """Return the pull ``([M,] T)``, from the last step back to the first."""
        pulls: list[Array] = []
        for k, (function, arguments) in enumerate(self.tape.calls):
            function(*arguments)
            if k in self.wanted:
                pulls.append(np.sqrt(np.square(self.tape.results[k]).sum(0)).sum(-1))
        return np.stack(pulls, axis=-1)


def trained(
    made: Network, length: int, look: Callable[[int], None], steps: int = STEPS, every: int = EVERY, seed: int = 7
) -> None:
    """Train networks in place, each on new sequences of its own at every step; ``look`` now and every so many steps."""
    rng, shape = np.random.default_rng(seed), (RECIPE.batch_size, made.models, length)
    epochs = Epochs(made, RECIPE, sequences(rng, *shape))
    knobs = RECIPE.optimizer.knobs(np.arange(steps) + 1.0, np.full(steps, RECIPE.learning_rate))
    look(0)
    for step in range(1, steps + 1):
        X, y = sequences(rng, *shape)
        epochs.shuffled.inputs[..., :-1] = X
        epochs.shuffled.targets[..., 0] = 2 * y - 1
        epochs.step(knobs[step - 1])
        if step % every == 0:
            look(step)


def learn(
    kind: str, length: int, gate: float = OPEN, seeds: Sequence[int] = range(SEEDS), progress: Progress = None
) -> dict[str, Array]:
    """Train one kind of network from many starts.

    Returns
    -------
    "step" (F,), and at each of those: "right" (F, S) the share of new sequences answered right, "pull" (F, S, T) how
    strongly the loss pulls on the memory 0, 1, ... steps back.
    """
    made, rng = network(kind, length, WIDTH, seeds, gate), np.random.default_rng(1)
    judge = Judge(made, RECIPE.loss, *sequences(rng, TESTED, length))
    reach = Reach(made, kind, *sequences(rng, ASKED, length))
    found: list[tuple[int, Array, Array]] = []

    def look(step: int) -> None:
        found.append((step, judge()[1].copy(), reach()))
        if progress:
            progress(step / STEPS)

    trained(made, length, look)
    steps, right, pull = zip(*found, strict=True)
    return {"step": np.array(steps), "right": np.array(right), "pull": np.array(pull)}


def remember(found: dict[str, Array]) -> Array:
    """Return how many starts remember at each moment, (F,)."""
    return np.asarray((found["right"] > GOOD).sum(axis=1))
