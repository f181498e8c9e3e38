"""A page does not wait for a slow server, and sees what came later."""

import threading
import time

import pytest

from genoview.io.formats import LocalFileError
from genoview.io.measured.waiting import Readings, StillReading, brief_reads


def until(done: object) -> None:
    for _ in range(200):
        if callable(done) and done():
            return
        time.sleep(0.02)
    raise AssertionError("it has not come")


def test_what_is_slow_comes_with_the_next_look() -> None:
    readings, gate, calls = Readings("host.test"), threading.Event(), list[int]()

    def read() -> str:
        calls.append(1)
        gate.wait(10)
        return "values"

    with brief_reads(0.01):
        for _ in range(2):  # the second look joins the first reading
            with pytest.raises(StillReading, match=r"^being read from host\.test …$"):
                readings.call("key", read)
    assert readings.is_reading and readings.n_late == 0 and calls == [1]
    gate.set()
    until(lambda: not readings.is_reading)
    assert readings.n_late == 1
    with brief_reads(5):
        assert readings.call("key", read) == "values"
    assert readings.n_late == 1  # nobody missed that one


def test_others_wait_until_it_is_there() -> None:
    assert Readings("host").call("key", lambda: "values") == "values"


def test_a_fault_is_not_read_again_at_each_look() -> None:
    readings, calls = Readings("host"), list[int]()

    def fail() -> None:
        calls.append(1)
        raise LocalFileError("It is not there.")

    for _ in range(3):
        with brief_reads(5), pytest.raises(LocalFileError, match="not there"):
            readings.call("key", fail)
    assert calls == [1]
    readings.forget()
    with brief_reads(5), pytest.raises(LocalFileError, match="not there"):
        readings.call("key", fail)
    assert calls == [1, 1]
