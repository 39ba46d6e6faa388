"""The words of lesson 20."""

from core.lessons.regularization.checks import CHECKS_CURES, CHECKS_DROPOUT, CHECKS_PENALTY
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "cures": "Networks of two hidden layers, each with its own {examples} noisy points to learn from.{heart}",
    "penalty": "A network learns {few} noisy points. A penalty on its weights, times a strength, is added to the training loss, and training "
    f"lowers the sum. {term_link('L2 penalty', 'L2')} adds up half of each squared weight, {term_link('L1 penalty', 'L1')} how far each one is from 0.",
    "dropout": f"A network learns {{few}} noisy points with {term_link('dropout')}: for each example, each step switches hidden units "
    "off at random. The picture shows the network as the first example sees it.",
}

HEART = " Without help they learn them by heart."
PREDICTION = Item(
    f"The test loss ends at {{plain:.2f}}; guessing by coin gives {{coin:.2f}}. Now we add an {term_link('L2 penalty')} to the training loss: a price "
    "on large weights. We make it stronger and stronger. What does the test loss do?",
    (
        Option("It falls and falls", "Only up to a point: then the price counts for more than the data."),
        Option("It falls, then rises again", "A price stops the learning by heart. Too high a price stops all learning.", right=True),
        Option("It rises: the network learns less", "It does learn less by heart, and that's what helps on new points."),
    ),
)  # fmt: skip
MEASURED = "down to {low:.2f} at a strength of {best}, then up to {high:.2f} at the strongest (medians)."

EXPLAIN_CURES = f"""To learn noisy points by heart, a network bends around single ones, which takes large weights.
So the network is very sure, also where it's wrong. L2 adds the square of every weight to the loss, L1 its size. {phrase("Dropout switches units off", method="dropout")} at random while it trains, so none can rely on another. Stopping early leaves the weights no time to grow. {phrase("With more data", method="data")}, there's
less to get by heart. **Above all, the cures stop it from being too sure.** With {{few}} examples, {{before:.0%}} of the answers are right without help,
{{now:.0%}} with L2."""

COUNT = "Networks with a lower test loss than without help: **{loss}**. With more right answers: **{right}**."
CHOSEN = """Where to stop is chosen by {few} validation points: at step {best:g}, with a test loss of {loss:.2f} (medians). It's
lower in {lower} of {seeds}, with more right answers in {more}."""

_CURE = {"method": "l2", "level": 3, "examples": "few"}
TRIES_CURES = (
    Try("A pinch of L2", _CURE | {"level": 2}, "The loss is lower in {loss} of {seeds}, but only {right} have more right answers. By luck alone it'd be "
        "about half."),
    Try("Dropout", _CURE | {"method": "dropout", "level": 4}, "With half of the units off in each step, the loss is lower in {loss} of {seeds}: {now:.2f} "
        "instead of {before:.2f}."),
    Try("Stop early", _CURE | {"method": "stop", "level": 3}, "After {strength} steps: {now:.2f}. The rest of the training only made it worse."),
    Try("More data", _CURE | {"method": "data", "level": 3}, "With {strength} examples: {now:.2f}, and more right answers in {right} of {seeds}. No other cure here gets as low."),
)  # fmt: skip
FAILS_CURES = Try(
    "Where it fails: enough data",
    _CURE | {"examples": "many"},
    "With {many} examples there's little to get by heart. The same L2 now helps {helped} of the {seeds}: the test loss is {now:.2f}, without it {before:.2f}.",
)

PREDICTION_PENALTY = Item(
    "However small a weight is, L1 pulls it toward 0 with the same force. With a strength of {strength:g}, how many of the {count:,} weights are exactly "
    "0 after {steps} steps?",
    (
        Option("Nearly all", "Nearly all are close to 0, but they jump back and forth across it."),
        Option("About half", "More than half come close to 0, but they jump back and forth across it."),
        Option("None", "Each step has a length, so a weight jumps across 0 and back.", right=True),
    ),
)  # fmt: skip
MEASURED_PENALTY = "{exact} of {count:,} are exactly 0, and {near:.0%} are closer to it than one step of {rate:g}. Of {seeds} networks, none has more than one zero."

EXPLAIN_PENALTY = f"""λ (lambda) is the strength. {phrase("L2's pull", penalty="l2")}, λ·w, fades with the weight, so weights get small, but usually few vanish. {phrase("L1's pull", penalty="l1")} is λ·sign(w), always as
strong: sign(w) says only on which side of 0 a weight is. So a weight that the data don't need goes all the way to 0. **Almost:** Adam's steps are about as long as
its rate, {{rate:g}}, so the weight jumps across 0 and back. Other programs set it to 0 when that happens.
In the network that you were asked about, set every weight within a step of 0 to exactly 0: **{{left}}** are left, and the test
loss stays at {{cut:.2f}}. Without L1 it's {{plain:.2f}}."""

TRIES_PENALTY = (
    Try("L2 instead", {"penalty": "l2", "strength": 0.003, "seed": 18}, "λ is the same, but now the pull fades with the weight. The weights get small, but only {near:.0%} of them come within one step of 0: near it, hardly any pull is left."),
    Try("A stronger L1", {"penalty": "l1", "strength": 0.03, "seed": 18}, "Now only {left} weights aren't near 0, and they do all the work. The test loss is {test:.2f}, without L1 {plain:.2f} (medians of {seeds} networks: {usual:.2f} and {usual_plain:.2f})."),
)  # fmt: skip
FAILS_PENALTY = Try(
    "Where it fails: too strong",
    {"penalty": "l1", "strength": 0.3, "seed": 18},
    "The penalty is so strong that every weight ends within a step of 0. The network answers 50% everywhere, and its training loss is that of a coin toss: {train:.2f}.",
)

PREDICTION_DROPOUT = Item(
    "With dropout of {share:.0%} about half of the hidden units are off in each step. In use all are on: that's "
    f"{term_link('evaluation mode')}. At the end of the run we measure the loss on the same {{few}} training examples in both modes. Where "
    "is it lower?",
    (
        Option("With units off: it has learned that way", "It has, but whatever is switched off at random is also noise in its answers."),
        Option("The same: it's the same network", "A unit's average stays the same, but its ups and downs cost loss."),
        Option("In use, with all units on", "The weights are the same, but without the noise.", right=True),
    ),
)  # fmt: skip
MEASURED_DROPOUT = "with half off, over the last {last} steps {seen:.2f} with units off, and {used:.2f} in use."

EXPLAIN_DROPOUT = f"""{phrase("Any unit may be gone", rate=0.8)} in the next step, so none can rely on another: the inventors' idea (2014). A unit that stays
on is divided by the share that stays, so on average it passes on the same in both modes. But its ups and downs are noise, and noise costs
loss, on training points and on new ones. **So a training loss that's noted during training can be higher than the validation loss:** it was
measured with units off. And if you forget to switch to evaluation mode, you get another answer each time you ask."""

ALL_OFF = "Step {step}: for this example, all units of the first hidden layer are off."
SCALED = "Step {step}, first hidden layer, the first unit that's on, for this example:"
TRIES_DROPOUT = (
    Try("Eight in ten", {"rate": 0.8, "seed": 2}, "About six of {width} units are left. Still it learns: its test loss ends at {test:.2f}."),
)  # fmt: skip
FAILS_DROPOUT = Try(
    "Where it fails: too little",
    {"rate": 0.1, "seed": 1},
    "It gets its points by heart again: its training loss falls, its test loss rises to {test:.2f}. Over {seeds} networks it ends at {little:.2f}; with half "
    "off, at {half:.2f} (medians).",
)

TITLES = {
    "plain": "Without help", "cure": "Test loss by {dose}", "helped": "How often it helped",
    "losses": "Loss and penalty, {title} of {strength:g}", "weights": "Where the weights are", "dropped": "Step by step",
    "modes": "Loss, units off and in use", "asked": "One test point, asked again and again",
}  # fmt: skip
KEYS = {
    "band": "line: median of {seeds} networks, band: the middle 80%",
    "cure": "line: median of {seeds} networks, band: the middle 80%\nthe axis of the loss is logarithmic",
    "helped": "how many of {seeds} networks are better than without help",
}
KEY_NEAR = "near 0: within {near:g} of it"
KEY_DROPPED = (
    "filled: on, hollow: off",
    "middle: the {shown} largest weights",
)
HELPED = {"loss": "lower loss", "right": "more right"}
NONE = "without help"
NOBODY = "none"
MEAN_OF = "loss (training: means of {steps} steps)"
OFF, USED, TESTED = "training, units off", "training, in use", "test, in use"
MODES_TITLE = "Training against evaluation mode"
MODES = """One test point, asked {asked} times with units off. The middle 80% of the answers run from {low:.1%} to {high:.1%}. In evaluation mode it's
always {use:.1%}."""
ALL_TITLE = "All five side by side"
ALL = """Each at its best strength, over {seeds} networks with {few} examples. But we chose that strength by looking at the test points, so these
numbers are a little too good."""
BEST_STRENGTH, LOWER, MORE_RIGHT = "best strength", "lower loss", "more right answers"
SIMULATOR = "Open this run in the simulator"
WAIT = "Training {seeds} networks at each strength: {done} of {all}"

QUIZ = (
    Item(
        "A network with dropout has a training loss of 0.49 and a validation loss of 0.41. What explains it best?",
        (
            Option("The training loss was measured with units off", "The same weights do better in evaluation mode.", right=True),
            Option("A mistake: training loss is always lower", "Not if it's measured with units off."),
            Option("It overfits", "Then the validation loss would be the higher one."),
        ),
    ),
    Item(
        "You train with L1 and plain gradient steps. What becomes of a weight that the data don't need?",
        (
            Option("It jumps back and forth across 0", "L1's pull is as strong near 0 as anywhere, so each step carries the weight past 0.", right=True),
            Option("It becomes exactly 0", "Plain steps carry it past 0, again and again. Something would have to set it to 0."),
            Option("It shrinks a little slower with each step", "That's L2: its pull fades with the weight."),
        ),
    ),
    Item(
        "You have ten times as many examples now. What about the L2 strength that was best before?",
        (
            Option("It may do harm now", "It can't learn so many by heart, so a strong penalty only gets in the way.", right=True),
            Option("It stays the best", "How much holding back is right depends on the data."),
            Option("It should be ten times as large", "More data need less holding back, not more."),
        ),
        kind="transfer",
    ),
)  # fmt: skip

NETWORK = "Network (seed)"
ZEROS = ("L1 gives zeros.", "Plain gradient steps give weights that jump around 0. Exact zeros have to be set.")
WRONG = (
    ("Regularization makes a network more accurate.", "It often lowers the loss. The share of right answers rises less often, and by little."),
    ("More parameters mean more overfitting.", "The same network overfits few examples and not many: the data count, too."),
    ("Cross-validation regularizes.", "It estimates how good a model will be, so it helps you choose a strength. It changes no weight."),
    ZEROS,
    ("Early stopping is free.", "It needs validation points, and you could have trained on them."),
)  # fmt: skip

LEFT_OPEN = "We chose the best strength by looking at the test points. How good will it really be?"

LESSON = Words(
    views={
        "cures": View(PREDICTION, TRIES_CURES, FAILS_CURES, checks=CHECKS_CURES),
        "penalty": View(PREDICTION_PENALTY, TRIES_PENALTY, FAILS_PENALTY, {"seed": 18}, CHECKS_PENALTY),
        "dropout": View(PREDICTION_DROPOUT, TRIES_DROPOUT, FAILS_DROPOUT, {"seed": 2}, CHECKS_DROPOUT),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
