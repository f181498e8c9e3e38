"""Coordinates and their arithmetic."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from genoview.data.genome import (
    Exon,
    Interval,
    Transcript,
    Variant,
    canonical_chrom,
    reverse_complement,
)
from genoview.errors import GenomeError

sequences = st.text("ACGT", min_size=1, max_size=30)


def fetcher(sequence: str) -> Callable[[Interval], str]:
    """The chromosome `sequence`, N beyond it."""

    def fetch(interval: Interval) -> str:
        places = range(interval.start, interval.end)
        return "".join(sequence[i] if 0 <= i < len(sequence) else "N" for i in places)

    return fetch


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("20", "chr20"),
        ("chr20", "chr20"),
        ("CHR20", "chr20"),
        ("chr01", "chr1"),
        ("x", "chrX"),
        ("MT", "chrM"),
        ("chrMT", "chrM"),
        ("M", "chrM"),
        ("GL000192.1", "GL000192.1"),
        ("chr6_GL000256v2_alt", "chr6_GL000256v2_alt"),
        ("scaffold_20", "scaffold_20"),
    ],
)
def test_names_of_chromosomes(name: str, canonical: str) -> None:
    assert canonical_chrom(name) == canonical
    assert canonical_chrom(canonical) == canonical


@pytest.mark.parametrize(("one", "other"), [("AACG", "CGTT"), ("N", "N"), ("acgn", "ncgt")])
def test_reverse_complement(one: str, other: str) -> None:
    assert reverse_complement(one) == other
    assert reverse_complement(other) == one


@pytest.mark.parametrize(("start", "end"), [(5, 5), (5, 4), (0, -1)])
def test_an_empty_interval_cannot_exist(start: int, end: int) -> None:
    with pytest.raises(GenomeError, match="is empty"):
        Interval("chr1", start, end)


def test_a_strand_is_one_of_three() -> None:
    with pytest.raises(GenomeError, match="none of"):
        Interval("chr1", 0, 1, "x")


@pytest.mark.parametrize(
    ("a", "b", "contains", "shared"),
    [
        ((0, 10), (2, 5), True, (2, 5)),
        ((0, 10), (0, 10), True, (0, 10)),
        ((0, 10), (5, 12), False, (5, 10)),
        ((5, 10), (0, 6), False, (5, 6)),
        ((0, 10), (10, 12), False, None),
        ((0, 10), (-5, 0), False, None),
    ],
)
def test_intervals_against_each_other(
    a: tuple[int, int], b: tuple[int, int], contains: bool, shared: tuple[int, int] | None
) -> None:
    one, other = Interval("chr1", *a), Interval("chr1", *b)
    assert one.contains(other) is contains
    assert one.overlaps(other) is (shared is not None)
    assert one.intersection(other) == (Interval("chr1", *shared) if shared else None)
    elsewhere = Interval("chr2", *b)
    assert not one.contains(elsewhere)
    assert one.intersection(elsewhere) is None


@pytest.mark.parametrize(
    ("interval", "method", "arguments", "expected"),
    [
        ((10, 20), "expanded", (3,), (7, 23)),
        ((10, 20), "expanded", (3, 5), (7, 25)),
        ((10, 20), "expanded", (3, 0), (7, 20)),
        ((2, 4), "expanded", (5,), (-3, 9)),
        ((10, 20), "resized", (4,), (13, 17)),
        ((10, 20), "resized", (5,), (13, 18)),
        ((10, 11), "resized", (2,), (9, 11)),
        ((11, 19), "snapped", (10,), (10, 20)),
        ((10, 20), "snapped", (10,), (10, 20)),
        ((-3, 1), "snapped", (4,), (-4, 4)),
    ],
)
def test_moving_the_ends(
    interval: tuple[int, int], method: str, arguments: tuple[int, ...], expected: tuple[int, int]
) -> None:
    made = getattr(Interval("chr1", *interval, "-"), method)(*arguments)
    assert made == Interval("chr1", *expected, "-")


def test_ucsc_text_is_1_based_and_inclusive() -> None:
    interval = Interval("chr20", 43_000_000, 43_020_000)
    assert interval.to_ucsc() == "chr20:43,000,001-43,020,000"
    assert (interval.width, interval.center) == (20_000, 43_010_000)


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "words"),
    [
        (0, "A", "T", "counting is from 1"),
        (1, "", "A", "REF allele ''"),
        (1, "A", "", "ALT allele ''"),
        (1, "N", "A", "anchor base"),
        (1, "a", "T", "REF allele 'a'"),
        (1, "A", "<DEL>", "ALT allele '<DEL>'"),
        (1, "A", "A", "nothing changes"),
        (1, "A\n", "T", "REF allele"),
    ],
)
def test_an_impossible_variant_cannot_exist(pos: int, ref: str, alt: str, words: str) -> None:
    with pytest.raises(GenomeError, match=words):
        Variant("chr1", pos, ref, alt)


@pytest.mark.parametrize(
    ("ref", "alt", "kind", "change"),
    [
        ("A", "T", "substitution", 0),
        ("AC", "GT", "substitution", 0),
        ("A", "AT", "insertion", 1),
        ("ACG", "A", "deletion", -2),
        ("AC", "TGG", "indel", 1),
        ("ACG", "T", "indel", -2),
    ],
)
def test_kinds_of_variants(ref: str, alt: str, kind: str, change: int) -> None:
    variant = Variant("chr1", 11, ref, alt)
    assert (variant.kind, variant.length_change) == (kind, change)
    assert variant.interval == Interval("chr1", 10, 10 + len(ref))
    assert str(variant) == f"chr1:11:{ref}>{alt}"


@pytest.mark.parametrize(
    ("variant", "haplotype"),
    [
        (Variant("chr1", 103, "G", "T"), "ACTTAC"),
        (Variant("chr1", 101, "A", "AGG"), "AGGCGTAC"),
        (Variant("chr1", 104, "TAC", "T"), "ACGT"),
        (Variant("chr1", 101, "ACGTAC", "G"), "G"),
    ],
)
def test_apply_writes_the_alternate_haplotype(variant: Variant, haplotype: str) -> None:
    assert variant.apply("ACGTAC", Interval("chr1", 100, 106)) == haplotype


def test_apply_refuses_what_does_not_fit() -> None:
    window = Interval("chr1", 100, 106)
    with pytest.raises(GenomeError, match="the reference has G there"):
        Variant("chr1", 103, "A", "T").apply("ACGTAC", window)
    for variant in (Variant("chr1", 106, "CA", "C"), Variant("chr2", 103, "G", "T")):
        with pytest.raises(GenomeError, match="lies outside"):
            variant.apply("ACGTAC", window)


@pytest.mark.parametrize(
    ("sequence", "variant", "expected"),
    [
        ("GGGCACACACAGGG", (8, "CAC", "C"), (3, "GCA", "G")),  # the example of Tan et al. 2015
        ("GGGCACACACAGGG", (5, "ACA", "A"), (3, "GCA", "G")),
        ("GGGCACACACAGGG", (4, "CACA", "CACACA"), (3, "G", "GCA")),
        ("ACGT", (2, "CG", "CT"), (3, "G", "T")),
        ("ACGT", (2, "CGT", "TGT"), (2, "C", "T")),
        ("ACGT", (2, "CG", "TA"), (2, "CG", "TA")),
        ("AAAC", (3, "AC", "C"), (1, "AA", "A")),
        ("AAAC", (3, "A", "AA"), (1, "A", "AA")),
    ],
)
def test_normalised_is_trimmed_and_as_far_left_as_can_be(
    sequence: str, variant: tuple[int, str, str], expected: tuple[int, str, str]
) -> None:
    made = Variant("chr1", *variant).normalised(fetcher(sequence))
    assert made == Variant("chr1", *expected)


@st.composite
def variants_in(draw: st.DrawFn) -> tuple[str, Variant]:
    sequence = draw(sequences)
    start = draw(st.integers(0, len(sequence) - 1))
    end = draw(st.integers(start + 1, min(len(sequence), start + 6)))
    ref = sequence[start:end]
    alt = draw(st.text("ACGT", min_size=1, max_size=6).filter(lambda alt: alt != ref))
    return sequence, Variant("chr1", start + 1, ref, alt)


@settings(deadline=None)
@given(variants_in())
def test_normalising_keeps_the_haplotype_and_is_done_once(case: tuple[str, Variant]) -> None:
    sequence, variant = case
    whole, fetch = Interval("chr1", 0, len(sequence)), fetcher(sequence)
    assume(not (variant.interval == whole and set(variant.alt) == set(variant.ref)))
    made = variant.normalised(fetch)
    assert made.apply(sequence, whole) == variant.apply(sequence, whole)
    assert made.normalised(fetch) == made
    assert made.start <= variant.start + len(variant.ref)


@settings(deadline=None)
@given(st.text("AC", min_size=3, max_size=14), st.data())
def test_all_writings_of_one_deletion_or_insertion_normalise_to_one(
    sequence: str, data: st.DataObject
) -> None:
    length = data.draw(st.integers(1, len(sequence) - 2))
    first = data.draw(st.integers(0, len(sequence) - length - 1))
    target = sequence[: first + 1] + sequence[first + 1 + length :]
    whole, fetch = Interval("chr1", 0, len(sequence)), fetcher(sequence)
    deletions = [
        Variant("chr1", i + 1, sequence[i : i + length + 1], sequence[i])
        for i in range(len(sequence) - length)
    ]
    same = [v for v in deletions if v.apply(sequence, whole) == target]
    assert len({v.normalised(fetch) for v in same}) == 1
    insertions = [Variant("chr1", v.pos, v.alt, v.ref) for v in same]
    assert len({v.normalised(fetcher(target)) for v in insertions}) == 1


def test_introns_lie_between_exons_and_the_tss_follows_the_strand() -> None:
    exons = tuple(
        Exon(Interval("chr1", a, b, "-")) for a, b in [(100, 120), (150, 160), (160, 200)]
    )
    transcript = Transcript("ENST1", Interval("chr1", 100, 200, "-"), exons)
    assert transcript.introns == (Interval("chr1", 120, 150, "-"),)
    assert transcript.tss == 199
    assert Transcript("ENST1", Interval("chr1", 100, 200, "+"), ()).tss == 100
