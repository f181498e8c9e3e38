"""Strengths of splice sites in REF and ALT -> Pangolin's gain and loss.

The largest increase and the largest decrease over tissues and places near a variant, on the strand
of a gene (Zeng & Li 2022, doi:10.1186/s13059-022-02664-4). Masked, gains at the gene's known exon
boundaries and losses elsewhere count as none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks
from genoview.scoring.splicing.delta import Change
from genoview.scoring.tracks.formula import Formula

SOURCE = "Zeng & Li 2022, Genome Biology 23:103"
GAIN = Formula(
    "Pangolin gain",
    "max over tissues and places (ALT − REF), on the strand of the gene; inserted bases count as "
    "their largest on the base before them, deleted ones as 0",
    "probability",
    SOURCE,
)
LOSS = Formula(
    "Pangolin loss",
    "max over tissues and places (REF − ALT), on the strand of the gene; inserted bases count as "
    "their largest on the base before them, deleted ones as 0",
    "probability",
    SOURCE,
)


@dataclass(frozen=True, slots=True)
class GainLoss:
    """What a variant does to the splice sites of one strand.

    Attributes:
        gain, loss: 0 to 1, with the place in bp from the variant's POS.
        gain_in, loss_in: the tissue in which the change is largest.
    """

    gain: Change
    loss: Change
    gain_in: str
    loss_in: str

    @property
    def largest(self) -> float:
        return max(self.gain.score, self.loss.score)


def gain_loss(
    pair: AlleleTracks,
    variant: Variant,
    strand: str,
    distance: int,
    boundaries: Sequence[int] | None = None,
) -> GainLoss:
    """The largest changes within `distance` bp of the variant, as far as it was predicted.

    Args:
        boundaries: first and last bases of the gene's exons, 0-based; None does not mask.
    """
    span = variant.interval.expanded(distance).intersection(pair.ref.interval)
    assert span is not None  # a variant lies in what is predicted around it
    tracks = pair.ref.tracks
    columns = [
        i
        for i, track in enumerate(tracks)
        if track.strand == strand and track.assay.facts.has_strengths
    ]
    change = pair.difference().slice(span).values[:, columns].astype(np.float64)
    gains, losses = change.max(axis=1), -change.min(axis=1)
    if boundaries is not None:
        known = np.isin(np.arange(span.start, span.end), boundaries)
        gains, losses = np.where(known, 0, gains), np.where(known, losses, 0)
    up, down = int(gains.argmax()), int(losses.argmax())
    names = [tracks[i].group for i in columns]
    at = variant.start - span.start
    return GainLoss(
        Change(max(float(gains[up]), 0.0), up - at),
        Change(max(float(losses[down]), 0.0), down - at),
        names[int(change[up].argmax())],
        names[int(change[down].argmin())],
    )
