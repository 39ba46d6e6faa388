"""The words of lesson 29."""

from core.data import ink
from core.lessons.inside.checks import CHECKS_PIXELS, CHECKS_REAL, CHECKS_UNITS, CHECKS_WORST
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

VIEWS = {"pixels": "Which pixels?", "units": "Which units?", "real": "Is it real?", "worst": "Worst answers"}
INTRO = {
    "pixels": f"A network reads a digit. Three methods say which pixels its score z depends on: "
    f"{term_link('saliency map', 'saliency')} is how fast z rises with a pixel's ink, {term_link('occlusion')} takes a pixel's ink away, and "
    f"{term_link('gradient times input', 'gradient × input')} multiplies slope and ink.",
    "units": f"Now look at the hidden units. {term_link('ablation', 'Ablation')} silences a unit: its activation becomes 0, and "
    "what it added to the score is gone.",
    "real": f"Such maps ({term_link('saliency map', 'saliency')}, {term_link('occlusion')}, "
    f"{term_link('gradient times input', 'gradient × input')}) look convincing. But are they about the network? A {term_link('sanity check')}: repeat them with "
    "other weights.",
    "worst": "These are digits that the network got wrong, the surest first. Can a map say what went wrong?",
}
INTRO_RIGHT = "The network got these digits right. Does it still, without the patch that adds most to its answer?"
WORKING = "Asking twenty networks …"
ASK, PATCH, ANOTHER = "Ask about", "Occlusion covers", "Another digit"
ITS_ANSWER = "its answer"
PATCHES = {"1": "1 pixel", "2": "2 × 2", "3": "3 × 3"}
NETWORK_TITLE, NETWORK = "Another network", "Network"
SIMULATOR = "Watch this network learn in the simulator"
OFF, ORDER = "Units silenced", "Which ones first"
ORDERS = {"effect": "what adds most", "activity": "the most active", "random": "at random"}
AGAINST_TITLE, AGAINST = "Other network", {
    "random": "random weights", "output": "random output layer", "other": "another trained one",
}  # fmt: skip
COUNT_TITLE, COUNT = "What counts", {"all": "strength", "ink": "strength, on ink", "signed": "with the sign"}
KIND_TITLE, KIND = "Show", {"mistakes": "worst mistakes", "right": "right answers"}
ERASE_TITLE, ERASE = "Erase", {"0": "nothing", "1": "1 pixel", "2": "2 × 2", "3": "3 × 3"}
NAMES = {"saliency": "saliency", "product": "gradient × input", "occlusion": "occlusion", "random": "at random"}
MAPS = "Why {asked}?"
MAPS_KEY = [
    "blue +: ink here raises the score; orange −: it lowers it",
    "framed: the strongest, at most {top}; ring: the pixel of the line below",
]
SHARED = "{n} of {top} shared"
ANSWERED, DIGIT = "it says {answer}, {sure}", "What it sees"
WHOLE = "with all units: {answer}, {sure}"
ERASING_TITLE = "How many answers survive when pixels are erased?"
ERASING, ERASING_KEY = (
    "Answers that survive erasing",
    ["the strongest pixels go first; {some} test digits", "line: median of {seeds} networks, band: the middle 80%"],
)
ERASED_AXIS, STAY = "pixels erased", "answers that stay"
UNITS_TITLE, UNITS_KEY = (
    "What each unit adds to the score of {asked}",
    "blue: adds, orange: takes away; dashed: silenced",
)
CHANCES = "What it answers now"
REAL_TITLE = {False: "The same digit, the same question, two networks", True: "What a trained network's maps show"}
REAL_KEY = {
    False: "the stronger the color, the more the pixel matters, for or against",
    True: "blue +: raises the score; orange −: lowers it",
}
RINGED = "rings: the two pixels of the lines below"
TRAINED, OTHER = "trained", {"random": "random", "output": "random output", "other": "another one"}
ALIKE, ALIKE_AXIS = "How alike: {some} digits, {seeds} networks", "rank correlation"
WORST = {"mistakes": "Mistakes of network {net}, the surest first", "right": "Right answers of network {net}"}
WORST_KEY = {True: "framed: what was erased, because it adds most to the answer", False: "nothing is erased yet"}
FIRST, NOW, FINE = "{truth}: it says {answer}", "now {answer}", "now {answer}: right"
WHY = "Why the {nth} one?"
NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

LINE_PIXELS = "{pixel}: slope times ink, and how far the score falls without it."
PIXEL = {True: "Occlusion's strongest pixel", False: "The pixel that matters most alone, not in a patch"}
LINE_UNITS = "The {answer}'s score without {which} (activation × weight), then the highest other score."
WHICH = {True: "the first unit", False: "the silenced units"}
LINE_REAL = "Slope times ink, for the ringed pixels."
LINES_REAL = {
    "all": ("no ink, {network}", "most ink, {network}"),
    "ink": ("least ink, {network}", "most ink, {network}"),
    "signed": ("most for, {network}", "most against, {network}"),
}
LINE_WORST = "The {nth} one: scores of {digits}{when}. {ahead}"
WHEN = {
    "0": "", "1": ", before and after one pixel is erased", "2": ", before and after 2 × 2 pixels are erased",
    "3": ", before and after 3 × 3 pixels are erased",
}  # fmt: skip
AHEAD, LEADS = {True: "The {digit} stays ahead.", False: "Now the {digit} is ahead."}, "The {digit} is ahead."


def race(nth: str, digits: list[int], first: int, side: int) -> str:
    """Return the caption of a race between digits, the answer first of them, that one leads in the end.

    >>> race("third", [1, 7, 8], 7, 3)
    'The third one: scores of 1, 7 and 8, before and after 3 × 3 pixels are erased. Now the 7 is ahead.'
    """
    listed = f"{', '.join(map(str, digits[:-1]))} and {digits[-1]}"
    ahead = (AHEAD[first == digits[0]] if side else LEADS).format(digit=first)
    return LINE_WORST.format(nth=nth, digits=listed, when=WHEN[str(side)], ahead=ahead)


PREDICTION = Item(
    "Each method names the {top} pixels that matter most for the answer. How many of occlusion's {top} does saliency name, too (on average)?",
    (
        Option("Nearly all: they explain the same answer", "They answer different questions: what if this pixel changed, and what if it were gone?"),
        Option("Two or three", "Saliency also names pixels without ink, where ink would change the score. Occlusion can't: there's nothing to take.", right=True),
        Option("None: they're opposites", "They share some: ink that matters and is also sensitive."),
    ),
)  # fmt: skip
MEASURED = "saliency shares {saliency:.1f} of {top} with occlusion, gradient × input shares {product:.1f} (medians of {seeds} networks)."
EXPLAIN = f"""They ask different things. **Saliency** asks: what if this pixel changed a little? Even without ink. **Occlusion**
asks: what if its ink were gone? {phrase("Where there's none", ink=ink.BLANK)}, nothing can be taken away. **Gradient × input** estimates that: slope times ink. It's exact while no
ReLU switches on or off. A map says what the answer depends on, not why."""
ERASED = """Erase each map's {top} strongest pixels, and {kept_occlusion:.0%} of the answers stay with occlusion, {kept_saliency:.0%} with
saliency. That's no fair race: erasing is occlusion's own question, and about {blank:.0f} of saliency's {top} have no ink to erase."""
TRIES = (
    Try("Why not a 3?", {"view": "pixels", "row": 2, "ink": "", "net": 1, "asked": "3", "patch": "1"},
        "Now the maps are about the 3. Of the {top} pixels that saliency framed for the 5, {turned} have changed sign. Orange ink "
        "speaks against a 3. Blue without ink: there ink would speak for one."),
    Try("Larger patches", {"view": "pixels", "row": 2, "ink": "", "net": 1, "asked": "answer", "patch": "3"},
        "A patch can't tell its pixels apart, so the map blurs. Of its {top} strongest pixels gradient × input now shares only "
        "{product3:.1f} (before: {product:.1f})."),
)  # fmt: skip
FAILS = Try(
    "Where it fails: an empty page",
    {"view": "pixels", "ink": ink.BLANK, "net": 1, "asked": "answer", "patch": "1"},
    "It still answers: {answer}, {sure}. Occlusion and gradient × input have nothing to say, since there's no ink. Saliency does, but "
    "only about what's missing.",
)

PREDICTION_UNITS = Item(
    "Of {units} units we silence just one: the one that adds most to the answer's score. For how many test digits does the answer change?",
    (
        Option(
            "Nearly all: it mattered most", "It adds most, but others add as well. The answer usually keeps its lead."
        ),
        Option("About half", "That takes about three units."),
        Option("Fewer than one in four", "Others add as well, so the answer usually keeps its lead.", right=True),
        Option("None", "Sometimes the lead was small, and one unit was enough."),
    ),
)
MEASURED_UNITS = "the answer changes for {first:.0%} of the test digits (median of {seeds} networks)."
EXPLAIN_UNITS = f"""Behind one hidden layer the score is a plain sum: each unit adds activation × weight. So what a unit adds is exactly what
ablation takes. But **the answer goes to the highest score**, and a lead of several units survives {phrase("the loss of one", off=1, order="effect")}. Many units share the
work. How active a unit is only hints at what it adds: its weight to the class decides, and that may be negative. In deeper networks the
effects no longer just add up."""
TRIES_UNITS = (
    Try("Three that add most", {"view": "units", "row": 2, "ink": "", "net": 1, "off": 3, "order": "effect"},
        "Now it says {answer}. Without any one of the three alone, the {before} keeps at least {least:.0%}. Without all three it has "
        "{all_three:.0%}. Each alone only shrinks the lead. Together they use it up."),
    Try("Three at random", {"view": "units", "row": 2, "ink": "", "net": 1, "off": 3, "order": "random"},
        "Without these three it still says {answer}, {then}: most units hardly matter for one digit. Over all test digits it takes about "
        "{random:.0f} units at random until half of the answers have changed. Of those that add most, {effect:g} are enough."),
    Try("The most active", {"view": "units", "row": 2, "ink": "", "net": 1, "off": 3, "order": "activity"},
        "The most active unit speaks against the {before} (orange): silencing that one helps it, and without all three it still says {answer}. Over all test digits {activity:g} "
        "active units change half of the answers, nearly as few as of those that add most ({effect:g})."),
)  # fmt: skip
FAILS_UNITS = Try(
    "Where it fails: one is enough",
    {"view": "units", "row": 279, "ink": "", "net": 1, "off": 1, "order": "effect"},
    "It called this a {before}, {sure}. Without just the unit that adds most it says {answer}, and the {before} keeps {only1:.0%}. Being sure "
    "didn't protect it: its whole lead came from this one unit.",
)

PREDICTION_REAL = Item(
    "These maps are from a trained network. Now we give it random weights, and it knows nothing. We compare only how strongly each "
    "pixel is marked. Whose map still looks much like the trained one's?",
    (
        Option("Nobody's: random weights give noise", "Two of the maps contain the digit itself, whatever the weights are."),
        Option("Saliency's", "Saliency multiplies the weights of both layers (a ReLU switches in between), and all of these are now random."),
        Option("Gradient × input's and occlusion's", "Both are zero where there's no ink, for any weights.", right=True),
        Option("All three", "Saliency doesn't know where the ink is: its map changes altogether."),
    ),
)  # fmt: skip
MEASURED_REAL = (
    f"we ranked both maps' pixels by strength. {term_link('rank correlation', 'Rank correlation')} "
    "(1: same ranking, 0: nothing in common): {saliency:z.2f} for saliency, {product:z.2f} for gradient × input and {occlusion:z.2f} for occlusion "
    "(medians)."
)
EXPLAIN_REAL = f"""A map that random weights draw just as well can't show what was learned (Adebayo and others, 2018). Plain
**saliency passes**: it changes altogether. By strength, **gradient × input and occlusion fail**: both are zero without ink, so both draw
the digit. {phrase("On ink alone", count="ink")} gradient × input's correlation falls to {{product_ink:z.2f}}, with the sign to {{product_signed:z.2f}}. So their signs are about the network
({phrase("“With the sign” shows them", count="signed")}). Their outline is just the digit."""
TRIES_REAL = (
    Try("Only where there's ink", {"view": "real", "row": 2, "ink": "", "net": 1, "against": "random", "count": "ink"},
        "On ink alone gradient × input falls to {product_ink:z.2f}. What remains: pixels with more ink weigh more, with any weights."),
    Try("With the sign", {"view": "real", "row": 2, "ink": "", "net": 1, "against": "random", "count": "signed"},
        "Blue pixels speak for the answer, orange ones against it. Now all three are near 0: {saliency_signed:z.2f}, {product_signed:z.2f} and "
        "{occlusion_signed:z.2f}. Which pixels speak for it and which against: that was learned."),
    Try("A random output layer", {"view": "real", "row": 2, "ink": "", "net": 1, "against": "output", "count": "all"},
        "The hidden layer is still the trained one, and yet saliency agrees only at {output:.2f}: the last layer says what counts for "
        "which digit."),
)  # fmt: skip
FAILS_REAL = Try(
    "Where it fails: two trained networks",
    {"view": "real", "row": 2, "ink": "", "net": 1, "against": "other", "count": "all"},
    "Both get about {right:.0%} of the test digits right, yet their saliency agrees only at {other:.2f}: it shows how this network reads "
    "the digit, not the only way to read it. Gradient × input agrees at {product_other:.2f}, but with random weights it was {product:.2f}: it hardly notices the weights.",
)

PREDICTION_WORST = Item(
    "We look at all mistakes of {seeds} networks. From each picture we erase just one pixel: the one that adds most to the wrong answer. "
    "How many mistakes turn into right answers?",
    (
        Option("Hardly any: a digit isn't one pixel", "Mistakes are often close calls. One pixel can tip them."),
        Option(
            "About half", "Many mistakes are close calls, and one pixel tips them. The surest ones resist.", right=True
        ),
        Option(
            "Nearly all: it was that pixel's fault",
            "Often other pixels mislead it just as much, most of all where it's sure.",
        ),
    ),
)
MEASURED_WORST = (
    "{mended:.0%} of the mistakes come right. With a pixel of ink at random it's {lot:.0%}. Of those that were over {sure:.0%} "
    "sure, {mended_sure:.0%} do."
)
EXPLAIN_WORST = f"""Occlusion names a culprit, and erasing it shows whether the answer turns. So a map can be more than a picture: **a claim
that can be checked**. But the same trick turns {{spoiled:.0%}} of {phrase("the *right* answers", kind="right", erase=1)} into wrong ones (a pixel at
random: {{lot_spoiled:.0%}}). The culprit isn't a flaw of the picture, just the pixel on which this answer leans. And a map doesn't say
whether the answer is right: it looks just as sensible for a mistake."""
TRIES_WORST = (
    Try("Another network's mistakes", {"view": "worst", "kind": "mistakes", "erase": "1", "net": 2},
        "Here {here} of these {shown} come right. They're the surest mistakes of network 2, and sure mistakes resist: over all networks "
        "{mended_sure:.0%} of them come right, of all mistakes {mended:.0%}."),
    Try("Erase a larger patch", {"view": "worst", "kind": "mistakes", "erase": "3", "net": 1},
        "More isn't better: over all networks a patch mends {mended3:.0%} of the mistakes, one pixel {mended:.0%}. It takes away what the right "
        "digit needs, too."),
)  # fmt: skip
FAILS_WORST = Try(
    "Where it fails: right answers",
    {"view": "worst", "kind": "right", "erase": "3", "net": 1},
    "The same cure for healthy answers: the patch that adds most goes, and {spoiled3:.0%} of all right answers turn wrong.",
)

QUIZ = (
    Item(
        "A map of “what the network looks at” stays the same when its weights are made random. What is it worth?",
        (
            Option("It shows the input, not what was learned", "What doesn't depend on the weights can't tell about them.", right=True),
            Option("It's especially reliable", "It only ever repeats the input."),
            Option("It shows that weights don't matter", "The answers change altogether. The map doesn't notice."),
        ),
    ),
    Item(
        "You silence one hidden unit and the answer stays. Was the unit useless?",
        (
            Option("Yes, or the answer would change", "Its share may be large: the score was so far ahead that it stayed ahead."),
            Option("Not necessarily: the score's lead may be larger than its share", "Then only several units together can use up the lead.", right=True),
            Option("Yes: the network works without it", "For this digit. And perhaps only because others do the same."),
        ),
    ),
)  # fmt: skip
WRONG = (
    ("A saliency map shows where the ink is.", "It shows slopes. They can be just as steep where there's no ink."),
    ("An explanation that looks sensible is right.", "Gradient × input looks sensible with random weights, too: it draws the digit."),
    ("Methods that explain the same answer must agree.", "They ask different questions, so they give different answers."),
    ("The most active unit is the most important one.", "It often adds a lot. But what counts is activation × weight, and that can be negative."),
)  # fmt: skip
MEASURED_OF = {"pixels": MEASURED, "units": MEASURED_UNITS, "real": MEASURED_REAL, "worst": MEASURED_WORST}
EXPLAIN_OF = {"pixels": EXPLAIN, "units": EXPLAIN_UNITS, "real": EXPLAIN_REAL, "worst": EXPLAIN_WORST}
NUMBERS = "The numbers behind the picture"
LEFT_OPEN = "Thousands of multiplications for one answer, and one more pass to ask why. What does all that cost?"

LESSON = Words(
    views={
        "pixels": View(PREDICTION, TRIES, FAILS, checks=CHECKS_PIXELS),
        "units": View(PREDICTION_UNITS, TRIES_UNITS, FAILS_UNITS, {"off": 1, "row": 2, "ink": ""}, CHECKS_UNITS),
        "real": View(PREDICTION_REAL, TRIES_REAL, FAILS_REAL, {"row": 2, "ink": ""}, CHECKS_REAL),
        "worst": View(PREDICTION_WORST, TRIES_WORST, FAILS_WORST, {"erase": "1"}, CHECKS_WORST),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
