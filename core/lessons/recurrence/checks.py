"""What lesson 24 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_STEPS = (
    Item(
        "A trained network has read six symbols, and you give it one more. What changes?",
        (
            Option(
                "Only its memory", "The same weights make a new memory from the old one and the symbol.", right=True
            ),
            Option("Its weights", "Only training changes those. Reading just uses them."),
            Option("It gets weights for the new symbol", "Every symbol meets the same weights."),
        ),
    ),
    Item(
        "Another network reads words letter by letter. What does its memory after “cat” depend on?",
        (
            Option("Only on the t", "Then “cat” and “hot” would be the same to it."),
            Option("On the memory after “ca” and the t", "That's all a step gets, besides the weights.", right=True),
            Option(
                "On c, a and t, read again",
                "It reads each letter once. What's left of c and a is in the memory.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "What does this network share with a kernel sliding over a picture?",
        (
            Option(
                "The same weights are used again and again",
                "The kernel uses them at every place, this network at every step.",
                right=True,
            ),
            Option("Both remember what they've read", "A kernel remembers nothing: each place is worked out alone."),
            Option("Both need one weight for each input", "A dense layer does. These two share theirs."),
        ),
        kind="recall",
    ),
)
CHECKS_LEARN = (
    Item(
        "Each step back multiplies the pull by 0.5. What's left after 10?",
        (
            Option("A tenth", "It's multiplied ten times, not divided by 10."),
            Option("About a thousandth", "0.5 multiplied by itself ten times is about 0.001.", right=True),
            Option("Half", "That's after one step."),
        ),
    ),
    Item(
        "A network reads reviews word by word. It misses a “not” at the start of long ones, never in short ones. "
        "What's likely?",
        (
            Option("Too few weights", "It uses the same ones at every step."),
            Option(
                "The gradient hardly reached those words", "So it never learned to keep them that long.", right=True
            ),
            Option("It doesn't know what “not” means", "In short reviews it understands it."),
        ),
        kind="transfer",
    ),
    Item(
        "A deep sigmoid network's first layer learns least. What has that in common with a long sequence?",
        (
            Option(
                "A product of many factors below 1",
                "There it was one factor for each layer, here it's one for each step.",
                right=True,
            ),
            Option("Too few examples", "It happens with any number of them."),
            Option("A learning rate that's too large", "The gradient itself is tiny."),
        ),
        kind="recall",
    ),
)
