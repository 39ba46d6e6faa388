"""The words of the first page."""

from core.ui.teaching import Item, Option, Try, View, Words

INTRO = """A neural network is a function with many adjustable numbers. It **learns** by changing them, a little at a
time, until its answers fit the examples, as here."""

LOOP = """One step of that run, opened: the network answers, is told how wrong it was, finds the way downhill, and changes
its numbers. Then again."""

PREDICTION = Item(
    "From the first frame of this run to the last: how many of the network's weights and biases have changed?",
    (
        Option("None: it stores the examples", "It stores no example: these numbers are all that it keeps of them."),
        Option("Only those of the last layer", "The blame is passed back through every layer, so the first ones move."),
        Option(
            "Only the few that caused mistakes",
            "Each one has a share in each answer, so each gets its own push, large or small.",
        ),
        Option("All of them", "Each is pushed by its share in the mistake.", right=True),
    ),
)

MEASURED = (
    "{changed} of {size} have changed, {first} in the first step already; half of them by more than {median:.2f}."
)

EXPLAIN = """Nobody tells the network the rule or sets a weight. Each step finds a direction in which the mistake shrinks,
and moves every weight and bias a little that way."""

FORMULA = "Steepest gradient here: {name}"

TRIES = (
    Try("Two moons", {"data": "moons", "net": "layers"}, "The same loop on other data: now the border is a bent line."),
    Try("XOR", {"data": "xor", "net": "layers"}, "Opposite corners belong together; the border has to cut twice."),
    Try("Other first weights", {"seed": 1}, "Every weight starts and ends elsewhere, yet the answer is a ring again."),
)
FAILS = Try(
    "Where it fails: one neuron",
    {"data": "circles", "net": "one"},
    "As many steps of the same loop, and fewer than half of the test points right: one straight line is all it has.",
)

CHECKS = (
    Item(
        "What does a network see while it learns?",
        (
            Option("Examples and its mistakes", "That, repeated, is enough.", right=True),
            Option("The rule behind them", "For most data nobody knows a rule; the network gets none."),
            Option("The right weights", "Nobody knows those either; the gradient only gives a direction."),
        ),
    ),
    Item(
        "Someone copies only the layout, weights and biases of a trained translator. What does the copy know?",
        (
            Option("All that the first learned", "What it learned is in those numbers and nowhere else.", right=True),
            Option("Nothing, without the examples", "They were needed to learn, not to answer."),
            Option("Grammar, but no words", "Nothing is filed apart: all of it is in the same numbers."),
        ),
        kind="transfer",
    ),
)

WRONG = (
    (
        "A network is programmed with the answer.",
        "What is programmed is the loop; the answer comes out of the examples.",
    ),
    (
        "Backpropagation is the learning.",
        "It computes the gradient. The optimizer changes the weights, and the loop repeats both.",
    ),
    ("A lower loss means that it understands.", "It means that its answers fit these examples better, and no more."),
)

TEACHERS_TITLE = "For teachers"
TEACHERS = """The address of a page holds everything that is set on it, seeds included. Copy it from the sidebar and
send it to a class: everyone opens the same experiment and sees the same numbers. Predictions and answers stay in each
learner's own browser; they are not in the link. For example:"""

LEFT_OPEN = "What can one neuron do alone?"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS)},
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
