"""The report of one page: made when it is downloaded, never before."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from genoview.figure.picture import picture_of
from genoview.figure.scene import Scene
from genoview.io import export
from genoview.io.export import file_name, provenance_of
from genoview.report.one_page.build import Made, record_of
from genoview.report.one_page.document import html_report
from genoview.report.variant_report import VariantReport
from genoview.ui.page import links, shell
from genoview.ui.plain import plain
from genoview.ui.variant import missense, names
from genoview.ui.variant.report import report_of

HELP = "One page: the prediction, its tables and tracks; `genoview verify` checks the HTML."
PENDING = "Models are still running: the report says so, and has what is known by now."
NO_PDF = "A PDF needs a Chromium or Chrome here: open the HTML in any browser and print it."


def report_button(report: VariantReport) -> None:
    """A button for each kind of file, for the menu Export; nothing of a locus."""
    if report.request.variant is None:
        return
    request, state, base = report.request, shell.current(), shell.base_url()
    link = links.link(request, state, report.answers, request.locus.interval)
    made = Made(state.distance, state.flank, state.transcript, f"{base}/{link}")

    def page() -> bytes:
        """With scores that came since the button was drawn."""
        return page_of(report_of(request, report.answers), made)

    made_by = provenance_of(request, report.answers)
    with st.container(horizontal=True):
        _button("Report as HTML", page, file_name(made_by, "report", "html"))
        if export.can_print():
            name = file_name(made_by, "report", "pdf")
            _button("Report as PDF", lambda: export.pdf(page()), name)
    lines = [HELP if report.verdict.is_final else PENDING]
    st.caption(" ".join([*lines, *([] if export.can_print() else [NO_PDF])]))


def page_of(report: VariantReport, made: Made) -> bytes:
    """The page, with a picture of what changes."""
    assembly = shell.bench().assembly(report.request.assembly)
    full = replace(report, names=names.known(report.request), missense=missense.missense_of(report))
    scene = Scene(report.request, assembly, report.answers, full, levels=report.levels)
    picture, reason = picture_of(scene)
    return html_report(replace(record_of(full, assembly, made), no_picture=reason), picture)


def _button(title: str, make: Callable[[], bytes], name: str) -> None:
    st.download_button(plain(title), make, name, key=f"download-{name}", on_click="ignore")
