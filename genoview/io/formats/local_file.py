"""A file of the reader -> LocalFile -> its values or features of an interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from genoview.data.features import Feature
from genoview.data.genome import Interval, canonical_chrom
from genoview.data.site_data import IntArray
from genoview.io.formats.bigwig import BigBed, BigWig
from genoview.io.formats.coverage import Signal
from genoview.io.formats.detect import Kind, LocalFileError, kind_of
from genoview.io.formats.reader import read_text
from genoview.io.formats.tabix import NOTE, Indexed, IndexedFeatures, IndexedSignal, is_indexed
from genoview.io.formats.text_lines import Chromosomes

_N_NAMED = 3  # chromosomes named in a note


class SignalSource(Protocol):
    """Where values come from."""

    def signal(self, interval: Interval, n_points: int) -> Signal: ...


class FeatureSource(Protocol):
    """Where features come from."""

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]: ...

    def count(self, interval: Interval) -> int: ...

    def density(self, interval: Interval, n_bins: int) -> IntArray: ...


@dataclass(frozen=True, eq=False)
class LocalFile:
    """A file that stays on this machine; safe to read from several threads.

    Attributes:
        title: as the reader calls it.
        assembly: name of the genome that it is drawn on.
        n_read: entries, or lines of a text file; bases with a value of a bigWig; None where
            nobody has counted them.
        skipped: reason -> lines left out for it; `examples`: reason -> the first of them.
        n_elsewhere: lines on chromosomes that the genome has not.
        chromosomes: canonical names of those that it has entries on.
        warnings: what speaks against the file being of this assembly.
        notes: what else a reader should know.
    """

    title: str
    path: Path
    kind: Kind
    assembly: str
    n_read: int | None
    skipped: Mapping[str, int] = field(default_factory=dict)
    examples: Mapping[str, int] = field(default_factory=dict)
    n_elsewhere: int = 0
    chromosomes: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    _signals: SignalSource | None = field(default=None, repr=False)
    _features: FeatureSource | None = field(default=None, repr=False)

    @property
    def n_skipped(self) -> int:
        return sum(self.skipped.values())

    @property
    def is_signal(self) -> bool:
        """Has `signal`; others have `features`, `count` and `density`."""
        return self.kind.is_signal

    @property
    def size_words(self) -> str:
        """`1,204 entries`."""
        if self.n_read is None:
            return "indexed"
        noun = "base with a value" if self.kind is Kind.BIGWIG else "entry"
        if self.kind in (Kind.GTF, Kind.GFF3):
            noun = "line"
        plural = {"base with a value": "bases with a value", "entry": "entries", "line": "lines"}
        return f"{self.n_read:,} {noun if self.n_read == 1 else plural[noun]}"

    def has(self, chrom: str) -> bool:
        """Whether it has anything on the chromosome."""
        return canonical_chrom(chrom) in self.chromosomes

    def signal(self, interval: Interval, n_points: int) -> Signal:
        """Values of an interval: of every base where they fit, else extremes of stretches.

        Returns:
            positions: float64[points], 0-based centres of bases or stretches; none where the
                file has not the chromosome.
            values: float32[points]; minimum and maximum of each stretch in turn where reduced,
                NaN where there is no value.

        Raises:
            LocalFileError: it holds features, or cannot be read any more.
        """
        if self._signals is None:
            raise LocalFileError(f"{self.title} is {self.kind.value}, which has no values.")
        return self._signals.signal(interval, n_points)

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        """At most `limit` that overlap the interval, by start; the widest where there are more.

        Raises:
            LocalFileError: it holds values, or cannot be read any more.
        """
        return self._feature_source().features(interval, limit)

    def count(self, interval: Interval) -> int:
        """How many features overlap the interval; raises as `features`."""
        return self._feature_source().count(interval)

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        """int64[n_bins]: features on each of as many equal parts; raises as `features`."""
        return self._feature_source().density(interval, n_bins)

    def _feature_source(self) -> FeatureSource:
        if self._features is None:
            raise LocalFileError(f"{self.title} is {self.kind.value}, which has no features.")
        return self._features


def open_local(
    path: Path, *, title: str = "", assembly: str = "", chroms: Mapping[str, int] | None = None
) -> LocalFile:
    """Find out what a file is and read it; bigWig and bigBed are read where they lie, when asked.

    Args:
        title: the file's name by default.
        chroms: length in bp by canonical name, of the genome; lines on other chromosomes are
            counted, not kept. None: all are kept.

    Raises:
        LocalFileError: it is absent, damaged, of another kind, or no line of it can be read.
    """
    lengths, title = chroms or {}, title or path.name
    kind = kind_of(path)
    if is_indexed(path, kind):
        return _of_indexed(path, title, kind, assembly, lengths)
    if kind.is_text:
        return _of_text(path, title, kind, assembly, lengths)
    big = BigWig(path, title) if kind is Kind.BIGWIG else BigBed(path, title)
    return LocalFile(
        title,
        path,
        kind,
        assembly,
        big.n_read,
        chromosomes=frozenset(big.chromosomes),
        warnings=_doubts(big.chromosomes, assembly, lengths),
        _signals=big if isinstance(big, BigWig) else None,
        _features=big if isinstance(big, BigBed) else None,
    )


def _of_text(
    path: Path, title: str, kind: Kind, assembly: str, lengths: Mapping[str, int]
) -> LocalFile:
    found = read_text(path, title, kind, Chromosomes(lengths, assembly))
    table = found.signals or found.features
    return LocalFile(
        title,
        path,
        kind,
        assembly,
        found.n_read,
        found.skips.counts,
        found.skips.examples,
        found.n_elsewhere,
        frozenset(table.chromosomes if table else ()),
        () if found.n_read else (f"It has nothing on the chromosomes of {assembly}.",),
        _signals=found.signals,
        _features=found.features,
    )


def _of_indexed(
    path: Path, title: str, kind: Kind, assembly: str, lengths: Mapping[str, int]
) -> LocalFile:
    source = Indexed(path, title)
    return LocalFile(
        title,
        path,
        kind,
        assembly,
        None,
        chromosomes=frozenset(source.chromosomes),
        warnings=_doubts(dict.fromkeys(source.chromosomes), assembly, lengths),
        notes=(NOTE,),
        _signals=IndexedSignal(source) if kind.is_signal else None,
        _features=None if kind.is_signal else IndexedFeatures(source, kind),
    )


def _doubts(
    own: Mapping[str, int | None], assembly: str, lengths: Mapping[str, int]
) -> tuple[str, ...]:
    """What speaks against the file being of this assembly; its lengths are None if not known."""
    if not lengths:
        return ()
    if not own.keys() & lengths.keys():
        names = ", ".join([*own][:_N_NAMED])
        return (f"It has nothing on the chromosomes of {assembly}, but on {names}.",)
    return tuple(
        f"{chrom} is {length:,} bp long in it, but {lengths[chrom]:,} bp in {assembly}: it was "
        "made for another assembly."
        for chrom, length in own.items()
        if length is not None and lengths.get(chrom, length) != length
    )[:1]
