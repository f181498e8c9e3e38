"""A transcript's outcome -> sentences: splicing, reading frame, stop codon, decay, residues."""

from genoview.scoring.rna.decay import Decay
from genoview.scoring.rna.outcome import ProteinEffect, RnaOutcome
from genoview.scoring.splicing.outcomes import certainty

AS_ANNOTATED = "spliced as annotated"
ENDS = {
    ProteinEffect.UNCHANGED: "the protein is unchanged",
    ProteinEffect.NO_PROTEIN: "no protein of this transcript is known",
}


def sentence(outcome: RnaOutcome) -> str:
    """`ADA NM_000022.4: exon 5 very likely skipped; frameshift (−116 bp), p.(...); ...`."""
    parts = [splicing(outcome), protein(outcome), residues(outcome), stop(outcome), decay(outcome)]
    return f"{outcome.gene} {outcome.transcript_id}: {'; '.join(filter(None, parts))}"


def splicing(outcome: RnaOutcome) -> str:
    """`exon 5 very likely skipped and intron 7 very likely retained`."""
    events = [event.words(certainty(event.score)) for event in outcome.events]
    return " and ".join(events) or AS_ANNOTATED


def protein(outcome: RnaOutcome) -> str:
    """`frameshift (−116 bp), p.(Gly122LeufsTer10)`."""
    effect = outcome.effect
    if effect is ProteinEffect.UNKNOWN:
        return outcome.problem.rstrip(".")
    if effect is ProteinEffect.START_LOST:
        return "the start codon is lost; where translation would start is not known"
    if effect in ENDS:
        return ENDS[effect]
    return ", ".join(filter(None, (outcome.frame, outcome.name))) or str(effect)


def residues(outcome: RnaOutcome) -> str:
    """`242 of 363 residues lost (67%), 9 new`."""
    aligned, n = outcome.alignment, outcome.before.n_residues
    if aligned is None or outcome.effect is ProteinEffect.UNCHANGED:
        return ""
    lost, new = aligned.n_lost, aligned.n_new
    share = f"{lost / n:.0%}" if lost * 100 >= n or not lost else "less than 1%"
    said = f"{lost:,} of {n:,} residues lost ({share})" if lost else "no residue lost"
    return f"{said}, {new:,} new" if new else said


def stop(outcome: RnaOutcome) -> str:
    """`new stop codon 131 in exon 5 of 11`; "" where it is that of before."""
    if outcome.alignment is None or outcome.effect is ProteinEffect.UNCHANGED:
        return ""
    if outcome.stop_codon is None:
        return "no stop codon before the transcript's end"
    if outcome.keeps_stop:
        return ""
    where = f"exon {outcome.stop_exon} of {len(outcome.after.lengths)}"
    return f"new stop codon at residue {outcome.stop_codon:,}, in {where}"


def truncation(outcome: RnaOutcome) -> str:
    """`NMD expected` of a frameshift or a new stop codon, which is named if the frame is kept."""
    if outcome.effect not in (ProteinEffect.FRAMESHIFT, ProteinEffect.STOP_GAINED):
        return ""
    is_new = outcome.effect is ProteinEffect.STOP_GAINED and bool(outcome.events)
    rule = outcome.decay
    brief = "" if rule.decay is Decay.NOT_ASKED else rule.brief
    return ", ".join(filter(None, ("new stop codon" if is_new else "", brief)))


def decay(outcome: RnaOutcome) -> str:
    """`nonsense-mediated decay not expected: the new stop codon is in the last exon`."""
    rule = outcome.decay
    return "" if rule.decay is Decay.NOT_ASKED else f"nonsense-mediated decay {rule.words}"
