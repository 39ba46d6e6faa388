"""The numbers that the lesson's sentences speak of, by the names of their places."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from core.charts.naming import RAISED
from core.lessons.cost import counting, energy, fairness, published, spiking, words
from core.lessons.cost.published import PICO, TRAININGS

BILLION = 1e9
DOMAINS = {"energy": (1e-2, 1e5), "carbon": (1e-2, 1e6), "operations": (1e21, 1e28), "run": (1e-6, 1e4)}
EVERY = {"energy": 1, "carbon": 2, "operations": 2}
"""Powers of ten from one number of the axis to the next."""
CODE: dict[str, tuple[Any, ...]] = {
    "run": (counting.work_of, counting.step, counting.taken, energy.estimates),
    "models": (published.Training, published.carbon),
    "spike": (spiking.simulate, spiking.rate),
    "fair": (fairness.people, fairness.learn, fairness.accepted, fairness.rates),
}
FIRST = (8, 32)
"""Width and batch size of the run that the first question speaks of."""
STRONG, WEAK, USUAL = 1.1, 0.9, (spiking.LEAK, spiking.PAUSE)


def of_run(found: Mapping[str, Any], watts: float) -> dict[str, Any]:
    """Return what is said of a run that was counted and timed."""
    guess = energy.estimates(found["multiply_adds"], found["seconds"], watts)
    return {
        "multiply_adds": found["multiply_adds"],
        "steps": found["steps"],
        "seconds": found["seconds"],
        "time_said": energy.written(found["seconds"], "s"),
        "ratio": found["backward"] / found["forward"],
        "apart": guess.apart,
        "apart_said": f"{float(f'{guess.apart:.2g}'):,.0f}",
        "arithmetic_said": energy.written(guess.arithmetic),
        "clock_said": energy.written(guess.clock),
        "grams": energy.written(guess.grams, "g"),
    }


def assumed() -> dict[str, float]:
    """Return what the estimates assume."""
    return {
        "arithmetic": published.ARITHMETIC / PICO,
        "machine": published.MACHINE / PICO,
        "fetch": published.FETCH[0] / published.ARITHMETIC,
        "grid": 1000 * energy.GRID,
        "watts": float(energy.WATTS),
        "pieces": float(counting.PIECES),
    }


class Known(NamedTuple):
    """A training of which sentences speak, in numbers; 0 where its source gives none and no sentence needs one."""

    weights: float
    energy: float
    carbon: float


def known(name: str) -> Known:
    """Return what a training's source says."""
    one = TRAININGS[name]
    return Known(one.weights or 0.0, one.energy or 0.0, one.carbon or 0.0)


def of_models() -> dict[str, float]:
    """Return what is said of published models."""
    gpt3, bloom, switch, guess, search = map(known, ("gpt3", "bloom", "switch", "guess", "search"))
    return {
        "gpt3": gpt3.carbon,
        "gpt3_energy": gpt3.energy,
        "gpt3_weights": gpt3.weights / BILLION,
        "bloom": bloom.carbon,
        "bloom_energy": bloom.energy,
        "bloom_weights": bloom.weights / BILLION,
        "bloom_usa": published.carbon(TRAININGS["bloom"], "usa") or 0.0,
        "bloom_touvron": published.BLOOM_ELSEWHERE,
        "times": gpt3.carbon / bloom.carbon,
        "switch_billions": switch.weights / BILLION,
        "switch_weights": switch.weights / gpt3.weights,
        "switch_energy": switch.energy / gpt3.energy,
        "guess": guess.carbon,
        "search": search.carbon,
        "wrong": guess.carbon / search.carbon,
    }


def rows(what: str, grid: str) -> tuple[list[tuple[str, float, str]], list[str]]:
    """Return what is drawn of each model, the least first, and the names of those whose number we worked out.

    Parameters
    ----------
    what : "energy", "carbon" or "operations".
    grid : the electricity, for the carbon.
    """
    drawn: list[tuple[str, float, str]] = []
    hollow: list[str] = []
    for one in TRAININGS.values():
        value, ours = one.energy, False
        if what == "operations":
            value, ours = published.operations(one)
        elif what == "carbon":
            value, ours = published.carbon(one, grid), grid != "own"
        if value is not None:
            drawn.append((one.name, value, in_digits(value)))
            hollow += [one.name] if ours else []
    return sorted(drawn, key=lambda row: row[1]), hollow


def yours(what: str, grid: str, run: Mapping[str, Any]) -> str:
    """Return what is said of the first view's run, counted and timed, beside models that took far more."""
    mine = energy.estimates(run["multiply_adds"], run["seconds"])
    grams = mine.clock / energy.KWH * published.KILO * (published.GRIDS[grid][1] or energy.GRID)
    return words.YOURS[what].format(
        energy_said=energy.written(mine.clock), carbon_said=energy.written(grams, "g"), operations=run["operations"]
    )


def in_digits(value: float) -> str:
    """Return an amount as it stands beside its dot.

    >>> in_digits(3.14e23), in_digits(552.1), in_digits(1.5e-12)
    ('3.1·10²³', '552', '1.5·10⁻¹²')
    """
    if 0.01 <= value < 1e5:
        return f"{value:,.0f}" if value >= 99.95 else f"{value:.3g}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}·10" + str(int(power)).translate(RAISED)


def weights_in_words(count: float) -> str:
    """Return how many weights a network has, in millions or billions.

    >>> weights_in_words(1.571e12), weights_in_words(213e6), weights_in_words(1.5e9)
    ('1,571 billion', '213 million', '1.5 billion')
    """
    size, name = (count / BILLION, "billion") if count >= BILLION else (count / 1e6, "million")
    return f"{size:,.0f} {name}" if size >= 9.95 else f"{size:.2g} {name}"


def sentence(one: published.Training) -> str:
    """Return what its source says of one training."""
    size = [words.WEIGHTS_SAID.format(weights_in_words(one.weights))] if one.weights else []
    size += [f"{in_digits(one.energy)} MWh"] if one.energy else []
    size += [f"{in_digits(one.carbon)} t of CO₂"] if one.carbon else []
    return words.SOURCE.format(name=one.name, year=one.year, said=", ".join(size), source=one.sources)


def table() -> pd.DataFrame:
    """Return every published number with its source."""
    columns = ["name", "year", "weights", "tokens", "operations", "energy", "carbon", "sources"]
    each = pd.DataFrame([[getattr(one, name) for name in columns] for one in TRAININGS.values()], columns=columns)
    return each.rename(columns={"energy": "energy, MWh", "carbon": "CO₂, t"})


def first_people(gap: float, seed: int = 0, n: int = 12) -> pd.DataFrame:
    """Return the first rows of a made-up table."""
    made = fairness.people(fairness.PEOPLE, gap, seed)
    return pd.DataFrame({
        "income": made.income[:n].round(2), "district": made.district[:n].astype(int),
        "group": np.take(list(fairness.GROUPS), made.group[:n]), "pays back": np.where(made.pays[:n], "yes", "no"),
    })  # fmt: skip


def of_spikes(current: float, leak: float, pause: float) -> dict[str, float]:
    """Return what is said of a neuron with these settings, leak and pause in seconds."""
    spikes, event = spiking.in_window(current, leak, pause), published.SYNAPSE["TrueNorth"]
    return {
        "spikes": spikes,
        "window": round(1000 * spiking.WINDOW),
        "rate": spiking.counted(current, leak, pause),
        "every": 1000 * spiking.between(current, leak, pause),
        "limit": 1 / pause if pause else float("inf"),
        "current": current,
        "pause": 1000 * pause,
        "picojoules": spikes * event / PICO,
        "times": spikes * event / published.MACHINE,
    }


def asked_of_spikes() -> dict[str, float]:
    """Return what the question about the neuron and its answer speak of."""
    chips = {name.lower(): joules / PICO for name, joules in published.SYNAPSE.items()}
    counts = {
        f"{name}_count": len(spiking.simulate(current, *USUAL, spiking.COUNTED)[1])
        for name, current in (("strong", STRONG), ("weak", WEAK))
    }
    more = {"strong": STRONG, "weak": WEAK, "seconds": spiking.COUNTED, "machine": published.MACHINE / PICO}
    more["arithmetic"] = published.ARITHMETIC / PICO
    return chips | counts | more | {"strong_rate": spiking.counted(STRONG, *USUAL)}


def of_groups(table: Mapping[str, list[float]], weights: Mapping[str, float]) -> dict[str, float]:
    """Return what is said of two groups' shares, and of the district's weight (0 where the neuron doesn't see it)."""
    shares = {f"{name}_{group}": table[name][g] for name in table for g, group in enumerate("ab")}
    shares["district"] = weights.get("district", 0.0)
    return shares | {"most": 100 * max(abs(a - b) for name, (a, b) in table.items() if name != "base")}


def asked_of_groups(seen: Mapping[str, list[float]], hidden: Mapping[str, list[float]]) -> dict[str, float]:
    """Return what the question about the groups speaks of: shares under one limit, with the group and without."""
    (a, b), (c, d) = seen["share"], hidden["share"]
    gaps = {"with_gap": 100 * (a - b), "without_gap": 100 * (c - d), "left": (c - d) / (a - b)}
    return gaps | {"a": a, "b": b, "people": fairness.PEOPLE}
