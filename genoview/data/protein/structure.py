"""Protein structures: chains of residues with their atoms, in Å."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Atom:
    """One atom; `position` in Å, `b_factor` in Å², or pLDDT of a predicted structure."""

    name: str
    element: str
    position: tuple[float, float, float]
    b_factor: float


@dataclass(frozen=True, slots=True)
class Residue:
    """A residue, nucleotide, ion or ligand; water is left out.

    Attributes:
        chain: its name in the file.
        number: as the file counts; with `insertion` and `chain` it is unique.
        name: three letters, `THR`, `ZN`.
        letter: one letter of an amino acid, modified ones as their parent; "" of others.
    """

    chain: str
    number: int
    insertion: str
    name: str
    letter: str
    atoms: tuple[Atom, ...]

    @property
    def title(self) -> str:
        """`Thr117`, `ZN 301`."""
        gap = "" if self.letter else " "
        name = self.name.capitalize() if self.letter else self.name
        return f"{name}{gap}{self.number}{self.insertion}"

    @property
    def b_factor(self) -> float:
        """Of CA, where there is one, else of the first atom."""
        alpha = (atom for atom in self.atoms if atom.name == "CA")
        return next(alpha, self.atoms[0]).b_factor

    @property
    def side_chain_place(self) -> tuple[float, float, float] | None:
        """Of CB, or of CA in glycine; None where neither is in the file."""
        by_name = {atom.name: atom.position for atom in self.atoms}
        return by_name.get("CB") or by_name.get("CA")


@dataclass(frozen=True)
class Structure:
    """The first model of a file.

    Attributes:
        title: what the file is called on the page.
        residues: in the order of the file.
        has_plddt: the file says that its B-factors are pLDDT, 0 to 100.
        n_models: in the file.
    """

    title: str
    residues: tuple[Residue, ...]
    has_plddt: bool = False
    n_models: int = 1

    @cached_property
    def chains(self) -> dict[str, tuple[int, ...]]:
        """Places in `residues` of the amino acids of each chain."""
        chains: dict[str, list[int]] = {}
        for place, residue in enumerate(self.residues):
            if residue.letter:
                chains.setdefault(residue.chain, []).append(place)
        return {name: tuple(places) for name, places in chains.items()}

    def sequence(self, chain: str) -> str:
        """One letter for each amino acid that has atoms."""
        return "".join(self.residues[place].letter for place in self.chains[chain])

    @cached_property
    def positions(self) -> NDArray[np.float64]:
        """float64[atoms, 3], Å, in the order of residues."""
        atoms = (atom.position for residue in self.residues for atom in residue.atoms)
        return np.array(list(atoms), dtype=np.float64).reshape(-1, 3)

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """int64[atoms], which residue each atom belongs to."""
        return np.repeat(np.arange(len(self.residues)), [len(r.atoms) for r in self.residues])
