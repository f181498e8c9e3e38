"""An exon with its introns -> what each module of MMSplice reads of it."""

from dataclasses import dataclass

from genoview.models.exons.contract import ExonSequence

ACCEPTOR_INTRON, ACCEPTOR_EXON = 50, 3  # bp of the acceptor site on each side
DONOR_EXON, DONOR_INTRON = 5, 13  # bp of the donor site on each side
SITE = 6  # bp of an intron beside the exon that its own module doesn't read


@dataclass(frozen=True, slots=True)
class ModuleInputs:
    """A sequence for each module; those of the sites have one length."""

    acceptor_intron: str
    acceptor: str
    exon: str
    donor: str
    donor_intron: str


def module_inputs(sequence: ExonSequence) -> ModuleInputs:
    """As the package cuts them: a short intron is filled with N to one base more than its site.

    Sites of an exon shorter than they read reach into the intron behind it.
    """
    before = _filled(sequence.before, ACCEPTOR_INTRON) + sequence.before
    after = sequence.after + _filled(sequence.after, DONOR_INTRON)
    whole = before + sequence.exon + after
    start, end = len(before), len(before) + len(sequence.exon)
    return ModuleInputs(
        before[:-SITE],
        whole[start - ACCEPTOR_INTRON : start + ACCEPTOR_EXON],
        sequence.exon or "N",
        whole[end - DONOR_EXON : end + DONOR_INTRON],
        after[SITE:],
    )


def _filled(intron: str, length: int) -> str:
    """The N that are missing to one more than `length`, where fewer than that are there."""
    return "N" * (length - len(intron) + 1)
