"""What becomes of reading frame and protein, as the PVS1 tree asks for it.

A result of reading the predicted transcript can take the place of `of_outcome`: the rules read
`LossOfFunction` alone.
"""

import re
from dataclasses import dataclass

from genoview.data.genome import Transcript, Variant
from genoview.data.transcript.numbering import TranscriptMap
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence
from genoview.scoring.splicing.outcomes import Outcome

LAST_OF_PENULTIMATE = 50  # nt before the last junction from which on no decay is predicted
_STOP_BEHIND = re.compile(r"p\.\([A-Z][a-z]{2}(\d+)[A-Z][a-z]{2}fsTer(\d+)\)")


@dataclass(frozen=True, slots=True)
class LossOfFunction:
    """What is known of a truncated or shortened protein; None of what is not.

    Attributes:
        event: `exon 4 skipped`, `stop codon gained`, in words.
        frame_kept: whether the reading frame goes on as before.
        decay: whether nonsense-mediated decay is predicted.
        share_removed: of the protein, 0 to 1.
        why_decay: the rule with its numbers; "" where it is not known.
    """

    event: str
    frame_kept: bool | None = None
    decay: bool | None = None
    share_removed: float | None = None
    why_decay: str = ""


def of_outcome(outcome: Outcome) -> LossOfFunction:
    """Of a predicted change of splicing; where a new stop codon lies is not known here."""
    event = f"{outcome.name}: {outcome.described('predicted to be')}"
    before, after = _coding_bases(outcome.before), _coding_bases(outcome.after)
    if not before or outcome.frame == "the start codon is lost":
        return LossOfFunction(event)
    if (after - before) % 3:
        return LossOfFunction(event, frame_kept=False)
    share = max(before - after, 0) / before
    if after > before:  # what is inserted may hold a stop codon
        return LossOfFunction(event, frame_kept=True, share_removed=share)
    return LossOfFunction(event, True, False, share, "the frame is kept, and nothing is inserted")


def of_consequence(
    consequence: Consequence, protein: str, variant: Variant
) -> LossOfFunction | None:
    """Of a stop gained or a frameshift, if splicing stays as it is; None of other changes.

    Args:
        protein: `p.(Arg12GlyfsTer30)`.
    """
    terms = set(consequence.terms)
    if not terms & {Term.STOP_GAINED, Term.FRAMESHIFT}:
        return None
    shifts = Term.FRAMESHIFT in terms
    event = Term.FRAMESHIFT.words if shifts else Term.STOP_GAINED.words
    residue = consequence.residue if Term.STOP_GAINED in terms else None
    if match := _STOP_BEHIND.fullmatch(protein):
        residue = int(match[1]) + int(match[2]) - 1
    kept = False if shifts else None
    if residue is None:
        return LossOfFunction(event, kept)
    decay, why = _decay(consequence.transcript, residue, variant.length_change if shifts else 0)
    n_residues = _coding_bases(consequence.transcript) // 3 - 1
    first = consequence.residue or residue
    share = max(n_residues - first + 1, 0) / n_residues if n_residues > 0 else None
    return LossOfFunction(event, kept, decay, share, why)


def _decay(transcript: Transcript, residue: int, grown: int) -> tuple[bool, str]:
    """Whether the stop codon lies more than 50 nt before the last junction, and the rule."""
    numbering = TranscriptMap(transcript)
    if len(numbering.exons) == 1:
        return False, "the transcript has one exon"
    junction = numbering.length - numbering.exons[-1].width + grown
    before = junction - (numbering.first_coding + 3 * residue)
    if before < 0:
        return False, f"the stop codon (residue {residue}) lies in the last exon"
    where = f"the stop codon (residue {residue}) lies {before:,} nt before the last junction"
    return before > LAST_OF_PENULTIMATE, f"{where}; the rule asks for more than 50"


def _coding_bases(transcript: Transcript) -> int:
    return sum(exon.coding.width for exon in transcript.exons if exon.coding)
