"""The words of lesson 13."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "train": f"An {term_link('activation function')} bends each unit's sum z. We train the same network eight "
    "times, each time with another one. One of them bends nothing.",
    "curves": f"**Where does a unit still learn?** Forward, a unit passes on f(z). Backward, the gradient is multiplied by the {term_link('derivative', 'slope')} f′(z).",
    "dead": f"**Can training kill a unit?** A {term_link('ReLU')} unit that is off for every training example is a {term_link('dead unit')}: its slope is 0, "
    "so it gets no gradient.",
}

PREDICTION = Item(
    "The network has two hidden layers. Now we train it with no activation function: every unit passes on z itself. How "
    "many of the training points does it get right?",
    (
        Option(
            "Nearly all: two hidden layers are enough",
            "Layers alone don't help: together they're still one matrix and one bias.",
        ),
        Option(
            "About three quarters",
            "One straight line could cut off some of the outer ring, but the loss gains almost nothing that way.",
        ),
        Option(
            "About half",
            "Without a bend all layers together are one matrix and one bias: one straight line, and no line separates a ring from what's inside.",
            right=True,
        ),
        Option(
            "It depends on the first weights",
            "The line depends on them. But training gains almost nothing with any line.",
        ),
    ),
)
MEASURED = "{flat:.0%} without a bend, {tanh:.0%} with tanh (medians of {seeds} starts)."
EXPLAIN = f"""Each layer computes W·x + b. Put one into the next: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂). That's again a
matrix and a bias, {phrase("however many layers you stack", layers=10)}. So the network draws **one straight line**, like a single neuron. A bend between
the layers stops the merging: now each unit adds a bend of its own to the line. {{which}}"""
WHICH_EQUAL = "*Which* bend it is matters less here: all seven get {high:.0%} of these points right."
WHICH_NEAR = (
    "*Which* bend it is matters less here: with a bend all get between {low:.0%} and {high:.0%} of these points right."
)
WHICH = "*Which* bend it is matters, too: {worst} gets {low:.0%} of these points right, {best} {high:.0%}."
APART_AT = 0.05
"""From here on one bend counts as better than another."""


TITLE = "{layers} hidden layer{s}: medians of {starts} starts"
RIGHT, RIGHT_ONE = "{train:.0%} / {test:.0%}", "{train:.0%} of the training points right"
KEY = "right on training points / on new points"
OPEN = "Open a run with {name} in the simulator"
OPEN_FEWER = "Open a run with {name} and {most} layers in the simulator"
LINE = "Without a bend you can multiply the learned layers together (seed {seed}):"
APART = "The network itself and this one matrix differ by at most {apart} on any training point: rounding."

TRIES = (
    Try("More layers", {"view": "train", "data": "circles", "layers": "4"},
        "Four hidden layers without a bend: still {flat:.0%}. Depth can't replace the bend."),
    Try("Two moons", {"view": "train", "data": "moons", "layers": "2"},
        "Without a bend a line gets {flat:.0%}. tanh follows the moons: {tanh:.0%}. Sigmoid is slower: after as many steps it has {sigmoid:.0%}."),
    Try("XOR", {"view": "train", "data": "xor", "layers": "2"},
        "The problem that no single neuron solves: {flat:.0%} without a bend, {tanh:.0%} with tanh."),
)  # fmt: skip
FAILS = Try(
    "Where it fails: two clouds", {"view": "train", "data": "gauss", "layers": "2"},
    "Here the best border is a straight line. ReLU gets {relu:.0%} of the training points, no bend {flat:.0%}. But on new "
    "points ReLU gets {relu_test:.0%}, no bend {flat_test:.0%}: it has only fitted the noise.",
)  # fmt: skip

PREDICTION_CURVES = Item(
    "Both tanh and sigmoid are S-curves. tanh is four times as steep at z = 0. Which one is steeper at z = {z:g}?",
    (
        Option("tanh, about four times", "Four times is right at z = 0. Farther out, tanh flattens sooner."),
        Option("tanh, but by less", "Out there tanh has already flattened out, much more than sigmoid."),
        Option("Sigmoid", "tanh gets to its limit twice as fast, so out there it's the flatter one.", right=True),
        Option("Both are 0", "Both are nearly 0, but one is many times the other."),
    ),
)
MEASURED_CURVES = "at z = {z:g} the slope of sigmoid is {sigmoid:.3g}, that of tanh {tanh:.3g}. Beyond z = {cross:.2f} sigmoid is the steeper one."
EXPLAIN_CURVES = f"""The slope is what the gradient gets multiplied by on its way back. Where it's close to 0 the unit is in
{term_link("saturation")}: it still answers, but it hardly learns. S-curves saturate on both sides. **ReLU** never does on the right,
where its slope is exactly 1; on the left it's exactly 0, so nothing gets through. **Leaky ReLU** lets a hundredth through. **ELU, GELU
and SiLU** are smooth: they pass something just left of 0, and {phrase("far to the left", z=-5)} they're as flat as ReLU."""
ENLARGED = "Enlarged"
FACTS = "**{name}**: {outputs}, steepest slope {steepest:.2f}. {flat}"
FLAT = "Nearly flat (slope within a hundredth of 0) for {where}."
OFF = "Its slope is exactly 0 for every z < 0."
NEVER_FLAT = "Its slope is at least {limit:g} everywhere."
ANY, UPWARD, BETWEEN = "outputs of any size", "outputs from {low} up", "outputs from {low} to {high}"


TRIES_CURVES = (
    Try("tanh at 0", {"view": "curves", "act": "tanh", "other": "sigmoid", "z": 0.0},
        "Slope {slope:g} against {other:g}: four times as steep."),
    Try("Leaky ReLU", {"view": "curves", "act": "leaky_relu", "other": "relu", "z": -2.0},
        "At z = −2 ReLU's slope is {other:g}. The leaky one keeps {slope:g}."),
    Try("GELU's dip", {"view": "curves", "act": "gelu", "other": "relu", "z": -1.5},
        "The slope is {slope:.2f}, below 0: here a larger z gives a smaller output."),
)  # fmt: skip
FAILS_CURVES = Try(
    "Where it fails: ReLU left of 0", {"view": "curves", "act": "relu", "other": "tanh", "z": -1.0},
    "ReLU is praised because it doesn't saturate. At z = −1 its slope is {slope:g}; tanh's is {other:.2f}.",
)  # fmt: skip

PREDICTION_DEAD = Item(
    "A network with {units} hidden ReLU units trains at a rate of 0.1, and hardly any unit dies. Now we train it at a rate of 3. "
    "How many of its units are dead at the end?",
    (
        Option("None or one: training repairs them", "Training can't repair layer 1: a dead unit there gets no gradient, and its inputs never change."),
        Option("Between a quarter and three quarters", "One step too long pushes z below 0 for every example.", right=True),
        Option("All of them", "The rate kills many of them, but usually some survive."),
    ),
)  # fmt: skip
MEASURED_DEAD = (
    "{dead} of {units} ReLU units at rate 3, {safe} at 0.1 (medians of {seeds} starts). The living ones are often enough: the median "
    "run gets {accuracy:.0%} right."
)
EXPLAIN_DEAD = f"""{phrase("A long step", rate=10)} can push ReLU's z below 0 for **every** example. Then its gradient is 0: it can't move. In **layer 1** that's final: its inputs are the data. In **layer 2** the inputs come from layer 1, which still learns, and
sometimes lifts a dead unit's z above 0."""
TITLE_DEAD = "z of all hidden units, {name} at a rate of {rate:g}"
NOTE = "{dead} of {width} dead"
LINE_DEAD = "All {seeds} starts together: {first} units of layer 1 came back to life, and {second} of layer 2."
LINE_ZERO = (
    "Start {start}, epoch {epoch}: the gradient of a weight into dead unit {unit} of layer {layer}, for one example:"
)
SHARES = "Dead units and right answers over {starts} starts"
KEY_DEAD = ("thick: the median; band: the middle 80%", "thin: start {one}, {which}")
TYPICAL, WHOLE = "typical in its dead units", "one that didn't break"
KEY_BROKEN = "broken runs have no right answers"
LINE_BROKEN = "A run breaks when its weights grow so large that the computer can't write them as numbers any more. Here {broken} of {seeds} did."


TRIES_DEAD = (
    Try("A safe rate", {"view": "dead", "kind": "relu", "rate": 0.1}, "At 0.1, {dead} of {units} units are dead at the end, and {accuracy:.0%} of the answers are right (medians)."),
    Try("Leaky ReLU", {"view": "dead", "kind": "leaky_relu", "rate": 3.0}, "{dead} dead: its slope is never 0, so a gradient always gets through."),
    Try("Far too large", {"view": "dead", "kind": "relu", "rate": 10.0}, "{dead} of {units} dead, and {accuracy:.0%} right: too few are left."),
)  # fmt: skip
FAILS_DEAD = Try(
    "Where it fails: leaky at 10", {"view": "dead", "kind": "leaky_relu", "rate": 10.0},
    "{broken} of {seeds} runs break (with ReLU none does). In the other {whole}, {dead} units are dead. The leak keeps units "
    "alive, but it lets huge gradients through, too.",
)  # fmt: skip

CHECKS = (
    Item(
        "Three layers without a bend: the first doubles its input, the second multiplies by −3, the third adds 1. Which single layer does "
        "the same?",
        (
            Option("−6 · x + 1", "2 · (−3) = −6, and then 1 is added.", right=True),
            Option("−x + 1", "The factors multiply; they don't add up."),
            Option("No single layer can", "Without a bend one layer can always do it."),
        ),
    ),
    Item(
        "A shop takes 10% off every price, then adds 20% tax, then changes the sum into dollars. How many multiplications does it need?",
        (
            Option("One is enough", "0.9 · 1.2 · the rate is a single number, like layers without a bend.", right=True),
            Option("Three, in this order", "They can be joined, and here even the order doesn't matter."),
            Option("Two: the tax must stay apart", "The tax is a multiplication too, so it can be joined."),
        ),
        kind="transfer",
    ),
    Item(
        "Why can't a single neuron compute XOR?",
        (
            Option("It has too few inputs", "Two inputs are all that XOR has."),
            Option("It draws one straight line", "The yes corners lie across from each other, so no line separates them.", right=True),
            Option("Its learning rate is wrong", "No weights would do, so no way of finding them can help."),
        ),
        kind="recall",
    ),
)  # fmt: skip
CHECKS_CURVES = (
    Item(
        "One unit hardly learns any more. Which is it?",
        (
            Option("Sigmoid at z = 8", "It's saturated: its slope there is 0.0003.", right=True),
            Option("ReLU at z = 8", "On the right ReLU's slope is exactly 1."),
            Option("Leaky ReLU at z = −8", "Its slope there is a hundredth. That's little, but 30 times sigmoid's at 8."),
        ),
    ),
    Item(
        "A thermostat's sensor shows 30° for everything above 30°. You change the heater a little and watch the sensor. When does that "
        "tell you nothing?",
        (
            Option("When the room is far above 30°", "A small change doesn't move the reading: slope 0, so you learn nothing from it.", right=True),
            Option("When the room is just below 30°", "There the sensor still follows every change."),
            Option("Never, if you're patient", "As long as the reading doesn't move, no number of small changes tells you anything."),
        ),
        kind="transfer",
    ),
    Item(
        "Backpropagation has found dL/da of a unit. What does it multiply that by to get dL/dz?",
        (
            Option("The slope f′(z)", "A little more z gives f′(z) times as much more a.", right=True),
            Option("The weight", "The weight comes next, on the way to the unit before."),
            Option("The learning rate", "That's for the step, once all gradients are known."),
        ),
        kind="recall",
    ),
)  # fmt: skip
CHECKS_DEAD = (
    Item(
        "A ReLU unit in layer 1 gives 0 for every training example. When will it come back?",
        (
            Option("After enough epochs", "Each of them brings the same gradient of 0."),
            Option("Never, with this data", "Its own gradient is 0, and its inputs never change.", right=True),
            Option("When layer 2 has learned more", "Whatever comes back from layer 2 is multiplied by a slope of 0."),
        ),
    ),
    Item(
        "In fog you steer by a beeper that gets louder near the harbor. Beyond 5 km it's silent, and you're at 9. Which way do you turn?",
        (
            Option("Nothing tells you", "A little nearer or farther sounds the same: slope 0.", right=True),
            Option("Straight on: it'll get louder", "Only if you happen to face the harbor, and silence doesn't say so."),
            Option("Back: silence means wrong", "It's silent in every direction, so it says nothing about yours."),
        ),
        kind="transfer",
    ),
    Item(
        "The learning rate is far too large for a valley. What do the steps do?",
        (
            Option("They land farther up on the other side each time", "Each step overshoots by more than it came down.", right=True),
            Option("They reach the bottom sooner", "They jump across it."),
            Option("They stop", "They'd stop where the slope is 0, and they jump over that place."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "A network with 20 layers has no activation function. What can it compute that one layer without one can't?",
        (
            Option("Nothing", "All its matrices multiply into a single one.", right=True),
            Option("Smooth curves", "For a curve something has to bend."),
            Option("Any function, if it's wide enough", "For that it needs activation functions."),
        ),
    ),
    Item(
        "A ReLU unit gives 0 for every training example. Can plain descent change its weights?",
        (
            Option("Yes, at a smaller learning rate", "Any rate times a gradient of 0 is 0."),
            Option("No, not while that lasts", "Its slope is 0 for every example, so its gradient is 0 too.", right=True),
            Option("Yes, with more epochs", "Each of them brings the same gradient of 0."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("A dead unit never comes back.", "A ReLU unit is dead when z is below 0 for every example. In layer 1 it stays dead. Deeper in, the layers before it still learn, and that can wake it up."),
    ("More layers make up for a missing bend.", "Without a bend all layers multiply into one, however many there are."),
    ("ReLU doesn't bend enough: it's almost a straight line.", "One kink per unit is enough, because many kinks add up to any shape."),
    ("tanh is always steeper than sigmoid.", "Only near 0. Farther out sigmoid is the steeper one."),
    ("With ReLU, gradients can't vanish.", "Left of 0 its slope is 0. Weights that are too small shrink gradients as well."),
)  # fmt: skip

LEFT_OPEN = "Every run here began with random weights. Where should weights start?"

LESSON = Words(
    views={
        "train": View(PREDICTION, TRIES, FAILS, checks=CHECKS),
        "curves": View(PREDICTION_CURVES, TRIES_CURVES, FAILS_CURVES, checks=CHECKS_CURVES),
        "dead": View(PREDICTION_DEAD, TRIES_DEAD, FAILS_DEAD, checks=CHECKS_DEAD),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
