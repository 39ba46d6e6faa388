"""What lesson 17 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_HAND = (
    Item(
        "A curve is level, then straight between corners at x = 1, 2 and 3. How many hinges draw it?",
        (
            Option("1", "One hinge has one corner."),
            Option("3", "One per corner: each changes the slope once.", right=True),
            Option("6: two per corner", "Two steps make a box. A hinge makes a corner by itself."),
        ),
    ),
    Item(
        "One hidden layer fits last year's temperatures almost perfectly. What does the universal approximation theorem promise for next year?",
        (
            Option("As good a fit, with enough units", "It promises that only between the first day and the last."),
            Option(
                "Nothing: next year lies outside the data",
                "Outside, the last units simply go on as they are.",
                right=True,
            ),
            Option("A good fit, if trained long enough", "The theorem doesn't speak of training at all."),
        ),
        kind="transfer",
    ),
    Item(
        "A neuron computes z = 4x − 2. At which x does it turn?",
        (
            Option("−2", "That's its bias. It turns where z is 0."),
            Option("0.5", "z = 0 there: minus the bias, divided by the weight.", right=True),
            Option("2", "At x = 2 its z is 4 × 2 − 2 = 6, not 0."),
        ),
        kind="recall",
    ),
)
CHECKS_UNITS = (
    Item(
        "A trained network with one hidden layer stays far off a curve. Does that refute the universal approximation theorem?",
        (
            Option(
                "Yes: it can't draw this curve", "Here units set by hand could draw it, and training still missed it."
            ),
            Option(
                "No: training may have missed good weights",
                "The theorem only says that they exist, with enough units.",
                right=True,
            ),
            Option(
                "No: it just trained too briefly",
                "Training longer helped on this page, but it was still far off. The theorem says nothing about training.",
            ),
        ),
    ),
    Item(
        "A sudoku has a solution. You search for an hour and don't find it. What do you know?",
        (
            Option("It has none", "It has one. You only know that you haven't found it."),
            Option("Another hour will do", "Perhaps. That it exists says nothing about how long you'll search."),
            Option(
                "Only that your search missed it",
                "As in training: that a solution exists doesn't mean that a search finds it.",
                right=True,
            ),
        ),
        kind="transfer",
    ),
    Item(
        "A ReLU unit's z is below 0 for every example. What does training do with its weights?",
        (
            Option("It enlarges them", "Training follows the gradient, and here that's 0."),
            Option("Nothing", "ReLU is level there, so their gradient is 0.", right=True),
            Option("It sets them to 0", "Nothing changes them: their gradient is 0."),
        ),
        kind="recall",
    ),
)
