"""From RNA to protein: what becomes of a transcript, in a sentence, a table and an alignment."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from genoview.figure.panels.frame.theme import DARK, LIGHT, MONO, Theme
from genoview.report.rna_table import ProteinLine, compared, n_hidden, protein_lines
from genoview.report.variant_report import VariantReport
from genoview.scoring.rna import words
from genoview.scoring.rna.outcome import RnaOutcome
from genoview.ui.page import shell
from genoview.ui.plain import plain

CHOICE = "protein_outcome"  # of a session
HELP = (
    "Exons are changed by fixed rules from the predicted splice sites, with the sizes of "
    "SpliceAI-10k (Canson et al. 2023). The protein is read from the bases of ALT. Decay is a rule "
    "of thumb: expected where the stop codon lies more than 50 to 55 nt before the last exon "
    "junction (Nagy & Maquat 1998). Predicted; not measured."
)


def show(report: VariantReport) -> None:
    """The surest change of splicing first, then the protein of the chosen transcript."""
    outcomes = _shown(report.rna)
    if not outcomes:
        return
    st.markdown("##### RNA and protein", help=HELP)
    outcome = outcomes[0]
    if len(outcomes) > 1:
        outcome = outcomes[_choice(outcomes)]
    st.markdown(plain(words.sentence(outcome)) + ".")
    rows = [{"": row.name, "REF": row.ref, "ALT": row.alt} for row in compared(outcome)]
    st.table(rows, border="horizontal", width="content", hide_index=True)
    if lines := protein_lines(outcome):
        theme = DARK if shell.theme() == "dark" else LIGHT
        st.html(alignment_html(lines, n_hidden(outcome), theme))


def alignment_html(lines: Sequence[ProteinLine], hidden: int, theme: Theme) -> str:
    """REF in grey over ALT, whose differing residues have its colour."""
    digits = max(len(str(max(line.ref_from, line.alt_from))) for line in lines)
    rows = []
    for line in lines:
        if line.ref_from:
            ref = escape(f"REF {line.ref_from:>{digits}} {line.ref}")
            rows.append(f'<span style="color:{theme.ref}">{ref}</span>')
        if line.alt_from:
            rows.append(f"ALT {line.alt_from:>{digits}} {_marked(line, theme)}")
        rows.append("")
    if hidden:
        rows.append(f"… {hidden:,} further residues")
    style = f"font-family:{MONO};font-size:0.8rem;line-height:1.35;overflow-x:auto;margin:0"
    label = "The protein of REF over that of ALT, one letter a residue"
    text = "\n".join(rows).rstrip()
    return f'<pre style="{style}" tabindex="0" role="img" aria-label="{label}">{text}</pre>'


def _marked(line: ProteinLine, theme: Theme) -> str:
    """Runs of changed residues in one mark."""
    mark = f'<b style="color:{theme.alt}">'
    text, inside = "", False
    for residue, changed in zip(line.alt, line.changed, strict=True):
        if changed != inside:
            text += mark if changed else "</b>"
            inside = changed
        text += escape(residue)
    return text + "</b>" * inside


def _shown(outcomes: Sequence[RnaOutcome]) -> list[RnaOutcome]:
    """Of transcripts that are spliced as annotated, the one that the reader chose."""
    spliced = [outcome for outcome in outcomes if outcome.events]
    others = [outcome for outcome in outcomes if not outcome.events]
    wanted = shell.current().transcript.partition(".")[0]
    chosen = next(
        (other for other in others if other.transcript_id.partition(".")[0] == wanted), None
    )
    return [*spliced, *([chosen] if chosen else others[:1])]


def _choice(outcomes: Sequence[RnaOutcome]) -> int:
    titles = [f"{outcome.transcript_id}: {words.splicing(outcome)}" for outcome in outcomes]
    return st.selectbox(
        "Predicted transcript",
        range(len(outcomes)),
        format_func=lambda i: titles[i],
        key=CHOICE,
    )
