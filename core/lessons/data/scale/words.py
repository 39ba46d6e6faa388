"""The words of the view on measurements of very different size."""

from core.ui.teaching import Item, Option, Try, View
from core.ui.terms import term_link

INTRO = f"{{count}} measurements of a tumor, some in the hundreds, some in hundredths. {term_link('standardization', 'Standardized')}: minus the mean, over the spread."
TRAINING = "Training {seeds} networks at each rate …"

PREDICTION = Item(
    "Standardized, and with plain gradient descent at a rate of {rate:g}, {scaled:.0%} of the test answers are right. What if the "
    "network gets the measurements as they are?",
    (
        Option("About the same: weights adapt", "Before they could, the first steps have thrown them far off."),
        Option("A little worse", "It's much worse: after the first steps it no longer learns."),
        Option("No better than one answer for all", "The large measurements make huge first steps, and units die.", right=True),
        Option("Better: nothing is lost", "Standardizing loses nothing. It only changes the unit."),
    ),
)  # fmt: skip
MEASURED = "{raw:.0%}. The more frequent answer, given to all, is right for {common:.0%}."

EXPLAIN = """A weight's gradient is multiplied by its input. So a measurement in the hundreds pushes its weight ten thousand times
harder than one in hundredths, and **one rate can't suit both**. At {rate:g} the first steps are so long that the units die. A rate small
enough for the large ones hardly moves the weights of the small ones. Standardized, all push alike. Mean and spread come from the training
data alone, and stay the same in use."""
LINE = "“{name}” of the first test tumor, standardized:"

TITLE = "Right test answers by learning rate"
SIDES = {"raw": "raw", "scaled": "scaled"}
KEY = "raw: as measured; scaled: standardized"
RANGES, RANGES_KEY = "How much each measurement varies", "dashed: where all are, once standardized"
STATE = "At a rate of {at:g}: **{raw_here:.0%}** raw, **{scaled_here:.0%}** scaled."
TRIES = (
    Try(
        "A hundredth of the rate",
        {"opt": "sgd", "act": "relu", "rate": 0.001},
        "Raw, {raw_here:.0%} are right at this rate. Scaled, it's {scaled_here:.0%}: there this rate is too slow.",
    ),
    Try(
        "tanh",
        {"opt": "sgd", "act": "tanh", "rate": 0.1},
        "Inputs in the hundreds leave tanh flat, so raw measurements get {raw_best:.0%} at the best rate. Scaled: {scaled_best:.0%}.",
    ),
)
FAILS = Try(
    "Where it fails: Adam",
    {"opt": "adam", "act": "relu", "rate": 0.01},
    "Adam gives each weight a step of its own size. So with ReLU {raw_here:.0%} are right even raw, and {scaled_here:.0%} scaled.",
)
VIEW = View(PREDICTION, TRIES, FAILS)
