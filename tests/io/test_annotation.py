"""Gene files of each source, genes of an interval, and the gene of a name."""

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Exon, Interval, reverse_complement
from genoview.errors import AnnotationError
from genoview.io.annotation import Annotation
from genoview.io.reference import ReferenceGenome
from tests.support.paths import ASSETS, FIXTURES

DEMO = ASSETS / "genes" / "GRCh37-demo.gtf.gz"
REGION = Interval("chr20", 42_484_000, 43_484_000)

# One gene of two exons on chr20, in six ways of writing it: file, gene id, transcript id.
GENE_FILES = FIXTURES / "genes"
FLAVOURS = [
    ("gencode.gtf", "ENSG01.3", "ENST01.2"),
    ("ensembl.gtf", "ENSG01", "ENST01"),
    ("refseq.gtf", "TOY1", "NM_01.2"),
    ("gencode.gff3", "ENSG01.3", "ENST01.2"),
    ("ensembl.gff3", "ENSG01", "ENST01"),
    ("refseq.gff3", "TOY1", "NM_01.2"),
]
GENCODE_GTF = (GENE_FILES / "gencode.gtf").read_text()


def annotate(folder: Path, text: str, name: str = "toy.gtf") -> Annotation:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return Annotation.open(path)


@pytest.fixture(scope="module")
def demo():
    return Annotation.open(DEMO)


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize(("name", "gene_id", "transcript_id"), FLAVOURS)
def test_every_flavour_gives_the_same_gene(tmp_path, name, gene_id, transcript_id, packed):
    annotation = annotate(tmp_path, (GENE_FILES / name).read_text(), name + packed)
    (gene,) = annotation.genes(Interval("chr20", 0, 3000))
    assert (gene.gene_id, gene.symbol, gene.biotype) == (gene_id, "TOY1", "protein_coding")
    assert gene.interval == Interval("chr20", 1000, 2000, "-")
    (transcript,) = gene.transcripts
    assert transcript.transcript_id == transcript_id
    assert transcript.biotype in ("protein_coding", "mRNA")
    assert transcript.interval == gene.interval
    assert transcript.exons == (
        Exon(Interval("chr20", 1000, 1200, "-"), Interval("chr20", 1096, 1200, "-")),
        Exon(Interval("chr20", 1800, 2000, "-"), Interval("chr20", 1800, 1950, "-")),
    )
    assert annotation.find(transcript_id) == annotation.find("toy1") == gene


def test_exon_lines_alone_make_a_gene(tmp_path):
    text = "".join(
        f'20\tx\texon\t{start}\t{start + 9}\t.\t+\t.\tgene_id "G"; transcript_id "T";\n'
        for start in (101, 201)
    )
    gene = annotate(tmp_path, text).find("G")
    assert gene.symbol == "G"
    assert gene.interval == Interval("chr20", 100, 210, "+")
    assert gene.transcripts[0].introns == (Interval("chr20", 110, 200, "+"),)


def test_coding_lines_alone_are_exons(tmp_path):
    text = '20\tx\tCDS\t101\t110\t.\t+\t0\tgene_id "G"; transcript_id "T";\n'
    (transcript,) = annotate(tmp_path, text).find("G").transcripts
    place = Interval("chr20", 100, 110, "+")
    assert transcript.exons == (Exon(place, place),)


def test_a_gene_line_alone_is_a_gene_without_transcripts(tmp_path):
    text = "20\tx\tpseudogene\t101\t110\t.\t+\t.\tID=gene-P;Name=P%2C1\n"
    gene = annotate(tmp_path, text, "p.gff3").find("P,1")
    assert (gene.gene_id, gene.transcripts) == ("P", ())


def test_exons_right_under_a_gene_are_its_transcript(tmp_path):
    text = (
        "20\tx\tpseudogene\t101\t210\t.\t+\t.\tID=gene-P;Name=P\n"
        "20\tx\texon\t101\t110\t.\t+\t.\tParent=gene-P\n"
        "20\tx\texon\t201\t210\t.\t+\t.\tParent=gene-P\n"
    )
    (transcript,) = annotate(tmp_path, text, "p.gff3").find("P").transcripts
    assert len(transcript.exons) == 2


def test_an_exon_of_two_parents_and_a_transcript_of_a_transcript_belong_to_the_gene(tmp_path):
    text = (
        "20\tx\tgene\t101\t210\t.\t+\t.\tID=g;Name=MIR1\n"
        "20\tx\tprimary_transcript\t101\t210\t.\t+\t.\tID=r1;Parent=g\n"
        "20\tx\tmiRNA\t101\t210\t.\t+\t.\tID=r2;Parent=r1\n"
        "20\tx\texon\t101\t110\t.\t+\t.\tParent=r1,r2\n"
    )
    gene = annotate(tmp_path, text, "m.gff3").find("mir1")
    assert [one.transcript_id for one in gene.transcripts] == ["r1", "r2"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("# only a comment\n", "is empty"),
        ("chr20\t1\t2\tBED\n", "line 1: .* nine columns"),
        ('20\tx\texon\tone\t9\t.\t+\t.\tgene_id "G";\n', "line 1: .* numbers"),
        ('20\tx\texon\t9\t1\t.\t+\t.\tgene_id "G";\n', "line 1: 9 to 1 is not a valid interval"),
        ("20\tx\texon\t1\t9\t.\t+\t.\tG\n", "ninth column of its first line is neither of GTF"),
        ('20\tx\tUTR\t1\t9\t.\t+\t.\tgene_id "G";\n', "no gene with exons"),
        ("20\tx\tmatch\t1\t9\t.\t+\t.\tID=x\n", "no gene with exons"),
    ],
)
def test_a_file_that_is_no_gene_file_is_refused(tmp_path, text, message):
    with pytest.raises(AnnotationError, match=message):
        annotate(tmp_path, text)


def test_a_damaged_file_is_refused(tmp_path):
    packed = tmp_path / "cut.gtf.gz"
    packed.write_bytes(DEMO.read_bytes()[:4000])
    with pytest.raises(AnnotationError, match="cannot be read to its end"):
        Annotation.open(packed)
    (tmp_path / "latin.gtf").write_bytes(GENCODE_GTF.replace("TOY1", "TÖY").encode("latin-1"))
    assert Annotation.open(tmp_path / "latin.gtf").find("TÖY").symbol == "TÖY"
    with pytest.raises(AnnotationError, match=r"nowhere\.gtf cannot be read"):
        Annotation.open(Path("nowhere.gtf"))


def test_a_genome_without_genes_says_so():
    empty = Annotation.empty()
    assert len(empty) == 0
    assert empty.genes(REGION) == ()
    with pytest.raises(AnnotationError, match=r"this genome has no genes\. Add a GTF or GFF3"):
        empty.find("ADA")


@pytest.mark.parametrize(
    "name",
    [
        "ADA",
        "ada",
        " Ada ",
        "ENSG00000196839",
        "ENSG00000196839.13",
        "ensg00000196839.99",
        "ENSG00000196839.13_3",
        "ENST00000372874",
        "ENST00000372874.9",
        "NM_000022",
        "nm_000022.4",
    ],
)
def test_a_gene_is_found_by_symbol_and_by_ids_of_both_sources(demo, name):
    gene = demo.find(name)
    assert (gene.symbol, gene.gene_id) == ("ADA", "ENSG00000196839.13")


def test_a_name_that_is_absent_is_answered_with_near_ones(demo):
    with pytest.raises(AnnotationError) as caught:
        demo.find("HNF4")
    assert str(caught.value) == (
        "HNF4 is not among the 31 genes of GRCh37-demo.gtf.gz. Near it: HNF4A, HNF4A-AS1."
    )
    with pytest.raises(AnnotationError, match=r"qqqq is not among .*gz\.$"):
        demo.find("qqqq")


@pytest.mark.parametrize(
    ("chroms", "expected"),
    [
        (["chrX", "chrY"], "chrX"),
        (["chr6", "chr6_GL000250v2_alt"], "chr6"),
        (["NW_1", "chr6", "NW_2"], "chr6"),
        (["chr1", "chr2"], None),
        (["NW_1", "NW_2"], None),
    ],
)
def test_of_genes_with_one_symbol_the_one_on_a_chromosome_is_meant(tmp_path, chroms, expected):
    row = '{}\tx\texon\t1\t9\t.\t+\t.\tgene_id "G{}"; transcript_id "T{}"; gene_name "S";\n'
    text = "".join(row.format(chrom, i, i) for i, chrom in enumerate(chroms))
    annotation = annotate(tmp_path, text)
    if expected is None:
        with pytest.raises(AnnotationError, match=r"S names 2 genes: G0 .*G1 .*Type the id"):
            annotation.find("S")
    else:
        assert annotation.find("S").interval.chrom == expected


@given(start=st.integers(42_400_000, 43_500_000), width=st.integers(1, 300_000))
def test_genes_are_those_that_overlap_in_order_of_start(demo, start, width):
    interval = Interval("20", start, start + width)
    everything = demo.genes(Interval("chr20", 0, 63_025_520))
    expected = [
        g for g in everything if g.interval.start < start + width and start < g.interval.end
    ]
    found = demo.genes(interval)
    assert list(found) == expected
    assert [g.interval.start for g in found] == sorted(g.interval.start for g in found)


@pytest.mark.parametrize(
    "interval", [Interval("chr1", 0, 10), Interval("chr20", -9, -1), Interval("chr20", -9, 5)]
)
def test_where_no_gene_is_there_is_none(demo, interval):
    assert demo.genes(interval) == ()


def test_demo_has_each_gene_once_with_both_sources(demo):
    genes = demo.genes(REGION)
    assert len(genes) == len(demo) == 31
    assert len({gene.symbol for gene in genes}) == len({gene.gene_id for gene in genes}) == 31
    hnf4a = demo.find("HNF4A")
    by_source = {one.source for one in hnf4a.transcripts}
    assert by_source == {"GENCODE lift37", "RefSeq"}
    sources = [one.source for gene in genes for one in gene.transcripts]
    assert (sources.count("GENCODE lift37"), sources.count("RefSeq")) == (93, 58)
    assert hnf4a.interval == Interval("chr20", 42_984_338, 43_063_236, "+")


def test_demo_has_coding_parts_of_refseq_only(demo):
    for gene in demo.genes(REGION):
        for transcript in gene.transcripts:
            coding = [exon.coding for exon in transcript.exons if exon.coding]
            assert bool(coding) == transcript.transcript_id.startswith("NM_")
            assert sum(part.width for part in coding) % 3 == 0


def test_demo_introns_begin_with_gt_and_end_with_ag(demo):
    sizes = ASSETS / "genome" / "GRCh37.chrom.sizes"
    fasta = ASSETS / "genome" / "GRCh37-demo.fa.gz"
    transcripts = [one for gene in demo.genes(REGION) for one in gene.transcripts]
    introns = {intron for one in transcripts for intron in one.introns}
    assert len(introns) == 162
    with ReferenceGenome.open("demo", fasta, sizes) as genome:
        for intron in introns:
            bases = genome.fetch(intron)
            bases = reverse_complement(bases) if intron.strand == "-" else bases
            assert (bases[:2], bases[-2:]) == ("GT", "AG")


def test_demo_coding_sequences_read_from_atg_to_stop(demo):
    fasta = ASSETS / "genome" / "GRCh37-demo.fa.gz"
    with ReferenceGenome.open("demo", fasta) as genome:
        for gene in demo.genes(REGION):
            for transcript in gene.transcripts:
                parts = [genome.fetch(exon.coding) for exon in transcript.exons if exon.coding]
                bases = "".join(parts)
                if gene.interval.strand == "-":
                    bases = reverse_complement(bases)
                assert not bases or (bases[:3] == "ATG" and bases[-3:] in ("TAA", "TAG", "TGA"))


def test_a_large_file_is_remembered_by_its_content(tmp_path, monkeypatch):
    monkeypatch.setattr("genoview.io.annotation.WORTH_KEEPING", 1)
    path = tmp_path / "toy.gtf"
    path.write_text(GENCODE_GTF)
    shares: list[float] = []
    first = Annotation.open(path, cache_dir=tmp_path / "cache", progress=shares.append)
    assert shares == [1.0]
    again = Annotation.open(path, cache_dir=tmp_path / "cache", progress=shares.append)
    assert shares == [1.0]  # not read a second time
    assert again.find("TOY1") == first.find("TOY1")
    path.write_text(GENCODE_GTF.replace("TOY1", "TOY2"))
    assert Annotation.open(path, cache_dir=tmp_path / "cache").find("TOY2").symbol == "TOY2"


def test_a_damaged_or_unwritable_cache_costs_a_reading(tmp_path, monkeypatch):
    monkeypatch.setattr("genoview.io.annotation.WORTH_KEEPING", 1)
    path = tmp_path / "toy.gtf"
    path.write_text(GENCODE_GTF)
    Annotation.open(path, cache_dir=tmp_path / "cache")
    for file in (tmp_path / "cache").rglob("*.parquet"):
        file.write_bytes(b"nonsense")
    assert Annotation.open(path, cache_dir=tmp_path / "cache").find("TOY1").symbol == "TOY1"
    assert Annotation.open(path, cache_dir=path).find("TOY1").symbol == "TOY1"


GENES = os.environ.get("GENOVIEW_GENES")


@pytest.mark.skipif(not GENES, reason="GENOVIEW_GENES names no gene file of a whole genome")
def test_a_whole_genomes_genes_can_be_read(tmp_path):
    for _ in range(2):
        annotation = Annotation.open(Path(GENES), cache_dir=tmp_path)
        assert len(annotation) > 10_000
        assert annotation.find("HNF4A") in annotation.genes(annotation.find("HNF4A").interval)
