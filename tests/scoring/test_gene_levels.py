"""Promoters of genes on both strands, of REF and of ALT."""

from collections.abc import Sequence

import pytest

from genoview.data.genome import Gene, Interval, Transcript, Variant, reverse_complement
from genoview.data.track_data import Family
from genoview.io.assembly import Assembly
from genoview.models.gene_model import GeneModel
from genoview.scoring.gene_levels import MOST_GENES, gene_levels, promoter_of, tss_of
from tests.support.models.toy_backend import card

CHROM, START = "chr20", 43_000_000


class Reader(GeneModel):
    """Keeps what it was given; a level is the share of G and C."""

    card = card("reader", Family.EXPRESSION)
    upstream, downstream, unit = 60, 40, "share"
    version = "1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def levels(self, promoters: Sequence[str]) -> list[float]:
        self.read = list(promoters)
        return [sum(map(promoter.count, "GC")) / len(promoter) for promoter in promoters]


def gene(strand: str, starts: Sequence[int] = (START,)) -> Gene:
    spans = [
        Interval(CHROM, tss - 500, tss + 1, "-")
        if strand == "-"
        else Interval(CHROM, tss, tss + 500, "+")
        for tss in starts
    ]
    whole = Interval(CHROM, min(s.start for s in spans), max(s.end for s in spans), strand)
    return Gene("g", "G", whole, tuple(Transcript(f"t{i}", s, ()) for i, s in enumerate(spans)))


@pytest.mark.parametrize("strand", ["+", "-"])
def test_the_start_is_the_one_that_most_transcripts_share(strand: str) -> None:
    assert tss_of(gene(strand, (START, START + 9, START + 9))) == START + 9
    first = START if strand == "+" else START + 9
    assert tss_of(gene(strand, (START, START + 9))) == first


@pytest.mark.parametrize("strand", ["+", "-"])
def test_a_promoter_is_read_as_its_strand_is(demo: Assembly, strand: str) -> None:
    model = Reader()
    [result] = gene_levels(model, [gene(strand)], demo.reference).levels
    before = demo.reference.fetch(Interval(CHROM, START - 60, START + 40))
    if strand == "-":
        before = reverse_complement(demo.reference.fetch(Interval(CHROM, START - 39, START + 61)))
    assert model.read == [before]
    assert (result.gene, result.tss, result.alt, result.change) == ("G", START, None, None)
    assert promoter_of(gene(strand), model).width == 100


@pytest.mark.parametrize("strand", ["+", "-"])
@pytest.mark.parametrize("offset", [-30, -1, 0, 1, 30])
@pytest.mark.parametrize("change", ["snv", "deletion", "insertion"])
def test_alt_keeps_its_start_where_it_was(
    demo: Assembly, strand: str, offset: int, change: str
) -> None:
    """The bases before the start are those of ALT, whatever its length."""
    start = START + offset
    bases = demo.reference.fetch(Interval(CHROM, start, start + 5))
    other = "ACGT"[("ACGT".index(bases[0]) + 1) % 4]
    ref, alt = {
        "snv": (bases[0], other),
        "deletion": (bases, bases[0]),
        "insertion": (bases[0], bases[0] + "GATTACA"),
    }[change]
    variant, model = Variant(CHROM, start + 1, ref, alt), Reader()
    [result] = gene_levels(model, [gene(strand)], demo.reference, variant).levels
    before, after = model.read
    assert len(after) == 100
    assert before != after
    assert result.change == pytest.approx(result.alt - result.ref)
    left = demo.reference.fetch(Interval(CHROM, START - 200, start))
    right = demo.reference.fetch(Interval(CHROM, start + len(ref), START + 200))
    haplotype = left + alt + right
    assert after in (haplotype if strand == "+" else reverse_complement(haplotype))


def test_alt_is_predicted_for_genes_whose_promoter_has_the_variant(demo: Assembly) -> None:
    base = demo.reference.fetch(Interval(CHROM, START + 40, START + 41))
    beyond = Variant(CHROM, START + 41, base, "A" if base != "A" else "C")
    result = gene_levels(Reader(), [gene("+"), gene("-")], demo.reference, beyond)
    assert [(level.strand, level.alt is None) for level in result.levels] == [
        ("-", False),
        ("+", True),
    ]
    assert [level.strand for level in result.changed] == ["-"]
    unknown = Gene("g", "G", Interval(CHROM, START, START + 9))
    assert gene_levels(Reader(), [unknown], demo.reference).levels == ()


def test_genes_whose_promoter_leaves_the_known_sequence_are_named_without_level(
    demo: Assembly,
) -> None:
    [part] = demo.reference.covered(CHROM)
    reads = Reader.upstream
    edge = gene("+", (part.start + reads - 1,))
    result = gene_levels(Reader(), [edge, gene("+")], demo.reference)
    assert [level.tss for level in result.levels] == [START]
    assert result.beyond == ("G",)
    assert result.notes == (
        "No level of G: the 100 bp around the start are not all in the genome that is here.",
    )
    assert gene_levels(Reader(), [gene("+", (part.start + reads,))], demo.reference).beyond == ()


def test_a_deletion_needs_the_bases_that_it_moves_into_the_promoter(demo: Assembly) -> None:
    [part] = demo.reference.covered(CHROM)
    tss = part.start + Reader.upstream
    bases = demo.reference.fetch(Interval(CHROM, tss - 9, tss - 5))
    deletion = Variant(CHROM, tss - 8, bases, bases[0])
    edge, inner = gene("+", (tss,)), gene("+", (tss + 3,))
    assert gene_levels(Reader(), [edge], demo.reference, deletion).beyond == ("G",)
    assert len(gene_levels(Reader(), [inner], demo.reference, deletion).changed) == 1


def test_genes_beyond_the_limit_are_counted(demo: Assembly) -> None:
    result = gene_levels(Reader(), [gene("+")] * (MOST_GENES + 2), demo.reference)
    assert (len(result.levels), result.n_left_out) == (MOST_GENES, 2)
    assert result.notes == ("2 more genes have no level here.",)
