"""The words of lesson 28."""

from core.lessons.reward.checks import CHECKS_NETWORK, CHECKS_TABLE
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "table": f"A robot walks from “start” and knows nothing. The prize pays more than the coin; either ends the "
    f"{term_link('episode')}. The later a {term_link('reward')} comes, the less it counts. After "
    "episode {change}, the dashed cell pays something else.",
    "network": f"Now a network looks at the robot's cell and gives each move a chance. With {term_link('policy gradient')}, "
    f"what the robot did in a good {term_link('episode')} becomes likelier. After episode {{change}}, "
    "the dashed cell pays something else.",
}

TITLES = {
    "table": "Robot {robot}: what each best move is worth to it",
    "network": "Robot {robot}: how likely each move is",
    "before": "The world, before anybody has learned",
}
KEYS = {
    "table": [
        "arrow: best move, number: its worth; greener: worth more",
        "line: the way it would take; dashed: the cell that changes",
        "no arrow: it knows nothing there yet",
    ],
    "network": [
        "stronger arrow: likelier, number: the likeliest's chance",
        "line: the likeliest way; dashed: the cell that changes",
    ],
    "before": ["gray: walls; dashed: the cell that changes"],
}
WAITING_TEXT = (
    "A world of cells with walls: a start at the left, a coin, and a prize behind the coin. Nothing is learned yet."
)
LEARNING = "Twenty robots are learning …"
CLICK = "Tap a cell to choose it."
CELL, REWARD = "Cell that changes", "What it pays then"
EPSILON, BASELINE = "Random moves ε", "Subtract the usual return"
ROBOT_TITLE, ROBOT = "Look at another robot", "Robot"
PRIZE, GONE = "the prize", "where the prize was"
LEAD = "After episode {episode}, **{prize} of {runs}** robots would reach {place}, **{coin}** the coin, **{nowhere}** neither."
RETURNS = "What an episode pays: its return"
RETURNS_KEY = [
    "line and band: 20 robots; thin: this one; means of 20 episodes",
]
RETURNS_RANDOM = "random moves cost: so robots stay below the best"
CHANGED, ROBOTS, BEST = "reward changes", "robots", "best"
RETURN = "return"
WITHOUT = " Without the baseline: {slope:.2f}."
NOT_YET = "No big change yet. Rate α = {rate:g}, discount γ = {discount:g}; Q′: what it expects next."
LINES = {
    "table": "Its last big change: episode {episode}. Rate α = {rate:g}, discount γ = {discount:g}; Q′: what it expects next. Worth now: {now:.2f}.",
    "network": "Episode {episode}, first step. G: what followed, each reward times {discount:g} per step. Below zero, the move becomes likelier.{without}",
}

PREDICTION = Item(
    "One robot guesses only while it knows nothing; then it always takes the move that paid best so far. Twenty such robots learn for {change:.0f} "
    "episodes. Where do most of them end up going?",
    (
        Option("To the prize: it pays more", "You can see that. A robot only knows it once it has been there."),
        Option("To the coin: it's nearer", "A robot that finds the coin first stays with it: it's the best it knows, so it looks no further.",
               right=True),
        Option("Nowhere: nobody taught them", "A reward at the end is enough to learn from."),
    ),
)  # fmt: skip
MEASURED = "without random moves, {coin:.0f} of {runs:.0f} go to the coin. With three moves in ten at random, {prize_random:.0f} find the prize."

EXPLAIN_TABLE = f"""**{term_link("Q-learning")}** keeps a number for each move in each cell: what it expects. Each step moves that number
toward the reward plus the {term_link("discount")} times the best it expects from there. So value spreads back from the prize, cell by cell. {phrase("It only learns about what it tries", epsilon=0)}: **{term_link("exploration", "random moves")}** find what's better, at a cost."""

TRIES_TABLE = (
    Try(
        "Some random moves",
        {"view": "table", "cell": "c3", "reward": -5, "epsilon": 0.3, "epoch": 400, "robot": 1},
        "By episode {change}, {prize_then} of {runs} robots know the way to the prize. Then c3 becomes a puddle, and in the end {around} "
        "know the way around it.",
    ),
    Try(
        "Only random moves",
        {"view": "table", "cell": "c3", "reward": -5, "epsilon": 1.0, "epoch": 200, "robot": 1},
        "They stumble about and earn {earned_then:.2f} an episode (best: {best_then:.2f}). Yet {prize_then} of {runs} know the way to the "
        "prize.",
    ),
    Try(
        "The prize is gone",
        {"view": "table", "cell": "e1", "reward": 0, "epsilon": 0.3, "epoch": 400, "robot": 1},
        "The prize now pays 0. By the last episode, {coin} of {runs} robots have turned to the coin.",
    ),
)
FAILS_TABLE = Try(
    "Where it fails: a wrong reward",
    {"view": "table", "cell": "b3", "reward": 2, "epsilon": 0.3, "epoch": 400, "robot": 1},
    "{circles} of {runs} robots step onto b3 again and again and never reach the prize. They've learned it well: nothing pays more "
    f"({{best:.2f}} against {{best_then:.2f}}). It's the reward that's wrong ({term_link('reward hacking')}).",
)

PREDICTION_NETWORK = Item(
    "By episode {change:.0f}, most of {runs:.0f} networks know the way to the prize. Then a puddle at c3 costs 5, and the way "
    "around it pays more. With three random moves in ten, the first view's robots all walked around. What do most of these networks do?",
    (
        Option("Walk around it, too", "They'd have to try it first, and by now their moves are almost certain."),
        Option("Walk on through the puddle", "They're almost certain by now, so they hardly ever try another move.", right=True),
        Option("Settle for the coin", "Its chance is tiny by now, like that of everything they no longer do."),
    ),
)  # fmt: skip
MEASURED_NETWORK = (
    "by episode {change:.0f}, {prize_then:.0f} of {runs:.0f} know the way. In the end {across:.0f} still walk through the puddle, "
    "{around:.0f} walk around."
)

EXPLAIN_NETWORK = f"""Nobody says which move is right. The network takes its move as the “right answer”, and multiplies
its gradient by what followed: its **{term_link("return")}** G. By itself, a G of 0 teaches nothing. The surer it
is of a move, the less often it tries another: it stops exploring. A **{term_link("baseline")}** b is the usual return. {phrase("Subtract it", baseline=1)}:
only moves that paid more than usual become likelier."""

TRIES_NETWORK = (
    Try(
        "With a baseline",
        {"view": "network", "cell": "c3", "reward": -5, "baseline": True, "epoch": 200, "robot": 4},
        "With a baseline, {prize_then} of {runs} know the way to the prize after {change} episodes; without, {plain} do. Robot 4 is one "
        "of those that it helps.",
    ),
    Try(
        "A deep puddle",
        {"view": "network", "cell": "c3", "reward": -10, "baseline": False, "epoch": 400, "robot": 1},
        "Walking through it now costs more than the prize is worth. Before, {nowhere_then} of {runs} networks went nowhere. In the end it's "
        "{nowhere}, robot 1 too: going nowhere costs nothing.",
    ),
)
FAILS_NETWORK = Try(
    "Where it fails: the prize is gone",
    {"view": "network", "cell": "e1", "reward": 0, "baseline": False, "epoch": 400, "robot": 1},
    "In the end {prize} of {runs} networks walk to where the prize was ({prize_then} did before). Of all {walks:,} walks since then, only {paid} "
    "earned anything. The others taught nothing: 0 times any gradient is 0.",
)

QUIZ = (
    Item(
        "A robot that learns by reward always takes the move that looks best. What goes wrong?",
        (
            Option("It keeps to the first thing that paid", "What it never tries, it never learns about.", right=True),
            Option("It never finds anything", "It finds something. It just stops looking."),
            Option("It can't add up rewards", "It adds them up well. It only meets too few of them."),
        ),
        kind="transfer",
    ),
    Item(
        "However long it explores, a robot circles around a small reward and never reaches its goal. Why?",
        (
            Option("It has learned too little", "More learning makes it circle more surely."),
            Option("Circling earns the most reward", "The reward says so. It wasn't what was meant.", right=True),
            Option("It moves at random", "Random moves don't come back to the same cell all the time."),
        ),
        kind="transfer",
    ),
)  # fmt: skip

WRONG = (
    (
        "Somebody tells it the right move.",
        f"In {term_link('reinforcement learning')} it only gets a number, often late. Which move earned it, it must find out.",
    ),
    ("The more it explores, the better.", "With only random moves it knows the way, but earns next to nothing."),
    ("A robot that circles has learned badly.", "It earns the most that this reward allows. The reward is wrong."),
    ("A network that's certain must be right.", "It's certain of what once paid. It no longer tries anything else."),
)

LEFT_OPEN = "A network says which move to make, or which digit it sees. Why that one?"

_OPENING = {"cell": "c3", "reward": -5, "robot": 1}
"""What one view's experiments set would hide what the other one shows."""
LESSON = Words(
    views={
        "table": View(PREDICTION, TRIES_TABLE, FAILS_TABLE, _OPENING | {"epsilon": 0.0, "epoch": 200}, CHECKS_TABLE),
        "network": View(
            PREDICTION_NETWORK,
            TRIES_NETWORK,
            FAILS_NETWORK,
            _OPENING | {"baseline": False, "epoch": 400},
            CHECKS_NETWORK,
        ),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
