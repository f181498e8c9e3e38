"""The codons that ALT reads, each with the bases of REF that it lies over."""

from dataclasses import dataclass, replace

from genoview.data.genome import Variant
from genoview.data.transcript.alt_exons import edits_as_written
from genoview.scoring.rna.message import Message
from genoview.scoring.rna.outcome import RnaOutcome

Places = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Codon:
    """One of ALT, in reading direction.

    Attributes:
        places: 0-based bases of REF under its three; None under an inserted one.
        residue: one letter; `*` of a stop.
        changed: REF does not read this residue from the same bases; residues before the first
            that differs do not count.
    """

    places: Places
    residue: str
    changed: bool

    @property
    def over(self) -> tuple[int, ...]:
        """The bases of REF."""
        return tuple(place for place in self.places if place is not None)


def alt_codons(outcome: RnaOutcome, variant: Variant) -> tuple[Codon, ...]:
    """From the first with other bases to the stop; none where no protein is read.

    Bases come and go where the variant is written, as its letters are drawn.
    """
    if outcome.alignment is None:
        return ()
    ref = dict(_codons(outcome.before))
    after = replace(outcome.after, edits=edits_as_written(variant))
    if len(after.places) != len(after.bases):  # it reaches over an exon's edge as it is written
        after = outcome.after
    read = _codons(after)
    same = [ref.get(places) == residue for places, residue in read]
    first = next((i for i, is_same in enumerate(same) if not is_same), len(read))
    kept = outcome.alignment.first  # residues that stay, though bases under them may not
    return tuple(
        Codon(*read[i], changed=i >= kept and not same[i]) for i in range(first, len(read))
    )


def _codons(message: Message) -> list[tuple[Places, str]]:
    places = message.places[message.start or 0 :]
    return [
        (tuple(places[3 * i : 3 * i + 3]), residue) for i, residue in enumerate(message.protein)
    ]
