"""Small inputs after public bug reports, in tests/cases, with their right answers."""

from pathlib import Path

import pytest

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.annotation import Annotation
from genoview.io.formats import LocalFile, open_local
from tests.io.formats.conftest import CHROMS

CASES = Path(__file__).parents[2] / "cases"
EVERYTHING = Interval("chr20", 0, CHROMS["chr20"])


def opened(name: str, assembly: str = "GRCh37") -> LocalFile:
    return open_local(CASES / name, assembly=assembly, chroms=CHROMS)


def features(name: str) -> list[Feature]:
    return list(opened(name).features(EVERYTHING, 50))


@pytest.mark.parametrize(("ending", "n"), [("bed", 2), ("vcf", 1), ("gtf", 1)])
def test_a_byte_order_mark_is_no_part_of_the_first_chromosome(ending: str, n: int) -> None:
    file = opened(f"13-bom/x.{ending}")
    assert (file.n_elsewhere, file.skipped, file.count(EVERYTHING)) == (0, {}, n)


def test_a_byte_order_mark_costs_no_exon() -> None:
    (gene,) = Annotation.open(CASES / "13-bom/x.gtf").genes(EVERYTHING)
    assert len(gene.transcripts[0].exons) == 2


@pytest.mark.parametrize("name", ["tair-ctgA.gff3", "implied.gff3"])
def test_a_protein_makes_no_second_gene_and_fasta_ends_the_features(name: str) -> None:
    annotation = Annotation.open(CASES / "14-gff3" / name)
    assert len(annotation) == 1
    gene = annotation.find("AX1")
    (transcript,) = gene.transcripts
    assert (gene.symbol, transcript.transcript_id) == ("AX1", "AX1.1")
    assert len(transcript.exons) == 3 - (name == "implied.gff3")
    file = open_local(CASES / "14-gff3" / name)
    (feature,) = file.features(gene.interval, 9)
    assert (feature.name, file.skipped) == ("AX1.1", {})
    assert feature.blocks == tuple(exon.interval for exon in transcript.exons)


def test_the_length_of_a_symbol_is_that_of_svlen_or_end() -> None:
    spans = {
        one.name: (one.interval.start, one.interval.end)
        for one in features("12-vcf-lengths/svlen.vcf")
    }
    assert spans == {
        "del1": (43_000_999, 43_006_000),
        "dup1": (43_009_999, 43_010_700),
        "ins1": (43_019_999, 43_020_000),
        "del2": (43_024_999, 43_025_900),
        "inv1": (43_029_999, 43_031_000),
    }


def test_a_translocation_is_one_base_with_its_mate_in_words() -> None:
    found = features("12-vcf-lengths/tra.vcf")
    assert [one.interval.width for one in found] == [1, 1, 1]
    assert [one.details.split(", SVTYPE")[0] for one in found] == [
        "FILTER PASS, joined to chr8:43,090,000",
        "FILTER PASS, joined to chr8:48,000,000",
        "FILTER PASS, joined to chr20:43,004,000",
    ]
