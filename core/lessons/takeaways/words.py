"""The words of the takeaways."""

from core.ui.terms import term_link
from core.ui.words import Item, Option, Words

COUNT = 5

GUESS = Item(
    "Five new questions from all the lessons are waiting, in mixed order. How many will you get right?",
    (Option("All five", ""), Option("Four", ""), Option("Three", ""), Option("Two or fewer", "")),
)

UNGUESSED = "A guess before a test shows how well you know yourself."


def judged(guess: int, reached: int) -> str:
    """Return what to say to a guess, by the places of both among the options: the first one is all right."""
    if guess == reached:
        return "You knew how much you know."
    if guess < reached:
        return "You expected more. Feeling sure isn't the same as being right."
    return "You know more than you thought."


MEASURED = "{right} of {count} right."

LOOP_TITLE = "The run of the first page"

LOOP = (
    ("Forward pass", "forward", "Hidden layers bend weighted sums; the last layer answers."),
    ("Loss", "loss", "One number says how wrong the answers were."),
    (
        "Backpropagation",
        "backprop",
        f"The {term_link('chain rule')} finds each weight's share of the blame: the {term_link('gradient')}.",
    ),
    ("Update", "learning_rate", f"The {term_link('optimizer')} moves every weight a little against the gradient."),
    ("Repeat", "training", "Hundreds of small steps. Then test it on new examples."),
)

PARTS_TITLE = "What each part is for"
PARTS = (
    (
        "Activation functions",
        "activations",
        "{bent:.0%} → {straight:.0%}",
        "Test accuracy: with tanh, then without it. Without one, all layers draw one straight line.",
    ),
    (
        "Loss function",
        "loss",
        "{push_cross_entropy:.2f} or {push_squared:.2f}",
        "How hard the loss pushes an answer that's sure but wrong: cross-entropy, or squared error.",
    ),
    (
        "Backpropagation",
        "backprop",
        "{parameters} in one pass",
        "One backward pass gives all these derivatives. Nudging needs a pass for each.",
    ),
    (
        "Learning rate",
        "learning_rate",
        "{loss:.3f} or {slow_loss:.3f}",
        "The loss after equally many steps: at the first page's rate, or at one far too small.",
    ),
)

RECKONED_TITLE = "How these numbers come about"
RECKONED = (
    "**Activation functions.** The first page's network learns its circles with tanh, and once more with no activation function. "
    "We count how many test points it gets right: once for each of {draws} samples of the data, and take the median.",
    "**Loss function.** A sigmoid answers p = {sure:.4f} where 1 is right. Cross-entropy pushes by how far off it is: 1 − p = "
    "{push_cross_entropy:.4f}. Squared error pushes by 2(1 − p) times the sigmoid's slope, p(1 − p). That's only {push_squared:.4f}. (Lesson 3 halves the squared error, and so its push.)",
    "**Backpropagation.** One derivative for each weight and bias. Layer by layer: {reckoned} = {parameters}.",
    "**Learning rate.** The first page's run has {steps} steps at a rate of {rate:g}. The other run starts from the same weights and has as many steps, at {slow:g}.",
)

QUIZ = "Question {number} of {count}"
NEXT = "Next question"
AGAIN = "Another five"
RESET = "Reset"
SET = "First answers count; try the others, too. Seed: {seed}"
SCORE = "{right} of {count}"
LOOK = "**Next:** look again at what went wrong, then try another five."
UNFINISHED = "**Next:** all five right! These lessons still have questions that you haven't answered:"
FINISHED = "**Next:** all five right, and every lesson done! Now set up an experiment of your own:"

PREDICTED = "What you predicted"
NO_PREDICTIONS = "Nothing yet: the predictions that you commit to in the lessons are collected here."
PREDICTED_SCORE = "{right} of {count} as measured. You learn most where a prediction was wrong."
PREDICTED_DETAILS = "Your predictions and what was measured"
AS_PREDICTED = "“{chosen}”: so it was."
OTHERWISE = "You predicted “{chosen}”; it was “{right}”."

FAILS = "Where it fails: the same loop memorizes noise"
FAILS_LOOK = "Press play there. {look}"

WRONG = (
    (
        "Backpropagation updates the weights.",
        "It computes the gradient. The optimizer decides what to do with it.",
    ),
    (
        "A gradient of 0 means that training is done.",
        "It may be a minimum, but also a saddle, a plateau, or a unit that is dead or saturated.",
    ),
    (
        "There is one good learning rate.",
        "What is good depends on the optimizer, the batch, the scale of the data and the curvature of the loss.",
    ),
    (
        "More parameters always overfit more.",
        "Not always: very large networks often do better on new data than medium-sized ones (Belkin et al. 2019).",
    ),
)

LESSON = Words(wrong=WRONG)
