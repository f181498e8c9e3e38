"""Rounds of cases, each read in a child process that may crash, swell or freeze."""

import multiprocessing
import multiprocessing.connection
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from genoview.errors import GenoviewError

MOST_S = 10  # of one case, of a core: others may be at work
MOST_GROWTH = 1_000_000_000  # bytes of memory that one case may add
START_S = 120  # of the clock, for a case that hangs
Case = Callable[[Path], object]
"""Reads one thing in an empty folder."""


class TooSlow(BaseException):
    """A case ran past its time; no reader catches it."""


@dataclass
class Round:
    """So many cases of one kind.

    Attributes:
        make: a case of a random source of its own.
        counts: how the cases ended: read, refused, traceback, crash, slow, large.
        faults: a line for each that ended wrongly.
    """

    name: str
    n: int
    make: Callable[[Random], Case]
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    largest: int = 0

    def play(self, seed: int) -> None:
        """All cases; a child that dies is replaced, and the case that killed it is a crash."""
        at = 0
        while at < self.n:
            at = self._some(seed, at)

    def _some(self, seed: int, first: int) -> int:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_work, args=(self, seed, first, theirs), daemon=True)
        child.start()
        theirs.close()
        at = first
        while at < self.n:
            answer = _received(ours)
            if answer is None:
                child.kill()
                child.join()
                self._take(at, ("crash", f"exit code {child.exitcode}", 0.0, 0))
                return at + 1
            self._take(at, answer)
            at += 1
        child.join()
        return at

    def _take(self, at: int, answer: tuple[str, str, float, int]) -> None:
        end, words, seconds, growth = answer
        self.slowest_s, self.largest = max(self.slowest_s, seconds), max(self.largest, growth)
        self.counts[end] += 1
        if end not in ("read", "refused"):
            self.faults.append(f"{self.name} {at}: {end}: {words}")

    @property
    def line(self) -> str:
        """A row of the table."""
        cells = [f"{self.counts[end]:,}" for end in ENDS]
        cells += [f"{self.slowest_s:.1f} s", f"{self.largest / 1e6:,.0f} MB"]
        return f"| {self.name} | {self.n:,} | {' | '.join(cells)} |"


ENDS = ("read", "refused", "traceback", "crash", "slow", "large")


def table(rounds: list[Round]) -> str:
    """Of all rounds, in Markdown."""
    heads = ("input", "cases", *ENDS, "slowest", "most memory")
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    return "\n".join([*lines, *(each.line for each in rounds)])


def _received(
    pipe: "multiprocessing.connection.Connection[Any, Any]",
) -> tuple[str, str, float, int] | None:
    """Of the next case; None where the child died or hangs below Python."""
    try:
        if pipe.poll(START_S):
            answer: tuple[str, str, float, int] = pipe.recv()
            return answer
    except EOFError:
        pass
    return None


def _work(
    playing: Round, seed: int, first: int, pipe: "multiprocessing.connection.Connection[Any, Any]"
) -> None:
    signal.signal(signal.SIGPROF, _too_slow)
    for at in range(first, playing.n):
        pipe.send(_played(playing, Random(f"{seed} {playing.name} {at}")))


def _too_slow(_: int, __: FrameType | None) -> None:
    raise TooSlow


def _played(playing: Round, random: Random) -> tuple[str, str, float, int]:
    case = playing.make(random)
    with tempfile.TemporaryDirectory() as folder:
        before, began = _memory(), time.process_time()
        signal.setitimer(signal.ITIMER_PROF, MOST_S)
        end, words = _ended(case, Path(folder))
        signal.setitimer(signal.ITIMER_PROF, 0)
        growth = _memory() - before
    return (
        "large" if growth > MOST_GROWTH and end in ("read", "refused") else end,
        words,
        time.process_time() - began,
        growth,
    )


def _ended(case: Case, folder: Path) -> tuple[str, str]:
    try:
        case(folder)
    except GenoviewError as error:
        words = str(error)
        is_sentence = 0 < len(words) <= 3_000 and words.replace("\n", "").isprintable()
        return ("refused", "") if is_sentence else ("traceback", f"no sentence: {words[:100]!r}")
    except TooSlow as error:
        return "slow", f"more than {MOST_S} s in {_place(error)}"
    except BaseException as error:  # noqa: BLE001 - what this looks for
        return "traceback", f"{type(error).__name__} in {_place(error)}: {str(error)[:120]!r}"
    return "read", ""


def _place(error: BaseException) -> str:
    """The innermost line of genoview."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/genoview/" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _memory() -> int:
    """The most bytes in memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
