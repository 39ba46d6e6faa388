"""Only one trains at any moment, a short run overtakes a long one, and a run that fails gives its turn back."""

import threading
import time

import pytest

from core.training.engine import train
from core.training.experiment import Experiment
from core.workshop import cache
from core.workshop.turns import TRAINING, Once, Turns


def work(turns, epochs, log, name, after_first=lambda: None):
    """Take turns for so many epochs, noting who is at work when."""
    with turns.take() as let_others:
        for epoch in range(epochs):
            log += [(name, "in"), (name, "out")]
            if epoch == 0:
                after_first()
            let_others(epoch)


def begin(turns, epochs, log, name):
    """Start work that waits in its first epoch until another wants the turn."""
    begun = threading.Event()

    def until_another_waits():
        begun.set()
        while not turns._queue:
            time.sleep(0.001)

    thread = threading.Thread(target=work, args=(turns, epochs, log, name, until_another_waits), daemon=True)
    thread.start()
    assert begun.wait(10)
    return thread


def test_one_at_a_time_and_a_short_run_overtakes_a_long_one():
    turns, log = Turns(slice_=0), []
    long = begin(turns, 200, log, "long")
    work(turns, 5, log, "short")
    long.join(10)
    assert not long.is_alive()
    assert log[:20:2] == [("long", "in"), ("short", "in")] * 5
    assert log[1::2] == [(name, "out") for name, _ in log[::2]]
    assert len(log) == 410


def test_a_run_is_not_interrupted_before_it_has_had_its_time():
    turns, log = Turns(slice_=60), []
    begin(turns, 9, log, "first")
    work(turns, 2, log, "second")
    assert [name for name, _ in log[::2]] == ["first"] * 9 + ["second"] * 2


def test_a_run_that_fails_gives_its_turn_back():
    turns = Turns()
    with pytest.raises(ValueError, match="broken"), turns.take():
        raise ValueError("broken")
    assert not turns._taken


def test_a_cached_run_is_the_same_run_and_gives_its_turn_back():
    e = Experiment(epochs=7)
    run = cache.run.__wrapped__(cache.query_of(e))
    assert run["train_loss"].tolist() == train(e).train_loss.tolist()
    assert not TRAINING._taken


def test_what_many_ask_for_at_once_is_computed_once_although_it_lets_others_go_on():
    turns, once, begun, found = Turns(slice_=0), Once(), [], []

    def compute():
        begun.append(threading.get_ident())
        with turns.take() as let_others:
            for epoch in range(50):
                time.sleep(0.001)
                let_others(epoch)
        return 7

    threads = [threading.Thread(target=lambda: found.append(once.get("key", compute)), daemon=True) for _ in range(25)]
    for thread in threads:
        thread.start()
    work(turns, 3, [], "another")  # waits for its turn, and gets it, while the others wait for the result
    for thread in threads:
        thread.join(10)
    assert found == [7] * 25
    assert len(begun) == 1


def test_a_result_that_failed_is_computed_by_the_next_who_asks():
    once = Once()
    with pytest.raises(ValueError, match="broken"):
        once.get("key", lambda: int("broken"))
    assert once.get("key", lambda: 3) == 3
    assert once.get("key", lambda: 4) == 3
