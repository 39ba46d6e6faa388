"""Sweeps from many starts, what each rule picks, and a training at each pick: all in a few stacked passes."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES
from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.curvature import curvatures
from core.training.experiment import Experiment, seconds_an_epoch
from core.training.finder import HIGH, LOW, STEPS, Found, find_many
from core.training.loop import fit

Progress = Callable[[int], None] | None
DIGITS = Experiment(
    dataset="digits", samples=1797, hidden=(32,), activation="relu", optimizer="sgd", epochs=10, learning_rate=1.0
)
"""What the page opens on."""
SEEDS = 20
RULES = ("steepest", "tenth", "valley")
GRID = (1e-5, 3e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Rates two to a decade, at which a few starts are trained to see which are good."""
CUT = 10
"""Tools such as torch-lr-finder leave out so many of a sweep's first steps."""
FEW = 5
TINY = 0.001
"""At rates below this these networks learn next to nothing in so few epochs."""
UNUSED = (
    "learning_rate",
    "schedule",
    *(f for one in SCHEDULES.values() for _, f in one.settings),
    "epochs",
    "patience",
    "seed",
)
"""An experiment's fields that a sweep does without."""
EPOCHS, SECONDS = 10, 4.0
"""Trainings at the picks take so many epochs, or fewer where they would take longer than so many seconds."""


def plain(e: Experiment) -> Experiment:
    """Return an experiment as it is swept: a constant rate, nothing that ends it early, few epochs."""
    fewer = int(SECONDS / (seconds_an_epoch(e) * len(RULES) * SEEDS))
    epochs = max(1, min(EPOCHS, fewer))
    return replace(e, schedule="constant", patience=0, learning_rate=1.0, epochs=epochs, seed=0)


def sweeps(e: Experiment) -> dict[str, Array]:
    """Sweep from `SEEDS` starts.

    Returns
    -------
    rates (STEPS,), losses and smooth (SEEDS, STEPS), NaN where a sweep broke, and each rule's picks (SEEDS,); "cut" is
    steepest without the first `CUT` steps
    """
    found = find_many(plain(e), range(SEEDS))
    room = np.full((2, SEEDS, STEPS), np.nan)
    for k, one in enumerate(found):
        room[0, k, : len(one.losses)], room[1, k, : len(one.smooth)] = one.losses, one.smooth
    picks = {rule: np.array([_pick(one, rule) for one in found]) for rule in (*RULES, "at_minimum")}
    picks["cut"] = np.array([one.steepest_after(CUT) if len(one.rates) > CUT + 2 else LOW for one in found])
    return {"rates": np.geomspace(LOW, HIGH, STEPS), "losses": room[0], "smooth": room[1]} | picks


def _pick(one: Found, rule: str) -> float:
    """What a rule picks; the lowest rate where a sweep broke before there was anything to see."""
    return float(getattr(one, rule)) if len(one.rates) > 2 else LOW


def bad(picks: Array) -> int:
    """Return how many of some picks are too low to learn anything."""
    return int((picks < TINY).sum())


def usually(ends: dict[str, Array]) -> bool:
    """Return whether steepest ends lowest of the rules in the middle, and at its worst start far above that."""
    middle = {rule: float(np.median(ends[rule])) for rule in RULES}
    return middle["steepest"] == min(middle.values()) and bool(ends["steepest"].max() > 10 * middle["steepest"])


def trained(e: Experiment, rates: Array, seeds: Array, progress: Progress = None) -> dict[str, Array]:
    """Train once at each rate, from each one's own start, all in one pass.

    Parameters
    ----------
    rates, seeds : (M,)
    progress : called after each epoch.

    Returns
    -------
    training loss and test score (accuracy, or R^2) after the last epoch, (M,) each; infinite loss where it broke
    """
    e, data = plain(e), prepare_experiment(plain(e))
    network = network_of(e, data.X_train.shape[1], len(rates))
    network.start(seeds.tolist())
    recipe = recipe_of(e, relative_rates=np.asarray(rates), dropout_seeds=tuple(seeds.tolist()))
    record = fit(network, recipe, (data.X_train, data.y_train), (data.X_test, data.y_test), 0, progress)
    loss, score = np.array(record.train_loss[-1], float), np.array(record.test_accuracy[-1], float)
    broken = ~np.isfinite(loss)
    return {"loss": np.where(broken, np.inf, loss), "score": np.where(broken, np.nan, score)}


def at_picks(e: Experiment, picks: dict[str, Array], progress: Progress = None) -> dict[str, Array]:
    """Train from each start at what each rule picked there: losses by rule ``(SEEDS,)``, scores as ``rule score``."""
    rates = np.concatenate([picks[rule] for rule in RULES])
    ends = trained(e, rates, np.tile(np.arange(SEEDS), len(RULES)), progress)
    parts = {rule: slice(k * SEEDS, (k + 1) * SEEDS) for k, rule in enumerate(RULES)}
    return {rule: ends["loss"][part] for rule, part in parts.items()} | {
        f"{rule} score": ends["score"][part] for rule, part in parts.items()
    }


def at_grid(e: Experiment, progress: Progress = None) -> Array:
    """Return the training loss after training at each rate of `GRID` from `FEW` starts: ``(FEW, len(GRID))``."""
    seeds = np.tile(np.arange(FEW), len(GRID))
    return trained(e, np.repeat(GRID, FEW), seeds, progress)["loss"].reshape(len(GRID), FEW).T


def best_of(grid: Array) -> tuple[float, float]:
    """Return the rate whose median ends lowest, and that loss."""
    middle = np.median(grid, axis=0)
    return GRID[int(np.argmin(middle))], float(middle.min())


def domain(ends: dict[str, Array], grid: Array) -> tuple[float, float]:
    """Return the ends of an axis for all these losses; what broke or grew lies at its top."""
    all_of = np.concatenate([*(ends[rule] for rule in RULES), grid.ravel()])
    seen = all_of[np.isfinite(all_of) & (all_of > 0)]
    if not len(seen):
        return 0.1, 10.0
    low = float(max(seen.min() / 1.3, 1e-6))
    return low, float(np.clip(np.quantile(seen, 0.95) * 3, 2 * low, 1e5 * low))


def limit(e: Experiment, seed: int) -> float | None:
    """Return 2 / λ at a start's first weights; None where it says nothing about the optimizer's steps."""
    if OPTIMIZERS[e.optimizer].memory or e.dropout or e.batch_norm or e.residual:
        return None
    found = float(curvatures(plain(e), [seed])[0])
    return 2 / found if found > 0 else None
