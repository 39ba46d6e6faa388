"""Logic gates over two inputs: the smallest datasets there are."""

import numpy as np

Array = np.ndarray

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
"""The four inputs of a gate, (4, 2)."""

GATES: dict[str, Array] = {
    "and": np.array([0, 0, 0, 1]),
    "or": np.array([0, 1, 1, 1]),
    "nand": np.array([1, 1, 1, 0]),
    "xor": np.array([0, 1, 1, 0]),
}
"""What each gate answers at the four corners."""
