"""Typed texts after public bug reports: named contigs, long alleles, brackets of HGVS."""

from pathlib import Path

import pytest

from genoview.errors import OtherBuild, QueryError
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.query import parse
from genoview.query.resolve import resolve

BASES = "ACGTTGCATC" * 1200
HLA = "HLA-A*01:01:01:01"


@pytest.fixture
def own(tmp_path: Path) -> Assembly:
    """A FASTA file whose records have accessions, or names with colons, as names."""
    path = tmp_path / "own.fa"
    path.write_text(f">NC_000020.11\n{BASES}\n>{HLA}\n{BASES}\n")
    return Assembly("own", ReferenceGenome.open("own", path), Annotation.empty())


@pytest.mark.parametrize("text", ["NC_000020.11:100-200", "nc_000020.11:100-200"])
def test_an_accession_is_the_own_name_of_a_record(text: str, own: Assembly) -> None:
    request = resolve(text, own)
    assert (request.locus.interval.chrom, request.locus.interval.start) == ("chr20", 99)


def test_an_accession_of_another_version_is_of_another_build(own: Assembly) -> None:
    with pytest.raises(OtherBuild, match="GRCh37"):
        resolve("NC_000020.10:100-200", own)
    assert resolve("NC_000020.11:g.101A>C", own).text == "chr20:101:A>C"


@pytest.mark.parametrize(
    "text", [f"{HLA}:6021:A>C", f"{HLA}\t6021\t.\tA\tC", f"{HLA}:6021 A C", f"{HLA}:6,021:A:C"]
)
def test_colons_of_an_hla_contig_are_part_of_its_name(text: str, own: Assembly) -> None:
    request = resolve(text, own)
    assert request.text == f"{HLA}:6021:A>C"
    assert resolve(request.text, own).variant == request.variant


def test_a_place_on_an_hla_contig_opens(own: Assembly) -> None:
    interval = resolve(f"{HLA}:100-200", own).locus.interval
    assert (interval.chrom, interval.start, interval.end) == (HLA, 99, 200)


def test_long_alleles_and_long_lines_open(own: Assembly) -> None:
    inserted = "GATTACACCA" * 64
    typed = resolve(f"chr20:6001:A>A{inserted}", own)
    line = resolve(f"20\t6001\t.\tA\tA{inserted}\t.\tPASS\t{'X=1;' * 150}", own)
    assert typed.variant == line.variant
    assert typed.variant
    assert len(typed.variant.alt) == 641


@pytest.mark.parametrize(
    "text",
    ["chr20:g.6000_6001ins[rev]", "chr20:g.6000_6001insACG[3]", "[rev]", "insACG[3]", "chr20:1[3]"],
)
def test_brackets_of_a_change_name_no_assembly(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(text)
    assert "assembl" not in str(refusal.value)
    assert not isinstance(refusal.value, OtherBuild)


def test_brackets_of_an_assembly_still_name_it() -> None:
    assert parse("chr20:43042364:C>T [hg19]").assembly == "GRCh37"
    assert parse("chr20:43042364:C>T[my genome]").assembly == "my genome"
