"""The standard genetic code, and the frames in which genes are read."""

from collections.abc import Sequence
from itertools import product

from genoview.data.genome import Gene, Interval, Transcript

FRAMES = 3
UNKNOWN, STOP, START = "X", "*", "M"
# The standard code (NCBI's table 1): bases in the order T, C, A, G, the first changing slowest.
BASES = "TCAG"
AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODE = dict(zip(("".join(codon) for codon in product(BASES, repeat=3)), AMINO_ACIDS, strict=True))


def amino_acid(codon: str) -> str:
    """One letter; `*` for a stop, X where a base is not known."""
    return CODE.get(codon.upper(), UNKNOWN)


CodingPart = tuple[Interval, int, str, str]
"""A coding part of an exon, its frame, its gene's name and its strand."""


def coding_parts(genes: Sequence[Gene], shared: Interval) -> list[CodingPart]:
    """Parts of transcripts with whole codons only: others may begin inside a codon."""
    parts: list[CodingPart] = []
    for gene in genes:
        if not gene.interval.overlaps(shared) or gene.interval.strand not in ("+", "-"):
            continue
        for transcript in gene.transcripts:
            parts += [
                (part, frame, gene.symbol or gene.gene_id, gene.interval.strand)
                for part, frame in reading_frames(transcript)
                if part.overlaps(shared)
            ]
    return list(dict.fromkeys(parts))


def reading_frames(transcript: Transcript) -> list[tuple[Interval, int]]:
    """Coding part of each exon and the frame in which it is read; none if no whole codons."""
    parts = [exon.coding for exon in transcript.exons if exon.coding]
    if sum(part.width for part in parts) % 3:
        return []
    phased: list[tuple[Interval, int]] = []
    reverse = transcript.interval.strand == "-"
    before = 0  # coding bases that were read already
    for part in reversed(parts) if reverse else parts:
        # Leftmost base of a codon: of the first base's on +, of the last base's on the - strand.
        frame = (part.end + before if reverse else part.start - before) % FRAMES
        phased.append((part, frame))
        before += part.width
    return phased
