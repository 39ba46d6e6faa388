"""An experiment is its link: one flat table of settings that drives defaults, names, bounds and the URL.

``Experiment()`` is the default experiment. ``to_query`` leaves defaults out, so defaults are part of every link ever
shared: never change one. ``from_query`` takes whatever a link holds and returns the nearest lawful experiment, with
a plain sentence for everything that it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from dataclasses import field as _field
from itertools import pairwise
from math import ceil
from typing import Any

from core.data.datasets import DATASETS, MAX_SEED, MIN_SAMPLES
from core.data.features import FEATURES
from core.nn.activations import ACTIVATIONS
from core.nn.initializers import INITIALIZERS
from core.nn.losses import LOSSES
from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES
from core.training import parsing

VERSION = "1"
VALIDATION_SHARE = 0.2
"""The share of the training data that a run watches where it watches something, and then does not train on."""
MOST_LAYERS, WIDEST = 6, 128
LOSS_NAMES = {loss.choice: loss.label for loss in LOSSES.values() if loss.choice}
START_NAMES = ("auto", *INITIALIZERS)

Reader = Callable[[str, str, Any], tuple[Any, str]]


def setting(default: Any, title: str, read: Reader, key: str = "") -> Any:
    """Describe one setting: default, words for people, how to read it from a link, and its key there."""
    return _field(default=default, metadata={"title": title, "read": read, "key": key})


def _number(default: float, title: str, low: float, high: float, key: str = "") -> Any:
    return setting(default, title, lambda n, text, d: parsing.number(n, text, low, high, d), key)


def _whole(default: int, title: str, low: int, high: int, key: str = "") -> Any:
    return setting(default, title, lambda n, text, d: parsing.whole(n, text, low, high, d), key)


def _choice(default: str, title: str, options: Sequence[str], key: str = "") -> Any:
    return setting(default, title, lambda n, text, d: parsing.choice(n, text, options, d), key)


def _switch(title: str, key: str = "") -> Any:
    return setting(False, title, parsing.switch, key)


@dataclass(frozen=True)
class Experiment:
    """Everything that decides a training run. Two equal experiments give the same run, bit for bit.

    ``seed`` draws the first weights (and dropout); ``data_seed`` draws the data, the split and the order of the
    batches. So one changes the luck of the start and nothing else.
    """

    dataset: str = _choice("moons", "Data", tuple(DATASETS))
    samples: int = _whole(300, "Examples", MIN_SAMPLES, 2000)
    noise: float = _number(0.2, "Noise", 0.0, 2.0)
    label_noise: float = _number(0.0, "Wrong training labels", 0.0, 0.5)
    test_share: float = _number(0.3, "Share held out for testing", 0.1, 0.5, "test")
    features: tuple[str, ...] = setting(
        ("x1", "x2"), "Inputs", lambda n, text, d: parsing.several(n, text, tuple(FEATURES), d)
    )
    hidden: tuple[int, ...] = setting(
        (8, 8), "Hidden layers", lambda n, text, d: parsing.widths(n, text, MOST_LAYERS, WIDEST, d)
    )
    activation: str = _choice("tanh", "Activation", tuple(ACTIVATIONS))
    initializer: str = _choice("auto", "First weights", START_NAMES, "init")
    init_scale: float = _number(0.5, "Scale of the first weights", 0.0, 5.0)
    batch_norm: bool = _switch("Batch norm", "batchnorm")
    residual: bool = _switch("Residual connections")
    dropout: float = _number(0.0, "Dropout", 0.0, 0.8)
    loss: str = _choice("cross_entropy", "Loss", tuple(LOSS_NAMES))
    optimizer: str = _choice("adam", "Optimizer", tuple(OPTIMIZERS))
    learning_rate: float = _number(0.02, "Learning rate", 1e-5, 100.0, "lr")
    momentum: float = _number(0.9, "Momentum", 0.0, 0.999)
    schedule: str = _choice("constant", "Schedule", tuple(SCHEDULES))
    batch_size: int = _whole(32, "Batch size", 1, 2000, "batch")
    epochs: int = _whole(100, "Epochs", 1, 2000)
    l1: float = _number(0.0, "L1 penalty", 0.0, 1.0)
    l2: float = _number(0.0, "L2 penalty", 0.0, 1.0)
    patience: int = _whole(0, "Early stopping: patience in epochs", 0, 1000)
    seed: int = _whole(0, "Seed of the weights", 0, MAX_SEED)
    data_seed: int = _whole(0, "Seed of the data", 0, MAX_SEED, "data")

    @property
    def validation_share(self) -> float:
        """The share of the training data set aside: a fifth where patience or the plateau schedule watches, else 0.

        What chooses is not what judges, so neither ever sees the test data.
        """
        return VALIDATION_SHARE if self.patience or SCHEDULES[self.schedule].watches else 0.0

    def to_query(self) -> dict[str, str]:
        """Return the link's parameters: what differs from the default, as text, and the version."""
        changed = {f: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return {key_of(f.name): _text(value) for f, value in changed.items()} | ({"v": VERSION} if changed else {})

    @classmethod
    def from_query(
        cls, query: Mapping[str, str | Sequence[str]], also: Sequence[str] = ()
    ) -> tuple[Experiment, list[str]]:
        """Return the nearest lawful experiment to a link and a readable sentence for each thing that was changed.

        Parameters
        ----------
        query : the link's parameters; a repeated one counts with its last value.
        also : keys that belong to the page and not to the experiment.
        """
        values, problems, known = {}, [], {"v", *also}
        for f in fields(cls):
            given = [k for k in (key_of(f.name), f.name) if k in query]
            known |= {key_of(f.name), f.name}
            if not given:
                continue
            text, repeated = _last(query[given[0]], f.metadata["title"])
            values[f.name], problem = f.metadata["read"](f.metadata["title"], text, f.default)
            problems += [p for p in (repeated, problem) if p]
        strangers = [k for k in query if k not in known]
        if strangers:
            problems.append(
                f"The link also says {parsing.quoted(', '.join(strangers))}, which nothing here listens to."
            )
        if "v" in query and _last(query["v"], "")[0] != VERSION:
            problems.append("The link comes from another version of this page; what it shares with this one was kept.")
        experiment, more = lawful(cls(**values))
        return experiment, problems + more


def key_of(name: str) -> str:
    """Return the link's key for a field: ``learning_rate -> lr``."""
    return KEYS[name]


KEYS: dict[str, str] = {f.name: f.metadata["key"] or f.name for f in fields(Experiment)}
TITLES: dict[str, str] = {f.name: f.metadata["title"] for f in fields(Experiment)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, tuple):
        return "-".join(map(str, value)) or "none"
    return repr(float(value)) if isinstance(value, float) else str(value)


def _last(value: str | Sequence[str], title: str) -> tuple[str, str]:
    if isinstance(value, str):
        return value, ""
    values = list(value) or [""]
    return str(values[-1]), f"{title}: the link says it {len(values)} times; the last counts." if len(
        values
    ) > 1 else ""


def lawful(e: Experiment) -> tuple[Experiment, list[str]]:
    """Mend what single settings cannot show: combinations that do not exist, and runs that would take too long."""
    problems: list[str] = []
    for mend in (_fit_samples, _fit_noise, _fit_features, _fit_labels, _fit_loss, _fit_budget):
        e, problem = mend(e)
        problems += [problem] if problem else []
    return e, problems


def _fit_samples(e: Experiment) -> tuple[Experiment, str]:
    spec = DATASETS[e.dataset]
    if e.samples <= spec.max_samples:
        return e, ""
    sentence = f"Examples: {spec.title} has {spec.max_samples}, so it is {spec.max_samples}."
    # The default number is a default, not something that the learner asked for.
    return replace(e, samples=spec.max_samples), "" if e.samples == Experiment.samples else sentence


def _fit_noise(e: Experiment) -> tuple[Experiment, str]:
    spec = DATASETS[e.dataset]
    low, high = spec.noise_range
    if not spec.synthetic or low <= e.noise <= high:
        return e, ""
    e = replace(e, noise=min(max(e.noise, low), high))
    return e, f"Noise: {spec.title} takes {low:g} to {high:g}, so it is {e.noise:g}."


def _fit_features(e: Experiment) -> tuple[Experiment, str]:
    spec = DATASETS[e.dataset]
    if spec.dimensions == 2 or e.features == ("x1", "x2"):
        return e, ""
    sentence = f"Inputs: {spec.title} is not a plane, so its own {spec.dimensions} inputs are used."
    return replace(e, features=("x1", "x2")), sentence


def _fit_labels(e: Experiment) -> tuple[Experiment, str]:
    spec = DATASETS[e.dataset]
    if spec.task == "classification" or not e.label_noise:
        return e, ""
    sentence = f"Wrong training labels: {spec.title} has numbers instead of labels, so there are none."
    return replace(e, label_noise=0.0), sentence


def targets_of(dataset: str) -> str:
    """Return the kind of answers that a dataset asks for, as `core.nn.losses.Loss` names them."""
    spec = DATASETS[dataset]
    return "numbers" if spec.task == "regression" else "signs" if spec.n_classes == 2 else "one-hot"


def losses_for(dataset: str) -> tuple[str, ...]:
    """Return the names of the losses that fit a dataset, the usual one first."""
    targets = targets_of(dataset)
    return tuple(loss.choice for loss in LOSSES.values() if loss.choice and loss.targets == targets)


def _fit_loss(e: Experiment) -> tuple[Experiment, str]:
    options = losses_for(e.dataset)
    if e.loss in options:
        return e, ""
    sentence = (
        f"Loss: {LOSS_NAMES[e.loss]} does not fit {DATASETS[e.dataset].title}, so it is {LOSS_NAMES[options[0]]}."
    )
    # The default loss of a regression link is a default, not something that the learner asked for.
    return replace(e, loss=options[0]), "" if e.loss == "cross_entropy" else sentence


SECONDS = 5.0
"""No lawful experiment trains for longer than about this on one core."""


def layer_sizes(e: Experiment) -> tuple[int, ...]:
    """Return inputs, hidden widths and outputs."""
    spec = DATASETS[e.dataset]
    inputs = len(e.features) if spec.dimensions == 2 else spec.dimensions
    return inputs, *e.hidden, spec.n_classes if spec.n_classes > 2 else 1


def parameter_count(sizes: Sequence[int]) -> int:
    """Return weights and biases of a dense network: the sum of (n_in + 1) n_out."""
    return sum((a + 1) * b for a, b in pairwise(sizes))


def seconds_an_epoch(e: Experiment) -> float:
    """Estimate: NumPy's calls, the numbers in them and the weights to update. Benchmarked; 1 to 3 times too long."""
    sizes, slots, activation = layer_sizes(e), OPTIMIZERS[e.optimizer].slots, ACTIVATIONS[e.activation]
    weights, examples = parameter_count(sizes), min(e.samples, DATASETS[e.dataset].max_samples)
    steps = 1 + ceil(examples * (1 - e.test_share) / e.batch_size)  # one for looking at the outcome
    calls_a_layer = 10 + activation.calls + 50 * e.batch_norm + 10 * bool(e.dropout) + 4 * e.residual
    calls = 15 + 5 * slots + 5 * bool(e.l1 or e.l2) + calls_a_layer * len(e.hidden)
    a_unit = activation.nanoseconds + 16 * e.batch_norm + 6 * bool(e.dropout) + 3 * e.residual
    a_step = 7e-7 * calls + 3e-9 * (1 + slots) * weights
    an_example = 1.3e-10 * weights + 1e-9 * (a_unit * sum(e.hidden) + 5 * (sizes[0] + sizes[-1]))
    return steps * a_step + examples * an_example + 7e-5


def _fit_budget(e: Experiment) -> tuple[Experiment, str]:
    most = max(1, int(SECONDS / seconds_an_epoch(e)))
    if e.epochs <= most:
        return e, ""
    sentence = (
        f"Epochs: {e.epochs} of them over these examples, batches and weights would train for longer than "
        f"{SECONDS:g} s, so it is {most}. Fewer examples, larger batches or a smaller network allow more."
    )
    return replace(e, epochs=most), sentence
