"""The words of lesson 4."""

from core.charts.naming import minus
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = f"""Nudge one weight a little, and the loss changes. Divide that change by the nudge: that's nearly the weight's
{term_link("gradient")}, written ∂L/∂w."""

PREDICTION = Item(
    "Two weights feed the output. One is large, but the output of its unit is close to 0. The other is small, but its unit's output "
    "is large. Which weight's gradient is larger in size?",
    (
        Option(
            "The large weight",
            "The weight itself isn't one of the factors. The value that it multiplies is, and the small weight's is larger.",
        ),
        Option(
            "The small weight",
            "A larger value comes into it, so its gradient is larger in size.",
            True,
        ),
        Option(
            "Both the same, since they share one error", "They share the error, but each multiplies a different value."
        ),
        Option("Only nudging each of them can tell", "Nudging can tell, and so can one product of known numbers."),
    ),
)

MEASURED = (
    "the small weight's gradient is larger in size: {small_g:.4f} against {big_g:.4f}. One factor comes back from the loss to both, "
    "{dz:.4f}. It's multiplied by the output of each one's unit: {small_a:.4f} and {big_a:.4f}."
)
MEASURED_FIRST = "in the network that this page opens on, " + MEASURED

EXPLAIN = f"""{term_link("backpropagation", "Backpropagation")} walks back from the loss and multiplies
what stands on the way: a **weight** along a line, a {term_link("derivative", "**slope**")} f′ at an activation, and last the value that
comes into the weight. That's the {term_link("chain rule")}.

It computes gradients and changes nothing. The {term_link("optimizer", "**optimizer**")} then moves the weights."""

NETS = {"pair": "Two hidden units", "chain": "One unit per layer", "deep": "Two hidden layers"}
LOSSES = {"brier": "squared error", "bce": "cross-entropy"}
TARGETS = {"1": "1", "0": "0"}
STAGES = {
    "forward": "Forward",
    "loss": "Loss",
    "output": "Output gradient",
    "hidden": "Hidden gradients",
    "update": "Update",
}

KEY = (
    "violet: gradients; below a weight ∂L/∂w, ◀ below a unit dL/dz",
    "shaded: the chosen weight; ➜ its value after this update",
)
SAYS = {
    "forward": "The numbers have run forward. The network says {p:.2f}.",
    "loss": "The loss compares the prediction, {p:.2f}, with the target.",
    "output": "dL/dz says how fast the loss changes with the output's z.",
    "hidden": "Each hidden unit takes what comes back through its weights and multiplies it by its own slope, f′(z).",
    "update": "Each weight moves against its gradient. {sign}",
}
SQUASH = " The slope of its sigmoid is {slope:.4f} here: ŷ(1 − ŷ)."
SIGN = {
    1: "This gradient is above 0, so the weight falls.",
    -1: "This gradient is below 0, so the weight grows.",
    0: "This gradient is 0, so the weight stays.",
}
CHAIN_TITLE = "The chain rule of {name}"
NUDGE_TITLE = "The same by a nudge"
AGREE = "They agree in **{digits}**."
AGREE_ZERO = "Both are exactly 0."
AGREE_BOTH = "With this nudge they agree in {digits}; nudged both ways, in {central}."
SOLVED = (
    "The output's bias was chosen so that this network says exactly {says:g} to the example that this page opens with."
)
NEXT = "One update would make the loss {after:.4f}."
ONE_STEP = "If only {name} moved, the loss would become {alone:.4f}."

_FIRST = {"net": "pair", "x1": 0.5, "x2": 1.0, "target": "1", "f": "tanh", "loss": "brier", "updates": 0}
_CHAIN = {"net": "chain", "x1": 1.5, "target": "1", "f": "tanh", "loss": "bce", "updates": 0}
STARTS = {
    "pair": _FIRST | {"weight": 6},
    "chain": _CHAIN | {"weight": 0},
    "deep": _FIRST | {"net": "deep", "weight": 0},
}
"""What choosing a network sets."""

TRIES = (
    Try(
        "One unit per layer",
        {**_CHAIN, "weight": 0, "step": 3, "rate": 0.5},
        "With cross-entropy as the loss, this gradient is a single product: {product} = {gradient}. The nudge gives {nudged}.",
    ),
    Try(
        "Ten updates",
        {**_FIRST, "weight": 6, "step": 2, "rate": 1.0, "updates": 10},
        "Ten steps at a rate of 1: the prediction gets close to 1, and this weight's gradient has shrunk with the error, to {gradient}.",
    ),
    Try(
        "Two hidden layers",
        {**_FIRST, "net": "deep", "weight": 0, "step": 4, "rate": 0.5},
        "Two ways lead from this weight to the output, so its gradient is a sum of two products.",
    ),
)
FAILS = Try(
    "Where it fails: silent units",
    {**_FIRST, "x1": -2.0, "f": "relu", "weight": 0, "step": 3},
    "For this example ReLU makes both hidden units silent. Their slope is 0, and so is every product through them. The loss isn't 0, "
    "yet this weight learns nothing from it. (A unit that is silent for every example is called dead.)",
)


def rounded(value: float) -> str:
    """Return a gradient with four decimals and a true minus sign."""
    return minus(f"{value + 0.0:.4f}")


def factor(value: float) -> str:
    """Return one factor of a product: as short as it is exact, and in brackets where it is below 0."""
    text = minus(f"{value:.4f}".rstrip("0").rstrip("."))
    return f"({text})" if value < 0 else text


PLACES_SAY = {
    "above": "The gradient is {g:.2f}. The update subtracts it, so the weight **falls**, and the loss with it.",
    "below": "The gradient is {g:.2f}. Subtracting a negative number, the weight **grows**: downhill again.",
    "minimum": "The gradient is {g:.2f} and nothing better is near. This is the zero you hope for.",
    "saddle": "Every gradient is {g:.2f}, yet with both weights moved alike the loss falls. A **saddle**: gradient descent "
    "started exactly here never leaves.",
    "plateau": "The gradient is {tiny}, the loss {loss:.2f}. A **plateau**: the sigmoid is saturated and wrong, and steps "
    "this small lead nowhere.",
    "dead": "The gradient is exactly {g:.2f} although the loss is {loss:.2f}. A **dead unit**: its ReLU is off for every "
    "example, so moving its weight a little changes nothing.",
}
PLACES_HEAD = "`w ← w − rate × gradient`. The sign gives the direction. Zero alone says only that the ground is level."

LEDGER = """All {count} array operations of this training step, in the order in which they ran. None of them computes the loss itself: an
update needs only its derivative."""
COST = """For a {sizes} network on a batch of {batch}, nudging all {parameters:,} parameters took **{ratio:,.0f} times** as long
as backpropagation on this server. The largest disagreement was {error} of the largest gradient."""
NUDGES = """A large nudge follows the curve away from its tangent. A tiny one drowns in rounding, because two nearly equal
losses are subtracted. Nudging both ways works best with a nudge around 10⁻⁵; at 10⁻¹² it is worse again."""
FADING = """Every layer back multiplies by a slope and by weights. A sigmoid's slope is at most 1/4: from layer {last} to layer 1
the gradient shrinks {sigmoid:,.0f}-fold. tanh and ReLU, with first weights that suit them, keep theirs. Small weights alone are
enough to lose it: ReLU with weights drawn around 0 with a spread of {spread:g} has it near {small} in every layer, although its slope is 1 where it's on. Medians of
{seeds} seeds: {depth} hidden layers of {width} units on the moons, before any training."""

CHECKS = (
    Item(
        "The unit in front of a weight outputs 0. What is the weight's gradient?",
        (
            Option("0", "One factor of its gradient is the value that comes in: 0. So the product is 0.", True),
            Option(
                "As large as the output's error",
                "The error is only one factor. Another is the value that comes into the weight: 0. So the product is 0.",
            ),
            Option(
                "It depends on the weight's size",
                "The gradient doesn't depend on how big the weight is, but on the value that it multiplies: 0.",
            ),
        ),
    ),
    Item(
        "A bill is seconds × price × tax factor: 10 × 3 × 1.2 = 36. How much more is it for each extra second?",
        (
            Option("3", "That leaves out the tax factor behind it."),
            Option("3.6", "Go back from the bill and multiply what stands on the way: 1.2 × 3 = 3.6.", True),
            Option("36", "That is the bill itself, not its change."),
        ),
        kind="transfer",
    ),
    Item(
        "The prediction is 0.7 and the target 0.9. What is the squared error?",
        (
            Option("0.2", "That is the difference, not yet squared."),
            Option("0.04", "(0.7 − 0.9) × (0.7 − 0.9) = 0.04.", True),
            Option("−0.04", "A square is never below 0."),
        ),
        kind="recall",
    ),
)

QUIZ = (
    Item(
        "A weight's gradient is −0.3. What does a step of gradient descent do to the weight?",
        (
            Option(
                "It makes the weight smaller",
                "The step subtracts the gradient, and subtracting a negative number adds.",
            ),
            Option(
                "It makes the weight larger",
                "The step subtracts the gradient, and subtracting a negative number adds.",
                True,
            ),
            Option("Nothing until the loss is known", "The gradient is all that a step needs."),
        ),
    ),
    Item(
        "Why is backpropagation so much cheaper than nudging each weight?",
        (
            Option("It only looks at the largest weights", "It computes the gradient of every weight."),
            Option(
                "One walk back serves all weights at once",
                "Units pass on what is already worked out; nudging runs the network anew for every weight.",
                True,
            ),
            Option("It guesses the gradients", "It computes them exactly, up to rounding."),
        ),
    ),
)

WRONG = (
    (
        "Backpropagation updates the weights.",
        "It computes gradients. Updating is the optimizer's work, and there are many optimizers.",
    ),
    (
        "A gradient of 0 means that training has finished.",
        "It may be a minimum, a saddle, a plateau or a dead unit: see above.",
    ),
    (
        "ReLU has solved vanishing gradients.",
        "Its slope is 0 for z < 0, and small weights still make gradients vanish.",
    ),
    (
        "The gradient says how far to go.",
        "It says which way is steepest here, and how steep. How far to go is the learning rate's question.",
    ),
)

LEFT_OPEN = "How far should each step go?"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS)},
    checks=CHECKS,
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
