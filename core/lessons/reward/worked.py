"""A step of an episode as arithmetic: how a table's number moves, and which way a logit is pushed."""

from collections.abc import Sequence

from core.lessons.reward.qlearning import RATE
from core.lessons.reward.world import DISCOUNT, MOVES, name_of
from core.ui.formula import agreeing, number

LAW_TABLE = r"Q \leftarrow Q + \alpha\,(r + \gamma \max Q' - Q)"
LAW_NETWORK = r"\frac{\partial L}{\partial z_{\text{made}}} = (p_{\text{made}} - 1)\,(G - b)"


def table_line(step: Sequence[float]) -> str:
    """Return what one step makes of the value of a move.

    Parameters
    ----------
    step : the cell, the move's number, the value before, the reward, the best value then, the value after.
    """
    cell, move = int(step[0]), list(MOVES)[int(step[1])]
    old, reward, ahead, new = map(float, step[2:])
    digits, after = agreeing([old, reward, ahead], lambda v: v[0] + RATE * (v[1] + DISCOUNT * v[2] - v[0]), 2, 2, 6)
    q, best = number(old, "prediction", digits), number(ahead, "prediction", digits)
    change = rf"{RATE:g} \times ({number(reward, 'target', 0)} + {DISCOUNT:g} \times {best} - {q})"
    name = rf"Q(\text{{{name_of(cell)}, {move}}})"
    value = number(new, "prediction", after, alone=True)
    return rf"\begin{{aligned}} & {name} \leftarrow {q} \\ &\quad + {change} \\ &\quad = {value} \end{{aligned}}"


def network_line(first: Sequence[float]) -> str:
    """Return which way one step pushes the logit of the move that was made.

    Parameters
    ----------
    first : its number, its chance, the return that followed, the baseline.
    """
    move = list(MOVES)[int(first[0])]
    chance, paid, usual = map(float, first[1:])
    digits, after = agreeing([chance, paid, usual], lambda v: (v[0] - 1) * (v[1] - v[2]), 3, 2, 6)
    p, g = number(chance, "prediction", digits), number(paid, "target", digits)
    b = number(usual, "z", digits)
    slope = number((chance - 1) * (paid - usual), "gradient", after, alone=True)
    name = rf"\frac{{\partial L}}{{\partial z_{{\text{{{move}}}}}}}"
    return rf"\begin{{aligned}} {name} &= ({p} - 1) \times ({g} - {b}) \\ &= {slope} \end{{aligned}}"
