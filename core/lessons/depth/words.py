"""The words of lesson 18."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.lessons.depth.checks import CHECKS_FOLD, CHECKS_RACE
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "fold": f"Two {term_link('hinge', 'hinges')} make a {term_link('fold')}: from 0 up to the middle, then down to 0 again. That's one "
    "layer. The next layer does the same to what it gets.",
    "race": f"Five networks with about {{parameters}} weights each, from one wide {term_link('hidden layer')} to six narrow ones. They learn "
    "a sawtooth, each from {seeds} starts.",
}
CHALLENGES = {"teeth2": "2 teeth", "teeth4": "4 teeth", "teeth8": "8 teeth", "spirals": "Two spirals"}

HINGE, MULTIPLY = term_link("hinge"), term_link("multiply-add", "multiply-adds")
SAW = "The sawtooth with 4 teeth"
SAW_KEY = "what all five networks learn"
RACE_TITLE = "{what}, {activation}: every run of every shape"

PREDICTION = Item(
    "One fold has 2 straight pieces, from 2 hinges. Put {layers} such layers one behind the other: {units} hinges. How many "
    "straight pieces does their curve have?",
    (
        Option("2: a fold stays a fold", "Each layer folds the curve that it gets, so there are more each time."),
        Option(
            "{units}: one per hinge",
            "One per hinge is right when they stand side by side. In a later layer, a hinge bends every piece that passes it.",
        ),
        Option("{layers} + 1: each layer adds one", "A layer bends every piece that it gets, so their number doubles."),
        Option(
            "{pieces}: each layer doubles them",
            "Each piece goes all the way from 0 to 1, so the next layer's fold bends it once and makes two of it.",
            right=True,
        ),
    ),
)
MEASURED = "{layers:.0f} layers of two hinges draw {pieces:.0f} straight pieces."

EXPLAIN_FOLD = f"""Side by side, each {{hinge}} adds one corner. One behind the other, corners **multiply**: a later layer bends
every piece that runs across its own corner. Here {{units}} units draw {{pieces}} straight pieces. A single layer needs {{wide_units}} units for
that. Why can corners multiply? {phrase("After the first layer", layers=1)}, x and 1 − x have become the same number. So whatever the next layer does to it, the
curve shows twice."""

TRIES_FOLD = (
    Try(
        "One layer",
        {"view": "fold", "layers": 1, "peak": 1.0, "x": 0.3},
        "One fold: {pieces} straight pieces from {units} hinges. Here depth saves nothing.",
    ),
    Try(
        "Six layers",
        {"view": "fold", "layers": 6, "peak": 1.0, "x": 0.3},
        "{pieces} straight pieces from {units} hinges. One layer would need {wide_units}.",
    ),
    Try(
        "The mirror image",
        {"view": "fold", "layers": 6, "peak": 1.0, "x": 0.7},
        "0.7 lies as far from the middle as 0.3. After the first fold it's the same number, and so it is in all later layers.",
    ),
)
FAILS_FOLD = Try(
    "Where it fails: a low fold",
    {"view": "fold", "layers": 6, "peak": 0.5, "x": 0.3},
    "The fold is only half as high, so no piece crosses the middle of the next one: {pieces} straight pieces from {units} hinges.",
)

WAYS = {"deep": "folding layers", "wide": "one layer"}
COSTS = "Weights and biases: **{parameters}** in folding layers, **{wide_parameters}** in one layer."

PREDICTION_RACE = Item(
    "The sawtooth has 4 teeth. All five networks have about {parameters:.0f} weights and biases. One has a single layer of "
    "{units:.0f} units, the others two, three, four or six narrower layers. Which of them learn it in at least a quarter of their {seeds:.0f} runs?",
    (
        Option(
            "The one wide layer: it has most units",
            "The wide layer has corners to spare, but training doesn't put them in place.",
        ),
        Option("All alike: they have as many weights", "They have as many weights, but not as many folds."),
        Option(
            "Those with three layers or more",
            "A later layer bends every piece it gets, and training finds such folds.",
            right=True,
        ),
        Option("None of them", "Runs with three layers or more often do."),
    ),
)
MEASURED_RACE = (
    "4 teeth: learned by {wide_found:.0f} of {seeds} runs with one layer, {two_found:.0f} with two, {three_found:.0f} with three, "
    "{four_found:.0f} with four and {six_found:.0f} with six."
)

EXPLAIN_RACE = f"""A sawtooth *is* a fold of a fold, so here depth can pay most. For n folds, a deep network needs about 2n units,
a single layer 2ⁿ (Telgarsky 2016). That's proved **for such curves**. It doesn't follow for others: {phrase("on two spirals with ReLU", challenge="spirals", activation="relu")}, one wide layer does as well as any other. Depth has a price, too: with many narrow layers, some starts
end badly. With ReLU {phrase("no shape learns 8 teeth", challenge="teeth8", activation="relu")}, though four folds draw them exactly."""

TRIES_RACE = (
    Try(
        "Only 2 teeth",
        {"view": "race", "challenge": "teeth2", "activation": "relu"},
        "Here depth isn't needed: one layer ends {wide:.3f} off, three layers {three:.3f} (medians).",
    ),
    Try(
        "8 teeth",
        {"view": "race", "challenge": "teeth8", "activation": "relu"},
        "Now no shape learns it. The best of all runs still ends {best:.3f} off.",
    ),
    Try(
        "Spirals with tanh",
        {"view": "race", "challenge": "spirals", "activation": "tanh"},
        "With tanh one layer ends at {wide:.0%}, two layers at {two:.0%}. Six layers: {six:.0%}, and {six_worst:.0%} at worst.",
    ),
)
FAILS_RACE = Try(
    "Where it fails: spirals",
    {"view": "race", "challenge": "spirals", "activation": "relu"},
    "One wide layer gets {wide:.0%} of the test points right, six layers {six:.0%} in the median run, and {six_worst:.0%} in the worst.",
)
RACING = "Training five shapes, each from {seeds} starts …"
OFF, RIGHT = "how far off", "test accuracy"
RACE_KEY = "one dot a seed; thick: their median; dashed: {good:g} off"
SHAPE = "Layers of the network below"
CURVE = "What {shape} units make of it"
CURVE_KEY = ["dotted: the sawtooth", "green: trained, median and middle of the seeds"]
FOUND = "**{found} of {seeds}** runs with {shape} units end below the dashed line. Median:"
COUNTED = "Weights and biases:"
WORKED = "What layer 1 makes of x: its two hinges, h₁ and h₂, and their weighted sum."
SIMULATOR = "Open {shape} in the simulator"
COST_TITLE = "What each shape costs"
COST_NOTE = """All shapes have about as many weights, so they need about as many {multiply} (forward and back). But layers must wait for each
other, and a wide layer is one large product: which shape takes longer depends on the machine. The last column was measured here, all
seeds together."""

QUIZ = (
    Item(
        "Why can a few layers draw more corners than one layer with as many units?",
        (
            Option("They have more weights", "They can have just as many, or fewer."),
            Option(
                "A later layer bends every piece that it gets", "So corners multiply from layer to layer.", right=True
            ),
            Option(
                "Later layers have larger weights",
                "They needn't: all the folding layers can have the same weights.",
            ),
        ),
    ),
    Item(
        "Five networks with about as many weights, from wide to deep, learn two spirals with ReLU. What do 20 starts of each show?",
        (
            Option("The deeper, the better", "All medians are alike, and the worst runs are deep ones."),
            Option("All five do about equally well in their median run", "Depth gains nothing there.", right=True),
            Option("One hidden layer can't learn them", "With ReLU its runs get nearly every point right."),
        ),
    ),
)

WRONG = (
    ("Deeper is better.", "On the sawtooth, yes. On spirals with ReLU it gains nothing, and with many narrow layers some starts end badly."),
    ("The number of weights says what a network can do.", "With as many weights, the shapes draw very different numbers of corners."),
    ("What a deep network can draw, it will learn.", "Eight teeth need only a few folds, and with ReLU no shape learned them."),
    ("A deep network takes more time, as it has more layers.", "Not always. It depends on the machine: see what each shape costs."),
)  # fmt: skip

LEFT_OPEN = (
    "A network with enough weights can draw nearly anything, even the noise in its examples. When is more too much?"
)

LESSON = Words(
    views={
        "fold": View(PREDICTION, TRIES_FOLD, FAILS_FOLD, checks=CHECKS_FOLD),
        "race": View(PREDICTION_RACE, TRIES_RACE, FAILS_RACE, checks=CHECKS_RACE),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)


def with_numbers(item: Item, numbers: Mapping[str, Any]) -> Item:
    """Return a question with its places filled, in its options as well."""

    def put(text: str) -> str:
        return text.format(**numbers)

    options = tuple(replace(option, text=put(option.text), says=put(option.says)) for option in item.options)
    return replace(item, question=put(item.question), options=options)
