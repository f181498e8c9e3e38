"""Names and places as reports, papers, links and programs write them, on the demo."""

import pytest

from genoview.errors import GenomeError, OtherBuild, QueryError, ReferenceMismatch
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve

MISSENSE = "chr20:43042364:C>T"  # HNF4A c.350C>T
DELETED = "chr20:43042363:ACTC>A"


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("20/43042364/C/T", MISSENSE),
        ("chr20|43042364|C|T", MISSENSE),
        ("20;43042364;C;T", MISSENSE),
        ("chr20: 43042364 C to T", MISSENSE),
        ("chr20:43042364[C>T]", MISSENSE),
        ("chr20:43042364 (C>T)", MISSENSE),
        ("chr20:43042364 C>T het", MISSENSE),
        ("chr20:43042364 C>T 0/1", MISSENSE),
        ("SNV 20:43042364 C>T", MISSENSE),
        ("20(GRCh37):43042364C>T", MISSENSE),
        ("[hg19] 20:43042364:C:T", MISSENSE),
        ("chr20:43042364_43042366del", DELETED),
        ("20:43042364-43042366 del", DELETED),
        ("chr20:43042364del", "chr20:43042363:AC>A"),
        ("chr20:43042364_43042365insA", "chr20:43042364:C>CA"),
        ("HNF4A, c.350C>T", MISSENSE),
        ("HNF4A, c.350C>T, p.Thr117Ile", MISSENSE),
        ("NM_175914.5(HNF4A):c.350C>T(p.T117I)", MISSENSE),
        ("chr20:43042364-43042364 C/T", MISSENSE),
        ("GRCh37/hg19 20:43042364 C>T", MISSENSE),
        ("HNF4A (c.350C>T)", MISSENSE),
        ("HNF4A c.350C>T, p.Thr117Ile", MISSENSE),
        ("HNF4A:c.350C>T;p.Thr117Ile", MISSENSE),
        ("c.350C>T HNF4A", MISSENSE),
        ("HNF4A:NM_175914.5:exon4:c.C350T:p.T117I", MISSENSE),
        ("NM_175914.5:c.350C>T heterozygous", MISSENSE),
        ("NM_175914.5:c.[350C>T]", MISSENSE),
        ("HNF4A c.350C->T [het]", MISSENSE),
        ("HNF4A(NM_175914.5):c.350C>T, Chr20(GRCh37):g.43042364C>T", MISSENSE),
        (
            "https://gnomad.broadinstitute.org/variant/20-43042364-C-T?dataset=gnomad_r2_1",
            MISSENSE,
        ),
    ],
)
def test_a_variant_is_read_and_the_page_says_how(demo: Assembly, text: str, variant: str) -> None:
    request = resolve(text, demo)
    assert str(request.variant) == variant
    assert request.notes[0].startswith("Read as ")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("HNF4A exon 4", "chr20:43,042,334-43,042,440"),
        ("exon 4 of HNF4A", "chr20:43,042,334-43,042,440"),
        ("ADA codon 211", "chr20:43,251,693-43,251,695"),
        ("ADA Arg211", "chr20:43,251,693-43,251,695"),
        ("HNF4A promoter", "chr20:42,983,339-42,984,838"),
        ("arr[GRCh37] 20q13.12(43042364_43142400)x1", "chr20:43,042,364-43,142,400"),
        ("(GRCh37) 20:43042364-43042400", "chr20:43,042,364-43,042,400"),
        (
            "https://genome.ucsc.edu/cgi-bin/hgTracks?db=hg19&position=chr20:43042364-43042400",
            "chr20:43,042,364-43,042,400",
        ),
        (
            "https://grch37.ensembl.org/Homo_sapiens/Location/View?r=20:43042364-43042400",
            "chr20:43,042,364-43,042,400",
        ),
        ("chr20:43.0-43.1Mb", "chr20:43,000,000-43,100,000"),
    ],
)
def test_a_place_is_read(demo: Assembly, text: str, place: str) -> None:
    request = resolve(text, demo)
    assert (request.text, request.variant) == (place, None)


@pytest.mark.parametrize(
    ("text", "variant", "note"),
    [
        ("ADA IVS10-34G>A", "chr20:43249076:C>T", "Read as NM_000022.4:c.976-34G>A."),
        ("ADA:c.IVS10+1delg", "chr20:43249657:AC>A", "Read as NM_000022.4:c.975+1delG."),
        ("HNF4A IVS3+1G>A", "chr20:43036116:G>A", "Read as NM_175914.5:c.319+1G>A."),
        (
            "HNF4A:c.[351T>G;350C>T]",
            "chr20:43042364:C>T + chr20:43042365:T>G",
            "Read as chr20:43042364:C>T + chr20:43042365:T>G.",
        ),
    ],
)
def test_what_only_the_genes_place_is_read(
    demo: Assembly, text: str, variant: str, note: str
) -> None:
    request = resolve(text, demo)
    assert str(request.variant) == variant
    assert note in request.notes


def test_a_protein_of_uniprot_is_its_gene(demo: Assembly) -> None:
    assert resolve("p41235", demo).text == "HNF4A"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("HNF4A 350C>T", "HNF4A:c.350C>T"),
        ("NM_175914.5:350C>T", "NM_175914.5:c.350C>T"),
        ("ADA c.955-959del", "ADA:c.955_959del"),
        ("chr20:43042364insA", "chr20:g.43042364_43042365insA"),
        ("HNF4A:c.[350C>T];[351T>G]", "HNF4A:c.351T>G"),
        ("chr20:43042364-370", "chr20:43042364-43042370"),
        ("HNF4A:c.350C>T(;)351T>G", "HNF4A:c.[350C>T;351T>G]"),
        ("20-43042364-C-T, 20-43042370-A-G", "20-43042364-C-T + 20-43042370-A-G"),
    ],
)
def test_what_may_mean_another_change_is_offered(demo: Assembly, text: str, choice: str) -> None:
    with pytest.raises(QueryError) as raised:
        resolve(text, demo)
    assert choice in [spelling for _, spelling in raised.value.suggestions]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("BRCA1", GenomeError, "BRCA1 lies at chr17:41,196,312-"),
        ("CFTR F508del", GenomeError, "lies at chr7:117,199,64"),
        ("m.3243A>G", GenomeError, "chrM is not in GRCh37-demo"),
        ("chr20(GRCh38):g.44413724C>T", OtherBuild, "is for GRCh38"),
        (
            "https://www.ensembl.org/Homo_sapiens/Location/View?r=20:43042364-43042400",
            OtherBuild,
            "is for GRCh38",
        ),
        ("HNF4A exon 40", QueryError, "has 10 exons; exon 40 is not among them"),
        ("NC_000020.10", QueryError, "a whole chromosome"),
        ("Q00000", QueryError, "an accession of UniProt"),
        ("HNF4A IVS10-1G>A", QueryError, "has 9 introns; intron 10 is not among them"),
        ("HNF4A IVS3+1C>A", ReferenceMismatch, "says C, but GRCh37-demo has G there"),
        ("HNF4A:c.[350C>T;351A>G]", ReferenceMismatch, "c.351A>G says A"),
        ("HNF4A:c.[350C>T;xyz]", QueryError, "a change of a kind that is not read here"),
        ("43042364 C>T", QueryError, "has no chromosome"),
    ],
)
def test_an_error_says_what_to_do(
    demo: Assembly, text: str, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words.replace("(", r"\(")):
        resolve(text, demo)
