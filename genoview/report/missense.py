"""What a variant does to a protein's residues, by language models and by AlphaMissense's table.

Variant + chosen transcript -> ProteinChange -> Missense -> JSON, rows of scores, a table of all
substitutions.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genoview.data.assembly_names import known_assembly
from genoview.data.genome import Variant
from genoview.data.transcript.amino_acids import STANDARD
from genoview.errors import GenomeError, GenoviewError, NetworkError
from genoview.io import alphamissense
from genoview.io.alphamissense import PublishedScore, Sought
from genoview.io.assembly import Assembly
from genoview.io.export import RANDOM_WEIGHTS, NamedColumn, ScoreRow
from genoview.report.consequences import TranscriptConsequence
from genoview.scoring.missense.change import ProteinChange, protein_change
from genoview.scoring.missense.score import MASKED, WILD_TYPE, MissenseScore
from genoview.scoring.tracks.formula import Formula

NO_TRANSCRIPT = "No transcript lies within 5 kb: there is no protein to score."
PUBLISHED = Formula(
    alphamissense.TITLE,
    "as its authors published it: 0 to 1, calibrated as a probability of being pathogenic; class "
    "by their thresholds 0.34 and 0.564",
    "0 to 1",
    alphamissense.CITATION,
)


@dataclass(frozen=True, slots=True)
class Missense:
    """All that is known of one variant on one transcript.

    Attributes:
        gene: symbol.
        published: rows of AlphaMissense's table; `unpublished` says why there are none.
    """

    change: ProteinChange
    gene: str = ""
    scores: tuple[MissenseScore, ...] = ()
    published: tuple[PublishedScore, ...] = ()
    unpublished: str = ""

    @property
    def random_weights(self) -> bool:
        return any(score.card.random_weights for score in self.scores)


def change_on(
    variant: Variant, chosen: TranscriptConsequence | None, assembly: Assembly
) -> ProteinChange:
    """The residues that change on the transcript that was chosen."""
    if chosen is None:
        return ProteinChange("", reason=NO_TRANSCRIPT)
    try:
        return protein_change(variant, chosen.consequence, assembly.reference.fetch)
    except (GenomeError, NetworkError) as error:
        return ProteinChange(chosen.transcript_id, reason=str(error))


def published_of(
    table: Path | None, variant: Variant, assembly: Assembly, change: ProteinChange
) -> tuple[tuple[PublishedScore, ...], str]:
    """Rows of AlphaMissense's table, or why there are none; neither without a table."""
    if table is None or not change.substitutions:
        return (), ""
    genome = known_assembly(assembly.family, assembly.name)
    names = [substitution.short for substitution in change.substitutions]
    sought = Sought(variant, genome, change.transcript_id, change.protein, names)
    try:
        return alphamissense.published_scores(table, sought), ""
    except GenoviewError as error:
        return (), str(error)


def times_words(ratio: float) -> str:
    """`1,500 times less likely`, of ln P(ALT) - ln P(REF)."""
    times = math.exp(min(abs(ratio), 700.0))
    digits = max(1 - math.floor(math.log10(times)), -300)
    rounded = round(times, digits)
    number = f"{rounded:.1e}" if rounded >= 1e6 else f"{rounded:,.1f}".removesuffix(".0")
    return (
        "as likely" if number == "1" else f"{number} times {'less' if ratio < 0 else 'more'} likely"
    )


def plain_missense(missense: Missense) -> dict[str, Any]:
    """For JSON; residues count from 1."""
    change = missense.change
    plain: dict[str, Any] = {
        "transcript": change.transcript_id,
        "gene": missense.gene,
        "residues": len(change.protein),
        "changes": [substitution.name for substitution in change.substitutions],
        "reason": change.reason,
        "note": change.note,
        "models": [_plain_score(score) for score in missense.scores],
    }
    if missense.published or missense.unpublished:
        plain["alphamissense"] = {
            "scores": [_plain_published(entry) for entry in missense.published],
            "reason": missense.unpublished,
            "source": alphamissense.CITATION,
        }
    return plain


def _plain_score(score: MissenseScore) -> dict[str, Any]:
    total = score.total
    plain: dict[str, Any] = {
        "model": score.card.name,
        "title": score.card.title,
        "version": score.version,
        "licence": score.card.licence,
    }
    for formula, key, i in ((MASKED, "masked", 0), (WILD_TYPE, "wild_type", 1)):
        plain[key] = {
            "value": round(total[i], 4),
            "by_residue": [round(pair[i], 4) for pair in score.by_residue],
            "formula": formula.text,
            "unit": formula.unit,
            "source": formula.source,
        }
    return plain | ({"banner": RANDOM_WEIGHTS} if score.card.random_weights else {})


def _plain_published(published: PublishedScore) -> dict[str, Any]:
    return {
        "change": published.change,
        "value": published.value,
        "class": published.label,
        "of": published.of,
        "file": published.file,
        "licence": published.licence,
    }


def missense_rows(missense: Missense, variant: Variant) -> Iterator[ScoreRow]:
    """Two rows a model, and one for each row of the table."""
    change = missense.change
    for score in missense.scores:
        title = score.card.title + (" (RANDOM WEIGHTS)" if score.card.random_weights else "")
        for formula, value in zip((MASKED, WILD_TYPE), score.total, strict=True):
            words = f"{change.names} of {change.transcript_id}: {times_words(value)}"
            yield _row(formula, value, variant, missense, title, words)
    for entry in missense.published:
        words = (
            f"{entry.change} of {entry.of or change.transcript_id}: {entry.label}; {entry.licence}"
        )
        yield _row(PUBLISHED, entry.value, variant, missense, entry.file, words)


def _row(
    formula: Formula, value: float, variant: Variant, missense: Missense, track: str, words: str
) -> ScoreRow:
    return ScoreRow(
        formula.name,
        value,
        formula.unit,
        formula.text,
        formula.source,
        variant.chrom,
        track=track,
        gene=missense.gene,
        words=words,
    )


def map_columns(score: MissenseScore) -> list[NamedColumn]:
    """A row for each substitution of the protein; masked marginals where they were computed."""
    change = score.change
    masked = dict(zip(change.sites, score.masked, strict=True))
    cells = [
        (site, own, i, alt)
        for site, own in enumerate(change.protein)
        for i, alt in enumerate(STANDARD)
        if alt != own and own in STANDARD
    ]
    seen = [float(score.wild_type[site, i]) for site, _, i, _ in cells]
    hidden = [float(masked[site][i]) if site in masked else None for site, _, i, _ in cells]
    changed = {(substitution.number - 1, substitution.alt) for substitution in change.substitutions}
    return [
        NamedColumn("residue", int, f"of {change.transcript_id}, from 1", _residues(cells)),
        NamedColumn("ref", str, "one letter", [own for _, own, _, _ in cells]),
        NamedColumn("alt", str, "one letter", [alt for _, _, _, alt in cells]),
        NamedColumn("wild_type", float, f"{WILD_TYPE.text}; {WILD_TYPE.unit}", seen),
        NamedColumn("masked", float, f"{MASKED.text}; {MASKED.unit}", hidden),
        NamedColumn(
            "variant",
            int,
            "1 of the variant's own substitutions",
            [int((site, alt) in changed) for site, _, _, alt in cells],
        ),
    ]


def _residues(cells: Sequence[tuple[int, str, int, str]]) -> list[int]:
    return [site + 1 for site, *_ in cells]
