"""Both alleles of an exon: introns keep their length, the exon grows and shrinks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.models.exons.contract import ExonSequence
from genoview.scoring.splicing.inclusion.alleles import ReadExon, exon_alleles

BASES = "TTGACCATGACAGGATTACACGTAAGTCCATAGGCT"  # exon in the middle: [13, 22)
EXON = Interval("chr1", 13, 22, "+")
LEFT, RIGHT = 8, 6  # bp of intron that are read


def fetch(interval: Interval) -> str:
    return "".join(BASES[i] if 0 <= i < len(BASES) else "N" for i in range(*_span(interval)))


def _span(interval: Interval) -> tuple[int, int]:
    return interval.start, interval.end


def alt(pos: int, ref: str, new: str) -> ExonSequence:
    return exon_alleles(ReadExon(EXON, LEFT, RIGHT), Variant("chr1", pos, ref, new), fetch)[1]


REF = ExonSequence("CATGACAG", "GATTACACG", "TAAGTC")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((14, "G", "C"), ExonSequence("CATGACAG", "CATTACACG", "TAAGTC")),
        ((14, "G", "GTT"), ExonSequence("CATGACAG", "GTTATTACACG", "TAAGTC")),  # grows
        ((13, "G", "GTT"), ExonSequence("TGACAGTT", "GATTACACG", "TAAGTC")),  # of the intron
        ((9, "GA", "G"), ExonSequence("CCATGCAG", "GATTACACG", "TAAGTC")),  # more intron moves in
        ((12, "AGGA", "A"), ExonSequence("ACCATGACA", "TTACACG", "TAAGTC")),  # across the acceptor
        ((22, "GTA", "G"), ExonSequence("CATGACAG", "GATTACACG", "AGTCCA")),  # across the donor
        ((22, "G", "GTT"), ExonSequence("CATGACAG", "GATTACACGTT", "TAAGTC")),
        ((24, "A", "ACC"), ExonSequence("CATGACAG", "GATTACACG", "TACCAG")),
    ],
)
def test_a_change_is_parted_at_the_boundary(
    change: tuple[int, str, str], expected: ExonSequence
) -> None:
    result = alt(*change)
    assert result == ExonSequence(expected.before[-LEFT:], expected.exon, expected.after)


def test_the_side_without_an_intron_is_not_read() -> None:
    variant = Variant("chr1", 12, "A", "T")
    ref, changed = exon_alleles(ReadExon(EXON, 0, RIGHT), variant, fetch)
    assert ref == changed == ExonSequence("", REF.exon, REF.after)
    assert not ReadExon(EXON, 0, RIGHT).is_near(variant)
    assert ReadExon(EXON, LEFT, RIGHT).is_near(variant)


def test_the_changes_of_a_haplotype_are_all_made() -> None:
    parts = (Variant("chr1", 12, "A", "C"), Variant("chr1", 16, "T", "G"))
    both = Variant("chr1", 12, "AGGAT", "CGGAG", parts)
    result = exon_alleles(ReadExon(EXON, LEFT, RIGHT), both, fetch)[1]
    assert result == ExonSequence("CATGACCG", "GAGTACACG", REF.after)


@given(st.integers(0, len(BASES) - 1), st.integers(1, 12), st.text("ACGT", max_size=5))
def test_strands_agree_and_introns_keep_their_length(at: int, length: int, new: str) -> None:
    ref = BASES[at : at + length]
    changed = ref[0] + new
    if changed == ref:
        return
    variant = Variant("chr1", at + 1, ref, changed)
    whole = ReadExon(EXON, LEFT, RIGHT)
    before, after = exon_alleles(whole, variant, fetch)
    assert before == REF
    assert (len(after.before), len(after.after)) == (LEFT, RIGHT)
    turned = ReadExon(Interval("chr1", 13, 22, "-"), LEFT, RIGHT)
    other = exon_alleles(turned, variant, fetch)[1]
    assert reverse_complement(other.exon) == after.exon
    assert reverse_complement(other.before) == after.after
    if not whole.is_near(variant):
        assert after == REF
