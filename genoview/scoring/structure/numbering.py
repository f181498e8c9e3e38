"""Residues of a transcript's protein <-> residues of a structure's chain, by their sequences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from Bio.Align import PairwiseAligner, substitution_matrices

from genoview.data.protein.structure import Structure
from genoview.errors import GenoviewError

LEAST_IDENTITY = 0.9  # of aligned residues; below, it is another protein
LEAST_ALIGNED = 15  # residues; fewer fit anywhere
MOST_CELLS = 60_000_000  # of an alignment's table, about 1 s
GAP_OPEN, GAP_EXTEND = -11.0, -1.0  # of protein BLAST with BLOSUM62


class NoFit(GenoviewError):
    """No chain is of this protein."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which residue of a chain is which of the protein.

    Attributes:
        chain: that fits best.
        place_of: number in the protein, 1-based -> place in the structure's residues.
        different: numbers where both have a residue, and another one.
        n_protein: residues of the protein.
        is_same: the whole protein, residue by residue.
    """

    chain: str
    place_of: Mapping[int, int]
    different: tuple[int, ...]
    n_protein: int
    is_same: bool

    @property
    def words(self) -> str:
        """How structure and transcript fit, in one sentence."""
        if self.is_same:
            return (
                f"The structure has the {self.n_protein:,} residues of the transcript's protein, "
                "each the same."
            )
        n, differ = len(self.place_of), len(self.different)
        said = f"{differ or 'none'} of them {'differ' if differ > 1 else 'differs'}"
        return (
            f"Chain {self.chain} covers {n:,} of the protein's {self.n_protein:,} residues by "
            f"alignment; {said}."
        )


def numbering_of(structure: Structure, protein: str) -> Numbering:
    """Of the chain that has most of the protein's residues.

    Args:
        protein: one letter a residue, without the stop.

    Raises:
        NoFit: no chain is of this protein.
    """
    by_sequence: dict[str, Numbering] = {}
    for chain in structure.chains:
        sequence = structure.sequence(chain)
        if sequence not in by_sequence:
            by_sequence[sequence] = _of_chain(structure, chain, protein)
    fits = [each for each in by_sequence.values() if _fits(each)]
    if not fits:
        best = max(by_sequence.values(), key=_n_same)
        raise NoFit(_words_of(structure, best, protein))
    return max(fits, key=_n_same)


def _of_chain(structure: Structure, chain: str, protein: str) -> Numbering:
    places = structure.chains[chain]
    sequence = structure.sequence(chain)
    if sequence == protein:
        return Numbering(
            chain, {i + 1: place for i, place in enumerate(places)}, (), len(protein), True
        )
    pairs = _aligned(protein, sequence)
    place_of = {i + 1: places[j] for i, j in pairs}
    different = tuple(i + 1 for i, j in pairs if protein[i] != sequence[j])
    return Numbering(chain, place_of, different, len(protein), False)


def _aligned(protein: str, sequence: str) -> list[tuple[int, int]]:
    """0-based pairs of a global alignment, whose ends are free."""
    if len(protein) * len(sequence) > MOST_CELLS:
        return []
    aligner = cast(Any, PairwiseAligner)(mode="global")
    aligner.substitution_matrix = cast(Any, substitution_matrices).load("BLOSUM62")
    aligner.open_gap_score, aligner.extend_gap_score = GAP_OPEN, GAP_EXTEND
    aligner.end_gap_score = 0.0
    known = set(aligner.substitution_matrix.alphabet)
    readable = ["".join(c if c in known else "X" for c in text) for text in (protein, sequence)]
    blocks = aligner.align(*readable)[0].aligned
    return [
        (i, j)
        for (start, end), (first, last) in zip(*blocks, strict=True)
        for i, j in zip(range(start, end), range(first, last), strict=True)
    ]


def _n_same(numbering: Numbering) -> int:
    return len(numbering.place_of) - len(numbering.different)


def _fits(numbering: Numbering) -> bool:
    n = len(numbering.place_of)
    least = min(LEAST_ALIGNED, numbering.n_protein)
    return n >= least and _n_same(numbering) >= LEAST_IDENTITY * n


def _words_of(structure: Structure, best: Numbering, protein: str) -> str:
    n = len(best.place_of)
    if not n:
        return (
            f"{structure.title} cannot be aligned to a protein of {len(protein):,} residues: give "
            "one domain of it, as a structure of fewer residues."
        )
    return (
        f"{structure.title} is of another protein: its chain {best.chain} has {_n_same(best):,} of "
        f"{n:,} aligned residues in common with the transcript's {len(protein):,}, and at least "
        f"{LEAST_IDENTITY:.0%} were expected. Choose the structure of this gene."
    )
