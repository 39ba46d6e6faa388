"""What curve charts share: looks by name, thinning, where a run breaks, and keeping texts apart."""

from collections.abc import Mapping, Sequence
from itertools import cycle, pairwise
from typing import NamedTuple

import numpy as np

from core.charts.theme import CLASS_COLORS, DASHES, Mode, palette

MOST = 400


class Style(NamedTuple):
    """How one curve looks."""

    color: str
    dash: list[int]


def styles(names: Sequence[str], mode: Mode) -> dict[str, Style]:
    """Train is solid ink; test is dashed gray, and so is validation without a test; others are colored."""
    p, (orange, blue, *more) = palette(mode), CLASS_COLORS[mode]
    known = {"train": Style(p["train"], DASHES[0]), "test": Style(p["test"], DASHES[1])}
    same = {"training": "train", "validation": "test"}
    words = [name.lower().partition(" ")[0] for name in names]
    roles = [word if word == "validation" and "test" in words else same.get(word, word) for word in words]
    taken = {role for role in roles if role in known}
    ways = zip([blue, orange, *more], DASHES, strict=True)
    free = cycle([Style(*way) for way in ways if way[1] not in [known[role].dash for role in taken]])
    return {name: known[role] if role in known else next(free) for name, role in zip(names, roles, strict=True)}


def finite_until(values: np.ndarray) -> int:
    """How many values stand before the first NaN or infinity: there the run has diverged."""
    bad = ~np.isfinite(values)
    return int(np.argmax(bad)) if bad.any() else len(values)


def thin(n: int, most: int = MOST) -> np.ndarray:
    """At most ``most`` indices of n values, equally far apart, the first and the last among them."""
    return np.arange(n) if n <= most else np.unique(np.linspace(0, n - 1, most).round().astype(int))


def brief(values: np.ndarray) -> np.ndarray:
    """The values with six digits: no picture shows more, and each would have to be downloaded."""
    return np.array([float(f"{v:.6g}") for v in np.asarray(values, float).ravel()])


def value_domain(series: Mapping[str, np.ndarray], log: bool) -> tuple[float, float]:
    """Ends of the vertical axis that hold all finite values; a run that diverged may leave at the top."""
    finite = [v[: finite_until(v)] for v in series.values()]
    seen = np.concatenate([v for v in finite if len(v)] or [np.ones(1)])
    if log:
        above = seen[seen > 0]
        low, high = (float(above.min()), float(above.max())) if len(above) else (0.1, 1.0)
        return low / 1.2, high * 1.2
    first = max((abs(float(v[0])) for v in finite if len(v)), default=1.0)
    top = float(seen.max())
    broken = any(len(v) < len(s) for v, s in zip(finite, series.values(), strict=True))
    if first > 0 and (broken or top > 1000 * first):
        top = min(top, 4 * first)
    low = min(0.0, float(seen.min()))
    return low, top + (top - low or 1.0) * 0.06


def spread(heights: np.ndarray, apart: float, floor: float = 0.0) -> np.ndarray:
    """Move labels until none is nearer than ``apart`` to the next or below ``floor``, keeping their order."""
    order, moved = np.argsort(heights, kind="stable"), np.maximum(heights.astype(float), floor)
    for _ in range(len(heights) * 2):
        for a, b in pairwise(order):
            lack = apart - (moved[b] - moved[a])
            if lack > 0:
                moved[a], moved[b] = moved[a] - lack / 2, moved[b] + lack / 2
    lowest = floor
    for k in order:
        moved[k] = max(moved[k], lowest)
        lowest = moved[k] + apart - 1e-9
    return moved


class Ruler(NamedTuple):
    """The vertical axis in pixels, to keep texts apart: its ends, its kind and the plot's height."""

    low: float
    high: float
    log: bool
    height: int

    def pixels(self, values: np.ndarray) -> np.ndarray:
        """Heights above the horizontal axis, clipped to the picture."""
        low, high, v = self.low, self.high, np.clip(values, self.low, self.high)
        part = np.log(v / low) / np.log(high / low) if self.log else (v - low) / (high - low)
        return part * self.height

    def values(self, pixels: np.ndarray) -> np.ndarray:
        """The way back."""
        part = pixels / self.height
        return self.low * (self.high / self.low) ** part if self.log else self.low + part * (self.high - self.low)

    def ticks(self) -> list[float] | None:
        """Where a logarithmic axis has its lines: powers of ten, and 2 and 5 times those when there are few."""
        if not self.log:
            return None
        powers = 10.0 ** np.arange(np.floor(np.log10(self.low)), np.ceil(np.log10(self.high)) + 1)
        steps = [1.0] if self.high / self.low > 200 else [1.0, 2.0, 5.0]
        return [float(f"{p * s:.6g}") for p in powers for s in steps if self.low <= p * s <= self.high]
