"""Policy gradient: a network says how likely each move is, and moves become likelier by what followed (REINFORCE).

Nobody says which move was right. So the network is told that the move it took was right, and as strongly as the rewards
that followed were large: cross-entropy with targets that hold the return where a 1 would stand (Williams 1992).
"""

from collections.abc import Sequence

import numpy as np

from core.lessons.reward.world import DISCOUNT, ENDS, LEADS_TO, MOST, MOVES, START, STATES, World
from core.nn.layers import stack
from core.nn.losses import Loss, softmax
from core.nn.network import Network, columns
from core.nn.optimizers import SGD
from core.nn.tape import Array, Tape

HIDDEN = (16,)
RATE = 0.02
FOLLOWS = 0.1
"""How far each episode moves the baseline, the usual return, toward its own."""


def weighted_cross_entropy(z: Array, y: Array) -> Array:
    """l = - sum of y_k log p_k, where y holds the return at the move that was made and 0 elsewhere."""
    z = z - z.max(0)
    return y.sum(0) * np.log(np.exp(z).sum(0)) - (y * z).sum(0)


def weighted_gradient(z: Array, y: Array, n: float) -> Array:
    """dz = G p - y: the return G times (p - 1) for the move that was made, and times p for the others."""
    return (softmax(z) * y.sum(0) - y) * (1 / n)


REINFORCE = Loss("one-hot", weighted_cross_entropy, weighted_gradient)


def returns_of(rewards: Array) -> Array:
    """Return what followed each step, (steps, ...): its reward and, discounted, all later ones.

    >>> returns_of(np.array([0.0, 0.0, 10.0])).round(2).tolist()
    [8.1, 9.0, 10.0]
    """
    after, total = np.zeros_like(rewards), np.zeros(rewards.shape[1:])
    for t in reversed(range(len(rewards))):
        total = rewards[t] + DISCOUNT * total
        after[t] = total
    return after


def play(world: World, chances: Array, draws: Array) -> tuple[Array, Array, Array, Array]:
    """Play one episode a robot, each move drawn by its chances (robots, STATES, 4).

    Returns
    -------
    cells, moves, rewards, going : (steps, robots) each; ``going`` is False after a robot's episode has ended.
    """
    pays, robots, upto = world.rewards(), np.arange(len(chances)), chances.cumsum(axis=-1)
    at, alive = np.full(len(chances), START), np.ones(len(chances), bool)
    rows = []
    for draw in draws:
        move = np.minimum((draw[:, None] > upto[robots, at]).sum(axis=1), len(MOVES) - 1)
        rows.append((at, move, pays[at, move] * alive, alive))
        at = np.where(alive, LEADS_TO[at, move], at)
        alive = alive & ~ENDS[at]
        if not alive.any():
            break
    cells, moves, rewards, going = (np.array(each) for each in zip(*rows, strict=True))
    return cells, moves, rewards, going


def learn(worlds: Sequence[World], baseline: bool, runs: int, seed: int = 0, rate: float = RATE) -> dict[str, Array]:
    """Let several networks learn side by side; the world of each episode is given.

    Returns
    -------
    chances : (episodes + 1, runs, STATES, 4) of each move before the first episode and after each.
    returns : (episodes, runs) the discounted rewards of each episode.
    first : (episodes, runs, 4) the first step: the move, its chance, the return, the baseline.
    """
    rng, robots = np.random.default_rng(seed), np.arange(runs)
    network = Network(stack(HIDDEN, len(MOVES), "tanh", inputs=STATES), STATES, runs, np.float64)
    network.start(range(seed, seed + runs))
    x, y = columns(np.eye(STATES), network.dtype).T, np.zeros((len(MOVES), runs, STATES))
    asking, learning = Tape(network.dtype), Tape(network.dtype)
    z = network.record_forward(asking, x)
    network.record_gradient(learning, x, y, REINFORCE, share=STATES)
    optimizer, usual = SGD(), np.zeros(runs)
    snapshots, returns, first = [], np.zeros((len(worlds), runs)), np.zeros((len(worlds), runs, 4))
    for episode, world in enumerate(worlds):
        chances = softmax(z).transpose(1, 2, 0)
        snapshots.append(chances)
        cells, moves, rewards, going = play(world, chances, rng.random((MOST, runs)))
        after = returns_of(rewards)
        y[:] = 0
        for t in range(len(cells)):
            y[moves[t], robots, cells[t]] += going[t] * (after[t] - usual)
        first[episode] = np.stack([moves[0], chances[robots, START, moves[0]], after[0], usual], axis=1)
        returns[episode] = after[0]
        if baseline:
            usual = usual + FOLLOWS * (after[0] - usual)
        learning.replay()
        network.theta -= optimizer.update(network.theta, network.grad, np.empty(0), rate)
        asking.replay()
    snapshots.append(softmax(z).transpose(1, 2, 0))
    return {"chances": np.array(snapshots), "returns": returns, "first": first}
