"""The transport bar: it plays every chart on the page that holds frames, in the browser, at no cost for the server.

The charts of ``core.charts`` each have a Vega parameter ``epoch`` with a range input. The bar hides these inputs and
moves them together, so all charts show the same frame. While it plays it leaves out those that are scrolled out of
sight, and brings them up to date when they come into it or when it rests. Numbers that Python writes belong into a
container whose key begins with ``RESTING``: it is not to be seen while the charts run. Should the script fail, the
range inputs stay visible and still scrub.

Python hears of it only when the learner does something: stops the run (pause, step, reset, the end of a scrub) or
lets it play on. A run that plays ends at its last frame, so that is what Python writes beside it, and the bar has
nothing to say when the end comes: a message at that moment would call the page back that the learner is leaving. What
is still to be said when the learner reaches for something else waits until it is clear that the page stays.

The link's ``epoch`` is where the learner stopped the run. Without one (-1) the run plays from its beginning, or, for
learners whose system asks for reduced motion, stands at its end.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence

import streamlit as st

from core.ui.link import Link
from core.ui.player_page import CSS, HTML, JS

FRAMES_A_SECOND = 28
SHORTEST, SLOWEST = 3.0, 5.0
"""A film lasts three seconds at least, but shows five frames a second at least."""
RESTING = "resting"

_BAR = st.components.v2.component("player", html=HTML, css=CSS, js=JS)


def player(
    link: Link,
    frame_epochs: Sequence[int],
    run_id: str | None = None,
    unit: str = "epoch",
    rate: float = FRAMES_A_SECOND,
) -> int:
    """Show the bar and return the frame on which the run rests: where the learner stopped it, or its last.

    Parameters
    ----------
    link : the page's link, with a whole number ``epoch``: where the run was stopped, -1 for a run that plays.
    frame_epochs : sequence of int
        The epoch of each frame, ascending.
    run_id : str, optional
        What tells one run from another; without it the epochs do. A new run begins as the link says.
    unit : str
        What is counted, such as "epoch" or "step".
    rate : float
        Frames a second, fewer where there are so few frames that nobody could look that fast.
    """
    epochs = [int(epoch) for epoch in frame_epochs]
    run = run_id or hashlib.sha1(repr(epochs).encode(), usedforsecurity=False).hexdigest()[:12]
    frame = _frame_of(link["epoch"], epochs)
    turn = _turn(link)
    run = f"{run}.{turn}"
    data = {
        "epochs": epochs,
        "frame": frame,
        "run": run,
        "rate": min(rate, max(SLOWEST, len(epochs) / SHORTEST)),
        "unit": unit,
    }
    state = _BAR(key=link.key("player"), data=data, default={"at": None}, on_at_change=_heard)
    stopped = _stopped(state, run, len(epochs), frame)
    if stopped != frame:
        link.set(epoch=-1 if stopped is None else epochs[stopped])
        st.session_state[link.key("player.turn")] = (turn, link["epoch"])
    return len(epochs) - 1 if stopped is None else stopped


def _frame_of(epoch: int, epochs: Sequence[int]) -> int | None:
    """The frame that shows an epoch, or the last one before it; None for a run that plays."""
    return None if epoch < 0 else max(0, bisect_right(epochs, epoch) - 1)


def _turn(link: Link) -> int:
    """Count how often something else than the bar has set the epoch: each time the bar starts from there again."""
    turn, epoch = st.session_state.get(link.key("player.turn"), (0, link["epoch"]))
    turn += epoch != link["epoch"]
    st.session_state[link.key("player.turn")] = (turn, link["epoch"])
    return turn


def _heard() -> None:
    """Streamlit wants a callback to keep a state; the rerun itself is all that is needed."""


def _stopped(state: object, run: str, frames: int, before: int | None) -> int | None:
    """The frame that a bar says the learner stopped on, None while it plays; ``before`` if it says nothing of this run.

    >>> _stopped({"at": {"run": "a", "frame": 3}}, "a", 10, None)
    3
    >>> _stopped({"at": {"run": "a", "frame": None}}, "a", 10, 3) is None
    True
    >>> _stopped({"at": {"run": "another", "frame": 3}}, "a", 10, 5)
    5
    """
    at = state.get("at") if isinstance(state, Mapping) else None
    if not isinstance(at, Mapping) or at.get("run") != run:
        return before
    frame = at.get("frame", before)
    if frame is None:
        return None
    return min(max(frame, 0), frames - 1) if type(frame) is int else before
