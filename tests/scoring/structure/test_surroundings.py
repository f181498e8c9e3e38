"""Neighbours, packing and bands of pLDDT, against numbers worked out by hand."""

import math

import pytest

from genoview.data.protein.structure import Atom, Residue, Structure
from genoview.io.structure.reader import read_path
from genoview.scoring.structure.surroundings import band_of, neighbours_of, packing_of
from tests.io.structure.test_reader import FOLDER


def residue(number: int, *places: tuple[float, float, float], name: str = "ALA", chain: str = "A"):
    names = ("CA", "CB", "CG")
    atoms = tuple(Atom(n, "C", xyz, 50.0) for n, xyz in zip(names, places, strict=False))
    return Residue(chain, number, "", name, "A" if name == "ALA" else "", atoms)


# 3-4-5 triangles: CA of 1 at 0, of 2 at 3, of 3 at 5 exactly, of 4 beyond; a zinc of chain B at 2.
MADE = Structure(
    "made",
    (
        residue(1, (0, 0, 0), (0, 0, 1)),
        residue(2, (3, 0, 0)),
        residue(3, (3, 4, 0)),
        residue(4, (3, 4, 0.1), (3, 4, 9)),
        residue(9, (0, 2, 0), name="ZN", chain="B"),
    ),
)


def test_neighbours_are_within_5_angstrom_of_the_nearest_atoms() -> None:
    found = [(one.residue.title, one.distance, one.is_next) for one in neighbours_of(MADE, 0)]
    assert found[:2] == [("ZN 9", 2.0, False), ("Ala2", 3.0, True)]
    assert found[2][0] == "Ala3" and found[2][1] == 5.0 and not found[2][2]
    # CB of 1 at (0, 0, 1) and CA of 4 at (3, 4, 0.1): sqrt(9 + 16 + 0.81) = 5.08
    assert len(found) == 3


def test_packing_counts_c_beta_of_all_chains_within_10_angstrom() -> None:
    # From (0, 0, 1): CA of 2 (no CB) 3.16, of 3 5.10, CB of 4 sqrt(25 + 64) = 9.43: three.
    packing = packing_of(MADE, 0)
    assert packing is not None
    assert packing.n_near == 3
    assert packing.share_below == 0.0  # nobody of chain A has fewer
    assert packing_of(MADE, 4) is None  # an ion, whatever its atom is called


def test_a_real_residue_by_every_pair_of_its_atoms() -> None:
    structure = read_path(FOLDER / "1A8O.pdb.gz")
    at = structure.chains["A"][29]
    own = structure.residues[at]
    by_hand = {}
    for place, other in enumerate(structure.residues):
        apart = min(math.dist(a.position, b.position) for a in own.atoms for b in other.atoms)
        if place != at and apart <= 5:
            by_hand[other.title] = apart
    found = {one.residue.title: one.distance for one in neighbours_of(structure, at)}
    assert found == pytest.approx(by_hand)
    assert list(found.values()) == sorted(found.values())


@pytest.mark.parametrize(
    ("plddt", "words"),
    [
        (100, "very high"),
        (90.1, "very high"),
        (90, "high"),
        (70.5, "high"),
        (70, "low"),
        (50, "very low"),
        (0, "very low"),
    ],
)
def test_bands_are_those_of_alphafold_db(plddt: float, words: str) -> None:
    assert band_of(plddt).words == words
