"""Formulas with the numbers of the moment, each in the color that its mark has in the picture."""

from __future__ import annotations

from core.charts.theme import palette
from core.ui import frame


def number(value: float, quantity: str, digits: int = 2, alone: bool = False) -> str:
    """Return a number as LaTeX in a quantity's color; a negative one in parentheses, unless it stands alone."""
    text = f"{value:.{digits}f}"
    return inked(f"({text})" if text.startswith("-") and not alone else text, quantity)


def weight(value: float, digits: int = 2, alone: bool = False) -> str:
    """Return a weight as LaTeX: blue above zero, orange below, as its line is drawn."""
    return number(value, "positive" if value >= 0 else "negative", digits, alone)


def inked(latex: str, quantity: str) -> str:
    """Return any LaTeX in a quantity's color."""
    return rf"\textcolor{{{palette(frame.mode())[quantity]}}}{{{latex}}}"
