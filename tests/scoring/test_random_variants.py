"""Random variants of one kind around a variant: the same ones each time, none of another kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Interval, Variant
from genoview.io.assembly import Assembly
from genoview.scoring.random_variants import (
    background_words,
    random_variants,
    substitution_class,
)

AT = 43_249_076
KINDS = [
    Variant("chr20", AT, "C", "T"),
    Variant("chr20", 42_984_264, "G", "A"),
    Variant("chr20", AT, "C", "CGA"),
    Variant("chr20", 43_042_363, "AC", "A"),
    Variant("chr20", AT, "C", "GTT"),
]


@pytest.mark.parametrize("variant", KINDS, ids=str)
def test_they_are_of_one_kind_and_close_and_fit_the_genome(
    demo: Assembly, variant: Variant
) -> None:
    fetch = demo.reference.fetch
    drawn = random_variants(variant, fetch)
    assert len(set(drawn)) == len(drawn) == 100
    assert variant not in drawn
    around = variant.interval.expanded(550)  # left-normalised ones may lie a little further
    for item in drawn:
        assert (len(item.ref), len(item.alt)) == (len(variant.ref), len(variant.alt))
        assert item.kind == variant.kind
        assert around.contains(item.interval)
        assert fetch(item.interval) == item.ref
        assert item.normalised(fetch) == item
    if len(variant.ref) == len(variant.alt) == 1:
        assert {substitution_class(item) for item in drawn} == {substitution_class(variant)}
    assert random_variants(variant, fetch) == drawn


def test_another_variant_has_others(demo: Assembly) -> None:
    first, second = KINDS[0], Variant("chr20", AT, "C", "A")
    drawn = random_variants(first, demo.reference.fetch)
    assert not set(drawn) & set(random_variants(second, demo.reference.fetch))


def test_a_poor_neighbourhood_gives_what_it_has() -> None:
    bases = "N" * 990 + "GCNNA" + "N" * 2_000

    def fetch(interval: Interval) -> str:
        return bases[interval.start : interval.end]

    variant = Variant("chr1", 992, "C", "T")
    assert random_variants(variant, fetch) == (Variant("chr1", 991, "G", "A"),)
    assert random_variants(Variant("chr1", 995, "A", "C"), fetch) == ()


@pytest.mark.parametrize(
    ("ref", "alt", "words"),
    [
        ("C", "T", "random substitutions of C>T within 500 bp"),
        ("G", "A", "random substitutions of C>T within 500 bp"),
        ("A", "T", "random substitutions of T>A within 500 bp"),
        ("C", "CGA", "random insertions of 2 bp within 500 bp"),
        ("CGAT", "C", "random deletions of 3 bp within 500 bp"),
        ("CG", "AT", "random replacements of 2 by 2 bp within 500 bp"),
    ],
)
def test_the_background_is_named(ref: str, alt: str, words: str) -> None:
    assert background_words(Variant("chr1", 100, ref, alt)) == words


bases = st.sampled_from("ACGT")


@given(bases, bases)
def test_both_strands_of_a_substitution_are_of_one_class(ref: str, alt: str) -> None:
    if ref == alt:
        return
    other = str.maketrans("ACGT", "TGCA")
    there = Variant("chr1", 5, ref, alt)
    back = Variant("chr1", 5, ref.translate(other), alt.translate(other))
    assert substitution_class(there) == substitution_class(back)
    assert substitution_class(there)[0] in "CT"
