"""The words of lesson 19."""

from core.lessons.overfitting import study
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

VIEWS = {"size": "More units", "time": "More epochs"}
CHALLENGES = {"curve": "Curve", "boundary": "Boundary"}
INTRO = {
    "size": "Each network learns {examples} examples. They follow a rule, but each is a bit off: that's the noise.",
    "time": "One network trains for {epochs} epochs on {examples} noisy examples. Should you let it run to the end?",
}
WITHOUT_NOISE = {
    "size": "Each network learns {examples} examples. They follow a rule exactly: there's no noise.",
    "time": "One network trains for {epochs} epochs on {examples} examples without noise. Should you let it run to the end?",
}
MAKING = "Training {seeds} networks of each size …"
PAGE = "Hidden units, in each of two layers"
CLICK = "Click or tap a size to see its network."

PREDICTION = Item(
    "This network has two layers of {count:.0f} hidden units, {parameters:.0f} weights and biases in all, for {examples:.0f} points. Other "
    "networks have just 1, 2, 4 … units a layer. The more units, the closer they get to these points. What happens to the loss on new points?",
    (
        Option(
            "It falls with every unit, too", "Past some size, a closer fit to these points is a fit to their noise."
        ),
        Option(
            "It falls first, then rises",
            "Too few units can't bend as the wave does. Too many bend to follow the noise.",
            right=True,
        ),
        Option("It rises from the start", "A single unit a layer can't bend enough, so a few more do help."),
        Option("It stays the same", "New points follow the same wave, so a network that misses it does worse."),
    ),
)
MEASURED = (
    "on {examples} points of the curve it's lowest with {best:.0f} units a layer, {lowest:.3f}, then up again: {before:.3f} with {last_but_one} and {test:.3f} "
    "with {count:.0f} (medians). Which of the last two is worse changes from seed to seed."
)

EXPLAIN_SIZE = f"""Each example is {{rule}} plus noise, and a network can't tell which is which. {phrase("With little", units=1)}
{term_link("capacity")} (it can hardly bend) it misses both: **{term_link("underfitting")}**. {phrase("With a lot", units=32)} it follows both: **{term_link("overfitting")}**. New
points have other noise. {{look}}"""
EXPLAIN_EXACT = f"""Here each example is exactly {{rule}}. With little {term_link("capacity")} (it can hardly bend) a network misses that:
**{term_link("underfitting")}**. With a lot it follows it, and there's no noise that it could follow instead. {phrase("With noise", noise=0.3)}, it
would follow that, too: **{term_link("overfitting")}**."""
RULE = {"curve": "a point on a wave", "boundary": "a point on a moon"}
LOOK = {
    "curve": "See the faint lines: with one unit all seeds draw nearly the same curve; with many units and few examples, each draws its own.",
    "boundary": "See where the boundary bends around single filled points: new points don't lie there.",
}
MEDIANS = "Medians of {seeds} networks, not just of one:"

TRIES_SIZE = (
    Try(
        "One unit a layer",
        {"view": "size", "challenge": "curve", "examples": 30, "noise": 0.3, "units": 1},
        "It can't bend enough. Its loss is high on new points ({test:.3f}), about as high as with 32 units, but for another reason: it's "
        "high on its own points too ({train:.3f}, medians). That's underfitting.",
    ),
    Try(
        "200 examples",
        {"view": "size", "challenge": "curve", "examples": 200, "noise": 0.3, "units": 32},
        "Now 32 units do no harm: {test:.3f} on new points (median). The noise alone costs about {floor:.2f}.",
    ),
    Try(
        "A boundary",
        {"view": "size", "challenge": "boundary", "examples": 30, "noise": 0.3, "units": 32},
        "The median test loss goes from {first:.2f} with 1 unit to {test:.2f} with 32. Yet {first_right:.0%} and {right:.0%} of the answers are "
        "right: it isn't wrong more often, it's far too sure when it is.",
    ),
)
FAILS_SIZE = Try(
    "Where it fails: no noise",
    {"view": "size", "challenge": "curve", "examples": 30, "noise": 0.0, "units": 32},
    "There's nothing false to learn. 32 units end below {tiny:g} on new points, 1 unit at {first:.2f}: here more is never too much.",
)

PREDICTION_TIME = Item(
    "This network trains for {epochs:.0f} epochs, and the loss on its own {examples:.0f} examples falls until the end. When is it best on "
    "new ones?",
    (
        Option("At the end", "After a while, all that's left to learn is the noise of these examples."),
        Option("About halfway", "That's long past its best."),
        Option("In the first tenth", "It learns the broad shape first, and the noise later.", right=True),
        Option("It makes no difference", "New examples aren't the old ones: what it learns last is wrong for them."),
    ),
)
MEASURED_TIME = (
    "on the two moons, with {count} units a layer, the loss on other examples is lowest at epoch {here} of {epochs}. Over {seeds} seeds it's epoch {epoch:.0f}, with a test loss of {stopped:.2f}; at the end "
    "it's {test:.2f} (medians)."
)
EXPLAIN_TIME = f"""{phrase("The broad shape", epoch=30)} is in all examples, so it's learned first. Each example's noise pulls in its own
direction, and is learned last. To find the best moment, nobody may look at the test loss: the test is the judge. So other examples are set aside, a
**{term_link("validation set")}**, and you stop where *their* loss is lowest: **{term_link("early stopping")}**. That finds the moment
only roughly, and it has a price: you can't train on those examples."""

TO_STOP, TO_END = "Show epoch {stop}: stop here", "Show the end"
STOPPED = "All {seeds} seeds: test loss **{stopped:.3f}** stopped, **{test:.3f}** at the end (medians). Stopping was better for **{better}** of them."
SAME = "All {seeds} seeds: stopped or not, the test loss is below **{tiny:g}** (medians). Stopping has nothing to save."
HERE = "stop here"
TRIES_TIME = (
    Try(
        "A curve",
        {"view": "time", "challenge": "curve", "examples": 30, "noise": 0.3, "units": 32, "seed": study.SEED},
        "The same with a curve: over {seeds} seeds {stopped:.3f} stopped, {test:.3f} at the end (medians). Stopping was better for {better} of them. Trained to the end, no "
        "network size gets as low as this one stopped.",
    ),
    Try(
        "One unit a layer",
        {"view": "time", "challenge": "boundary", "examples": 30, "noise": 0.3, "units": 1, "seed": 5},
        "A tiny network can't learn much noise: over {seeds} seeds {stopped:.2f} stopped, {test:.2f} at the end (medians).",
    ),
    Try(
        "200 examples",
        {"view": "time", "challenge": "boundary", "examples": 200, "noise": 0.3, "units": 32, "seed": study.SEED},
        "More examples help, but the large network still learns their noise: over {seeds} seeds {stopped:.2f} stopped, "
        "{test:.2f} at the end (medians).",
    ),
)
FAILS_TIME = Try(
    "Where it fails: no noise",
    {"view": "time", "challenge": "curve", "examples": 30, "noise": 0.0, "units": 32, "seed": study.SEED},
    "On the curve without noise there's nothing false to learn. Stopped or not, the test loss is below {tiny:g}, so stopping saves next to nothing. The lowest validation loss "
    "comes late: at epoch {here} of {epochs} in this run, and at {epoch:.0f} in the median one.",
)
SIMULATOR = "Open in the simulator"
SIMULATOR_NOTE = "There, our validation examples are called test examples."
SEED_TITLE = "Another challenge, other examples"
SEED = "Seed of the examples and of the first weights"

TITLE_SIZE = "{what}: loss after training, by size"
FLOOR = "dotted line: what the noise alone costs"
KEY_SIZE = ["line: median, band: the middle 80%"]
KEY_STOPPED = ["stopped early: test loss where the", "validation loss is lowest"]
TITLE_FIT, TITLE_ONE = "{count} units a layer", "1 unit a layer"
KEY_FIT = "faint: with other examples"

RECALL = Item(
    "Why can a few folding layers draw more straight pieces than one layer with as many units?",
    (
        Option("A later layer bends every piece that it gets", "So pieces multiply from layer to layer.", right=True),
        Option("They have more weights", "They can have just as many, or fewer."),
        Option("Training finds them more easily", "Being able to draw a curve doesn't mean that training finds it."),
    ),
    kind="recall",
)
CHECKS_SIZE = (
    Item(
        "One network has a high loss on its own examples and on new ones. Another has a tiny one on its own, a high one on new ones. "
        "Which overfits?",
        (
            Option("The first", "It's bad everywhere: it hasn't even learned its own examples. That's underfitting."),
            Option("The second", "What it has learned is true of its own examples only.", right=True),
            Option("Both", "The first hasn't learned its own examples, so it can't have learned their noise."),
        ),
    ),
    Item(
        "A pupil learns all old exams by heart, answers included, and fails the new one. Which advice is like getting more data?",
        (
            Option("Learn them more thoroughly", "That's more epochs on the same examples."),
            Option(
                "Practice with many other exams", "What's true of many exams isn't the accident of one.", right=True
            ),
            Option(
                "Learn with a smaller notebook", "That's a smaller network: less room for accidents, but no new exam."
            ),
        ),
        kind="transfer",
    ),
    RECALL,
)
CHECKS_TIME = (
    Item(
        "The validation loss has risen for a long time, the training loss still falls. Which weights do you keep?",
        (
            Option("Those from when the validation loss was lowest", "After that it mostly learned noise.", right=True),
            Option("The last ones", "They fit their own examples best, and that includes the noise."),
            Option("Those with the lowest test loss", "Then the test has chosen, and it can't judge any more."),
        ),
    ),
    Item(
        "You rehearse a speech and ask friends each evening how it sounds. Who plays the part of the validation set?",
        (
            Option("You", "You're what learns."),
            Option("Your friends", "They tell you when to stop, and they aren't the ones who judge in the end.", right=True),
            Option("The audience", "It judges once, in the end: that's the test."),
        ),
        kind="transfer",
    ),
    Item(
        "How often does a network see each of its training examples in one epoch?",
        (
            Option("Once", "An epoch is one pass through all training examples.", right=True),
            Option("Once in each batch", "A batch holds a part of them, and the next batch holds others."),
            Option("As often as it takes to learn it", "An epoch has a fixed length, learned or not."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "Why does a large network on a few noisy examples get worse on new ones while its training loss still falls?",
        (
            Option("It learns the noise of its examples", "New examples have other noise.", right=True),
            Option("Its learning rate is too high", "Then the training loss would jump. It falls."),
            Option("It forgets its first examples", "It sees all of them in every epoch."),
        ),
    ),
    Item(
        "You want to stop training at the best moment. Whose loss do you watch?",
        (
            Option("The training examples'", "It's lowest at the end, however much noise was learned."),
            Option(
                "The validation examples'", "It isn't trained on them, and they don't give the final score.", right=True
            ),
            Option("The test examples'", "Then they helped to choose, so they can't judge fairly any more."),
        ),
    ),
)

WRONG = (
    ("A low training loss is a good sign.", "It says nothing about new examples. Look at the test loss."),
    ("Large networks always overfit.", "Here, without noise, they don't, and the more examples there are, the less they do."),
    ("Overfitting shows in the share of right answers.",
     "On the boundary that share hardly changes. The loss does: the wrong answers become too sure."),
    ("The more weights, the worse.",
     "Far beyond these sizes, the test loss of some networks falls again: double descent (arXiv 1812.11118). This page doesn't show it."),
)  # fmt: skip

LEFT_OPEN = "What else can keep a large network from learning the noise?"

LESSON = Words(
    views={
        "size": View(PREDICTION, TRIES_SIZE, FAILS_SIZE, checks=CHECKS_SIZE),
        "time": View(PREDICTION_TIME, TRIES_TIME, FAILS_TIME, {"challenge": "boundary", "units": 32}, CHECKS_TIME),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
