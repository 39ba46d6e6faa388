"""The words of lesson 6."""

from core.ui.teaching import Item, Option, Try, View, Words

WIDTH_OR_DEPTH = (64, 32, 10)

PREDICTION = Item(
    "A network of 64 inputs, 32 hidden units and 10 outputs gets larger. What adds more parameters: making the hidden "
    "layer twice as wide, or adding a second hidden layer of 32?",
    (
        Option(
            "Twice as wide",
            "A unit beside the others looks at all the inputs; one in a new layer only at the units before it, which "
            "are fewer.",
            right=True,
        ),
        Option(
            "The second layer",
            "A layer sounds like more than a width, but its units look at 32 others, not at 64 inputs.",
        ),
        Option("Both the same: 32 more units", "What counts is not units but the lines that end or begin at them."),
        Option("Neither: a layer shares its weights", "In a dense layer nothing is shared: each line has its own."),
    ),
)

MEASURED = "{base} has {parameters:,} parameters, {wide} has {more_wide:,}, {deep} has {more_deep:,}."

SUMMARY = "**{parameters:,}** parameters."

EXPLAIN = """In a **dense** layer every unit looks at everything before it. So two neighboring layers cost
inputs × outputs weights, and one bias for each output. These costs add up; nothing multiplies across layers. Make all
layers twice as wide, and the middle costs four times as much. Each example uses every parameter once on the way
forward."""

TRIES = (
    Try(
        "784-128-10",
        {"net": (784, 128, 10)},
        "Into the hidden layer run 100,480 of 101,770 parameters, and the way back costs 1.01 times the way forward.",
    ),
    Try("Twice as wide", {"net": (64, 64, 10)}, "4,810 parameters, where 64-32-10 has 2,410."),
    Try("One layer deeper", {"net": (64, 32, 32, 10)}, "3,466 parameters: the new layer adds 33 × 32 = 1,056."),
)
FAILS = Try(
    "Where it turns: few inputs",
    {"net": (2, 32, 1)},
    "Twice as wide now adds 128 parameters, one layer deeper 1,056: with few inputs and outputs, depth is what costs.",
)

BUYS = "What do more units buy?"
ABOUT_XOR = """Two hidden units suffice for XOR, by hand. Training must *find* such weights, and spare units are spare
chances."""
TRAINED_XOR = "Each network took {steps:,} steps of Adam at a rate of {rate:g}."

DEPTH = "Deep or wide? Two spirals"
ABOUT_DEPTH = """All five networks have between 417 and 487 parameters; only their shape differs. Each is trained
from 10 seeds: 140 points, {epochs} epochs of Adam at rate {rate:g}. Change the activation above and look again: what one
shape does better with tanh, it need not do better with ReLU. “Deeper is better” is not a law."""

MEMORY = "Multiply-adds and memory"
ABOUT_MEMORY = """An example costs {forward:,} multiply-adds forward and {backward:,} backward. The way back takes one multiply-add a parameter for the gradients of the weights, and one a weight
for what each layer hands to the one before. The first layer hands nothing on, so the often quoted “twice the forward
cost” is the most it can be: here it is {ratio:.2f} times.

The way back needs what the way forward computed, so the inputs and z and a of every layer are kept for
each example of a batch: {activations} for {batch} examples. Parameters with their gradients and Adam's two
averages take {parameters}, whatever the batch. Numbers are float32, four bytes each."""

TO_SIMULATOR = "Train this network in the simulator"
AS_IT_IS = "On {title}."

RULES_TITLE = "Rules of thumb, and what is true of them"
RULES = (
    (
        "One hidden layer can approximate any function.",
        "Any *continuous* one, on a *compact* domain, if the activation is *not a polynomial* (Leshno et al. 1993). "
        "The theorem says that good weights exist, not how many units that takes nor that training finds them.",
    ),
    (
        "Deep networks need exponentially fewer units.",
        "For *specific* functions that is proved (Telgarsky 2016). For yours it may or may not hold: compare below.",
    ),
    (
        "Choose a width between that of input and output.",
        "No theory says so. The moons have 2 inputs and 1 output, and 2-8-8-1 suits them well. Try, and compare on "
        "validation data.",
    ),
    (
        "Layers should narrow like a funnel.",
        "A habit, not a law. Equal widths work as well to begin with, and are one number less to choose.",
    ),
    (
        "More parameters overfit.",
        "They can. But far beyond the number of examples the test error often falls again (Belkin et al. 2019, "
        "arXiv:1812.11118), and penalties, dropout and stopping early restrain a large network.",
    ),
    (
        "The way back costs twice the way forward.",
        "At most. The first layer needs no gradient for its inputs; in 784-128-10 that leaves 1.01 times.",
    ),
    (
        "One output for a number, K outputs for K classes.",
        "This one is sound; for two classes a single output is enough. And as many inputs as there are features.",
    ),
)
KNOWN_TITLE = "How large are networks that are in use?"
KNOWN = """- **Pictures.** ResNet-50: about 25.6 million parameters. Vision transformers are transformers, not
  convolutional networks.
- **Text.** BERT-Large: 340 million (BERT-Base: 110 million). The size of GPT-4 is not published (arXiv:2303.08774);
  figures in circulation are guesses.
- **Speech.** Whisper large: 1.55 billion; its smallest version, tiny: 39 million.
- **Tables.** Ensembles of trees such as XGBoost are no neural networks, and at about 10,000 rows they still
  tend to lead (Grinsztajn et al. 2022)."""

CHECKS = (
    Item(
        "How many parameters lead from 784 inputs to 128 units?",
        (
            Option("100,352", "These are the weights, 784 × 128. Each of the 128 units also has a bias."),
            Option("100,480", "784 × 128 weights and 128 biases: (784 + 1) × 128.", right=True),
            Option("912", "784 + 128 counts the units. Each of the 128 looks at all 784."),
        ),
    ),
    Item(
        "1,000 pixels feed 50 hidden units and one output. A new camera has 2,000 pixels. The number of parameters …",
        (
            Option(
                "about doubles",
                "From 50,101 to 100,101: only the first pair of layers grows, but it is nearly everything.",
                right=True,
            ),
            Option("becomes four times as large", "Only if both sides of a pair double. The 50 units stay 50."),
            Option("hardly changes", "The output layer stays, but nearly all lines begin at the pixels."),
        ),
        kind="transfer",
    ),
    Item(
        "What could a unit with two inputs not do without its bias?",
        (
            Option("Take negative inputs", "Weights handle those. The bias moves the line."),
            Option("Have a line away from the origin", "At the origin z = b: without bias, z = 0 there.", right=True),
            Option("Bend", "Bending is the activation's work."),
        ),
        kind="recall",
    ),
)

WRONG = (
    ("A layer more always costs more than a wider layer.", "It depends on the neighbors: 64-64-10 is larger than "
     "64-32-32-10, and 2-64-1 is smaller than 2-32-32-1."),
    ("The number of units says how large a network is.", "Six hidden layers of 9 units and one of 112 units differ "
     "widely in units, and have 487 and 449 parameters on two inputs and one output."),
    ("Enough units, and training will find a solution.", "Even at 8 units some ReLU networks stay stuck on XOR: a unit "
     "that is silent at all four corners gets no gradient, and stays silent."),
)  # fmt: skip

LEFT_OPEN = "Costs are known before any data. What does the network do with data, step after step?"

LESSON = Words(
    views={"": View(PREDICTION, TRIES, FAILS)},
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
