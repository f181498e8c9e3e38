"""The embedded genes against the sequence that is here: ATG, stop, GT-AG."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.data.genome import Gene, Interval, Transcript, reverse_complement
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.io.refseq.genes import refseq_genes

REGION = Interval("chr20", 42_484_000, 43_484_000)
CHR20_LENGTH = 63_025_520  # bp, GRCh37
CHR20_FASTA = os.environ.get("GENOVIEW_CHR20_FASTA")
STOPS = {"TAA", "TAG", "TGA"}


def within(region: Interval) -> Iterator[tuple[Gene, Transcript]]:
    for gene in refseq_genes("GRCh37").genes(region):
        yield from ((gene, one) for one in gene.transcripts if region.contains(one.interval))


def coding_ends(one: Transcript, genome: ReferenceGenome) -> tuple[str, str, int]:
    """First and last codon, and bp of the coding part."""
    parts = [exon.coding for exon in one.exons if exon.coding]
    bases = "".join(genome.fetch(part) for part in parts)
    if one.interval.strand == "-":
        bases = reverse_complement(bases)
    return bases[:3], bases[-3:], len(bases)


def splice_sites(introns: set[Interval], genome: ReferenceGenome) -> Counter[str]:
    counts: Counter[str] = Counter()
    for intron in introns:
        bases = genome.fetch(intron)
        bases = reverse_complement(bases) if intron.strand == "-" else bases
        counts[f"{bases[:2]}-{bases[-2:]}"] += 1
    return counts


def test_coding_parts_and_introns_of_the_demo_are_whole(demo: Assembly) -> None:
    here = list(within(REGION))
    coding = [one for _, one in here if any(exon.coding for exon in one.exons)]
    assert len(coding) > 40
    for one in coding:
        first, last, length = coding_ends(one, demo.reference)
        assert (one.transcript_id, first, last in STOPS, length % 3) == (
            one.transcript_id,
            "ATG",
            True,
            0,
        )
    sites = splice_sites({intron for _, one in here for intron in one.introns}, demo.reference)
    assert set(sites) <= {"GT-AG", "GC-AG", "AT-AC"}


@pytest.mark.skipif(
    not CHR20_FASTA, reason="GENOVIEW_CHR20_FASTA names no bgzipped chr20 of GRCh37"
)
def test_coding_parts_and_introns_of_chromosome_20_are_whole() -> None:
    assert CHR20_FASTA
    here = list(within(Interval("chr20", 0, CHR20_LENGTH)))
    with ReferenceGenome.open("GRCh37", Path(CHR20_FASTA)) as genome:
        ends = {
            one.transcript_id: coding_ends(one, genome)
            for _, one in here
            if any(exon.coding for exon in one.exons)
        }
        sites = splice_sites({intron for _, one in here for intron in one.introns}, genome)
    assert len(ends) == 1_562
    assert [
        name for name, (_, last, length) in ends.items() if last not in STOPS or length % 3
    ] == []
    # HCK begins at CTG; PANK2's NM_001386393.1 at another codon than ATG too.
    assert {name for name, (first, _, _) in ends.items() if first != "ATG"} == {
        "NM_001386393.1",
        "NM_001172130.3",
        "NM_002110.5",
    }
    assert sum(sites.values()) == 6_309
    assert sites["GT-AG"] + sites["GC-AG"] + sites["AT-AC"] == 6_301
