"""Reading frame, decay and share of the protein, worked out by hand."""

import pytest

from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence
from genoview.scoring.prediction.loss_of_function import of_consequence, of_outcome
from genoview.scoring.splicing.events import EventKind, SpliceEvent
from genoview.scoring.splicing.outcomes import Outcome


def transcript(*spans: tuple[int, int], coding: tuple[int, int]) -> Transcript:
    exons = []
    for start, end in spans:
        interval = Interval("chr1", start, end, "+")
        exons.append(Exon(interval, interval.intersection(Interval("chr1", *coding, "+"))))
    return Transcript("T1", Interval("chr1", spans[0][0], spans[-1][1], "+"), tuple(exons))


THREE = ((0, 120), (200, 290), (400, 520))  # 120 + 90 + 120 bases
CODING = (0, 520)  # all 330: 109 residues and a stop codon


@pytest.mark.parametrize(
    ("residue", "decay", "words"),
    [
        (10, True, "180 nt before"),
        (53, True, "51 nt before"),
        (54, False, "48 nt before"),
        (71, False, "last exon"),
    ],
)
def test_a_stop_codon_and_the_last_junction(residue: int, decay: bool, words: str) -> None:
    """The junction lies behind base 210."""
    change = Consequence(transcript(*THREE, coding=CODING), (Term.STOP_GAINED,), residue=residue)
    loss = of_consequence(change, f"p.(Arg{residue}Ter)", Variant("chr1", 1, "A", "T"))
    assert loss is not None
    assert (loss.decay, loss.frame_kept) == (decay, None)
    assert words in loss.why_decay
    assert loss.share_removed == pytest.approx((110 - residue) / 109)


def test_of_a_frameshift_the_new_stop_codon_counts() -> None:
    change = Consequence(transcript(*THREE, coding=CODING), (Term.FRAMESHIFT,), residue=10)
    loss = of_consequence(change, "p.(Arg10GlyfsTer62)", Variant("chr1", 30, "AC", "A"))
    assert loss is not None
    assert (loss.frame_kept, loss.decay) == (False, False)
    assert "residue 71" in loss.why_decay
    unknown = of_consequence(change, "p.?", Variant("chr1", 30, "AC", "A"))
    assert unknown is not None and (unknown.frame_kept, unknown.decay) == (False, None)


def test_without_a_junction_there_is_no_decay() -> None:
    change = Consequence(transcript((0, 330), coding=(0, 330)), (Term.STOP_GAINED,), residue=10)
    loss = of_consequence(change, "p.(Arg10Ter)", Variant("chr1", 28, "C", "T"))
    assert loss is not None and loss.decay is False


def test_a_missense_loses_nothing() -> None:
    change = Consequence(transcript(*THREE, coding=CODING), (Term.MISSENSE,), residue=10)
    assert of_consequence(change, "p.(Arg10Gly)", Variant("chr1", 28, "C", "G")) is None


@pytest.mark.parametrize(
    ("middle", "kept", "decay", "share"),
    [((200, 290), True, False, 90 / 330), ((200, 291), False, None, None)],
)
def test_a_skipped_exon_keeps_the_frame_or_not(
    middle: tuple[int, int], kept: bool, decay: bool | None, share: float | None
) -> None:
    before = transcript(THREE[0], middle, THREE[2], coding=CODING)
    after = transcript(THREE[0], THREE[2], coding=CODING)
    skipped = SpliceEvent(
        EventKind.EXON_SKIPPING, (2,), middle[0] - middle[1], 0.9, "acceptor lost"
    )
    gene = Gene("G1", "TOY", before.interval, (before,))
    loss = of_outcome(Outcome(gene, before, after, (skipped,)))
    assert (loss.frame_kept, loss.decay) == (kept, decay)
    assert loss.share_removed == (None if share is None else pytest.approx(share))
