"""Chain file -> the same place on another build, with the alleles as they read there.

Format: genome.ucsc.edu/goldenPath/help/chain.html; a block of a chain is aligned without a gap.
"""

import hashlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from genoview.data.genome import Interval, Variant, canonical_chrom, reverse_complement
from genoview.data.input.decoding import FAULTS
from genoview.errors import GenomeError
from genoview.io.bgzf import unpacked

MOST_TEXT = 400_000_000  # bytes of a chain file; the largest of UCSC for these genomes has 70 MB
BLOCK = np.dtype(
    [("start", "<i8"), ("end", "<i8"), ("target", "<i8"), ("inverted", "?"), ("chain", "<i8")]
)
"""Start and end on the source, 0-based half-open; where it begins on the target's forward strand;
whether the target has the other strand; index of the chain."""


class Outcome(StrEnum):
    """How the target reads where the variant lies."""

    SAME = "same"  # as REF
    SWAPPED = "swapped"  # as ALT
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Lifted:
    """A variant on the other build.

    Attributes:
        variant: REF and ALT changed places where the outcome is swapped.
        inverted: the other build has the other strand there, so alleles were complemented.
        words: what should be known of it; empty where all is the same.
    """

    variant: Variant
    outcome: Outcome
    inverted: bool
    words: str = ""


class Liftover:
    """From one build to another; thread safe."""

    def __init__(
        self,
        source: str,
        target: str,
        blocks: dict[str, NDArray[np.void]],
        target_chroms: tuple[str, ...],
    ) -> None:
        self.source = source
        self.target = target
        self._blocks = blocks
        self._target_chroms = target_chroms  # chain by chain

    @classmethod
    def open(cls, source: str, target: str, chain: Path) -> Self:
        """Read a chain file of this machine, plain or gzipped.

        Raises:
            GenomeError: it cannot be read, or is not a chain file.
        """
        try:
            content = chain.read_bytes().removeprefix(BOM_UTF8)
        except OSError as error:
            raise GenomeError(f"{chain} cannot be read: {error.strerror or error}.") from error
        return cls.parse(source, target, content)

    @classmethod
    def parse(cls, source: str, target: str, content: bytes, md5: str = "") -> Self:
        """Read the content of a chain file, plain or gzipped.

        Args:
            md5: of the published file, where it is known.

        Raises:
            GenomeError: it is not the published file, or no chain file.
        """
        name = f"The chain file from {source} to {target}"
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        if md5 and digest != md5:
            raise GenomeError(
                f"{name} has the md5 {digest}; {md5} was published. Download it again."
            )
        rows: dict[str, list[tuple[int, int, int, bool, int]]] = {}
        chroms: list[str] = []
        try:
            text = unpacked(content, MOST_TEXT)
            for chrom, target_chrom, chain_blocks in _chains(text.decode().splitlines()):
                rows.setdefault(chrom, []).extend((*row, len(chroms)) for row in chain_blocks)
                chroms.append(target_chrom)
        except FAULTS as error:
            raise GenomeError(
                f"{name} cannot be read as a chain file ({error}). Download it again."
            ) from error
        if not rows:
            raise GenomeError(f"{name} has no chain. Download it again.")
        blocks = {chrom: np.array(chain_blocks, BLOCK) for chrom, chain_blocks in rows.items()}
        return cls(source, target, blocks, tuple(chroms))

    def inverse(self) -> Self:
        """From the target back to the source, by the same chains."""
        rows: dict[str, list[NDArray[np.void]]] = {}
        source_chroms = [""] * len(self._target_chroms)
        for source_chrom, blocks in self._blocks.items():
            for chain in np.unique(blocks["chain"]).tolist():
                source_chroms[chain] = source_chrom
                turned = blocks[blocks["chain"] == chain].copy()
                turned["start"], turned["target"] = turned["target"].copy(), turned["start"].copy()
                turned["end"] += turned["start"] - turned["target"]
                rows.setdefault(self._target_chroms[chain], []).append(turned)
        by_chrom = {chrom: np.concatenate(each) for chrom, each in rows.items()}
        return type(self)(self.target, self.source, by_chrom, tuple(source_chroms))

    def lift(self, interval: Interval) -> tuple[Interval, bool]:
        """The place on the target, and whether it is inverted there.

        Both ends lie in one chain; what lies between may be longer or shorter there.

        Raises:
            GenomeError: an end has no place on the target or several, or the ends part.
        """
        first = self._point(interval, interval.start)
        last = self._point(interval, interval.end - 1)
        (chrom, start, inverted, chain), (other, end, *_) = first, last
        if chain != last[3]:
            raise GenomeError(
                f"{interval.to_ucsc()} of {self.source} is split on {self.target}: its ends lie "
                f"at {chrom}:{start + 1:,} and {other}:{end + 1:,}. Choose a part of it."
            )
        return Interval(chrom, min(start, end), max(start, end) + 1), inverted

    def lift_variant(self, variant: Variant, fetch: Callable[[Interval], str]) -> Lifted:
        """The variant on the target, compared with the target's sequence.

        Args:
            fetch: sequence of the target.

        Raises:
            GenomeError: it has no place on the target, or the target's sequence cannot be had.
        """
        place, inverted = self.lift(variant.interval)
        chrom, start, width = place.chrom, place.start, place.width
        with suppress(GenomeError):  # what the target has up to the base behind, insertions too
            flanked, _ = self.lift(Interval(variant.chrom, variant.start, variant.end + 1))
            start, width = flanked.start + inverted, flanked.width - 1
        ref, alt = variant.ref, variant.alt
        if inverted:
            before = fetch(Interval(chrom, start - 1, start))
            ref, alt, moved = _complemented(ref, alt, before)
            start -= moved
        reads_ref = fetch(Interval(chrom, start, start + len(ref))) == ref and width == len(ref)
        reads_alt = fetch(Interval(chrom, start, start + len(alt))) == alt
        if not reads_ref and reads_alt and width == len(alt):
            words = f"{self.target} has the ALT allele {alt} there: REF and ALT are swapped."
            return Lifted(Variant(chrom, start + 1, alt, ref), Outcome.SWAPPED, inverted, words)
        lifted = Variant(chrom, start + 1, ref, alt)
        if not reads_ref:
            stands = fetch(Interval(chrom, start, start + width))
            words = (
                f"{self.target} has {stands} at {chrom}:{start + 1:,}, neither {ref} nor {alt}: "
                "the variant does not carry over."
            )
            return Lifted(lifted, Outcome.DIFFERENT, inverted, words)
        return Lifted(lifted, Outcome.SAME, inverted, self._words(inverted, reads_alt))

    def _words(self, inverted: bool, is_repeat: bool) -> str:
        sentences = []
        if inverted:
            sentences.append(f"{self.target} has the other strand there: alleles are complemented.")
        if is_repeat:
            sentences.append(
                "It lies in a repeat, where both alleles fit what follows: whether "
                f"{self.target} has REF or ALT is as its alignment says."
            )
        return " ".join(sentences)

    def _point(self, interval: Interval, place: int) -> tuple[str, int, bool, int]:
        """Chromosome, 0-based place, whether inverted, and chain."""
        chrom = canonical_chrom(interval.chrom)
        blocks = self._blocks.get(chrom, np.zeros(0, BLOCK))
        covering = blocks[(blocks["start"] <= place) & (place < blocks["end"])]
        if len(covering) != 1:
            n_places = f"{len(covering)} places" if len(covering) else "no place"
            raise GenomeError(
                f"{chrom}:{place + 1:,} of {self.source} has {n_places} on {self.target}."
            )
        start, end, target, inverted, chain = covering[0].item()
        moved = target + (end - 1 - place if inverted else place - start)
        return self._target_chroms[chain], moved, inverted, chain


def _complemented(ref: str, alt: str, before: str) -> tuple[str, str, int]:
    """Alleles on the other strand; by how much an indel moves to be anchored on its left again."""
    ref, alt = reverse_complement(ref), reverse_complement(alt)
    if len(ref) == len(alt) or ref[-1] != alt[-1] or before not in "ACGT":
        return ref, alt, 0
    return before + ref[:-1], before + alt[:-1], 1


def _chains(
    lines: Iterable[str],
) -> Iterator[tuple[str, str, list[tuple[int, int, int, bool]]]]:
    """Source chromosome, target chromosome and blocks of each chain."""
    header: list[str] = []
    rows: list[list[int]] = []
    for line in [*lines, "chain"]:
        words = line.split()
        if words[:1] != ["chain"]:
            if words and not line.startswith("#"):
                rows.append([int(word) for word in words])
            continue
        if header:
            yield canonical_chrom(header[2]), canonical_chrom(header[7]), _blocks_of(header, rows)
        header, rows = words, []
        if len(words) > 1 and len(words) < 12:
            raise ValueError("a chain begins with fewer than 12 words")


def _blocks_of(header: list[str], rows: list[list[int]]) -> list[tuple[int, int, int, bool]]:
    """Of `chain score tName tSize tStrand tStart tEnd qName qSize qStrand qStart qEnd id`."""
    place, end, target, size = (int(header[i]) for i in (5, 6, 10, 8))
    inverted, blocks = header[9] == "-", []
    for length, *gaps in rows:
        start = size - target - length if inverted else target
        blocks.append((place, place + length, start, inverted))
        source_gap, target_gap = gaps or (0, 0)
        place, target = place + length + source_gap, target + length + target_gap
    if header[4] != "+" or place != end or target != int(header[11]):
        raise ValueError(f"a chain of {header[2]} ends at {place:,}, not at {end:,}")
    return blocks
