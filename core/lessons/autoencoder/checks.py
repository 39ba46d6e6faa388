"""What the lesson on autoencoders asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_MAP = (
    Item(
        "What does an autoencoder get as its target?",
        (
            Option("The digit that the picture shows", "That would need labels. It never sees one."),
            Option("Its own input", "The loss compares the drawing with the input, pixel by pixel.", right=True),
            Option(
                "Nothing, since it learns without labels", "Without a target there would be no loss, and no gradient."
            ),
        ),
    ),
    Item(
        "A factory has thousands of photos of good bottles, but none of broken ones. How can an autoencoder still "
        "find one?",
        (
            Option("Its code says “broken”", "The code has no names for anything."),
            Option(
                "It draws a broken bottle badly",
                "It has learned to draw good bottles. What looks different usually comes back with a larger error.",
                right=True,
            ),
            Option(
                "It can't: it has never seen one",
                "That's just what may give it away: it usually draws unfamiliar things worse.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "What do many layers without bends amount to?",
        (
            Option("A better network", "More layers, but still one product."),
            Option(
                "A single matrix",
                "So without bends it's one straight squeeze, however deep.",
                right=True,
            ),
            Option("A network that can't learn", "It learns, but only straight maps."),
        ),
        kind="recall",
    ),
)
CHECKS_SIZE = (
    Item(
        "Why do principal components lose less with 32 numbers, though they can't bend?",
        (
            Option(
                "Their flat sheet is close enough, and exact",
                "The network only found its sheet step by step.",
                right=True,
            ),
            Option("They can bend after all", "They only multiply and add."),
            Option("They know the digits' names", "They see pixels only, like the network."),
        ),
    ),
    Item(
        "A weather station measures hundreds of values, but can only send two numbers. What do you try first?",
        (
            Option(
                "Principal components", "They're quick and exact. Then you know what a network has to beat.", right=True
            ),
            Option(
                "The largest network that fits",
                "You wouldn't know whether it's any good: measure the simple thing first.",
            ),
            Option("Nothing: two can't be enough", "Values that go together can be drawn again from few numbers."),
        ),
        kind="transfer",
    ),
    Item(
        "What does one more ReLU unit add to a network's curve?",
        (
            Option("Another bend", "With enough bends, it comes close to any curve.", right=True),
            Option("Another training example", "Those are the points. A unit is part of the network."),
            Option("Nothing: only layers add something", "Each unit bends the line at one more place."),
        ),
        kind="recall",
    ),
)
