"""A residue of a structure -> its neighbours, how densely it is packed, and its pLDDT in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genoview.data.protein.structure import Residue, Structure

NEAR_A = 5.0  # Å between any two atoms but hydrogen
PACKED_A = 10.0  # Å between two Cβ


@dataclass(frozen=True, slots=True)
class Band:
    """Of pLDDT, as AlphaFold DB draws it (Jumper et al. 2021, doi:10.1038/s41586-021-03819-2;
    Varadi et al. 2024, doi:10.1093/nar/gkad1011).
    """

    above: float
    words: str
    colour: str


BANDS = (
    Band(90.0, "very high", "#0053D6"),
    Band(70.0, "high", "#65CBF3"),
    Band(50.0, "low", "#FFDB13"),
    Band(float("-inf"), "very low", "#FF7D45"),
)


def band_of(plddt: float) -> Band:
    """Each begins above its bound: 90 is high, 90.01 very high."""
    return next(band for band in BANDS if plddt > band.above)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another residue, ion or ligand within 5 Å.

    Attributes:
        place: in the structure's residues.
        distance: Å between the nearest two atoms.
        is_next: before or behind it in the chain.
    """

    place: int
    residue: Residue
    distance: float
    is_next: bool


@dataclass(frozen=True, slots=True)
class Packing:
    """How many Cβ lie within 10 Å of a residue's own (CA of glycine).

    Attributes:
        n_near: without its own, of all chains.
        share_below: of the chain's residues, 0 to 1, which have fewer.
    """

    n_near: int
    share_below: float


def neighbours_of(structure: Structure, place: int) -> tuple[Neighbour, ...]:
    """Within 5 Å of the residue at `place`, the nearest first."""
    positions, owners = structure.positions, structure.owners
    own = positions[owners == place]
    low, high = own.min(axis=0) - NEAR_A, own.max(axis=0) + NEAR_A
    close = ((positions >= low) & (positions <= high)).all(axis=1) & (owners != place)
    apart = np.linalg.norm(positions[close][:, None, :] - own[None, :, :], axis=2).min(axis=1)
    nearest: dict[int, float] = {}
    for owner, distance in zip(owners[close].tolist(), apart.tolist(), strict=True):
        if distance <= NEAR_A:
            nearest[owner] = min(distance, nearest.get(owner, NEAR_A))
    in_order = sorted(nearest.items(), key=lambda pair: (pair[1], pair[0]))
    return tuple(
        Neighbour(other, structure.residues[other], distance, _is_next(structure, place, other))
        for other, distance in in_order
    )


def packing_of(structure: Structure, place: int) -> Packing | None:
    """None of what is no amino acid, or has neither CB nor CA; calcium's atom is a CA too."""
    residues = structure.residues
    if not residues[place].letter or residues[place].side_chain_place is None:
        return None
    places = [p for p, each in enumerate(residues) if each.letter and each.side_chain_place]
    points = np.array([residues[p].side_chain_place for p in places], dtype=np.float64)
    chain = residues[place].chain
    counts = {
        p: _n_near(points, points[i]) for i, p in enumerate(places) if residues[p].chain == chain
    }
    n_below = sum(count < counts[place] for count in counts.values())
    return Packing(counts[place], n_below / len(counts))


def _n_near(points: NDArray[np.float64], point: NDArray[np.float64]) -> int:
    return int((np.linalg.norm(points - point, axis=1) <= PACKED_A).sum()) - 1


def _is_next(structure: Structure, place: int, other: int) -> bool:
    chain = structure.chains.get(structure.residues[place].chain, ())
    if place not in chain:
        return False
    at = chain.index(place)
    return other in chain[max(at - 1, 0) : at + 2]
