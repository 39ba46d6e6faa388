import threading
import time

import pytest

from core.ui.line import Line


def started(work, count=1):
    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_short_pages_run_one_after_another():
    line, inside, most = Line(long=30.0), [], []

    def page():
        with line.turn():
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.002)
            inside.pop()

    for thread in started(page, 20):
        thread.join(20)
    assert most == [1] * 20


def test_a_long_page_lets_the_next_one_begin_and_takes_no_turn_away_when_it_ends():
    line, over, second, third = Line(long=0.05), threading.Event(), threading.Event(), threading.Event()

    def training():
        with line.turn():
            second.wait(20)

    def click():
        with line.turn():
            second.set()
            over.wait(20)

    def another():
        with line.turn():
            third.set()

    (long,) = started(training)
    while line._free.is_set():
        time.sleep(0.001)
    started(click)
    assert second.wait(20)  # though the first one is still at work
    long.join(20)
    assert not line._free.is_set()  # its end is not the end of the second one's turn
    started(another)
    assert third.wait(20)
    over.set()


def test_a_page_that_stops_with_an_error_gives_its_turn_away():
    line = Line(long=30.0)
    with pytest.raises(ZeroDivisionError), line.turn():
        raise ZeroDivisionError
    with line.turn():
        pass
