"""The words of lesson 7."""

from core.ui.terms import term_link
from core.ui.words import Item, Option, View, Words

INTRO = "Watch {steps:,} small steps add up. Then change a [setting](#settings)."
ASKING = (
    "This network hasn't learned anything yet: its {parameters:,} weights and biases are random. So are its answers."
)
OF_FIRST = "This question is about the network that the page opens with, before its first step."

PREDICTION = Item(
    "Now {steps:,} small steps follow. Each one moves every weight a little so that the loss of a few training examples gets smaller. "
    "How does the number of right answers grow on the {all} test examples, which are never trained on?",
    (
        Option(
            "Evenly: each step adds about as much as the one before",
            "A rough cut gets most examples right, and that's found early. A few hard ones are left, and later steps hardly help with them.",
        ),
        Option(
            "Fast at first, hardly at all later",
            "A rough cut gets most examples right, and that's found early. What's left are the few that are hard.",
            right=True,
        ),
        Option(
            "Hardly at all for a long time, then suddenly",
            "That happens on some harder data, such as spirals. Here the first few steps already help the most.",
        ),
        Option(
            "Not at all: it only learns its training examples",
            "It's trained on those alone, but what it learns holds for other examples of the same kind as well.",
        ),
    ),
)

MEASURED = (
    "of {all} test examples, {start} are right at first, {early} after {soon} of the {steps} steps ({few} of {epochs} epochs) and {end} at the end. "
    "Started from {count} different sets of random weights, it ends with {ends} right."
)

MEASURED_FIRST = "in the run that this page opens on, " + MEASURED

EXPLAIN = f"""With each {term_link("batch")} the network predicts, measures the loss, finds the gradient and takes a step. One step changes
almost nothing, but steps that agree add up. When the network learns quirks of its training examples ({term_link("overfitting")}), the test
loss rises: its wrong answers get more and more certain."""

STILL = "In this run, {name} travels farthest, and even it stays at {first:.2f}."
WORKED = "In this run, {name} travels farthest: from {first:.2f} to {last:.2f}."
_MEAN = ("mean: an average of about the last ten gradients", "size: how large this gradient usually is")
HOW = {
    "sgd": ("move: gradient × (−learning rate)",),
    "momentum": ("memory: earlier gradients, fading, plus this one", "move: memory × (−learning rate)"),
    "nesterov": ("looking ahead: this gradient plus the memory", "move: that sum × (−learning rate)"),
    "adagrad": ("size: the root of the sum of all squares so far", "move: gradient ÷ size × (−learning rate)"),
    "rmsprop": ("size: how large this gradient usually is", "move: gradient ÷ size × (−learning rate)"),
    "adam": (*_MEAN, "move: mean ÷ size × (−learning rate)"),
    "adamw": (*_MEAN, "decay: a small share of the weight", "move: that sum × (−learning rate)"),
}
"""What each optimizer makes of a gradient, a line each."""
REMEMBERED = "After this step, {optimizer} remembers for {name}:"
FORGETS = "{optimizer} remembers nothing: each step takes the gradient of its batch alone."
FAILS_LABEL = "Where it fails: steps that add up to nothing"
FAILS_END = "After {steps:,} steps, {right:.0%} of the test answers are right and the loss is {loss:.3f}. A network that can't decide has a loss of {guess:.3f}."
ENLARGE = "Enlarge one unit"
DOWNLOADS = "Download weights, curves or data"
FAILS = "vanishing"  # the experiment that shows it

CHECKS = (
    Item(
        "The training loss still falls, the test loss has begun to climb. What is happening?",
        (
            Option("The network overfits", "It learns what's true only of its training examples.", right=True),
            Option("The learning rate is too small", "Then both curves would still be falling, slowly."),
            Option("The run diverges", "Then the training loss would rise as well."),
        ),
    ),
    Item(
        "A colleague trains on 60 patients and reports 100% accuracy on those 60. What do you ask first?",
        (
            Option(
                "How does it do on patients it hasn't seen?",
                "Only examples that weren't used in training can tell learning from memorizing.",
                right=True,
            ),
            Option(
                "How many epochs did it train?", "That says how long it trained, not how it does on other patients."
            ),
            Option(
                "Which optimizer was used?",
                "A large enough network can often memorize 60 patients, whichever optimizer trains it.",
            ),
        ),
        kind="transfer",
    ),
    Item(
        "Which part of the loop changes the weights?",
        (
            Option("Backpropagation", "It finds the gradient and changes nothing."),
            Option("The optimizer's update", "It takes the gradient and moves each weight.", right=True),
            Option("The forward pass", "It only computes a prediction from the weights as they are."),
        ),
        kind="recall",
    ),
)

QUIZ = (
    Item(
        "You train the same network twice, from different random weights. What is alike at the end?",
        (
            Option(
                "The weights",
                "They start apart and end apart. Many different sets of weights give nearly the same answers.",
            ),
            Option(
                "About how many answers are right",
                "On the moons, twenty starts differ by a single test example at the end.",
                right=True,
            ),
            Option(
                "Nothing: it's all luck", "Luck shapes the path. On easy data it barely changes where training ends up."
            ),
        ),
    ),
    Item(
        "After 20 epochs the training loss is 0.08, after 100 epochs it's 0.04. The validation loss went from 0.13 to 0.21. Which network "
        "would you use?",
        (
            Option(
                "The one after 20 epochs",
                "It does better on examples that weren't trained on, and that's what counts.",
                right=True,
            ),
            Option("The one after 100 epochs", "Its training loss is lower, but it will be used on new examples."),
            Option("It makes no difference", "It does: on new examples the later one's loss is 0.21, not 0.13."),
        ),
        kind="transfer",
    ),
)

WRONG = (
    ("More epochs are better.", "Past the lowest test loss they do harm, unless something holds the network back."),
    (
        "Accuracy says it all.",
        "It can stay the same while the loss rises: the wrong answers get more and more certain.",
    ),
    ("One run proves it.", "Change the seed before you believe a difference. “New seed” does that."),
)

LEFT_OPEN = "Can you believe this network about points it has never seen?"

LESSON = Words(
    views={"": View(PREDICTION)},
    checks=CHECKS,
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
