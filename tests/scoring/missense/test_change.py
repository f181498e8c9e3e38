"""Which residues a variant changes, of which protein, and why some changes are not scored."""

import pytest

from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.report.consequences import chosen_of, consequences_of
from genoview.scoring.missense.change import ProteinChange, protein_change

MISSENSE = "chr20:43042364:C>T"


def change_of(query: str, assembly: Assembly, transcript: str = "") -> ProteinChange:
    variant = resolve(query, assembly).variant
    assert variant is not None
    chosen = chosen_of(consequences_of(variant, assembly), transcript)
    assert chosen is not None
    return protein_change(variant, chosen.consequence, assembly.reference.fetch)


def test_a_missense_change_is_one_residue_of_the_translated_transcript(demo: Assembly) -> None:
    change = change_of(MISSENSE, demo)
    assert change.transcript_id == "NM_175914.5"
    assert (change.names, change.sites, change.reason) == ("p.(Thr117Ile)", (116,), "")
    assert change.substitutions[0].short == "T117I"
    assert len(change.protein) == 452  # HNF4A from promoter P2, NP_787110
    assert change.protein.startswith(
        "MVSVNAPLGAPVESSYDTSPSEGTNLNAPNSLGVSALCAICGDRATGKHYGASSCDGCKGF"
    )
    assert change.protein[116] == "T" and "*" not in change.protein


def test_the_protein_is_that_of_the_transcript_that_was_chosen(demo: Assembly) -> None:
    change = change_of(MISSENSE, demo, "NM_000457.6")
    assert change.names == "p.(Thr139Ile)" and len(change.protein) == 474


def test_a_protein_on_the_reverse_strand(demo: Assembly) -> None:
    change = change_of("NM_000022.4:c.632G>A", demo)
    assert change.names == "p.(Arg211His)" and len(change.protein) == 363
    assert change.protein.startswith(
        "MAQTPAFDKPKVELHVHLDGSIKPETILYYGRRRGIALPANTAEGLLNVIGMDKPLTLPDFLAKFDYYMP"
    )


def test_two_changes_in_one_codon_are_one_residue_and_in_two_codons_two(demo: Assembly) -> None:
    together = "chr20:43042364:C>A + chr20:43042365:T>A"
    assert change_of(together, demo).names == "p.(Thr117Lys)"
    apart = change_of("chr20:43042364:C>T + chr20:43042367:G>T", demo)
    assert [one.short[:-1] for one in apart.substitutions] == ["T117", apart.protein[117] + "118"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("NM_000022.4:c.633_634insA", "Frameshift: not scored. A protein language model compares"),
        ("NM_000022.4:c.631_633del", "In-frame deletion: not scored."),
        ("NM_000022.4:c.7C>T", "Stop gained: not scored."),
        ("NM_000022.4:c.1A>G", "Start lost: not scored."),
        ("NM_000022.4:c.1090T>G", "Stop lost: not scored."),
        ("NM_000022.4:c.633T>C", "The protein of NM_000022.4 stays the same"),
        ("chr20:43249076:C>T", "No residue of NM_000022.4 changes: there is nothing to score."),
        ("NM_000022.4:c.-10C>T", "No residue of NM_000022.4 changes"),
    ],
)
def test_what_is_no_substitution_is_not_scored(query: str, reason: str, demo: Assembly) -> None:
    change = change_of(query, demo)
    assert change.reason.startswith(reason), change.reason
    assert change.substitutions == () and change.protein == ""
