"""The words of lesson 17."""

from core.lessons.approximation.checks import CHECKS_HAND, CHECKS_UNITS
from core.lessons.approximation.study import settings, spaced_units
from core.lessons.approximation.targets import CHALLENGES
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "hand": f"With a large weight w, a sigmoid unit is a step: 0 before its {term_link('turning point')}, 1 after it. The output adds "
    "up all units, each times a weight of its own: its height.",
    "units": f"{{seeds}} networks with one {term_link('hidden layer')} learn a curve. Beside them: as many units set by hand, evenly "
    f"spaced, with the best heights ({term_link('least squares')}).",
}
CURVE_NAMES = {"wave": "Wave", "wiggles": "Wiggles"}
CURVES = "The curve, and what {units} hidden units make of it"
CURVES_KEY = "dotted: target; dashed: by hand"
CURVES_TRAINED = "; green: trained"
HERE = "this many"
TRAINING = "Training {seeds} networks of each size …"

PREDICTION = Item(
    "Unit 1 turns at x = −1 and has height 1. Unit 2 turns at x = 1 and has height −1. What do the two add up to?",
    (
        Option("Nothing: they cancel", "They'd cancel only if both turned at the same place."),
        Option("A slope from −1 to 1", "Steps don't slope: each is level on both sides of its turning point."),
        Option("A box between −1 and 1", "The first step goes up, the second takes it down again.", right=True),
        Option("A staircase of two steps up", "The second height is negative, so the second step goes down."),
    ),
)
MEASURED = "the sum is {before:.2f} on the left, {middle:.2f} in the middle and {after:.2f} on the right."

BOX = phrase("Two opposite steps", challenge="box", n=2, t1=-1, t2=1, v1=1, v2=-1)
EXPLAIN_HAND = f"""Each unit draws one shape. Its height makes it tall, flat or upside down. {BOX} make a box, and
narrow boxes side by side can follow any curve between two ends. That's the **{term_link("universal approximation")} theorem**: with
enough units, good weights exist. A **{term_link("hinge")}** (a {term_link("ReLU")} unit) changes the slope instead, by its height: between turning
points the curve is straight. If these stay where they are, one calculation gives the best heights: {term_link("least squares")}. To
find good turning points is the hard part."""

TENT = settings([-1, 0, 1], [1, -2, 1])
TRIES_HAND = (
    Try(
        "A tent",
        {"view": "hand", "challenge": "tent", **TENT},
        "Up at −1, down at 0, level at 1. Three hinges draw the tent exactly: {off:.3f} off.",
    ),
    Try(
        "A staircase",
        {"view": "hand", "challenge": "stairs", "steep": 20.0, **spaced_units("stairs", 8)},
        "A staircase follows the wave: {off:.3f} off. With more steps, each is smaller, and the fit is closer.",
    ),
    Try(
        "Softer steps",
        {"view": "hand", "challenge": "stairs", "steep": 4.0, **spaced_units("stairs", 8, 4.0)},
        "Eight steps with w = 4 overlap and smooth each other out: {off:.3f} off.",
    ),
)
FAILS_HAND = Try(
    "Where it fails: too few",
    {"view": "hand", "challenge": "wiggles", **spaced_units("wiggles", 4)},
    "Four hinges can't follow these wiggles: {off:.3f} off. Even at the best turning points we found it's {best:.3f}.",
)

FULL = "{most} units are the most here."
CLICK = "Click or tap to move unit {unit}. The output's bias is set to its best value."
WAYS = {
    "yours": "yours",
    "heights": "your turns, best heights",
    "best": "best turns we found",
    "trained": "trained (median)",
}
BIAS = "Bias b of this unit (it turns at x = −b / w)"
WORKED = "Unit {unit}'s bias (t: where it turns), then the answer at x = 0:"
MORE = "More units, other curves"
LONGER = "How long it trains"

PREDICTION_UNITS = Item(
    "A ReLU unit draws a hinge: level, then a slope. {units:.0f} of them, set by hand, are off this curve by {hand:#.3g} (the root of the mean squared error). Now {seeds:.0f} networks with {units:.0f} ReLU units each are "
    "trained on it. How far off is the middle one of them?",
    (
        Option(
            "Nearer: training moves the turning points too",
            "Training could come nearer, since it may move everything. But in small steps, from where it starts, it doesn't get there.",
        ),
        Option("About as near", "Such weights exist, but training has to find them, and from these starts it doesn't."),
        Option("About twice as far", "Training ends much farther off: it misses nearly all of the fast wiggles."),
        Option(
            "More than ten times as far",
            "That such weights exist doesn't mean that training finds them.",
            right=True,
        ),
    ),
)
MEASURED_UNITS = "{units:.0f} units on the wiggles: by hand {hand:#.3g}, trained {trained:#.3g} (median). The luckiest of {seeds} seeds: {lucky:#.3g}."

EXPLAIN_UNITS = f"""With ReLU, training found the wiggles' slow wave, and little of the fast one. All hinges start at one place,
since all biases start at 0, and a curve's slow parts are learned first. Yet good weights *exist*. That's the
**{term_link("universal approximation")} theorem**: with enough units, one hidden layer comes as near as you like to any
continuous curve (without jumps). It doesn't say how many, or that training finds them. It
holds only between the curve's ends, and if the activation isn't a polynomial, {phrase("such as x", activation="identity")} or x² (Leshno et al.
1993)."""

TRIES_UNITS = (
    Try(
        "A gentle wave",
        {"view": "units", "curve": "wave", "units": 32, "activation": "relu", "epochs": 300},
        "Without the fast part training gets close: {trained:#.3g} off. By hand it's {hand:#.3g}.",
    ),
    Try(
        "Twice as many units",
        {"view": "units", "curve": "wiggles", "units": 64, "activation": "relu", "epochs": 300},
        "By hand the error falls to {hand:#.3g}. Training hardly gains: {trained:#.3g}.",
    ),
    Try(
        "Train longer",
        {"view": "units", "curve": "wiggles", "units": 32, "activation": "relu", "epochs": 1000},
        "1000 epochs bring it down to {trained:#.3g}: still far from {hand:#.3g}.",
    ),
)
FAILS_UNITS = Try(
    "Where it fails: no bend",
    {"view": "units", "curve": "wave", "units": 64, "activation": "identity", "epochs": 300},
    "The identity doesn't bend. Every unit is a straight line, and so is any sum of them: {hand:#.3g} off at best, with 64 units or with 1.",
)
OFF_LINE = "How many times as far off training ends:"
SIMULATOR = "Open in the simulator"

QUIZ = (
    Item(
        "One hidden layer can follow any continuous curve. Your network with one hidden layer fits badly. What "
        "may be the reason?",
        (
            Option("The theorem must be wrong", "It holds, but it only says that good weights exist."),
            Option(
                "Too few units, or training didn't find the weights",
                "The theorem says only that some number of units and some weights do it.",
                right=True,
            ),
            Option("Curves need at least two hidden layers", "One is enough, if it has enough units."),
        ),
    ),
    Item(
        "The turning points of all hidden units are fixed. You look for the output's weights with the least squared error. How "
        "hard is that?",
        (
            Option("One calculation does it", "The answer is a weighted sum: that's least squares.", right=True),
            Option(
                "As hard as training the whole network", "The hard part is the turning points, and those are fixed."
            ),
            Option(
                "It can't be done without gradients", "Its squared error has one lowest place, and a formula gives it."
            ),
        ),
    ),
)

WRONG = (
    ("The theorem says that a network can learn anything.", "It says that weights exist. Whether training finds them is another "
     "matter: on the wiggles it doesn't."),
    ("One hidden layer is all you need.", "In principle. It may take far more units than several layers would."),
    ("A network that fits well inside the data fits outside too.", "Outside, the last hinges simply go straight on."),
    ("A network's error halves with twice the units.", "It depends on the curve, the units and, above all, on what "
     "training finds."),
)  # fmt: skip

LEFT_OPEN = "One wide layer is enough in principle. Could several narrow ones do it with fewer weights?"

LESSON = Words(
    views={
        "hand": View(PREDICTION, TRIES_HAND, FAILS_HAND, checks=CHECKS_HAND),
        "units": View(PREDICTION_UNITS, TRIES_UNITS, FAILS_UNITS, checks=CHECKS_UNITS),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
TITLES = {name: one.title for name, one in CHALLENGES.items()}
