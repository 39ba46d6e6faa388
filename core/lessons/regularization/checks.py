"""What lesson 20 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_CURES = (
    Item(
        "You make L2 stronger. Now the training loss and the test loss both rise. What do you do?",
        (
            Option(
                "Make it weaker", "The network learns too little: the price counts for more than the data.", right=True
            ),
            Option("Make it stronger still", "It's held back too much already."),
            Option("Train longer", "The price stays as high, however long it trains."),
        ),
    ),
    Item(
        "Why do some towns charge for each bag of garbage?",
        (
            Option(
                "So that people throw away only what they must",
                "A price on each bag, as L2 puts one on weights.",
                right=True,
            ),
            Option("So that nobody throws anything away", "That's a price so high that nothing works."),
            Option("So that everybody throws away the same", "Who needs more bags still pays for more."),
        ),
        kind="transfer",
    ),
    Item(
        "What shows that a network overfits?",
        (
            Option(
                "Low training loss, high test loss", "What it has learned is true of its own examples only.", right=True
            ),
            Option("High training loss, high test loss", "That's underfitting: it has learned too little."),
            Option("A training loss that jumps", "That comes from too large a rate, or small batches."),
        ),
        kind="recall",
    ),
)
CHECKS_PENALTY = (
    Item(
        "One weight is 2, another 0.02. Which pulls on both with the same force?",
        (
            Option("L1", "Its pull asks only on which side of 0 a weight is.", right=True),
            Option("L2", "Its pull is a hundred times as strong on the first."),
            Option("Both", "L2's pull grows with the weight."),
        ),
    ),
    Item(
        "One shop takes a tenth off each price, another takes a dollar off. Where does a cheap thing become free?",
        (
            Option("At a dollar off", "The same amount for all, as with L1.", right=True),
            Option("At a tenth off", "A tenth of little is less: that's L2."),
            Option("At both", "A tenth off always leaves nine tenths."),
        ),
        kind="transfer",
    ),
    Item(
        "Which way does gradient descent change a weight?",
        (
            Option("Against its gradient", "That's downhill for the loss.", right=True),
            Option("Along its gradient", "That's uphill for the loss."),
            Option("Always toward 0", "Only a penalty pulls that way."),
        ),
        kind="recall",
    ),
)
CHECKS_DROPOUT = (
    Item(
        "You forget to switch to evaluation mode and ask twice about the same point. What do you get?",
        (
            Option("Two different answers", "Each time, other units are off.", right=True),
            Option("The same answer twice", "Only in evaluation mode."),
            Option("No answer", "The units that are left still answer."),
        ),
    ),
    Item(
        "A team draws lots before each practice, and half of the players stay at home. "
        "At the match all play. What does this teach them?",
        (
            Option("To manage without any one player", "Nobody knows who will be there, as with dropout.", right=True),
            Option("To play with half a team", "At the match all are there. Practice was the noisy part."),
            Option("To rely on their best player", "He's at home half of the time."),
        ),
        kind="transfer",
    ),
    Item(
        "Which other layer does something else in training than in use?",
        (
            Option(
                "Batch norm", "In training it looks at the batch, in use at averages kept from training.", right=True
            ),
            Option("A ReLU layer", "It does the same to every z, always."),
            Option("The output layer", "Its weights are trained, but what it does with them stays the same."),
        ),
        kind="recall",
    ),
)
