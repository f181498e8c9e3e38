"""Chains: points in plain and inverted blocks, gaps, splits, alleles on the other strand."""

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.errors import GenomeError
from genoview.io.liftover import Liftover, Outcome
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.catalogue import ChainEntry
from genoview.io.remote.chains import fetch_liftover
from tests.io.remote.remote_files import QUICK, agreed
from tests.support.servers.range_server import serving

# Source chr1 is 1,000 bp. 100-300 -> chrA 1100-1300; 310-400 -> chrA 1305-1395 (5 bp shorter);
# 500-700 -> chrB, inverted: its 200 bp end at 800 of the other strand; 700-760 after a gap of
# 3 bp in chrB alone; 900-950 twice.
CHAINS = """#comment
chain 1000 chr1 1000 + 100 400 A 3000 + 1100 1395 1
200 10 5
90

chain 900 1 1000 + 500 760 chrB 2000 - 1200 1463 2
200\t0\t3
60

chain 50 chr1 1000 + 900 950 chrB 2000 + 50 100 3
50
chain 40 chr1 1000 + 900 950 chrB 2000 + 150 200 4
50
"""
LIFT = Liftover.parse("old", "new", CHAINS.encode())


def place(start: int, end: int) -> Interval:
    return Interval("chr1", start, end)


@pytest.mark.parametrize(
    ("start", "end", "lifted", "inverted"),
    [
        (100, 300, Interval("A", 1100, 1300), False),
        (150, 151, Interval("A", 1150, 1151), False),
        (299, 311, Interval("A", 1299, 1306), False),
        (399, 400, Interval("A", 1394, 1395), False),
        (500, 700, Interval("chrB", 600, 800), True),
        (500, 501, Interval("chrB", 799, 800), True),
        (699, 701, Interval("chrB", 596, 601), True),
        (759, 760, Interval("chrB", 537, 538), True),
    ],
)
def test_places(start, end, lifted, inverted):
    assert LIFT.lift(place(start, end)) == (lifted, inverted)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (99, 101, "chr1:100 of old has no place on new"),
        (305, 306, "chr1:306 of old has no place on new"),
        (390, 510, "is split on new: its ends lie at A:1,386 and chrB:791"),
        (910, 911, "chr1:911 of old has 2 places on new"),
        (5_000, 5_001, "no place"),
    ],
)
def test_places_without_a_counterpart_are_refused(start, end, words):
    with pytest.raises(GenomeError, match=words):
        LIFT.lift(place(start, end))


def test_a_chromosome_without_chains():
    with pytest.raises(GenomeError, match="chr9:1 of old has no place"):
        LIFT.lift(Interval("chr9", 0, 1))


BASES = "".join(random.Random(5).choices("ACGT", k=1_000))
CHROM_A = "G" * 1_100 + BASES[100:300] + "TTTTT" + BASES[310:400] + "G" * 1_605
CHROM_B = "C" * 537 + reverse_complement(BASES[700:760]) + "GGG"
CHROM_B += reverse_complement(BASES[500:700]) + "C" * 1_200


def target(interval: Interval) -> str:
    text = {"A": CHROM_A, "chrB": CHROM_B}[interval.chrom]
    return text[interval.start : interval.end]


def applied(text: str, variant: Variant) -> str:
    start = variant.pos - 1
    assert text[start : start + len(variant.ref)] == variant.ref
    return text[:start] + variant.alt + text[start + len(variant.ref) :]


ALLELES = st.text("ACGT", min_size=1, max_size=4)


@given(st.integers(102, 290) | st.integers(502, 690), st.integers(1, 4), ALLELES, st.booleans())
def test_a_lifted_variant_makes_the_same_haplotype(start, n_ref, alt, anchored):
    ref = BASES[start : start + n_ref]
    alt = ref[0] + alt if anchored else alt
    if ref == alt:
        return
    lifted = LIFT.lift_variant(Variant("chr1", start + 1, ref, alt), target)
    assert lifted.outcome is Outcome.SAME
    assert lifted.inverted == (start > 500)
    source = applied(BASES, Variant("chr1", start + 1, ref, alt))
    text = applied(CHROM_B if lifted.inverted else CHROM_A, lifted.variant)
    longer = len(alt) - n_ref
    if lifted.inverted:
        assert reverse_complement(text[600 : 800 + longer]) == source[500 : 700 + longer]
    else:
        assert text[1_100 : 1_300 + longer] == source[100 : 300 + longer]


def test_a_snv_on_the_other_strand_is_complemented():
    ref = BASES[600]
    alt = "A" if ref != "A" else "C"
    lifted = LIFT.lift_variant(Variant("chr1", 601, ref, alt), target)
    expected = (700, reverse_complement(ref), reverse_complement(alt))
    assert (lifted.variant.pos, lifted.variant.ref, lifted.variant.alt) == expected
    assert "alleles are complemented" in lifted.words


def test_a_swapped_snv_is_said():
    alt = BASES[150]
    ref = "A" if alt != "A" else "C"
    lifted = LIFT.lift_variant(Variant("chr1", 151, ref, alt), target)
    assert lifted.outcome is Outcome.SWAPPED
    assert lifted.variant == Variant("A", 1_151, alt, ref)
    assert f"has the ALT allele {alt} there" in lifted.words


def test_a_base_that_neither_allele_has_is_said():
    ref, alt = [base for base in "ACGT" if base != BASES[150]][:2]
    lifted = LIFT.lift_variant(Variant("chr1", 151, ref, alt), target)
    assert lifted.outcome is Outcome.DIFFERENT
    assert f"has {BASES[150]} at A:1,151, neither {ref} nor {alt}" in lifted.words


def test_an_insertion_that_the_target_has_is_swapped():
    """Behind 700, 3 bp of the inverted block are only in the target."""
    ref = BASES[699]
    lifted = LIFT.lift_variant(Variant("chr1", 700, ref, f"{ref}CCC"), target)
    assert lifted.outcome is Outcome.SWAPPED
    before = reverse_complement(BASES[700])
    assert lifted.variant == Variant("chrB", 597, f"{before}GGG", before)


def test_a_deletion_that_the_target_has_is_swapped():
    """Of 300-310, the target has 5 bp of its own."""
    ref, alt = BASES[299:310], f"{BASES[299]}TTTTT"
    with pytest.raises(GenomeError, match="no place"):
        LIFT.lift_variant(Variant("chr1", 300, ref, alt), target)
    ref, alt = BASES[299:311], f"{BASES[299]}TTTTT{BASES[310]}"
    lifted = LIFT.lift_variant(Variant("chr1", 300, ref, alt), target)
    assert lifted.outcome is Outcome.SWAPPED


def test_a_repeat_is_said():
    text = "ACGTTTTGCA" * 10
    chain = "chain 1 chr1 100 + 0 100 chr1 100 + 0 100 1\n100\n"
    lift = Liftover.parse("old", "new", chain.encode())
    lifted = lift.lift_variant(
        Variant("chr1", 13, "G", "GT"), lambda i: text[max(i.start, 0) : i.end]
    )
    assert lifted.outcome is Outcome.SAME
    assert "lies in a repeat" in lifted.words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "has no chain"),
        (b"<html>", "cannot be read as a chain file"),
        (b"\x1f\x8bbroken", "cannot be read as a chain file"),
        (b"chain 1 chr1 100 + 0 100\n100\n", "a chain begins with"),
        (b"chain 1 chr1 100 + 0 100 chr1 100 + 0 100 1\n90\n", "ends at 90, not at 100"),
        (b"\xff\xfe", "cannot be read as a chain file"),
    ],
)
def test_a_broken_file_is_said(content, words):
    with pytest.raises(GenomeError, match=words):
        Liftover.parse("old", "new", content)


def test_a_file_of_this_machine(tmp_path):
    path = tmp_path / "x.chain.gz"
    path.write_bytes(gzip.compress(CHAINS.encode()))
    assert Liftover.open("old", "new", path).lift(place(150, 151))[0] == Interval("A", 1150, 1151)
    with pytest.raises(GenomeError, match="cannot be read"):
        Liftover.open("old", "new", tmp_path / "absent")


def test_a_published_file_is_fetched_once_and_compared(tmp_path):
    content = gzip.compress(CHAINS.encode(), mtime=0)
    with serving(content) as server:
        entry = ChainEntry("old", "new", server.url("a.chain.gz"), "", "Nobody")

        def fetch(entry: ChainEntry) -> Liftover:
            cache = BlockCache(tmp_path)
            return fetch_liftover(entry, cache, lambda: agreed(entry.url), patience=QUICK)

        assert fetch(entry).lift(place(150, 151))[0] == Interval("A", 1150, 1151)
        n_requests = len(server.requests)
        fetch(entry)
        assert len(server.requests) == n_requests == 1
        wrong = ChainEntry("old", "new", server.url("a.chain.gz"), "0" * 32, "Nobody")
        with pytest.raises(GenomeError, match="has the md5"):
            fetch(wrong)


@given(st.integers(100, 299) | st.integers(310, 399) | st.integers(500, 759))
def test_the_inverse_leads_back(start):
    there, inverted = LIFT.lift(place(start, start + 1))
    assert LIFT.inverse().lift(there) == (place(start, start + 1), inverted)
    assert (LIFT.inverse().source, LIFT.inverse().target) == ("new", "old")
