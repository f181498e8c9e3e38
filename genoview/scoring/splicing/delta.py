"""Splice site probabilities of REF and ALT -> SpliceAI's delta scores.

A delta score is the largest gain or loss of probability of an acceptor or donor near a variant
(Jaganathan et al. 2019, doi:10.1016/j.cell.2018.12.015). Of cut-offs the authors name 0.2 (high
recall), 0.5 (recommended) and 0.8 (high precision).

All arrays are float[places, 2], acceptor and donor, in genome order whatever the gene's strand.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from genoview.data.track_data import FloatArray

KINDS = ("acceptor gain", "acceptor loss", "donor gain", "donor loss")
"""In the order of `DeltaScores.changes`."""
BoolArray = npt.NDArray[np.bool_]


def as_written(score: float) -> float:
    """With the two decimals of tables and files, which are compared with cut-offs as they stand."""
    return round(score, 2)


@dataclass(frozen=True, slots=True)
class Change:
    """The largest gain or loss of one kind of site.

    Attributes:
        score: difference of probabilities, 0 to 1; of a loss, REF - ALT.
        position: bp from the variant's POS on the forward strand; negative to its left.
    """

    score: float
    position: int


@dataclass(frozen=True, slots=True)
class DeltaScores:
    """What a variant does to the splice sites of one gene.

    Attributes:
        gene: its name; `+` or `-` where no gene is known.
    """

    gene: str
    strand: str
    acceptor_gain: Change
    acceptor_loss: Change
    donor_gain: Change
    donor_loss: Change

    @property
    def changes(self) -> tuple[Change, Change, Change, Change]:
        """In the order of the original programs: AG, AL, DG, DL."""
        return self.acceptor_gain, self.acceptor_loss, self.donor_gain, self.donor_loss

    @property
    def largest(self) -> float:
        """The variant's delta score for the gene: the largest of the four."""
        return max(change.score for change in self.changes)

    @property
    def fields(self) -> str:
        """`AG|AL|DG|DL` scores, then positions, as the original programs write them."""
        scores = "|".join(f"{change.score:.2f}" for change in self.changes)
        return f"{scores}|{'|'.join(str(change.position) for change in self.changes)}"


def aligned(
    alt: FloatArray, at: int, length_change: int, *, zeros_behind_anchor: bool
) -> FloatArray:
    """ALT's values on REF's places.

    Inserted bases collapse to their maximum on the anchor; deleted bases are zero.

    Args:
        alt: float[REF places + length_change, 2].
        at: place of the variant's first base.
        zeros_behind_anchor: put the zeros where the deleted bases were, as spliceai does;
            otherwise before the anchor, which cispliceai moves to the deletion's end.
    """
    if length_change > 0:
        behind = at + length_change + 1
        anchor = alt[at:behind].max(axis=0, keepdims=True)
        return np.concatenate([alt[:at], anchor, alt[behind:]])
    if length_change < 0:
        behind = at + 1 if zeros_behind_anchor else at
        zeros = np.zeros((-length_change, alt.shape[1]), alt.dtype)
        return np.concatenate([alt[:behind], zeros, alt[behind:]])
    return alt


def delta_scores(difference: FloatArray, at: int, gene: str = "", strand: str = "+") -> DeltaScores:
    """The largest gains and losses; of equal ones the leftmost.

    Args:
        difference: ALT - REF, aligned.
        at: place of the variant's first base.
    """
    gains, losses = difference.argmax(axis=0), difference.argmin(axis=0)

    def gain(column: int) -> Change:
        place = int(gains[column])
        return Change(float(difference[place, column]), place - at)

    def loss(column: int) -> Change:
        place = int(losses[column])
        return Change(0.0 - float(difference[place, column]), place - at)

    return DeltaScores(gene, strand, gain(0), loss(0), gain(1), loss(1))


def masked_by_sites(difference: FloatArray, known: BoolArray) -> FloatArray:
    """Without gains of known sites and losses of unknown ones, as cispliceai masks.

    Args:
        known: bool[places, 2]: an acceptor or donor of the gene is there.
    """
    return np.where(known == (difference < 0), difference, difference.dtype.type(0))


def masked_by_nearest(scores: DeltaScores, nearest: int) -> DeltaScores:
    """Zero where a gain lies on the nearest exon boundary or a loss elsewhere, as spliceai masks.

    Positions stay what they are without a mask.

    Args:
        nearest: bp from the variant to the nearest first or last base of an exon.
    """

    def unless(hidden: bool, change: Change) -> Change:
        return replace(change, score=0.0) if hidden else change

    gains = [scores.acceptor_gain, scores.donor_gain]
    losses = [scores.acceptor_loss, scores.donor_loss]
    acceptor_gain, donor_gain = (unless(change.position == nearest, change) for change in gains)
    acceptor_loss, donor_loss = (unless(change.position != nearest, change) for change in losses)
    return replace(
        scores,
        acceptor_gain=acceptor_gain,
        acceptor_loss=acceptor_loss,
        donor_gain=donor_gain,
        donor_loss=donor_loss,
    )
