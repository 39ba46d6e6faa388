"""All data sets by name, and ``load``, which checks the settings and makes one."""

from collections.abc import Callable
from functools import partial

from core.data import classification, own, real, regression
from core.data.spec import MIN_SAMPLES, Data, DatasetSpec, Task

__all__ = ["DATASETS", "MAX_SAMPLES", "MAX_SEED", "MIN_SAMPLES", "Data", "DatasetSpec", "load", "spec_of"]

MAX_SAMPLES = 5_000
"""The most examples a synthetic data set gives."""
MAX_SEED = 2**32 - 1
"""The largest seed that scikit-learn takes."""


def spec_of(name: str) -> DatasetSpec:
    """Describe the data set ``name``, one of ``DATASETS`` or a learner's own.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if name in DATASETS:
        return DATASETS[name]
    if own.is_own(name):
        return own.spec_of(name)
    raise ValueError(f"There is no data set {name!r}; there are {', '.join(DATASETS)}.")


def load(name: str, samples: int, noise: float, seed: int) -> Data:
    """Make the data set ``name``. The same arguments give the same data, bit for bit.

    Parameters
    ----------
    name : str
        A key of ``DATASETS``, or the name of a learner's own data.
    samples : int
        10 to the ``max_samples`` of the data set. For real data an upper bound: more than there are gives all.
    noise : float
        Within the ``noise_range`` of the data set; real data ignore it.
    seed : int
        0 to 2³² - 1.

    Raises
    ------
    ValueError
        If the name is unknown or a value out of range; the message says what is lawful. Pages clamp what they
        pass, so this is the last guard.
    """
    spec = spec_of(name)
    fewest = own.FEWEST if own.is_own(name) else MIN_SAMPLES
    _within("samples", samples, fewest, spec.max_samples if spec.synthetic else float("inf"), name)
    if spec.synthetic:
        _within("noise", noise, *spec.noise_range, name)
    _within("seed", seed, 0, MAX_SEED, name)
    return spec.make(samples, noise, seed)


def _within(what: str, value: float, low: float, high: float, name: str) -> None:
    if not low <= value <= high:  # written so that NaN fails too
        raise ValueError(f"The setting {what!r} of {name!r} must be between {low:g} and {high:.10g}; it is {value!r}.")


def _drawn(
    name: str,
    title: str,
    kind: tuple[Task, int, int],
    noise: tuple[float, float],
    make: Callable[[int, float, int], Data],
    about: str,
) -> DatasetSpec:
    """Describe a synthetic data set: ``kind`` is (task, dimensions, classes), ``noise`` is (default, largest)."""
    task, dimensions, n_classes = kind
    default, largest = noise
    return DatasetSpec(
        name, title, task, dimensions, n_classes, True, (0.0, largest), default, MAX_SAMPLES, about, make
    )


def _measured(
    name: str,
    title: str,
    kind: tuple[Task, int, int],
    rows: int,
    make: Callable[[int, float, int], Data],
    about: str,
) -> DatasetSpec:
    """Describe a real data set of so many rows: ``kind`` as in ``_drawn``."""
    task, dimensions, n_classes = kind
    return DatasetSpec(name, title, task, dimensions, n_classes, False, (0.0, 0.0), 0.0, rows, about, make)


_TWO_CLASSES: tuple[Task, int, int] = ("classification", 2, 2)
_CURVE: tuple[Task, int, int] = ("regression", 1, 0)
_SURFACE: tuple[Task, int, int] = ("regression", 2, 0)

_SPECS = (
    _drawn(
        "moons",
        "Moons",
        _TWO_CLASSES,
        (0.2, 0.5),
        classification.moons,
        "Two half circles reach into each other: no straight line parts them, a gently bent one does.",
    ),
    _drawn(
        "circles",
        "Circles",
        _TWO_CLASSES,
        (0.1, 0.5),
        classification.circles,
        "A ring inside a ring: no straight line parts them, a closed curve does.",
    ),
    *(
        _drawn(
            f"blobs{count}",
            f"Blobs, {count} classes",
            ("classification", 2, count),
            (0.4, 1.5),
            partial(classification.blobs, count),
            f"{count} round clouds on a circle: straight lines part them, until noise makes them overlap.",
        )
        for count in range(2, 7)
    ),
    _drawn(
        "xor",
        "XOR",
        _TWO_CLASSES,
        (0.1, 0.5),
        classification.xor,
        "Four quarters of a square, opposite ones alike: each input alone says nothing, only the two together.",
    ),
    *(
        _drawn(
            f"spirals{arms}",
            f"Spirals, {arms} arms",
            ("classification", 2, arms),
            (0.1, 0.5),
            partial(classification.spirals, arms),
            f"{arms} arms wound around each other: the boundary has to turn with them.",
        )
        for arms in (2, 3)
    ),
    _drawn(
        "gauss",
        "Two Gaussians",
        _TWO_CLASSES,
        (1.0, 2.0),
        classification.gauss,
        "Two clouds that overlap: the best possible accuracy is known, and no network beats it on new points.",
    ),
    _drawn(
        "plane",
        "Plane",
        _SURFACE,
        (0.1, 0.5),
        regression.plane,
        "A tilted plane: a single neuron without activation can learn it.",
    ),
    _drawn(
        "sine",
        "Sine",
        _CURVE,
        (0.1, 0.5),
        regression.sine,
        "One wave of a sine: no straight line fits it, so the network must bend.",
    ),
    _drawn(
        "bump",
        "Bump",
        _SURFACE,
        (0.05, 0.5),
        regression.bump,
        "A round hill in a flat land: a smooth surface put together from bent pieces.",
    ),
    _drawn(
        "curve",
        "Wiggly curve",
        _CURVE,
        (0.1, 0.5),
        regression.curve,
        "A slow wave with a faster one on top: how many bends can a network follow?",
    ),
    _measured(
        "iris",
        "Iris flowers",
        ("classification", 4, 3),
        150,
        real.iris,
        "Flowers measured with a ruler: one species stands apart, the other two overlap.",
    ),
    _measured(
        "wine",
        "Wines",
        ("classification", 13, 3),
        178,
        real.wine,
        "Chemistry of wines from three cultivars: some inputs vary a thousand times as much as others.",
    ),
    _measured(
        "breast_cancer",
        "Breast cancer",
        ("classification", 30, 2),
        569,
        real.breast_cancer,
        "Cell nuclei of tumors, malignant or benign: the two kinds of mistake do not cost the same.",
    ),
    _measured(
        "digits",
        "Handwritten digits",
        ("classification", 64, 10),
        1797,
        real.digits,
        "Small pictures of 8 by 8 pixels: each input is the darkness of a pixel, and ten classes compete.",
    ),
    _measured(
        "diabetes",
        "Diabetes",
        ("regression", 10, 0),
        442,
        real.diabetes,
        "Ten measurements of patients and a score one year later: they explain about half of its variation.",
    ),
)

DATASETS: dict[str, DatasetSpec] = {spec.name: spec for spec in _SPECS}
"""Every data set by its name, in the order of the menus."""
