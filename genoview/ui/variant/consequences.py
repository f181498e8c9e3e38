"""What a variant does to its genes: one sentence, and a table of all transcripts."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from genoview.report.consequences import TranscriptConsequence
from genoview.scoring.consequence.regions import NEAR_BP
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain

TABLE_PX = 980
TABLE, IDS, CHOSEN = "consequences_table", "consequences_ids", "consequences_chosen"  # of a session
NONE_NEAR = f"**Intergenic**: no transcript lies within {NEAR_BP:,} bp."
HELP = (
    "If splicing stays as it is; terms of the Sequence Ontology as Ensembl VEP uses them. The "
    "names p. are predicted."
)
COLUMNS = {
    "consequence": st.column_config.TextColumn(help="The severest first."),
    "SO term": st.column_config.TextColumn(help="Of the Sequence Ontology, as in Ensembl VEP."),
    "codons": st.column_config.TextColumn(help="Before and after; changed bases in capitals."),
    "amino acids": st.column_config.TextColumn(help="Before and after, one letter a residue."),
}


def show(
    consequences: Sequence[TranscriptConsequence], chosen: TranscriptConsequence | None
) -> None:
    """The sentence of the chosen transcript; the others folded under it."""
    if chosen is None:
        st.markdown(NONE_NEAR, help=HELP)
        return
    name, _, rest = chosen.sentence.partition(": ")
    terms = ", ".join(chosen.consequence.terms)
    with _row():
        st.markdown(
            f"**{plain(shell.shortened(name))}**: {plain(rest)}.",
            help=f"{plain(terms)}; impact {plain(chosen.worst.impact)}. {HELP}",
            width="content",
        )
        with st.popover(plain(_title(consequences)), type="tertiary", width="content"):
            _table(consequences, chosen)


def wait() -> None:
    """As tall as the sentence that will stand here, so that nothing below moves."""
    with _row():
        st.markdown("The consequence is being computed.", width="content")
        st.popover("Transcripts", type="tertiary", width="content", disabled=True)


def _row() -> DeltaGenerator:
    return st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="variant_consequence"
    )


def take_choice() -> bool:
    """Whether the reader has chosen a row since the page was drawn."""
    return bool(st.session_state.pop(CHOSEN, False))


def _title(consequences: Sequence[TranscriptConsequence]) -> str:
    """`10 transcripts: missense in 9, intron in 1`."""
    if len(consequences) == 1:
        return "1 transcript"
    counts = Counter(consequence.worst for consequence in consequences)
    if len(counts) == 1:
        return f"{len(consequences)} transcripts: {consequences[0].worst.words} in all"
    parts = (f"{term.words} in {counts[term]}" for term in sorted(counts, key=lambda t: t.rank))
    return f"{len(consequences)} transcripts: {', '.join(parts)}"


def _table(consequences: Sequence[TranscriptConsequence], chosen: TranscriptConsequence) -> None:
    ids = [consequence.transcript_id for consequence in consequences]
    st.session_state[IDS] = ids
    sheet.dataframe(
        [_cells(consequence) for consequence in consequences],
        hide_index=True,
        column_config=COLUMNS,
        selection_mode="single-row",
        on_select=_choose,
        selection_default={"selection": {"rows": [ids.index(chosen.transcript_id)]}},
        key=TABLE,
        width=TABLE_PX,
    )
    st.caption("Select a row to read the variant on that transcript; the link keeps it.")


def plain_table(consequences: Sequence[TranscriptConsequence]) -> None:
    """Every transcript, to read and to copy from; nothing where none is near."""
    if consequences:
        sheet.dataframe(
            [_cells(consequence) for consequence in consequences],
            hide_index=True,
            column_config=COLUMNS,
            key="consequences_read",
        )
    else:
        st.markdown(NONE_NEAR, help=HELP)


def _choose() -> None:
    rows = st.session_state[TABLE].selection.rows
    transcript = st.session_state[IDS][rows[0]] if rows else ""
    choose(transcript)


def choose(transcript: str) -> None:
    """Read the variant there from now on; "" for the first."""
    st.session_state[CHOSEN] = True
    shell.commit(shell.current().with_choice("transcript", transcript))


def _cells(consequence: TranscriptConsequence) -> dict[str, object]:
    return {
        "gene": consequence.named.symbol,
        "transcript": consequence.transcript_id,
        "label": consequence.named.label,
        "consequence": consequence.words,
        "exon": consequence.consequence.exon,
        "intron": consequence.consequence.intron,
        "c.": consequence.coding.partition(":")[2],
        "p.": consequence.protein,
        "codons": consequence.consequence.codons,
        "amino acids": consequence.consequence.amino_acids,
        "SO term": ", ".join(consequence.consequence.terms),
    }
