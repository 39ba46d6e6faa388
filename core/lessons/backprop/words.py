"""The words of lesson 4."""

from core.ui.teaching import Item, Option, Try, View, Words

PREDICTION = Item(
    "Two weights lead into the output. One is large, but its unit says little. The other is small, but its unit says "
    "much. Which gets the larger gradient?",
    (
        Option("The large weight", "A weight's own size is not in its gradient; what it was multiplied by is."),
        Option("The small weight", "Both share the error behind them; what differs is what each multiplied.", True),
        Option("Both the same, since they share one error", "They share it, but each multiplied something different."),
        Option("Only nudging each of them can tell", "Nudging can tell, and so can one product of known numbers."),
    ),
)

MEASURED = (
    "the weight of {big_w:.2f} gets {big_g:.4f}, the weight of {small_w:.2f} gets {small_g:.4f}: {ratio:.1f} times as "
    "much, and its unit's activation is as many times as large."
)

EXPLAIN = """Backpropagation walks the same lines in reverse. From the loss on, it multiplies by what the forward pass
multiplied by: a **weight** along a line, a **slope** at a bend, and last what the weight itself was given. One walk
serves every weight, because units pass on what is already worked out.

It computes gradients and changes nothing. The **optimizer** then moves the weights."""

NETS = {"pair": "Two hidden units", "chain": "One unit a layer", "deep": "Two hidden layers"}
LOSSES = {"brier": "squared error", "bce": "cross-entropy"}
TARGETS = {"1": "1", "0": "0"}
STAGES = {
    "forward": "Forward",
    "loss": "Loss",
    "output": "Output gradient",
    "hidden": "Hidden gradients",
    "update": "Update",
}

KEY = ("◀ violet: gradients on their way back (below a unit: dL/dz)", "shaded: the chosen weight")
SAYS = {
    "forward": "The numbers have run forward. The network says {p:.2f}.",
    "loss": "The loss compares what it says with the target.",
    "output": "How does the loss change with the output's weighted sum?",
    "hidden": "Each hidden unit takes what comes back through its weights, times its own slope.",
    "update": "The optimizer moves every weight against its gradient. {sign}",
}
SIGN = {
    1: "This gradient is above 0, so the weight falls.",
    -1: "This gradient is below 0, so the weight grows.",
    0: "This gradient is 0, so the weight stays.",
}
CHAIN_TITLE = "The chain rule of {name}"
NUDGE_TITLE = "The same by a nudge"
AGREE = "Agreement: **{digits} digits**."
AGREE_BOTH = "With this nudge {digits} digits agree; nudged both ways, {central}."
SOLVED = "The output's bias was solved for, so that this network says exactly 0.82 to its first input."
NEXT = "The next update would make it {after:.4f}."
ONE_STEP = (
    "One step at rate {rate:g} takes the loss from {before:.4f} to **{after:.4f}**; had only {name} moved, "
    "it would be {alone:.4f}."
)

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
        "One unit a layer",
        {**_CHAIN, "weight": 0, "step": 3, "rate": 0.5},
        "A single product: −0.6757 × (−1.2) × 0.2574 × 1.5 = 0.3131. The nudge says 0.3127.",
    ),
    Try(
        "Ten updates",
        {**_FIRST, "weight": 6, "step": 1, "rate": 1.0, "updates": 10},
        "The same step ten times: the prediction comes close to 1, and every gradient has shrunk with the error.",
    ),
    Try(
        "Two hidden layers",
        {**_FIRST, "net": "deep", "weight": 0, "step": 4, "rate": 0.5},
        "Two ways lead from this weight to the output, so its gradient is a sum of two products.",
    ),
)
FAILS = Try(
    "Where it fails: a dead unit",
    {**_FIRST, "x1": -2.0, "f": "relu", "weight": 0, "step": 3},
    "ReLU is off in h₁, its slope is 0, and so is every product through it. The loss is not: this weight learns nothing.",
)

PLACES_SAY = {
    "above": "The gradient is {g:.2f}. The update subtracts it, so the weight **falls**, and the loss with it.",
    "below": "The gradient is {g:.2f}. Subtracting a negative number, the weight **grows**: downhill again.",
    "minimum": "The gradient is {g:.2f} and nothing better is near. This is the zero one hopes for.",
    "saddle": "Every gradient is {g:.2f}, yet with both weights moved alike the loss falls. A **saddle**: gradient descent "
    "started exactly here never leaves.",
    "plateau": "The gradient is {g:.1e}, the loss {loss:.2f}. A **plateau**: the sigmoid is saturated and wrong, and steps "
    "this small lead nowhere.",
    "dead": "The gradient is exactly {g:.2f} although the loss is {loss:.2f}. A **dead unit**: its ReLU is off for every "
    "example, so moving its weight a little changes nothing.",
}
PLACES_HEAD = "`w ← w − rate × gradient`. The sign gives the direction. Zero alone says only that the ground is level."

LEDGER = """All {count} NumPy calls of this training step, in order, read off the tape that ran them. None of them computes
the loss itself: an update needs only its derivative."""
COST = """For a 64-32-10 network on a batch of 32, nudging all {parameters:,} parameters took **{ratio:,.0f} times** as long
as backpropagation on this server. The largest disagreement was {error:.0e} of the largest gradient."""
NUDGES = """A large nudge follows the curve away from its tangent. A tiny one drowns in rounding, because two nearly equal
losses are subtracted. Two-sided nudges are best around 10⁻⁵; at 10⁻¹² they are worse again."""
FADING = """Every layer back multiplies by a slope and by weights. A sigmoid's slope is at most 1/4: from layer 11 to layer 1
the gradient shrinks {sigmoid:,.0f}-fold. tanh with Xavier and ReLU with He keep theirs. Small weights alone are
enough to lose it: ReLU from N(0, 0.1) has it near {small:.0e} in every layer, whatever its slope of 1. Medians of
{seeds} seeds, 2-16×10-1 on the moons, before any training."""

CHECKS = (
    Item(
        "A weight was given 0 by its unit in this example. What is its gradient?",
        (
            Option("0", "Its product ends with what it was given, and that is 0.", True),
            Option("As large as its error", "The error is one factor; the 0 that it was given is another."),
            Option("It depends on the weight's size", "A weight's own size is not in its gradient."),
        ),
    ),
    Item(
        "A bill is seconds × price × tax factor: 10 × 3 × 1.2 = 36. How much more is it for each extra second?",
        (
            Option("3", "That leaves out the tax factor behind it."),
            Option("3.6", "Go back from the bill and multiply what stands on the way: 1.2 × 3.", True),
            Option("36", "That is the bill itself, not its change."),
        ),
        kind="transfer",
    ),
    Item(
        "Prediction 0.7, target 0.9: what is the squared error?",
        (
            Option("0.2", "That is the difference, not yet squared."),
            Option("0.04", "(0.7 − 0.9)² = 0.04.", True),
            Option("−0.04", "A square is never below 0."),
        ),
        kind="recall",
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
        "It says which way is steepest here, and how steep. How far is the learning rate's question.",
    ),
)

LEFT_OPEN = "How far should each step go?"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS)},
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
