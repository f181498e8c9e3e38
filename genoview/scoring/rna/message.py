"""Exons + edits + genome -> the spliced RNA of ALT, and the protein that is read from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from genoview.data.genome import Transcript, reverse_complement
from genoview.data.transcript.alt_exons import Place, alt_bases, alt_places, alt_width
from genoview.data.transcript.amino_acids import translate
from genoview.data.transcript.edits import Edit, Fetch
from genoview.scoring.splicing.events import ExonEnds

STOP = "*"


@dataclass(frozen=True)
class Message:
    """A spliced RNA, written as DNA in its own direction.

    Attributes:
        exons: from the 5' end, on REF.
        lengths: nt of each.
        start: 0-based base where reading begins; None where that place is not in the RNA.
        backward: whether the exons lie on the - strand.
        edits: of ALT; none of REF.
    """

    exons: tuple[ExonEnds, ...]
    lengths: tuple[int, ...]
    bases: str
    start: int | None
    backward: bool = False
    edits: tuple[Edit, ...] = ()

    @cached_property
    def protein(self) -> str:
        """One letter a residue, to the first stop with it; "" where reading does not begin."""
        if self.start is None or not self.is_known or not self.starts:
            return ""
        return translate(self.bases[self.start :])

    @property
    def starts(self) -> bool:
        """Whether a start codon is where reading begins."""
        return self.start is not None and self.bases[self.start : self.start + 3] == "ATG"

    @property
    def is_known(self) -> bool:
        """Whether the genome has all of its bases."""
        return "N" not in self.bases

    @property
    def stop(self) -> int | None:
        """0-based base where the stop codon begins; None where none is read."""
        if self.start is None or not self.protein.endswith(STOP):
            return None
        return self.start + 3 * (len(self.protein) - 1)

    @property
    def places(self) -> list[int | None]:
        """Of each base the base of REF that it lies over; None of inserted ones."""
        places: list[int | None] = []
        for exon in self.exons:
            forward = alt_places(Place(*exon.span, *exon.added(self.backward)), self.edits)
            places += forward[::-1] if self.backward else forward
        return places

    @property
    def n_residues(self) -> int:
        return len(self.protein.removesuffix(STOP))

    def exon_at(self, base: int) -> int:
        """Number of the exon with this base, from 1."""
        return next(i for i, end in enumerate(accumulate(self.lengths), 1) if base < end)


def message_of(
    transcript: Transcript, exons: Sequence[ExonEnds], edits: Sequence[Edit], fetch: Fetch
) -> Message:
    """The RNA of these exons.

    Args:
        transcript: whose start codon is read.
        exons: from the 5' end.
        edits: of ALT; none for REF.
        fetch: forward-strand bases of an interval, N where unknown.
    """
    chrom, backward = transcript.interval.chrom, transcript.interval.strand == "-"
    pieces = [
        alt_bases(Place(*exon.span, *exon.added(backward)), chrom, edits, fetch) for exon in exons
    ]
    if backward:
        pieces = [reverse_complement(piece) for piece in pieces]
    first = first_coding(transcript)
    start = None if first is None else _start(first, exons, edits, pieces, backward)
    lengths = tuple(map(len, pieces))
    return Message(tuple(exons), lengths, "".join(pieces).upper(), start, backward, tuple(edits))


def first_coding(transcript: Transcript) -> int | None:
    """0-based place of the start codon's first base; None of a transcript without a protein."""
    parts = [exon.coding for exon in transcript.exons if exon.coding]
    if not parts:
        return None
    backward = transcript.interval.strand == "-"
    return max(part.end for part in parts) - 1 if backward else min(part.start for part in parts)


def _start(
    first: int,
    exons: Sequence[ExonEnds],
    edits: Sequence[Edit],
    pieces: Sequence[str],
    backward: bool,
) -> int | None:
    """Bases of the RNA before the start codon."""
    before = 0
    for exon, piece in zip(exons, pieces, strict=True):
        start, end = exon.span
        if start <= first < end:
            left, right = exon.added(backward)
            rest = Place(start, first + 1, left) if backward else Place(first, end, 0, right)
            return before + len(piece) - alt_width(rest, edits)
        before += len(piece)
    return None
