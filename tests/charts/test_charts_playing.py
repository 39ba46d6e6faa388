import base64
import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.charts.contour import HALF, paths, segments
from core.charts.pictures import grid, plane_pictures, png, ramp
from core.charts.playing import FINE, epoch_param, frame_table, pack, unpack


def read_png(address):
    """Decode what png() wrote: (pixels, palette, alpha)."""
    data, at, parts = base64.b64decode(address.split(",")[1]), 8, {}
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        parts[kind], at = body, at + 12 + size
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, width + 1)
    assert (lines[:, 0] == 2).all()
    pixels = np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8)
    return pixels, np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3), parts.get(b"tRNS")


@pytest.mark.parametrize(("start", "seen"), [(3, 3), (-1, 0), (99, 9)])
def test_epoch_is_a_frame_index_within_the_run(start, seen):
    param = epoch_param(10, start).to_dict()
    assert param == {"expr": "epoch"}
    whole = epoch_param(10, start).param.to_dict()
    assert whole["name"] == "epoch"
    assert whole["value"] == seen
    assert (whole["bind"]["input"], whole["bind"]["min"], whole["bind"]["max"]) == ("range", 0, 9)


def test_pack_rounds_and_keeps_to_the_range():
    packed = pack(np.array([[-5.0, 0.0, 0.5, 1.0, 9.0, np.nan, np.inf]]), 0, 1)
    assert packed.dtype == np.uint8
    assert packed.tolist() == [[0, 0, 128, 255, 255, 0, 255]]
    assert pack(np.array([1.0]), 1, 1).tolist() == [0]
    assert pack(np.array([0.5]), 0, 1, top=FINE).dtype == np.uint16


@pytest.mark.parametrize("top", [255, FINE])
def test_unpack_undoes_pack(top):
    values = np.linspace(-3, 5, 17)
    packed = pack(values, -3, 5, top=top)
    low, column, factor = re.fullmatch(r"(\S+) \+ datum\.(w)\[epoch\] \* (\S+)", unpack("w", -3, 5, top=top)).groups()
    assert column == "w"
    assert np.allclose(float(low) + packed * float(factor), values, atol=4.1 / top)


def test_frame_table_has_a_row_a_mark_with_a_list_of_all_frames():
    table = frame_table(pd.DataFrame({"x": [1, 2, 3]}), np.array([[1, 2, 3], [4, 5, 6]], dtype=np.uint8))
    assert list(table.columns) == ["x", "p"]
    assert table["p"].tolist() == [[1, 4], [2, 5], [3, 6]]
    with pytest.raises(ValueError, match="2 values a frame for 3 rows"):
        frame_table(pd.DataFrame({"x": [1, 2, 3]}), np.zeros((1, 2)))


def test_grid_asks_at_cell_centers_row_by_row():
    points = grid((0, 4, 10, 12), 2)
    assert points.tolist() == [[1, 10.5], [3, 10.5], [1, 11.5], [3, 11.5]]


def test_png_keeps_pixels_palette_and_transparency():
    pixels = np.array([[0, 5, 7], [7, 1, 0]], dtype=np.uint8)
    colors = ramp(["#FF0000", "#0000FF"], 8)
    read, table, alpha = read_png(png(pixels, colors, clear=7))
    assert (read == pixels).all()
    assert (table == colors).all()
    assert alpha == bytes([255] * 7 + [0])
    assert read_png(png(pixels, colors))[2] is None


def test_ramp_passes_through_its_colors():
    colors = ramp(["#000000", "#FFFFFF", "#0000FF"], 5)
    assert colors.tolist() == [[0, 0, 0], [128, 128, 128], [255, 255, 255], [128, 128, 255], [0, 0, 255]]


def test_plane_pictures_put_row_0_at_the_bottom_and_repeat_the_edges():
    frames = np.zeros((2, 3, 3), dtype=np.uint8)
    frames[1, 0, :] = 9
    (row,) = plane_pictures(frames, (-1, 2, -3, 3), ramp(["#000000", "#FFFFFF"], 10)).to_dict("records")
    sheet = read_png(row["url"])[0]
    assert sheet.tolist() == [[0] * 3] * 5 + [[0] * 3] * 3 + [[9] * 3] * 2
    assert (row["x"], row["x2"]) == (-1, 2)


@pytest.mark.parametrize("frame", [0, 1, 4])
def test_the_sheet_lies_so_that_each_frame_covers_the_plane(frame):
    low, high, side = -3.0, 5.0, 4
    (row,) = plane_pictures(
        np.zeros((5, side, side), np.uint8), (0, 1, low, high), ramp(["#000000", "#FFFFFF"], 4)
    ).to_dict("records")
    upper = row["top"] + row["step"] * frame
    cell = row["tall"] / (5 * (side + 2))
    first_row = frame * (side + 2) + 1  # after the edge that stands there twice
    assert upper - first_row * cell == pytest.approx(high)
    assert upper - (first_row + side) * cell == pytest.approx(low)


def test_contour_of_a_slope_is_a_straight_line_at_its_place():
    x = (np.arange(10) + 0.5) / 10
    pieces, counts = segments(np.tile(x, (1, 10, 1)), 0.62)
    assert len(pieces) == counts.sum() == 9
    assert np.allclose((pieces[..., 0] + 0.5) / 10, 0.62)


def test_contour_of_a_circle_has_its_radius():
    line = (np.arange(40) + 0.5) / 40 * 2 - 1
    x, y = np.meshgrid(line, line)
    pieces = (segments((x**2 + y**2)[None], 0.25)[0] + 0.5) / 40 * 2 - 1
    assert np.allclose(np.hypot(pieces[..., 0], pieces[..., 1]), 0.5, atol=0.005)


def test_contour_splits_a_saddle_into_two_pieces():
    assert segments(np.array([[[1.0, 0.0], [0.0, 1.0]]]), 0.5)[0].shape == (2, 2, 2)


def test_contour_keeps_frames_apart():
    frames = np.random.default_rng(2).uniform(size=(5, 6, 6))
    frames[3] = 0  # a frame without a line
    pieces, counts = segments(frames, 0.5)
    alone = [segments(frame[None], 0.5)[0] for frame in frames]
    assert counts.tolist() == [len(each) for each in alone]
    assert np.array_equal(pieces, np.concatenate(alone))
    assert paths(frames, 0.5) == [paths(frame[None], 0.5)[0] for frame in frames]


def test_path_points_up_where_values_rise_and_is_empty_on_a_flat_plane():
    lower = np.tile([[0.0], [0.0], [0.0], [1.0]], (1, 4))
    up, flat = paths(np.stack([lower, np.zeros((4, 4))]), 0.5)
    assert set(re.findall(r"M-?\d+,(-?\d+)l-?\d+,(-?\d+)", up)) == {("-250", "0")}  # y is down in a path
    assert flat == "M0,0"
    assert all(abs(int(v)) <= HALF for v in re.findall(r"-?\d+", up))


CORE = Path(__file__).parents[2] / "core"


@pytest.mark.parametrize("path", sorted(CORE.rglob("*charts*/**/*.py")) + sorted(CORE.rglob("*charts.py")), ids=str)
def test_no_picture_writes_over_its_own_frames(path):
    """A name for the current frame's value that is also its list's would leave no list for the next frame."""
    assert not re.findall(r"(\w+)=now\(\"\1\"\)", path.read_text(encoding="utf-8"))
