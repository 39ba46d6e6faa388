"""The words of lesson 8."""

from dataclasses import fields

from core.data.ink import BLANK as BLANK_PAGE
from core.training.experiment import Experiment, key_of
from core.ui.teaching import Item, Option, Try, View, Words
from core.workshop.presets import BY_SLUG

PREDICTION = Item(
    "Walk away from all the data, in any direction, a hundred times as far as they reach. What happens to the "
    "network’s confidence?",
    (
        Option("It falls to 50%", "That would be sensible: it has seen nothing there. But nothing in training asked for it."),
        Option("It stays as it is at the edge", "Near the edge z is still growing; where it stops, it stops near certainty."),
        Option("It rises toward certainty", "Training asks for doubt only where classes overlap, never where data are missing.", right=True),
        Option("It goes up and down", "Outside the data little is left that could bend the answer back."),
    ),
)  # fmt: skip

MEASURED = (
    "more than 99% sure on {test:.0%} of the held-out points, and in {r100:.0%} of all directions at distance 100 (in "
    "standard deviations)."
)
FACTS = {
    "test": "held-out points: more than 99% sure",
    "accuracy": "held-out points: right",
    "near": "held-out points: median confidence",
    "far": "distance 100: confidence in the middle direction",
    "r3": "distance 3: directions more than 99% sure",
    "r10": "distance 10: directions more than 99% sure",
    "r100": "distance 100: directions more than 99% sure",
}
NOT_HERE = (
    "**Measured:** {measured} In this network certainty does not become more frequent; but half of the answers are more "
    "than {near:.0%} sure among the held-out points, and more than {far:.0%} at distance 100."
)
MEASURED_DIGITS = (
    "more than 90% sure on {test:.0%} of held-out digits; on the same digits turned by 90° in {turned:.0%}, though "
    "only {right:.0%} of those are right; on random noise in {noise:.0%}."
)
NUMBERS = """This network answers with numbers, so it has no confidence. Walk away all the same: far out its curve is
made of whatever its activation does there, and no data hold it."""

EXPLAIN = """The boundary does not end where the data end: it cuts the whole plane in two. The farther from it, the
larger z, and the sigmoid turns a large z into certainty. ReLU units grow with the distance, so z grows without end
(Hein et al. 2019); tanh units saturate, so z stops growing, but late. Confidence says how far a point lies from the
**boundary**, not how far from the **data**."""

EXPLAIN_DIGITS = """Ten scores compete; softmax turns their differences into probabilities. Ink where no digit has ink
still adds to some scores and takes from others: large differences, certainty. There is no eleventh answer, “this is
no digit”."""


def _all(e: Experiment) -> dict[str, object]:
    return {key_of(f.name): getattr(e, f.name) for f in fields(e)} | {"epoch": -1}


RELU = Experiment(hidden=(16, 16), activation="relu", epochs=200)
HELD = Experiment(l2=0.03)
DIGITS = BY_SLUG["digits"].experiment

HANDWRITING = Try(
    "Digits",
    {**_all(DIGITS), "ink": "", "row": 0},
    "Draw, turn, or scatter noise: is there a picture that it is unsure of?",
)
TRIES = (
    Try(
        "Far out",
        {**_all(Experiment()), "zoom": 30.0, "px": 20.0, "py": 10.0},
        "Thirty times as wide as the data, and the dashed lines of 99% hug the boundary: hardly any doubt is left.",
    ),
    Try(
        "ReLU",
        {**_all(RELU), "zoom": 10.0, "px": 20.0, "py": 10.0},
        "At distance 100 this network is more than 99% sure in nearly every direction.",
    ),
    HANDWRITING,
)
TRIES_DIGITS = (
    HANDWRITING,
    Try(
        "All ink", {**_all(DIGITS), "ink": "g" * 64}, "Nobody ever drew this, and it is more than 90% sure of a digit."
    ),
)
FAILS_DIGITS = Try(
    "Where it fails: an empty page",
    {**_all(DIGITS), "ink": BLANK_PAGE},
    "Nothing was added to any score: the best of ten guesses gets about 0.14, hardly more than a tenth.",
)
FAILS = Try(
    "Where it fails: small weights",
    {**_all(HELD), "zoom": 30.0, "px": 20.0, "py": 10.0},
    "An L2 penalty keeps the weights small, and tanh units are bounded: it is nowhere more than 99% sure. "
    "The price: 81% right instead of 98%.",
)

NETWORKS = {
    "moons": ("Moons: the simulator’s own", Experiment()),
    "relu": ("Moons: ReLU, 2-16-16-1", RELU),
    "classes": (BY_SLUG["classes"].title, BY_SLUG["classes"].experiment),
    "curve": (BY_SLUG["curve"].title, BY_SLUG["curve"].experiment),
    "iris": ("Iris flowers", Experiment(dataset="iris", samples=150, epochs=100)),
    "digits": (BY_SLUG["digits"].title, DIGITS),
}
OWN = "the network of this link"
AT_EPOCH = "You are asking the network as it was after epoch {epoch} of {epochs}."

ANSWER = "At {place}: **{answer}**, {sure} sure."
ANSWER_NUMBER = "At {place}: **{answer:.3g}**."
ANSWER_DIGIT = "It reads a **{answer}**, {sure} sure."
DIVERGED = "This run diverged: its weights are no numbers any more, so it has nothing to say."
SIMULATOR = "Open in the simulator"

VOICES_TITLE = "Which hidden units said what"
VOICES = """The last hidden layer's units each add their activation times their weight to z{of}. Here they are, the loudest
first; with the bias they come to z = {z:+.2f}."""
VOICES_INPUTS = "This network has no hidden layer: the inputs themselves are weighed{of}. They come to z = {z:+.2f}."

HELD_OUT_TITLE = "Right and wrong on held-out data"
HELD_OUT = "{wrong} of {all} held-out examples are answered wrongly. The surest of these mistakes come first."
NONE_WRONG = "All {all} held-out examples are answered rightly. That says nothing about points unlike them."

MANY_TITLE = "Ask about a table or a file"
MANY = "Type points, add rows at the bottom, or paste them from a spreadsheet."
FILE = "Or a file (CSV, TSV or text) with the columns {columns}"
KEYBOARD_TITLE = "Draw with the keyboard"
KEYBOARD = "Each cell is a pixel, from 0 (paper) to 16 (ink). Type a number and press Enter; the arrow keys move."

CHECKS = (
    Item(
        "99.9% for a point far from all training data: what does that tell you?",
        (
            Option("It is right 999 times in 1,000", "Among points like the held-out ones perhaps. Out there "
                   "nobody has counted."),
            Option("It lies far from the boundary", "Confidence measures z, the way from the boundary.",
                   right=True),
            Option("Many examples were nearby", "Density of data does not enter z anywhere."),
        ),
    ),
    Item(
        "A network tells cats from dogs, and is right on 99% of new photos. It calls a truck “dog, 98%”. What went "
        "wrong?",
        (
            Option("It was trained for too short a time", "Longer training makes such answers surer, not rarer."),
            Option("Nothing: it can only choose between cat and dog", "The two probabilities must add to 1, and z "
                   "is rarely near zero away from the boundary.", right=True),
            Option("The test accuracy was computed wrongly", "It may be right, for cats and dogs."),
        ),
        kind="transfer",
    ),
    Item(
        "Cross-entropy at one example is large when …",
        (
            Option("the network is unsure", "At 50% it is 0.69. Worse is possible."),
            Option("the network is sure and wrong", "It grows without bound as the true class’s probability goes to "
                   "zero.", right=True),
            Option("the network is sure and right", "Then it is close to zero."),
        ),
        kind="recall",
    ),
)  # fmt: skip

WRONG = (
    ("An output of 0.98 means right in 98 of 100 cases.", "Only if it was checked on data like the new ones. Large "
     "networks are often surer than they are right (Guo et al. 2017)."),
    ("A network knows what it does not know.", "Not by itself. A density model, an ensemble, or a refused answer beyond "
     "the data must be added on purpose."),
    ("A high test accuracy makes the network safe to use.", "It holds for data drawn like the test data. Turn the digits "
     "by 90°, and nine in ten answers are wrong, with hardly less confidence."),
)  # fmt: skip

LEFT_OPEN = "A prediction, its mistake, the blame, the step: can you put them together?"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS), "digits": View(PREDICTION, TRIES_DIGITS, FAILS_DIGITS)},
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
