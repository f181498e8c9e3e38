"""Exons of a transcript, as they are read, with what was measured of each; real genes."""

import numpy as np
import pytest

from genoview.data.genome import Interval, Variant
from genoview.io.assembly import Assembly
from genoview.io.inclusion.table import ExonShares, InclusionTable
from genoview.query.resolve_names import transcripts_of
from genoview.runtime.measured_inclusion import EMBEDDED
from genoview.scoring.splicing.inclusion.gene import GeneExon, GeneInclusion, gene_inclusion


@pytest.fixture(scope="module")
def table() -> InclusionTable:
    return InclusionTable.open(EMBEDDED["GRCh37"])


def inclusion_of(symbol: str, assembly: Assembly, table: InclusionTable | None) -> GeneInclusion:
    return gene_inclusion(transcripts_of(symbol, assembly)[0], table)


def test_exons_stand_from_5_to_3_on_both_strands(demo: Assembly, table: InclusionTable) -> None:
    ada, hnf4a = (inclusion_of(symbol, demo, table) for symbol in ("ADA", "HNF4A"))
    assert ada.named.label == hnf4a.named.label == "MANE Select"
    starts = [exon.interval.start for exon in ada.exons]
    assert starts == sorted(starts, reverse=True)
    assert [exon.number for exon in hnf4a.exons] == list(range(1, 11))
    starts = [exon.interval.start for exon in hnf4a.exons]
    assert starts == sorted(starts)


def test_each_exon_has_the_numbers_of_the_table(demo: Assembly, table: InclusionTable) -> None:
    ada = inclusion_of("ADA", demo, table)
    shares = table.shares([exon.interval for exon in ada.exons], "ADA")
    assert [exon.shares for exon in ada.exons] == [shares[exon.interval] for exon in ada.exons]
    assert ada.silent == ("Cells - Leukemia cell line (CML)",)
    values = ada.matrix(("Ovary", "Liver"))
    assert values.shape == (2, 12)
    assert values[0, 8] == pytest.approx(0.7445, abs=1e-3)
    assert ada.words == (
        "All 12 exons measured, with RNA in 53 of 54 tissues. Exon 9 differs most between "
        "tissues: 74% of RNA has it in Ovary, 97% in Cells - EBV-transformed lymphocytes."
    )


def test_exons_that_the_table_lacks_are_empty(demo: Assembly, table: InclusionTable) -> None:
    hnf4a = inclusion_of("HNF4A", demo, table)
    assert [exon.number for exon in hnf4a.absent] == [1, 10]
    assert np.isnan(hnf4a.matrix(("Liver",))).tolist() == [[True, *[False] * 8, True]]
    assert len(hnf4a.expressing) == 20
    assert "No RNA with exon 6 was seen in 11 of them." in hnf4a.words


def test_without_a_table_nothing_is_measured(demo: Assembly) -> None:
    ada = inclusion_of("ADA", demo, None)
    assert (ada.measured, ada.tissues, ada.source) == ((), (), "")
    assert len(ada.exons) == 12


def test_a_share_of_zero_is_in_no_median_and_no_extreme() -> None:
    shares = ExonShares({"Liver": 0.0, "Lung": 0.5, "Ovary": 0.9})
    exon = GeneExon(1, Interval("chr1", 0, 9, "+"), True, shares)
    assert exon.psi == pytest.approx(0.7)
    assert exon.extremes == (("Lung", 0.5), ("Ovary", 0.9))
    assert exon.spread == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("pos", "ref", "place"),
    [
        (43249076, "C", 10.5),  # intron 10 of ADA, which is read backwards
        (43249700, "C", 10.0),
        (43240000, "A", None),
        (43300000, "A", None),
    ],
)
def test_a_variant_lies_in_an_exon_or_between_two(
    demo: Assembly, pos: int, ref: str, place: float | None
) -> None:
    variant = Variant("chr20", pos, ref, "G")
    assert inclusion_of("ADA", demo, None).place_of(variant) == place
