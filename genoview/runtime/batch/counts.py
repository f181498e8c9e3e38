"""How many variants were read, scored and skipped, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from genoview.runtime.batch.results import Row
from genoview.runtime.batch.skipped_lines import Kind


@dataclass
class Tally:
    """Counts of a run; what was read was either scored or skipped.

    Attributes:
        skipped: by reason, in order of first appearance.
    """

    n_scored: int = 0
    skipped: Counter[Kind] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        tally = cls()
        for row in rows:
            tally.add(row)
        return tally

    def add(self, row: Row) -> None:
        if row.fault is None:
            self.n_scored += 1
        else:
            self.skipped[row.fault.kind] += 1

    @property
    def n_skipped(self) -> int:
        return self.skipped.total()

    @property
    def n_read(self) -> int:
        return self.n_scored + self.n_skipped

    @property
    def words(self) -> str:
        """`212 variants read, 203 scored, 9 skipped: 5 ALT symbolic, 4 ALT missing`."""
        noun = "variant" if self.n_read == 1 else "variants"
        text = f"{self.n_read:,} {noun} read, {self.n_scored:,} scored, "
        reasons = [f"{count:,} {kind.value}" for kind, count in self.skipped.most_common()]
        return f"{text}{self.n_skipped:,} skipped{': ' if reasons else ''}" + ", ".join(reasons)
