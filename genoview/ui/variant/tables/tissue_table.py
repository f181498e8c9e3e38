"""The exon that a variant changes most, a row a tissue."""

import streamlit as st

from genoview.scoring.splicing.inclusion.tissues import TissueChange, TissueInclusion
from genoview.ui import sheet
from genoview.ui.plain import plain

SOURCE = (
    "Δ log odds of a tissue: MMSplice's change, which is of all tissues, and what MTSplice adds "
    "for this one (ALT − REF, mean of its four deep networks; the eight shallow ones beside it)."
)
COLUMNS = {
    "REF": ("%.1f%%", "Measured inclusion: share of the RNA that has the exon."),
    "ALT": ("%.1f%%", "Predicted, from REF and the change of log odds."),
    "Δ inclusion": ("%+.1f%%", "ALT − REF."),
    "Δ log odds": ("%+.2f", "Natural logarithm; below 0 the exon is skipped more."),
    "of it MTSplice": ("%+.3f", "What differs from the change in all tissues: deep networks."),
    "shallow": ("%+.3f", "The same by the shallow networks."),
}


def show(tissues: TissueInclusion) -> None:
    """A sentence, and every tissue, the largest change of inclusion first."""
    effect = tissues.effect
    title = plain(f"{effect.gene} {effect.place} in {len(tissues.changes)} tissues")
    st.markdown(f"##### {title}, {plain(tissues.card.title)}", help=plain(tissues.card.predicts))
    st.markdown(plain(f"{tissues.words[0].upper()}{tissues.words[1:]}."))
    others = (change for change in tissues.changes if not change.begins)
    sheet.dataframe(
        [_cells(change) for change in (*tissues.counted, *others)],
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(format=form, help=words)
            for name, (form, words) in COLUMNS.items()
        },
        key=f"tissues_{tissues.card.name}",
    )
    st.caption(plain(" ".join((*tissues.notes, SOURCE))))


def _cells(change: TissueChange) -> dict[str, object]:
    delta, begins = change.delta_psi, change.begins
    return {
        "tissue": change.tissue,
        "REF": percent(begins),
        "ALT": None if delta is None or begins is None else percent(begins + delta),
        "Δ inclusion": percent(delta),
        "Δ log odds": change.delta_logit_psi,
        "of it MTSplice": change.added,
        "shallow": change.shallow,
    }


def percent(share: float | None) -> float | None:
    """Of a share from 0 to 1."""
    return None if share is None else 100 * share
