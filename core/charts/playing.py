"""How one chart holds every frame of a run, so that playing it costs the server nothing.

All frames travel to the browser once. Which of them is seen is decided there, by one number: the Vega parameter
``epoch``, a frame's index. A range input bound to it stands under the chart and works without any script; the transport
bar of ``core.ui.player`` hides these inputs and moves them all together.
"""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

NAME = "epoch"
FINE = 65535


def epoch_param(n_frames: int, start: int = 0) -> alt.Parameter:
    """The number that says which frame is seen.

    Parameters
    ----------
    n_frames : int
        How many frames there are.
    start : int
        The frame seen first; an index outside the run is moved to its nearest end.

    Returns
    -------
    alt.Parameter
        Named ``epoch``, with a range input from 0 to ``n_frames - 1``.
    """
    last = max(int(n_frames) - 1, 0)
    return alt.param(
        name=NAME, value=min(max(int(start), 0), last), bind=alt.binding_range(min=0, max=last, step=1, name="frame ")
    )


def span(values: np.ndarray) -> tuple[float, float]:
    """The lowest and the highest of those that are numbers: where a run diverged, not all are."""
    known = np.asarray(values)[np.isfinite(values)]
    return (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)


def pack(values: np.ndarray, low: float, high: float, top: int = 255) -> np.ndarray:
    """Squeeze numbers into whole steps from ``low`` to ``high``, because the browser must download them.

    Parameters
    ----------
    values : ndarray of any shape
        Numbers; those outside the range are moved to its ends, NaN to ``low``.
    low, high : float
        What becomes 0 and the largest step.
    top : int
        The largest step: 255 for widths, ``FINE`` for positions.

    Returns
    -------
    ndarray of uint8 or uint16, the same shape
    """
    known = np.clip(np.nan_to_num(np.asarray(values, dtype=float), nan=low), low, high)
    steps = np.rint((known - low) * (top / (high - low if high > low else 1.0)))
    return steps.astype(np.uint8 if top < 256 else np.uint16)


def now(column: str) -> str:
    """The Vega expression for the current frame's value, out of a ``column`` that holds a list of all of them."""
    return f"datum.{column}[{NAME}]"


def unpack(column: str, low: float, high: float, top: int = 255) -> str:
    """The Vega expression that turns the current frame's packed ``column`` back into a number."""
    return f"{low!r} + {now(column)} * {(high - low) / top!r}"


def frame_table(corners: pd.DataFrame, frames: np.ndarray, column: str = "p") -> pd.DataFrame:
    """One row for each mark, with a list of all frames.

    A frame then costs the browser what its marks cost. With a row for each mark and frame it would have to look at
    all of them each time to find those that it shows.

    Parameters
    ----------
    corners : DataFrame, n rows
        What stays the same in all frames, such as positions.
    frames : ndarray, (F, n)
        What changes, packed by ``pack``.
    column : str
        The name of the column that holds the lists.

    Returns
    -------
    DataFrame
        ``corners`` and one more column.
    """
    if frames.shape[1] != len(corners):
        raise ValueError(f"{frames.shape[1]} values a frame for {len(corners)} rows")
    return corners.assign(**{column: pd.Series(np.asarray(frames).T.tolist(), index=corners.index, dtype=object)})


def still() -> alt.Parameter:
    """Return the frame's number for a picture that does not play: always the first."""
    return alt.param(name=NAME, value=0)


def at_rest(chart: alt.LayerChart) -> alt.LayerChart:
    """Return a playing chart as a picture of its first frame: nothing can be moved."""
    parameters: Any = chart.params
    for parameter in parameters:
        if parameter.name == NAME:
            parameter.bind = alt.Undefined
    return chart
