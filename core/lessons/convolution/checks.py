"""What lesson 23 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_KERNEL = (
    Item(
        "A photo has 100 × 100 pixels instead of 8 × 8. How many weights does a kernel of 3 × 3 have now?",
        (
            Option("9, as before", "The same weights, at more places.", right=True),
            Option(
                "10,000: one for each pixel",
                "A dense unit has those. A kernel's weights don't depend on the picture's size.",
            ),
            Option("90,000: nine for each pixel", "It's multiplied that often, but always by the same nine weights."),
        ),
    ),
    Item(
        "A table has the columns age, income and height, in any order. Would you slide a kernel along them?",
        (
            Option("Yes, it saves weights", "It does, but the bet fails: what's beside what means nothing here."),
            Option(
                "No: neighbors mean nothing here",
                "The column beside it could be any other, so no small pattern repeats.",
                right=True,
            ),
            Option("Yes, sorted by name", "A name's first letter doesn't make neighbors alike."),
        ),
        kind="transfer",
    ),
    Item(
        "A dense layer leads from 64 inputs to 32 units. How many weights and biases does it have?",
        (
            Option("96", "That's 64 + 32. Every unit has a weight for every input."),
            Option("2,048", "Those are the weights: 64 × 32 = 2,048. Each unit has a bias, too."),
            Option("2,080", "64 × 32 + 32 = 2,080.", right=True),
        ),
        kind="recall",
    ),
)
CHECKS_TRAINED = (
    Item(
        "A kernel lies at 36 places of a digit. What is the gradient of one of its weights?",
        (
            Option(
                "The sum over all 36 places",
                "Each place says how to change the weight, and the answers are added.",
                right=True,
            ),
            Option(
                "The one at the place with the most ink",
                "Every place has its part in the answer, so every place counts.",
            ),
            Option("36 gradients, one for each place", "It's one weight, so it has one gradient: their sum."),
        ),
    ),
    Item(
        "A doorbell's chip has little memory, but enough time. It must spot one tone anywhere in a long recording. "
        "What fits?",
        (
            Option("A kernel: few weights, used at every place", "Sharing saves memory. The work stays.", right=True),
            Option("A dense layer: it needs fewer weights", "It has one for every moment of the recording."),
            Option(
                "A kernel: sharing saves multiplications, too",
                "Sharing saves weights, not work: each one is used at every place.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "ReLU stands behind the kernels. What does it make of z = −3?",
        (
            Option("0", "ReLU turns everything below 0 into 0.", right=True),
            Option("−3", "ReLU leaves only what's above 0 as it is."),
            Option("3", "ReLU doesn't turn signs round. It cuts off what's below 0."),
        ),
        kind="recall",
    ),
)
CHECKS_MOVED = (
    Item(
        "A digit moves right by one pixel. What happens to a kernel's feature map, away from the rim?",
        (
            Option(
                "It moves right by one place, too", "The same kernel meets the same pattern, one place on.", right=True
            ),
            Option("Nothing", "It's computed from the pixels, so the pattern stands one place on."),
            Option(
                "Its numbers are all new", "The same kernel meets the same pattern: the same numbers, one place on."
            ),
        ),
    ),
    Item(
        "A network reads number plates. All its training photos have the plate in the middle. A new camera has it "
        "on the left. What helps?",
        (
            Option(
                "Training photos with the plate moved",
                "Then the dense layer's weights learn all those places.",
                right=True,
            ),
            Option("More kernels", "The dense layer behind them still expects the plate in the middle."),
            Option(
                "Nothing is needed: kernels look everywhere",
                "They do. But the dense layer has a weight for each place.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "A network gets all training examples right, but far fewer new ones. What is that called?",
        (
            Option("Overfitting", "It fits the training examples, with all their accidents.", right=True),
            Option("A vanishing gradient", "Then it wouldn't even get the training examples right."),
            Option("A dead unit", "That's a unit whose output is always 0."),
        ),
        kind="recall",
    ),
)
