"""The words of lesson 16."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "layers": "Ten hidden layers of {width} units. The picture shows one unit's z in four layers, for all {examples} "
    "examples. How different do they look to the unit?",
    "limits": f"Networks of ten layers, with {term_link('batch norm')} and without, from {{seeds}} starts each. How large a rate "
    "works, and how small a batch?",
}

PREDICTION = Item(
    "With sigmoid units this network doesn't learn: even after {epochs} epochs, its test answers are no better than a coin toss. "
    "Now every unit's z is shifted and scaled, within each batch, to mean 0 and spread 1. How many are right then?",
    (
        Option("Still about half", "The weights start the same, but now the examples look different to every layer."),
        Option(
            "Most, but not all", "Every layer now tells the examples apart, and the gradient gets through.", right=True
        ),
        Option("All of them", "It learns now, but it doesn't become perfect."),
    ),
)
MEASURED = "{without:.0%} without and {with_:.0%} with batch norm (medians of {seeds} starts)."

TITLE = "One unit's z, as its activation gets it"
KEY = ["gray: without batch norm, green: with it", "spread: of the unit that is drawn"]
ROW, UNDER = "layer {layer}", "with"
LINE = "Epoch {epoch}, layer 10 with batch norm, first example:"
SIMULATOR = "Open with {most} layers in the simulator"
SYMBOLS = "μ, σ: the batch's mean and spread. γ, β: learned. ε: tiny, against division by 0."
EXPLAIN_LAYERS = f"""{phrase("With sigmoid", case="sigmoid")}, layers squeeze differences: at first, the drawn unit spreads {{squeezed}} times less in layer 10 than in layer 1.
**{term_link("batch norm", "Batch norm")}** divides z by its spread in the batch, in layer 10 by {{spread:.3f}}. Going back, it makes the gradient about
{{grown:.0f}} times as large. **Why does it help?** Its inventors (2015) thought that it keeps each layer's
input steady. Later work (2018): it makes the loss smoother."""

TRIES_LAYERS = (
    Try("After training", {"case": "sigmoid", "rate": 0.1, "seed": 0, "epoch": 60},
        "Without batch norm layer 10 still sees almost the same z for everything: {without:.0%} are right. With it, {with_:.0%} (medians)."),
    Try("ReLU, tiny weights", {"case": "small", "rate": 0.1, "seed": 0, "epoch": 60},
        "Without: nothing gets through, and {without:.0%} are right. With: {with_:.0%} (medians). It mends a bad start."),
    Try("A good start", {"case": "he", "rate": 0.1, "seed": 0, "epoch": 60},
        "He's start keeps z spread without help, so there's less to gain: from {without:.0%} to {with_:.0%} right (medians)."),
)  # fmt: skip
FAILS_LAYERS = Try(
    "Where it fails: batches of two",
    {"case": "pairs", "rate": 0.1, "seed": 0, "epoch": 15},
    "Now batch norm does harm: {with_:.0%} with, {without:.0%} without (medians after 15 epochs). Of two examples in a batch, one "
    "usually gets +1 and the other −1, before γ and β: two spikes in each green row.",
)

PREDICTION_LIMITS = Item(
    "With ReLU and a good start (He), such a network learns well without batch norm at a rate of 0.1. At a rate of {rate:g} it does no better than a "
    "coin toss. And with batch norm at that rate?",
    (
        Option("No better than a coin, either", "Without batch norm that's what happens. With it, the activation gets numbers of the same size, however large the weights are."),
        Option("At least as well as without it at 0.1", "However large a step makes the weights, the activation gets numbers of the same spread.", right=True),
        Option("Somewhere in the middle", "With batch norm the rate hardly matters: over a wide range, the networks end about equally good."),
    ),
)  # fmt: skip
MEASURED_LIMITS = "at a rate of {rate:g}, {broken:.0%} without and {held:.0%} with batch norm. At 0.1, {fine:.0%} without (medians of {seeds} starts)."

EXPLAIN_LIMITS = f"""Multiply a unit's weights and bias by 10. Then z, mean and spread are 10 times as large, and
what comes out is the same. A step that's too long makes weights large, and that's divided out, {phrase("so many rates work", along="rate")}. **The price:** the
network's answer for one example depends on the others in its batch. {phrase("Of two", along="batch")}, one usually gets +1 and the other −1: how far apart
they were is lost. A trained network uses averages from its training instead."""
TENFOLD = "Before training, one unit's (z − mean) / spread; below, weights and bias 10 times as large:"

TWO = (3.0, 0.5)
PAIR = f"Suppose two examples in a batch have z = {TWO[0]:g} and z = {TWO[1]:g}. Batch norm leaves only which one is larger:"
AT = "At a rate of {rate:g}, after {epochs} epochs."
TRIES_LIMITS = (
    Try("Sigmoid", {"case": "sigmoid", "along": "rate"}, "Without batch norm no rate helps. With it, {with_:.0%} are right at the smallest rate and {last:.0%} at the largest."),
    Try("Tiny weights", {"case": "small", "along": "rate"}, "With batch norm the first weights' size hardly matters: at each rate at least {low:.0%} are right. With He's start it's at least {he:.0%}."),
)  # fmt: skip
FAILS_LIMITS = Try(
    "Where it fails: batches of two",
    {"case": "he", "along": "batch"},
    "In batches of 2, {with_:.0%} are right with batch norm and {without:.0%} without. Batches of 20 or 50 are fine.",
)

MODES_TITLE = "Training against evaluation mode"
MODES = f"""One test example, asked {{draws}} times in training mode, each time with other examples in its batch of {{batch}}. The middle
80% of its answers run from {{low:.2g}} to {{high:.2g}}. In {term_link("evaluation mode")} it's always {{use:.2g}}: the averages kept during training take
the batch's place. Forget to switch, and a prediction depends on who else is asked."""

CHECKS = (
    Item(
        "You make all weights into a unit, and its bias, ten times as large. Batch norm follows. What reaches its activation?",
        (
            Option("The same as before", "Mean and spread grow by the same factor, and it's divided out.", right=True),
            Option("Ten times as much", "That's z. Batch norm divides it by a spread that's ten times as large."),
            Option("A tenth", "z and its spread both grow, and their ratio stays."),
        ),
    ),
    Item(
        "A school marks by how far a pupil is above or below the class's mean, over the class's spread. Ann is in a class of two. What "
        "does her mark tell?",
        (
            Option("Whether she was better than the other", "One gets +1, the other −1, however close they were.", right=True),
            Option("How far ahead she was", "Of two, both are exactly one spread from the mean."),
            Option("How much she knows", "Her mark depends on her class."),
        ),
        kind="transfer",
    ),
    Item(
        "With equal steps, small batches end in flatter valleys than large ones. Why?",
        (
            Option("Their noise throws the weights out of narrow ones", "A wide valley can hold a noisy walk.", right=True),
            Option("They see less data", "With equal steps they do, but that isn't what flattens the valley."),
            Option("Their learning rate is smaller", "The rates were equal."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "A network with batch norm answers the same question differently each time it's asked. What's likely?",
        (
            Option("It's still in training mode", "Then its answer depends on the other examples of the batch.", right=True),
            Option("Its weights are random", "They're fixed by now. Only the batch's mean and spread change."),
            Option("The learning rate is too high", "Asking it doesn't change any weight."),
        ),
        kind="transfer",
    ),
    Item(
        "Where does batch norm help least?",
        (
            Option("Ten ReLU layers with a He start, at a usual rate", "Their z are spread well without it.", right=True),
            Option("Ten sigmoid layers", "Without it the last layers see all examples alike."),
            Option("ReLU layers with tiny first weights", "Without it hardly anything gets through."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("Batch norm always helps.", "With a good start at a usual rate it gains little, and tiny batches break it."),
    ("We know why it works.", "That it lets deep networks train is measured. The reason is disputed."),
    ("It normalizes the data once, at the beginning.", "It does so in each layer, again in each batch."),
    (
        "Batch norm treats each example by itself.",
        "Not in training: there it uses the whole batch. Afterwards it uses averages that it kept.",
    ),
)

LEFT_OPEN = "Deep networks can be trained. How much can a single hidden layer do?"

LESSON = Words(
    views={
        "layers": View(PREDICTION, TRIES_LAYERS, FAILS_LAYERS),
        "limits": View(PREDICTION_LIMITS, TRIES_LIMITS, FAILS_LIMITS, {"case": "he"}),
    },
    checks=CHECKS,
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
