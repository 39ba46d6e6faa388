"""What lesson 28 asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_TABLE = (
    Item(
        "Q-learning expects 4 of a move. It pays 0, and the best move after it is worth 10. With rate 0.5 and "
        "discount 0.9, what does it expect now?",
        (
            Option("6.5", "It saw 0 + 0.9 × 10 = 9, and goes halfway there from 4.", right=True),
            Option("7", "What comes a step later counts only 0.9 times as much."),
            Option("9", "That's what it saw. With a rate of 0.5 it goes halfway there."),
        ),
    ),
    Item(
        "A recommender is rewarded for every minute that people watch. What does it learn?",
        (
            Option("What's good for them", "Nobody rewards that. It can't see it."),
            Option(
                "Whatever keeps them watching",
                "It earns the reward it's given, not the one that was meant.",
                right=True,
            ),
            Option("Nothing without labels", "Minutes watched are a reward. That's enough."),
        ),
        kind="transfer",
    ),
    Item(
        "What does a learning rate that's too large do?",
        (
            Option(
                "Steps jump over the bottom",
                "Each step goes too far, and the next one too far back.",
                right=True,
            ),
            Option("It only makes learning faster", "Up to a point. Past it, steps jump over the bottom."),
            Option("It enlarges the gradient", "The gradient doesn't depend on the rate. The step does."),
        ),
        kind="recall",
    ),
)
CHECKS_NETWORK = (
    Item(
        "An episode's moves all return 0, without a baseline. What becomes of them?",
        (
            Option("They stay as likely", "0 times any gradient is 0.", right=True),
            Option("They become less likely", "A return below 0 would do that."),
            Option("They become likelier", "A return above 0 would do that."),
        ),
    ),
    Item(
        "A network is sure that you like crime films, and shows nothing else. How could it find something better?",
        (
            Option("By showing something else now and then", "What it never tries, it never learns about.", right=True),
            Option("By more crime films", "Those tell it about crime films only."),
            Option("By larger rewards", "Then it gets even surer of crime films."),
        ),
        kind="transfer",
    ),
    Item(
        "With softmax and cross-entropy, what's the gradient with respect to the right class's logit?",
        (
            Option(
                "Its probability minus 1",
                "Prediction minus target. Policy gradient only multiplies it by the return.",
                right=True,
            ),
            Option("1 minus its probability", "The sign is wrong: a step against that would make it less likely."),
            Option("Its probability", "That's for the wrong classes, whose target is 0."),
        ),
        kind="recall",
    ),
)
