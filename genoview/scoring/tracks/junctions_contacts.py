"""Junctions and contact maps of REF and ALT + a variant -> the field's score of each track."""

from collections.abc import Iterator, Sequence

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Gene, Variant
from genoview.data.junction_data import Junctions
from genoview.scoring.tracks.contacts import CONTACTS, contact_change
from genoview.scoring.tracks.formula import AVSEC_2026, Formula, TrackScore
from genoview.scoring.tracks.junctions import junction_change

LARGEST_JUNCTION = Formula(
    "Splice junction",
    "the largest |ln(ALT + 1e-7) − ln(REF + 1e-7)| of the junctions within the gene",
    "natural logarithm",
    AVSEC_2026,
)


def junction_scores(
    ref: Junctions, alt: Junctions, variant: Variant, genes: Sequence[Gene]
) -> Iterator[TrackScore]:
    """One a track and gene that the variant touches, of junctions inside the gene, on its strand.

    A junction that one allele lacks counts as never used there.
    """
    before, after = ref.aligned(alt)
    changes = junction_change(before.values, after.values)
    for gene in genes:
        place = gene.interval
        if not place.overlaps(variant.interval):
            continue
        inside = (before.start > place.start) & (before.end < place.end)
        if place.strand != ".":
            inside &= before.strand == (1 if place.strand == "+" else -1)
        if not inside.any():
            continue
        for track, value in zip(before.tracks, changes[inside].max(axis=0).tolist(), strict=True):
            if not np.isnan(value):
                yield TrackScore(LARGEST_JUNCTION, track, value, gene.symbol or gene.gene_id)


def contact_scores(ref: ContactMap, alt: ContactMap, variant: Variant) -> Iterator[TrackScore]:
    """One a track, of the column of the variant's bin; none where the map lacks the variant."""
    of_contacts = all(track.assay.facts.is_contact for track in ref.tracks)
    if not of_contacts or not ref.interval.contains(variant.interval):
        return
    values = contact_change(ref.values, alt.values, ref.interval, variant)
    for track, value in zip(ref.tracks, values.tolist(), strict=True):
        if not np.isnan(value):
            yield TrackScore(CONTACTS, track, value)
