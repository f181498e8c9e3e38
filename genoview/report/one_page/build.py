"""A report of a variant -> the record of its page: rounded as shown, with all that made it.

record = record_of(report, assembly, Made(question, reopen))
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from genoview import __version__
from genoview.data.model_card import ModelCard
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.io.refseq.mane import RELEASE
from genoview.io.refseq.table import FAMILIES
from genoview.query.resolve_names import ChosenNames
from genoview.report.consequences import chosen_of
from genoview.report.links_out import links_of, rs_of
from genoview.report.one_page.record import FORMAT, Genome, ModelShown, Named, Question, Record
from genoview.report.one_page.tables import marks_table, tables_of
from genoview.report.variant_report import VariantReport

DIGITS = 16  # of a digest


@dataclass(frozen=True, slots=True)
class Made:
    """How a report was made, beside what its models say.

    Attributes:
        reopen: address that shows the variant in a dashboard; "" where there is none.
    """

    distance: int
    flank: int = 0
    transcript: str = ""
    reopen: str = ""


def record_of(report: VariantReport, assembly: Assembly, made: Made) -> Record:
    """What the page says.

    Raises:
        GenomeError: the sequence cannot be had.
    """
    request = report.request
    assert request.variant is not None  # a place has no such page
    chosen, others = _models(report), _of_exons(report)
    names = tuple(model.name for model in chosen)
    query, distance = request.text, made.distance
    return Record(
        FORMAT,
        __version__,
        date.today().isoformat(),
        made.reopen,
        Question(query, request.assembly, names, distance, made.flank, made.transcript),
        _genome(request, assembly),
        (*chosen, *others),
        _names(report, made.transcript),
        report.verdict.sentence,
        marks_table(report),
        tables_of(report, made.transcript),
        tuple(Named(link.site, link.opens, link.url) for link in links_of(report)),
        _notes(report),
    )


def _models(report: VariantReport) -> tuple[ModelShown, ...]:
    """Those that were chosen, by which the report is computed again."""
    made: list[tuple[ModelCard, str]] = [(answer.card, answer.version) for answer in report.answers]
    made += [(level.card, level.version) for level in report.levels]
    if report.missense is not None:
        made += [(score.card, score.version) for score in report.missense.scores]
    return tuple(map(_shown, made))


def _of_exons(report: VariantReport) -> tuple[ModelShown, ...]:
    """Those that are always computed near an exon, where there is one."""
    read = [model for model in report.inclusion if model.effects]
    made = [(model.card, model.version) for model in read]
    made += [(tissue.card, tissue.version) for model in read for tissue in model.tissues]
    return tuple(map(_shown, made))


def _shown(made: tuple[ModelCard, str]) -> ModelShown:
    card, version = made
    return ModelShown(card.name, card.title, version, card.licence, card.random_weights)


def _genome(request: Request, assembly: Assembly) -> Genome:
    place = request.predicted
    bases = assembly.reference.fetch(place)
    digest = hashlib.sha256(bases.encode()).hexdigest()[:DIGITS]
    family, name = assembly.family, assembly.annotation.name
    refseq = f"RefSeq of {family} with MANE {RELEASE}" if family in FAMILIES else ""
    genes = "; ".join(filter(None, (refseq, name)))
    return Genome(assembly.name, family, place.to_ucsc(), digest, genes)


def _names(report: VariantReport, transcript: str) -> tuple[Named, ...]:
    """Along the chosen transcript; of a haplotype the genomic ones alone."""
    chosen = chosen_of(report.consequences, transcript)
    coding, protein = (chosen.coding, chosen.protein) if chosen else ("", "")
    names: list[tuple[str, str]] = [("c.", coding), ("p., predicted", protein)]
    names += _genomic(report.names)
    names.append(("rsID", rs_of(report.request.notes)))
    return tuple(Named(name, value) for name, value in names if value)


def _genomic(chosen: ChosenNames | None) -> list[tuple[str, str]]:
    return [] if chosen is None else [("g.", chosen.names.genomic), ("SPDI", chosen.names.spdi)]


def _notes(report: VariantReport) -> tuple[str, ...]:
    """What was changed of the query, and what belongs to the values."""
    notes: Sequence[str] = [
        *report.request.notes,
        *(note for answer in report.answers for note in answer.notes),
    ]
    return tuple(dict.fromkeys(notes))
