"""The words of the lesson on data: those of its views, and what the page asks at its end."""

from core.lessons.data.amount import words as amount
from core.lessons.data.labels import words as labels
from core.lessons.data.point import words as point
from core.lessons.data.rare import words as rare
from core.lessons.data.scale import words as scale
from core.lessons.data.use import words as use
from core.ui.words import Item, Option, Words

TEXTS = {
    f"{module.__name__}.{name}": value
    for module in (point, amount, labels, rare, scale, use)
    for name, value in vars(module).items()
    if name.isupper()
}
"""Every text of the views."""
TITLES = {
    "point": "One point",
    "amount": "How many",
    "labels": "Wrong labels",
    "rare": "A rare class",
    "scale": "Scale",
    "use": "Another use",
}
"""The views, in the order in which they are offered."""
INTRO = {
    "point": point.INTRO,
    "amount": amount.INTRO,
    "labels": labels.INTRO,
    "rare": rare.INTRO,
    "scale": scale.INTRO,
    "use": use.INTRO,
}

OWN_TITLE = "Your own data"
OWN = "Does all this hold for data of yours? Train on them in the simulator, and change them while you look."
OWN_WAYS = ("Points that you paint", "A table of yours (CSV)")
OWN_HERE = "These points (which of them test is drawn anew)"

QUIZ = (
    Item(
        "Some training labels are wrong at random. What happens over the epochs?",
        (
            Option("First the rule is learned, later the mistakes", "So stopping early helps.", right=True),
            Option("First the mistakes, later the rule", "Mistakes contradict each other; the rule doesn't."),
            Option("Both from the first epoch on", "Right labels agree, so their pull is stronger at first."),
        ),
    ),
    Item(
        "You train on copies that are moved by one pixel. What do they help against?",
        (
            Option("Against any change", "Against noise they even did harm."),
            Option("Against moves like these", "Copies help most against what they show.", right=True),
            Option("Against nothing: no digit is new", "To the network, a moved digit is a new picture."),
        ),
    ),
    Item(
        "You move one test point across the boundary. What changes?",
        (
            Option("The boundary", "The network doesn't learn from test points."),
            Option("Only the score", "A test point checks, and isn't learned from.", right=True),
            Option("Boundary and score", "Only a training point could move the boundary."),
        ),
    ),
    Item(
        "Two classes overlap. What do more and more examples lead to?",
        (
            Option("The score of the best possible rule", "No network gets more right than that rule.", right=True),
            Option("100%, if there are enough", "Where points look alike, no number of examples tells them apart."),
            Option("A worse score: they contradict each other", "They say which class is more likely at each place."),
        ),
    ),
    Item(
        "Few people are ill. Which number says how many of the ill a network finds?",
        (
            Option("Accuracy", "Nearly all of it comes from the healthy."),
            Option("Precision", "It says how many of its “ill” answers are right."),
            Option("Recall", "Of the ill, it's the share that's found.", right=True),
        ),
        kind="transfer",
    ),
    Item(
        "One input is in the thousands, the others are near 1. What does plain descent do at a usual rate?",
        (
            Option("It ignores the large input", "A large input makes a large gradient."),
            Option("Its first steps are much too long", "Each step is multiplied by the input.", right=True),
            Option("It just needs more epochs", "Units that die in the first steps don't come back."),
        ),
        kind="transfer",
    ),
)

WRONG = (
    ("More data always helps.", "Where classes overlap, 1,000 examples did hardly better than 100."),
    ("A network is only as good as its labels.", "With random mistakes it was better. With mistakes that agree, it repeats them."),
    ("High accuracy means that it finds what you look for.", "Not if that is rare."),
    ("Networks see shapes, so a shift doesn't matter.", "This one has a weight for each pixel, and one pixel's shift cost it half."),
)  # fmt: skip

LEFT_OPEN = "To this network a moved digit is a new picture: each weight belongs to one place. What if all places shared weights?"

LESSON = Words(
    views={
        "point": point.VIEW,
        "amount": amount.VIEW,
        "labels": labels.VIEW,
        "rare": rare.VIEW,
        "scale": scale.VIEW,
        "use": use.VIEW,
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
