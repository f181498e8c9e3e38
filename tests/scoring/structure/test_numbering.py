"""Residues of a protein and of a chain, by their sequences."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from genoview.io.structure.reader import read_path, read_structure
from genoview.scoring.structure.numbering import NoFit, numbering_of
from tests.io.structure.test_reader import FOLDER, SEQUENCE
from tests.support.files.made_structure import model_cif

STRUCTURE = read_path(FOLDER / "1A8O.pdb.gz")
PLACES = STRUCTURE.chains["A"]


def test_the_same_sequence_is_numbered_by_itself() -> None:
    numbering = numbering_of(STRUCTURE, SEQUENCE)
    assert numbering.is_same
    assert [numbering.place_of[n] for n in (1, 70)] == [PLACES[0], PLACES[69]]
    assert "70 residues" in numbering.words


def test_a_domain_of_a_longer_protein_is_aligned() -> None:
    protein = "MKVLAAGIT" * 10 + SEQUENCE + "GGSGGSWWPH" * 5
    numbering = numbering_of(STRUCTURE, protein)
    assert numbering.place_of == {91 + i: place for i, place in enumerate(PLACES)}
    assert numbering.different == ()
    assert "covers 70 of the protein's 210 residues by alignment; none" in numbering.words


@given(some.integers(0, 69), some.sampled_from("ACDEFGHIKLMNPQRSTVWY"))
def test_one_other_residue_is_counted(at: int, letter: str) -> None:
    protein = "MAAA" + SEQUENCE[:at] + letter + SEQUENCE[at + 1 :]
    numbering = numbering_of(STRUCTURE, protein)
    # At an end an alignment may leave the residue out in place of pairing it.
    assert set(numbering.different) <= ({at + 5} if letter != SEQUENCE[at] else set())
    assert len(numbering.place_of) >= 68


def test_a_residue_without_atoms_is_not_there() -> None:
    protein = SEQUENCE[:30] + "WWWPW" + SEQUENCE[30:]
    numbering = numbering_of(STRUCTURE, protein)
    assert [n for n in range(1, 76) if n not in numbering.place_of] == [31, 32, 33, 34, 35]


def test_another_protein_is_refused_in_a_sentence() -> None:
    with pytest.raises(NoFit, match=r"is of another protein.*at least 90% were expected"):
        numbering_of(STRUCTURE, "MTEYKLVVVGAGGVGKSALTIQLIQNHFVDEYDPTIEDSYRKQVVIDGETCLLDILDTAG")


def test_a_short_stretch_that_fits_anywhere_is_refused() -> None:
    with pytest.raises(NoFit):
        numbering_of(read_structure(model_cif("ACDEF"), "short"), "MK" * 40 + "ACDEF" + "QR" * 40)


def test_what_is_too_large_to_align_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genoview.scoring.structure.numbering.MOST_CELLS", 100)
    with pytest.raises(NoFit, match="cannot be aligned"):
        numbering_of(STRUCTURE, "M" + SEQUENCE)
