"""What the lesson on cost asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_RUN = (
    Item(
        "You double the batch size and keep the epochs. What happens to all the multiply-adds together?",
        (
            Option(
                "There are about as many",
                "Each example still goes through once an epoch, just in fewer, larger steps.",
                right=True,
            ),
            Option("They double", "Each step does twice as much, but there are half as many steps."),
            Option("They halve", "There are half as many steps, but each does twice as much."),
        ),
    ),
    Item(
        "A phone runs a tiny network. You cut its multiply-adds in half, and the battery hardly lasts longer. Why?",
        (
            Option(
                "Arithmetic was the smallest part",
                "The phone draws power all the while, whatever it computes.",
                right=True,
            ),
            Option("Small networks need more energy", "They need less, but arithmetic was next to nothing before."),
            Option("Multiply-adds cost no energy", "They cost some. It's just a tiny part."),
        ),
        kind="transfer",
    ),
    Item(
        "A dense layer has 10 inputs and 4 units. How many parameters?",
        (
            Option("14", "Every unit has a weight for every input."),
            Option("40", "And a bias for each unit."),
            Option("44", "4 × (10 + 1): each unit has 10 weights and a bias.", right=True),
        ),
        kind="recall",
    ),
)
CHECKS_MODELS = (
    Item(
        "Two trainings took equally many operations. One emitted far less CO₂. How?",
        (
            Option("Its network has fewer weights", "You can't tell: it may just have read more text."),
            Option(
                "Better chips, cleaner electricity",
                "Energy depends on the chips, CO₂ also on the power plants.",
                right=True,
            ),
            Option("It can't: one number is wrong", "It can. GPT-3 and BLOOM are nearly such a pair."),
        ),
    ),
    Item(
        "Two bakeries baked equally many loaves. What do you need to compare their CO₂?",
        (
            Option(
                "Their ovens and their electricity",
                "As with chips and power plants: the loaves alone say little.",
                right=True,
            ),
            Option("Nothing more: loaves are loaves", "So are operations, and CO₂ still differed."),
            Option("Only how many bakers they have", "Bakers don't heat the oven."),
        ),
        kind="transfer",
    ),
    Item(
        "In attention each place asks all places. How many scores has a text twice as long?",
        (
            Option("Four times as many", "Twice as many places ask, and each asks twice as many.", right=True),
            Option("Twice as many", "Twice as many places ask, but each also asks twice as many."),
            Option("As many", "Every pair of places has a score, so a longer text has more."),
        ),
        kind="recall",
    ),
)
CHECKS_SPIKE = (
    Item(
        "The input stays just below 1. You wait much longer. Will the neuron fire?",
        (
            Option(
                "Never: its voltage can't rise above the input",
                "It comes ever closer to the input, and stays below 1.",
                right=True,
            ),
            Option("Yes: the voltage adds up", "It leaks as well, and stops rising at the input."),
            Option("Once, and then no more", "Even for one spike the voltage must get to 1."),
        ),
    ),
    Item(
        "A camera sends a spike only where the picture changes. Where does it save most?",
        (
            Option("In an empty hall at night", "Nothing changes, so nothing is sent.", right=True),
            Option("At a football match", "Much moves there, so it sends many spikes."),
            Option("It makes no difference", "It does: only silence is cheap."),
        ),
        kind="transfer",
    ),
    Item(
        "What does an ordinary ReLU neuron send when z is below 0?",
        (
            Option("0", "As silent as this one, but a chip still multiplies by that 0.", right=True),
            Option("z", "Only when z is above 0."),
            Option("1", "ReLU leaves positive numbers as they are. Below 0 it gives 0."),
        ),
        kind="recall",
    ),
)
CHECKS_FAIR = (
    Item(
        "Why does hiding the group change so little?",
        (
            Option("The district nearly tells the group", "It's a proxy: the neuron uses it instead.", right=True),
            Option("The neuron remembers the group", "It never saw it."),
            Option("The income tells the group", "It's alike in both groups."),
        ),
    ),
    Item(
        "“Our network never sees anybody's gender, so it treats all alike.” What do you ask for?",
        (
            Option("Nothing, that settles it", "Other columns may give the gender away."),
            Option(
                "Its decisions, counted by gender", "Only that shows whether other columns stand in for it.", right=True
            ),
            Option("A larger network", "It would find proxies even better."),
        ),
        kind="transfer",
    ),
    Item(
        "A test finds nearly all who are ill, but most people it calls ill are healthy. Which share is low?",
        (
            Option("Precision", "The share of those called ill who are.", right=True),
            Option("Recall", "That's the share of the ill whom it finds, and it's high."),
            Option("Neither", "Few of those it calls ill are ill: that's a low precision."),
        ),
        kind="recall",
    ),
)
