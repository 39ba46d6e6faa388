"""The words of the lesson on transfer."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = """A network has learned from {pictures} pictures and reads {share:.0%} of others like them. Now there's a new kind of picture,
with few labels."""

PREDICTION = Item(
    "A network can read clean digits. The new pictures are noisy, and just one of each digit has a label. Some networks go on "
    "from the old weights, others start at random. Which read other noisy pictures better?",
    (
        Option(
            "Those that start at random: old habits get in the way",
            "Old habits do get in the way when the new task contradicts them. Here the two tasks agree.",
        ),
        Option(
            "About the same: ten pictures are too few for anyone",
            "Ten pictures are few for random weights. The old weights know strokes and digits already.",
        ),
        Option(
            "Those that go on from the old weights",
            "The old weights know strokes and digits already. Ten pictures are too few to teach that.",
            right=True,
        ),
    ),
)
MEASURED = (
    f"with one labeled picture per digit, {term_link('fine-tuning', 'fine-tuned')} networks "
    "(old weights, trained further) read {noisy_tuned1:.0%}, random ones {noisy_scratch1:.0%}. "
    "The old weights won {noisy_better1:.0f} of {seeds} times. But the old network *without any new training* "
    "reads {noisy_asis:.0%}: so few pictures do more harm than good."
)

EXPLAIN = f"""The hidden layer turns pixels into something that's easier to tell apart. If the new task needs the same, it's already there:
that's {term_link("transfer learning")}. {phrase("With more labels", labels=30)} the head start is worth less. Where the new task needs
{phrase("*other* things", task="inverted")}, the old weights are a bad place to begin. **What was learned helps if it fits.**"""

LINE = """Unit {unit} of {units} is the most active for the first old picture. For that one and the first new one it gives (sum +
bias, ReLU):"""
VERDICTS = {
    "fires": "So it's active there, too.",
    "weak": "So it's far less active there.",
    "silent": "So it's silent there: it finds nothing.",
    "other": "It's another digit, so this alone says little.",
}
KEY = [
    "each dot: other labeled pictures; line: median",
    "frozen: only the last layer trained; fine-tuned: all",
]
KEY_OLD = "as it is: the old network without any new training"
NEW_DIGITS = "The old network has no outputs for these digits, so its output layer starts at random."
KINDS = "Old and new pictures"
CURVE_TITLE = "More labels"
NUMBERS = "The numbers behind the picture"

TRIES = (
    Try("Plenty of labels", {"task": "noisy", "labels": 30}, "Random weights have nearly caught up: {noisy_scratch30:.0%}, fine-tuned {noisy_tuned30:.0%}. The old network without any new training still reads {noisy_asis:.0%}, so now training pays."),
    Try(
        "Other digits", {"task": "other", "labels": 3},
        "It has learned 0 to 4, and now meets 5 to 9. The old weights don't help: {other_tuned3:.0%} against {other_scratch3:.0%} from scratch, and frozen only {other_frozen3:.0%}.",
    ),
)  # fmt: skip
FAILS = Try(
    "Where it fails: paper and ink swapped",
    {"task": "inverted", "labels": 30},
    "For us it's the same picture. The old weights find ink where there's paper: {inverted_tuned30:.0%} after fine-tuning, {inverted_scratch30:.0%} from scratch. "
    "Fine-tuning's first steps are so wrong that most hidden units die: they're 0 for every picture. Frozen units can't die in training: {inverted_frozen30:.0%}.",
)

CHECKS = (
    Item(
        "What does “frozen” mean here?",
        (
            Option("Training stops early", "The output layer is trained to the end."),
            Option(
                "Only the output layer is trained",
                "So there are fewer weights to learn from the few labels.",
                right=True,
            ),
            Option("The network is only used, not trained", "Its output layer is trained."),
        ),
    ),
    Item(
        "A hospital has a network that was trained on photos of animals, and 300 labeled X-ray images. What should it do first?",
        (
            Option(
                "Fine-tune the old network, since more data always help",
                "Often a good idea, but not always. It has to be measured.",
            ),
            Option(
                "Start from random weights, since X-rays aren't photos",
                "Perhaps. But edges and shapes may well be useful. It has to be measured.",
            ),
            Option(
                "Train both ways, and compare them on new images",
                "You only find out whether old weights fit by measuring.",
                right=True,
            ),
        ),
        kind="transfer",
    ),
    Item(
        "What does a hidden layer give to the layer behind it?",
        (
            Option("The pixels, sorted", "It mixes them with its weights, and bends the sums."),
            Option(
                "Weighted sums of its inputs, bent by an activation",
                "That's what can be useful for another task as well.",
                right=True,
            ),
            Option("The right answer", "Only the last layer is compared with the answer."),
        ),
        kind="recall",
    ),
)
QUIZ = (
    Item(
        "When is going on from old weights worth most?",
        (
            Option(
                "When the tasks are alike and labels are few",
                "Then the new data alone could teach little, and what's known fits.",
                right=True,
            ),
            Option("When there are very many labels", "Then a network with random weights catches up."),
            Option("Always", "With paper and ink swapped it did great harm."),
        ),
    ),
    Item(
        "Fine-tuned networks do worse than random ones on your new task. What's the likeliest reason?",
        (
            Option(
                "The old task needed other things from the hidden layer",
                "Then the old weights are a bad place to begin.",
                right=True,
            ),
            Option(
                "There was too much training on the old task",
                "Less of it helped in our test, but those networks still did worse than random ones.",
            ),
            Option("Fine-tuning doesn't work for small networks", "It worked for this one, on noisy digits."),
        ),
        kind="transfer",
    ),
)
WRONG = (
    (
        "Old learning can't hurt.",
        "It can: with paper and ink swapped, fine-tuned networks stay behind those that start at random.",
    ),
    (
        "Tasks that look alike to us are alike for a network.",
        "To us a picture with paper and ink swapped is the same. Its pixels aren't.",
    ),
    ("Transfer needs huge networks.", "Here one hidden layer is enough to see it help, and to see it fail."),
)

LEFT_OPEN = "Here labels were scarce. Is there anything to learn from pictures that have none at all?"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS)},
    checks=CHECKS,
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
