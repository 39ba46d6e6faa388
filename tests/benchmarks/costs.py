"""Does the time of a run say what the lesson on cost says of it?

    uv run python tests/benchmarks/costs.py

The page's sentences about time are true of the machine that times the run, and its tests replace the clock. Printed is,
for each of these sentences, the ratio that it needs and the ratio here, the median of five rounds on the lesson's own
clock (processor time).
"""

import os
import sys
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

from core.lessons.cost import counting, energy, study

ROUNDS = 5
RUNS = (study.FIRST, (study.FIRST[0], counting.BATCHES[-1]), (counting.WIDTHS[-1], counting.BATCHES[-1]))
"""Units and batch: of the question, of "All examples in one batch", and of "Where it fails: large arrays"."""


def timed(width: int, batch: int) -> tuple[float, float]:
    """Return the seconds that a run takes, and by what factor time × watts exceeds the energy of its arithmetic."""
    found = counting.measured(width, batch)
    return found["seconds"], energy.estimates(found["multiply_adds"], found["seconds"]).apart


def main() -> None:
    names = ("“Over 1,000 times”: over 1000", "one batch, less time: over 1", "large arrays, less apart: over 1")
    rows: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        (first, apart), (once, _), (_, large) = (timed(*run) for run in RUNS)
        for each, ratio in zip(rows.values(), (apart, first / once, apart / large), strict=True):
            each.append(ratio)
    for name, ratios in rows.items():
        print(f"{name:45}{median(ratios):10.1f}   ({min(ratios):.1f} to {max(ratios):.1f})")


if __name__ == "__main__":
    main()
