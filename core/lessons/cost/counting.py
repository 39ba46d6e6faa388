"""What a run does and how long it takes: the calls on the engine's own tape, counted by the sizes of their arrays."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np

from core.nn.network import Network
from core.nn.tape import Call, Tape
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.epochs import Epochs
from core.training.experiment import Experiment

RUN = Experiment(epochs=100)
"""Two moons and two hidden layers, as in the simulator."""
WIDTHS, BATCHES = (8, 16, 32, 64, 128), (8, 32, 210)
PIECES, MOST_PIECES, LONGEST = 10, 50, 0.1
"""A run is timed in so many equal pieces; more runs follow up to so many pieces, or until so many seconds are over."""
CLOCK = time.thread_time if time.get_clock_info("thread_time").resolution < 1e-3 else time.perf_counter
"""What the processor spends on this run alone, where that can be read; else also what others take meanwhile."""
PARTS = ("forward", "backward", "update")


@dataclass(frozen=True)
class Work:
    """Operations on numbers: those inside matrix products, two for each multiply-add, and all others."""

    multiply_adds: int = 0
    others: int = 0

    def __add__(self, more: "Work") -> "Work":
        return Work(self.multiply_adds + more.multiply_adds, self.others + more.others)

    def __sub__(self, less: "Work") -> "Work":
        return Work(self.multiply_adds - less.multiply_adds, self.others - less.others)

    def __mul__(self, times: int) -> "Work":
        return Work(self.multiply_adds * times, self.others * times)

    @property
    def operations(self) -> int:
        """A multiplication and an addition are two."""
        return 2 * self.multiply_adds + self.others


def work_of(call: Call) -> Work:
    """Return what one NumPy call does; copying numbers is no arithmetic.

    A product of (p, q) and (q, r) makes p r sums of q terms each. Any other function works on each number that it
    makes, or, if it adds up, on each number that it reads. (A tanh counts as one, though it takes a processor many
    steps.)
    """
    function, arguments = call
    if function is np.matmul:
        return Work(multiply_adds=arguments[-1].size * arguments[0].shape[-1])
    if isinstance(first := getattr(function, "__self__", None), np.ndarray):  # `dot`, a method of its first factor
        return Work(multiply_adds=arguments[-1].size * first.shape[-1])
    if isinstance(function, np.ufunc):
        return Work(others=arguments[-1].size)
    if getattr(function, "__name__", "") == "reduce":
        return Work(others=arguments[0].size)
    return Work()


def count(calls: Iterable[Call]) -> Work:
    """Return what a list of calls does."""
    return sum(map(work_of, calls), Work())


def experiment(width: int, batch: int) -> Experiment:
    """Return a run with layers of so many units and batches of such a size."""
    return replace(RUN, hidden=(width, width), batch_size=batch)


def begun(e: Experiment) -> tuple[Network, Epochs]:
    """Return the run's network at its first weights, and its steps as the engine has recorded them."""
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1])
    network.start([e.seed])
    return network, Epochs(network, recipe_of(e), (data.X_train, data.y_train))


def step(e: Experiment) -> dict[str, Work]:
    """Return what forward, backward and update do in one step on a whole batch.

    A forward pass alone is recorded, then one with its way back: the difference is the backward pass, and what the
    engine's own step does beyond both is the update.
    """
    network, epochs = begun(e)
    loss, x_y = recipe_of(e).loss, epochs.batch()
    forward, gradient = Tape(network.dtype), Tape(network.dtype)
    network.record_forward(forward, x_y[0])
    network.record_gradient(gradient, *x_y, loss)
    there, both, whole = count(forward.calls), count(gradient.calls), count(epochs.steps.calls[0])
    return {"forward": there, "backward": both - there, "update": whole - both}


def whole_run(e: Experiment) -> Work:
    """Return what all training steps of the run do, the last and smaller batch of an epoch included."""
    _, epochs = begun(e)
    return count(call for calls in epochs.steps.calls for call in calls) * e.epochs


def steps_of(e: Experiment) -> int:
    """Return how many steps the run takes."""
    return len(begun(e)[1]) * e.epochs


def taken(e: Experiment, clock: Callable[[], float] = CLOCK) -> tuple[Network, list[float]]:
    """Take the run's steps; return the trained network and the seconds of each piece, with nothing else in them."""
    network, epochs = begun(e)
    recipe, each = recipe_of(e), len(epochs)
    t = np.arange(each * e.epochs)
    table = recipe.optimizer.knobs(t + 1.0, recipe.schedule(t, len(t), e.learning_rate)).astype(np.float32)
    seconds = []
    for piece in np.array_split(np.arange(e.epochs), PIECES):
        began = clock()
        for epoch in piece:
            epochs.shuffle()
            epochs.steps.run(table[epoch * each : (epoch + 1) * each])
        seconds.append(clock() - began)
    return network, seconds


def seconds(e: Experiment) -> float:
    """Return how long the run takes on this machine, with two digits: more would be noise.

    It's the median of at least `PIECES` timings, each of an equal piece of the run, times the pieces of a run: a server
    has other things to do now and then.
    """
    began, each = time.perf_counter(), taken(e)[1]
    while len(each) < MOST_PIECES and time.perf_counter() - began < LONGEST:
        each += taken(e)[1]
    return float(f"{PIECES * median(each):.2g}")


def measured(width: int, batch: int) -> dict[str, Any]:
    """Count one run and take its time, as plain numbers."""
    e = experiment(width, batch)
    parts, whole = step(e), whole_run(e)
    found: dict[str, Any] = {name: parts[name].multiply_adds for name in PARTS}
    found |= {f"{name} others": parts[name].others for name in PARTS}
    found |= {"multiply_adds": whole.multiply_adds, "operations": whole.operations}
    return found | {"steps": steps_of(e), "seconds": seconds(e)}
