"""The largest differences of tracks, of all families or of one."""

import streamlit as st

from genoview.data.track_data import Family
from genoview.report.variant_report import VariantReport
from genoview.ui import sheet
from genoview.ui.plain import plain

ON_TRACKS = (
    "On the tracks, which read the genome as it is. Delta scores read bases outside of the gene as "
    "N: close to its ends they may differ."
)
NONE = "No track of {family} changes by 0.05 or more."


def show(report: VariantReport, family: Family | None = None) -> None:
    """A table; a sentence where nothing changes."""
    effects = [e for e in report.effects if family in (None, e.track.assay.family)]
    st.markdown("##### Largest effects", help=ON_TRACKS)
    if not effects:
        st.info(plain(NONE.format(family=family.value if family else "any family")))
        return
    number = st.column_config.NumberColumn(format="%.3f")
    signed = st.column_config.NumberColumn(format="%+.3f")
    sheet.dataframe(
        [
            {
                "family": effect.track.assay.family.value,
                "track": effect.track.label,
                "effect": effect.words,
                "position": f"{effect.position + 1:,}",
                "REF": effect.ref,
                "ALT": effect.alt,
                "ALT − REF": effect.difference,
            }
            for effect in effects
        ],
        hide_index=True,
        column_config={"REF": number, "ALT": number, "ALT − REF": signed},
        key="effects_table",
    )
