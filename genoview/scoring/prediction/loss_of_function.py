"""RNA and protein after a change -> what the PVS1 tree asks of them."""

from dataclasses import dataclass

from genoview.scoring.rna import words
from genoview.scoring.rna.decay import Decay
from genoview.scoring.rna.outcome import ProteinEffect, RnaOutcome

NOT_READ = {ProteinEffect.UNKNOWN, ProteinEffect.NO_PROTEIN, ProteinEffect.START_LOST}
DECAYS = {Decay.EXPECTED: True, Decay.NOT_EXPECTED: False, Decay.NOT_ASKED: False}


@dataclass(frozen=True, slots=True)
class LossOfFunction:
    """What is known of a truncated or shortened protein; None of what is not.

    Attributes:
        event: `ADA NM_000022.4: exon 4 likely skipped`.
        frame_kept: whether the reading frame goes on as before.
        decay: whether nonsense-mediated decay is predicted; None on the border of its rule too.
        share_removed: of the residues, 0 to 1.
        why_decay: the rule with its numbers; "" where no protein is read.
    """

    event: str
    frame_kept: bool | None = None
    decay: bool | None = None
    share_removed: float | None = None
    why_decay: str = ""


def loss_of_function(outcome: RnaOutcome) -> LossOfFunction:
    """Of one transcript."""
    effects = ", ".join(filter(None, (words.splicing(outcome), words.protein(outcome))))
    event = f"{outcome.gene} {outcome.transcript_id}: {effects}"
    aligned, n_residues = outcome.alignment, outcome.before.n_residues
    if outcome.effect in NOT_READ or aligned is None:
        return LossOfFunction(event)
    return LossOfFunction(
        event,
        (outcome.coding_change or 0) % 3 == 0,
        DECAYS.get(outcome.decay.decay),
        aligned.n_lost / n_residues if n_residues else None,
        outcome.decay.reason,
    )
