"""Experiments worth starting from, each with what it teaches. A test checks every claim with the same settings."""

from dataclasses import dataclass

from core.training.experiment import Experiment


@dataclass(frozen=True)
class Preset:
    """A named experiment and the one thing to look for in it."""

    slug: str
    title: str
    look: str
    experiment: Experiment


PRESETS: tuple[Preset, ...] = (
    Preset(
        "moons",
        "Two moons",
        "The boundary starts almost straight and bends until it follows both half circles.",
        Experiment(),
    ),
    Preset(
        "straight",
        "No hidden layer",
        "Without hidden units the boundary stays a straight line, however long you train.",
        Experiment(hidden=()),
    ),
    Preset(
        "xor",
        "XOR, four units",
        "Each hidden unit draws one line; together they cut out opposite corners.",
        Experiment(dataset="xor", noise=0.1, hidden=(4,), learning_rate=0.05, epochs=150),
    ),
    Preset(
        "squares",
        "A circle from squared inputs",
        "Given x₁² and x₂² as inputs, a single neuron draws a closed curve.",
        Experiment(dataset="circles", noise=0.1, features=("x1sq", "x2sq"), hidden=(), learning_rate=0.1),
    ),
    Preset(
        "spirals",
        "Two spirals",
        "The outer ends are told apart at once; then little moves, until the inner turns are found, from outside in.",
        Experiment(dataset="spirals2", noise=0.05, samples=400, hidden=(16, 16, 16), learning_rate=0.01, epochs=200),
    ),
    Preset(
        "overfit",
        "Overfitting",
        "The training loss falls toward zero while the test loss turns and climbs.",
        Experiment(
            noise=0.35, samples=80, test_share=0.5, data_seed=1, hidden=(64, 64), learning_rate=0.01, epochs=400
        ),
    ),
    Preset(
        "penalty",
        "Overfitting, held back",
        "The same data and network with an L2 penalty: the boundary stays smooth and the test loss stays low.",
        Experiment(
            noise=0.35,
            samples=80,
            test_share=0.5,
            data_seed=1,
            hidden=(64, 64),
            learning_rate=0.01,
            epochs=400,
            l2=0.01,
        ),
    ),
    Preset(
        "vanishing",
        "Six sigmoid layers",
        "The gradient fades on its way back, so plain gradient descent hardly gets off the ground.",
        Experiment(hidden=(16,) * 6, activation="sigmoid", optimizer="sgd", learning_rate=0.1, epochs=60),
    ),
    Preset(
        "alike",
        "All weights start equal",
        "Eight hidden units that start alike stay alike: they bend no better than one.",
        Experiment(hidden=(8,), initializer="constant", epochs=200),
    ),
    Preset(
        "too_fast",
        "Learning rate too large",
        "Every step overshoots by more than the one before, until the numbers stop being numbers.",
        Experiment(
            dataset="plane",
            noise=0.1,
            hidden=(),
            loss="mse",
            optimizer="sgd",
            learning_rate=1.5,
            batch_size=2000,
            epochs=150,
        ),
    ),
    Preset(
        "classes",
        "Three spirals",
        "Three outputs compete; softmax turns their scores into probabilities.",
        Experiment(dataset="spirals3", noise=0.05, samples=450, hidden=(24, 24), learning_rate=0.02, epochs=120),
    ),
    Preset(
        "curve",
        "Fit a curve",
        "The same machinery, with a number as the answer: the curve bends where the data ask for it.",
        Experiment(dataset="curve", noise=0.1, hidden=(16, 16), loss="mse", learning_rate=0.02, epochs=400),
    ),
    Preset(
        "digits",
        "Handwritten digits",
        "64 pixels in, ten classes out: which digits are taken for which?",
        Experiment(dataset="digits", samples=800, hidden=(32,), activation="relu", learning_rate=0.01, epochs=20),
    ),
)

BY_SLUG: dict[str, Preset] = {preset.slug: preset for preset in PRESETS}
