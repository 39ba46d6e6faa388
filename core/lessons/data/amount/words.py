"""The words of the view on how many examples there are."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View

INTRO = "The same network learns from a few examples or from many. Each time it's {seeds} networks, each with a draw of its own."
TASKS = {"digits": "Digits", "tumors": "Tumors", "clouds": "Overlapping clouds"}
DRAWN = {"right": "Right answers", "wrong": "Mistakes"}
TRAINING = "Training {seeds} networks for each number of examples …"

PREDICTION = Item(
    "From 10 digits, the network learns to read {few:.0%} of new ones. From 100 it's {some:.0%}, so that's {first_gain:.0f} "
    "percentage points more. Now it gets ten times as many again. What do they add?",
    (
        Option("Nothing: 100 are enough", "100 digits don't show all the ways people write."),
        Option(
            "Fewer than 10 percentage points",
            "There isn't much left to gain, but mistakes become much rarer.",
            right=True,
        ),
        Option("All that's missing", "Some new digits look like none that it has seen."),
        Option(
            "Twice as much as before", "There isn't that much left to gain. Each step adds less than the one before."
        ),
    ),
)
MEASURED = (
    "right answers rose by {last_gain:.1f} percentage points. Mistakes fell from {wrong_some:.1%} to {wrong_many:.1%}."
)

EXPLAIN = f"""{phrase("From few examples", n=10)}, the network gets **its own** examples right, but hasn't seen enough ways to write a digit: {term_link("overfitting")}. More examples
bring the curves together. Each time you take ten times as many, you gain less. So {phrase("count **mistakes**", drawn="wrong")}: where few are
left, a small gain makes them much rarer. {phrase("Where classes overlap", task="clouds")}, the curves meet, but not at the top. More examples then have
nothing to add: points that look alike can't be told apart."""
LINE = "From {n:,} to {then:,} examples, this share of the mistakes is left:"

TITLE = "{task}: {drawn}"
OWN, NEW, BEST = "own", "new", "best"
KEY = "own: those it learned from; new: the test's"
KEY_NONE = "no mistakes at all: at the lower edge"
KEY_BEST = "dotted: the best possible rule, on the same test"
TRIES = (
    Try(
        "Count mistakes",
        {"task": "digits", "drawn": "wrong", "n": 100},
        "Here a step up or down is a factor. From 100 to {most:,} digits, mistakes fall from {wrong_some:.1%} to {wrong_many:.1%}.",
    ),
    Try(
        "Tumors",
        {"task": "tumors", "drawn": "right", "n": 10},
        "Some tasks are learned from few: with 10 tumors {few:.0%} are right, with {most} {many:.0%}.",
    ),
)
FAILS = Try(
    "Where it fails: classes overlap",
    {"task": "clouds", "drawn": "right", "n": 100},
    "With 100 examples {some:.1%} are right, with {most:,} {many:.1%}. The best possible rule gets {best:.1%} "
    "of the same new points: there's hardly anything left to learn.",
)
SIMULATOR = "Open these clouds in the simulator"
CHECKS = (
    Item(
        "Choose digits, and go from 10 to 30 examples. How many of the mistakes are left?",
        (
            Option(
                "A third: three times the examples, a third of the mistakes", "Many of the new digits show nothing new."
            ),
            Option("About half", "Each example adds less than the one before.", right=True),
            Option("Nearly all", "These digits don't overlap, so more of them still help."),
        ),
    ),
    Item(
        "Two mushrooms look the same in a third of all photos. What do a million more photos add?",
        (
            Option("In the end, all are told apart", "What looks the same can't be told apart."),
            Option("They only confuse", "They say which of the two is more frequent."),
            Option(
                "Little for those that look the same", "There, the best guess is the more frequent one.", right=True
            ),
        ),
        kind="transfer",
    ),
    Item(
        "How do you notice that a network has only learned by heart?",
        (
            Option("Its training loss is low, its test loss isn't", "It's right on its own examples only.", right=True),
            Option("Both losses are high", "Then it hasn't learned even its own examples."),
            Option("Both losses are low", "That's what you want."),
        ),
        kind="recall",
    ),
)
VIEW = View(PREDICTION, TRIES, FAILS, checks=CHECKS)
