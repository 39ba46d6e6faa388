"""The words of lesson 6."""

from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

WIDTH_OR_DEPTH = (64, 32, 10)

INTRO = f"""Every line is a {term_link("parameter")}: a weight (solid) or a bias (dotted).
{term_link("depth", "Depth")} is how many hidden layers there are, and {term_link("width")} is how many units a layer has."""

PREDICTION = Item(
    "A network with {n_in} inputs, {hidden} hidden units and {n_out} outputs gets larger. What adds more parameters: making its "
    "hidden layer twice as wide, or adding a second hidden layer of {hidden} units?",
    (
        Option(
            "Twice as wide",
            "Each new unit beside the others looks at all 64 inputs. Each one in a new layer looks only at the 32 units before it.",
            right=True,
        ),
        Option(
            "The second layer",
            "A layer sounds like more. But its units look at 32 others, not at 64 inputs.",
        ),
        Option(
            "Both the same: 32 more units", "It isn't the units that count, but the lines that begin or end at them."
        ),
        Option(
            "Neither: new units use the weights that are there",
            "Each new line is a new weight.",
        ),
    ),
)

MEASURED = "on {net}, doubling the width adds {more_wide:,} parameters, a second layer {more_deep:,}."

PICTURE = "{parameters:,} parameters: every line is one"
PICTURE_IN_PART = "{parameters:,} parameters, of which {drawn:,} are drawn as lines"
SUMMARY = "**{parameters:,}** parameters."

EXPLAIN = """In a **dense** layer every unit looks at everything before it. So a layer costs (inputs + 1) × outputs
parameters: the 1 is each output's bias. Double two neighboring hidden layers, and the weights between them
become four times as many."""

TRIES = (
    Try(
        "3-4-2",
        {"net": (3, 4, 2)},
        "{parameters:,} parameters, few enough to count: (3 + 1) × 4 into the hidden layer, and (4 + 1) × 2 into the output layer.",
    ),
    Try(
        "784-128-10",
        {"net": (784, 128, 10)},
        "{first:,} of {parameters:,} parameters lead into the hidden layer: each of its units looks at all the inputs.",
    ),
    Try("Twice as wide", {"net": (64, 64, 10)}, "{parameters:,} parameters, where 64-32-10 has {base:,}."),
    Try(
        "One layer deeper",
        {"net": (64, 32, 32, 10)},
        "{parameters:,} parameters, where 64-32-10 has {base:,}. The new layer adds (32 + 1) × 32 = {added:,}.",
    ),
)
FAILS = Try(
    "Where it fails: few inputs",
    {"net": (2, 32, 1)},
    "Doubling the width now adds {more_wide:,} parameters, and another layer adds {more_deep:,}. With few inputs and outputs, depth costs more.",
)

FOLDED = "Change each layer by itself"
BUYS = "What do more units buy?"
PREDICTION_UNITS = Item(
    "Two hidden units are enough for XOR if you choose the weights by hand. Now we train {seeds} networks with two tanh units, each from "
    "other random weights. How many of them get all four corners right?",
    (
        Option(
            "All of them: two units are enough",
            "Enough units mean that good weights exist. Training still has to find them.",
        ),
        Option(
            "About half",
            "Good weights exist, but from many starts training gets stuck before it finds them.",
            right=True,
        ),
        Option(
            "Hardly any: two units are too few",
            "Two units can do it, and from many starts training finds out how.",
        ),
    ),
)
MEASURED_UNITS = "with {activation}, {two:.0%} with two units, {four:.0%} with four, and {eight:.0%} with eight."
ABOUT_XOR = f"""Each unit is another chance to solve {term_link("XOR")}."""
FAILS_UNITS = Try(
    "Where it fails: ReLU",
    {"f": "relu"},
    "With two units {two:.0%}, with four {four:.0%}, and even with eight only {eight:.0%}: a ReLU unit that's off at all four corners stays "
    "off, so a larger network can get stuck, too.",
)
TRAINED_XOR = "Each network took {steps:,} steps of Adam at a rate of {rate:g}."

DEPTH = "Deep or wide? Two spirals"
ABOUT_DEPTH = """All these networks have between {fewest} and {most} parameters. Only their shape differs. Each is trained
from {seeds} seeds: {points} points, {epochs} epochs of Adam at a rate of {rate:g}. Change the activation above and look again: a shape that falls
behind with tanh needn't do so with ReLU. “Deeper is better” isn't a law."""

MEMORY = "Multiply-adds and memory"
ABOUT_MEMORY = f"""An example costs {{forward:,}} {term_link("multiply-add", "multiply-adds")} in the forward pass and {{backward:,}} in the backward pass. Going back takes one multiply-add per
parameter for its gradient, and one per weight to pass the gradient on to the layer before. The first layer has no layer before it. So the often
quoted “twice the forward pass” is the most it can be: here it's {{ratio:.2f}} times.

The backward pass needs what the forward pass computed. So the inputs, and z and a of every layer, stay in memory for
each example of a batch: {{activations}} for {{batch}}. The parameters with their gradients and Adam's two
averages take {{parameters}}, whatever the batch. Every number takes {{bytes}} bytes."""

TO_SIMULATOR = "Train this network in the simulator"
AS_IT_IS = "On {title}."

RULES_TITLE = "Rules of thumb, and what's true"
RULES = (
    (
        "One hidden layer can approximate any function.",
        "Any *continuous* one, between two ends, if the activation is *not a polynomial* (Leshno et al. 1993). "
        "The theorem says that good weights exist. It doesn't say how many units you need, or that training finds the weights.",
    ),
    (
        "Deep networks need exponentially fewer units.",
        "For *specific* functions that's proved (Telgarsky 2016). For yours it may or may not hold: compare on the two spirals above.",
    ),
    (
        "Choose a width between that of input and output.",
        "No theory says so. The moons have 2 inputs and 1 output, and 2-8-8-1 suits them well. Try a few widths and compare them on "
        "validation data.",
    ),
    (
        "Layers should narrow like a funnel.",
        "That's a habit, not a law. Equal widths are as good a start, and give you one number less to choose.",
    ),
    (
        "More parameters overfit.",
        "They can. But far beyond the number of examples the test error often falls again (Belkin et al. 2019, "
        "arXiv:1812.11118), and penalties, dropout and stopping early restrain a large network.",
    ),
    (
        "The backward pass costs twice as much as the forward pass.",
        "At most. The first layer needs no gradient for its inputs. In 784-128-10 that leaves 1.01 times.",
    ),
    (
        "One output for a number, K outputs for K classes.",
        "This one is right. For two classes a single output is enough. And take as many inputs as there are features.",
    ),
)
OTHERS_TITLE = "What other kinds of layer cost"
OTHERS = """Later lessons meet layers that use the same weights in many places: a kernel at every place of a picture, a
recurrent layer at every step of a sequence. The size of the picture or the length of the sequence isn't in their count
then. A GRU has three weights and an LSTM four where a plain recurrent layer has one. Attention has three: for
queries, keys and values."""

KNOWN_TITLE = "How large are networks in use?"
KNOWN = """- **Pictures.** ResNet-50: about 25.6 million parameters. Vision transformers are transformers, not
  convolutional networks.
- **Text.** BERT-Large: 340 million (BERT-Base: 110 million). The size of GPT-4 is not published (arXiv:2303.08774);
  figures in circulation are guesses.
- **Speech.** Whisper large: 1.55 billion; its smallest version, tiny: 39 million.
- **Tables.** Ensembles of trees such as XGBoost aren't neural networks. At about 10,000 rows they still tend to
  win (Grinsztajn et al. 2022)."""

CHECKS = (
    Item(
        "How many parameters does a layer with 200 inputs and 100 units have?",
        (
            Option("20,000", "Those are the weights, 200 × 100. Each of the 100 units also has a bias."),
            Option("20,100", "200 × 100 weights and 100 biases: (200 + 1) × 100.", right=True),
            Option("300", "200 + 100 counts inputs and units. Each of the 100 looks at all 200."),
        ),
    ),
    Item(
        "1,000 pixels feed 50 hidden units and one output. A new camera has 2,000 pixels. The number of parameters …",
        (
            Option(
                "about doubles",
                "From 50,101 to 100,101: only the weights from the pixels double, but they're nearly everything.",
                right=True,
            ),
            Option("becomes four times as large", "Only if the layers on both sides double. The 50 units stay 50."),
            Option("hardly changes", "The output layer stays the same, but nearly all lines begin at the pixels."),
        ),
        kind="transfer",
    ),
    Item(
        "What couldn't a unit with two inputs do without its bias?",
        (
            Option("Take negative inputs", "Weights handle those. The bias moves the line."),
            Option(
                "Have a line away from the origin",
                "At the origin z = b. Without a bias z is 0 there, so its line runs through the origin.",
                right=True,
            ),
            Option("Bend", "Bending is what the activation does."),
        ),
        kind="recall",
    ),
)

QUIZ = (
    Item(
        "A network has two hidden layers of 100 units and a third one of 50. Where are the most parameters?",
        (
            Option("Between the two layers of 100 units", "100 × 100 weights and 100 biases: 10,100.", right=True),
            Option("Between the second and the third hidden layer", "100 × 50 weights and 50 biases: 5,050."),
            Option("In the widest layer itself", "Parameters belong to the lines between layers, and to the biases."),
        ),
    ),
    Item(
        "You double the batch from 32 to 64 examples. What happens to the number of parameters?",
        (
            Option("It doubles", "What doubles is the memory for z and a, which each example needs for itself."),
            Option("It stays the same", "All examples go through the same weights and biases.", right=True),
            Option("It is halved", "The parameters belong to the network, not to the examples."),
        ),
    ),
    Item(
        "A network could solve your task with the right weights, but your training run fails. What may help?",
        (
            Option(
                "Other random weights to start from, or more units",
                "From another start training may find good weights, and more units are more chances.",
                right=True,
            ),
            Option("Nothing: it's too small", "With the right weights it could do it, so it isn't too small."),
            Option("Fewer units, which are easier to train", "On XOR fewer units solved it less often, not more."),
        ),
    ),
)

WRONG = (
    ("One more layer always costs more than a wider layer.", "It depends on the layers around it: 64-64-10 is larger than "
     "64-32-32-10, and 2-64-1 is smaller than 2-32-32-1."),
    ("The number of units says how large a network is.", "Six hidden layers of 9 units have 54 units, one of 112 units has "
     "more than twice as many. With two inputs and one output they have 487 and 449 parameters."),
    ("Enough units, and training will find a solution.", "Even with 8 units some ReLU networks get stuck on XOR: a unit "
     "that's off at all four corners gets no gradient and stays off."),
)  # fmt: skip

LEFT_OPEN = "You can count parameters before training. What do they do while the network trains, step after step?"

LESSON = Words(
    views={
        "": View(PREDICTION, TRIES, FAILS, {"net": WIDTH_OR_DEPTH}),
        "units": View(PREDICTION_UNITS, fails=FAILS_UNITS),
    },
    checks=CHECKS,
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
