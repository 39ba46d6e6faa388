"""What a learner should know about an experiment's settings: lawful all of them, and yet some cannot do their work."""

from collections.abc import Callable
from itertools import pairwise
from math import prod

from core.data.prepare import Prepared
from core.nn.activations import ACTIVATIONS
from core.training.experiment import Experiment, layer_sizes

OFTEN = 0.05
"""Dropout that silences a whole layer for more than this share of the examples is spoken of."""


def advice(e: Experiment, data: Prepared) -> list[str]:
    """Return a sentence for each thing that the experiment's settings do, or cannot do, without showing it.

    Examples
    --------
    >>> from core.training.building import prepare_experiment
    >>> e = Experiment(patience=200)
    >>> advice(e, prepare_experiment(e))[1]
    'Early stopping: a patience of 200 cannot stop a run of 100 epochs.'
    """
    rules: tuple[Callable[[Experiment, Prepared], str], ...] = (
        _validation, _patience, _plateau, _batch_norm, _between_layers, _residual, _dropout, _zeros, _one_example,
        _missing_classes, _coin_tosses,
    )  # fmt: skip
    return [sentence for rule in rules if (sentence := rule(e, data))]


def _validation(e: Experiment, data: Prepared) -> str:
    if not len(data.validation):
        return ""
    watchers = ["early stopping"] * bool(e.patience) + ["the plateau schedule"] * (e.schedule == "plateau")
    who, total = " and ".join(watchers), len(data.train) + len(data.validation)
    return (
        f"Validation: {who} must not look at the test data. So a fifth of the training data ({len(data.validation)} "
        f"of {total} examples) is set aside to be watched, and not trained on. Links made before this was so give "
        "other numbers now."
    )


def _patience(e: Experiment, data: Prepared) -> str:
    if not e.patience or e.patience < e.epochs:
        return ""
    return f"Early stopping: a patience of {e.patience} cannot stop a run of {e.epochs} epochs."


def _plateau(e: Experiment, data: Prepared) -> str:
    waits = e.plateau_wait + 1
    if e.schedule != "plateau":
        return ""
    if e.epochs <= waits + 1:
        return f"Schedule: the plateau schedule waits {waits} epochs, too long to act in a run of {e.epochs}."
    if 0 < e.patience <= waits:
        return (
            f"Schedule: the plateau schedule waits {waits} epochs without a better loss; early stopping ends the run "
            f"after {e.patience} such epochs. So the learning rate hardly ever falls."
        )
    return ""


def _batch_norm(e: Experiment, data: Prepared) -> str:
    n = len(data.train)
    if not e.batch_norm or not e.hidden:
        return ""
    if e.batch_size == 1 or n == 1:
        return (
            "Batch norm: with one example in a batch there is no variance, so every unit's z becomes 0 whatever the "
            "input is, and nothing can be learned. Take larger batches."
        )
    if n > e.batch_size and n % e.batch_size == 1:
        return (
            f"Batch norm: {n} training examples in batches of {e.batch_size} leave one over. A batch of one example "
            "has no variance, so that step learns nothing from its input. Another batch size avoids it."
        )
    return ""


def _between_layers(e: Experiment, data: Prepared) -> str:
    wanted = ["batch norm"] * e.batch_norm + ["dropout"] * bool(e.dropout) + ["residual connections"] * e.residual
    if e.hidden or not wanted:
        return ""
    return f"Network: there is no hidden layer, so {' and '.join(wanted)} can do nothing."


def _residual(e: Experiment, data: Prepared) -> str:
    if not e.residual or not e.hidden or any(a == b for a, b in pairwise(layer_sizes(e)[:-1])):
        return ""
    return "Residual connections: they need a hidden layer as wide as what comes before it, and there is none."


def _dropout(e: Experiment, data: Prepared) -> str:
    if not e.dropout or not e.hidden:
        return ""
    silent = 1 - prod(1 - e.dropout**width for width in e.hidden)
    if silent <= OFTEN:
        return ""
    units = "all units of the layer" if len(e.hidden) == 1 else "all units of at least one layer"
    units = "the only unit of the layer" if e.hidden == (1,) else units
    return f"Dropout: in training, {units} will be off for {silent:.0%} of the examples. Then no input gets through."


def _zeros(e: Experiment, data: Prepared) -> str:
    zero = e.initializer == "zeros" or (e.initializer in ("normal", "constant") and e.init_scale == 0)
    around = e.residual and len(set(layer_sizes(e)[:-1])) == 1  # the input gets through beside the layers
    if not e.hidden or not zero or around or ACTIVATIONS[e.activation]([0.0])[0] != 0:
        return ""
    return (
        "First weights: all are 0, so every hidden unit gives 0 and every gradient but that of the output's bias is 0. "
        "This network cannot learn."
    )


def _one_example(e: Experiment, data: Prepared) -> str:
    few = [name for name, rows in (("test", data.test), ("validation", data.validation)) if len(rows) == 1]
    if not few:
        return ""
    score = "an accuracy of 0% or 100%" if data.data.classes else "a loss, and no R²"
    return f"Data: there is only 1 {' and 1 '.join(few)} example. One example gives {score}: that says hardly anything."


def _missing_classes(e: Experiment, data: Prepared) -> str:
    missing = [name for k, name in enumerate(data.data.classes) if k not in data.y_train]
    if not missing:
        return ""
    listed = " or ".join(f"“{name}”" for name in missing)
    them = "it" if len(missing) == 1 else "them"
    return f"Data: no training example is of {listed}, so the network never learns about {them}."


def _coin_tosses(e: Experiment, data: Prepared) -> str:
    if len(data.data.classes) != 2 or e.label_noise < 0.5:
        return ""
    return (
        "Wrong training labels: with two classes, half of them wrong is as good as a coin toss. Nothing can be learned."
    )
