"""Change of inclusion for many variants -> named columns, of the exon that changes most."""

from collections.abc import Callable, Sequence

from genoview.io.export import NamedColumn
from genoview.models.registry import card_of
from genoview.runtime.batch.results import Row
from genoview.runtime.batch.units import INCLUSION
from genoview.scoring.model_result import ExonResult

Cell = str | int | float | None
Kind = type[str] | type[int] | type[float]
MEASURED = "share of RNA with the exon in REF, GTEx, median of tissues"
FROM = "ALT − REF of the share of RNA with the exon, from GTEx or from 50% where that is empty"
TISSUE = (
    "where the share changes most, by MTSplice, or in how many it changes alike; empty where none "
    "is measured or it hardly changes"
)


def exon_columns(rows: Sequence[Row], model: str, short: bool) -> list[NamedColumn]:
    """Change, gene, exon and tissue; place and transcript where not short."""
    results = [row.result(model) for row in rows]
    best = [result.exons[0] if result and result.exons else None for result in results]
    title = card_of(model).title

    def column(
        label: str, kind: Kind, words: str, get: Callable[[ExonResult], Cell]
    ) -> NamedColumn:
        values = [None if exon is None else get(exon) for exon in best]
        return NamedColumn(f"{title} {label}", kind, words, values)

    columns = [
        column("Δ log odds", float, INCLUSION, lambda exon: exon.delta_logit_psi),
        column("gene", str, "of the exon that changes most", lambda exon: exon.gene),
        column("exon", str, "number along the transcript", lambda exon: exon.exon),
        column("PSI", float, MEASURED, lambda exon: exon.psi),
        column("Δ PSI", float, FROM, lambda exon: exon.delta_psi),
        column("tissue", str, TISSUE, lambda exon: exon.tissue or None),
        column("tissue Δ PSI", float, "ALT − REF there", lambda exon: exon.tissue_delta_psi),
    ]
    if short:
        return columns
    reasons = [None if result is None else result.reason or None for result in results]
    return [
        *columns,
        column("transcript", str, "that has the exon so", lambda exon: exon.transcript),
        column("strand", str, "of the gene", lambda exon: exon.strand),
        column("first", int, "base of the exon, from 1", lambda exon: exon.first),
        column("last", int, "base of the exon", lambda exon: exon.last),
        column(
            "pathogenicity", float, "the package's own, 0 to 1", lambda exon: exon.pathogenicity
        ),
        NamedColumn(f"{title} passed_over", str, "why the model gives no score", reasons),
    ]
