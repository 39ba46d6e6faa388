"""One weight followed through a run: at chosen steps its gradient, what the optimizer makes of it, and the move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.epochs import Epochs
from core.training.experiment import Experiment
from core.training.one_step import parameter_name


@dataclass(frozen=True, eq=False)
class Followed:
    """What happens to one weight in some steps of a run, (S,) each.

    Attributes
    ----------
    name : which weight it is, in words.
    numbers : the steps, from 1.
    before, gradient, after : the weight before the step, dL/dw, and the weight after it.
    rate : the learning rate.
    memory : what the optimizer remembers of it after the step, by name.
    """

    name: str
    numbers: Array
    before: Array
    gradient: Array
    after: Array
    rate: Array
    memory: dict[str, Array]


@np.errstate(all="ignore")  # a step may be too small for a number, and that is no fault
def follow(experiment: Experiment, index: int, numbers: Sequence[int]) -> Followed:
    """Train the run anew and note the steps ``numbers`` (ascending, from 1) of the parameter ``index`` of ``theta``.

    As in `core.training.one_step.one_step`, the steps are the run's own, but for the schedule "plateau".

    Examples
    --------
    >>> f = follow(Experiment(optimizer="sgd", learning_rate=0.3), 0, [1, 7])
    >>> bool(np.allclose(f.after - f.before, -0.3 * f.gradient, atol=1e-6))
    True
    """
    e, data, recipe = experiment, prepare_experiment(experiment), recipe_of(experiment)
    network = network_of(e, data.X_train.shape[1])
    network.start([e.seed])
    epochs = Epochs(network, recipe, (data.X_train, data.y_train))
    t = np.arange(numbers[-1])
    rates = recipe.schedule(t, len(epochs) * e.epochs, recipe.learning_rate)
    wanted, rows, memory = set(numbers), [], []
    for k, knobs in enumerate(recipe.optimizer.knobs(t + 1.0, rates).astype(network.dtype), 1):
        epochs.batch()
        before = float(network.theta[index])
        epochs.step(knobs)
        if k in wanted:
            rows.append((k, before, float(network.grad[index]), float(network.theta[index]), float(rates[k - 1])))
            memory.append(epochs.steps.state[:, index].copy())
    number, before_, gradient, after, rate = np.array(rows).T
    remembered = recipe.optimizer.named(np.array(memory, float).T)
    name = parameter_name(network, index, data.input_names)
    return Followed(name, number.astype(int), before_, gradient, after, rate, remembered)
