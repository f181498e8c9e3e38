"""Consequences -> plain values for JSON, and named columns for a file: a row a transcript."""

from collections.abc import Sequence
from typing import Any

from genoview.io.export import NamedColumn
from genoview.report.consequences import TranscriptConsequence

WHAT_IS_IN_A_COLUMN = {
    "gene": "symbol",
    "transcript": "with its version",
    "label": "MANE Select, MANE Plus Clinical, longest coding transcript, or empty",
    "terms": "of the Sequence Ontology, the severest first",
    "impact": "of the severest term: high, moderate, low or modifier, as in Ensembl VEP",
    "exon": "number of the changed exon, and of all",
    "intron": "number of the changed intron, and of all",
    "codons": "before and after, changed bases in capitals",
    "amino_acids": "before and after, one letter a residue",
    "residue": "the first that changes, from 1",
    "coding": "name along the transcript",
    "protein": "predicted name along the protein",
}


def plain_consequence(affected: TranscriptConsequence) -> dict[str, Any]:
    """One transcript; "" and None where nothing changes."""
    consequence = affected.consequence
    return {
        "gene": affected.named.symbol,
        "transcript": affected.transcript_id,
        "label": affected.named.label,
        "terms": [str(term) for term in consequence.terms],
        "impact": str(affected.worst.impact),
        "exon": consequence.exon,
        "intron": consequence.intron,
        "codons": consequence.codons,
        "amino_acids": consequence.amino_acids,
        "residue": consequence.residue,
        "coding": affected.coding,
        "protein": affected.protein,
    }


def consequence_columns(consequences: Sequence[TranscriptConsequence]) -> list[NamedColumn]:
    """A row a transcript, the chosen one first."""
    rows = [plain_consequence(consequence) for consequence in consequences]
    for row in rows:
        row["terms"] = "&".join(row["terms"])
    return [
        NamedColumn(
            name, int if name == "residue" else str, words, [row[name] or None for row in rows]
        )
        for name, words in WHAT_IS_IN_A_COLUMN.items()
    ]
