"""What a file holds: where its features or values come from, and how much of it was read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self, runtime_checkable

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.data.site_data import IntArray
from genoview.io.formats.coverage import Signal
from genoview.io.formats.feature_table import TableBuilder
from genoview.io.formats.text_lines import Chromosomes, Skips


class SignalSource(Protocol):
    """Where values come from."""

    def signal(self, interval: Interval, n_points: int) -> Signal: ...


class FeatureSource(Protocol):
    """Where features come from."""

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]: ...

    def count(self, interval: Interval) -> int: ...

    def density(self, interval: Interval, n_bins: int) -> IntArray: ...


@runtime_checkable
class EstimatingSource(FeatureSource, Protocol):
    """A source that estimates how many features there are where they are too many to be read."""

    def is_exact(self, interval: Interval) -> bool: ...


@dataclass(frozen=True)
class Contents:
    """What a reader gives of a file.

    Attributes:
        chromosomes: canonical names of those that it has entries on; length in bp as the file
            says it, None where it does not.
        n_read: entries, or lines of a text file; bases with a value of a bigWig; None where
            nobody has counted them.
        n_elsewhere: good lines on chromosomes that the genome has not.
        notes: what else a reader should know.
        features, signals: what it holds; one of the two.
    """

    chromosomes: Mapping[str, int | None]
    n_read: int | None = None
    n_elsewhere: int = 0
    skips: Skips = field(default_factory=Skips)
    notes: tuple[str, ...] = ()
    features: FeatureSource | None = None
    signals: SignalSource | None = None

    @classmethod
    def of_features(cls, features: Iterable[Feature], genome: Chromosomes) -> Self:
        """Of features in memory, for readers that others add.

        Raises:
            BadLine: one ends past the end of its chromosome.
        """
        inside: list[Feature] = []
        n_elsewhere, builder = 0, TableBuilder()
        for feature in features:
            if genome.check(feature.interval.chrom, feature.interval.end):
                builder.add(feature.interval, str(len(inside)))
                inside.append(feature)
            else:
                n_elsewhere += 1
        table = builder.table(lambda text: inside[int(text)])
        own = dict.fromkeys(table.chromosomes)
        return cls(own, len(inside), n_elsewhere, features=table)


Open = Callable[[Path, str, Chromosomes], Contents]
"""Takes a path, the name by which the reader knows the file, and the genome's chromosomes."""
