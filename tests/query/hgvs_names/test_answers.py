"""Names with known answers: hgvs-weaver's of a fixture, and variants known from the literature."""

import csv
import re

import pytest

from genoview.data.transcript.numbering import TranscriptMap
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import refseq_genes
from genoview.query.hgvs_names import VariantNames, names_of, resolve_name
from tests.support.paths import FIXTURES

with (FIXTURES / "hgvs" / "names.tsv").open() as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t"))
PLACES = sorted({row["place"] for row in ROWS})


def names(row: dict[str, str], demo: Assembly) -> VariantNames:
    (one,) = resolve_name(row["name"], demo)
    assert one.transcript is not None
    found = names_of(one.variant, one.transcript.transcript, demo)
    assert one.name == found.coding
    return found


def rows(place: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["place"] == place]


def test_the_fixture_has_names_of_each_place_and_strand() -> None:
    assert len(ROWS) == 490
    assert {(row["place"], row["strand"]) for row in ROWS} == {
        (place, strand) for place in PLACES for strand in "+-"
    }


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_where_weaver_puts_it(place: str, demo: Assembly) -> None:
    for row in rows(place):
        found = names(row, demo)
        assert found.spdi == row["spdi"], row["name"]
        # An inversion whose ends stay as they are is written here without them.
        if found.genomic != row["genomic"]:
            assert row["genomic"].endswith("inv"), row["name"]


@pytest.mark.parametrize("place", [place for place in PLACES if place != "intron"])
def test_a_name_and_its_protein_are_written_as_weaver_does(place: str, demo: Assembly) -> None:
    compared = 0
    for row in rows(place):
        found = names(row, demo)
        if row["name"].endswith("inv") and found.genomic != row["genomic"]:
            continue
        if re.search(r"[0-9][+-][0-9]", found.coding):
            # HGVS moves a change over the border of an exon (c.1704+1del, not c.1704del), weaver
            # does not; what becomes of the protein is then unknown.
            assert found.protein == "p.?"
            continue
        assert (found.coding, found.protein) == (row["coding"], row["protein"])
        compared += 1
    assert compared > 40


def test_a_change_in_an_intron_is_read_back_from_its_name(demo: Assembly) -> None:
    for row in rows("intron"):
        found = names(row, demo)
        assert found.protein == row["protein"] == "p.?"
        assert names({**row, "name": found.coding}, demo) == found


def test_a_protein_s_change_leads_back_to_the_dna(demo: Assembly) -> None:
    n_changes = 0
    for row in ROWS:
        one_residue = re.fullmatch(r"p\.\([A-Z][a-z]{2}\d+([A-Z][a-z]{2}|=)\)", row["protein"])
        if one_residue and ">" in row["name"]:
            name = f"{row['name'].partition(':')[0]}:{row['protein']}"
            assert row["spdi"] in {
                names_of(one.variant, None, demo).spdi for one in resolve_name(name, demo)
            }
            n_changes += 1
    assert n_changes > 15


# 1-based positions of the first base in the name, as ClinVar and dbSNP have them.
KNOWN = [
    ("NM_007294.4", "68", "chr17", 41276046, 43124029),  # BRCA1 185delAG
    ("NM_007294.4", "5266", "chr17", 41209080, 43057063),  # BRCA1 5382insC
    ("NM_000059.4", "5946", "chr13", 32914438, 32340301),  # BRCA2 6174delT
    ("NM_000546.6", "524", "chr17", 7578406, 7675088),  # TP53 R175H
    ("NM_004333.6", "1799", "chr7", 140453136, 140753336),  # BRAF V600E
    ("NM_000492.4", "1521", "chr7", 117199646, 117559592),  # CFTR F508del
    ("NM_000492.4", "3718-2477", "chr7", 117280015, 117639961),  # CFTR 3849+10kb
    ("NM_000518.5", "20", "chr11", 5248232, 5227002),  # HBB sickle
    ("NM_198253.3", "-124", "chr5", 1295228, 1295113),  # TERT C228T, before the transcript
    ("NM_024006.6", "-1639", "chr16", 31107689, 31096368),  # VKORC1, far before it
    ("NM_005228.5", "2573", "chr7", 55259515, 55191822),  # EGFR L858R
    ("NM_004985.5", "35", "chr12", 25398284, 25245350),  # KRAS G12D
    ("NM_005957.5", "665", "chr1", 11856378, 11796321),  # MTHFR C677T
    ("NM_000130.5", "1601", "chr1", 169519049, 169549811),  # F5 Leiden
    ("NM_000410.4", "845", "chr6", 26093141, 26092913),  # HFE C282Y
    ("NM_000506.5", "*97", "chr11", 46761055, 46739505),  # F2 G20210A
    ("NM_000041.4", "388", "chr19", 45411941, 44908684),  # APOE e4
    ("NM_004972.4", "1849", "chr9", 5073770, 5073770),  # JAK2 V617F
    ("NM_005896.4", "395", "chr2", 209113112, 208248388),  # IDH1 R132H
    ("NM_006218.4", "3140", "chr3", 178952085, 179234297),  # PIK3CA H1047R
    ("NM_004004.6", "35", "chr13", 20763686, 20189547),  # GJB2 35delG
    ("NM_000295.5", "1096", "chr14", 94844947, 94378610),  # SERPINA1 Z
    ("NM_000690.4", "1510", "chr12", 112241766, 111803962),  # ALDH2*2
    ("NM_000022.4", "976-34", "chr20", 43249076, 44620435),  # ADA
]


@pytest.mark.parametrize(("transcript", "place", "chrom", "grch37", "grch38"), KNOWN)
def test_a_known_variant_is_at_its_place_on_both_builds(
    transcript: str, place: str, chrom: str, grch37: int, grch38: int
) -> None:
    for family, position in (("GRCh37", grch37), ("GRCh38", grch38)):
        (one,) = refseq_genes(family).transcripts(transcript)
        numbering = TranscriptMap(one.transcript)
        assert one.transcript.transcript_id == transcript
        assert one.label == "MANE Select"
        assert numbering.chrom == chrom
        assert numbering.position(numbering.read(place, "c")) == position - 1
        assert numbering.label(numbering.place(position - 1), "c") == place
