"""Variant + changed splice sites + genome -> its transcripts and proteins, before and after."""

from collections.abc import Sequence

from genoview.data.genome import Transcript, Variant
from genoview.data.transcript.alt_exons import edits_as_written
from genoview.data.transcript.edits import Edit, Fetch
from genoview.scoring.rna.message import STOP, Message, message_of
from genoview.scoring.rna.outcome import RnaOutcome
from genoview.scoring.splicing.events import SpliceEvent, exon_ends, exons_after
from genoview.scoring.splicing.outcomes import Outcome

WHICH_BASE = (
    "The new splice site lies among the inserted bases, and at which of them is not certain: the "
    "reading frame is not known."
)


def spliced_outcomes(
    outcomes: Sequence[Outcome], variant: Variant, fetch: Fetch
) -> tuple[RnaOutcome, ...]:
    """Of each gene the events that are surest, read together; then each less sure one alone.

    Raises:
        GenomeError: no sequence is there.
    """
    edits = edits_as_written(variant)
    result = []
    for outcome in outcomes:
        gene, surest = outcome.gene.symbol or outcome.gene.gene_id, outcome.surest
        alone = [(event,) for event in outcome.events[len(surest) :]]
        for events in (surest, *alone):
            result.append(_outcome(gene, outcome.before, edits, fetch, events))
    return tuple(sorted(result, key=lambda other: -(other.score or 0)))


def unspliced_outcome(
    gene: str, transcript: Transcript, edits: Sequence[Edit], fetch: Fetch
) -> RnaOutcome:
    """Of a transcript that is spliced as annotated.

    Raises:
        GenomeError: no sequence is there.
    """
    return _outcome(gene, transcript, edits, fetch)


def _outcome(
    gene: str,
    transcript: Transcript,
    edits: Sequence[Edit],
    fetch: Fetch,
    events: tuple[SpliceEvent, ...] = (),
) -> RnaOutcome:
    before = message_of(transcript, exon_ends(transcript), (), fetch)
    after = message_of(transcript, exons_after(transcript, events), edits, fetch)
    n_coding = sum(exon.coding.width for exon in transcript.exons if exon.coding)
    is_exact = all(event.is_exact for event in events)
    problem = _problem(before, after, n_coding) or ("" if is_exact else WHICH_BASE)
    return RnaOutcome(gene, transcript, before, after, n_coding, events, problem)


def _problem(before: Message, after: Message, n_coding: int) -> str:
    """Why no protein is read; "" of a transcript without one."""
    if before.start is None:
        return ""
    if not (before.is_known and after.is_known):
        return "This genome does not have all bases of the transcript."
    if not before.starts:
        return "The coding part of this transcript does not begin with ATG in this genome."
    if len(before.protein) * 3 != n_coding or not before.protein.endswith(STOP):
        return (
            "The coding part of this transcript is not read from ATG to its stop codon in this "
            "genome: it has selenocysteine, is incomplete, or its record differs."
        )
    return ""
