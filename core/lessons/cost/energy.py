"""From operations and seconds to joules and grams: two estimates that hardly ever agree."""

from dataclasses import dataclass

from core.lessons.cost import published

WATTS = 10
"""Our assumption: one busy core of a processor, with its share of memory and cooling."""
GRID = published.GRIDS["usa"][1] or 0.0
PREFIXES = (("G", 1e9), ("M", 1e6), ("k", 1e3), ("", 1.0), ("m", 1e-3), ("µ", 1e-6), ("n", 1e-9))
KWH = published.KILO * published.HOUR
"""Joules in a kilowatt-hour."""


@dataclass(frozen=True)
class Estimates:
    """Joules for one run: by arithmetic alone, at the rate of the machines that trained GPT-3, by time and watts."""

    arithmetic: float
    machine: float
    clock: float

    @property
    def apart(self) -> float:
        """How many times as much the clock says as the arithmetic."""
        return self.clock / self.arithmetic

    @property
    def grams(self) -> float:
        """Grams of CO₂ for what the clock says, with the electricity of the United States' average."""
        return self.clock / KWH * GRID * published.KILO


def estimates(multiply_adds: int, seconds: float, watts: float = WATTS) -> Estimates:
    """Return what so many multiply-adds in so many seconds may have cost.

    >>> estimates(1_000_000, 0.5, 10).clock
    5.0
    """
    return Estimates(multiply_adds * published.ARITHMETIC, multiply_adds * published.MACHINE, seconds * watts)


def written(amount: float, unit: str = "J") -> str:
    """Return joules, or grams, with two digits and the prefix that suits them.

    >>> written(2.7e-05), written(0.18), written(5.0), written(3.7e-5, "g")
    ('27 µJ', '180 mJ', '5.0 J', '37 µg')
    """
    prefix, size = next(((p, s) for p, s in PREFIXES if amount >= 0.995 * s), PREFIXES[-1])
    value = float(f"{amount / size:.2g}")
    return f"{value:.0f} {prefix}{unit}" if value >= 10 else f"{value:.1f} {prefix}{unit}"
