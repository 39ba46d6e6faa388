"""An experiment is its link: one flat table of settings that drives defaults, names, bounds and the URL.

``Experiment()`` is the default experiment. ``to_query`` leaves defaults out, so defaults are part of every link ever
shared: never change one. ``from_query`` takes whatever a link holds and returns the nearest lawful experiment, with
a plain sentence for everything that it changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from dataclasses import field as _field
from itertools import pairwise
from math import ceil
from typing import Any

from core.data import own
from core.data.datasets import DATASETS, MAX_SEED, MIN_SAMPLES, spec_of
from core.data.features import FEATURES
from core.nn.activations import ACTIVATIONS
from core.nn.initializers import INITIALIZERS
from core.nn.losses import LOSSES
from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES
from core.training import parsing, settings
from core.training.settings import Query, Setting, choice, number, several, switch, whole, widths

VALIDATION_SHARE = 0.2
"""The share of the training data that a run watches where it watches something, and then does not train on."""
MOST_LAYERS, WIDEST = 6, 128
LOSS_NAMES = {loss.choice: loss.label for loss in LOSSES.values() if loss.choice}
START_NAMES = ("auto", *INITIALIZERS)


def _of(setting: Setting) -> Any:
    """A field with a setting's default; the setting's name is the field's key in the link."""
    return _field(default=setting.default, metadata={"setting": setting})


def read_dataset(title: str, text: str, default: str) -> tuple[str, str]:
    """Read the name of a data set out of a link, where a learner's own data may stand."""
    if not own.is_own(text):
        return parsing.choice(title, text, DATASETS, default)
    name, problem = own.read_name(text)
    return name or default, f"{title}: {problem}, so it is {default}." if problem else ""


@dataclass(frozen=True)
class Experiment:
    """Everything that decides a training run. Two equal experiments give the same run, bit for bit.

    ``seed`` draws the first weights (and dropout); ``data_seed`` draws the data, the split and the order of the
    batches. So one changes the luck of the start and nothing else.
    """

    dataset: str = _of(Setting("dataset", "moons", "Data", read_dataset))
    samples: int = _of(whole("samples", 300, MIN_SAMPLES, 2000, "Examples"))
    noise: float = _of(number("noise", 0.2, 0.0, 2.0, "Noise"))
    label_noise: float = _of(number("label_noise", 0.0, 0.0, 0.5, "Wrong training labels"))
    test_share: float = _of(number("test", 0.3, 0.1, 0.5, "Share held out for testing"))
    features: tuple[str, ...] = _of(several("features", ("x1", "x2"), tuple(FEATURES), "Inputs"))
    hidden: tuple[int, ...] = _of(widths("hidden", (8, 8), MOST_LAYERS, WIDEST, "Hidden layers"))
    activation: str = _of(choice("activation", "tanh", tuple(ACTIVATIONS), "Activation"))
    initializer: str = _of(choice("init", "auto", START_NAMES, "First weights"))
    init_scale: float = _of(number("init_scale", 0.5, 0.0, 5.0, "Scale of the first weights"))
    batch_norm: bool = _of(switch("batchnorm", title="Batch norm"))
    residual: bool = _of(switch("residual", title="Residual connections"))
    dropout: float = _of(number("dropout", 0.0, 0.0, 0.8, "Dropout"))
    loss: str = _of(choice("loss", "cross_entropy", tuple(LOSS_NAMES), "Loss"))
    optimizer: str = _of(choice("optimizer", "adam", tuple(OPTIMIZERS), "Optimizer"))
    learning_rate: float = _of(number("lr", 0.02, 1e-5, 100.0, "Learning rate"))
    momentum: float = _of(number("momentum", 0.9, 0.0, 0.999, "Momentum"))
    schedule: str = _of(choice("schedule", "constant", tuple(SCHEDULES), "Schedule"))
    stages: int = _of(whole("stages", 5, 1, 50, "Stages of the step decay"))
    stage_factor: float = _of(number("stage_factor", 0.5, 0.01, 1.0, "Rate from stage to stage, times"))
    decay_end: float = _of(number("decay_end", 0.01, 1e-4, 1.0, "Share of the rate that is left at the end"))
    warmup: float = _of(number("warmup", 0.1, 0.0, 0.9, "Warm-up's share of the run"))
    cycle_up: float = _of(number("cycle_up", 0.3, 0.05, 0.95, "Share of the run in which the rate climbs"))
    plateau_wait: int = _of(whole("plateau_wait", 10, 0, 1000, "Epochs without progress before the rate falls"))
    plateau_factor: float = _of(number("plateau_factor", 0.1, 0.01, 0.95, "Rate on each plateau, times"))
    batch_size: int = _of(whole("batch", 32, 1, 2000, "Batch size"))
    epochs: int = _of(whole("epochs", 100, 1, 2000, "Epochs"))
    l1: float = _of(number("l1", 0.0, 0.0, 1.0, "L1 penalty"))
    l2: float = _of(number("l2", 0.0, 0.0, 1.0, "L2 penalty"))
    patience: int = _of(whole("patience", 0, 0, 1000, "Early stopping: patience in epochs"))
    seed: int = _of(whole("seed", 0, 0, MAX_SEED, "Seed of the weights"))
    data_seed: int = _of(whole("data", 0, 0, MAX_SEED, "Seed of the data"))

    @property
    def validation_share(self) -> float:
        """The share of the training data set aside: a fifth where patience or the plateau schedule watches, else 0.

        What chooses is not what judges, so neither ever sees the test data.
        """
        return VALIDATION_SHARE if self.patience or SCHEDULES[self.schedule].watches else 0.0

    def to_query(self) -> dict[str, str]:
        """Return the link's parameters: what differs from the default, as text, and the version."""
        return settings.write({key: getattr(self, name) for name, key in KEYS.items()}, SETTINGS)

    @classmethod
    def from_query(cls, query: Query, also: Sequence[str] = ()) -> tuple["Experiment", list[str]]:
        """Return the nearest lawful experiment to a link and a readable sentence for each thing that was changed.

        Parameters
        ----------
        query : the link's parameters; a repeated one counts with its last value.
        also : keys that belong to the page and not to the experiment.
        """
        values, problems = settings.read(query, SETTINGS, also)
        experiment, more = lawful(cls(**{name: values[key] for name, key in KEYS.items()}))
        return experiment, problems + more


def key_of(name: str) -> str:
    """Return the link's key for a field: ``learning_rate -> lr``."""
    return KEYS[name]


KEYS: dict[str, str] = {f.name: f.metadata["setting"].name for f in fields(Experiment)}
TITLES: dict[str, str] = {f.name: f.metadata["setting"].title for f in fields(Experiment)}
SETTINGS: tuple[Setting, ...] = tuple(replace(f.metadata["setting"], aliases=(f.name,)) for f in fields(Experiment))
"""The table of an experiment's settings; a link may also use the fields' full names."""


def lawful(e: Experiment) -> tuple[Experiment, list[str]]:
    """Mend what single settings cannot show: combinations that do not exist, and runs that would take too long."""
    problems: list[str] = []
    for mend in (_fit_own, _fit_samples, _fit_noise, _fit_features, _fit_labels, _fit_loss, _fit_budget):
        e, problem = mend(e)
        problems += [problem] if problem else []
    return e, problems


def _fit_own(e: Experiment) -> tuple[Experiment, str]:
    if not (problem := own.not_ready(e.dataset)):
        return e, ""
    e = replace(e, dataset=Experiment.dataset)
    return e, f"Data: {problem}, so it is {spec_of(e.dataset).title}."


def _fit_samples(e: Experiment) -> tuple[Experiment, str]:
    spec = spec_of(e.dataset)
    if own.goes_into_link(e.dataset):
        return replace(e, samples=Experiment.samples), ""  # always all of them: the number grows as one paints
    if e.samples <= spec.max_samples:
        return e, ""
    sentence = f"Examples: {spec.title} has {spec.max_samples}, so it is {spec.max_samples}."
    # The default number is a default, not something that the learner asked for.
    return replace(e, samples=spec.max_samples), "" if e.samples == Experiment.samples else sentence


def _fit_noise(e: Experiment) -> tuple[Experiment, str]:
    spec = spec_of(e.dataset)
    low, high = spec.noise_range
    if not spec.synthetic or low <= e.noise <= high:
        return e, ""
    e = replace(e, noise=min(max(e.noise, low), high))
    return e, f"Noise: {spec.title} takes {low:g} to {high:g}, so it is {e.noise:g}."


def _fit_features(e: Experiment) -> tuple[Experiment, str]:
    spec = spec_of(e.dataset)
    if spec.dimensions == 2 or e.features == ("x1", "x2"):
        return e, ""
    sentence = f"Inputs: {spec.title} is not a plane, so its own {spec.dimensions} inputs are used."
    return replace(e, features=("x1", "x2")), sentence


def _fit_labels(e: Experiment) -> tuple[Experiment, str]:
    spec = spec_of(e.dataset)
    if spec.task == "classification" or not e.label_noise:
        return e, ""
    sentence = f"Wrong training labels: {spec.title} has numbers instead of labels, so there are none."
    return replace(e, label_noise=0.0), sentence


def targets_of(dataset: str) -> str:
    """Return the kind of answers that a dataset asks for, as `core.nn.losses.Loss` names them."""
    spec = spec_of(dataset)
    return "numbers" if spec.task == "regression" else "signs" if spec.n_classes == 2 else "one-hot"


def losses_for(dataset: str) -> tuple[str, ...]:
    """Return the names of the losses that fit a dataset, the usual one first."""
    targets = targets_of(dataset)
    return tuple(loss.choice for loss in LOSSES.values() if loss.choice and loss.targets == targets)


def _fit_loss(e: Experiment) -> tuple[Experiment, str]:
    options = losses_for(e.dataset)
    if e.loss in options:
        return e, ""
    sentence = f"Loss: {LOSS_NAMES[e.loss]} does not fit {spec_of(e.dataset).title}, so it is {LOSS_NAMES[options[0]]}."
    # The default loss of a regression link is a default, not something that the learner asked for.
    return replace(e, loss=options[0]), "" if e.loss == "cross_entropy" else sentence


SECONDS = 5.0
"""No lawful experiment trains for longer than about this on one core."""


def layer_sizes(e: Experiment) -> tuple[int, ...]:
    """Return inputs, hidden widths and outputs."""
    spec = spec_of(e.dataset)
    inputs = len(e.features) if spec.dimensions == 2 else spec.dimensions
    return inputs, *e.hidden, spec.n_classes if spec.n_classes > 2 else 1


def parameter_count(sizes: Sequence[int]) -> int:
    """Return weights and biases of a dense network: the sum of (n_in + 1) n_out."""
    return sum((a + 1) * b for a, b in pairwise(sizes))


def seconds_an_epoch(e: Experiment) -> float:
    """Estimate: NumPy's calls, the numbers in them and the weights to update. Benchmarked; 1 to 3 times too long."""
    sizes, slots, activation = layer_sizes(e), len(OPTIMIZERS[e.optimizer].memory), ACTIVATIONS[e.activation]
    weights, examples = parameter_count(sizes), min(e.samples, spec_of(e.dataset).max_samples)
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
