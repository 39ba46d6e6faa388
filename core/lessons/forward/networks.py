"""The networks of the lesson on forward propagation."""

from core.nn.small import Small, theta_of

TWICE = Small((1, 3, 2, 1))
"""The network that the lesson on forward propagation opens with: no biases, so that doubling passes through it."""

XOR = Small((2, 2, 1))
XOR_BY_HAND = theta_of([[1, 1, 0], [1, 1, -1]], [[1, -2, 0]])
"""h = relu(x1 + x2), relu(x1 + x2 - 1); y = h1 - 2 h2. By hand: training may not find it (Goodfellow 2016, 6.1)."""
