"""A motif site that one allele lacks -> what that allele's bases score in the site's place.

Models list only sites with a p-value below 1e-4. The matrices are at hand, so that the other
allele's score and p-value need not stay open.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from genoview.data.allele_alignment import alt_to_ref
from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.models.binding.motifs import site_matrices, word_p_value, word_score
from genoview.scoring import MotifChange

Fetch = Callable[[Interval], str]
"""Forward-strand bases of an interval, N where unknown."""


def completed(change: MotifChange, variant: Variant, fetch: Fetch) -> MotifChange:
    """The change with the score of the allele that has no site.

    Of words that begin at the site's first base or end at its last one, which differ beside an
    insertion or deletion, the best counts. Unchanged where both alleles have the site, the matrix
    is unknown, or no sequence lies there.
    """
    if change.score_difference is not None:
        return change
    matrix_id = change.track.group
    length = len(site_matrices().get(matrix_id, ()))
    place = change.interval
    around = Interval(place.chrom, min(place.start, variant.start), max(place.end, variant.end))
    around = around.expanded(length)
    bases = fetch(around)
    positions = np.arange(around.start, around.end)
    if change.alt_score is None:
        bases = variant.apply(bases, around)
        positions = alt_to_ref(variant, around.start, len(bases))
    words = [
        reverse_complement(word) if place.strand == "-" else word
        for word in _words(bases, positions.tolist(), place, length)
        if "N" not in word
    ]
    if not words:
        return change
    best = max(words, key=lambda word: word_score(matrix_id, word))
    score, p_value = word_score(matrix_id, best), word_p_value(matrix_id, best)
    return replace(change, unlisted=(score, p_value))


def _words(bases: str, positions: list[int], place: Interval, length: int) -> Iterator[str]:
    """Words of the motif's length that share the place's first or last base.

    Args:
        positions: of each base, on REF.
    """
    for k in range(len(bases) - length + 1 if length else 0):
        if positions[k] == place.start or positions[k + length - 1] == place.end - 1:
            yield bases[k : k + length]
