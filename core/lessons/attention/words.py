"""The words of the lesson on attention."""

from core.lessons.attention.checks import CHECKS_HEADS, CHECKS_LOOK, CHECKS_ORDER
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

VIEWS = {"look": "Where it looks", "order": "What it can't see", "heads": "Two questions"}
INTRO = {
    "look": "Six letters, two of them marked, and a **?** that asks: which letter has the ★? All we tell the network is the right answer.",
    "order": "A row of letters, some with a mark, and a **?** that asks: which letter stands in third place?",
    "heads": "Two questions at once: which letter has the ★, and which one has the ●?",
}

PREDICTION = Item(
    "Nobody tells the network where to look. Before training, the ? looks a little at each of the seven places. "
    "After training, how much of its attention does the place with the ★ get?",
    (
        Option(
            "A seventh, like all others: it has to read everything",
            "It does look at everything, in order to compare. But it looks at one place most.",
        ),
        Option(
            "Most of it, or all",
            "The answer is there. In some starts, the ? looks at itself when the answer is one certain letter.",
            right=True,
        ),
        Option(
            "About half, since there are two marks",
            "The ● never tells the answer, so training makes the network ignore it.",
        ),
    ),
)
MEASURED = (
    "in {sure} of {seeds} starts the ★ gets over {bound:.0%} of the attention ({untrained:.0%} before training), in the others "
    "about {others:.0%}. All get over {learned:.0%} right."
)
EXPLAIN = f"""Each place makes three small lists of numbers from what it sees.

1. The **?** has a {term_link("query")}: what it's looking for. Each place has a {term_link("key")}: what it offers. Multiplied
number by number and added up, they give its score.
2. Softmax turns the scores into weights that add up to 1.
3. The ? gets the weighted sum of the {term_link("value", "values")}: what each place hands over.

This is {term_link("attention")}. **{phrase("The network learns where to look", epoch=0)} from its mistakes.**"""

ORDER = Item(
    "The letters and marks are all that this network sees. Nothing tells it where a letter stands. It's trained to "
    "name the letter in third place. How often is it right on new rows?",
    (
        Option(
            "Always: it reads from left to right",
            "It doesn't read in any order. All places are compared at once, so it sees a bag of letters.",
        ),
        Option(
            "In about 4 of 10 cases: a bit better than a blind guess",
            "Without positions it sees a bag of letters, so the most frequent one is the best guess.",
            right=True,
        ),
        Option(
            "In a quarter of the cases: a blind guess among four letters",
            "It does a bit better: the letter that's there most often is the best guess.",
        ),
    ),
)
ORDER_MEASURED = (
    "without positions it's right in {without:.0%} of new rows. The best possible without them is "
    "{bag:.0%}. With positions it's {with:.0%}."
)
ORDER_EXPLAIN = f"""Without positions, scores come from what stands at a place, never from where it stands. Swap two letters, and their weights swap, too: the
sum stays the same. So a network of attention sees a *bag* of letters. The cure is simple: {phrase("write each place's position into its input", pos=1)}, as a few more numbers ({term_link("position encoding")}). Then the third place can have a key of its own. **Attention knows
no order unless the input tells it.**"""

HEADS = Item(
    "One network has two *heads*: they look at the same time, and each hands over 2 numbers. Another has one head, which hands over 4. "
    "We trained {seeds:.0f} of each. Which ones learned to name both letters?",
    (
        Option(
            "Only those with two heads: one head can't look at two places",
            "One head can look at two places, with a different weight for each.",
        ),
        Option(
            "Nearly all of both kinds",
            "A head can take more of one letter, so its mixture shows which is which.",
            right=True,
        ),
        Option("Only those with one head and 4 numbers", "Two heads hand over 4 numbers as well, 2 each."),
    ),
)
HEADS_MEASURED = (
    "more than {learned:.0%} of new rows were right for {two:.0f} of {seeds:.0f} networks with two heads, "
    "and for {one:.0f} of {seeds:.0f} with one head and 4 numbers. One head and 2 numbers: {narrow:.0f}."
)
HEADS_EXPLAIN = f"""A {term_link("head")} is one set of queries, keys and values. Two heads *can* share the work: in {{divided:.0f}} of {{seeds:.0f}} starts one looked more at the ★ on average, the other more at the ●. {phrase("One head is enough", heads="1x2")}, too: the last layer can tell the two letters apart. **Training decides what a head looks for.**"""

ROOT = """Longer lists give larger scores, so the score is divided by the root of their length."""
LINE = {
    True: "Epoch {epoch}, largest weight: place {place}, **{name}**.",
    False: "Epoch {epoch}, place {place}: **{name}**.",
}
LINE_HEAD = {
    True: "Head {head}, epoch {epoch}, largest weight: place {place}, **{name}**.",
    False: "Head {head}, epoch {epoch}, place {place}: **{name}**.",
}
LARGEST, PLACE = "largest weight", "Place that is worked out"
MEANING = {
    "look": "d: numbers in a key. y₁: the sum's first number. From the sum, the last layer makes a letter.",
    "order": "d: numbers in a key. y₁: the sum's first number. From the sum, the last layer makes a letter.",
    "heads": "d: numbers in a key. y₁: a sum's first number. From the sums, the last layer makes two letters.",
}
SAME_PLACE = "Two marks can't stand at one place, so the ● moved on to place {place}."
BAD_LETTERS = "{title}: {text} isn't six letters from A to D, so we used {used}."
START_TITLE = "Another start"
START = "The first weights are drawn at random. Each number is another draw."
NUMBERS = "Another place, and every number"
MAP = "The weights of every place"
MAP_HEAD = "Head {head}: the weights of every place"
MAP_KEY = ["each row: the place that asks", "framed: the ?, as in the first picture"]
MAP_NOTE = """Only the ?'s row reaches the answer, so nothing teaches the others where to look. They change along with the keys and
the bias, which all places share."""

MODELS_TITLE = "Attention in well-known models"
MODELS = (
    ("Transformer, big", "2017", "213 million", "Vaswani et al., arXiv 1706.03762"),
    ("BERT-Large", "2018", "340 million", "Devlin et al., arXiv 1810.04805"),
    ("GPT-2", "2019", "1.5 billion", "Radford et al., 2019"),
    ("GPT-3", "2020", "175 billion", "Brown et al., arXiv 2005.14165"),
    ("ViT-L/16 (pictures)", "2020", "307 million", "Dosovitskiy et al., arXiv 2010.11929"),
    ("Whisper large (speech)", "2022", "1.55 billion", "Radford et al., arXiv 2212.04356"),
    ("GPT-4", "2023", "not published", "OpenAI, arXiv 2303.08774"),
    ("Llama 3.1", "2024", "405 billion", "Meta, arXiv 2407.21783"),
)
MODELS_NOTE = """All of them are built from layers of attention with dense layers in between, as their papers say. The network on this page
has {parameters} parameters."""

_ROW = {"letters": "ABCDAB", "epoch": 40}
_OPENING = _ROW | {"star": 2, "dot": 5, "pos": False, "heads": "2x2", "seed": 11}
_LOOK = _ROW | {"star": 2, "dot": 5, "seed": 11}
TRIES = (
    Try(
        "Before training",
        _LOOK | {"epoch": 0},
        "Random queries and keys: on new rows the ★ gets {before:.0%} on average, hardly more than {equal:.0%}, a seventh.",
    ),
    Try(
        "Move the star",
        _LOOK | {"star": 6},
        "From this start, the attention follows the mark, wherever it stands: {most:.0%} at place {place}, and the answer is {says} with {chance:.0%}. Nobody programmed that.",
    ),
    Try(
        "Six equal letters",
        _LOOK | {"letters": "AAAAAA"},
        "It answers {says} with {chance:.0%}. It still looks at the ★, although any place would give the right answer. Where it looks isn't always why it answers.",
    ),
)
FAILS = Try(
    "Where it fails: it looks away",
    _LOOK | {"letters": "ACDBAB", "star": 1, "seed": 4},
    "The ★ stands at an A, but the ? looks at itself. It answers {says} all the same, with {chance:.0%}: from this start, its own value stands for A. So weights alone can mislead you.",
)
_ORDER = _ROW | {"star": 2, "dot": 5, "pos": False, "seed": 11}
ORDER_TRIES = (
    Try(
        "Two letters, equally often",
        _ORDER | {"letters": "ABABBA"},
        "It answers {says} with {chance:.0%} and {next} with {less:.0%}. Both are there equally often, so it can't know which one stands in third place. If it leans to one, that's luck from its training.",
    ),
    Try(
        "With positions",
        _ORDER | {"letters": "ABABBA", "pos": True},
        "Now the third place gets {most:.0%} of the attention, and the network answers {says} with {chance:.0%}. On new rows {with:.0%} of the answers are right.",
    ),
)
ORDER_FAILS = Try(
    "Where it fails: another order",
    _ORDER | {"letters": "ABBABA"},
    "The same letters as in ABABBA, in another order: now B stands in third place. Without positions the network gives exactly the same answer, {says} with {chance:.0%} and {next} with {less:.0%}.",
)
_HEADS = _ROW | {"star": 2, "dot": 5, "heads": "2x2", "seed": 11}
HEADS_TRIES = (
    Try(
        "Swap the marks",
        _HEADS | {"star": 5, "dot": 2},
        "The two letters of the answer swap: {says}, with {chance:.0%}. But look at head 1: it no longer keeps to one mark. From this start the heads don't share the work cleanly.",
    ),
    Try(
        "One head of 4",
        _HEADS | {"heads": "1x4"},
        "One set of weights is enough: it answers {says} with {chance:.0%}, and from this start {four:.0%} of new rows are right.",
    ),
)
HEADS_FAILS = Try(
    "Where it fails: one head of 2",
    _HEADS | {"heads": "1x2"},
    "It leans to {says}, with only {chance:.0%}. Two numbers for two letters are usually too few: from this start {alone:.0%} of new rows are right; with two heads {both:.0%}.",
)

QUIZ = (
    Item(
        "A row has 10 places. How many scores does one head of attention compute when each place asks all places?",
        (
            Option("10", "That's one score a place, but each place asks all 10."),
            Option(
                "100",
                "10 places ask, and each of them asks 10. Twice as long a text needs four times the scores.",
                right=True,
            ),
            Option("20", "Not the sum: every pair has a score."),
        ),
    ),
    Item(
        "Why does a transformer get position encodings?",
        (
            Option("So that it trains faster", "Without them, “dog bites man” and “man bites dog” look alike."),
            Option(
                "Because attention itself doesn't know the order",
                "Attention alone compares words, and not where they stand.",
                right=True,
            ),
            Option("Because words have different lengths", "A word's length doesn't matter: each word has one place."),
        ),
    ),
)
WRONG = (
    (
        "Attention weights say why a network answered.",
        "They say where it took numbers from. With six equal letters it looks at the ★, though every place says the same.",
    ),
    (
        "Attention reads a text from left to right.",
        "It compares all places at once. Order has to be written into the input.",
    ),
    ("Somebody programs what each head looks for.", "Heads start at random. What they look for comes from training."),
)

LEFT_OPEN = "Each network so far began with random weights. Does it have to, if another one has already learned something similar?"

LESSON = Words(
    views={
        "look": View(PREDICTION, TRIES, FAILS, _OPENING, CHECKS_LOOK),
        "order": View(ORDER, ORDER_TRIES, ORDER_FAILS, _OPENING, CHECKS_ORDER),
        "heads": View(HEADS, HEADS_TRIES, HEADS_FAILS, _OPENING, CHECKS_HEADS),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
