"""How one chart holds every frame of a run, so that playing it costs the server nothing.

All frames travel to the browser once. Which of them is seen is decided there, by one number: the Vega parameter
``epoch``, a frame's index. A range input bound to it stands under the chart and works without any script; the transport
bar of ``core.ui.player`` hides these inputs and moves them all together.
"""

import altair as alt
import numpy as np
import pandas as pd

NAME = "epoch"
FINE = 65535
SHOWN = f"datum.frame == {NAME}"


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


def unpack(column: str, low: float, high: float, top: int = 255) -> str:
    """The Vega expression that turns the current frame's packed ``column`` back into a number."""
    return f"{low!r} + datum['{column}' + {NAME}] * {(high - low) / top!r}"


def frame_table(corners: pd.DataFrame, frames: np.ndarray, prefix: str = "p") -> pd.DataFrame:
    """One row for each mark, one column for each frame.

    Sixty frames of 1,600 marks are 1,600 rows this way, and 96,000 in the long form.

    Parameters
    ----------
    corners : DataFrame, n rows
        What stays the same in all frames, such as positions.
    frames : ndarray, (F, n)
        What changes, packed by ``pack``.
    prefix : str
        The columns are called ``prefix0`` to ``prefixF-1``.

    Returns
    -------
    DataFrame
        ``corners`` and F more columns.
    """
    if frames.shape[1] != len(corners):
        raise ValueError(f"{frames.shape[1]} values a frame for {len(corners)} rows")
    shown = pd.DataFrame(frames.T, columns=[f"{prefix}{k}" for k in range(len(frames))], index=corners.index)
    return pd.concat([corners, shown], axis=1)


def when_shown(test: str = SHOWN) -> alt.OpacityValue:
    """An opacity of 1 for the rows of the current frame and 0 for all others."""
    return alt.OpacityValue(0, condition={"test": test, "value": 1})
