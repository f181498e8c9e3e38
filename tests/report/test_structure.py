"""A changed residue in words and JSON, and the codons of a protein on either strand."""

import json
import math
from dataclasses import replace

import pytest

from genoview.data.genome import Interval, reverse_complement
from genoview.data.transcript.amino_acids import translate
from genoview.io.assembly import Assembly
from genoview.io.structure.reader import read_path, read_structure
from genoview.query.resolve import resolve
from genoview.report.consequences import chosen_of, consequences_of
from genoview.report.document import document
from genoview.report.structure import (
    StructureFacts,
    codon_starts,
    facts_at,
    neighbour_rows,
    plain_structure,
    protein_of,
)
from genoview.report.variant_report import variant_report
from tests.io.structure.test_reader import FOLDER, SEQUENCE
from tests.support.files.made_structure import model_cif

REAL = read_path(FOLDER / "1A8O.pdb.gz")
FORWARD, BACKWARD = "chr20:43042364:C>T", "chr20:43255097:T>C"  # HNF4A; ADA


@pytest.mark.parametrize("query", [FORWARD, BACKWARD])
def test_a_codon_is_read_around_its_middle_base(query: str, demo: Assembly) -> None:
    variant = resolve(query, demo).variant
    assert variant is not None
    chosen = chosen_of(consequences_of(variant, demo), "")
    assert chosen is not None
    transcript, fetch = chosen.named.transcript, demo.reference.fetch
    protein = protein_of(transcript, fetch)
    middles = codon_starts(transcript, len(protein))
    n_read = 0
    for residue, middle in zip(protein, middles, strict=True):
        codon = fetch(Interval("chr20", middle - 1, middle + 2))
        codon = reverse_complement(codon) if transcript.interval.strand == "-" else codon
        n_read += translate(codon) == residue
    n_split = 2 * len(transcript.exons)  # codons that an intron splits are others there
    assert len(protein) - n_split <= n_read <= len(protein)


def test_the_changed_base_is_in_its_codon(demo: Assembly) -> None:
    variant = resolve(FORWARD, demo).variant
    assert variant is not None
    chosen = chosen_of(consequences_of(variant, demo), "")
    assert chosen is not None and chosen.consequence.codons == "aCt/aTt"
    number = chosen.consequence.residue
    assert number == 117
    assert codon_starts(chosen.named.transcript, number)[-1] == variant.pos - 1


def test_an_experiment_is_said_without_plddt() -> None:
    facts = facts_at(REAL, SEQUENCE, 30)
    near, packed = facts.sentences
    others = [one for one in facts.neighbours if not one.is_next]
    assert near.startswith(f"{len(others)} residues lie within 5 Å, besides its neighbours")
    own = facts.residue.side_chain_place
    close = [r for r in REAL.residues if math.dist(r.side_chain_place or (99, 99, 99), own) <= 10]
    assert packed.startswith(f"{len(close) - 1} Cβ lie within 10 Å of its own, more than at 9%")
    assert "pLDDT" not in neighbour_rows(facts)[0]
    assert facts.plddt is None


def test_another_residue_of_the_structure_is_said() -> None:
    protein = SEQUENCE[:29] + "W" + SEQUENCE[30:]
    facts = facts_at(REAL, protein, 30)
    assert facts.sentences[0].endswith("where the transcript has Trp30.")


def test_a_residue_without_atoms_has_no_facts() -> None:
    facts = facts_at(REAL, SEQUENCE + "WWWWW", 73)
    assert facts.sentences == ("Trp73 is not in the structure: it has no atoms there.",)
    plain = plain_structure(StructureFacts(facts, "mine"))
    assert plain["in_structure"] is None and plain["neighbours_within_5_angstrom"] == []


def test_json_has_source_fit_and_neighbours(demo: Assembly) -> None:
    structure = read_structure(model_cif("MTEYKLVVVGAGGVGKS", [40.0]), "AF.cif")
    facts = facts_at(structure, "MTEYKLVVVGAGGVGKS", 5)
    report = variant_report(resolve(FORWARD, demo), [], demo)
    known = StructureFacts(facts, "AlphaFold DB, P01112")
    plain = json.loads(json.dumps(document(replace(report, structure=known))))["structure"]
    assert plain["source"] == "AlphaFold DB, P01112"
    assert (plain["residue"], plain["plddt"], plain["confidence"]) == ("Lys5", 40.0, "very low")
    assert len(plain["neighbours_within_5_angstrom"]) == len(facts.neighbours) > 2
    assert "structure" not in document(report)
