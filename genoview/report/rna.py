"""Outcomes of splicing and consequences -> each transcript's RNA and protein before and after."""

from collections.abc import Sequence
from typing import Any

from genoview.data.genome import Variant
from genoview.data.transcript.edits import Fetch
from genoview.errors import GenomeError
from genoview.io.export import NamedColumn
from genoview.report.consequences import TranscriptConsequence
from genoview.scoring import Outcome
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import placed_edits
from genoview.scoring.rna import words
from genoview.scoring.rna.outcome import RnaOutcome
from genoview.scoring.rna.outcomes import spliced_outcomes, unspliced_outcome
from genoview.scoring.splicing.events import SpliceEvent

OF_PROTEINS = {
    Term.STOP_GAINED,
    Term.FRAMESHIFT,
    Term.STOP_LOST,
    Term.START_LOST,
    Term.INFRAME_INSERTION,
    Term.INFRAME_DELETION,
    Term.MISSENSE,
    Term.PROTEIN_ALTERING,
}
WHAT_IS_IN_A_COLUMN = {
    "gene": "symbol",
    "transcript": "with its version",
    "rna": "what happens in the RNA, with how likely it is",
    "score": "largest change of a splice site's probability behind it, 0 to 1",
    "effect": "on the protein",
    "coding_change": "nt that the coding part grows by",
    "protein": "predicted name along the protein",
    "residues_lost": "of the protein before",
    "residues_new": "of the protein after that the one before does not have",
    "residues_before": "length of the protein before",
    "residues_after": "length of the protein after",
    "stop_codon": "its number after the change, from the start codon as 1",
    "stop_exon": "number of the exon with it, after the change",
    "decay": "whether nonsense-mediated decay is expected by the 50-55 nt rule",
    "words": "all of it in a sentence",
}


def rna_of(
    variant: Variant,
    outcomes: Sequence[Outcome],
    consequences: Sequence[TranscriptConsequence],
    fetch: Fetch,
) -> tuple[RnaOutcome, ...]:
    """What changed splicing makes, the surest first; then transcripts spliced as annotated of
    which the protein changes. Empty where bases of a transcript cannot be had now.
    """
    changed = [
        consequence
        for consequence in consequences
        if OF_PROTEINS & set(consequence.consequence.terms)
    ]
    try:
        spliced = spliced_outcomes(outcomes, variant, fetch)
        unspliced = tuple(_unspliced(variant, change, fetch) for change in changed)
    except GenomeError:
        return ()
    return spliced + unspliced


def _unspliced(variant: Variant, consequence: TranscriptConsequence, fetch: Fetch) -> RnaOutcome:
    transcript = consequence.named.transcript
    edits = placed_edits(variant, transcript, fetch)
    return unspliced_outcome(consequence.named.symbol, transcript, edits, fetch)


def plain_rna(outcome: RnaOutcome) -> dict[str, Any]:
    """One transcript; None where nothing is read."""
    aligned = outcome.alignment
    return {
        "gene": outcome.gene,
        "transcript": outcome.transcript_id,
        "rna": words.splicing(outcome),
        "events": [_plain_event(event) for event in outcome.events],
        "score": None if outcome.score is None else round(outcome.score, 6),
        "effect": str(outcome.effect),
        "coding_change": outcome.coding_change,
        "protein": outcome.name,
        "residues_lost": None if aligned is None else aligned.n_lost,
        "residues_new": None if aligned is None else aligned.n_new,
        "residues_before": outcome.before.n_residues or None,
        "residues_after": outcome.after.n_residues or None,
        "stop_codon": outcome.stop_codon,
        "stop_exon": outcome.stop_exon,
        "decay": str(outcome.decay.decay),
        "decay_reason": outcome.decay.reason,
        "exon_lengths": {"ref": outcome.before.lengths, "alt": outcome.after.lengths},
        "sequence": {"ref": outcome.before.protein, "alt": outcome.after.protein},
        "words": words.sentence(outcome),
    }


def _plain_event(event: SpliceEvent) -> dict[str, Any]:
    return {
        "kind": str(event.kind),
        "numbers": event.numbers,
        "end": event.end,
        "bases": event.bases,
        "is_exact": event.is_exact,
        "some_transcripts": event.partly,
        "score": round(event.score, 6),
        "sites": event.why,
    }


def rna_columns(outcomes: Sequence[RnaOutcome]) -> list[NamedColumn]:
    """A row a transcript and outcome."""
    rows = [plain_rna(outcome) for outcome in outcomes]
    types = {"score": float, "coding_change": int, "stop_codon": int, "stop_exon": int}
    types |= {name: int for name in WHAT_IS_IN_A_COLUMN if name.startswith("residues")}
    return [
        NamedColumn(name, types.get(name, str), said, [row[name] for row in rows])
        for name, said in WHAT_IS_IN_A_COLUMN.items()
    ]
