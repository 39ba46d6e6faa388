"""The words of the view that asks for a number."""

from core.lessons.predict.known import CURVE, CURVE_RELU, PLANE, everything
from core.ui.words import Item, Option, Try, View

INTRO = "This network answers with a number, not with a class."
INTRO_WAVY = "This network learned from {n} points of a wavy curve. It answers with numbers."

PREDICTION = Item(
    "Now ask far outside the training points. What decides the answers the network gives out there?",
    (
        Option(
            "The pattern in the data: the network continues it",
            "The network has no pattern that could go on. It only adds up its units.",
        ),
        Option(
            "The kind of activation: the network continues as its units do",
            "Out there, the activation decides how each unit goes on, and their sum follows.",
            right=True,
        ),
        Option(
            "The nearest training example: the network repeats its answer",
            "The network stored no examples, only weights and biases.",
        ),
        Option("Nothing: the network refuses to answer", "A network always answers. Refusing has to be built in."),
    ),
)

MEASURED = "{units}. At x = {inner:g} the answer is {near:.2f}, and at x = {outer:g} it's {far:.2f}. {shape}{truth}"
MEASURED_WAY = (
    "{units}. On the way out through your point the answer is {near:.3g} at distance 30 and {far:.3g} at distance 100. {shape}{truth} "
    "The data end at distance {edge:.1f}."
)
TRUE_WAY = " The truth at these distances is {near:.3g} and {far:.3g}."
UNITS, NO_UNITS = "the hidden units are {name} units", "there are no hidden units here"
SHAPES = {
    "flat": "It has leveled off.",
    "straight": "It goes on in a straight line.",
    "bends": "It's neither level nor straight yet.",
}
BOTH_SIDES = {
    "flat": "**On both sides it levels off.**",
    "straight": "**On both sides it goes on in a straight line.**",
    "bends": "**It's neither level nor straight on both sides yet.**",
}
WAVES = " The true curve (dotted) doesn't."

EXPLAIN = """The network only adds up its units. Far from its turning point, a tanh or sigmoid unit levels off, and so
does the sum. ReLU units are straight lines on one side, so the sum goes on straight. No training points out
there pull it elsewhere. And nothing warns you: there's no confidence."""

ASK_AT = "Ask at {name} ="
FARTHER = "The picture ends at {x}, so that's where we ask."
ANSWER = "At {place}: **{answer:.3g}**."
ANSWER_TRUE = "At {place} it answers **{answer:.3g}**. The true curve is at **{true:z.3f}**."
WORKED = "How it gets its answer at {name} = {x}. It was trained on (y − mean) / spread, so the last line turns z back:"

TRIES = (
    Try(
        "tanh",
        everything(CURVE) | {"row": 0},
        "Move x from {inner:g} to {outer:g}: the answer stays at {far:.2f}. The curve has leveled off.",
    ),
    Try(
        "ReLU",
        everything(CURVE_RELU) | {"row": 0},
        "Move x from {inner:g} to {outer:g}: the answer goes from {near:.2f} to {far:.2f}, in a straight line.",
    ),
)
FAILS = Try(
    "Where it fails: a plane",
    everything(PLANE) | {"px": 20.0, "py": 10.0},
    "Here the truth is a plane, and a network without hidden units is a plane too. So it's right even far from all data: "
    "at your point it answers {answer:.1f} (ring), and the truth is {truth:.1f} (cross).",
)

CHECKS = (
    Item(
        "Far right of the data, a ReLU network's answer grows by 0.5 when x grows by 1. How much does it grow when x "
        "grows by another 10?",
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
            Option("Both are almost 1", "tanh never gets past 1, and at 10 it's already so close that you can't see the difference.",
                   right=True),
            Option("The second is twice the first", "That would be true of ReLU, which has no limit."),
            Option("Both are almost 0", "That holds for their slopes, not for their values."),
        ),
        kind="recall",
    ),
)  # fmt: skip

VIEW = View(PREDICTION, TRIES, FAILS, checks=CHECKS)
