"""Lines of bedGraph -> runs of values by chromosome."""

from array import array
from dataclasses import dataclass, field

import numpy as np

from genoview.data.genome import Interval, canonical_chrom
from genoview.io.formats.coverage import Runs, Signal, no_signal
from genoview.io.formats.text_lines import BadLine, Namer, Skips, columns_of, number_or_none, place

_LARGEST = float(np.finfo(np.float32).max)
OVERLAPS = "it overlaps an entry before it"


@dataclass(slots=True)
class _Growing:
    start: "array[int]" = field(default_factory=lambda: array("q"))
    end: "array[int]" = field(default_factory=lambda: array("q"))
    value: "array[float]" = field(default_factory=lambda: array("f"))
    number: "array[int]" = field(default_factory=lambda: array("q"))


class SignalTable:
    """Runs of every chromosome; read-only, so safe to share between threads."""

    def __init__(self, runs: dict[str, Runs]) -> None:
        self._runs = runs

    @property
    def chromosomes(self) -> tuple[str, ...]:
        return tuple(self._runs)

    def signal(self, interval: Interval, n_points: int) -> Signal:
        """Nothing where the file has not the chromosome."""
        runs = self._runs.get(canonical_chrom(interval.chrom))
        return no_signal() if runs is None else runs.signal(interval, n_points)


class SignalBuilder:
    """Takes lines one by one, in any order."""

    def __init__(self) -> None:
        self._parts: dict[str, _Growing] = {}

    def add(self, chrom: str, start: int, end: int, value: float, number: int) -> None:
        """Args: number: of the line, from 1."""
        rows = self._parts.setdefault(chrom, _Growing())
        rows.start.append(start)
        rows.end.append(end)
        rows.value.append(value)
        rows.number.append(number)

    def table(self, skips: Skips) -> SignalTable:
        """All of them by place; what overlaps an earlier one is left out, and noted."""
        return SignalTable({chrom: self.runs(chrom, skips) for chrom in self._parts})

    def runs(self, chrom: str, skips: Skips) -> Runs:
        """Those of one chromosome, which may be none."""
        return _apart(self._parts.get(chrom, _Growing()), skips)


def parse_bedgraph(line: str, chrom_name: Namer) -> tuple[str, int, int, float]:
    """Chromosome, 0-based start and end, value.

    Raises:
        BadLine: it has no place or no value.
    """
    columns = columns_of(line)
    if len(columns) < 4:
        raise BadLine("it has fewer than 4 columns")
    start, end = place(columns[1], columns[2])
    value = number_or_none(columns[3])
    if value is None or abs(value) > _LARGEST:
        raise BadLine("its value is not a number")
    return chrom_name(columns[0]), start, end, value


def _apart(rows: _Growing, skips: Skips) -> Runs:
    start, end = np.array(rows.start, dtype=np.int64), np.array(rows.end, dtype=np.int64)
    order = np.argsort(start, kind="stable")
    start, end = start[order], end[order]
    value = np.array(rows.value, dtype=np.float32)[order]
    reach = np.maximum.accumulate(end)
    is_apart = np.ones(len(start), dtype=np.bool_)
    is_apart[1:] = start[1:] >= reach[:-1]
    numbers = np.array(rows.number, dtype=np.int64)[order]
    for number in np.sort(numbers[~is_apart]).tolist():
        skips.note(OVERLAPS, number)
    return Runs(start[is_apart], end[is_apart], value[is_apart])
