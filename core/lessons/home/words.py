"""The words of the first page."""

from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = f"""A {term_link("neural network")} is a function with many numbers in it: its {term_link("weight", "weights")}
and {term_link("bias", "biases")}. It **learns** by changing such numbers until its answers fit the examples."""

PICTURE = f"""Each mark is an example: two measurements and a color, the right answer. The background is the network's
answer. Filled marks train it, hollow marks test it. In one {term_link("epoch")}, every filled one is used."""

SEED = f"{term_link('seed', 'Seed')} of the {term_link('first weights')}: {{seed}}"

LOOP = f"""One step: the network answers a small {term_link("batch")}. The {term_link("loss")} says how
wrong it was. {term_link("backpropagation", "Backpropagation")} finds how steeply the loss rises with each weight: the
{term_link("gradient")}. The update goes the other way."""

PREDICTION = Item(
    "Compare the network at the end of this run with the network at its start. How many of its weights and biases have "
    "changed?",
    (
        Option(
            "About half: the others already fit",
            "None of them fits from the start: each has a share in the mistakes, so each gets its own push.",
        ),
        Option("Only weights: biases are fixed", "Biases are learned in the same way as weights."),
        Option(
            "Only the few that caused mistakes",
            "In fact every weight and bias has a share in every answer, so each gets its own push, large or small.",
        ),
        Option("All of them", "Each gets a push of its own, by its share in the mistake.", right=True),
    ),
)

MEASURED = "{changed} of {size} have changed, biases too: {first} of them in the first step. A typical one moved by {median:.2f}."

EXPLAIN = """Nobody sets a weight: each step moves every weight and bias slightly. So the loss went from {before:.3f} to
{after:.3f}."""

TRIES = (
    Try(
        "Two moons",
        {"data": "moons", "net": "layers", "seed": 0},
        "The same loop on other examples: now the border between the colors is one bent line.",
    ),
    Try(
        "XOR",
        {"data": "xor", "net": "layers", "seed": 0},
        "Opposite corners have the same color, so one line is not enough: the border has two parts.",
    ),
    Try(
        "Other first weights",
        {"data": "circles", "net": "layers", "seed": 1},
        "Every weight starts at another value and ends at another one, yet the border closes around the middle again.",
    ),
)
FAILS = Try(
    "Where it fails: one neuron",
    {"data": "circles", "net": "one", "seed": 0},
    "It takes just as many steps, but all it can draw is one straight line. On a ring that's about as good as guessing: "
    "it gets {right:.0%} of these test points right, and about half over many samples of such data.",
)

CHECKS = (
    Item(
        "What does a network see while it learns?",
        (
            Option("The rule behind the examples", "For most data nobody knows a rule. The network gets none."),
            Option("Examples with the right answers", "Its mistakes on them, again and again, are enough.", right=True),
            Option("The right weights", "Nobody knows those. The gradient only gives a direction."),
        ),
    ),
    Item(
        "Someone copies a trained translator's layout, weights and biases. What can the copy do?",
        (
            Option("All that the first one can", "What it learned is in those numbers and nowhere else.", right=True),
            Option("Nothing without examples", "Those were needed to learn. They aren't needed to answer."),
            Option("Grammar, but no words", "Grammar and words aren't stored apart: both are in the same numbers."),
        ),
        kind="transfer",
    ),
)

QUIZ = (
    Item(
        "A training set has 1,000 examples, and each step uses a batch of 50. How many steps are one epoch?",
        (
            Option("1", "That would be one batch of all 1,000 examples."),
            Option("20", "Each example is used once: 1,000 / 50 = 20.", right=True),
            Option("50", "That's the number of examples in a step, not the number of steps."),
            Option("1,000", "That would be a batch of a single example."),
        ),
    ),
    Item(
        "Two people train the same network on the same examples, starting from different weights. Both reach a small loss. "
        "What do they most likely find?",
        (
            Option(
                "The same weights",
                "There are many ways to fit the same examples; the start decides which one is found.",
            ),
            Option(
                "Different weights, different answers", "Both fit the same examples, so their answers agree near them."
            ),
            Option(
                "Different weights, much the same answers",
                "Many sets of weights give nearly the same answers.",
                right=True,
            ),
        ),
    ),
    Item(
        "A network with several layers takes one training step. Which of its layers can change?",
        (
            Option("All of them", "Backpropagation finds a gradient for every layer's weights and biases.", right=True),
            Option("Only the last one", "The last one answers, but the layers before it share in every mistake."),
            Option("Only the first one", "The first one sees the data, but every later layer shares in the mistake."),
        ),
    ),
)

WRONG = (
    (
        "A network is programmed with the answer.",
        "What is programmed is the loop; the answer comes out of the examples.",
    ),
    (
        "Backpropagation is the learning.",
        "It only computes the gradient. The optimizer changes the weights, and the loop repeats both.",
    ),
    (
        "A lower loss means that the network understands.",
        "It means that its answers fit these examples better. No more.",
    ),
)

TEACHERS_TITLE = "For teachers"
TEACHERS = """The address of a page holds everything that is set on it, seeds included. Copy it from the sidebar and
send it to a class: everyone opens the same experiment and sees the same numbers. Predictions and answers stay in each
learner's own browser; they are not in the link. For example:"""

LEFT_OPEN = "What can one neuron do alone?"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS)},
    checks=CHECKS,
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
