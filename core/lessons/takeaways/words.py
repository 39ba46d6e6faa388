"""The words of the takeaways."""

from core.ui.teaching import Item, Option, Words

COUNT = 5

GUESS = Item(
    "Five questions from all the lessons are waiting, in an order of their own. How many will you get right?",
    (Option("All five", ""), Option("Four", ""), Option("Three", ""), Option("Two or fewer", "")),
)

SAYS = "Feeling sure and being right are two things; only being asked tells them apart."

MEASURED = "{right} of {count} right."

LOOP_TITLE = "The last step of the run on the first page"

LOOP = (
    ("Forward pass", "forward", "Each layer bends a weighted sum; the last one answers."),
    ("Loss", "loss", "One number says how wrong the answers were."),
    ("Backpropagation", "backprop", "The chain rule hands each weight its share of the blame: the gradient."),
    ("Update", "learning_rate", "The optimizer moves every weight a step against it."),
    ("Repeat", "training", "Thousands of small steps; then ask it about points it has never seen."),
)

PARTS = (
    (
        "Activation functions",
        "neuron",
        "{bent:.0%} → {straight:.0%}",
        "test accuracy with tanh, and with no activation: then all layers together draw one straight line.",
    ),
    (
        "Loss function",
        "loss",
        "{push_cross_entropy:.2f} or {push_squared:.2f}",
        "the push on a sure and wrong answer: by cross-entropy, or by a sigmoid's squared error.",
    ),
    (
        "Backpropagation",
        "backprop",
        "{parameters} in one pass",
        "derivatives. Nudging finds the same, in two passes for each.",
    ),
    (
        "Learning rate",
        "learning_rate",
        "{loss:.3f} or {slow_loss:.3f}",
        "loss after as many steps at the first page's rate, and at one far too small.",
    ),
)

QUIZ = "Five questions"
AGAIN = "Another five"
SCORE = "{right} of {count}"
OPEN = "{left} to go. The score appears with the last answer."
LOOK = "Look again at:"

PREDICTED = "What you predicted"
NO_PREDICTIONS = "Nothing yet: the predictions that you commit to in the lessons are collected here."
PREDICTED_SCORE = "{right} of {count} as measured. A wrong prediction is where the most was learned."
PREDICTED_DETAILS = "What you said, and what was so"
AS_SAID = "“{said}”: so it was."
OTHERWISE = "You said “{said}”; it was “{was}”."

FAILS = "Where it fails: fitting accidents"

WRONG = (
    (
        "Backpropagation updates the weights.",
        "It computes the gradient. The optimizer decides what to do with it.",
    ),
    (
        "A gradient of 0 means that training has arrived.",
        "It may be a minimum, but also a saddle, a plateau, or a unit that is dead or saturated.",
    ),
    (
        "There is one good learning rate.",
        "What is good depends on the optimizer, the batch, the scale of the data and the curvature of the loss.",
    ),
    (
        "More parameters always overfit more.",
        "Not always: very large networks often do better on new data than middling ones (Belkin et al. 2018).",
    ),
)

LESSON = Words(wrong=WRONG)
