"""Exons of a fixture of the package mmsplice, with a variant each -> REF and ALT as models read."""

from typing import Any

import numpy.typing as npt

from genoview.data.genome import Interval, Variant
from genoview.models.exons.contract import ExonSequence
from genoview.scoring.splicing.inclusion.alleles import ReadExon, exon_alleles

Arrays = dict[str, npt.NDArray[Any]]
Pair = tuple[ExonSequence, ExonSequence]


def exon_pairs(fixture: Arrays, margin: int, intron_length: int | None = None) -> list[Pair]:
    """In the order of the fixture.

    Args:
        margin: bp of sequence around each exon of the fixture.
        intron_length: bp that are read of an intron that there is; as the fixture says if None.
    """
    text, offset, pairs = fixture["sequences"].tobytes().decode(), 0, []
    for i, (start, end, *introns) in enumerate(fixture["exons"].tolist()):
        window = Interval("chr20", start - margin, end + margin)
        bases = text[offset : offset + window.width]
        offset += window.width
        pos, ref, alt = (fixture[name][i].item() for name in ("places", "refs", "alts"))
        if intron_length is not None:
            introns = [intron_length * (length > 0) for length in introns]
        exon = ReadExon(Interval("chr20", start, end, str(fixture["strands"][i])), *introns)

        def fetch(part: Interval, bases: str = bases, window: Interval = window) -> str:
            assert window.contains(part)
            return bases[part.start - window.start : part.end - window.start]

        pairs.append(exon_alleles(exon, Variant("chr20", pos + 1, ref, alt), fetch))
    return pairs
