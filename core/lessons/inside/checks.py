"""What lesson 29 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_PIXELS = (
    Item(
        "A pixel has slope 3 and no ink (0). What do saliency and gradient × input say about it?",
        (
            Option("Both say 3", "Gradient × input multiplies by the ink: 3 × 0 = 0."),
            Option("Saliency 3, gradient × input 0", "The slope doesn't need ink, the product does.", right=True),
            Option("Both say 0", "The slope is there without any ink: ink would raise the score."),
        ),
    ),
    Item(
        "A network refuses a loan. Gradient × input gives 0 to the savings, which are 0. Are savings unimportant?",
        (
            Option(
                "No: with more savings it might say yes", "Their slope may be large. Times 0 it's still 0.", right=True
            ),
            Option("Yes: they added nothing", "True, but the slope says what a little more of them would do."),
            Option("Yes: the network ignores them", "Any slope times 0 is 0, so you can't tell."),
        ),
        kind="transfer",
    ),
    Item(
        "Training needs the slope of the loss for each weight. Saliency needs the slope of the score for each …",
        (
            Option("weight", "The weights stay as they are. The question is what the picture does."),
            Option(
                "pixel", "Backpropagation just goes one step further: through the first layer to its input.", right=True
            ),
            Option("label", "Saliency needs no label. You ask about any digit."),
        ),
        kind="recall",
    ),
)
CHECKS_UNITS = (
    Item(
        "A unit's activation is 2, its weight to the answer −3. You silence it. What happens to the answer's score?",
        (
            Option("It rises by 6", "The unit added 2 × (−3) = −6, and that's gone.", right=True),
            Option("It falls by 6", "It would with a weight of 3. Here the unit spoke against the answer."),
            Option("It rises by 3", "What a unit adds is its activation times its weight."),
        ),
    ),
    Item(
        "A choir loses one of its loud voices, and nobody in the hall notices. Did that voice add nothing?",
        (
            Option(
                "It did: the others were enough without it",
                "As with units: the lead was larger than one of them.",
                right=True,
            ),
            Option("Nothing, or it would be missed", "It added its part. The others still carry the song."),
            Option("Nothing: all voices are the same", "Even different voices can cover for one that's gone."),
        ),
        kind="transfer",
    ),
    Item(
        "Dropout silences units at random while a network trains. What does it get from that?",
        (
            Option("Work that's shared among many units", "No unit can rely on one other being there.", right=True),
            Option("Fewer weights", "All of them are there again when it answers."),
            Option("Dead units", "A unit that's silenced in one step is back in another."),
        ),
        kind="recall",
    ),
)
CHECKS_REAL = (
    Item(
        "Why does gradient × input draw the digit's outline with any weights?",
        (
            Option(
                "It's 0 wherever there's no ink",
                "So the outline comes from the picture, not from the network.",
                right=True,
            ),
            Option("The weights are nearly equal", "They share nothing. The slopes are all new."),
            Option("The network learned outlines", "One with random weights has learned nothing."),
        ),
    ),
    Item(
        "A tool colors the words that made a network reject a letter. With random weights it colors the same ones. "
        "What follows?",
        (
            Option("These words really matter", "For a network that has learned nothing? It can't know that."),
            Option(
                "The colors don't show what it learned",
                "They come from the letter alone. The tool fails the sanity check.",
                right=True,
            ),
            Option("The network is broken", "The tool is what was tested here."),
        ),
        kind="transfer",
    ),
    Item(
        "Why does training begin with random weights, not equal ones?",
        (
            Option("Equal units would all learn the same", "They'd get the same gradient at every step.", right=True),
            Option("Random ones are nearer to the goal", "Nobody knows where that is."),
            Option("Equal ones have no gradient", "They have one: the same for all units."),
        ),
        kind="recall",
    ),
)
CHECKS_WORST = (
    Item(
        "You erase the pixel that adds most. What happens to right answers?",
        (
            Option("Some turn wrong", "Right answers lean on their strongest pixel, too.", right=True),
            Option("Nothing: they have no culprit", "Every answer has a pixel that adds most to it."),
            Option("They get surer", "The answer loses what added most to it."),
        ),
    ),
    Item(
        "A network judges skin spots. A map says it looks at the ruler beside them. How do you test that?",
        (
            Option("Cover the ruler and ask again", "A map makes a claim, and that puts it to the test.", right=True),
            Option("Draw a saliency map, too", "That's another claim, not a test of this one."),
            Option("No need: it looks sensible", "A map looks just as sensible for a mistake."),
        ),
        kind="transfer",
    ),
    Item(
        "A network gives its answer almost 100%. What do you know?",
        (
            Option("Its score is far ahead of the others", "Softmax turns a large lead into nearly 100%.", right=True),
            Option("The answer is right", "It can be sure and wrong, as these mistakes were."),
            Option("It knows this picture from training", "It's just as sure of pictures that it never saw."),
        ),
        kind="recall",
    ),
)
