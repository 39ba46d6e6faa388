"""The words of lesson 9."""

import re

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = "You see the loss of two weights, x and y. A ravine is steep across and gentle along its floor."
PREDICTION = Item(
    "Plain descent takes {plain:.0f} steps of rate 0.01 to get down this ravine. Momentum adds 90% of its last "
    "step to every new one. From the same start, at the same rate, how many steps does it take?",
    (
        Option("About as many", "Along the floor all steps point the same way, so they add up: up to 10 times as far."),
        Option("About half as many", "A good guess, but along the floor the steps add up: up to 10 times as far."),
        Option("About a fifth", "Along the floor the steps add up; across, they cancel.", right=True),
        Option("It never arrives: it keeps swinging", "It swings, but each swing is smaller than the last."),
    ),
)
MEASURED = "plain descent takes {plain:.0f} steps, momentum {momentum:.0f}."

EXPLAIN = f"""Across, a large {term_link("learning rate", "rate")} throws you from wall to wall. Along the floor, a
small one creeps. One rate must serve both.
**{term_link("momentum", "Momentum")}** adds up steps: those across cancel, those along build speed.
**{term_link("AdaGrad")}**, **{term_link("RMSProp")}** and **{term_link("Adam")}** divide each weight's step by the
size of its gradients, so steep and gentle weights move alike. That works weight by weight, so it helps
less in {phrase("a turned ravine", surface="rotated")}."""

LETTERS = {
    r"\theta": "a weight", "g": "its gradient", r"\eta": "the rate", r"\mu": "how much of v stays",
    "v": "summed gradients", r"\rho": "the share of s that stays", "s": "the squares of the gradients, collected",
    r"\hat m": "the mean of the gradients", r"\hat v": "the mean of their squares",
    r"\epsilon": "tiny", r"\lambda": "how fast weights shrink",
}  # fmt: skip


def letters(formula: str) -> str:
    """Say what the letters of an optimizer's formula mean."""
    there = set(re.findall(r"\\hat [a-z]|\\[a-z]+|[a-z]", formula))
    return ", ".join(f"${letter}$: {meaning}" for letter, meaning in LETTERS.items() if letter in there) + "."


MORE_TITLE = "Start, noise, batch size"
TRIES = (
    Try(
        "Plain descent (SGD)",
        {"surface": "ravine", "opt": "sgd", "rate": 0.01, "x": 10.0, "y": 1.0},
        "One step and it's on the floor. Then it creeps: {plain:.0f} steps.",
    ),
    Try(
        "Adam",
        {"surface": "ravine", "opt": "adam", "rate": 0.1, "x": 10.0, "y": 1.0},
        "Both weights move 0.1 at first, though one gradient is far larger. It arrives after {adam:.0f} steps.",
    ),
    Try(
        "Adam, ravine turned",
        {"surface": "rotated", "opt": "adam", "rate": 0.1, "x": 10.0, "y": 1.0},
        "The same ravine, turned. Adam at 0.1 needs {adam_turned:,.0f} steps instead of {adam:.0f}. "
        "Plain descent doesn't mind: {plain_turned:.0f} at a rate of 0.01.",
    ),
    Try(
        "On the ridge",
        {"surface": "saddle", "opt": "sgd", "rate": 0.1, "x": 10.0, "y": 0.001},
        "Press play. It heads for the saddle, where the gradient is almost 0, waits, then slides off: {ridge:.0f} steps. "
        f"Type 0 for its start y (below, in “{MORE_TITLE}”), and it stays for ever.",
    ),
    Try(
        "Many valleys",
        {"surface": "valleys", "opt": "momentum", "rate": 0.05, "x": 10.0, "y": 1.0},
        "Momentum rolls through the small valleys to the lowest, after {valley:.0f} steps. Plain descent at the same "
        "rate stops in the first one. (The S in the picture walks at its own best rate.)",
    ),
    Try(
        "A real network",
        {"surface": "network", "opt": "sgd", "rate": 0.35, "x": 10.0, "y": 1.0},
        "Two directions through a trained network's weights. Here plain descent is ahead: {net_plain:.0f} steps, and "
        "even momentum at its best rate takes {net_momentum:.0f}. Not every ground is a ravine.",
    ),
)
FAILS = Try(
    "Where it fails: a gentle valley",
    {"surface": "gentle", "opt": "momentum", "rate": 0.18, "x": 10.0, "y": 1.0},
    "Only 10 times as steep across as along. Plain descent at 0.18 needs {gentle_plain:.0f} steps. Momentum needs "
    "{gentle_momentum:.0f}, and even at its best rate {gentle_best:.0f}: it swings past the bottom again and again.",
)

ARRIVED = "**{name}** at a rate of {rate:g} arrives after **{steps}**."
NEVER = "**{name}** at a rate of {rate:g} doesn't arrive within **{most:,}** steps."
LEFT = "It has left: each step was longer than the one before. Try a smaller rate."
RACE = "The others use their best rate from {start}, up to 1. Arrived: within {near:f} of the lowest loss, for good."
CLICK = "Click or tap the surface to start elsewhere."
CUT = "On this surface y goes from −{tall:g} to {tall:g}, so the walk starts at y = {y:g}."
LINE = "{step}, weight x:"
AT_REST = "x, its gradient and its step are all practically 0 (below {tiny:f})."

GROUND = """A network with 4 hidden units learned moons. x and y are the two directions in which its {count} weights and
biases moved most; (0, 0) is the lowest place here. Losses are in hundredths, above the lowest."""
OPEN = "Open its training in the simulator"
BATCH = """A small batch sees only some of the {examples} examples, so its gradient is off. The loss of **{name}** at your
rate, over {seeds} walks that draw a new batch at every step, beside the walk that sees all of them."""
BATCH_NOTE = """After {most:,} steps the middle walk's loss is {noisy:.2g}. A larger batch, or a smaller rate, brings it lower."""
NO_FLOOR = "Even without noise this walk doesn't arrive, so noise isn't what keeps it away."
NOISE = """A small batch sees the gradient through noise. Below, noise of this size is added to both numbers of every gradient:
the loss of **{name}** at your rate, over {seeds} noisy walks, beside the walk without noise."""
NOISE_NOTE = """Noise sets a floor: at a constant rate the walk keeps jumping about the lowest place. After {most:,} steps the
middle walk's loss is {noisy:.2g}. Memory doesn't protect you. On the ravine at a rate of 0.01, momentum gets down
sooner, but its floor is higher than plain descent's, because it adds up the noise as well."""

CHECKS = (
    Item(
        "Three pushes across the ravine are +4, −4 and +4; three along it are +1, +1 and +1. You add up each. "
        "Compared with one push, which sum has gained most?",
        (
            Option(
                "Along the ravine",
                "Along: 1 + 1 + 1 = 3, three times one push. Across: 4 − 4 + 4 = 4, no more than one.",
                right=True,
            ),
            Option("Across the ravine", "Across they cancel: 4 − 4 + 4 = 4. Along they add up: 1 + 1 + 1 = 3."),
            Option("The same as before", "One push was 4 across and 1 along. The sum is 4 across and 3 along."),
        ),
    ),
    Item(
        "A model predicts rent from rooms and from the area in square centimeters. One weight's gradients are "
        "many thousand times the other's. Which way of stepping copes best with one rate for both?",
        (
            Option("Plain descent", "A rate small enough for the area's weight hardly moves the other one."),
            Option("Momentum", "It helps, but its steps still grow with the gradients' size."),
            Option("Adam", "It divides each weight's step by the size of that weight's gradients.", right=True),
        ),
        kind="transfer",
    ),
    Item(
        "A valley has curvature c. Beyond which rate does plain descent leave it?",
        (
            Option("1/c", "That rate lands on the lowest place in one step."),
            Option("2/c", "There a step lands just as far away on the other side; beyond, farther.", right=True),
            Option("c/2", "The steeper the valley, the smaller the rate must be."),
        ),
        kind="recall",
    ),
)

QUIZ = (
    Item(
        "A ravine has curvature 100 across and 1 along. What stops plain descent from using a rate of 0.5?",
        (
            Option(
                "The curvature across: the limit is 2/100",
                "Above 0.02, each step across lands farther out than the last.",
                right=True,
            ),
            Option(
                "The curvature along: the limit is 2/1", "A rate of 0.5 would be fine along. Across, it's too large."
            ),
            Option("Nothing: it only gets faster", "Across, each step would land farther out than the last."),
        ),
    ),
    Item(
        "Suppose all gradients in x were ten times as large. Which optimizers would still take the same steps in x?",
        (
            Option(
                "Adam, RMSProp and AdaGrad",
                "They divide by the gradients' size, so only the pattern of the gradients is left.",
                right=True,
            ),
            Option("Momentum", "It adds up the gradients, large or small as they are."),
            Option("Plain descent", "Its step is the rate times the gradient."),
        ),
    ),
)

WRONG = (
    ("Adam is always the best choice.", "In the gentle valley plain descent arrives long before it."),
    ("The fastest way down is the steepest.", "Across a ravine the slope is steepest, and the lowest place lies along it."),
    ("Momentum helps everywhere.", "In the gentle valley, it keeps so much of each step that it overshoots and arrives later."),
    ("A gradient of zero means that you've arrived.", "In the middle of a saddle it is zero too."),
    ("RMSProp settles like the others.", "It divides by the size of the latest gradients, so its steps stay about as long as the rate: it circles the lowest place."),
)  # fmt: skip

LEFT_OPEN = "Every walk here kept its rate to the end. Should the step stay the same?"

LESSON = Words(views={"": View(PREDICTION, TRIES, FAILS)}, checks=CHECKS, quiz=QUIZ, wrong=WRONG, left_open=LEFT_OPEN)
