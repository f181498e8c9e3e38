"""A variant -> what ClinVar or gnomAD have of the very same alleles, and else at its place."""

from collections.abc import Callable
from dataclasses import dataclass

from genoview.data.features import Feature
from genoview.data.genome import Interval, Variant
from genoview.io.big.bigbed import BigBed, Entry
from genoview.io.formats.text_lines import BadLine
from genoview.io.measured.alleles import Change, change_of, on_forward_strand, trimmed
from genoview.io.measured.cells import plain_text
from genoview.io.measured.clinvar import alleles_of
from genoview.io.measured.variants import gnomad_change

MOST_SHIFTED = 500  # bp that an insertion or deletion is moved through a repeat
WIDEST = 10_000  # bp of a variant whose entries are looked for
Fetch = Callable[[Interval], str]


@dataclass(frozen=True, slots=True)
class Overlaps:
    """What a track has at a variant.

    Attributes:
        exact: of the same alleles.
        others: of other alleles at this place, or of alleles that the track does not say.
    """

    exact: tuple[Feature, ...]
    others: tuple[Feature, ...]


def find_entries(source: BigBed, entries: str, variant: Variant, fetch: Fetch) -> Overlaps:
    """Args: entries: `clinvar` or `gnomad`; `fetch`: bases of the genome.

    Raises:
        LocalFileError: they cannot be had. GenomeError: the bases cannot be.
    """
    chrom = variant.chrom
    wanted = left_aligned(change_of(variant), chrom, fetch)
    own, first = _interval(chrom, change_of(variant)), _interval(chrom, wanted)
    place = Interval(chrom, first.start, _last_end(wanted, chrom, fetch))
    place = place.intersection(Interval(chrom, place.start, place.start + WIDEST)) or place
    exact, others = list[Feature](), list[Feature]()
    for entry in source.entries(place):
        try:
            feature = source.feature_of(entry)
        except BadLine:
            continue
        change = _change(entry, entries, fetch)
        if change is not None and left_aligned(change, chrom, fetch) == wanted:
            exact.append(feature)
        elif feature.interval.overlaps(own):
            others.append(feature)
    return Overlaps(tuple(exact), tuple(others))


def left_aligned(change: Change, chrom: str, fetch: Fetch) -> Change:
    """An insertion or deletion as far left as it means the same, as VCF files have it."""
    start, ref, alt = change
    moved = ref or alt
    if bool(ref) == bool(alt) or start <= 0:
        return change
    first = max(start - MOST_SHIFTED, 0)
    bases = fetch(Interval(chrom, first, start)).upper()
    while start > first and bases[start - first - 1] == moved[-1]:
        moved, start = moved[-1] + moved[:-1], start - 1
    return (start, moved, "") if ref else (start, "", moved)


def _last_end(change: Change, chrom: str, fetch: Fetch) -> int:
    """Where it ends when it is as far right as it means the same, as ClinVar has it."""
    start, ref, alt = change
    moved, end = ref or alt, _interval(chrom, change).end
    if bool(ref) == bool(alt):
        return end
    bases = fetch(Interval(chrom, start + len(ref), start + len(ref) + MOST_SHIFTED)).upper()
    n = 0
    while n < len(bases) and bases[n] == moved[0]:
        moved, n = moved[1:] + moved[0], n + 1
    return end + n


def _interval(chrom: str, change: Change) -> Interval:
    """The bases that a change takes; of an insertion those on both sides."""
    start, ref, _ = change
    if ref:
        return Interval(chrom, start, start + len(ref))
    return Interval(chrom, max(start - 1, 0), start + 1)


def _change(entry: Entry, entries: str, fetch: Fetch) -> Change | None:
    """Of a row, on the genome's strand; None where the row does not say it."""
    if entries == "gnomad":
        return gnomad_change(entry)
    alleles = alleles_of(entry)
    if alleles is not None:
        start, ref, alt = alleles
        base = fetch(Interval(entry.chrom, start, start + 1)).upper() if len(ref) == 1 else ""
        return trimmed(start, *on_forward_strand(ref, alt, base))
    kind = plain_text(entry["type"]).lower()
    if entry.start >= entry.end or entry.end - entry.start > MOST_SHIFTED:
        return None
    bases = fetch(Interval(entry.chrom, entry.start, entry.end)).upper()
    if kind == "deletion":
        return entry.start, bases, ""
    return (entry.start, "", bases) if kind == "duplication" else None
