"""The words of lesson 23."""

from collections.abc import Mapping

from core.lessons.convolution import kernel
from core.lessons.convolution.checks import CHECKS_KERNEL, CHECKS_MOVED, CHECKS_TRAINED
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "kernel": f"A **{term_link('kernel')}** is nine weights, laid on nine pixels of a digit. Each pixel's ink (0 to {{ink}}) is "
    "multiplied by its weight, and the nine products are added: that's z. Then the kernel moves one pixel right, or to the next row, with the same nine weights.",
    "trained": f"Nobody chooses weights now. The {term_link('kernel', 'kernels')} start at random and learn to tell the digits 0 to 9 apart. Behind "
    f"them: ReLU, the largest of each block of four ({term_link('pooling')}), and a dense layer.",
    "moved": f"Two networks: one with {{kernels}} {term_link('kernel', 'kernels')}, and a dense one with {{units}} hidden units. "
    "Each learns from {seeds} starts. Then somebody moves the pixels. *Moved right by one pixel*: each pixel's ink goes to its "
    "right neighbor, and blank paper comes in on the left.",
}

LAYERS = {"plain": "Plain", "padding": "Padding", "stride": "Stride 2", "pooling": "Max-pool", "all": "All three"}
CASES = {"shifted": "Moved by 1 pixel", "copies": "Moved copies in training", "shuffled": "Shuffled"}
ALONG = {"parameters": "weights and biases", "work": "multiplications"}
KINDS = {"kernels": "with kernels", "dense": "dense"}
NAMES = {"kernels": "{size} kernels", "dense": "{size} units"}
OWN, COLUMNS = "Your own", ("left", "middle", "right")
TYPE = "Double-click or double-tap to type your own:"
SLIDING, LEARNING = "The kernel slides over the digit", "{kernels} kernels learn"
AT = "The kernel at place {place}:"
SIZE_LINE = "Weights and biases of {kernels} kernels, and of the dense layer that reads their {kernels} pooled maps of {each} numbers:"
DENSE_LINE = "Of {units} dense units and the layer behind them:"
WORK_LINE = "Multiplications of {kernels} kernels at {places} places, and of the dense layer behind them:"
ALIKE_LINE = (
    "How alike neighboring pixels are (correlation: 1 for equal ones, 0 for strangers), as they are and shuffled:"
)
MOVED_LINE = "The kernel “{name}”: its largest z in columns 1 to 6, and where it stands once the digit moves right:"
COMPARED = "Right answers by {along}"
STRIPS = {
    "shifted": "Tested on moved digits",
    "copies": "Tested on moved digits",
    "shuffled": "Every digit's pixels shuffled alike",
}
BEFORE = {"shifted": "as they are", "copies": "learned without copies", "shuffled": "as they are"}
AFTER = {"shifted": "moved", "copies": "learned with copies", "shuffled": "shuffled"}
PAGES, PAGE_NAMES, PAGE_SHUFFLED = (
    "The same digit",
    ("as it is", "right", "left", "down", "up"),
    ("as it is", "shuffled"),
)
WAITING = "Training {seeds} networks of each size: {k} of {n} …"

PREDICTION = Item(
    "This kernel has −1 on the left, 0 in the middle and 1 on the right. It slides over the digit. Where is z largest?",
    (
        Option("In the middle of the thickest ink", "There the left column takes away what the right one adds."),
        Option("Where it's empty on the left, with ink on the right", "z is largest where the −1s cover no ink.", right=True),
        Option("Where ink is on the left, and it's empty on the right", "There z is most negative: the ink lies under the −1s."),
        Option("It's the same everywhere, because the weights are the same", "The weights are the same everywhere, but the pixels aren't."),
    ),
)  # fmt: skip
MEASURED = "the largest z is {best:g}, with {left:g} ink on the left and {right:g} on the right. Over the most ink z is {dark:g}."

EXPLAIN_KERNEL = f"""z says how well nine pixels match the kernel. So a kernel looks for **one pattern, everywhere**, and its
answers form a {term_link("feature map")}. Its {{places}} places share {{shared}} weights ({term_link("weight sharing")}). Without
sharing they'd need {{own:,}}, and a dense layer with as many outputs has {{dense:,}}. Sharing is a bet: a pattern that matters in one
place matters in others, too."""

TRIES_KERNEL = (
    Try("Level edges", {"kernel": kernel.PRESETS["level"][1], "layer": "plain", "row": 9, "ink": "", "epoch": -1},
        "A quarter turn of the weights, and it finds other edges: z is largest, {most:g}, where there's much ink below and little above."),
    Try("Padding", {"kernel": kernel.PRESETS["upright"][1], "layer": "padding", "row": 9, "ink": "", "epoch": -1},
        "A frame of zeros: now the kernel can sit on the rim, and the map keeps the digit's {side} × {side} places."),
    Try("Stride and pooling", {"kernel": kernel.PRESETS["upright"][1], "layer": "all", "row": 9, "ink": "", "epoch": -1},
        "With the frame of zeros, it moves by 2 pixels: {side} × {side} places. Max-pool keeps the largest of each block, so {pooled} numbers are left."),
)  # fmt: skip
FAILS_KERNEL = Try(
    "Where it fails: a page of ink",
    {"kernel": kernel.PRESETS["upright"][1], "layer": "plain", "row": 9, "ink": "g" * 64, "epoch": -1},
    "Ink everywhere, and z is {most:g} everywhere, as on an empty page. It sees only how nine pixels differ. (With padding it finds "
    "edges at the rim that nobody drew.)",
)

PREDICTION_TRAINED = Item(
    "With {kernels} kernels the network has {few:,} weights and biases. A dense network with {units} hidden units has {many:,}. Both "
    "learn the same digits for {epochs} epochs. Which gets more test digits right?",
    (
        Option(
            "The dense one: it has three times as many",
            "It does. But each of its weights learns from one pixel only, a kernel's weight from many places at once.",
        ),
        Option(
            "Both about as many",
            "A kernel learns from all its places at once, so fewer weights are enough.",
            right=True,
        ),
        Option("The one with kernels, by far", "Kernels save weights. On these digits they don't win by much."),
    ),
)
MEASURED_TRAINED = "{kernels_right:.1%} with kernels, {dense_right:.1%} dense (medians)."

EXPLAIN_TRAINED = f"""{term_link("backpropagation", "Backpropagation")} has nothing new to do: a kernel's gradient is the sum over
all its {{places}} places. Every place of every digit teaches the same nine weights, and {{few:,}} weights and biases get
as many digits right as {{many:,}}. Nobody told the kernels what to look for. **Sharing saves weights, {phrase("not multiplications", along="work")}**: each kernel weight is used {{places}} times per
answer, and each time is a multiplication."""

TRIES_TRAINED = (
    Try("Two kernels", {"kernels": "2", "along": "parameters", "seed": 0, "epoch": -1},
        "{two:,} weights and biases, and still {two_right:.1%}, the median of {seeds} starts. Four dense units have more weights, and get {four_right:.1%}."),
    Try("Another start", {"kernels": "8", "along": "parameters", "seed": 5, "epoch": -1},
        "Other kernels in another order, but it ends about the same: {end:.1%}. The dot at {kernels} kernels is the median of "
        "{seeds} starts, {kernels_right:.1%}."),
)  # fmt: skip
FAILS_TRAINED = Try(
    "Where it fails: count the work",
    {"kernels": "4", "along": "work", "seed": 0, "epoch": -1},
    "The lead is gone. Four kernels take {four_work:,} multiplications and get {four_kernels:.1%}. Sixteen dense units take "
    "{sixteen_work:,} and get {sixteen_right:.1%}.",
)

PREDICTION_MOVED = Item(
    "Both networks learned digits as they are. Now every test digit is moved by one pixel: right, left, down or up. Kernels look "
    "everywhere with the same weights. How many does the network with kernels get right?",
    (
        Option("As many as before", "Its feature maps move along, but the dense layer behind them has a weight for each place."),
        Option("A few less, but nearly all", "The dense layer behind the kernels expects each pattern in its place."),
        Option("Far fewer, but more than the dense one", "Pooling forgives some moves. The last layer doesn't.", right=True),
        Option("Even fewer than the dense one", "Pooling helps it a little, so it loses less."),
    ),
)  # fmt: skip
MEASURED_MOVED = (
    "with kernels {kernels_before:.0%} as they are and {kernels_after:.0%} moved. Dense: {dense_before:.0%} and {dense_after:.0%} "
    "(medians of {seeds} starts)."
)

EXPLAIN_MOVED = f"""Move a digit, and its feature map moves along. But the last layer is dense: it has a weight for each place of
the pooled map, and now the wrong ones are used. Pooling forgives a move within a block. **The cure** is the same for both networks:
{phrase("show them moved copies", case="copies")}."""
EXPLAIN_SHUFFLED = f"""A kernel bets that neighboring pixels belong together, so that a small pattern matters wherever it
stands. {phrase("**Shuffling**", case="shuffled")} takes that bet away: neighbors are strangers now, and no small pattern repeats. A dense layer never
knew who is whose neighbor. Each of its weights belongs to one pixel, wherever that pixel stands."""

TRIES_MOVED = (
    Try("Learn from moved copies", {"case": "copies"},
        "Each digit also moved right, left, down and up, in as many steps: {kernels_after:.0%} of the moved digits with kernels, "
        "{dense_after:.0%} dense."),
    Try("Moved", {"case": "shifted"},
        "One pixel costs the network with kernels {kernels_lost:.0f} percentage points, the dense one {dense_lost:.0f}."),
)  # fmt: skip
FAILS_MOVED = Try(
    "Where it fails: shuffled pixels",
    {"case": "shuffled"},
    "Both learned again, on digits whose pixels all changed places by one rule. Kernels fall from {kernels_before:.1%} to "
    "{kernels_after:.1%}. The dense network doesn't care: {dense_before:.1%} and {dense_after:.1%}.",
)

CROSS_TITLE = "Is this really a convolution?"
CROSS = f"""Strictly, it's a {term_link("cross-correlation")}: the kernel is laid on the picture as it is. A convolution in
mathematics turns it by half a turn first. For learned weights that makes no difference: training would find the turned ones. Here,
at row {{row}}, column {{column}}, your kernel gives {{z:g}}, and turned round it gives {{turned:g}}."""

QUIZ = (
    Item(
        "A kernel of 3 × 3 slides over 8 × 8 pixels, one pixel at a time, without padding. How large is its feature map?",
        (
            Option("6 × 6", "8 − 3 + 1 = 6 places in a row, and as many rows.", right=True),
            Option("8 × 8", "It would hang over the rim. With padding it's 8 × 8."),
            Option("3 × 3", "That's the kernel."),
        ),
    ),
    Item(
        "A network with kernels does well on centered digits and badly on moved ones. Why?",
        (
            Option("Kernels work only in the middle", "They slide over the whole picture."),
            Option("The dense layer behind them has a weight for each place", "The feature maps move, its weights don't.", right=True),
            Option("It has too few kernels", "With more kernels the last layer still expects everything in its place."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("A network with kernels doesn't care where a thing is.", "Its feature maps move along. The dense layer behind them cares: one pixel cost it more than a third of its right answers."),
    ("Fewer weights mean less work.", "Each shared weight is used at every place."),
    ("Somebody has to design the kernels.", "They start at random and are learned like all weights."),
    ("Kernels are always better on pictures.", "They need neighbors that belong together. Shuffle the pixels, and they lose."),
)  # fmt: skip

LEFT_OPEN = "A picture is there all at once. A sentence comes word by word. How does a network remember how it began?"

LESSON = Words(
    views={
        "kernel": View(PREDICTION, TRIES_KERNEL, FAILS_KERNEL, {"epoch": -1}, CHECKS_KERNEL),
        "trained": View(PREDICTION_TRAINED, TRIES_TRAINED, FAILS_TRAINED, {"epoch": -1}, CHECKS_TRAINED),
        "moved": View(PREDICTION_MOVED, TRIES_MOVED, FAILS_MOVED, checks=CHECKS_MOVED),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)


def rows(case: str, sizes: Mapping[str, int]) -> list[str]:
    """Return the names of what a case compares: each network before and after."""
    return [f"{NAMES[kind].format(size=n)}, {when[case]}" for kind, n in sizes.items() for when in (BEFORE, AFTER)]


def called(name: str) -> str:
    """Return a kernel's name for people."""
    return kernel.PRESETS[name][0] if name in kernel.PRESETS else OWN
