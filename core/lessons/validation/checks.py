"""What lesson 21 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_FOLDS = (
    Item(
        "You've cross-validated with five folds. Which network do you use from now on?",
        (
            Option("The best of the five", "It was the luckiest on its fold, and it learned from fewer points."),
            Option(
                "One that learns from all points", "The folds only told how good such a network will be.", right=True
            ),
            Option("A network with their mean weights", "Weights of different networks can't be averaged like scores."),
        ),
    ),
    Item(
        "A teacher wonders how well her class will do in the exam. Which test tells her most?",
        (
            Option("The exercises they practiced with", "They know those by heart, so the result is too good."),
            Option("One new question", "One question leaves a lot to luck."),
            Option(
                "Many new questions", "They're new to the class, and over many of them luck averages out.", right=True
            ),
        ),
        kind="transfer",
    ),
    Item(
        "A network gets all its training points right, but far fewer new ones. What happened?",
        (
            Option("It learned their noise, too", "That's overfitting: new points have other noise.", right=True),
            Option("It trained too briefly", "Then it would get training points wrong, too."),
            Option("It has too few weights", "Then it couldn't get all its training points right."),
        ),
        kind="recall",
    ),
)
CHECKS_CHOOSE = (
    Item(
        "Two strengths have nearly the same mean loss. Their folds differ by far more. Which do you take?",
        (
            Option(
                "Either: they're about as good", "Luck decides which one is lower, so it hardly matters.", right=True
            ),
            Option(
                "The lower: it's truly better",
                "The means differ by less than the folds do. Luck may have swapped them.",
            ),
            Option("No penalty: folds can't tell", "They do tell that no penalty is far worse."),
        ),
    ),
    Item(
        "Five friends rate six breads. The winner's mean is a hair above the next. What's likely?",
        (
            Option("Both are about as good", "A hair is less than what five friends' ratings differ by.", right=True),
            Option("The winner is truly the best", "Other friends might well swap the two."),
            Option("Such ratings say nothing", "They do tell good bread from bad."),
        ),
        kind="transfer",
    ),
    Item(
        "What does a stronger L2 penalty do?",
        (
            Option(
                "It makes the weights smaller",
                "Large weights cost more, so they only grow where that pays.",
                right=True,
            ),
            Option(
                "It makes most weights exactly 0",
                "Not even L1 does with plain steps. L2's pull fades as a weight gets small.",
            ),
            Option("It lowers the training loss", "The penalty holds the network back, so that loss rises."),
        ),
        kind="recall",
    ),
)
CHECKS_LEAKS = (
    Item(
        "Which of these does the least harm before you divide into folds?",
        (
            Option("Scaling all measurements", "All it passes on is a mean and a spread.", right=True),
            Option("Picking those that fit the labels", "Then the patients held out have helped to pick."),
            Option("Copying patients", "Then a copy tests a network that learned from the same patient."),
        ),
    ),
    Item(
        "A scout picks the fastest of 64 runners at one trial. What should he expect of the winner's next race?",
        (
            Option("The same time", "At the trial the winner was fast and also lucky. The luck doesn't come along."),
            Option("A slower time", "The best time of many includes some luck.", right=True),
            Option("A faster time", "Most likely the winner won't be that lucky again."),
        ),
        kind="transfer",
    ),
    Item(
        "Which loss should early stopping watch?",
        (
            Option("The test loss", "Then the test would choose, and its score would be too good."),
            Option("The validation loss", "It chooses, so that the test can judge.", right=True),
            Option("The training loss", "That keeps falling while the network fits the noise."),
        ),
        kind="recall",
    ),
)
