"""Frames as small pictures: one image for all of them instead of one rectangle a cell.

A plane of 40 by 40 cells is 1,600 marks for the browser to draw; as a picture it is one. All frames stand below each
other on one sheet, of which the chart's edges leave one to be seen: to show another, the sheet is moved. The sheets are
PNG files with a palette, written here with the standard library only.
"""

import base64
import struct
import zlib

import altair as alt
import numpy as np
import pandas as pd

from core.charts.playing import NAME

Extent = tuple[float, float, float, float]
STEPS = 128
"""Colors of a plane's palette: more would only make the download larger."""


def grid(extent: Extent, side: int) -> np.ndarray:
    """The centers of a plane's cells, where a network is asked for its answer.

    Parameters
    ----------
    extent : (x_low, x_high, y_low, y_high)
        The plane's edges in data units.
    side : int
        Cells along each edge.

    Returns
    -------
    ndarray, (side * side, 2)
        Row by row from the lower left; answers reshaped to (side, side) are one frame.
    """
    middle = (np.arange(side) + 0.5) / side
    x = extent[0] + (extent[1] - extent[0]) * middle
    y = extent[2] + (extent[3] - extent[2]) * middle
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def ramp(colors: list[str], steps: int = STEPS) -> np.ndarray:
    """Colors between the given ones at equal distances, (steps, 3) uint8."""
    rgb = np.array([[int(c[k : k + 2], 16) for k in (1, 3, 5)] for c in colors], dtype=float)
    at = np.linspace(0, len(colors) - 1, steps)
    return (
        np.stack([np.interp(at, np.arange(len(colors)), rgb[:, k]) for k in range(3)], axis=1).round().astype("uint8")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(pixels: np.ndarray, colors: np.ndarray, clear: int | None = None) -> str:
    """Write one picture as a data address.

    Parameters
    ----------
    pixels : ndarray, (height, width) uint8
        Palette indices, the top row first.
    colors : ndarray, (at most 256, 3) uint8
        The palette.
    clear : int, optional
        The palette index that is transparent.

    Returns
    -------
    str
        ``data:image/png;base64,...``
    """
    height, width = pixels.shape
    lines = np.full(
        (height, width + 1), 2, dtype=np.uint8
    )  # each line begins with its filter: 2, the change from above
    lines[:, 1:] = np.diff(pixels, axis=0, prepend=np.zeros((1, width), dtype=np.uint8))
    seen = b"" if clear is None else _chunk(b"tRNS", bytes([255] * clear + [0]))
    parts = [
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        _chunk(b"PLTE", colors.tobytes()),
        seen,
        _chunk(b"IDAT", zlib.compress(lines.tobytes(), 4)),
        _chunk(b"IEND", b""),
    ]
    return "data:image/png;base64," + base64.b64encode(b"".join(parts)).decode("ascii")


def plane_pictures(frames: np.ndarray, extent: Extent, colors: np.ndarray) -> pd.DataFrame:
    """The sheet of all frames, and where it lies over the plane.

    Every frame has its first and last row of cells twice: what stands next to it on the sheet does not shine through
    where the browser smooths its edge.

    Parameters
    ----------
    frames : ndarray, (F, side, side) uint8
        Palette indices; row 0 is the plane's lower edge.
    extent : (x_low, x_high, y_low, y_high)
        The plane's edges in data units.
    colors : ndarray, (at most 256, 3) uint8
        The palette.

    Returns
    -------
    DataFrame
        One row. Columns url, x, x2; ``top``, where the sheet's upper edge lies at the first frame; ``step``, by how
        much each frame lifts it; ``tall``, its height.
    """
    upright = np.pad(np.asarray(frames)[:, ::-1], [(0, 0), (1, 1), (0, 0)], mode="edge")
    x, x2, y, y2 = (float(edge) for edge in extent)
    cell = (y2 - y) / np.shape(frames)[1]
    step = cell * upright.shape[1]
    url = png(upright.reshape(-1, upright.shape[2]), colors)
    return pd.DataFrame([{"url": url, "x": x, "x2": x2, "top": y2 + cell, "step": step, "tall": step * len(upright)}])


def plane_layer(table: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """The sheet of ``plane_pictures``, moved so that the current frame covers the plane."""
    sheet = alt.Chart(table).transform_calculate(y2=f"datum.top + datum.step * {NAME}")
    sheet = sheet.transform_calculate(y="datum.y2 - datum.tall").mark_image(aspect=False, clip=True)
    return sheet.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"), url=alt.Url("url:N"))
