"""What lesson 3 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_ONE = (
    Item(
        "An error of 4 shrinks to 2. What happens to the slope of its squared loss?",
        (
            Option("It halves", "The slope is twice the error: it was 2 × 4 = 8, and now it's 2 × 2 = 4.", right=True),
            Option("It falls to a quarter", "The loss does that. The slope is twice the error, so it halves."),
            Option("It stays the same", "That's so with the absolute loss."),
        ),
    ),
    Item(
        "Each hour, a heater loses points: the number of degrees that it's off, squared. What costs it more points?",
        (
            Option("One hour 4 degrees off, one exact", "4 × 4 = 16 points, against 2 × 2 + 2 × 2 = 8.", right=True),
            Option("Two hours 2 degrees off", "That's 2 × 2 + 2 × 2 = 8 points. One large error costs 4 × 4 = 16."),
            Option("Both cost the same", "Without the square they would. Squared, one large error counts for more."),
        ),
        kind="transfer",
    ),
    Item(
        "You multiply a neuron's weight and its bias by 3. What happens to its turning point (the input where z = 0)?",
        (
            Option("It stays", "z gets 3 times as large, and 3 × 0 = 0.", right=True),
            Option("It moves 3 times as far out", "That's what the bias alone would do."),
            Option("It moves closer to 0", "That's what the weight alone would do."),
        ),
        kind="recall",
    ),
)
CHECKS_MANY = (
    Item(
        "The predictions are 3 and 5, the targets 4 and 2. What is the mean squared error?",
        (
            Option("2", "That's the mean of the errors' sizes, 1 and 3. Square them first."),
            Option("5", "(1 + 9) / 2 = 5.", right=True),
            Option("1", "That's the mean of −1 and 3. The signs cancel, which is why errors are squared."),
            Option("10", "That's the sum of the squares, 1 + 9 = 10. The mean divides it by 2."),
        ),
    ),
    Item(
        "You estimate delivery times. Most estimates are off by minutes, but now and then a parcel gets lost, and the record "
        "says a month. Which loss gives a good estimate for ordinary parcels?",
        (
            Option(
                "Squared error",
                "A month is many thousand minutes; squared, one lost parcel outweighs all the ordinary ones.",
            ),
            Option("Absolute error", "There a lost parcel pulls no harder than any other.", right=True),
            Option(
                "Either will do",
                "With squared error, one record that's wrong by a month is enough to spoil the estimate.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "A network has many layers, but no activation functions. What can it draw?",
        (
            Option(
                "Any curve, with enough layers",
                "A straight line of a straight line is a straight line again, however many layers there are.",
            ),
            Option("One straight line", "Without a bend, all its layers together do what one layer does.", right=True),
            Option("One corner for each layer", "Corners come from activation functions."),
        ),
        kind="recall",
    ),
)
CHECKS_CLASSES = (
    Item(
        "The output is 0.9 and the target 1. How strong is cross-entropy's push, the size of its slope dL/dz?",
        (
            Option("0.1", "The slope is prediction minus target, 0.9 − 1 = −0.1. Its size is 0.1.", right=True),
            Option(
                "0.009",
                "That's the squared error's, 0.1 × 0.9 × 0.1 = 0.009. Cross-entropy cancels the sigmoid's slope.",
            ),
            Option("0.105", "That's the loss, −ln 0.9. The push is its slope."),
        ),
    ),
    Item(
        "It rains. One weather app had said 1% rain, another 50%. Which has the larger cross-entropy?",
        (
            Option("The one that said 50%: it didn't decide", "Being unsure costs less than being sure and wrong."),
            Option(
                "The one that said 1%, by far",
                "−ln 0.01 is 4.6, but −ln 0.5 is only 0.69.",
                right=True,
            ),
            Option("Both the same: neither foresaw it", "Cross-entropy also counts how sure an answer was."),
        ),
        kind="transfer",
    ),
    Item(
        "A sigmoid neuron has z = 11. What happens to its output when z grows by 1?",
        (
            Option("It grows by about 0.25", "That's the sigmoid's steepest slope, at z = 0."),
            Option("Next to nothing", "It's saturated: within 0.00002 of 1, and flat.", right=True),
            Option("It passes 1", "A sigmoid never does."),
        ),
        kind="recall",
    ),
)
