"""The words of lesson 2."""

from collections.abc import Sequence

from core.charts.naming import minus
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = f"""Neurons stand in {term_link("layer", "layers")}: each layer's outputs are the next one's inputs. {term_link("hidden layer", "Hidden")}
layers here {{do}}"""
DO = {
    "relu": f"use {term_link('ReLU')}, max(0, z): negative sums become 0.",
    "tanh": f"use {term_link('tanh')}: every sum becomes a number between −1 and 1.",
    "sigmoid": f"use a {term_link('sigmoid')}: every sum becomes a number between 0 and 1.",
    "identity": "pass on their sums as they are (identity): negative sums stay negative.",
}
"""What the hidden layers do with their sums, by activation."""

PREDICTION = Item(
    "This network has three layers of weights, and every bias is 0. Now double its input. What happens to its output?",
    (
        Option(
            "It doubles", "Each layer here passes the doubling on: W(2a) = 2Wa, and max(0, 2z) = 2 max(0, z).", True
        ),
        Option(
            "It becomes eight times as large",
            "No layer doubles again what already arrives doubled. It only passes it on.",
        ),
        Option(
            "It less than doubles, because ReLU cuts off",
            "ReLU cuts at 0, and twice a negative number is still negative.",
        ),
        Option(
            "Nobody can say, because ReLU isn't a straight line",
            "It has a corner, but a positive factor passes through it unchanged.",
        ),
    ),
)

MEASURED = "without biases, the output is {y} at {at}, and {y2} at twice that{ratio}."
MEASURED_FIRST = "the network that this page opens with has no biases. Its output is {y} at an input of 2, and {y2} at twice that{ratio}."


def agreeing(one: float, two: float) -> tuple[str, str]:
    """Write a number and twice that number with so many decimals that the second is twice the first as written.

    >>> agreeing(1.296, 2.592), agreeing(2.448, 4.896)
    (('1.296', '2.592'), ('2.45', '4.90'))
    """
    digits = next((d for d in (2, 3, 4) if abs(2 * round(one, d) - round(two, d)) < 10 ** -(d + 1)), 4)
    return minus(f"{one:z.{digits}f}"), minus(f"{two:z.{digits}f}")


def place(row: Sequence[float]) -> str:
    """Return an input as it is written: x = 2, or (2, 1).

    >>> place([-2.0]), place([2.0, 0.5])
    ('x = −2', '(2, 0.5)')
    """
    numbers = [written(v) for v in row]
    return f"x = {numbers[0]}" if len(numbers) == 1 else f"({', '.join(numbers)})"


def written(value: float) -> str:
    """Return a number with two decimals at most, and a true minus sign."""
    return minus(f"{value:.2f}".rstrip("0").rstrip("."))


RATIO = ": {ratio:.2f} times as much"
NOT_DOUBLED = (
    "As this network is now, the output goes from {y} to {y2} when the input doubles. It always doubles "
    "if all biases are 0 and every unit, the output too, doubles when its z does, as ReLU does."
)

EXPLAIN = f"""Each layer takes a **weighted sum** of everything the layer before passed on, adds a {term_link("bias")} and **bends** the
result with its {term_link("activation function", "activation")} (identity leaves it straight). All sums of a layer together are one matrix product, with
one multiplication for each weight: {{count}} in all layers here. Nothing is learned on the way."""

PREDICTION_XOR = Item(
    "The weights of this network were set by hand: h₁ adds up the inputs, h₂ is above 0 only if both are 1, and the output is h₁ − 2h₂. "
    "With ReLU it answers XOR at all four corners. Now take ReLU away, so that each unit passes on its sum as it is. What is left?",
    (
        Option(
            "XOR still works: the weights are the same",
            "The weights are the same, but without ReLU h₂ falls below 0 at (0, 0), and the answer there is wrong.",
        ),
        Option(
            "A straight slope: the answer falls evenly as x₁ and x₂ grow",
            "Without a bend, sums of sums are one sum again: 2 − x₁ − x₂.",
            True,
        ),
        Option("XOR with larger numbers", "Without ReLU the corner (0, 0) gets the largest number, where XOR is 0."),
    ),
)

MEASURED_XOR = "with ReLU the corners (0, 0), (0, 1), (1, 0), (1, 1) get {bent}; without it they get {flat}."

XOR_WORDS = """One neuron could not do XOR. Here h₁ counts how many inputs are 1, and h₂ is above 0 only when both are: ŷ = h₁ − 2h₂. With ReLU,
h₂ can't fall below 0 at (0, 0). A single neuron has no second unit to take the answer back. The weights were set by hand."""

BATCH = """A column for each example: the product is the same, only wider. One example takes {one} operations on whole tables of numbers,
and {many} examples take {batch}: larger tables, as many operations. That's why networks are fed batches."""

CONTROLS = {
    "net": {"seeded": "Random weights", "xor": "XOR by hand"},
    "out": {"mse": "a number (z itself)", "brier": "a probability (sigmoid)"},
}

_SEEDED = {
    "net": "seeded", "x1": 2.0, "step": 1, "unit": 1, "inputs": 1, "h1": 3, "h2": 2, "h3": 0, "seed": 31, "f": "relu", "bias": False,
    "out": "mse",
}  # fmt: skip
_BY_HAND = {"net": "xor", "f": "relu", "x1": 1.0, "x2": 1.0, "step": 2, "unit": 1, "out": "mse"}

OPENING_XOR = {"net": "xor", "x1": 1.0, "x2": 1.0}
"""Both inputs on: with its first values the page would stand at no corner of XOR."""

TRIES = (
    Try(
        "Minus two",
        {**_SEEDED, "x1": -2.0},
        "Different units are silent now than at an input of 2, so the numbers take another path to the output.",
    ),
    Try("XOR by hand", _BY_HAND, "Both inputs are 1: h₁ = 2 and h₂ = 1, so ŷ = 2 − 2 × 1 = 0."),
)
FAILS = Try(
    "Where it fails: biases",
    {**_SEEDED, "step": 3, "bias": True},
    "Now doubling the input no longer doubles the output: a bias doesn't grow with the input.",
)
FAILS_XOR = Try(
    "Where it fails: no bend",
    {**_BY_HAND, "f": "identity", "x1": 0.0, "x2": 0.0},
    "At (0, 0) XOR should be 0. Without ReLU, h₂ passes on its −1, and the output is 2.",
)
TRIES_XOR = (
    TRIES[1],
    Try("One input on", {**_BY_HAND, "x2": 0.0}, "Only one input is 1: h₁ = 1, h₂ is silent, so ŷ = 1."),
)

CHECKS_XOR = (
    Item(
        "Let h₁ = x₁ + x₂ and h₂ = ReLU(x₁ + x₂ − 1), as here. The output is now h₁ − h₂. What does it answer at the corners?",
        (
            Option("OR", "0, 1, 1 and, at (1, 1), 2 − 1 = 1: yes if at least one input is 1.", True),
            Option("AND", "At (1, 0) h₁ is 1 and h₂ is 0, so the output is 1. AND says 0 there."),
            Option("XOR", "At (1, 1) the output is 2 − 1 = 1. XOR needs h₂ twice, to get down to 0."),
        ),
    ),
    Item(
        "A shop gives a coupon to whoever has its card or its app, but not to those who have both. One unit counts what you have. What "
        "must a second one notice?",
        (
            Option("Who has neither", "The count is 0 for them already: they get nothing."),
            Option("Who has both", "It takes back what the count gave them, as h₂ does here.", True),
            Option("How many customers there are", "The answer for one customer doesn't depend on the others."),
        ),
        kind="transfer",
    ),
    Item(
        "You double a neuron's two weights and its bias. What happens to its line?",
        (
            Option("It moves twice as far out", "Where z was 0 it's still 0: twice 0 is 0."),
            Option("It turns", "Both weights grow alike, so the direction stays."),
            Option("It stays", "z is 0 at the same places. Only its size elsewhere changes.", True),
        ),
        kind="recall",
    ),
)

CHECKS = (
    Item(
        "A layer of 4 units looks at 3 inputs. How many multiplications does it need for one example?",
        (
            Option("7", "Every unit multiplies every input: 4 × 3, not 4 + 3."),
            Option("12", "One for each weight: 4 × 3 = 12. The biases are added, not multiplied.", True),
            Option("16", "That counts the 4 biases too, but a bias is only added."),
        ),
    ),
    Item(
        "In a photo classifier, a ReLU network without biases, the class with the largest score wins. "
        "A photo arrives at half its brightness. What happens?",
        (
            Option(
                "All scores halve, and the same class wins",
                "Halving passes through every layer, so the order stays.",
                True,
            ),
            Option(
                "The scores halve, and another class may win", "If all scores halve, the largest is still the largest."
            ),
            Option(
                "The scores change in ways that depend on the photo",
                "They would with biases. Without them, a factor passes through.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "Why could one neuron alone not do XOR?",
        (
            Option("It has too few inputs", "XOR has two inputs, and so did the neuron."),
            Option(
                "It can only make one straight cut",
                "XOR's corners lie crosswise, and one cut can't separate them.",
                True,
            ),
            Option(
                "Its activation was the wrong one",
                "A rising activation only sets how steep the step is; the cut stays straight.",
            ),
        ),
        kind="recall",
    ),
)

QUIZ = (
    Item(
        "You remove every activation from a deep network. What can it still compute?",
        (
            Option("As much as before, only more slowly", "It computes less: sums of sums are one weighted sum again."),
            Option(
                "No more than a single weighted sum",
                "Without a bend, any stack of layers does what one layer can.",
                True,
            ),
            Option("Nothing at all", "It still computes, but one layer could do the same."),
        ),
    ),
    Item(
        "A ReLU unit's z is −3. What does the next layer get from this unit?",
        (
            Option("−3", "That's z itself. ReLU passes on max(0, z)."),
            Option("0", "ReLU makes 0 of every negative sum: the unit is silent for this example.", True),
            Option("3", "ReLU cuts negative numbers off; it doesn't turn them around."),
        ),
    ),
)

WRONG = (
    ("A forward pass is where the network learns.", "It only computes. Nothing in the network is different afterwards."),
    ("More layers always compute more.", "Without a bend between them, any stack of layers is one weighted sum: press “Where it fails”."),
    ("Information flows through the layers as if through pipes.", "Each layer sees only the numbers of the layer before. What ReLU cut to 0 is "
     "gone for every later layer."),
)  # fmt: skip

LEFT_OPEN = "The network has made a prediction. How wrong is it?"

KEY = ("weights: blue solid above 0, orange dashed below", "in the box: what the unit passes on, below it: z")
KEY_IDENTITY = "identity: the unit passes on z as it is"
WHOLE_LAYER = "The whole layer as one product"
GIVEN = "The inputs are given: nothing is computed here. Press **Step**."
PRODUCT = "The whole layer at once: W a + b = z. Multiply each row of W by the numbers of a, add them up, add the bias: that's one unit's z."

LESSON = Words(
    views={
        "": View(PREDICTION, TRIES, FAILS, checks=CHECKS),
        "xor": View(PREDICTION_XOR, TRIES_XOR, FAILS_XOR, OPENING_XOR, CHECKS_XOR),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
