"""What lesson 18 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_FOLD = (
    Item(
        "You add a fourth layer to 3 folding layers. How many straight pieces now?",
        (
            Option("8", "That's what it had with 3 layers: 2 × 2 × 2 = 8."),
            Option("10", "Pieces don't grow by 2. They double."),
            Option("16", "2 × 2 × 2 × 2 = 16: each layer doubles them.", right=True),
        ),
    ),
    Item(
        "Fold a strip of paper in half, 3 times in a row, then unfold it. How many parts do the creases make?",
        (
            Option("3", "A later fold creases every layer of the paper at once."),
            Option(
                "4: one more than the folds", "With one crease a fold, yes. But a later fold makes several at once."
            ),
            Option("8", "2 × 2 × 2 = 8: each fold doubles them.", right=True),
        ),
        kind="transfer",
    ),
    Item(
        "A network with one hidden layer gets one more hinge (a ReLU unit). What can its curve gain?",
        (
            Option("One corner", "Each hinge bends the curve at one place, its own.", right=True),
            Option("Twice as many corners", "That takes another layer. Side by side, corners only add up."),
            Option("A jump", "A hinge bends the curve, but never breaks it."),
        ),
        kind="recall",
    ),
)
CHECKS_RACE = (
    Item(
        "Four folds draw 8 teeth exactly, but no shape learned them. Why?",
        (
            Option(
                "Training doesn't find such weights",
                "They exist, but going downhill from a random start needn't lead to them.",
                right=True,
            ),
            Option("They have too few weights", "The four folds need far fewer weights than these networks have."),
            Option("Depth never helps", "With 4 teeth, it did."),
        ),
    ),
    Item(
        "For house prices, a colleague wants ten layers: “Deep networks need far fewer units.” What's fair to say?",
        (
            Option(
                "Right: depth always saves units",
                "That's proved for curves made by folding. Nobody knows it for house prices.",
            ),
            Option(
                "That's proved for special functions: compare",
                "Train a shallow and a deep one, and compare them.",
                right=True,
            ),
            Option("Wrong: one layer is always as good", "For sawteeth it isn't."),
        ),
        kind="transfer",
    ),
    Item(
        "What does the universal approximation theorem promise?",
        (
            Option(
                "That training finds good weights",
                "It says that good weights exist. It doesn't say that training finds them.",
            ),
            Option(
                "That one layer has good weights, if wide enough",
                "For any continuous curve between two ends.",
                right=True,
            ),
            Option("That curves need two layers", "One is enough, if it has enough units."),
        ),
        kind="recall",
    ),
)
