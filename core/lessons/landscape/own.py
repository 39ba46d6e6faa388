"""The learner's own run, taken over from the simulator: how a link holds it, and what a map of it takes."""

from typing import Any
from urllib.parse import parse_qs

from core.data.datasets import spec_of
from core.lessons.landscape import words
from core.nn.activations import ACTIVATIONS
from core.nn.optimizers import OPTIMIZERS
from core.training import planes
from core.training.building import network_of, prepare_experiment
from core.training.experiment import Experiment, layer_sizes
from core.training.settings import Setting
from core.workshop.cache import query_of

NAME = "own"
"""Its name in links, where others have that of an optimizer."""
SECONDS = 4.0
"""No map is drawn that would take longer than about this on one core."""


def _read(title: str, text: str, default: Any) -> tuple[str, str]:
    """Read an experiment's link inside the page's: the nearest lawful one, and what had to be changed."""
    e, problems = Experiment.from_query({key: values[-1] for key, values in parse_qs(text).items()})
    return query_of(e), f"{title}: {' '.join(problems)}" if problems else ""


SETTING = Setting(NAME, "", "Your run", _read)
"""The row of the page's link; the default is the simulator's own default run."""


def about(e: Experiment) -> dict[str, Any]:
    """Return what a run is, by the names of the sentence's places."""
    return {
        "data": spec_of(e.dataset).title,
        "sizes": "-".join(map(str, layer_sizes(e))),
        "activation": ACTIVATIONS[e.activation].title,
        "optimizer": OPTIMIZERS[e.optimizer].title,
        "rate": e.learning_rate,
        "seed": e.seed,
    }


def seconds(e: Experiment) -> float:
    """Estimate how long the loss all over a plane takes: units to bend and weights to multiply, measured."""
    data = prepare_experiment(e)
    weights = network_of(e, data.X_train.shape[1]).theta.size
    return planes.SIDE**2 * len(data.X_train) * (6e-9 * sum(e.hidden) + 1e-10 * weights)


def refusal(e: Experiment) -> str:
    """Say why there is no map of a run, before it is trained; "" where there may be one."""
    if e.batch_norm:
        return words.BATCH_NORM
    long = seconds(e)
    return words.TOO_LONG.format(seconds=long) if long > SECONDS else ""
