"""A report of a variant -> the small tables of its page, each with what is left out of it."""

from genoview.io.alphamissense import TITLE
from genoview.report.consequences import TranscriptConsequence, chosen_of
from genoview.report.one_page.exons import exon_table
from genoview.report.one_page.record import Cell, Column, Table
from genoview.report.variant_report import VariantReport
from genoview.scoring.prediction.clingen import Applies
from genoview.scoring.rna.words import sentence

MOST_TRANSCRIPTS, MOST_EFFECTS, MOST_MOTIFS, MOST_ROWS = 4, 6, 4, 4
MOST_GENES = 2  # with delta scores, the largest first
LEAST_DELTA = 0.01  # of a second gene's delta scores
MOST_LETTERS = 40  # of a name in a table


def marks_table(report: VariantReport) -> Table:
    """Protein, splicing, expression and binding: how much changes, never how harmful."""
    columns = (Column("family", is_key=True), Column("level"), Column("number", 2), Column("words"))
    rows = [
        (mark.family, str(mark.level), _rounded(mark.number), mark.words) for mark in report.marks
    ]
    return Table("Marks", columns, tuple(rows))


def tables_of(report: VariantReport, transcript: str = "") -> tuple[Table, ...]:
    """Those that have rows, in the page's order.

    Args:
        transcript: on which the consequence is read; "" for the first.
    """
    made = (
        consequence_table(report, transcript),
        rna_table(report),
        missense_table(report),
        delta_table(report),
        gain_table(report),
        exon_table(report),
        effect_table(report),
        activity_table(report),
        motif_table(report),
        rule_table(report),
    )
    return tuple(table for table in made if table.rows)


def consequence_table(report: VariantReport, transcript: str = "") -> Table:
    """The chosen transcript first."""
    chosen = chosen_of(report.consequences, transcript)
    others = [consequence for consequence in report.consequences if consequence is not chosen]
    shown = [chosen, *others[: MOST_TRANSCRIPTS - 1]] if chosen else []
    columns = _texts("gene", "*transcript", "label", "consequence", "place", "c.", "p.")
    rest = others[MOST_TRANSCRIPTS - 1 :]
    words = sorted({consequence.worst.words for consequence in rest})
    note = f"{_more(len(rest), 'transcript')} ({', '.join(words)})." if rest else ""
    rows = tuple(_consequence_row(consequence) for consequence in shown)
    return Table(
        "Consequence on transcripts, if splicing stays as it is", columns, rows, note, True
    )


def _consequence_row(consequence: TranscriptConsequence) -> tuple[Cell, ...]:
    coding = _short(consequence.coding.partition(":")[2])
    named, protein = consequence.named, _short(consequence.protein)
    return (
        named.symbol,
        consequence.transcript_id,
        named.label,
        consequence.words,
        consequence.place,
        coding,
        protein,
    )


def rna_table(report: VariantReport) -> Table:
    """What splicing and protein become, the surest first."""
    columns = (*_texts("*transcript", "*predicted RNA and protein"), Column("score", 2))
    rows: list[tuple[Cell, ...]] = []
    for outcome in report.rna:
        name, _, said = sentence(outcome).partition(": ")
        rows.append((name, said, _rounded(outcome.score)))
    left = _more(len(rows) - MOST_ROWS, "outcome", ".")
    return Table("RNA and protein", columns, tuple(rows[:MOST_ROWS]), left, True)


def missense_table(report: VariantReport) -> Table:
    """Log-likelihood ratios by models of proteins, and what AlphaMissense's table has."""
    columns = (
        *_texts("*by", "*residue"),
        Column("masked", 2, is_signed=True),
        Column("wild type", 2, is_signed=True),
        Column("score", 3),
        *_texts("class"),
    )
    missense = report.missense
    if missense is None:
        return Table("Missense", columns, ())
    changes = ", ".join(substitution.name for substitution in missense.change.substitutions)
    rows: list[tuple[Cell, ...]] = [
        (score.card.title, changes, *map(_rounded, score.total), None, "")
        for score in missense.scores
    ]
    rows += [
        (TITLE, entry.change, None, None, entry.value, entry.label) for entry in missense.published
    ]
    note = "Masked and wild-type marginals: ln P(ALT) − ln P(REF); below 0 is less likely."
    left = _more(len(rows) - MOST_ROWS, "score", ".")
    title = f"Missense, {missense.change.transcript_id}"
    return Table(title, columns, tuple(rows[:MOST_ROWS]), f"{note} {left}".strip())


def delta_table(report: VariantReport) -> Table:
    """Four changes a gene."""
    deltas, variant = report.deltas, report.request.variant
    columns = (
        *_texts("*gene", "*change"),
        Column("masked", 2),
        Column("raw", 2),
        Column("distance", 0, is_signed=True),
        Column("position", 0),
    )
    if deltas is None or variant is None:
        return Table("Splice delta scores", columns, ())
    by_gene: dict[str, list[tuple[Cell, ...]]] = {}
    largest: dict[str, float] = {}
    for row in deltas.rows(variant):
        gene = f"{row.gene} ({row.strand})"
        cells = (gene, row.kind, _rounded(row.masked.score), _rounded(row.raw.score))
        place = (float(row.raw.position), float(row.position))
        by_gene.setdefault(gene, []).append((*cells, *place))
        largest[gene] = max(largest.get(gene, 0.0), row.raw.score)
    genes = sorted(by_gene, key=lambda gene: -largest[gene])
    shown = [gene for gene in genes[1:MOST_GENES] if largest[gene] >= LEAST_DELTA]
    rows = tuple(row for gene in (*genes[:1], *shown) for row in by_gene[gene])
    note = f"{deltas.model}, within {deltas.distance:,} bp, genes of {deltas.gene_table}. "
    left = genes[1 + len(shown) :]
    least = f", each score below {LEAST_DELTA}" if left and largest[left[0]] < LEAST_DELTA else ""
    note += _more(len(left), "gene", f"{least}.")
    return Table("Splice delta scores", columns, rows, note.strip())


def gain_table(report: VariantReport) -> Table:
    """Gain and loss of splice sites in tissues."""
    columns = (
        *_texts("*gene", "*change", "tissue"),
        Column("masked", 2),
        Column("raw", 2),
        Column("position", 0),
    )
    gains = sorted(report.gains, key=lambda row: -abs(row.raw.score))
    rows = [
        (
            f"{row.gene} ({row.strand})",
            f"{row.model}, {row.kind}",
            row.tissue if row.has_site else "",
            _rounded(row.masked.score),
            _rounded(row.raw.score),
            float(row.position) if row.has_site else None,
        )
        for row in gains
    ]
    return Table("Splice sites in tissues", columns, tuple(rows[:MOST_ROWS]))


def effect_table(report: VariantReport) -> Table:
    """The largest differences of tracks."""
    columns = (
        *_texts("*track", "*place", "change"),
        Column("REF", 3),
        Column("ALT", 3),
        Column("ALT − REF", 3, is_signed=True),
    )
    rows = [
        (
            effect.track.label,
            f"{effect.position + 1:,}",
            f"{effect.change} {effect.place}",
            _rounded(effect.ref),
            _rounded(effect.alt),
            _rounded(effect.difference),
        )
        for effect in report.effects
    ]
    left = _more(len(rows) - MOST_EFFECTS, "change", ".")
    return Table("Largest changes of tracks", columns, tuple(rows[:MOST_EFFECTS]), left)


def activity_table(report: VariantReport) -> Table:
    """Reporter activity by cell."""
    columns = (*_texts("*cell"), Column("log2 fold change", 2, is_signed=True), Column("±", 2))
    rows = [
        (activity.track.name, _rounded(activity.log2_fold_change), _rounded(activity.spread))
        for activity in report.activities
    ]
    return Table("Reporter activity", columns, tuple(rows[:MOST_ROWS]))


def motif_table(report: VariantReport) -> Table:
    """Sites of transcription factors, the largest change first."""
    columns = (
        *_texts("*factor", "*site", "change"),
        Column("REF, bits", 1),
        Column("ALT, bits", 1),
    )
    rows = [
        (
            f"{motif.track.name} {motif.track.group}".strip(),
            f"{motif.interval.to_ucsc().partition(':')[2]} ({motif.interval.strand})",
            motif.state,
            _rounded(motif.ref[0]),
            _rounded(motif.alt[0]),
        )
        for motif in report.motifs
    ]
    left = _more(len(rows) - MOST_MOTIFS, "site", ".")
    return Table("Motifs", columns, tuple(rows[:MOST_MOTIFS]), left)


def rule_table(report: VariantReport) -> Table:
    """Of ClinGen, quoted; those that apply first, those that sequence cannot say in the note."""
    columns = _texts("*code", "applies", "*rule", "why")
    said = [rule for rule in report.rules if rule.applies is not Applies.UNKNOWN]
    said.sort(key=lambda rule: rule.applies is not Applies.YES)
    rows = tuple((rule.code, str(rule.applies), rule.rule, rule.why) for rule in said)
    unsaid = "; ".join(rule.rule for rule in report.rules if rule not in said)
    note = [f"{Applies.UNKNOWN.capitalize()}: {unsaid}."] if unsaid else []
    sources = "; ".join(sorted({rule.source for rule in report.rules}))
    note.append(f"Quoted with the numbers, not a classification. {sources}.")
    return Table("ClinGen rules on splicing", columns, rows, " ".join(note), True)


def _texts(*names: str) -> tuple[Column, ...]:
    """Columns of text; those with a star name the row."""
    return tuple(Column(name.lstrip("*"), is_key=name.startswith("*")) for name in names)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _more(n: int, thing: str, end: str = "") -> str:
    """`and 3 more transcripts`; "" where none is left out."""
    return f"And {n:,} more {thing}{'s' * (n != 1)}{end}" if n > 0 else ""


def _short(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
