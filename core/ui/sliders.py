"""Sliders that show the value of their link as it is: 0.999 is not 1.00, and 0.123 is not 0.12."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from core.ui.link import Link


def exact(value: float) -> str:
    """Write a number with all its digits and no more.

    >>> exact(0.999), exact(1e-05), exact(3.0), exact(2000)
    ('0.999', '0.00001', '3', '2000')
    """
    return str(np.format_float_positional(value, trim="-"))


def decimals(value: float) -> int:
    """Count the digits behind the point.

    >>> decimals(0.05), decimals(0.123), decimals(3.0)
    (2, 3, 0)
    """
    return len(exact(value).partition(".")[2])


def slider(link: Link, name: str, title: str, low: float, high: float, step: float, **options: Any) -> None:
    """Show a slider over decimal numbers, with two decimals or as many as the step or the link's value has."""
    places = max(2, decimals(step), decimals(link[name]))
    st.slider(title, float(low), float(high), step=step, format=f"%.{places}f", key=link.key(name), **options)


def select_slider(
    link: Link,
    name: str,
    title: str,
    options: Sequence[float],
    written: Callable[[Any], str] = exact,
    **more: Any,
) -> None:
    """Show a slider over fixed values; a link's own value joins them."""
    st.select_slider(title, sorted({*options, link[name]}), key=link.key(name), format_func=written, **more)


def percent(value: float) -> str:
    """Write a share as a percentage, with all its digits.

    >>> percent(0.3), percent(0.125)
    ('30%', '12.5%')
    """
    return f"{exact(round(100 * value, 12))}%"
