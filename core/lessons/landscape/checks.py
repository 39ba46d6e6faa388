"""What lesson 12 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_WALK = (
    Item(
        "A map holds 99% of a run's movement. What does that say about the run's true loss?",
        (
            Option(
                "It's within 1% of the map's",
                "That's the share of squared distance. A short, steep way can be missing.",
            ),
            Option(
                "Almost nothing",
                "The map can't tell you. Compute the true loss, and show it next to the map's.",
                right=True,
            ),
            Option("It's always lower than on the map", "At the start of this page's run it's higher."),
        ),
    ),
    Item(
        "On a city map, two places lie side by side. Is the walk between them easy?",
        (
            Option("Yes: it's short", "A short way can be steep. One may lie on a cliff above the other."),
            Option("The map doesn't tell", "It leaves out the height, and even a short way can be steep.", right=True),
            Option("No: it must be steep", "Most neighbors on a map are at about the same height."),
        ),
        kind="transfer",
    ),
    Item(
        "The gradient is almost 0 at a place. What do you know?",
        (
            Option("It's the lowest place", "A saddle is as level, and lower ground is next to it."),
            Option("Just that the ground is level", "It may be a minimum, a saddle or a plateau.", right=True),
            Option("The loss is almost 0 there", "The gradient says how steep the ground is. It doesn't say how high."),
        ),
        kind="recall",
    ),
)
CHECKS_SHARP = (
    Item(
        "Network A ended in a sharper valley than network B. Which has the lower test loss?",
        (
            Option(
                "B: flat is better", "Not always. A may be B with its weights rescaled, and then both answer the same."
            ),
            Option("A: its valley is narrower", "Sharp valleys aren't deeper ones."),
            Option(
                "You can't tell from that", "Rescaled weights make a valley sharper and change no answer.", right=True
            ),
        ),
    ),
    Item(
        "Two hikers draw the same hill, one in steps, one in kilometers. The second drawing looks steeper. "
        "Who climbs more?",
        (
            Option("The second", "A longer unit makes the drawing narrower. The hill is the same."),
            Option("Both the same", "As with rescaled weights: the unit changed, not the hill.", right=True),
            Option("The first", "Many steps and few kilometers can be the same walk."),
        ),
        kind="transfer",
    ),
    Item(
        "Plain descent has settled in a valley at a rate of 0.5. How large can its curvature be at most?",
        (
            Option("0.5", "The limit for a rate η is 2/η."),
            Option("1", "The limit for a rate η is 2/η."),
            Option("4", "Beyond 2/η = 2/0.5 every step would land farther out.", right=True),
        ),
        kind="recall",
    ),
)
