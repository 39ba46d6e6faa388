"""The words of lesson 1."""

from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "one": f"A {term_link('neuron')} multiplies its input x by a {term_link('weight')} w and adds a {term_link('bias')} b. "
    f"The result is {term_link('z')}. An {term_link('activation', 'activation function')} f, here the S-shaped "
    f"{term_link('sigmoid')}, turns z into the output a. The **turning point** is the input where z = 0: there the "
    "sigmoid passes one half.",
    "two": "Now there are two inputs, each with its own weight. A neuron says yes where z is above 0, and no "
    "elsewhere. The line is where z = 0; the four marks are the inputs to get right.",
}

PREDICTION = Item(
    "Multiply both the weight and the bias by 5. Where is the turning point (the input where z = 0) now?",
    (
        Option(
            "Five times as far from 0",
            "It's where wx + b = 0, so at −b/w. Multiply both by the same number, and it cancels out.",
        ),
        Option("Closer to 0", "A larger weight alone would do that, but the bias grew with it."),
        Option(
            "At the same place, but the curve is steeper",
            "The turning point is where z is zero, so x = −b/w. Multiply both by the same number, and it cancels out.",
            right=True,
        ),
        Option(
            "At the same place: nothing changes", "The place is the same, but z is five times as large everywhere else."
        ),
    ),
)

MEASURED = (
    "with weight {w:.2f} and bias {b:.2f} the turning point is at x = {turn:.2f}, and with both five times as large it's still at "
    "x = {turn5:.2f}. At x = {x:.2f} the output goes from {a:.4f} to {a5:.4f}."
)

NEVER = "With weight 0, z is {b:.2f} for every input: there is no turning point."

EXPLAIN_ONE = """The weight says how much the input counts, and in which direction; the bias, how easily the neuron switches
on. Together they put the turning point at −b/w, and the weight's size makes the curve steep or gentle. The curve's bend
matters once you stack neurons: without it, many layers could do no more than one."""

WAY_IN = "Now with two inputs: what can it never do?"

PREDICTION_TWO = Item(
    "Both inputs are 0 or 1, so there are four pairs of inputs. Which of these rules can one neuron never get right for "
    "all four, whatever its weights and bias?",
    (
        Option(
            "OR: yes if at least one is 1",
            "A straight line leaves (0, 0) on one side and the other three on the other.",
        ),
        Option("AND: yes if both are 1", "A straight line cuts off the corner (1, 1)."),
        Option(
            "XOR: yes if exactly one is 1",
            "XOR's yes corners lie diagonally opposite; no straight line separates them.",
            right=True,
        ),
        Option(
            "None: for each rule there are weights that get it right",
            "For XOR there are none: one straight line can't separate its two yes corners from its two no corners.",
        ),
    ),
)

MEASURED_TWO = (
    "of {tried:,} neurons (weights and biases from {low} to {high}), the best gets {and_:.0%} of the corners right for AND, {or_:.0%} for OR and {xor:.0%} for "
    f"{term_link('XOR')}."
)

EXPLAIN_TWO = """With two inputs, z = 0 is a straight line. The weights set its direction and which side says yes; the bias
moves it away from (0, 0). The activation function comes after z, so it can't bend this line. So one
neuron decides what one straight cut decides, such as AND and OR, and nothing else."""

WHY_NOT_XOR = """**Why not XOR?** It needs yes at (0, 1) and at (1, 0): w₂ + b > 0 and w₁ + b > 0. Add these: w₁ + w₂ + 2b > 0. It
needs no at (0, 0) and at (1, 1): b ≤ 0 and w₁ + w₂ + b ≤ 0. Add these: w₁ + w₂ + 2b ≤ 0. Both can't be true."""

TITLE_TWO = "The rule is {gate}: {right} of 4 corners right"
CORNER = "At the corner (1, 1):"
DISTANCE = "How far the line runs from (0, 0):"
SOLVED = "This neuron is {gate}."

TRIES_ONE = (
    Try(
        "Both times 5",
        {"x": 0.5, "w": 4.0, "b": 1.0, "f": "sigmoid"},
        "The turning point stays at −0.25. The curve is five times as steep there as it was at first.",
    ),
    Try(
        "No weight",
        {"x": 0.5, "w": 0.0, "b": 0.2, "f": "sigmoid"},
        "The input no longer matters: the curve is flat at 0.5498.",
    ),
    Try(
        "ReLU",
        {"x": 0.5, "w": 0.8, "b": 0.2, "f": "relu"},
        "Another activation function: left of the turning point the output is 0, right of it the output is z itself.",
    ),
)
FAILS_ONE = Try(
    "Where it fails: saturated",
    {"x": 2.0, "w": 5.0, "b": 1.0, "f": "sigmoid"},
    "z is 11, and the output is within 0.00002 of 1. Move the input up to 3: the output doesn't seem to change. The neuron "
    f"is {term_link('saturation', 'saturated')}: the curve is almost flat here.",
)

TRIES_TWO = (
    Try(
        "Solve AND",
        {"gate": "and", "w1": 1.0, "w2": 1.0, "b2": -1.5, "f": "sigmoid"},
        "The line is 1.06 away from (0, 0), and only (1, 1) lies beyond it.",
    ),
    Try(
        "Solve OR",
        {"gate": "or", "w1": 1.0, "w2": 1.0, "b2": -0.5, "f": "sigmoid"},
        "Only the bias is different from AND: the line is now 0.35 away from (0, 0), and only that corner gets a no.",
    ),
    Try(
        "Solve NAND",
        {"gate": "nand", "w1": -1.0, "w2": -1.0, "b2": 1.5, "f": "sigmoid"},
        "NAND says no only if both are 1. It's AND with every sign flipped: the line stays, but yes and no change sides.",
    ),
)
FAILS_TWO = Try(
    "Where it fails: XOR",
    {"gate": "xor", "w1": 1.0, "w2": 1.0, "b2": -0.5, "f": "sigmoid"},
    "Three of the four corners are right. Move the sliders as you like: you won't get the fourth.",
)

OPENING_TWO = {"gate": "or", "w1": 1.0, "w2": 1.0, "b2": -1.5}
"""The line that gets AND right, asked for OR."""

RECALL = Item(
    "What did the network on the first page change in order to learn?",
    (
        Option(
            "Its weights and biases",
            "Inputs and right answers come from the data; weights and biases are its own.",
            right=True,
        ),
        Option("The data", "The data stay as they are; the network has to fit them."),
        Option("Its activation function", "That is chosen once; learning changes weights and biases."),
    ),
    kind="recall",
)

RECALL_TWO = Item(
    "What did each step of training do to the network on the first page?",
    (
        Option(
            "It moved every weight and bias a little",
            "Each by its share in the mistake, so the loss falls.",
            right=True,
        ),
        Option(
            "It put right the one weight that was wrong",
            "No single weight is to blame: each has a share in every answer.",
        ),
        Option("It stored an example", "A network stores no examples. Its weights and biases are all it has."),
    ),
    kind="recall",
)

CHECKS_ONE = (
    Item(
        "A neuron has weight 2 and bias −3. Where is its turning point?",
        (
            Option("1.5", "2 × 1.5 − 3 = 0.", right=True),
            Option("−3", "That's the bias: the value of z when the input is 0."),
            Option("−1.5", "There z = 2 × (−1.5) − 3 = −6. The turning point is at −b/w = 3/2."),
        ),
    ),
    Item(
        "A heater switches on when a neuron's z is above 0. The input is the room's temperature in °C, the weight is −1 and the bias "
        "18. When does it heat?",
        (
            Option(
                "Below 18 °C", "z is 0 at 18. The weight is negative, so z is above 0 where it's colder.", right=True
            ),
            Option("Above 18 °C", "The weight is negative: a warmer room makes z smaller."),
            Option("Below −18 °C", "At −18 °C, z = −1 × (−18) + 18 = 36, far above 0. It is 0 at −b/w, which is 18."),
        ),
        kind="transfer",
    ),
    RECALL,
)

CHECKS_TWO = (
    Item(
        "A neuron has weights 1 and 1 and a bias of −0.5. To which corners does it say no?",
        (
            Option("Only (0, 0)", "There z is the bias, −0.5. At each other corner z is above 0.", right=True),
            Option("All but (1, 1)", "A single 1 is enough: 1 − 0.5 = 0.5 is above 0."),
            Option("None", "At (0, 0) only the bias is left, and it's negative."),
        ),
    ),
    Item(
        "A spam filter is one neuron that counts exclamation marks and links. Mail is spam if it has many of the one or "
        "many of the other, but not both. Can the filter learn that?",
        (
            Option(
                "Yes, with the right weights", "No weights do it: this is XOR, and a single line can't separate it."
            ),
            Option(
                "No, whatever its weights",
                "It's XOR again: the two kinds of spam lie diagonally opposite, and no straight line separates them.",
                right=True,
            ),
            Option(
                "Yes, with a steeper activation",
                "A steeper activation makes the change at the line sharper, but the line stays straight.",
            ),
        ),
        kind="transfer",
    ),
    RECALL_TWO,
)

QUIZ = (
    Item(
        "A sigmoid neuron has weight −2 and bias 4. For which inputs is its output above one half?",
        (
            Option("For inputs above 2", "The weight is negative: a larger input makes z smaller."),
            Option(
                "For inputs below 2", "At 2, z is 0. The weight is negative, so z is positive below it.", right=True
            ),
            Option("For inputs below −2", "At −2, z is as large as 8. It is 0 at −b/w, which is 2."),
        ),
    ),
    Item(
        "A neuron has three inputs, each 0 or 1, and all its weights are 1. Which bias makes it say yes only when all "
        "three inputs are 1?",
        (
            Option("−0.5", "Then a single 1 is enough to make z positive: that is OR."),
            Option("−3.5", "Then z is negative even when all three are 1: it never says yes."),
            Option("−2.5", "Three ones give 3 − 2.5 = 0.5, and two give 2 − 2.5 = −0.5.", right=True),
        ),
        kind="transfer",
    ),
    Item(
        "Whatever its input, a sigmoid neuron's output stays almost exactly 1. You change its weight a little, and nothing "
        "happens. What is going on?",
        (
            Option("It is saturated", "z is so large that the curve is almost flat there.", right=True),
            Option("Its turning point is at 0", "Near its turning point a sigmoid changes most."),
            Option("It has no bias", "Without a bias, z = 0 at input 0, and the output there is one half."),
        ),
    ),
)

WRONG = (
    (
        "The bias is a detail.",
        "Without it the turning point is always at x = 0. With two inputs, every line passes through (0, 0), and no such line gets AND.",
    ),
    (
        "A neuron's output is a probability.",
        "A sigmoid's output lies between 0 and 1, but it's only a good estimate of a probability if training made it one.",
    ),
    (
        "An artificial neuron works like a brain cell.",
        "It was inspired by one. Brain cells send pulses over time; this is a sum and a bend.",
    ),
)

STILL_ONE = "What can a neuron with two inputs never decide?"
LEFT_OPEN = "If one neuron draws one line, what can two layers of them draw?"

LESSON = Words(
    views={
        "one": View(PREDICTION, TRIES_ONE, FAILS_ONE, checks=CHECKS_ONE),
        "two": View(PREDICTION_TWO, TRIES_TWO, FAILS_TWO, OPENING_TWO, CHECKS_TWO),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
