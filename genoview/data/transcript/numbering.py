"""Positions along a transcript <-> the chromosome: c.976-34, n.120, c.*34.

Numbering of HGVS (den Dunnen et al. 2016, doi:10.1002/humu.22981): c.1 is the A of ATG, c.-1 the
base before it, c.*1 the base behind the stop codon; an intron counts from its nearer exon.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from genoview.data.genome import Transcript, reverse_complement
from genoview.data.transcript.edits import Fetch
from genoview.errors import QueryError

PLACE_PATTERN = r"[*-]?[0-9]{1,9}(?:[+-][0-9]{1,9})?"
_PLACE = re.compile(r"([*-]?)([0-9]+)([+-][0-9]+)?")


class Place(NamedTuple):
    """A base of a transcript.

    Attributes:
        base: 0-based in the transcript; below 0 before it, from its length on behind it.
        offset: bp into an intron, behind (+) or before (-) an exon's base; 0 in an exon.
    """

    base: int
    offset: int = 0


class TranscriptMap:
    """The numbering of one transcript.

    Attributes:
        first_coding, behind_coding: 0-based half-open bases of its coding part; equal if none.
    """

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.chrom = transcript.interval.chrom
        self.backward = transcript.interval.strand == "-"
        exons = transcript.exons[::-1] if self.backward else transcript.exons
        self.exons = tuple(exon.interval for exon in exons)
        self._first: list[int] = []  # 0-based base of the transcript at which an exon begins
        self.length = 0
        for exon in self.exons:
            self._first.append(self.length)
            self.length += exon.width
        coding = [exon.coding for exon in exons if exon.coding]
        self.first_coding = self.behind_coding = 0
        if coding:
            first, last = coding[0], coding[-1]
            self.first_coding = self.place(first.end - 1 if self.backward else first.start).base
            self.behind_coding = self.place(last.start if self.backward else last.end - 1).base + 1

    @property
    def kind(self) -> str:
        """How its positions are counted: `c` along a coding sequence, else `n`."""
        return "c" if self.behind_coding else "n"

    def _ends(self, exon: int) -> tuple[int, int]:
        """First and last 0-based place on the chromosome, in the transcript's direction."""
        interval = self.exons[exon]
        ends = interval.start, interval.end - 1
        return ends[::-1] if self.backward else ends

    def position(self, place: Place) -> int:
        """0-based on the chromosome; beyond the transcript's ends it is counted on."""
        exon = max(bisect_right(self._first, place.base) - 1, 0)
        along = place.base - self._first[exon] + place.offset
        first, _ = self._ends(exon)
        return first - along if self.backward else first + along

    def place(self, position: int) -> Place:
        """Where a 0-based place of the chromosome lies; the middle of an intron counts with +."""
        sign = -1 if self.backward else 1
        for exon, first_base in enumerate(self._first):
            first, last = (sign * end for end in self._ends(exon))
            at = sign * position
            if at <= last:
                if at >= first or exon == 0:
                    return Place(first_base + at - first)
                behind = at - sign * self._ends(exon - 1)[1]
                before = first - at
                last_base = first_base - 1
                return Place(last_base, behind) if behind <= before else Place(first_base, -before)
        return Place(self.length - 1 + sign * position - sign * self._ends(-1)[1])

    def outside(self, place: Place) -> int:
        """bp before the transcript's first base (negative) or behind its last; 0 within."""
        if place.base < 0 or (place.base == 0 and place.offset < 0):
            return place.base + place.offset
        behind = place.base - self.length + 1
        return max(behind + place.offset, 0) if behind >= 0 else 0

    def label(self, place: Place, kind: str) -> str:
        """As HGVS writes it: `976-34`, `-12`, `*34`."""
        base = place.base
        zero, behind = self._frame(kind)
        if base < zero:
            text = f"-{zero - base}"
        elif base >= behind:
            text = f"*{base - behind + 1}"
        else:
            text = f"{base - zero + 1}"
        return text + (f"{place.offset:+}" if place.offset else "")

    def read(self, text: str, kind: str) -> Place:
        """The place that HGVS writes so.

        Raises:
            QueryError: there is no such position, or no intron begins there.
        """
        match = _PLACE.fullmatch(text)
        number = int(match[2]) if match else 0
        if match is None or number == 0:
            raise QueryError(f"{kind}.{text} is no position: counting is from 1, and -1 before it.")
        zero, behind = self._frame(kind)
        base = {"": zero + number - 1, "-": zero - number, "*": behind + number - 1}[match[1]]
        place = Place(base, int(match[3] or 0))
        if not match[1] and base >= behind:
            raise QueryError(
                f"{kind}.{text} lies behind the last position of {self.transcript.transcript_id}, "
                f"{kind}.{behind - zero:,}; behind it counting is *1, *2."
            )
        if place.offset:
            self._check_offset(place, text, kind)
        return place

    def _frame(self, kind: str) -> tuple[int, int]:
        """Base that is 1, and the first base that counts with `*`."""
        return (self.first_coding, self.behind_coding) if kind == "c" else (0, self.length)

    def _check_offset(self, place: Place, text: str, kind: str) -> None:
        exon = max(bisect_right(self._first, place.base) - 1, 0)
        last = self._first[exon] + self.exons[exon].width - 1
        edge = last if place.offset > 0 else self._first[exon]
        neighbour = exon + (1 if place.offset > 0 else -1)
        end = "ends" if place.offset > 0 else "begins"
        if place.base != edge:
            raise QueryError(
                f"{kind}.{text} counts into an intron, but no exon of "
                f"{self.transcript.transcript_id} {end} at its base; the exon there {end} at "
                f"{kind}.{self.label(Place(edge), kind)}."
            )
        if not 0 <= neighbour < len(self.exons):
            return
        left, right = sorted((self.exons[exon], self.exons[neighbour]))
        if abs(place.offset) > right.start - left.end:
            raise QueryError(
                f"{kind}.{text} reaches over the intron there, which is "
                f"{right.start - left.end:,} bp long in {self.transcript.transcript_id}."
            )


def transcript_bases(numbering: TranscriptMap, fetch: Fetch) -> str:
    """Of all exons, joined, in the transcript's direction; N where the genome has none."""
    pieces = [fetch(exon) for exon in numbering.exons]
    if numbering.backward:
        pieces = [reverse_complement(piece) for piece in pieces]
    return "".join(pieces)
