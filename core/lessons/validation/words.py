"""The words of lesson 21."""

from core.lessons.validation.checks import CHECKS_CHOOSE, CHECKS_FOLDS, CHECKS_LEAKS
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

CROSS, ERROR, FOLD = term_link("cross-validation"), term_link("standard error"), term_link("fold")

INTRO = {
    "folds": "A network learned from {examples} points. What share of new ones will it get right? That's its **true score**. "
    f"In the picture, one **{FOLD}** of the points at a time is held out, while a network learns from the rest.",
    "choose": f"This network fits noise. How strong an {term_link('L2 penalty')} does it need? "
    "At each strength, it learns from four fifths of the points and is measured on the rest, a **fold**, in turn.",
    "leaks": "{examples} patients, half of them ill, and {inputs:,} measurements. {truly} A neuron uses ten of them. "
    "Five **folds**, each held out once, give its score.",
}
EXAMPLES, FOLDS, DRAW = "Points", "Folds", "Data set"
BY = {"folds": "Five folds", "one": "One fold"}
TRULY = {
    "coin": "All are pure noise, so there's nothing to learn: the true score is 50%.",
    "two": "All but two are pure noise.",
}
LABELS = {"coin": "All noise", "two": "Two mean something"}
INPUTS, COMPETE, TITLE_LABELS = "Measurements", "Networks that compete", "How many mean something"

PREDICTION = Item(
    "The final network learns from all {examples} points. Which number usually comes closest to its true score, measured on "
    "{fresh:,} fresh points?",
    (
        Option("Its score on the points it learned from", "It has fitted their noise too, so that score is too high."),
        Option("The score on one fold held out", "That's a dozen points, so luck has a large say."),
        Option(
            "The mean score of all five folds",
            "Each point is tested once, on a network that hasn't seen it.",
            right=True,
        ),
        Option(
            "All three are about as close",
            "The network knows its own points by heart, and on a dozen points luck decides a lot.",
        ),
    ),
)
MEASURED = (
    "the score on its own points is typically {training_off:.3f} away from the truth, one fold's {one_off:.3f}, the mean of the "
    "folds {mean_off:.3f}."
)
OFF = {"training": "own points", "one": "one fold", "mean": "mean of folds"}
OFF_TITLE = "Score minus truth"
OFF_LABEL = "{:.3f} off"
OFF_KEY = (
    "dots: data sets; short line: median",
    "“off”: the typical distance",
    "ring: this one; green ◆: its folds",
    "bar: how unsure the mean is",
)
TRUTH = "truth"
SPREAD = f"Green: the folds' scores, and how far they spread ({term_link('standard deviation')})."
CERTAIN = (
    "Every fold happens to have the same score. So the standard error says that the mean is certain, and it isn't."
)
THIS = "The truth here, on {fresh:,} fresh points: **{truth:.3f}**. The mean is {off} off (ring)."

EXPLAIN_FOLDS = f"""All points take part in the test, so luck averages out. The mean is often a bit **too low** (short line): {phrase("each fold's network learned from fewer points", k=2)} than the final one. The {ERROR}
says how unsure it is. The truth lay within two standard errors (bar) in {{held:.0f}} of {{draws}} data sets. **{CROSS.replace("[c", "[C", 1)} changes no network.** It
estimates and helps you choose; it doesn't regularize."""

TRIES_FOLDS = (
    Try(
        "Two folds",
        {"view": "folds", "examples": 60, "k": 2, "draw": 3},
        "This is a typical data set. Each network learns from only half of the points. The mean of the folds is {mean_low:.3f} too low (median).",
    ),
    Try(
        "More points",
        {"view": "folds", "examples": 180, "k": 5, "draw": 12},
        "This is a typical data set. With 180 points all three come closer, since so many can't be learned by heart: own points are typically {training_off:.3f} off, one fold {one_off:.3f}, the mean {mean_off:.3f}.",
    ),
)
FAILS_FOLDS = Try(
    "Where it fails: few points",
    {"view": "folds", "examples": 20, "k": 2, "draw": 12},
    "A typical data set: ten points to learn from, ten to judge. The mean is {mean_low:.3f} too low (median). Two standard errors reach the truth in only "
    "{held:.0f} of {draws} data sets.",
)

PREDICTION_CHOOSE = Item(
    "We draw {draws:.0f} data sets. In each, the strength with the lowest mean loss over its five folds is chosen. Is that truly "
    "the best of the {strengths:.0f}?",
    (
        Option("Nearly always", "The lowest means lie close together, and luck swaps them."),
        Option(
            "Often not, but it's still far better than no penalty",
            "Folds tell bad strengths from good ones. Among the good ones luck decides.",
            right=True,
        ),
        Option(
            "Often not, and then it's about as bad as no penalty",
            "The bad strengths are far worse, and folds see that.",
        ),
    ),
)
MEASURED_CHOOSE = (
    "it's the best in {folds_best:.0f} of {draws} data sets. In the others it typically has {folds_missed:.3f} more loss than the best; no "
    "penalty, {none_then:.3f} more."
)
CHOSEN_TITLE = "Data set {draw}: the loss of each strength"
LOST_TITLE = "More loss than with the truly best strength"
LOST = {"none": "no penalty", "one": "one fold", "folds": "five folds"}
BEST = "the best"
LOST_KEY = ("a dot for each data set; number and short line: the median", "ring: the one above")
UNPENALIZED = "no penalty"
HERE = "Chosen: **{picked}**, with a true loss of {has:.3f}. The truly best is {best}, with {lowest:.3f}."

LOOK = {"folds": "Look", "one": "Choose five folds and look"}
EXPLAIN_CHOOSE = f"""{{look}} at the circles: {phrase("one fold says something", by="one")} quite different from the next. The means of neighboring strengths
differ by little, so luck can make one of them the lowest. Even so, it costs far less than no penalty would. Then a final network
learns from **all** points. **The penalty regularizes; cross-validation only helped to choose it.** The lowest mean is partly luck. So
test the final network once more, on points that had no part in the choice."""

TRIES_CHOOSE = (
    Try(
        "One fold only",
        {"view": "choose", "by": "one", "draw": 19},
        "Now only {judges} points choose. They find the best strength in {one_best} of {draws} data sets, and the typical choice has {one_lost:.3f} more loss than the best. Five folds find it in {folds_best}, and the typical choice has {folds_lost:.3f} more.",
    ),
    Try(
        "A good choice",
        {"view": "choose", "by": "folds", "draw": 13},
        "Chosen: {picked}, and that's truly the best. The true loss is {has:.2f}; without a penalty it would be {without:.2f}.",
    ),
)
FAILS_CHOOSE = Try(
    "Where it fails: bad luck",
    {"view": "choose", "by": "folds", "draw": 14},
    "All {k} folds together choose no penalty at all. The true loss is {has:.2f}; with {best} it would be {lowest:.2f}.",
)

PREDICTION_LEAKS = Item(
    "First you pick, among all {inputs:,.0f} measurements, the {used:.0f} that best tell the ill from the healthy, for all {examples:.0f} "
    "patients. Then you divide the patients into folds. What score do the folds report?",
    (
        Option(
            "About 50%: there's nothing to learn",
            "That's the true score. But the patients held out helped to pick, so they're no fair test.",
        ),
        Option("About 60%", "Luck helps more than that when there's so much to pick from."),
        Option(
            "75% or more",
            "Among so many measurements some fit by luck, and they fit the patients held out as well.",
            right=True,
        ),
    ),
)
MEASURED_LEAKS = "the folds report {pick_score:.0%}, and the truth is {pick_truth:.0%} (medians)."
WAYS = {
    "none": "divide first",
    "scale": "scale first",
    "pick": "pick first",
    "copy": "copy first",
    "test": "best of\u00a0{}",
}
LEAKS_TITLE = "Reported score minus truth, in percentage points"
LEAKS_KEY = ("a dot for each data set; number and short line: the median",)
ORDER = "**Scale**, **pick** or **copy first** (each patient three times): before dividing. "
JUDGED = "**Best of {candidates}**: networks on measurements picked at random compete on one fold."
JUDGED_ALONE = "**One network**: its measurements are picked at random, and one fold judges it."
JUDGED_SAME = """**Best of {candidates}**: with so few measurements all of them use the same, so they're one network, judged by
one fold."""
GUESS = (
    "A fold has {test} patients. By guessing, a network sometimes gets {hits} or more of them right. The chance that at least one of "
    "{candidates} networks does:"
)
GUESS_ALONE = "On noise, a network only guesses. Its chance of {hits} of {test} or more:"
ALONE = "one network"

EXPLAIN_LEAKS = f"""The patients held out {phrase("had helped to pick", candidates=64)}, so the network half knows them: a {term_link("leak")}. A copied patient tests
a network that learned from her copy. If you **choose by the test score**, the winner's score includes its luck.
**Scaling first leaks hardly anything**: just mean and spread. So divide first, keep copies in one fold, and
pick without the patients held out."""

TRIES_LEAKS = (
    Try(
        "Something to learn",
        {"view": "leaks", "labels": "two", "inputs": 100, "candidates": 64},
        "Two of 100 measurements do mean something: true score {pick_truth:.0%}. Pick first, and the folds report {pick_score:.0%}; divide first, and it's {none_score:.0%}.",
    ),
    Try(
        "No contest",
        {"view": "leaks", "labels": "coin", "inputs": 1000, "candidates": 1},
        "Nothing was chosen by the test, so its score is honest: in the median it's off by {test_off:.0f} percentage points. But look how far a test on a dozen patients can be off.",
    ),
)
FAILS_LEAKS = Try(
    "Where it fails: nothing to pick",
    {"view": "leaks", "labels": "coin", "inputs": 10, "candidates": 64},
    "All 10 measurements are used, so there's nothing to pick. Picking first gives {pick_score:.0%}, dividing first {none_score:.0%}, so it leaks nothing. "
    "Copies still do: {copy_score:.0%}.",
)

SIMULATOR = "Open such a run in the simulator"
WAIT_FOLDS = "Training a network for each fold of {draws} data sets …"
WAIT_CHOOSE = "Training {strengths} strengths on five folds of {draws} data sets …"
WAIT_LEAKS = "Testing {draws} data sets in five ways …"

QUIZ = (
    Item(
        "What does cross-validation do to the final network?",
        (
            Option("It makes it fit less noise", "That's what a penalty does. Folds can only help you to choose it."),
            Option("Nothing: it says how good it will be", "It estimates and helps to choose.", right=True),
            Option("It trains it five times as long", "Five other networks are trained, only to be tested."),
        ),
    ),
    Item(
        "You pick ten of 1,000 measurements by their fit to the labels. Where does that step belong?",
        (
            Option("Before the folds are made", "Then the patients held out help to pick, and the score is too high."),
            Option(
                "Inside each fold, without what's held out",
                "Then the patients held out play no part in the picking.",
                right=True,
            ),
            Option("It makes no difference", "On pure noise it made a large difference."),
        ),
        kind="transfer",
    ),
)

WRONG = (
    ("Cross-validation prevents overfitting.", "It shows it. What holds a network back is a penalty, more data or an earlier stop."),
    ("A test set may choose, as long as nothing is trained on it.", "Choosing the best test score is learning from the test, and then the score is too good."),
    ("The folds' score is the truth.", "It's an estimate, usually a bit too low, and with few points it's far off."),
    ("Scaling before the split ruins everything.", "It's better inside the folds, but here it moved scores by next to nothing. Picking by labels does the harm."),
)  # fmt: skip

LEFT_OPEN = "You can tell how good a network will be. And if it's bad, could it be the fault of the data?"

LESSON = Words(
    views={
        "folds": View(PREDICTION, TRIES_FOLDS, FAILS_FOLDS, checks=CHECKS_FOLDS),
        "choose": View(PREDICTION_CHOOSE, TRIES_CHOOSE, FAILS_CHOOSE, {"draw": 10}, checks=CHECKS_CHOOSE),
        "leaks": View(PREDICTION_LEAKS, TRIES_LEAKS, FAILS_LEAKS, checks=CHECKS_LEAKS),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
