"""What the robots learn against value iteration and a linear system, and the network's gradient against nudges."""

import json
import re

import numpy as np
import pytest

from core.charts.described import describe
from core.lessons.reward import charts, policy, qlearning, study, worked
from core.lessons.reward.world import (
    CELLS,
    COLUMNS,
    DISCOUNT,
    ENDS,
    GOAL,
    LEADS_TO,
    MOVES,
    NEAR,
    ROWS,
    START,
    STATES,
    WALLS,
    World,
    path,
)
from core.nn.gradcheck import check, numerical_gradient
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network, columns

WORLDS = [
    World(),
    World({CELLS["c3"]: -5.0}),
    World({CELLS["b3"]: 2.0}),
    World({GOAL: 0.0}),
    World({CELLS["f4"]: 10.0}),
]


def value_of(world, moves):
    """What each cell is worth under fixed moves: V = r + discount * V(next), solved as a linear system."""
    pays, cells = world.rewards(), np.arange(STATES)
    follow = np.zeros((STATES, STATES))
    follow[cells, LEADS_TO[cells, moves]] = np.where(ENDS[LEADS_TO[cells, moves]], 0, DISCOUNT)
    return np.linalg.solve(np.eye(STATES) - follow, pays[cells, moves])


def policy_iteration(world):
    """The best moves' values, found by Howard's policy iteration."""
    moves = np.zeros(STATES, int)
    while True:
        v = value_of(world, moves)
        q = world.rewards() + DISCOUNT * np.where(ENDS[LEADS_TO], 0, v[LEADS_TO])
        better = q.argmax(axis=1)
        if (q[np.arange(STATES), better] <= q[np.arange(STATES), moves] + 1e-10).all():
            return q
        moves = np.where(q.max(axis=1) > q[np.arange(STATES), moves] + 1e-10, better, moves)


@pytest.mark.parametrize("world", WORLDS)
def test_value_iteration_agrees_with_policy_iteration(world):
    np.testing.assert_allclose(world.best(), policy_iteration(world), atol=1e-9)


def test_moves_lead_one_cell_on_or_nowhere():
    for state in CELLS.values():
        for move, (down, right) in enumerate(MOVES.values()):
            row, column = state // COLUMNS + down, state % COLUMNS + right
            free = 0 <= row < ROWS and 0 <= column < COLUMNS and row * COLUMNS + column not in WALLS
            assert LEADS_TO[state, move] == (row * COLUMNS + column if free else state)


def test_running_into_a_wall_pays_nothing():
    """Or a robot could stand against a wall and collect for ever."""
    pays = World({CELLS["f4"]: 5.0}).rewards()
    assert pays[CELLS["f4"], 0] == pays[CELLS["f4"], 1] == 0
    assert pays[CELLS["e4"], 1] == 5


@pytest.mark.parametrize("world", WORLDS)
def test_q_learning_ends_at_the_values_that_are_solved(world):
    """With random moves the table comes within 2% of the solution; worth that comes from circling takes longest."""
    found = qlearning.learn([world] * (1500 if world is WORLDS[-1] else 800), 1.0, 2)["q"][-1]
    inside = [k for k in CELLS.values() if not ENDS[k]]
    exact = policy_iteration(world)[inside]
    np.testing.assert_allclose(found[:, inside].max(axis=2), np.tile(exact.max(axis=1), (2, 1)), rtol=0.02)
    chosen = found[:, inside].argmax(axis=2)
    for moves in chosen:
        assert (exact[np.arange(len(inside)), moves] > 0.98 * exact.max(axis=1)).all()


def test_the_returns_are_the_discounted_rewards():
    rewards = np.array([[0.0], [-5.0], [0.0], [10.0]])
    np.testing.assert_allclose(policy.returns_of(rewards)[0, 0], -5 * 0.9 + 10 * 0.9**3)


def test_a_greedy_walk_pays_what_it_is_worth():
    world = WORLDS[1]
    way = path(world.best().argmax(axis=1))
    assert way[0] == START
    assert way[-1] == GOAL
    paid = [world.own.get(s, 10.0 if s == GOAL else 0.0) for s in way[1:]]
    assert sum(r * DISCOUNT**t for t, r in enumerate(paid)) == pytest.approx(world.best()[START].max())


def test_one_step_by_hand():
    found = qlearning.learn([World()] * 60, 0.5, 3)
    for robot in range(3):
        for episode in range(60):
            cell, move, old, reward, ahead, new = found["steps"][episode, robot]
            assert reward == World().rewards()[int(cell), int(move)]
            assert new == pytest.approx(old + 0.5 * (reward + 0.9 * ahead - old))
            differ = found["q"][episode + 1, robot] != found["q"][episode, robot]
            assert differ[int(cell), int(move)] or not differ.any()


def test_the_step_that_is_shown_changes_something():
    steps = study.by_table(study.CELL, study.REWARD, 0.0)["steps"]
    for robot in range(study.RUNS):
        episode, step = study.telling(steps[:, robot], study.CHANGE)
        assert 1 <= episode <= study.CHANGE
        assert abs(step[5] - step[2]) >= study.TELLING
        later = steps[episode : study.CHANGE, robot]
        assert (np.abs(later[:, 5] - later[:, 2]) < study.TELLING).all()
    assert study.telling(steps[:, 0], 0)[0] == 1


def test_the_best_return_jumps_at_the_change():
    means = np.arange(8.0).reshape(2, 4)
    x, best, robots = charts.at_once(np.array([100, 200, 300, 400]), means, 200, 5.0, 4.0)
    assert x.tolist() == [100, 200, 200, 300, 400]
    assert best.tolist() == [5, 5, 4, 4, 4]
    assert robots[0].tolist() == [0, 1, 1, 2, 3]


@pytest.mark.parametrize("models", [1, 3])
def test_the_networks_gradient_is_that_of_its_loss(models):
    """By finite differences through core/nn's own tape."""
    rng = np.random.default_rng(0)
    network = Network(stack((5,), 4, "tanh", inputs=6), 6, models, np.float64)
    network.start(range(models))
    shape = (4, 6) if models == 1 else (4, models, 6)
    y = rng.normal(size=shape)
    assert check(network, columns(np.eye(6), np.float64).T, y, policy.REINFORCE) < 1e-6


def test_the_gradient_at_the_logits_by_hand():
    z, y = np.random.default_rng(1).normal(size=(4, 7)), np.zeros((4, 7))
    y[[0, 1, 2, 3, 0, 1, 2], range(7)] = [3.0, -2.0, 0.0, 1.0, 5.0, 0.5, -1.0]
    made = policy.REINFORCE.gradient(z, y, 1)
    p = np.exp(z) / np.exp(z).sum(0)
    np.testing.assert_allclose(made, p * y.sum(0) - y)
    one_hot = (y != 0).astype(float)
    one_hot[:, 2] = 0
    np.testing.assert_allclose(
        policy.REINFORCE.each(z, one_hot)[[0, 1, 3]], LOSSES["softmax"].each(z, one_hot)[[0, 1, 3]]
    )
    slope = numerical_gradient(lambda: float(policy.REINFORCE.each(z, y).sum()), z.ravel())  # a view of z
    np.testing.assert_allclose(made.ravel(), slope, atol=1e-6)


def test_a_return_of_nothing_teaches_nothing():
    nothing = World(dict.fromkeys(CELLS.values(), 0.0))
    chances = policy.learn([nothing] * 20, False, 4)["chances"]
    np.testing.assert_array_equal(chances[0], chances[-1])


def test_a_network_learns_alone_what_it_learns_among_others():
    """Networks side by side don't touch each other: the first weights of each are those of its own seed."""
    many = policy.learn([World()], False, 3)["chances"][0]
    for k in range(3):
        network = Network(stack(policy.HIDDEN, 4, "tanh", inputs=STATES), STATES, 1, np.float64)
        network.start([k])
        z = network.outputs_for(np.eye(STATES))
        np.testing.assert_allclose(many[k], (np.exp(z) / np.exp(z).sum(0)).T, atol=1e-12)


def test_ways_are_counted():
    known = np.zeros((1, 3, STATES, 4))
    known[0, 0] = World().best()
    known[0, 1] = World({GOAL: 0.0}).best()
    found = {"known": np.repeat(known, 1, axis=0)}
    counts = study.counted(found, "c3", 0)
    assert (counts["prize"], counts["coin"], counts["nowhere"]) == (1, 1, 1)
    assert (counts["across"], counts["around"], counts["circles"]) == (1, 0, 0)
    known[0, 2] = World({CELLS["b3"]: 2.0}).best()
    assert study.counted({"known": known}, "b3", 0)["circles"] == 1
    assert {way[-1] for way in study.ways(found, 0)[:2]} == {GOAL, NEAR}


def plain(latex):
    text = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"(\1)", latex)
    return re.sub(r"\\(begin|end)\{aligned\}|&|\\quad|\\\\", "", text).replace(r"\times", "*")


@pytest.mark.parametrize(
    "first", [(1, 0, 0, 0, 0), (0, 3.874, 0, 4.304, 3.874), (2, -1.5, -5, 2.0, -3.1 + 0.75), (3, 1, 10, 0, 5.5)]
)
def test_the_worked_line_of_the_table_is_so_as_written(first):
    move, old, reward, ahead, _ = first
    new = old + 0.5 * (reward + 0.9 * ahead - old)
    right, result = plain(worked.table_line((START, move, old, reward, ahead, new))).split("leftarrow")[1].split("=")
    assert eval(right) == pytest.approx(eval(result), abs=0.0051)
    assert eval(result) == pytest.approx(new, abs=0.0051)


@pytest.mark.parametrize("first", [(1, 0.25, 0, 0), (0, 0.9553, 1.264, 0), (2, 0.5, -4.0, 3.2), (3, 1.0, 5.31, 5.0)])
def test_the_worked_line_of_the_network_is_so_as_written(first):
    right, result = plain(worked.network_line(first)).split("=")[-2:]
    assert eval(right) == pytest.approx(eval(result), abs=0.0051)
    assert eval(result) == pytest.approx((first[1] - 1) * (first[2] - first[3]), abs=0.0051)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("own", [("c3", -5), ("e1", 0), ("a2", 10)])
def test_every_map_is_valid(mode, own):
    found = study.by_table(*own, 0.3, runs=2)
    known = found["known"][:30, 0]
    ways = [path(moves) for moves in study.likeliest(known)]
    for chances in (False, True):
        chart = charts.world_map(known, ways, chances, own, [k > 20 for k in range(30)], mode, "World", "key")
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))


def test_the_text_twin_says_the_way():
    known = World().best()
    text = charts.world_map_text(path(known.argmax(axis=1)), known, False, ("c3", -5), 200)
    assert text.startswith("After episode 200 the robot's way is a2, ")
    assert "worth 5.31" in text
    assert text.endswith("c3; after episode 200 it pays −5.")
