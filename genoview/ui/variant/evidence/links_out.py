"""Other sites about the variant, as plain links: nothing is fetched from them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from genoview.report.links_out import PRIVACY, LinkOut, links_of
from genoview.report.variant_report import VariantReport

NONE = "No other site knows this genome by its build."


def show(report: VariantReport) -> None:
    """For the tab Evidence; nothing of a locus."""
    if report.request.variant is None:
        return
    st.markdown("##### Other sites")
    links = links_of(report)
    if not links:
        st.caption(NONE)
        return
    st.html(f"<p>{anchors(links)}</p>")
    st.caption(PRIVACY)


def anchors(links: Sequence[LinkOut]) -> str:
    """HTML in which each opens a page of its own that does not know where it was opened."""
    return " · ".join(
        f'<a href="{escape(link.url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(link.site)}</a> <small>{escape(link.opens)}</small>"
        for link in links
    )
