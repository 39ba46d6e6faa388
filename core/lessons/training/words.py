"""The words of lesson 7."""

from core.ui.teaching import Item, Option, View, Words

PREDICTION = Item(
    "Twenty copies of this page's first network start from other random weights. How far apart is their test accuracy "
    "after the last epoch?",
    (
        Option("A few percent at most", "Luck decides the way there, and here hardly the end.", right=True),
        Option("Anything between chance and perfect", "True of the first epochs, not of the last; harder data differ."),
        Option("Not at all: training finds the one best answer", "They end near each other, but at different weights."),
    ),
)

MEASURED = (
    "after epoch {early} the twenty lie between {low_early:.1%} and {high_early:.1%}, after epoch {last} between "
    "{low:.1%} and {high:.1%}, half of them at {middle:.1%} or above."
)

EXPLAIN = """Every epoch shuffles the training examples and cuts them into batches. Each batch is one turn of the loop:
predict, measure the loss, find the gradient, take a step. The training loss falls because that is what the steps are
for. The test loss is only watched: it falls as long as what is learned also holds for other points, and it turns when
the network starts to learn the accidents of its training set. Compare the two curves, not their ends: with the default
settings the test loss is lowest long before the last epoch, while accuracy hardly moves."""

CHECKS = (
    Item(
        "The training loss still falls, the test loss has begun to climb. What is happening?",
        (
            Option("The network overfits", "It learns what is true of the training points only.", right=True),
            Option("The learning rate is too small", "Then both curves would still be falling, slowly."),
            Option("The run diverges", "Divergence lifts the training loss too."),
        ),
    ),
    Item(
        "A colleague trains on 60 patients and reports 100 % accuracy on those 60. What do you ask first?",
        (
            Option(
                "How does it do on patients it has not seen?",
                "Only held-out data can tell learning from memory.",
                right=True,
            ),
            Option("How many epochs did it train?", "That says how long, not how well it carries over."),
            Option("Which optimizer was used?", "Any optimizer can reach 100 % on data it is allowed to memorize."),
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

WRONG = (
    ("More epochs are better.", "Past the lowest test loss they are worse, unless something holds the network back."),
    (
        "Accuracy says it all.",
        "It can stand still while the loss climbs: wrong answers are given with ever more certainty.",
    ),
    ("One run proves it.", "Change the seed before you believe a difference; the simulator does so with one button."),
)

LEFT_OPEN = "Can you believe what this network says about points it has never seen?"

LESSON = Words(
    views={"": View(PREDICTION)},
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
