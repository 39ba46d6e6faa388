"""The words of the view that asks for a number."""

from dataclasses import replace

from core.lessons.predict.known import CURVE, PLANE, everything
from core.ui.words import Item, Option, Try, View

INTRO = "This network learned from {n} points. It answers with a number: no class, no probability."
INTRO_WAVY = "This network learned a wavy curve from {n} points. It answers with a number: no class, no probability."

PREDICTION = Item(
    "Now ask far outside the training points. What decides the answers the network gives out there?",
    (
        Option(
            "The pattern in the data, which it continues",
            "It holds no pattern that could go on. It only adds up its units.",
        ),
        Option(
            "Its activation", "The units are all it has out there, and the activation says how they go on.", right=True
        ),
        Option("The nearest training example", "The network stored no examples, only weights and biases."),
        Option("Nothing: it refuses to answer", "A network always answers. Refusing has to be built in."),
    ),
)

MEASURED = "{units}. From x = {inner:g} to x = {outer:g} the answer goes from {near:.2f} to {far:.2f}. {shape}{truth}"
MEASURED_WAY = (
    "{units}. On the way out through your point the answer is {near:.3g} at distance 30 and {far:.3g} at distance 100. {shape} "
    "The data end at distance {edge:.1f}."
)
UNITS, NO_UNITS = "the hidden units here are {name}", "there are no hidden units here"
SHAPES = {
    "flat": "It has leveled off.",
    "straight": "It goes on in a straight line.",
    "bends": "It's neither level nor straight yet.",
}
BOTH_SIDES = {
    "flat": "**On both sides it has leveled off.**",
    "straight": "**On both sides it goes on in a straight line.**",
    "bends": "**It's neither level nor straight on both sides yet.**",
}
WAVES = " The true curve (dotted) keeps going up and down."

EXPLAIN = """The network adds up its units, and that's all it has. A tanh or sigmoid unit levels off far from its turning
point, so far out the whole sum stops changing. A ReLU unit is a straight line on one side, so the sum goes on as a
straight line. No data hold the curve there. And the network doesn't warn you: its number comes without a confidence."""

WORKED = "How the answer comes about at x = {outer:g}, at the right edge of the picture:"

TRIES = (
    Try(
        "tanh",
        everything(CURVE) | {"row": 0},
        "From x = {inner:g} to x = {outer:g} the answer goes from {near:.2f} to {far:.2f}: it has leveled off.",
    ),
    Try(
        "ReLU",
        everything(replace(CURVE, activation="relu")) | {"row": 0},
        "From x = {inner:g} to x = {outer:g} the answer goes from {near:.2f} to {far:.2f}: it goes on in a straight line.",
    ),
)
FAILS = Try(
    "Where it fails: a plane",
    everything(PLANE) | {"px": 20.0, "py": 10.0},
    "Here the truth is a plane, and so is a network without hidden units. Its {answer:.1f} is close to the true {truth:.1f}, far from all data.",
)

CHECKS = (
    Item(
        "All hidden units are ReLU. Far right of the data, the answer grows by 0.5 when x grows by 1. How much does it "
        "grow when x grows by another 10?",
        (
            Option("By 5", "Past the last turning point every ReLU unit is a straight line, and so is their sum.",
                   right=True),
            Option("By almost nothing", "That's how tanh units end: none of them gets past 1. A ReLU unit has no such limit."),
            Option("It falls again, back to the data", "Nothing pulls it back: there are no data out there."),
        ),
    ),
    Item(
        "A network with tanh units learned how tall children are, from age 2 to 12. What does it answer for age 60?",
        (
            Option("The height of an adult", "It has never seen an adult, and knows nothing of growing up."),
            Option("Nearly what it answers for age 55", "Its units have leveled off, so the answer hardly changes any more. "
                   "Nothing makes it right.", right=True),
            Option("A giant's height: the growth goes on", "Going on in a straight line is what ReLU units would do."),
        ),
        kind="transfer",
    ),
    Item(
        "How do tanh(10) and tanh(20) compare?",
        (
            Option("Both are almost 1", "tanh never gets past 1, and at 10 it's already there but for a tiny rest.",
                   right=True),
            Option("The second is twice the first", "So it would be for ReLU."),
            Option("Both are almost 0", "That holds for their slopes, not for their values."),
        ),
        kind="recall",
    ),
)  # fmt: skip

VIEW = View(PREDICTION, TRIES, FAILS, checks=CHECKS)
