"""The words of lesson 2."""

from core.ui.teaching import Item, Option, Try, View, Words

PREDICTION = Item(
    "A network has three layers of weights, ReLU in the hidden ones, and all its biases are 0. "
    "Double its input. What happens to its output?",
    (
        Option(
            "It doubles",
            "Doubling passes through every layer unchanged: W(2a) = 2Wa and max(0, 2z) = 2 max(0, z).",
            True,
        ),
        Option(
            "It becomes eight times as large", "No layer doubles again what already arrives doubled: it hands it on."
        ),
        Option(
            "It less than doubles, since ReLU cuts off", "ReLU cuts at 0, and twice a negative z is still negative."
        ),
        Option("Nobody can say, since ReLU is not linear", "Not linear, but it does pass on positive factors."),
    ),
)

MEASURED = "without biases, at this input the output is {y:.2f}, at twice this input {y2:.2f}{ratio}."
MEASURED_FIRST = "the network this page opens with has no biases: input 2 gives {y:.2f}, input 4 gives {y2:.2f}{ratio}."
RATIO = ": {ratio:.2f} times as much"
NOT_DOUBLED = (
    "As this network is now, the output goes from {y:.2f} to {y2:.2f} at twice the input. Doubling "
    "needs zero biases and a bend like ReLU's, which passes on positive factors."
)

EXPLAIN = """Each layer takes a **weighted sum** of everything the layer before it says, adds a bias, and **bends** each
sum. What comes out is all that the next layer gets to see. The sums of a layer are one matrix product, a row of W for
each unit: here {count} multiplications, one for each weight. Nothing is learned on the way; the weights stay as they
are."""

XOR_WORDS = """One neuron could not do XOR. Here h₁ counts how many inputs are on and h₂ fires only for both:
ŷ = h₁ − 2h₂. The weights were set by hand; training may not find them."""

BATCH = """A column for each example: the product is the same, only wider. The tape of one example holds {one} NumPy
calls, that of {many} examples holds {batch}. That is why networks are fed batches: the work
grows, the number of calls does not."""

CONTROLS = {
    "net": {"seeded": "Random weights", "xor": "XOR by hand"},
    "out": {"mse": "a number (z itself)", "brier": "a probability (sigmoid)"},
}

TRIES = (
    Try(
        "Minus two",
        {
            "net": "seeded",
            "x1": -2.0,
            "step": 1,
            "unit": 1,
            "inputs": 1,
            "h1": 3,
            "h2": 2,
            "h3": 0,
            "seed": 31,
            "f": "relu",
            "bias": False,
        },
        "The unit that was silent speaks, and the other two fall silent: the output comes another way.",
    ),
    Try(
        "Biases on",
        {
            "net": "seeded",
            "x1": 2.0,
            "step": 3,
            "inputs": 1,
            "h1": 3,
            "h2": 2,
            "h3": 0,
            "seed": 31,
            "f": "relu",
            "bias": True,
        },
        "Now doubling the input no longer doubles the output: a bias does not grow with the input.",
    ),
    Try(
        "XOR by hand",
        {"net": "xor", "f": "relu", "x1": 1.0, "x2": 1.0, "step": 2, "unit": 1, "out": "mse"},
        "Both on: h₁ = 2 and h₂ = 1, so ŷ = 2 − 2 × 1 = 0. All four corners are exact.",
    ),
)
FAILS = Try(
    "Where it fails: no bend",
    {"net": "xor", "f": "identity", "x1": 1.0, "x2": 1.0, "step": 2, "unit": 1, "out": "mse"},
    "The same weights without ReLU give ŷ = 2 − x₁ − x₂, one flat slope: (0, 0) gets 2 and (1, 1) gets 0. XOR is gone.",
)

CHECKS = (
    Item(
        "A layer of 4 units looks at 3 inputs. How many multiplications does it need for one example?",
        (
            Option("7", "Every unit multiplies every input: 4 × 3, not 4 + 3."),
            Option("12", "One for each weight: 4 units × 3 inputs. The biases are added, not multiplied.", True),
            Option("16", "That counts the 4 biases too, but a bias is only added."),
        ),
    ),
    Item(
        "In a photo classifier, a ReLU network without biases, the class with the largest score wins. "
        "A photo arrives at half brightness. What happens?",
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
                "They would with biases. Without, a factor passes through.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "Why could one neuron alone not do XOR?",
        (
            Option("It has too few inputs", "XOR has two inputs, and so did the neuron."),
            Option(
                "It can only make one straight cut", "And XOR's corners lie crosswise: one cut cannot part them.", True
            ),
            Option(
                "Its activation was the wrong one", "No activation bends the line; it only sets how steep the step is."
            ),
        ),
        kind="recall",
    ),
)

WRONG = (
    (
        "A forward pass is where the network learns.",
        "It only computes. Nothing in the network is different afterwards.",
    ),
    (
        "More layers always compute more.",
        "Without a bend between them, any stack of layers is one weighted sum: press “Where it fails”.",
    ),
    (
        "Information flows through the layers as if through pipes.",
        "Each layer sees only numbers of the layer before. What ReLU cut to 0 is gone for every later layer.",
    ),
)

LEFT_OPEN = "The network has made a prediction. How wrong is it?"

KEY = ("weights: blue solid above 0, orange dashed below", "in the box: what the unit passes on, below it: z")
GIVEN = "The inputs are given: nothing is computed here. Press **Step**."
PRODUCT = "The whole layer at once, as a matrix product: W a + b = z"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS)},
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
