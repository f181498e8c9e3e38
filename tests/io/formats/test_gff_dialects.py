"""GFF3 of the programs and databases that write it: genes for the annotation, rows for a track."""

from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.io.annotation import Annotation
from genoview.io.formats import open_local

EVERYTHING = Interval("chr20", 0, 100_000)
NCBI = """
NC_000020.10 RefSeq region 1 100000 . + . ID=NC_000020.10:1..100000
NC_000020.10 BestRefSeq gene 1001 9000 . + . ID=gene-A1;Name=A1;gene=A1;gene_biotype=protein_coding
NC_000020.10 BestRefSeq mRNA 1001 9000 . + . ID=rna-NM_1.1;Parent=gene-A1;transcript_id=NM_1.1
NC_000020.10 BestRefSeq exon 1001 2000 . + . ID=exon-1;Parent=rna-NM_1.1
NC_000020.10 BestRefSeq exon 8001 9000 . + . ID=exon-2;Parent=rna-NM_1.1
NC_000020.10 BestRefSeq CDS 1501 2000 . + 0 ID=cds-NP_1;Parent=rna-NM_1.1
NC_000020.10 BestRefSeq CDS 8001 8500 . + 0 ID=cds-NP_1;Parent=rna-NM_1.1
NC_000020.10 RefSeq cDNA_match 10001 10100 . + . ID=aln1;Target=NM_2 1 100
NC_000020.10 RefSeq cDNA_match 12001 12100 . + . ID=aln1;Target=NM_2 101 200
"""
ENSEMBL = """
20 GRCh37 chromosome 1 100000 . . . ID=chromosome:20;Alias=NC_000020.10
20 havana gene 1001 9000 . + . ID=gene:ENSG1;Name=A1;biotype=protein_coding;gene_id=ENSG1
20 havana mRNA 1001 9000 . + . ID=transcript:ENST1;Parent=gene:ENSG1;transcript_id=ENST1
20 havana exon 1001 2000 . + . Parent=transcript:ENST1;exon_id=ENSE1
20 havana CDS 1501 2000 . + 0 ID=CDS:ENSP1;Parent=transcript:ENST1
20 havana ncRNA_gene 11001 12000 . + . ID=gene:ENSG2;biotype=lncRNA;gene_id=ENSG2
20 havana lnc_RNA 11001 12000 . + . ID=transcript:ENST2;Parent=gene:ENSG2;transcript_id=ENST2
20 havana exon 11001 12000 . + . Parent=transcript:ENST2
"""
TAIR = """
20 TAIR10 gene 1001 9000 . + . ID=AT1;Name=AT1
20 TAIR10 mRNA 1001 9000 . + . ID=AT1.1;Parent=AT1;Name=AT1.1
20 TAIR10 mRNA 1001 9000 . + . ID=AT1.2;Parent=AT1;Name=AT1.2
20 TAIR10 exon 1001 2000 . + . Parent=AT1.1,AT1.2
20 TAIR10 exon 8001 9000 . + . Parent=AT1.1,AT1.2,
20 TAIR10 CDS 1501 2000 . + 0 Parent=AT1.1,AT1.1-Protein;
20 TAIR10 pseudogene 13001 14000 . + . ID=AT3;Name=AT3
20 TAIR10 pseudogenic_transcript 13001 14000 . + . ID=AT3.1;Parent=AT3
20 TAIR10 pseudogenic_exon 13001 14000 . + . Parent=AT3.1
20 TAIR10 transposable_element 15001 16000 . + . ID=TE1;Name=TE1
20 TAIR10 transposon_fragment 15001 15500 . + . Parent=TE1
"""
PROKKA = """
20 Prodigal:2.6 CDS 1001 2000 . + 0 ID=P_1;locus_tag=P_1;product=hypothetical protein
20 Prodigal:2.6 CDS 3001 4000 . - 0 ID=P_2;gene=dnaA;Name=dnaA;locus_tag=P_2
20 Aragorn:1.2 tRNA 5001 5070 . + . ID=P_3;product=tRNA-Ala
##FASTA
>20
ACGT
"""
PROKKA_GENES = """
20 prokka gene 1001 2000 . + . ID=P_1_gene;locus_tag=P_1
20 Prodigal:2.6 CDS 1001 2000 . + 0 ID=P_1;Parent=P_1_gene;locus_tag=P_1
"""
MINIPROT = """
##PAF P1 200 0 200 + 20 100000 1000 9003
20 miniprot mRNA 1001 9003 800 + . ID=MP1;Rank=1;Identity=0.9;Target=P1 1 200
20 miniprot CDS 1001 1500 400 + 0 Parent=MP1;Rank=1;Target=P1 1 100
20 miniprot CDS 8501 9000 400 + 1 Parent=MP1;Rank=1;Target=P1 101 200
20 miniprot stop_codon 9001 9003 0 + 0 Parent=MP1;Rank=1
"""
OTHERS = """
20 x gene 1001 2000 . + . ID=g1;Name=trans;exception=trans-splicing;part=1
20 x gene 8001 9000 . + . ID=g1;Name=trans;exception=trans-splicing;part=2
20 x CDS 1001 2000 . + 0 ID=c1;Parent=g1
20 x CDS 8001 9000 . + 0 ID=c1;Parent=g1
20 x match 10001 10100 . + . ID=m1;Name=hit
20 x match_part 10001 10050 . + . Parent=m1
20 x match_part 10071 10100 . + . Parent=m1
20 x gene_group 1001 9000 . + . ID=group
20 x gene_segment 11001 11100 . + . ID=segment
"""
A1 = [(1000, 2000), (8000, 9000)]


def written(folder: Path, lines: str) -> Path:
    path = folder / "a.gff3"
    table = ["\t".join(line.split(None, 8)) for line in lines.strip().splitlines()]
    path.write_text("##gff-version 3\n" + "\n".join(table) + "\n")
    return path


@pytest.mark.parametrize(
    ("lines", "genes"),
    [
        (NCBI, {"A1": {"NM_1.1": A1}}),
        (ENSEMBL, {"A1": {"ENST1": A1[:1]}, "ENSG2": {"ENST2": [(11_000, 12_000)]}}),
        (TAIR, {"AT1": {"AT1.1": A1, "AT1.2": A1}, "AT3": {"AT3.1": [(13_000, 14_000)]}}),
        (PROKKA, {"P_1": {"P_1": [(1000, 2000)]}, "dnaA": {"P_2": [(3000, 4000)]}}),
        (PROKKA_GENES, {"P_1": {"P_1_gene": [(1000, 2000)]}}),
        (MINIPROT, {"MP1": {"MP1": [(1000, 1500), (8500, 9003)]}}),
        (OTHERS, {"trans": {"g1": A1}}),
    ],
    ids=["NCBI", "Ensembl", "TAIR", "Prokka", "Prokka with genes", "miniprot", "others"],
)
def test_genes_are_what_the_sequence_ontology_calls_so(
    lines: str, genes: dict[str, dict[str, list[tuple[int, int]]]], tmp_path: Path
) -> None:
    annotation = Annotation.open(written(tmp_path, lines))
    read = {
        gene.symbol: {
            transcript.transcript_id: [
                (exon.interval.start, exon.interval.end) for exon in transcript.exons
            ]
            for transcript in gene.transcripts
        }
        for gene in annotation.genes(EVERYTHING)
    }
    assert read == genes


@pytest.mark.parametrize(
    ("lines", "boxes"),
    [
        (NCBI, {"NM_1.1": A1, "aln1": [(10_000, 10_100), (12_000, 12_100)]}),
        (ENSEMBL, {"ENST1": A1[:1], "ENST2": [(11_000, 12_000)]}),
        (
            TAIR,
            {"AT1.1": A1, "AT1.2": A1, "AT3.1": [(13_000, 14_000)], "TE1": [(15_000, 15_500)]},
        ),
        (PROKKA, {"P_1": [(1000, 2000)], "dnaA": [(3000, 4000)], "P_3": [(5000, 5070)]}),
        (PROKKA_GENES, {"P_1_gene": [(1000, 2000)]}),
        (MINIPROT, {"MP1": [(1000, 1500), (8500, 9003)]}),
        (
            OTHERS,
            {
                "trans": A1,
                "hit": [(10_000, 10_050), (10_070, 10_100)],
                "group": [(1000, 9000)],
                "segment": [(11_000, 11_100)],
            },
        ),
    ],
    ids=["NCBI", "Ensembl", "TAIR", "Prokka", "Prokka with genes", "miniprot", "others"],
)
def test_a_discontinuous_feature_is_one_row_of_a_track(
    lines: str, boxes: dict[str, list[tuple[int, int]]], tmp_path: Path
) -> None:
    file = open_local(written(tmp_path, lines), chroms={"chr20": 100_000})
    rows = file.features(EVERYTHING, 50)
    assert {row.name: [(box.start, box.end) for box in row.boxes] for row in rows} == boxes
    assert len(rows) == len(boxes)
