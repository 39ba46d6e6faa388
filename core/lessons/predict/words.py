"""The words of lesson 8."""

from core.data import ink
from core.lessons.predict.curve import words as curve
from core.lessons.predict.known import CURVE as CURVE
from core.lessons.predict.known import DIGITS, HELD, RELU, everything
from core.lessons.predict.known import FREE as FREE
from core.training.experiment import Experiment
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

CURVE_TEXTS = {name: value for name, value in vars(curve).items() if name.isupper() and name != "VIEW"}
"""Every text of the view of a curve."""

INTRO = {
    "": f"You can ask this network about any point, also far from everything it has seen. The probability it gives "
    f"to its own answer is its {term_link('confidence')}.",
    "digits": f"This network reads small handwritten digits. The probability it gives to its own answer is "
    f"its {term_link('confidence')}.",
}

PREDICTION = Item(
    "Walk away from the data, in any direction, until they look like a single dot. What happens to the network's "
    "confidence?",
    (
        Option(
            "It falls to that of a pure guess",
            "A pure guess would be sensible: the network has seen nothing out there. But nothing in its training asked "
            "for that.",
        ),
        Option(
            "It stays as it is among the data",
            "Among the data, it's held back where the two classes meet. Far out, nothing holds it back.",
        ),
        Option(
            "It rises toward certainty",
            "Training punishes certainty only where the classes overlap. Where there are no data, nothing punishes it.",
            right=True,
        ),
        Option("It keeps going up and down", "Outside the data there's little left that could bend the answer back."),
    ),
)

PREDICTION_DIGITS = Item(
    "It's right on {accuracy:.0%} of the digits that were held out, and more than {much:.0%} sure on {sure:.0%} of them. Now turn all of these digits "
    "by 90°. It has never seen anything like that. On how many is it more than {much:.0%} sure?",
    (
        Option(
            "On fewer: it notices that something is wrong",
            "It has no way to notice: it can only choose among ten digits.",
        ),
        Option("On about as many as before", "It gets surer, not just as sure."),
        Option("On more than before", "Ink in unusual places makes the scores differ more, not less.", right=True),
        Option("On none: these aren't digits any more", "“This is no digit” isn't one of its ten answers."),
    ),
)

MEASURED = (
    "it's more than 99% sure on {test:.0%} of the held-out points. Where the data end, it's that sure in "
    "{at_edge:.0%} of all directions, and at distance 100 in {r100:.0%}."
)
RISES = " So it rises."
FACTS = {
    "test": "held-out points: more than 99% sure",
    "accuracy": "held-out points: right",
    "near": "held-out points: median confidence",
    "far": "distance 100: confidence in the middle direction",
    "at_edge": "where the data end: directions more than 99% sure",
    "r3": "distance 3: directions more than 99% sure",
    "r10": "distance 10: directions more than 99% sure",
    "r100": "distance 100: directions more than 99% sure",
    "most": "up to distance 100: highest confidence anywhere",
}
DISTANCE = f"Distance 1 is one {term_link('standard deviation')} of the training points, counted in each input."
NOT_HERE = (
    "**Measured:** half of this network's answers are at least {near} sure on the held-out points, and at least {far} at "
    "distance 100. But certainty doesn't become more frequent: {measured}"
)
NO_UNITS = "**Measured:** {measured}"
MEASURED_DIGITS = (
    "it's more than 90% sure on {test:.0%} of the held-out digits, and on {turned:.0%} of the same digits, turned. Only "
    "{right:.0%} of the turned ones are right: it reads {most} as a {digit}. On random noise it's as sure in {noise:.0%}."
)
NOT_HERE_DIGITS = (
    "**Measured:** {measured} In this network turning doesn't add certainty. But look how often it's sure and wrong."
)
EXPLAIN = f"""Away from the boundary z goes far up or down, and the {term_link("sigmoid")} turns that into certainty. The green line dips at the boundary.
{term_link("ReLU")} units grow with the distance; {term_link("tanh")} units level off, but by then z is large.
Confidence tells you how far a point is from the **boundary**, not from the **data**."""

EXPLAIN_DIGITS = """Ten scores compete, and softmax turns their differences into probabilities. A turned digit has ink where
upright ones have little. That ink alone makes nearly all of them the same digit, whatever random weights the training
starts from. Large differences mean certainty. There's no eleventh answer, “not a digit”. On noise, some such
networks are this sure in less than half of the cases, others in more than two thirds."""

EXPLAINS = {"": EXPLAIN, "digits": EXPLAIN_DIGITS, "number": curve.EXPLAIN}

OTHER_CLASS = "The answer is the other class, “{answer}”, which gets the rest: {sure}."


TURNED = "0000000022000024ggccecgfgggggggc24cga862004g30000017000000000000"
"""The first held-out digit, a 1, turned by 90°."""
TRIES = (
    Try(
        "Far out",
        {**everything(Experiment()), "zoom": 30.0, "px": 20.0, "py": 10.0},
        "The picture is 30 times as wide as the data now. The dashed lines of 99% run close to the boundary: hardly any doubt is left.",
    ),
    Try(
        "ReLU",
        {**everything(RELU), "zoom": 10.0, "px": 12.0, "py": 6.0},
        "This network has ReLU units. At distance 100 it's more than 99% sure in {r100:.0%} of the directions tried. The network "
        "that the page opens with has tanh units: there, it's {tanh:.0%} of them.",
    ),
)
TRIES_DIGITS = (
    Try(
        "A turned 1",
        {**everything(DIGITS), "row": 0, "ink": TURNED},
        "It's {sure} sure that this is a {answer}. Can you draw something that it's unsure of?",
    ),
    Try(
        "All ink",
        {**everything(DIGITS), "ink": "g" * 64},
        "Nobody ever drew this, and yet it's {sure} sure that it's a {answer}.",
    ),
)
FAILS_DIGITS = Try(
    "Where it fails: an empty page",
    {**everything(DIGITS), "ink": ink.BLANK},
    "Without ink, no pixel adds anything to any score. The best of the ten answers gets only {sure}, hardly more than a tenth.",
)
FAILS = Try(
    "Where it fails: small weights",
    {**everything(HELD), "zoom": 30.0, "px": 20.0, "py": 10.0},
    "This training added a penalty to the loss: the sum of all squared weights, times a factor. That keeps the weights "
    "small. A tanh unit never gets past 1, so z stays small too: the green line stops at about {most:.0%}. The gray one, of "
    "the same network without the penalty, comes close to 100%. The price: {accuracy:.0%} of the held-out points are right, {before:.0%} without the penalty.",
)
NETWORK = "Network (seed {seed})"
OWN = "the network of this link"
AT_EPOCH = "You are asking the network as it was after epoch {epoch} of {epochs}."

ANSWER = "At {place}: **{answer}**, {sure} sure."
MOST = "Unit {unit} adds most to z:"
ANSWER_NUMBER = curve.ANSWER
ANSWER_DIGIT = "It reads a **{answer}**, {sure} sure."
DIVERGED = "This run diverged: its weights aren't numbers any more, so it can't answer anything."
SIMULATOR = "Open in the simulator"

VOICES_TITLE = "What each {} adds"
VOICES = """The last hidden layer's units each add their activation times their weight to z{of}. Here they are, the largest
first. With the bias they add up to z = {z:+z.2f}."""
VOICES_INPUTS = "This network has no hidden layer: the inputs are weighted directly{of}. They add up to z = {z:+z.2f}."

HELD_OUT_TITLE = "Right and wrong on held-out data"
HELD_OUT = "Held-out examples answered wrongly: {wrong} of {all}. The surest mistakes come first."
NONE_WRONG = "All {all} held-out examples are answered correctly. That says nothing about points that are unlike them."

MANY_TITLE = "Ask about a table or a file"
MANY = "Type points, add rows at the bottom, or paste them from a spreadsheet."
FILE = "Or a file (CSV, TSV or text) with the columns {columns}"
KEYBOARD_TITLE = "Draw with the keyboard"
KEYBOARD = "Each cell is a pixel, from 0 (paper) to 16 (ink). Type a number and press Enter; the arrow keys move."

CHECKS = (
    Item(
        "A network is 99.9% sure about a point far from all training data. What does that tell you?",
        (
            Option("It's right 999 times in 1,000", "That may hold for points like the held-out ones. So far from the data, "
                   "nobody has counted how often it's right."),
            Option("It lies far from the boundary", "Confidence comes from z, and z is large far from the boundary.",
                   right=True),
            Option("Many examples were nearby", "z is computed from the point and the weights. It can't know how many examples "
                   "are nearby."),
        ),
    ),
    Item(
        "A network tells cats from dogs and is right on 99% of new photos. It calls a truck “dog, 98%”. Why?",
        (
            Option("It was trained for too short a time", "Longer training usually makes such answers more confident, not rarer."),
            Option("It can only choose between cat and dog", "It has no third answer. The two add up to 100%, and far from the "
                   "boundary one of them gets nearly all.", right=True),
            Option("The test accuracy was computed wrongly", "That number can be right: it's for photos of cats and dogs."),
        ),
        kind="transfer",
    ),
    Item(
        "Cross-entropy at one example is large when …",
        (
            Option("the network is unsure", "At 50% it's 0.69. It can be far larger."),
            Option("the network is sure and wrong", "It grows without bound as the true class's probability goes to "
                   "zero.", right=True),
            Option("the network is sure and right", "Then it's close to 0."),
        ),
        kind="recall",
    ),
)  # fmt: skip

CHECKS_DIGITS = (
    Item(
        "Someone draws a house. This network answers “7, 95%”. Why?",
        (
            Option("The house looks like a 7", "It needn't: one of ten digits has to win, whatever the picture shows."),
            Option("The 7's score is far above the others", "Softmax turns differences between scores into "
                   "probabilities, whatever the picture.", right=True),
            Option("It saw many such houses", "It saw only digits, and no score says how many were similar."),
        ),
    ),
    Item(
        "An app tells 20 kinds of plants apart by softmax. You photograph a shoe. Which answer can't it give?",
        (
            Option("“Oak, 99%”", "It can: one score may be far above the others, for a shoe as well."),
            Option("“Fern, 30%”", "It can: this happens when several scores are close."),
            Option("“None of these”", "Its 20 probabilities add up to 1. An answer like this one has to be built in.",
                   right=True),
        ),
        kind="transfer",
    ),
    Item(
        "Softmax gets ten equal scores. What comes out?",
        (
            Option("A tenth for each", "Equal scores share the probability equally.", right=True),
            Option("0 for each", "Probabilities always add up to 1."),
            Option("1 for one of them", "Only a score far above all others gets close to 1."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "A network that tells two kinds of flowers apart gets the measurements of a tree. What can you expect?",
        (
            Option("A confidence near 50%", "Only points near the boundary get that. A tree is far from it in most cases."),
            Option("One of the two flowers, probably with high confidence", "Far from the data is usually also far from the "
                   "boundary.", right=True),
            Option("An error message", "The numbers fit its inputs, so it computes an answer as always."),
        ),
        kind="transfer",
    ),
    Item(
        "You want a network to say “I don't know” far from its training data. What helps?",
        (
            Option("Train longer on the same data", "That doesn't teach it to doubt: out there it stays about as sure."),
            Option("Check separately how far a new point is from the training data", "The network's own confidence doesn't "
                   "contain that distance.", right=True),
            Option("Answer only when the confidence is above 99%", "Far out it's above 99% almost everywhere."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("An output of 0.98 means right in 98 of 100 cases.", "Only if that was checked on data like the new ones. Large "
     "networks are often surer than they are right (Guo et al. 2017)."),
    ("A network knows what it doesn't know.", "Not by itself: ReLU networks grow certain far from their data in almost every "
     "direction (Hein et al. 2019). You have to add something on purpose: a model of where the data "
     "are, several networks that vote, or a rule to refuse answers beyond the data."),
    ("A high test accuracy makes the network safe to use.", "It holds for data that are like the test data. Turn the digits "
     "by 90°, and nine in ten answers are wrong, although the network is surer than before."),
)  # fmt: skip

LEFT_OPEN = "So far, steps went straight downhill. Is there a faster way?"

LESSON = Words(
    views={
        "": View(PREDICTION, TRIES, FAILS, checks=CHECKS),
        "digits": View(PREDICTION_DIGITS, TRIES_DIGITS, FAILS_DIGITS, checks=CHECKS_DIGITS),
        "number": curve.VIEW,
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
