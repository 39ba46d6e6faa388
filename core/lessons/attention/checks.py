"""What the lesson on attention asks at the end of each view."""

from core.ui.words import Item, Option

CHECKS_LOOK = (
    Item(
        "One place has the largest score. What does it get?",
        (
            Option("All of the attention, always", "Only if its score is far ahead. Softmax gives every place a bit."),
            Option(
                "The largest weight in the sum",
                "Softmax keeps the order of the scores.",
                right=True,
            ),
            Option("A larger value", "The value doesn't depend on the score. Its share in the sum does."),
        ),
    ),
    Item(
        "In a sentence, the query of “it” fits the key of “dog” best. What does “it” mostly get?",
        (
            Option("The value of “dog”", "The key decides how much it gets, the value what it gets.", right=True),
            Option("The key of “dog”", "The key is only compared with the query. What's handed over is the value."),
            Option("All values alike", "Only if all scores were equal. “dog” has the largest one."),
        ),
        kind="transfer",
    ),
    Item(
        "A kernel slides over a picture. How many sets of weights does it have?",
        (
            Option("One", "It uses the same weights at every place.", right=True),
            Option("One for each place", "It uses the same weights at every place."),
            Option("One for each picture", "Its weights are learned once, for all pictures."),
        ),
        kind="recall",
    ),
)
CHECKS_ORDER = (
    Item(
        "Two letters without a mark change places. The network sees no positions. What happens to its answer?",
        (
            Option("Nothing", "Both letters keep their keys, weights and values, so the sum is the same.", right=True),
            Option("It changes if one of them stood third", "To this network no letter stands third: it sees a bag."),
            Option("It gets less sure", "The same sum gives the same probabilities."),
        ),
    ),
    Item(
        "“The dog bites the man” and “The man bites the dog”: what does a layer of attention without positions get "
        "out of them?",
        (
            Option("Two different meanings", "Only with positions. Without them it sees the same bag of words twice."),
            Option(
                "The same, word for word",
                "The same words have the same keys and values, wherever they stand.",
                right=True,
            ),
            Option("Nothing at all", "It sees the words, just not their order."),
        ),
        kind="transfer",
    ),
    Item(
        "All digits get their pixels shuffled by one rule, and two networks learn them. Which one doesn't care?",
        (
            Option("The dense one", "It never knew which pixels are neighbors.", right=True),
            Option("The one with kernels", "It bets that neighbors belong together, and now they don't."),
            Option("Neither of them cares", "Kernels do: they look for small patterns, and there are none left."),
        ),
        kind="recall",
    ),
)
CHECKS_HEADS = (
    Item(
        "What does each head have of its own?",
        (
            Option(
                "Queries, keys and values",
                "So it can look for something else, and hand over something else.",
                right=True,
            ),
            Option("Only its queries", "Here its keys and values are its own, too."),
            Option("One place that it looks at", "Its weights depend on the row: in another row it looks elsewhere."),
        ),
    ),
    Item(
        "A text says who came, and when. One head must find both. Can it?",
        (
            Option(
                "Yes, if it hands over enough numbers",
                "Both values go into one sum, and the last layer takes it apart.",
                right=True,
            ),
            Option("No: a head looks at one word", "Its weights can be shared among several words."),
            Option("Only words side by side", "How far apart they stand makes no difference to a score."),
        ),
        kind="transfer",
    ),
    Item(
        "Why does a plain recurrent network rarely learn to remember something for long?",
        (
            Option("Each step back shrinks the gradient", "Many factors below 1 leave nearly nothing.", right=True),
            Option(
                "Its memory is full",
                "One symbol would fit. But the gradient that should teach it to keep one has all but vanished.",
            ),
            Option("It runs out of weights", "Every step uses the same ones."),
        ),
        kind="recall",
    ),
)
