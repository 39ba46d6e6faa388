"""The networks of the lesson on backpropagation, with their first weights."""

import numpy as np

from core.nn.small import Small, seeded, theta_of, with_output
from core.nn.tape import Array

CHAIN = Small((1, 1, 1), "tanh", "bce")
CHAIN_THETA = theta_of([[0.8, 0.1]], [[-1.2, 0.3]])
"""One unit a layer, so that the chain rule is a single product."""

PAIR = Small((2, 2, 1), "tanh", "brier")
PAIR_INPUTS = (0.5, 1.0)
SAYS = 0.82
"""What the network says to them: its output's bias is solved for."""

PAIR_THETA = with_output(
    PAIR, theta_of([[0.8, -0.3, 0.1], [0.5, 0.9, -0.2]], [[1.5, 0.4, 0]]), np.array(PAIR_INPUTS), SAYS
)
"""Two inputs, two hidden units; its large output weight hangs on the quiet unit. It says exactly 0.82."""

DEEP = Small((2, 2, 2, 1), "tanh", "brier")
NETWORKS: dict[str, tuple[Small, Array]] = {
    "pair": (PAIR, PAIR_THETA),
    "chain": (CHAIN, CHAIN_THETA),
    "deep": (DEEP, seeded(DEEP, 24, biases=True)),
}
"""Each by its name in the link, with its first weights."""
