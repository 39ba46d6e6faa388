"""The words of the view on measurements of very different size."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View

INTRO = f"{{count}} measurements of a tumor, a dot each. Some vary by hundreds, some by thousandths. {term_link('standardization', 'Standardized')}: minus the mean, divided by the spread."
TRAINING = "Training {seeds} networks at each rate …"

PREDICTION = Item(
    "Standardized, and with plain gradient descent at a rate of {rate:g}, {scaled:.0%} of the test answers are right. What if the "
    "network gets the measurements as they are?",
    (
        Option("About the same: weights adapt", "The first steps throw them too far off to come back."),
        Option("A little worse", "It's much worse: after the first steps it no longer learns."),
        Option("No better than one answer for all", "The large measurements make huge first steps, and units die.", right=True),
        Option("Better: nothing is lost", "Standardizing loses nothing. It only changes the unit."),
    ),
)  # fmt: skip
MEASURED = "raw, {raw:.0%} are right. You'd get {common:.0%}, too, by always giving the commoner answer."

EXPLAIN = f"""A weight's gradient is multiplied by its input. So a measurement in the hundreds pushes its weight ten thousand times
harder than one in hundredths, and with plain descent, **one rate can't suit both**. At {{rate:g}} the first steps are so long that the units die. {phrase("A rate small enough", rate=0.001)} for the large ones hardly moves the weights of the small ones. Standardized, all push alike. Mean and spread come from the training
data alone, also in use."""
LINE = "“{name}” of the first test tumor, standardized:"
STEP = {
    "sgd": "Its weight's first step, raw and scaled (for an error of 1):",
    "adam": "Adam divides by the gradient's size. So the first step is as long raw as scaled:",
}

TITLE = "Right test answers by learning rate"
SIDES = {"raw": "raw", "scaled": "scaled"}
KEY = "raw: as measured; scaled: standardized"
RANGES, RANGES_KEY = "How much each measurement varies", "dashed: where all are, once standardized"
STATE = "At a rate of {at}: **{raw_here:.0%}** raw{raw_note}, **{scaled_here:.0%}** scaled{scaled_note}."
SIMULATOR = "Open the scaled run in the simulator"
UNTRAINED = " (hardly trained yet)"
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
    "Adam gives all weights steps of about one size. So with ReLU {raw_here:.0%} are right even raw, and {scaled_here:.0%} scaled.",
)
CHECKS = (
    Item(
        "Choose gradient descent, ReLU and a rate of 0.0001. Which network does better?",
        (
            Option("Scaled: standardizing always helps", "At this rate, its steps are much too short."),
            Option("Raw: large inputs make long steps", "So it learns at a rate that's too small for the other.", right=True),
            Option("Neither: the rate is too small", "Raw, it gets most of the answers right."),
        ),
    ),
    Item(
        "A house's area is in square feet, its age in centuries. Which weight does plain descent change most at first?",
        (
            Option("The age's: small numbers need a large weight", "It has far to go, but its gradient is tiny."),
            Option("Both alike", "Each gradient is multiplied by its input."),
            Option("The area's", "Its numbers are thousands of times larger.", right=True),
        ),
        kind="transfer",
    ),
    Item(
        "Why do unequal inputs bother Adam less than plain descent?",
        (
            Option("It divides by each gradient's usual size", "So all weights take steps of about one size.", right=True),
            Option("It looks at all examples at once", "It takes batches like the others."),
            Option("It standardizes its inputs", "It never sees the inputs, only gradients."),
        ),
        kind="recall",
    ),
)  # fmt: skip
VIEW = View(PREDICTION, TRIES, FAILS, checks=CHECKS)
