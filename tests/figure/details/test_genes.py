"""A clicked gene: what its card says, and where its links lead."""

import json

import pytest

from genoview.data.genome import Exon, Gene, Interval, Transcript
from genoview.errors import AnnotationError
from genoview.figure.details.genes import gene_card, gene_links
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from tests.support.paths import ASSETS

HNF4A = "ENSG00000101076.16"


@pytest.fixture(scope="module")
def demo() -> Assembly:
    reference = ReferenceGenome.open(
        "GRCh37-demo",
        ASSETS / "genome" / "GRCh37-demo.fa.gz",
        ASSETS / "genome" / "GRCh37.chrom.sizes",
    )
    annotation = Annotation.open(ASSETS / "genes" / "GRCh37-demo.gtf.gz")
    return Assembly("GRCh37-demo", reference, annotation, "GRCh37")


def lines(card: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {line["label"]: line["value"] for line in card["lines"]}


def test_the_card_of_a_transcript_says_what_the_gene_file_says(demo: Assembly) -> None:
    card = gene_card(demo, f"{HNF4A}|NM_000457.6")
    assert card["title"] == "HNF4A"
    assert lines(card) == {
        "Gene": HNF4A,
        "Transcript": "NM_000457.6, RefSeq",
        "Exons": "10",
        "Spliced length": "4,739 bp",
        "Coding length": "1,425 bp · 475 codons, the stop counted",
        "Biotype": "mRNA",
        "Strand": "+ (forward)",
        "Place": "chr20:43,029,879-43,061,485",
        "Length": "31,607 bp",
    }


def test_the_card_of_a_gene_counts_its_transcripts(demo: Assembly) -> None:
    told = lines(gene_card(demo, f"{HNF4A}|"))
    assert told["Transcripts"] == "19"
    assert told["Place"] == "chr20:42,984,339-43,063,236"
    assert "Exons" not in told


def test_a_card_is_plain_json(demo: Assembly) -> None:
    card = gene_card(demo, f"{HNF4A}|")
    assert json.loads(json.dumps(card)) == card


@pytest.mark.parametrize(
    ("key", "words"),
    [(f"{HNF4A}|NM_1", "no transcript 'NM_1'"), ("ENSG999|", "not among"), ("HNF4A|", "no gene")],
)
def test_a_key_of_another_genome_is_refused(demo: Assembly, key: str, words: str) -> None:
    with pytest.raises(AnnotationError, match=words):
        gene_card(demo, key)


def gene(gene_id: str = HNF4A, symbol: str = "HNF4A", chrom: str = "chr20") -> Gene:
    return Gene(gene_id, symbol, Interval(chrom, 999, 2_000, "+"))


def transcript(name: str) -> Transcript:
    span = Interval("chr20", 1_199, 1_900, "+")
    return Transcript(name, span, (Exon(span),))


NCBI = "https://www.ncbi.nlm.nih.gov/gene/?term=HNF4A%5Bsym%5D%20AND%20human%5Borgn%5D"
OMIM = "https://www.omim.org/search?index=entry&search=HNF4A"
UCSC = "https://genome.ucsc.edu/cgi-bin/hgTracks?db="
GNOMAD = "https://gnomad.broadinstitute.org/"


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        (
            "GRCh37",
            {
                "Ensembl": "https://grch37.ensembl.org/Homo_sapiens/Gene/Summary?g=ENSG00000101076",
                "UCSC": f"{UCSC}hg19&position=chr20:1000-2000",
                "gnomAD": f"{GNOMAD}gene/ENSG00000101076?dataset=gnomad_r2_1",
                "OMIM": OMIM,
                "NCBI Gene": NCBI,
            },
        ),
        (
            "GRCh38",
            {
                "Ensembl": "https://www.ensembl.org/Homo_sapiens/Gene/Summary?g=ENSG00000101076",
                "UCSC": f"{UCSC}hg38&position=chr20:1000-2000",
                "gnomAD": f"{GNOMAD}gene/ENSG00000101076?dataset=gnomad_r4",
                "OMIM": OMIM,
                "NCBI Gene": NCBI,
            },
        ),
        (
            "",
            {
                "Ensembl": "https://www.ensembl.org/id/ENSG00000101076",
                "NCBI Gene": "https://www.ncbi.nlm.nih.gov/gene/?term=HNF4A%5Bsym%5D",
            },
        ),
    ],
)
def test_links_of_a_gene_go_by_the_assembly(family: str, expected: dict[str, str]) -> None:
    assert dict(gene_links(family, gene(), None)) == expected


def test_links_of_a_transcript_lead_to_it_and_to_its_place() -> None:
    links = dict(gene_links("GRCh38", gene(), transcript("ENST00000316099.10")))
    ensembl = "https://www.ensembl.org/Homo_sapiens/Transcript/Summary?t=ENST00000316099"
    assert links["Ensembl"] == ensembl
    assert links["UCSC"] == f"{UCSC}hg38&position=chr20:1200-1900"


def test_a_refseq_transcript_leads_to_its_record() -> None:
    links = dict(gene_links("GRCh38", gene(), transcript("NM_000457.6")))
    assert links["RefSeq"] == "https://www.ncbi.nlm.nih.gov/nuccore/NM_000457.6"


def test_a_gene_without_an_ensembl_id_is_found_by_its_place() -> None:
    links = dict(gene_links("GRCh37", gene("LINC01430", "LINC01430"), None))
    assert links == {
        "Ensembl": "https://grch37.ensembl.org/Homo_sapiens/Location/View?r=20:1000-2000",
        "UCSC": f"{UCSC}hg19&position=chr20:1000-2000",
        "gnomAD": f"{GNOMAD}region/20-1000-2000?dataset=gnomad_r2_1",
    }


def test_the_mitochondrion_is_named_as_each_site_names_it() -> None:
    mitochondrial = gene("", "", "chrM")
    old, new = (dict(gene_links(family, mitochondrial, None)) for family in ("GRCh37", "GRCh38"))
    assert old == {
        "Ensembl": "https://grch37.ensembl.org/Homo_sapiens/Location/View?r=MT:1000-2000",
        "UCSC": f"{UCSC}hg19&position=chrMT:1000-2000",
    }
    assert new["UCSC"] == f"{UCSC}hg38&position=chrM:1000-2000"
    assert new["gnomAD"] == f"{GNOMAD}region/M-1000-2000?dataset=gnomad_r4"


def test_a_symbol_from_a_file_cannot_leave_its_place_in_a_link() -> None:
    links = gene_links("GRCh38", gene("X", "A&b=c#d/../"), None)
    assert dict(links)["OMIM"] == (
        "https://www.omim.org/search?index=entry&search=A%26b%3Dc%23d%2F..%2F"
    )
    assert all(url.startswith("https://") for _, url in links)
