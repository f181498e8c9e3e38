"""ALT on REF coordinates: positions of its bases, and its bins collapsed onto those of REF."""

import numpy as np

from genoview.data.genome import Variant
from genoview.data.site_data import FloatArray, IntArray


def alt_to_ref(variant: Variant, start: int, n_alt: int) -> IntArray:
    """REF position of each base of an ALT haplotype that begins at REF position `start`.

    Inserted bases belong to their anchor: the last REF base of the variant. Returns
    int64[n_alt] of 0-based positions, never decreasing.
    """
    positions = np.arange(start, start + n_alt, dtype=np.int64)
    for change in variant.changes:  # from the left: those to its right do not move it
        behind = change.start + len(change.alt)
        inserted = (positions >= change.end) & (positions < behind)
        moved = np.where(positions >= behind, positions - change.length_change, positions)
        positions = np.where(inserted, change.end - 1, moved)
    return positions


def alt_over_ref(variant: Variant, bases: str, start: int) -> list[str]:
    """ALT's letters at each REF base: the one over it, then those inserted behind; "" if deleted.

    Joined, they are the ALT haplotype of the whole; each letter is where `alt_to_ref` has it.

    Args:
        bases: of REF from `start` (0-based), which may hold the variant, a part of it or none.
    """
    pieces = list(bases)
    for change in variant.changes:
        last = len(change.ref) - 1
        for i in range(last + 1):
            at = change.start + i - start
            if 0 <= at < len(pieces):
                pieces[at] = change.alt[i:] if i == last else change.alt[i : i + 1]
    return pieces


def collapse_to_ref(
    values: FloatArray, positions: IntArray, resolution: int, start: int, n_bins: int
) -> FloatArray:
    """ALT bins -> REF bins: the maximum where several meet, zero where bases are deleted.

    Args:
        values: float32[alt bins, tracks], bins counted from the first entry of `positions`.
        positions: int64[bases], from `alt_to_ref`; the last ALT bin may be covered in part.
        resolution: bp a bin.
        start: 0-based REF position of the first REF bin.
        n_bins: REF bins wanted.
    """
    ref_bins = (positions - start) // resolution
    alt_bins = np.arange(len(positions)) // resolution
    is_paired = (ref_bins >= 0) & (ref_bins < n_bins) & (alt_bins < len(values))
    pairs = np.unique(np.stack([ref_bins[is_paired], alt_bins[is_paired]], axis=1), axis=0)
    collapsed = np.full((n_bins, values.shape[1]), -np.inf, dtype=np.float32)
    np.maximum.at(collapsed, pairs[:, 0], values[pairs[:, 1]])
    return np.where(np.isneginf(collapsed), np.float32(0), collapsed)


def nearest_alt_bins(
    variant: Variant, start: int, resolution: int, n_bins: int, offset: int = 0
) -> IntArray:
    """int64[n_bins]: the ALT bin that holds the middle base of each REF bin.

    -1 where the whole bin is deleted, -2 where ALT's bins end before it. For models whose ALT
    window is as long as REF's: an insertion pushes the last bases out of it.

    Args:
        start: 0-based REF position of the first bin of both.
        resolution: bp a bin.
        offset: bp of ALT that were read before its first bin.
    """
    width = n_bins * resolution
    positions = alt_to_ref(variant, start - offset, offset + width)
    middles = start + np.arange(n_bins, dtype=np.int64) * resolution + resolution // 2
    bins = (np.searchsorted(positions, middles) - offset) // resolution
    bins = np.where((bins < 0) | (bins >= n_bins), -2, bins)
    for change in variant.changes:
        first, last = (
            max(change.start - start, 0) // resolution,
            -(-(change.end - start) // resolution),
        )
        for i in range(first, min(last, n_bins)):
            if variant.deletes(start + i * resolution, start + (i + 1) * resolution):
                bins[i] = -1
    return bins


def lift_bins(
    values: FloatArray,
    beyond: FloatArray,
    variant: Variant,
    start: int,
    resolution: int,
    offset: int = 0,
) -> FloatArray:
    """ALT bins of a whole window -> float32[bins, tracks] on REF's bins.

    A bin that the variant touches takes the maximum of the ALT bins whose middle lies in it, zero
    where it is deleted; each other takes the ALT bin that holds its middle.

    Args:
        values: float32[bins, tracks] of ALT.
        beyond: float32[bins, tracks] taken where ALT's bins end: REF's, so that nothing is claimed.
        start, resolution, offset: as for `nearest_alt_bins`.
    """
    n_bins = len(values)
    nearest = nearest_alt_bins(variant, start, resolution, n_bins, offset)
    lifted = np.where((nearest >= 0)[:, None], values[nearest], np.float32(0))
    positions = alt_to_ref(variant, start - offset, offset + n_bins * resolution)[offset:]
    owners = (positions[resolution // 2 :: resolution] - start) // resolution
    for change in variant.changes:
        first, last = (change.start - start) // resolution, (change.end - 1 - start) // resolution
        for i in range(max(first, 0), min(last + 1, n_bins)):
            own = values[owners == i]
            if len(own) and nearest[i] != -1:
                lifted[i] = own.max(axis=0)
    return np.where((nearest == -2)[:, None], beyond, lifted)
