"""A variant in ClinVar and gnomAD: by the same alleles, however the file places them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genoview.data.genome import Interval, Variant
from genoview.io.big.bigbed import BigBed
from genoview.io.big.byte_source import LocalBytes
from genoview.io.big.file import BigFile
from genoview.io.measured.clinvar import category_of, clinvar_feature
from genoview.io.measured.lookup import Overlaps, find_entries, left_aligned
from genoview.io.measured.variants import gnomad_feature
from tests.support.files.big_files import Row
from tests.support.files.public_tracks import clinvar, clinvar_row, gnomad, gnomad_row

LENGTHS = {"chr20": 1_000}
BASES = "ACGTTGCA" * 5 + "CAGCAGCAG" + "TTGACCGA" * 100  # the repeat is bases 40 to 48
Find = Callable[[list[Row], Variant], Overlaps]


def fetch(interval: Interval) -> str:
    return BASES[interval.start : interval.end]


@pytest.fixture
def in_clinvar(tmp_path: Path) -> Find:
    def find(rows: list[Row], variant: Variant) -> Overlaps:
        path = tmp_path / "clinvar.bb"
        path.write_bytes(clinvar(rows, LENGTHS))
        source = BigBed(BigFile(LocalBytes("clinvar.bb", path)), clinvar_feature)
        return find_entries(source, "clinvar", variant, fetch)

    return find


@pytest.fixture
def in_gnomad(tmp_path: Path) -> Find:
    def find(rows: list[Row], variant: Variant) -> Overlaps:
        path = tmp_path / "gnomad.bb"
        path.write_bytes(gnomad(rows, LENGTHS))
        source = BigBed(BigFile(LocalBytes("gnomad.bb", path)), gnomad_feature("gnomad_r4"))
        return find_entries(source, "gnomad", variant, fetch)

    return find


def test_a_substitution_is_known_on_either_strand(in_clinvar: Find) -> None:
    variant = Variant("chr20", 4, "T", "C")
    rows = [
        clinvar_row("chr20", 3, 4, "T>C", "Benign", number=1),
        clinvar_row("chr20", 3, 4, "A>G", "Benign", number=2),  # of a gene on the other strand
        clinvar_row("chr20", 3, 4, "T>G", "Pathogenic", number=3),
        clinvar_row("chr20", 4, 5, "T>C", "Pathogenic", number=4),
    ]
    overlaps = in_clinvar(rows, variant)
    assert [f.links[0][0] for f in overlaps.exact] == ["ClinVar 1", "ClinVar 2"]
    assert [f.links[0][0] for f in overlaps.others] == ["ClinVar 3"]


def test_nothing_is_invented_where_there_is_nothing(in_clinvar: Find, in_gnomad: Find) -> None:
    variant = Variant("chr20", 4, "T", "C")
    assert in_clinvar([], variant) == Overlaps((), ())
    assert in_gnomad([gnomad_row("chr20", 5, "T", "C", 0.1)], variant) == Overlaps((), ())


@pytest.mark.parametrize("at", [40, 43, 46])
def test_a_deletion_in_a_repeat_is_the_same_wherever_it_is_placed(
    in_clinvar: Find, in_gnomad: Find, at: int
) -> None:
    """CAG of three; ClinVar places it last, gnomAD first, a person anywhere."""
    variant = Variant("chr20", at, BASES[at - 1 : at + 3], BASES[at - 1])
    row = clinvar_row("chr20", 46, 49, "del", "Benign", kind="Deletion")
    assert len(in_clinvar([row], variant).exact) == 1
    row = gnomad_row("chr20", 40, BASES[39:43], BASES[39], 0.1)
    assert len(in_gnomad([row], variant).exact) == 1


def test_a_duplication_is_an_insertion_of_the_same_bases(in_clinvar: Find, in_gnomad: Find) -> None:
    variant = Variant("chr20", 49, "G", "GCAG")
    row = clinvar_row("chr20", 46, 49, "dup", "Benign", kind="Duplication")
    assert len(in_clinvar([row], variant).exact) == 1
    row = gnomad_row("chr20", 40, BASES[39], BASES[39] + "CAG", 0.1)
    assert len(in_gnomad([row], variant).exact) == 1
    other = gnomad_row("chr20", 49, "G", "GA", 0.1)
    overlaps = in_gnomad([other], variant)
    assert (overlaps.exact, len(overlaps.others)) == ((), 1)


def test_an_insertion_of_unknown_bases_is_beside_not_the_same(in_clinvar: Find) -> None:
    row = clinvar_row("chr20", 48, 49, "ins", "Pathogenic", kind="Insertion")
    overlaps = in_clinvar([row], Variant("chr20", 49, "G", "GA"))
    assert (overlaps.exact, len(overlaps.others)) == ((), 1)


def test_changes_move_left_as_far_as_they_mean_the_same() -> None:
    assert left_aligned((46, "CAG", ""), "chr20", fetch) == left_aligned(
        (40, "CAG", ""), "chr20", fetch
    )
    assert left_aligned((3, "T", "C"), "chr20", fetch) == (3, "T", "C")


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Pathogenic", "pathogenic"),
        ("Pathogenic/Likely pathogenic", "pathogenic"),
        ("Likely pathogenic", "likely pathogenic"),
        ("Conflicting classifications of pathogenicity", "conflicting"),
        ("Uncertain significance", "uncertain"),
        ("Benign/Likely benign", "benign"),
        ("drug response", "other"),
        ("", "other"),
    ],
)
def test_classifications_have_a_category(words: str, category: str) -> None:
    assert category_of(words)[0] == category
