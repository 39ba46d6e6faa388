"""How many times as long as backpropagation does nudging every parameter take, as lesson 4 says of the server?

uv run python tests/benchmarks/nudging.py [16-8-4 64-32-10]
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

from core.lessons.backprop.gradient_studies import SIZES, nudging_cost


def main() -> None:
    for text in sys.argv[1:] or ["16-8-4", SIZES]:
        parameters, ratio, _ = nudging_cost(tuple(map(int, text.split("-"))))
        print(f"{text:12} {parameters:6,} parameters: nudging takes {ratio:6,.0f} times as long")


if __name__ == "__main__":
    main()
