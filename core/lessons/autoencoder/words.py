"""The words of the lesson on autoencoders."""

from core.lessons.autoencoder.checks import CHECKS_MAP, CHECKS_SIZE
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

VIEWS = {"map": "A map of two numbers", "size": "More numbers"}
INTRO = {
    "map": """Small pictures of digits. The network squeezes each picture into 2 numbers and draws it again from them.""",
    "size": """The same squeeze with more numbers, beside the best squeeze without bends (activations).""",
}

PREDICTION = Item(
    "Nobody tells this network which digit a picture shows. It only has to draw its input again, from 2 numbers. Take a "
    "new picture, and the picture closest to it on the map of the 2 numbers. How often do both show the same digit?",
    (
        Option(
            "In 1 of 10 cases, as if by chance",
            "It doesn't know the digits' names. But one drawing can stand for pictures that look alike, so they get similar numbers.",
        ),
        Option(
            "In more than half of the cases",
            "Nobody named the digits. But one drawing can stand for pictures that look alike, so they get similar numbers.",
            right=True,
        ),
        Option(
            "Nearly always, as if it knew the digits",
            "Digits overlap on the map. Only the drawing counts, and nobody asked for digits that stay apart.",
        ),
    ),
)
MEASURED = (
    "for {share:.0%} of the test pictures, the closest other one on the map shows the same digit. (By chance: {chance:.0%}. "
    "Comparing all pixels: {pixels:.0%}.)"
)

WITH_BENDS = "with bends (tanh), "

EXPLAIN = f"""This is an {term_link("autoencoder")}. All pixels have to fit through its middle layer, the {term_link("code")}. So the
first half, the {term_link("encoder")}, learns which 2 numbers say most about a picture. The second half, the
{term_link("decoder")}, {phrase("draws from them", draw="drawings")}. Pictures that look alike end up close together, because one drawing
then serves both. **Nobody asked it to keep the digits apart**, so some overlap. No labels are needed: the target is the
input itself."""

SIZE = Item(
    "Principal components are the best squeeze that only multiplies and adds: no network without bends can beat them on the "
    "pictures they're made from. When does a network with bends lose less of a new picture than they do?",
    (
        Option(
            "With any number of numbers: it can do more",
            "With 32 numbers the components lose less: they're computed exactly, and the network had to search.",
        ),
        Option(
            "Never: they're the best there is",
            "They're the best *straight* squeeze. With few numbers a bent one loses less.",
        ),
        Option(
            "With few numbers; with many, the components win",
            "With few numbers bending pays. With many, the exact solution loses less than what training found.",
            right=True,
        ),
    ),
)
SIZE_MEASURED = (
    "with 2 numbers the network's error is {network2:.4f} and the principal components' {components2:.4f}; with 32 it's "
    "{network32:.4f} against {components32:.4f}. This network leads with {first:.0f} to {last:.0f} numbers."
)
SIZE_EXPLAIN = f"""{term_link("principal components", "Principal components")} lay a flat sheet through the cloud of pictures: with 2
numbers a plane, with 3 a space. Each picture moves to the closest point of that sheet. A network with bends can lay a
*curved* sheet, which comes closer to more pictures. {phrase("With few numbers", size=2)} that pays. {phrase("With 32 numbers", size=32)} a flat sheet already
passes close to everything, and it can be computed exactly. The network has to find its sheet step by step, and at the
end of this training it's still behind. **Before you train something clever, measure the simple thing.**"""

LINE = """At epoch {epoch} the mean error on test pictures is **{error:.4f}** a pixel. The closest one shows {digit};
its errors at the worst pixel (framed) and on average:"""
SIZE_LINE = """Here digit {digit} goes through a code of {size}. The worst pixel that the network draws (framed), and
the mean of all:"""
UNTRAINED = "Every picture is two numbers: before training"
PLACE = "At the ring"
TYPED = "Type a place"
NUMBERS = "The numbers behind the picture"
STARTS = "Does it depend on the start?"
STARTS_SAY = """We trained {seeds:.0f} networks for each of three sizes, each from another start; you see start {start:.0f}. With 2 numbers the
closest other picture shows the same digit in {share:.0%} of the cases (the median). The median error is {two:.4f} (principal components:
{two_flat:.4f}); with 8 it's {eight:.4f} ({eight_flat:.4f}), with 32 it's {many:.4f} ({many_flat:.4f})."""

ERRORS = "What gets lost"
ERRORS_KEY = "lower is better; rings: the size that is chosen"
ERRORS_BAND = "line: start {start}, band: the middle {middle:.0%} of {seeds} starts"

_MAP = {"bend": "tanh", "draw": "codes", "epoch": 60, "px": -0.75, "py": -0.5}
TRIES = (
    Try(
        "Before training",
        _MAP | {"epoch": 0},
        "Random weights spread the pictures over the map somehow. The decoder can't draw yet: the error is {before:.3f}; after training it's {after:.3f}.",
    ),
    Try(
        "Between the groups",
        _MAP | {"draw": "drawings", "px": -0.25, "py": -0.65},
        "The decoder draws something from each place of the map, also where no picture lies: one digit turns into another without a "
        "jump. At the ring, between groups, it's a mixture that nobody has written.",
    ),
    Try(
        "Without bends",
        _MAP | {"bend": "identity", "px": 0.0, "py": 0.0},
        "Pictures that look alike still lie together: the closest other one shows the same digit in {straight_share:.0%} of the cases, with "
        "bends in {share:.0%}. But the drawings are worse: the error is {straight:.4f}, with bends {after:.4f}.",
    ),
)
FAILS = Try(
    "Where it fails: digits mix",
    _MAP | {"px": 0.15, "py": 0.45},
    "The five pictures closest to the ring show {around}. Their two numbers are nearly the same, so all get nearly the same drawing. For "
    "{apart:.0%} of all pictures, the closest other one shows another digit.",
)
_SIZE = {"size": 8, "digit": 0}
SIZE_TRIES = (
    Try(
        "8 numbers",
        _SIZE | {"size": 8},
        "Both lose less than with 2 numbers, and the network still leads: {network8:.4f} against {components8:.4f}.",
    ),
)
SIZE_FAILS = Try(
    "Where it fails: 32 numbers",
    _SIZE | {"size": 32},
    "Here bending doesn't pay: {network32:.4f} against {components32:.4f}. The flat sheet is already close to every picture.",
)

QUIZ = (
    Item(
        "You double the numbers in the code of an autoencoder. What happens to the error of its drawings?",
        (
            Option(
                "It usually falls, since more of the picture fits through", "Less has to be thrown away.", right=True
            ),
            Option("It grows, since there's more to learn", "There are more weights, but the bottleneck is wider."),
            Option("It stays the same", "Only if the code already held everything."),
        ),
    ),
    Item(
        "Two pictures have nearly the same code. What do you know?",
        (
            Option("They show the same digit", "Often, but not always: it was never told which digit is which."),
            Option("The decoder draws nearly the same from both", "It sees nothing but the code.", right=True),
            Option("They're equal pixel by pixel", "Whatever didn't fit through the code is lost."),
        ),
        kind="transfer",
    ),
)

WRONG = (
    (
        "Without labels there's nothing to learn from.",
        "The data themselves can be the target: the input, the next word, a part that was hidden.",
    ),
    (
        "An autoencoder understands digits.",
        "It has learned what drawings have in common. Groups on the map are a side effect, and they overlap.",
    ),
    (
        "A neural network always beats a simple method.",
        "With a wide code, principal components lose less here, and need no training.",
    ),
)

LEFT_OPEN = (
    "Here every picture was its own answer. What if nobody knows the answer, and all you hear is how well it went?"
)

LESSON = Words(
    views={
        "map": View(PREDICTION, TRIES, FAILS, _MAP, CHECKS_MAP),
        "size": View(SIZE, SIZE_TRIES, SIZE_FAILS, {"bend": "tanh", "size": 2, "digit": 0}, CHECKS_SIZE),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
