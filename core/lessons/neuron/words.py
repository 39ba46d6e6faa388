"""The words of lesson 1."""

from core.ui.teaching import Item, Option, Try, View, Words
from core.ui.terms import term_link

PREDICTION = Item(
    "Make weight and bias both five times as large. Where does the neuron turn then, the place with z = 0?",
    (
        Option("Five times farther out", "The place is −b/w, and a factor on both cancels."),
        Option("Nearer to zero", "A larger weight alone would do that, but the bias grew with it."),
        Option("At the same place, more steeply", "The factor cancels in −b/w; it only scales z.", right=True),
        Option("Nothing changes at all", "The place is the same, but z is five times as large everywhere else."),
    ),
)

MEASURED = (
    "with weight {w:.2f} and bias {b:.2f} it turns at x = {turn:.2f}; with both five times as large at x = {turn5:.2f}. "
    "At x = {x:.2f} the activation goes from {a:.4f} to {a5:.4f}."
)

NEVER = "with weight {w:.2f} it turns nowhere: z is {b:.2f} for every input, and five times that after."

EXPLAIN_ONE = f"""A neuron does three things. It multiplies each input by a **{term_link("weight")}**: how much does
this input count, and in which direction? It adds a **{term_link("bias")}**: how easily does it switch on when the
inputs are silent? Then it bends the sum z with an **{term_link("activation function", "activation")}**. Weight and bias
place the turn at −b/w; their size sets how sharp it is. The bend is what lets layers do more than one layer could:
without it, a stack of neurons is a single weighted sum again."""

PREDICTION_TWO = Item(
    "Now a neuron has two inputs, each 0 or 1. Which of these rules can it never get right at all four corners, "
    "whatever its weights and bias?",
    (
        Option(
            "OR: at least one is 1", "One straight line leaves (0, 0) on one side and the other three on the other."
        ),
        Option("AND: both are 1", "One straight line cuts off the corner (1, 1)."),
        Option(
            "XOR: exactly one is 1",
            "Its yes corners lie opposite each other, and one straight line can't separate them from the rest.",
            right=True,
        ),
        Option(
            "None: some weights do each of them", "With enough weights to try it seems so, but a line stays a line."
        ),
    ),
)

MEASURED_TWO = (
    "the best of {tried:,} neurons gets {and_:.0%} of the corners of AND, {or_:.0%} of OR and {xor:.0%} of XOR."
)

EXPLAIN_TWO = """With two inputs, z = 0 is a straight line. The two weights point across it, toward the side that says
yes; the bias pushes it away from the origin, by |b|/|w|. A steeper activation sharpens the border but cannot bend it. So a neuron
can decide exactly what one straight cut can decide: AND, OR and NAND, each with all four corners right."""

WHY_NOT_XOR = """XOR wants both (0, 1) and (1, 0) on the yes side: w₂ + b > 0 and w₁ + b > 0. It wants (0, 0) and
(1, 1) on the no side: b ≤ 0 and w₁ + w₂ + b ≤ 0. Add the first two: w₁ + w₂ + 2b > 0. Add the last two:
w₁ + w₂ + 2b ≤ 0. Both cannot be. A search over {tried:,} neurons agrees: the best gets {best:.0%} of the corners."""

TRIES_ONE = (
    Try("Five times both", {"w": 4.0, "b": 1.0}, "The turn stays at −0.25; the slope there is five times as steep."),
    Try("No weight", {"w": 0.0, "b": 0.2}, "The input no longer matters: the curve is flat at 0.5498."),
    Try("ReLU", {"f": "relu"}, "Left of the turn the neuron is silent, right of it it passes z on unchanged."),
)
FAILS_ONE = Try(
    "Where it fails: saturated",
    {"x": 2.0, "w": 5.0, "b": 1.0, "f": "sigmoid"},
    "At z = 11 the sigmoid is within 0.00002 of 1. Move the input: the neuron hardly notices any more.",
)

TRIES_TWO = (
    Try(
        "AND",
        {"gate": "and", "w1": 1.0, "w2": 1.0, "b2": -1.5},
        "The line runs 1.06 from the origin, and only (1, 1) lies beyond.",
    ),
    Try(
        "OR",
        {"gate": "or", "w1": 1.0, "w2": 1.0, "b2": -0.5},
        "The same line pushed nearer: now only (0, 0) is left behind.",
    ),
    Try(
        "NAND",
        {"gate": "nand", "w1": -1.0, "w2": -1.0, "b2": 1.5},
        "AND with every sign turned: the same line, the other side.",
    ),
)
FAILS_TWO = Try(
    "Where it fails: XOR",
    {"gate": "xor", "w1": 1.0, "w2": 1.0, "b2": -0.5},
    "Three of four corners. Turn the sliders as you like: it never gets the fourth.",
)

CHECKS = (
    Item(
        "A neuron has weight 2 and bias −3. At which input does it turn?",
        (
            Option("1.5", "2 × 1.5 − 3 = 0.", right=True),
            Option("−3", "That is the bias: what z is at input 0."),
            Option("−1.5", "There z = 2 × (−1.5) − 3 = −6. The turn is at −b/w = 3/2."),
        ),
    ),
    Item(
        "A spam filter is one neuron over two counts: exclamation marks and links. Mail is spam when it has many of "
        "exactly one of them. Can the filter learn that?",
        (
            Option(
                "Yes, with the right weights", "No weights do it: this is XOR, and one straight line cannot cut it."
            ),
            Option(
                "No, one straight line cannot part it", "It is XOR again: opposite corners belong together.", right=True
            ),
            Option("Yes, with a steeper activation", "Steepness sharpens the line but never bends it."),
        ),
        kind="transfer",
    ),
    Item(
        "On the first page the network changed something to learn. What was it?",
        (
            Option(
                "Its weights and biases",
                "Inputs and targets come from the data; weights and biases are its own.",
                right=True,
            ),
            Option("The data", "The data stay as they are; the network has to fit them."),
            Option("Its activation function", "That is chosen once; learning moves weights and biases."),
        ),
        kind="recall",
    ),
)

WRONG = (
    ("The bias is a detail.", "Without it every line would pass through the origin, and AND could not be cut out."),
    (
        "A neuron's output is a probability.",
        "A sigmoid lies between 0 and 1, but it is a probability only as far as training has made it one.",
    ),
    (
        "An artificial neuron works like a brain cell.",
        "It was inspired by one. Brain cells spike in time; this is a sum and a bend.",
    ),
)

LEFT_OPEN = "If one neuron draws one line, what can two layers of them draw?"

LESSON = Words(
    views={"one": View(PREDICTION, TRIES_ONE, FAILS_ONE), "two": View(PREDICTION_TWO, TRIES_TWO, FAILS_TWO)},
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
