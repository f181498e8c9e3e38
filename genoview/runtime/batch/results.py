"""Row <-> JSON: one line of a file with the results of the models."""

import json
from dataclasses import astuple, dataclass
from typing import Any

from genoview.runtime.batch.reading import Entry
from genoview.runtime.batch.skipped_lines import Fault, Kind
from genoview.scoring.model_result import ModelResult, result_of, result_plain
from genoview.scoring.variant_line import VariantLine

CUTOFFS = (0.2, 0.5, 0.8)  # of delta scores: high recall, recommended, high precision


@dataclass(frozen=True, slots=True)
class Severest:
    """The severest consequence of a variant: a term of the Sequence Ontology, where, and names."""

    term: str
    gene: str
    transcript: str
    coding: str
    protein: str


@dataclass(frozen=True, slots=True)
class Row:
    """One variant of a file with all that is known of it.

    Attributes:
        variant: `chr20:43042364:C>T`; of a line that is none, its text.
        genes: symbols of the genes there.
        results: one a model, in the order of the run; empty where there is a fault.
        severest: None further than 5 kb from a gene, and of rows of earlier versions.
    """

    entry: Entry
    variant: str
    genes: tuple[str, ...] = ()
    results: tuple[ModelResult, ...] = ()
    fault: Fault | None = None
    severest: Severest | None = None

    @property
    def is_scored(self) -> bool:
        return self.fault is None

    def result(self, model: str) -> ModelResult | None:
        return next((result for result in self.results if result.model == model), None)


def row_text(row: Row) -> str:
    """As JSON on one line."""
    entry, line = row.entry, row.entry.line
    fault = None if row.fault is None else [row.fault.kind.name, row.fault.reason]
    return _text(
        {
            "entry": [entry.number, line.chrom, line.pos, line.ref, line.alt, entry.name],
            "text": entry.text,
            "variant": row.variant,
            "genes": row.genes,
            "results": [_text(result_plain(result)) for result in row.results],
            "fault": fault,
        }
        | ({} if row.severest is None else {"severest": astuple(row.severest)})
    )


def row_from(text: str) -> Row:
    """What `row_text` wrote."""
    fields: dict[str, Any] = json.loads(text)
    number, chrom, pos, ref, alt, name = fields["entry"]
    fault = None if fields["fault"] is None else _fault(*fields["fault"])
    reading_fault = None if chrom else fault  # an unreadable line has no chromosome
    return Row(
        Entry(number, VariantLine(chrom, pos, ref, alt), name, fields["text"], reading_fault),
        fields["variant"],
        tuple(fields["genes"]),
        tuple(result_of(json.loads(result)) for result in fields["results"]),
        fault,
        Severest(*severest) if (severest := fields.get("severest")) else None,
    )


def _fault(kind: str, reason: str) -> Fault:
    return Fault(Kind[kind], reason)


def _text(plain: Any) -> str:
    return json.dumps(plain, separators=(",", ":"))
