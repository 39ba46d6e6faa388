"""What others have published: energy of an operation, of a spike, and of whole trainings; each with its source."""

from dataclasses import dataclass

HOROWITZ = "Horowitz, ISSCC 2014"
PATTERSON = "Patterson et al., arXiv 2104.10350"
STRUBELL = "Strubell et al., arXiv 1906.02243"
BROWN = "Brown et al., arXiv 2005.14165"
LUCCIONI = "Luccioni et al., arXiv 2211.02001"
TOUVRON = "Touvron et al., arXiv 2302.13971"
LLAMA3 = "Meta, arXiv 2407.21783 and the model's card"
MEROLLA = "Merolla et al., Science 2014"
DAVIES = "Davies et al., IEEE Micro 2018"

POUND, HOUR, KILO, MEGA, GIGA, PICO = 0.45359237, 3600.0, 1e3, 1e6, 1e9, 1e-12

MULTIPLY, ADD = 3.7 * PICO, 0.9 * PICO
"""Joules for numbers of 32 bits on a chip of 45 nm (Horowitz 2014)."""
ARITHMETIC = MULTIPLY + ADD
"""Joules for a multiply-add: the arithmetic alone, without fetching its numbers."""
FETCH = 1.3e-9, 2.6e-9
"""Joules to fetch 64 bits from memory outside of the chip, at least and at most (Horowitz 2014)."""
SYNAPSE = {"TrueNorth": 26 * PICO, "Loihi": 23.6 * PICO}
"""Joules for one spike at one connection (Merolla 2014: whole chip at 20 spikes a second; Davies 2018)."""


@dataclass(frozen=True)
class Training:
    """One training, as its source gives it; None where the source gives nothing.

    Attributes
    ----------
    weights, tokens : how many parameters, and how many pieces of text it read.
    operations : multiplications and additions, counted one by one.
    energy, carbon : megawatt-hours, and tons of CO₂ (with other gases counted as CO₂).
    sources : where these numbers stand.
    """

    name: str
    year: int
    weights: float | None
    tokens: float | None
    operations: float | None
    energy: float | None
    carbon: float | None
    sources: str

    @property
    def by_hand(self) -> float | None:
        """6 × weights × tokens: two operations for a weight and a token forward, four on the way back."""
        return 6 * self.weights * self.tokens if self.weights and self.tokens else None

    @property
    def intensity(self) -> float | None:
        """Kilograms of CO₂ a kilowatt-hour, as its energy and its carbon say."""
        return self.carbon / self.energy if self.energy and self.carbon is not None else None


TRAININGS: dict[str, Training] = {
    "transformer": Training("Transformer, big", 2017, 213e6, None, None, 0.201, 192 * POUND / KILO, STRUBELL),
    "bert": Training("BERT, base", 2018, 110e6, None, None, 1.507, 1438 * POUND / KILO, STRUBELL),
    "search": Training("a search, measured", 2021, None, None, 2.91e21, 7.5, 3.2, PATTERSON),
    "gshard": Training("GShard", 2020, 619e9, None, 1.33e22, 24.1, 4.8, PATTERSON),
    "t5": Training("T5", 2019, 11e9, None, 4.05e22, 85.7, 46.7, PATTERSON),
    "switch": Training("Switch", 2021, 1.5e12, None, 8.22e22, 179, 72.2, PATTERSON),
    "meena": Training("Meena", 2020, 2.6e9, None, 1.12e23, 232, 96.4, PATTERSON),
    "bloom": Training("BLOOM", 2022, 176e9, 366e9, None, 433.195, 24.7, LUCCIONI),
    "llama": Training("LLaMA, 65B", 2023, 65.2e9, 1.4e12, None, 449, 173, TOUVRON),
    "guess": Training("a search, guessed", 2019, None, None, None, 656.347, 626_155 * POUND / KILO, STRUBELL),
    "gpt3": Training("GPT-3", 2020, 175e9, 300e9, 3.14e23, 1287, 552.1, f"{BROWN}; {PATTERSON}"),
    "llama3": Training("Llama 3.1, 405B", 2024, 405e9, 15.6e12, 3.8e25, None, 8930, LLAMA3),
}
"""Published trainings, by energy, as they are drawn.

Gross carbon where a paper also subtracts bought green energy; ``guess`` is Strubell's estimate of the search that found
the Evolved Transformer, ``search`` what those who ran it measured two years later.
"""

GRIDS: dict[str, tuple[str, float | None, str]] = {
    "own": ("as in its source", None, ""),
    "france": ("France, 57 g a kWh", 0.057, LUCCIONI),
    "usa": ("USA, 429 g a kWh", 0.429, PATTERSON),
}
"""Electricity: its name for people, kilograms of CO₂ a kilowatt-hour, source."""


BLOOM_ELSEWHERE = 183.0
"""Tons of CO₂ for BLOOM as Touvron et al. estimate it, with the electricity of the United States' average for all."""


def carbon(one: Training, grid: str) -> float | None:
    """Return tons of CO₂ with that electricity: its own number, or energy times what a kilowatt-hour emits."""
    intensity = GRIDS[grid][1]
    if intensity is None:
        return one.carbon
    return one.energy * intensity if one.energy else None  # a MWh at a kg a kWh is a ton


def operations(one: Training) -> tuple[float | None, bool]:
    """Return the operations, and whether we worked them out because the source gives none."""
    return (one.operations, False) if one.operations else (one.by_hand, True)


def joules_an_operation(one: Training) -> float:
    """Return what an operation cost in all: memory, network and cooling included."""
    assert one.energy
    assert one.operations
    return one.energy * MEGA * HOUR / one.operations


MACHINE = 2 * joules_an_operation(TRAININGS["gpt3"])
"""Joules for a multiply-add on the machines that trained GPT-3, all included."""
