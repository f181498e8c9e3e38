"""Records of a FASTA file -> where they lie on chromosomes."""

import re
from dataclasses import dataclass

from genoview.data.accessions import load_accessions
from genoview.data.genome import Interval, canonical_chrom
from genoview.errors import GenomeError

_REGION = re.compile(r"(?P<chrom>.+):(?P<first>\d+)-(?P<last>\d+)")  # 1-based, samtools faidx


@dataclass(frozen=True, slots=True)
class RecordSlice:
    """One FASTA record: its name in the file, and where it lies on its chromosome."""

    record: str
    interval: Interval
    is_sliced: bool = False


def place_records(
    name: str, records: dict[str, int], lengths: dict[str, int]
) -> dict[str, tuple[RecordSlice, ...]]:
    """Records by canonical chromosome; slices left to right and apart from each other."""
    accessions = load_accessions()
    placed: dict[str, list[RecordSlice]] = {}
    for record, n_bases in records.items():
        match = _REGION.fullmatch(record)
        sliced = match and int(match["last"]) - int(match["first"]) + 1 == n_bases
        title, start = (
            (match["chrom"], int(match["first"]) - 1) if match and sliced else (record, 0)
        )
        chrom = canonical_chrom(accessions[title].chrom if title in accessions else title)
        interval = Interval(chrom, start, start + n_bases)
        _check_length(name, interval, bool(sliced), lengths)
        if not any(interval.overlaps(other.interval) for other in placed.get(chrom, ())):
            placed.setdefault(chrom, []).append(RecordSlice(record, interval, bool(sliced)))
    if not placed:
        raise GenomeError(f"{name} has no sequence: every record of its FASTA file is empty.")
    return {
        chrom: tuple(sorted(parts, key=lambda part: part.interval))
        for chrom, parts in placed.items()
    }


def _check_length(name: str, interval: Interval, sliced: bool, lengths: dict[str, int]) -> None:
    known = lengths.get(interval.chrom)
    if known is None or interval.end == known or (sliced and interval.end < known):
        return
    raise GenomeError(
        f"{interval.chrom} of {name} has {interval.end:,} bp, but its chromosome sizes say "
        f"{known:,}: the two files are of different assemblies."
    )
