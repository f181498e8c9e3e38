"""Addresses of other sites about a variant, in the build that each of them reads."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Variant
from genoview.io.assembly import Assembly
from genoview.query.resolve_names import chosen_names
from genoview.report.links_out import links_out, rs_of

SNV = Variant("chr20", 43_042_364, "C", "T")
INSERTION = Variant("chr20", 43_249_076, "C", "CACG")
DELETION = Variant("chr20", 43_042_363, "AC", "A")
MNV = Variant("chr20", 43_042_364, "CA", "TG")
LONG = Variant("chr20", 43_249_076, "C", "C" + "ACGT" * 160)
NCBI, BROAD = "https://www.ncbi.nlm.nih.gov", "https://gnomad.broadinstitute.org"
LOOKUP, ATLAS = "https://spliceailookup.broadinstitute.org/#variant=", "https://deepmind.google.com"
DECIPHER = "https://www.deciphergenomics.org/sequence-variant"
HG19, HG38 = ("https://genome.ucsc.edu/cgi-bin/hgTracks?db=" + db for db in ("hg19", "hg38"))

ADDRESSES = (
    (SNV, "GRCh37", "dbSNP", f"{NCBI}/snp/?term=20%5BCHR%5D+AND+43042364%5BCHRPOS37%5D"),
    (SNV, "GRCh37", "gnomAD", f"{BROAD}/variant/20-43042364-C-T?dataset=gnomad_r2_1"),
    (SNV, "GRCh38", "gnomAD", f"{BROAD}/variant/20-43042364-C-T?dataset=gnomad_r4"),
    (INSERTION, "GRCh38", "gnomAD", f"{BROAD}/variant/20-43249076-C-CACG?dataset=gnomad_r4"),
    (DELETION, "GRCh37", "gnomAD", f"{BROAD}/variant/20-43042363-AC-A?dataset=gnomad_r2_1"),
    (MNV, "GRCh37", "gnomAD", f"{BROAD}/region/20-43042364-43042365?dataset=gnomad_r2_1"),
    (LONG, "GRCh38", "gnomAD", f"{BROAD}/region/20-43249076-43249076?dataset=gnomad_r4"),
    (SNV, "GRCh37", "ClinVar", f"{NCBI}/clinvar/?term=20%5Bchr%5D+AND+43042364%5Bchrpos37%5D"),
    (
        DELETION,
        "GRCh38",
        "ClinVar",
        f"{NCBI}/clinvar/?term=20%5Bchr%5D+AND+43042363%3A43042364%5Bchrpos38%5D",
    ),
    (SNV, "GRCh37", "SpliceAI-lookup", f"{LOOKUP}chr20-43042364-C-T&hg=37&distance=50&mask=1"),
    (MNV, "GRCh38", "SpliceAI-lookup", f"{LOOKUP}chr20-43042364-CA-TG&hg=38&distance=50&mask=1"),
    (LONG, "GRCh38", "SpliceAI-lookup", None),
    (SNV, "GRCh37", "DECIPHER", None),
    (SNV, "GRCh38", "DECIPHER", f"{DECIPHER}/20-43042364-C-T"),
    (INSERTION, "GRCh38", "DECIPHER", f"{DECIPHER}/20-43249076-C-CACG"),
    (
        SNV,
        "GRCh38",
        "AlphaGenome Atlas",
        f"{ATLAS}/science/alphagenome/atlas?q=chr20:43042364:C%3ET&m=variant",
    ),
    (SNV, "GRCh37", "AlphaGenome Atlas", None),
    (INSERTION, "GRCh38", "AlphaGenome Atlas", None),
    (MNV, "GRCh38", "AlphaGenome Atlas", None),
    (
        SNV,
        "GRCh37",
        "UCSC",
        f"{HG19}&position=chr20:43042314-43042414&highlight=hg19.chr20:43042364-43042364",
    ),
    (
        DELETION,
        "GRCh38",
        "UCSC",
        f"{HG38}&position=chr20:43042313-43042414&highlight=hg38.chr20:43042363-43042364",
    ),
    (
        SNV,
        "GRCh37",
        "Ensembl",
        "https://grch37.ensembl.org/Homo_sapiens/Location/View?r=20:43042314-43042414",
    ),
    (
        SNV,
        "GRCh38",
        "Ensembl",
        "https://www.ensembl.org/Homo_sapiens/Location/View?r=20:43042314-43042414",
    ),
    (
        SNV,
        "GRCm39",
        "Ensembl",
        "https://www.ensembl.org/Mus_musculus/Location/View?r=20:43042314-43042414",
    ),
)


def addresses(variant: Variant, family: str) -> dict[str, str]:
    """The last of each site: ClinVar has two where the name is known."""
    return {link.site: link.url for link in links_out(variant, family)}


@pytest.mark.parametrize(("variant", "family", "site", "url"), ADDRESSES)
def test_a_site_is_opened_at_the_variant_in_the_right_build(
    variant: Variant, family: str, site: str, url: str | None
) -> None:
    assert addresses(variant, family).get(site) == url


@pytest.mark.parametrize(
    ("family", "sites"),
    [
        ("T2T-CHM13v2.0", {"UCSC"}),
        ("GRCm38", {"UCSC"}),
        ("GRCm39", {"UCSC", "Ensembl"}),
        ("", set()),
        ("NCBI36", set()),
    ],
)
def test_sites_that_do_not_know_a_build_are_left_out(family: str, sites: set[str]) -> None:
    assert set(addresses(SNV, family)) == sites


def test_a_number_of_dbsnp_is_opened_in_place_of_its_position() -> None:
    links = [link for link in links_out(SNV, "GRCh37", rs="rs137853336") if link.site == "dbSNP"]
    assert [link.url for link in links] == [f"{NCBI}/snp/rs137853336"]
    assert rs_of(("It was written otherwise.", "rs137853336, by dbSNP 155.")) == "rs137853336"
    assert rs_of(("It was written otherwise.",)) == ""


def test_clinvar_is_searched_by_the_name_where_it_is_known(demo: Assembly) -> None:
    links = links_out(SNV, "GRCh37", chosen_names(SNV, demo))
    named = next(link for link in links if link.site == "ClinVar")
    assert parse_qs(urlsplit(named.url).query) == {"term": ['"NC_000020.10:g.43042364C>T"']}


def test_a_haplotype_has_the_links_of_each_change_and_one_place() -> None:
    parts = (SNV, Variant("chr20", 43_042_400, "G", "A"))
    both = Variant("chr20", 43_042_364, "C" * 37, "T" * 37, parts)
    links = links_out(both, "GRCh37")
    assert [link.opens for link in links if link.site == "gnomAD"] == [
        "20-43042364-C-T",
        "20-43042400-G-A",
    ]
    assert sum(link.site == "UCSC" for link in links) == 1


ALLELES = st.text("ACGT", min_size=1, max_size=400)


@given(
    chrom=st.sampled_from(["chr1", "chrX", "chrM", "chrUn_KI270742v1", 'x"><script>&chr']),
    pos=st.integers(1, 250_000_000),
    ref=ALLELES,
    alt=ALLELES,
    family=st.sampled_from(["GRCh37", "GRCh38", "T2T-CHM13v2.0", "GRCm39"]),
)
def test_an_address_is_short_and_has_no_character_that_ends_it(
    chrom: str, pos: int, ref: str, alt: str, family: str
) -> None:
    if ref == alt:
        return
    for link in links_out(Variant(chrom, pos, ref, alt), family):
        assert re.fullmatch(r"https://[\w./?=&:%#+-]{1,600}", link.url)
