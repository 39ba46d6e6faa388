"""What lesson 8 asks at the end of each view."""

from core.ui.words import Item, Option

POINT_CHECKS = (
    Item(
        "99.9% for a point far from all training data: what does that tell you?",
        (
            Option("It's right 999 times in 1,000", "Perhaps among points like the held-out ones. Out there nobody has "
                   "counted."),
            Option("It lies far from the boundary", "Confidence comes from z, and z is large far from the boundary.",
                   right=True),
            Option("Many examples were nearby", "How many examples are nearby appears nowhere in z."),
        ),
    ),
    Item(
        "A network tells cats from dogs and is right on 99% of new photos. It calls a truck “dog, 98%”. What went "
        "wrong?",
        (
            Option("It was trained for too short a time", "Longer training makes such answers surer, not fewer."),
            Option("Nothing: it can only choose between cat and dog", "The two probabilities must add up to 1, and away from the "
                   "boundary z is rarely near 0.", right=True),
            Option("The test accuracy was computed wrongly", "It may be right, for cats and dogs."),
        ),
        kind="transfer",
    ),
    Item(
        "Cross-entropy at one example is large when …",
        (
            Option("the network is unsure", "At 50% it's 0.69. It can be far larger."),
            Option("the network is sure and wrong", "It grows without bound as the true class's probability goes to "
                   "zero.", right=True),
            Option("the network is sure and right", "Then it's close to 0."),
        ),
        kind="recall",
    ),
)  # fmt: skip

DIGIT_CHECKS = (
    Item(
        "The network is 98% sure that a turned digit is a 4. What do you know?",
        (
            Option("It's a 4 in 98 of 100 cases", "Only for digits like the held-out ones. Of the turned ones it gets hardly one in ten right."),
            Option("Its score for 4 is well above the others", "The probabilities come from the scores' differences, and from nothing else.", right=True),
            Option("It looks like its fours", "Ink in a few of the same places can be enough."),
        ),
    ),
    Item(
        "A machine reads postcodes with such a network. One of them has a letter Q in it. What happens?",
        (
            Option("It reads a digit, perhaps very surely", "“Not a digit” isn't one of its answers.", right=True),
            Option("It stops and asks", "Only if somebody has built in a check for that."),
            Option("It gives each digit about a tenth", "Only the empty page came close to that. A Q has ink."),
        ),
        kind="transfer",
    ),
    Item(
        "Ten scores go through softmax. What do the ten probabilities add up to?",
        (
            Option("1", "Softmax shares out 1 in all. One probability grows only as others shrink.", right=True),
            Option("That depends", "A sure network gives nearly all of it to one class. The sum stays 1."),
            Option("10", "Each lies between 0 and 1, and all together make 1."),
        ),
        kind="recall",
    ),
)  # fmt: skip

NUMBER_CHECKS = (
    Item(
        "Far beyond its data, a ReLU network answers 10 at x = 50 and 12 at x = 60. What does it answer at x = 70?",
        (
            Option("14", "Out there it's a straight line: 2 more for every 10.", right=True),
            Option("12", "tanh units would have leveled off. ReLU units go on growing."),
            Option("What the pattern in the data says", "The network holds no pattern that could go on."),
        ),
    ),
    Item(
        "A tanh network learned the temperature of every hour from three days. You ask about the hours of next month. What does it answer?",
        (
            Option("Warm days and cold nights, as in the data", "The swing was in the data. Nothing makes the units repeat it."),
            Option("Nearly the same for all of them", "So far out its tanh units have leveled off, and so has their sum.", right=True),
            Option("Nothing: it wasn't trained for that", "A network always answers."),
        ),
        kind="transfer",
    ),
    Item(
        "A network answers 3, the target is 5. How large is the squared error?",
        (
            Option("2", "That's the distance. It still has to be squared."),
            Option("4", "The distance is 2, and 2 × 2 = 4.", right=True),
            Option("−4", "A square is never negative: it doesn't matter which side the answer errs on."),
        ),
        kind="recall",
    ),
)  # fmt: skip
