"""Many runs beside one another: the same experiment with other seeds, or with one setting swept.

Networks of one shape train in one pass (the model axis of ``core.nn``), so a band over seeds costs little more than
one lucky run. Settings that change the recorded step itself, such as the activation, take a pass each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.data.prepare import Prepared
from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit

STACKED = ("learning_rate", "l1", "l2")
"""Settings that may differ between networks that train in one pass."""
WIDE = 4_000
"""Where widest layer x batch exceeds this, networks side by side are no faster than one after another (measured)."""


@dataclass(frozen=True, eq=False)
class Study:
    """V values of one setting times S seeds, E epochs.

    Attributes
    ----------
    field, values, seeds : what was varied.
    train_loss, test_loss, train_accuracy, test_accuracy : (V, S, E + 1); NaN after divergence, and after the last
        epoch of a run that is shorter than the longest (``field="epochs"``).
    parameters : (V, S, size) at the end; NaN beyond a network that is smaller than the largest (``field="hidden"``).
    """

    field: str
    values: tuple[Any, ...]
    seeds: tuple[int, ...]
    train_loss: Array
    test_loss: Array
    train_accuracy: Array
    test_accuracy: Array
    parameters: Array


def sweep(
    experiment: Experiment,
    field: str = "seed",
    values: Sequence[Any] = (),
    seeds: Sequence[int] = (0,),
    dtype: Any = np.float32,
    data: Prepared | None = None,
) -> Study:
    """Train the experiment at each value of one field, with each seed; on other data than its own, if given.

    Raises
    ------
    ValueError : if a value is not lawful for the experiment; the message says why.

    Examples
    --------
    >>> study = sweep(Experiment(epochs=5), "learning_rate", [0.001, 0.1], seeds=range(3))
    >>> study.train_loss.shape
    (2, 3, 6)
    """
    if field == "seed":
        seeds, values = tuple(values or seeds), (0,)
        each = [replace(experiment, patience=0)]
    else:
        each = [_changed(experiment, field, value) for value in values]
    if field in STACKED and _narrow(experiment):
        parts = [_stacked(each, tuple(seeds), dtype, data)]
    else:
        parts = [_stacked([e], tuple(seeds), dtype, data) for e in each]
    arrays = [_one_below_another(columns) for columns in zip(*parts, strict=True)]
    return Study(field, tuple(values), tuple(seeds), *arrays)


def _one_below_another(arrays: Sequence[Array]) -> Array:
    """Stack ``(V, S, n)`` arrays of different n, the shorter ones filled up with NaN."""
    longest = max(a.shape[-1] for a in arrays)
    return np.concatenate(
        [np.pad(a, ((0, 0), (0, 0), (0, longest - a.shape[-1])), constant_values=np.nan) for a in arrays]
    )


def _changed(experiment: Experiment, field: str, value: Any) -> Experiment:
    changed = replace(experiment, **{"patience": 0, field: value})
    checked, problems = Experiment.from_query(changed.to_query())
    if problems:
        raise ValueError(" ".join(problems))
    return checked


def _narrow(e: Experiment) -> bool:
    return max((1, *e.hidden)) * e.batch_size <= WIDE


def _stacked(each: list[Experiment], seeds: tuple[int, ...], dtype: Any, given: Prepared | None = None) -> list[Array]:
    """Train (V, S) networks in one pass; returns curves (V, S, E + 1) and parameters (V, S, size)."""
    e, shape = each[0], (len(each), len(seeds))
    data, models = given or prepare_experiment(e), shape[0] * shape[1]
    if e.validation_share and models > 1:  # each follows its own run's loss
        alone = [_stacked([x], (seed,), dtype, given) for x in each for seed in seeds]
        return [np.concatenate(part).reshape(*shape, -1) for part in zip(*alone, strict=True)]
    network = network_of(e, data.X_train.shape[1], models, dtype)
    network.start(seeds * len(each))

    def repeat(name: str) -> Array:
        return np.repeat([getattr(x, name) for x in each], len(seeds))

    rates = repeat("learning_rate")
    more = {"relative_rates": rates / e.learning_rate} if np.ptp(rates) else {}
    recipe = recipe_of(e, l1=repeat("l1"), l2=repeat("l2"), dropout_seeds=seeds * len(each), **more)
    sets = (data.X_train, data.y_train), (data.X_test, data.y_test)
    watched = (data.X_validation, data.y_validation) if len(data.validation) else None
    record = fit(network, recipe, *sets, snapshot_every=0, validation=watched)
    curves = (record.train_loss, record.test_loss, record.train_accuracy, record.test_accuracy)
    arrays = [np.full((models, e.epochs + 1), np.nan) for _ in curves]
    for array, curve in zip(arrays, curves, strict=True):
        array[:, : len(curve)] = np.array(curve).reshape(-1, models).T
    for losses, accuracies in zip(arrays[:2], arrays[2:], strict=True):
        losses[~np.isfinite(losses)] = np.nan
        accuracies[np.isnan(losses)] = np.nan
    return [a.reshape(*shape, -1) for a in (*arrays, network.dump())]
