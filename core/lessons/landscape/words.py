"""The words of lesson 12."""

from core.lessons.landscape.checks import CHECKS_SHARP, CHECKS_WALK
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "walk": f"A {term_link('loss landscape')} has one direction for every weight. A map shows only two: here, those in "
    f"which this run moved farthest, its {term_link('leading directions')}.",
    "sharp": f"How sharp is the valley where training ends? Its largest {term_link('curvature')}, λ, tells you. A small ReLU "
    "network, from {seeds} starts with each batch size.",
}

PREDICTION = Item(
    "The run has {size} weights and biases. The map holds nearly all of its movement ({share:.1%}, in squared distances). "
    "At its start the true loss is {true:.2f}. Which loss does the map show at the spot where it draws the start?",
    (
        Option(
            "Within a few percent of that", "The share counts distances, not losses. A short way that's left out can be steep."
        ),
        Option(
            "About half of that", "The step that the map leaves out is short, but it goes up a steep slope.", right=True
        ),
        Option("About twice that", "The map leaves out part of the way to the start. That part goes uphill, so the map's loss is too low."),
        Option("Almost none: the map is flat", "The map shows the two directions in which the run moved most, and there it went downhill."),
    ),
)  # fmt: skip
MEASURED = "the map shows {plane:.2f} where the true loss is {true:.2f}. For {count} other starts it shows {low:.0%} to {high:.0%} of the truth."

NOW = "Epoch {epoch}: map **{plane:.3f}**, truth **{true:.3f}**. Distance from the end:"
SHARE = "The map holds **{share:.1%}** of the movement."
EXPLAIN_WALK = f"""On the map every loss is exact. But the run isn't *on* the map: you see its shadow. By Pythagoras,
its distance d from the end splits into p on the map and r left out. The share counts squared distances over the
whole run. Loss is different: on steep ground a short step changes it a lot, and {phrase("the first steps are the steepest", epoch=1)}. So
a good map shows the **true loss beside its own**."""

TRIES_WALK = (
    Try("At the end", {"opt": "adam", "plane": "leading", "seed": 0, "epoch": 100},
        "The run ends on the map itself, so map and truth agree: {end:.2f}. Go back a few epochs, and they differ."),
    Try("Plain descent", {"opt": "sgd", "plane": "leading", "seed": 0, "epoch": 0},
        "A shorter, smoother walk. At its start the map shows {sgd_plane:.2f}, and the truth is {sgd_true:.2f}."),
)  # fmt: skip
FAILS_WALK = Try(
    "Where it fails: random map",
    {"opt": "adam", "plane": "random", "seed": 0, "epoch": 0},
    "Two random directions hold {random_share:.1%} of the movement. The whole run shrinks to a dot: at its start the map shows "
    "{random_plane:.2f}, where the true loss is {true:.2f}.",
)

PREDICTION_SHARP = Item(
    "All runs take {steps:,} steps at a rate of {rate:g}. Small batches give noisy gradients. Batches of {few} or all {all} "
    "examples at once: which ends in the flatter valley (smaller λ)?",
    (
        Option("The small batches", "Noise throws the weights out of narrow valleys. It takes a wide one to hold them.", right=True),
        Option("All at once", "Its steps are smooth, so it can stay in a narrow valley. Noise would throw it out."),
        Option("Both alike: same network, same data", "The ground is the same, but they come to rest in different places on it."),
    ),
)  # fmt: skip
MEASURED_SHARP = "at rate {rate:g}, λ is {small:.2f} with batches of {few} and {large:.2f} with all {all} (medians)."

EXPLAIN_SHARP = f"""A step of rate η only settles where λ is below 2/η (lesson 5). Noisy steps need a wider valley still, since
each batch has its own landscape. So after equal steps, small batches end in {term_link("flat minimum", "flatter valleys")}. **Is flat better?** λ alone
can't tell. {phrase("Multiply the first layer by k", times=5)} and divide the next one by k: a ReLU network answers as before, yet λ changes. The
cut measures steps in each unit's own length ({term_link("filter-normalized direction", "filter-normalized")}), so k doesn't
change it."""
OPEN_BATCH = "Open batches of {few} in the simulator"
TESTED = "Test loss (median): **{small:.3f}** with batches of {few}, **{large:.3f}** with all {all}."
FIT = (" The small batches fit the training data better.", "", " The large batch fits the training data better.")
CLOSE = 0.9
"""A training loss that is a smaller share of the other one than this fits better."""

TRIES_SHARP = (
    Try("Rate 0.1", {"rate": 0.1, "alike": "steps", "times": 1},
        "Small batches still end flatter, but the gap is smaller: λ is {small:.2f} with batches of 5 and {large:.2f} with all 200. And flat no longer means better: the test loss is {test_small:.3f} with "
        "small batches, {test_large:.3f} with all."),
    Try("Rate 0.1, equal epochs", {"rate": 0.1, "alike": "epochs", "times": 1},
        "After equal steps λ was {equal_small:.2f} with batches of 5 and {equal_large:.2f} with all 200. After equal epochs the order turns: "
        "{small:.2f} and {large:.2f}. In {epochs} epochs, all 200 at once take few steps and have hardly learned: the training loss is "
        "{hardly:.2f}, with small batches {learned:.2f}. Flat ground isn't low ground."),
)  # fmt: skip
FAILS_SHARP = Try(
    "Where it fails: rescaled weights",
    {"rate": 0.3, "alike": "steps", "times": 10},
    "Rescaled after training: with batches of 5, λ is {grown:.0f} times as large (median), and with all 200 {grown_all:.0f} times. Yet the networks answer "
    "exactly as before, and the cut doesn't move.",
)

HOW_MANY_TITLE = "How many directions does it take?"
HOW_MANY = "The start's loss, as a map of more and more leading directions would show it (dashed: the true one)."
NEEDED = " With {needed} of them it's within 10% of the truth."
NO_PICTURE = " No picture has so many."
NOT_ENOUGH = " Even with {most} of them it isn't within 10% of the truth."
TITLE, OWN_RUN = "A run of {name} on a map of two {plane} directions", "Your run on a map of two {plane} directions"
OWN_OPTION = "your own run"
OWN_TITLE = "Map your own run"
OWN = "Mapped now: **{data}**, layers {sizes}, {activation}, {optimizer} at a rate of {rate:g}, seed {seed}."
TAKE = "Take my run from the simulator"
NO_OWN = "Train one in the simulator first; then come back."
TOO_LONG = "A map of your run would take about {seconds:.0f} seconds. Fewer examples or units make it quick enough."
BATCH_NORM = "With batch norm the loss depends on more than the weights, so there's no map of your run."
NO_MAP = "There's no map of your run: its weights hardly move, or they grow beyond all numbers."
DEEP_TITLE = "Deep networks, with a way around each layer"
DEEP = f"""The ground around trained ReLU networks of {{layers}} layers, on two filter-normalized directions, seed 0.
A {term_link("residual connection", "residual connection")} adds each layer's input to its output."""
WAYS = ("without residual connections", "with them")
DEEP_SAYS = """Median loss on such a map, over {seeds} starts: **{plain:.3g}** without, **{residual:.3g}** with residual connections.
At {few} layers it hardly matters: {few_plain:.3g} and {few_residual:.3g}. With a depth of {layers}, small changes of the weights
multiply from layer to layer unless there's a way around."""

QUIZ = (
    Item(
        "On a map of two random directions, a whole training run looks like a dot. Why?",
        (
            Option("Two random directions hold hardly any of its movement", "It moved in other directions, and the map can't show those.", right=True),
            Option("The weights hardly moved", "They moved far, but in other directions."),
            Option("The ground is flat there", "How high the ground is doesn't move a point on the map."),
        ),
    ),
    Item(
        "You multiply the weights and biases of a ReLU layer by 10, and divide the next layer's weights by 10. What changes?",
        (
            Option("The curvature of the loss, but none of the answers", "Every input gets the same answer as before, and yet the loss's valley is sharper.", right=True),
            Option("The answers, but not the curvature", "ReLU lets a positive factor through, so the two cancel."),
            Option("Nothing at all", "A step of the same length now does less in one layer and more in the other."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("A picture of the loss landscape shows the landscape.", "It shows two directions of many. This page's network has over a hundred."),
    ("If a map holds nearly all of the movement, its losses are nearly right.", "They're right on the map. The run isn't on it."),
    ("Flat valleys always predict better.", "Whoever rescales the weights makes any valley sharp, and no answer changes."),
    ("Large batches learn worse.", "With equal epochs they take fewer steps. Compare equal steps before you say so."),
)  # fmt: skip

LEFT_OPEN = "The ground is made by the network's layers. Why do the layers need a bend at all?"

LESSON = Words(
    views={
        "walk": View(PREDICTION, TRIES_WALK, FAILS_WALK, checks=CHECKS_WALK),
        "sharp": View(PREDICTION_SHARP, TRIES_SHARP, FAILS_SHARP, checks=CHECKS_SHARP),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
