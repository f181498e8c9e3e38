"""A report -> its prediction and ClinGen's rules: read from the numbers that its tables show.

The sentence, what is pending, and the four marks are one value, which page, files and commands
read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from genoview.data.genome import Variant
from genoview.data.track_data import Family
from genoview.report.consequences import NEARBY, TranscriptConsequence, chosen_of
from genoview.report.contents import ReportOptions, VariantReport
from genoview.scoring.consequence.terms import Term
from genoview.scoring.prediction.clauses import Findings, clauses_of
from genoview.scoring.prediction.clingen import Evidence, Rule, clingen_rules
from genoview.scoring.prediction.inclusion import InclusionShown
from genoview.scoring.prediction.levels import ProteinChange, marks_of
from genoview.scoring.prediction.loss_of_function import LossOfFunction, loss_of_function
from genoview.scoring.prediction.splice_place import is_deep_intronic, splice_place
from genoview.scoring.prediction.splicing import DEEP_FROM, SplicingShown
from genoview.scoring.rna.outcome import RnaOutcome
from genoview.scoring.rna.words import truncation
from genoview.scoring.splicing.delta import as_written
from genoview.scoring.variant_scores import is_motif
from genoview.scoring.verdict import Pending, State, Verdict

LONG_BASES = re.compile("[ACGT]{11,}")  # of an insertion: their number is said
AT_WORK = (State.QUEUED, State.RUNNING)
SILENT = ("", "p.?", "p.(=)")  # names that say nothing of the protein


def verdict_of(report: VariantReport, options: ReportOptions) -> Verdict:
    """The prediction, from all that is known by now; empty of a locus."""
    if report.request.variant is None:
        return Verdict()
    chosen = chosen_of(report.consequences, options.transcript)
    pending = _pending(report, options.pending)
    awaits = any(
        model.family == Family.SPLICING.value and model.state in AT_WORK for model in pending
    )
    findings = replace(findings_of(report, options.distance, chosen), awaits_scores=awaits)
    protein = None if chosen is None else _protein(report, chosen)
    return Verdict(
        report.request.text,
        "" if chosen is None else _consequence(report, chosen),
        "" if chosen is None else chosen.named.symbol,
        clauses_of(findings),
        pending,
        marks_of(findings, protein, report.track_scores, pending),
    )


def rules_of(report: VariantReport, options: ReportOptions) -> tuple[Rule, ...]:
    """ClinGen's rules for splicing on the chosen transcript; none where no transcript is near."""
    variant, deltas = report.request.variant, report.deltas
    chosen = chosen_of(report.consequences, options.transcript)
    if variant is None or chosen is None:
        return ()
    consequence = chosen.consequence
    place = splice_place(variant, consequence.transcript)
    loss = _loss(report, chosen)
    if deltas is None or not deltas.raw:
        return clingen_rules(Evidence(consequence.terms, place, loss=loss))
    masked, unmasked = (
        as_written(max(gene.largest for gene in genes)) for genes in (deltas.masked, deltas.raw)
    )
    return clingen_rules(Evidence(consequence.terms, place, masked, unmasked, deltas.model, loss))


def findings_of(
    report: VariantReport, distance: int, chosen: TranscriptConsequence | None
) -> Findings:
    """What the tables show."""
    variant = report.request.variant
    assert variant is not None  # or there were nothing to find
    deltas = () if report.deltas is None else tuple(report.deltas.rows(variant))
    transcripts = [consequence.consequence.transcript for consequence in report.consequences]
    sites = (effect for effect in report.effects if effect.track.assay.facts.is_splice_site)
    shown = SplicingShown(
        deltas,
        tuple(report.gains),
        tuple(sites),
        distance,
        is_deep_intronic(variant, transcripts, DEEP_FROM),
    )
    return Findings(
        {answer.shown.assay for answer in report.answers},
        report.outcomes,
        report.effects,
        shown,
        report.activities,
        report.motifs if any(map(is_motif, report.answers)) else None,
        "" if chosen is None else chosen.transcript_id,
        _inclusion(report, variant, chosen),
        {
            outcome.transcript_id: truncation(outcome)
            for outcome in reversed(report.rna)
            if outcome.events
        },
    )


def _inclusion(
    report: VariantReport, variant: Variant, chosen: TranscriptConsequence | None
) -> InclusionShown | None:
    if not report.inclusion:
        return None
    transcript = None if chosen is None else chosen.consequence.transcript
    return InclusionShown(report.inclusion[0], variant.pos, transcript)


def subject(chosen: TranscriptConsequence, variant: str) -> str:
    """`HNF4A p.(Thr117Ile), missense`, `chr20:42984310:T>C: upstream of HNF4A`."""
    if chosen.worst in NEARBY:
        return f"{variant}: {chosen.worst.words} of {chosen.named.symbol}"
    name = chosen.coding.partition(":")[2] if chosen.protein in SILENT else chosen.protein
    return f"{chosen.named.symbol} {with_sizes(name)}".rstrip() + f", {_terms(chosen)}"


def with_sizes(name: str) -> str:
    """`c.350_351ins(640 bp)`: of more than 10 bases their number."""
    return LONG_BASES.sub(lambda bases: f"({len(bases[0]):,} bp)", name)


def _consequence(report: VariantReport, chosen: TranscriptConsequence) -> str:
    """`ADA p.(Glu319GlyfsTer3), frameshift, NMD expected`: if splicing stays as it is."""
    own = next((rna for rna in report.rna if not rna.events and _is_of(rna, chosen)), None)
    decay = "" if own is None else truncation(own)
    return ", ".join(filter(None, (subject(chosen, report.request.text), decay)))


def _is_of(outcome: RnaOutcome, chosen: TranscriptConsequence) -> bool:
    return outcome.transcript_id == chosen.transcript_id


def _terms(chosen: TranscriptConsequence) -> str:
    """Without `intron` where more is said of the place."""
    terms = [term.words for term in chosen.consequence.terms if term is not Term.INTRON]
    return ", ".join(terms) or "intronic"


def _protein(report: VariantReport, chosen: TranscriptConsequence) -> ProteinChange:
    gene = chosen.named.symbol
    spliced = (rna for rna in report.rna if rna.events and rna.gene == gene)
    return ProteinChange(chosen.worst, _protein_words(chosen), next(spliced, None))


def _protein_words(chosen: TranscriptConsequence) -> str:
    words = _terms(chosen)
    return words if chosen.protein in SILENT else f"{words}, {chosen.protein}"


def _pending(report: VariantReport, waiting: Sequence[Pending]) -> tuple[Pending, ...]:
    """With delta scores that nobody has computed, unless somebody is at it."""
    known = {(model.family, model.title) for model in waiting}
    family = Family.SPLICING.value
    missing = [title for title in report.pending if (family, title) not in known]
    return (*waiting, *(Pending(family, title, State.NOT_COMPUTED) for title in missing))


def _loss(report: VariantReport, chosen: TranscriptConsequence) -> LossOfFunction | None:
    """Of the predicted splicing at a canonical site, else of the transcript as it is spliced."""
    if {Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR}.intersection(chosen.consequence.terms):
        candidates = (rna for rna in report.rna if rna.events and rna.gene == chosen.named.symbol)
    else:
        candidates = (rna for rna in report.rna if not rna.events and _is_of(rna, chosen))
    outcome = next(candidates, None)
    return None if outcome is None else loss_of_function(outcome)
