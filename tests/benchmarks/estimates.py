"""Is training as long as the budget of a link takes it to be?

    uv run python tests/benchmarks/estimates.py

Printed is the estimated time of an experiment over its measured CPU time, the best of three runs. Between 0.2 and 8
the estimate is of the right size: the budget is there to keep a link from holding a server up for minutes.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path
from time import process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

from core.training.engine import train
from core.training.experiment import Experiment, lawful, seconds_an_epoch

WORKS = (
    ({"hidden": (128,) * 3, "batch_size": 2000, "samples": 2000}, 15),
    ({"dataset": "digits", "samples": 1797, "hidden": (64, 64), "activation": "relu"}, 12),
    ({"batch_size": 1, "hidden": (8,) * 6, "batch_norm": True, "dropout": 0.2}, 4),
    ({"activation": "gelu", "samples": 2000}, 4),
    ({"optimizer": "sgd", "samples": 2000}, 40),
)


def seconds(e: Experiment) -> float:
    """Train once; return the CPU time."""
    start = process_time()
    train(e)
    return process_time() - start


def main() -> None:
    for changes, epochs in WORKS:
        e = lawful(replace(Experiment(), epochs=epochs, **changes))[0]
        ratio = seconds_an_epoch(e) * e.epochs / min(seconds(e) for _ in range(3))
        print(f"estimated / measured {ratio:5.1f}{'' if 0.2 < ratio < 8 else '  of the wrong size'}  {e.to_query()}")


if __name__ == "__main__":
    main()
