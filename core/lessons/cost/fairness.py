"""Who gets a loan: a made-up table, a network of one neuron that learns from it, and what becomes of two groups."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.data.prepare import prepare_rows
from core.data.spec import Data
from core.training.building import network_of, recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit

Array = np.ndarray
GROUPS = ("A", "B")
PEOPLE, JUDGED = 2000, 10_000
GAP = 0.8
COLUMNS = {"all": ("income", "district", "group"), "blind": ("income", "district"), "income": ("income",)}
RULES = ("one", "shares", "hits")
RUN = Experiment(hidden=(), optimizer="adam", learning_rate=0.1, batch_size=PEOPLE, epochs=120)
"""No hidden layer, all rows in each step: it ends at the one lowest loss, wherever it starts."""
EASY, LUCK = 0.3, 0.7
"""What everybody has towards paying back, and how much the table can't know."""


@dataclass(frozen=True)
class Table:
    """People: income (in spreads from the mean), number of the district, group (0: A, 1: B), who would pay back."""

    income: Array
    district: Array
    group: Array
    pays: Array

    def rows(self, columns: tuple[str, ...]) -> Array:
        """Return the columns as inputs, (N, columns)."""
        return np.stack([getattr(self, name) for name in columns], axis=1).astype(float)


def people(n: int, gap: float, seed: int) -> Table:
    """Make up people. Half are of group B; most of them live in the districts with high numbers.

    Somebody pays back when income + luck + `EASY` is above 0; for B it must be above ``gap``, a disadvantage that no
    column names.
    """
    rng = np.random.default_rng([30, seed])
    group = np.arange(n) % 2
    income = rng.normal(size=n)
    district = np.clip(np.rint(5 + 2 * (2 * group - 1) + 1.2 * rng.normal(size=n)), 1, 9)
    pays = income + LUCK * rng.normal(size=n) + EASY > gap * group
    return Table(income, district, group, pays)


@dataclass(frozen=True)
class Learned:
    """One neuron: a weight for each column, in spreads of it, and what it says of the people it's judged on."""

    columns: tuple[str, ...]
    weights: Array
    bias: float
    chance: Array
    judged: Table


def learn(columns: tuple[str, ...], gap: float, seed: int = 0) -> Learned:
    """Train one neuron on `PEOPLE` rows and let it judge `JUDGED` others."""
    seen, judged = people(PEOPLE, gap, seed), people(JUDGED, gap, seed + 1000)
    data = Data(seen.rows(columns), seen.pays.astype(np.int64), "classification", ("no", "yes"), columns, "pays back")
    every = np.arange(PEOPLE)
    ready = prepare_rows(data, every, every[:0], ())
    network = network_of(RUN, len(columns))
    network.start([0])
    fit(network, recipe_of(RUN), (ready.X_train, ready.y_train), snapshot_every=0)
    z = network.outputs_for(ready.scaler.apply(judged.rows(columns)))[0].astype(float)
    *weights, bias = network.p["0.W"][0].astype(float)
    return Learned(columns, np.array(weights), float(bias), 1 / (1 + np.exp(-z)), judged)


def accepted(found: Learned, rule: str) -> Array:
    """Return who gets the loan.

    ``one``: whoever pays back more likely than not. ``shares`` and ``hits`` give each group a limit of its own, so that
    as large a share of both gets it as of all under the one limit; of everybody, or of those who'd pay back.
    """
    yes, judged = found.chance >= 0.5, found.judged
    if rule == "one":
        return yes
    counted = judged.pays if rule == "hits" else np.ones(JUDGED, bool)
    share = yes[counted].mean()
    limits = [np.quantile(found.chance[(judged.group == g) & counted], 1 - share) for g in (0, 1)]
    return found.chance >= np.take(limits, judged.group)


def rates(found: Learned, rule: str) -> dict[str, list[float]]:
    """Return for groups A and B: who'd pay back, who is accepted, how many of the one are of the other."""
    yes, judged = accepted(found, rule), found.judged
    table: dict[str, list[float]] = {"base": [], "share": [], "hits": [], "precision": []}
    for g in (0, 1):
        mine = judged.group == g
        pays, took = judged.pays[mine], yes[mine]
        both = (pays & took).mean()
        row = {"base": pays.mean(), "share": took.mean(), "hits": both / pays.mean(), "precision": both / took.mean()}
        for name, value in row.items():
            table[name].append(float(value))
    return table


def judged(columns: str, gap: float, seed: int = 0) -> dict[str, Any]:
    """Return what one network weighs, and what each rule makes of it, as plain numbers."""
    found = learn(COLUMNS[columns], gap, seed)
    return {"weights": found.weights.tolist(), "rates": {rule: rates(found, rule) for rule in RULES}}


def gaps(columns: str, gap: float, seeds: int) -> Array:
    """Return by how much more of A than of B is accepted under the one limit, for several tables, (S,)."""
    each = [rates(learn(COLUMNS[columns], gap, seed), "one")["share"] for seed in range(seeds)]
    return np.array([a - b for a, b in each])
