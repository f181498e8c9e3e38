"""A file of the reader -> LocalFile -> its values or features of an interval."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from genoview.data.assembly_names import known_assembly
from genoview.data.features import Feature
from genoview.data.genome import Interval, canonical_chrom
from genoview.data.input.decoding import decoding
from genoview.data.site_data import IntArray
from genoview.io.formats.catalogue import Format
from genoview.io.formats.contents import Contents, EstimatingSource, FeatureSource
from genoview.io.formats.coverage import Signal
from genoview.io.formats.detect import assembly_of, format_of
from genoview.io.formats.text_lines import Chromosomes, LocalFileError

_N_NAMED = 3  # chromosomes named in a note


@dataclass(frozen=True, eq=False)
class LocalFile:
    """A file that stays on this machine; safe to read from several threads.

    Attributes:
        title: as the reader calls it.
        assembly: name of the genome that it is drawn on.
        warnings: what speaks against the file being of this assembly.
        facts: labels and values of a published file: source, version, licence, citation.
    """

    title: str
    path: Path
    kind: Format
    assembly: str
    contents: Contents
    warnings: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def n_read(self) -> int | None:
        """Entries, or lines of a text file; None where nobody has counted them."""
        return self.contents.n_read

    @property
    def n_elsewhere(self) -> int:
        """Lines on chromosomes that the genome has not."""
        return self.contents.n_elsewhere

    @property
    def skipped(self) -> Mapping[str, int]:
        """Reason -> lines left out for it."""
        return self.contents.skips.counts

    @property
    def examples(self) -> Mapping[str, int]:
        """Reason -> number of the first line left out for it."""
        return self.contents.skips.examples

    @property
    def notes(self) -> tuple[str, ...]:
        return self.contents.notes

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
        return f"{self.n_read:,} {self.kind.units[self.n_read != 1]}"

    def has(self, chrom: str) -> bool:
        """Whether it has anything on the chromosome."""
        return canonical_chrom(chrom) in self.contents.chromosomes

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
        if self.contents.signals is None:
            raise LocalFileError(f"{self.title} is {self.kind.name}, which has no values.")
        with decoding(self.title, LocalFileError):
            return self.contents.signals.signal(interval, n_points)

    def features(self, interval: Interval, limit: int) -> tuple[Feature, ...]:
        """At most `limit` that overlap the interval, by start; the widest where there are more.

        Raises:
            LocalFileError: it holds values, or cannot be read any more.
        """
        with decoding(self.title, LocalFileError):
            return self._feature_source().features(interval, limit)

    def count(self, interval: Interval) -> int:
        """How many features overlap the interval; raises as `features`."""
        with decoding(self.title, LocalFileError):
            return self._feature_source().count(interval)

    def count_words(self, interval: Interval) -> str:
        """`12,345`, or `about 12,000` where they are too many to be read; raises as `features`."""
        source = self._feature_source()
        n = self.count(interval)
        if not isinstance(source, EstimatingSource) or source.is_exact(interval):
            return f"{n:,}"
        unit = 10 ** max(len(str(n)) - 2, 0)
        return f"about {round(n / unit) * unit:,}"

    def density(self, interval: Interval, n_bins: int) -> IntArray:
        """int64[n_bins]: features on each of as many equal parts; raises as `features`."""
        with decoding(self.title, LocalFileError):
            return self._feature_source().density(interval, n_bins)

    def _feature_source(self) -> FeatureSource:
        if self.contents.features is None:
            raise LocalFileError(f"{self.title} is {self.kind.name}, which has no features.")
        return self.contents.features


def open_local(
    path: Path, *, title: str = "", assembly: str = "", chroms: Mapping[str, int] | None = None
) -> LocalFile:
    """Find out what a file is and read it; bigWig and bigBed are read in place, on demand.

    Args:
        title: the file's name by default.
        chroms: length in bp by canonical name, of the genome; lines on other chromosomes are
            counted, not kept. None: all are kept.

    Raises:
        LocalFileError: it is absent, damaged, of another kind, or no line of it can be read.
    """
    lengths, title = chroms or {}, title or path.name
    with decoding(title, LocalFileError):
        kind = format_of(path)
        contents = kind.open(path, title, Chromosomes(lengths, assembly))
        opened = opened_file(title, kind, assembly, contents, lengths)
        named = assembly_of(path) if kind.is_text and not opened.warnings else ""
    if named and known_assembly(assembly) not in ("", named):
        doubt = f"By its header it was made for {named}, but it is drawn on {assembly}."
        opened = replace(opened, warnings=(doubt,))
    return replace(opened, path=path)


def opened_file(
    title: str, kind: Format, assembly: str, contents: Contents, lengths: Mapping[str, int]
) -> LocalFile:
    """A file whose contents are known, with what speaks against its being of this genome."""
    doubts = _doubts(contents.chromosomes, assembly, lengths)
    return LocalFile(title, Path(), kind, assembly, contents, doubts)


def _doubts(
    own: Mapping[str, int | None], assembly: str, lengths: Mapping[str, int]
) -> tuple[str, ...]:
    """What speaks against the file being of this assembly; its lengths are None if not known."""
    if not lengths:
        return ()
    if not own:
        return (f"It has nothing on the chromosomes of {assembly}.",)
    if not own.keys() & lengths.keys():
        names = ", ".join([*own][:_N_NAMED])
        return (f"It has nothing on the chromosomes of {assembly}, but on {names}.",)
    return tuple(
        f"{chrom} is {length:,} bp long in it, but {lengths[chrom]:,} bp in {assembly}: it was "
        "made for another assembly."
        for chrom, length in own.items()
        if length is not None and lengths.get(chrom, length) != length
    )[:1]
