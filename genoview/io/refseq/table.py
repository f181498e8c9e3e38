"""Embedded file of a build -> RefSeqTable: genes as columns, and which transcripts stand out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self, cast

import numpy as np
import numpy.typing as npt

from genoview.data.assets import ASSETS
from genoview.errors import AnnotationError
from genoview.io.gene_table import GeneTable
from genoview.io.refseq.codec import IntArray, unpack
from genoview.io.refseq.mane import Mane, load_mane

FAMILIES = ("GRCh37", "GRCh38")
SOURCE = "RefSeq"


@dataclass(frozen=True)
class RefSeqTable:
    """All curated transcripts of one build.

    Attributes:
        coding_length: int64[transcripts], bp of the coding part, stop codon included; 0 if none.
        irregular: bool[transcripts]; the record differs from the genome by insertions or
            deletions, so that positions counted along it may be shifted here.
    """

    family: str
    genes: GeneTable
    coding_length: IntArray
    irregular: npt.NDArray[np.bool_]

    @classmethod
    def load(cls, family: str, folder: Path = ASSETS / "genes") -> Self:
        """Decode the table of a build.

        Raises:
            AnnotationError: there is none for this build, or it cannot be read.
        """
        if family not in FAMILIES:
            raise AnnotationError(
                f"RefSeq genes are embedded for {' and '.join(FAMILIES)}, not for {family}. Add a "
                "GTF or GFF3 file to this genome on the Models and data page."
            )
        columns = unpack(folder / f"refseq-{family}.xz")
        try:
            return cls(family, *_decode(columns, load_mane(folder)))
        except KeyError as error:
            raise AnnotationError(f"The RefSeq table of {family} lacks {error}.") from error


def _decode(
    columns: dict[str, IntArray | list[str]], mane: Mane
) -> tuple[GeneTable, IntArray, npt.NDArray[np.bool_]]:
    numbers = cast(dict[str, IntArray], columns)
    texts = cast(dict[str, list[str]], columns)
    exon_of = np.cumsum(numbers["exon_of"])
    starts = np.cumsum(numbers["exon_start"])[exon_of]
    ends = starts + numbers["exon_length"][exon_of]
    exon_first = _offsets(numbers["n_exons"])
    transcript_first = _offsets(numbers["n_transcripts"])
    first, last = (
        np.repeat(np.cumsum(numbers[name]), numbers["n_exons"])
        for name in ("coding_start", "coding_end")
    )
    coding_start, coding_end = np.maximum(starts, first), np.minimum(ends, last)
    none = coding_start >= coding_end
    coding_start[none] = coding_end[none] = starts[none]
    mrna = numbers["mrna"].astype(bool)
    symbols = texts["symbol"]
    chromosomes = texts["chromosomes"]
    table = GeneTable(
        gene_id=[mane.gene_of_symbol.get(symbol, symbol) for symbol in symbols],
        symbol=symbols,
        biotype=_words(
            np.maximum.reduceat(mrna, transcript_first[:-1]), "non_coding", "protein_coding"
        ),
        chrom=[chromosomes[i] for i in np.cumsum(numbers["chrom"])],
        strand=_words(numbers["forward"], "-", "+"),
        start=np.minimum.reduceat(starts[exon_first[:-1]], transcript_first[:-1]),
        end=np.maximum.reduceat(ends[exon_first[1:] - 1], transcript_first[:-1]),
        transcript_first=transcript_first,
        transcript_id=_names(mrna, np.cumsum(numbers["number"]), numbers["version"]),
        source=[SOURCE] * len(mrna),
        transcript_biotype=_words(mrna, "non_coding", "mRNA"),
        exon_first=exon_first,
        exon_start=starts,
        exon_end=ends,
        coding_start=coding_start,
        coding_end=coding_end,
    )
    coding_length = np.add.reduceat(coding_end - coding_start, exon_first[:-1])
    return table, coding_length, numbers["irregular"].astype(bool)


def _names(mrna: npt.NDArray[np.bool_], number: IntArray, version: IntArray) -> list[str]:
    """`NM_000022.4`: six digits, or nine from a million on."""
    rows = zip(mrna.tolist(), number.tolist(), version.tolist(), strict=True)
    return [
        f"{'NM' if m else 'NR'}_{n:0{6 if n < 1_000_000 else 9}}.{version}"
        for m, n, version in rows
    ]


def _words(flags: npt.NDArray[np.generic], no: str, yes: str) -> list[str]:
    return [yes if flag else no for flag in flags.tolist()]


def _offsets(counts: IntArray) -> IntArray:
    return np.concatenate([[0], np.cumsum(counts)])
