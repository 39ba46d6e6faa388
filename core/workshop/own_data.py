"""A learner's own data on a page: the editor of what was chosen in the menu."""

from collections.abc import Callable

import streamlit as st

from core.data import own
from core.training.experiment import Experiment
from core.workshop.own_points import points_editor
from core.workshop.own_table import table_editor

FEW = "Paint at least {fewest} points, and a network learns from them."


def alike(name: str, other: str) -> bool:
    """Whether two data sets ask for the same kind of answer about as many inputs, so that one setting suits both."""
    if not own.is_own(other) or own.read_name(other)[1]:
        return False
    one, two = own.data_of(name), own.data_of(other)
    return (one.task, one.X.shape[1], own.goes_into_link(name)) == (two.task, two.X.shape[1], own.goes_into_link(other))


def editor(page: str, name: str, e: Experiment | None, take: Callable[[str], None]) -> None:
    """Show the editor of own points, or of an own table.

    Parameters
    ----------
    page : str
        The page's slug, with which the keys of the widgets begin.
    name : str
        The name of the data, one of ``core.data.own``.
    e : Experiment or None
        The experiment on them, whose answers color the sheet of points.
    take : callable
        Takes the name of what the data have become; called in callbacks, so it may set the link.
    """
    data = own.data_of(name)
    paintable = name.startswith(own.POINTS) and data.planar and 2 <= len(data.classes) <= 6
    if paintable:
        points_editor(f"{page}.own", name, e if e and e.dataset == name else None, take)
        if own.not_ready(name):
            st.info(FEW.format(fewest=own.FEWEST), icon=":material/brush:")
    else:
        table_editor(f"{page}.own", name, take)
