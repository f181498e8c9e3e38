"""Exons of a transcript by tissue: heat map, table, files; an exon opens its place on Explore."""

from collections.abc import Callable

import streamlit as st

from genoview.data.request import Request
from genoview.figure.panels import DARK, LIGHT, exon_map, lanes_of
from genoview.io.export import file_name, named_parquet, named_tsv
from genoview.report.gene_inclusion_table import gene_inclusion_columns, gene_inclusion_provenance
from genoview.scoring.splicing.inclusion.gene import GeneExon, GeneInclusion
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.page.url_parts import Band
from genoview.ui.plain import plain
from genoview.ui.variant.tables.tissue_table import percent

MAP, OPENED = "exon_map", "exon_opened"  # of the session: the plot, and the exon that was clicked
ALIKE = 0.001  # of inclusion: what the table's numbers do not show
BESIDE = 200  # bp on each side of an exon that Explore shows
_BARE = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}


def open_clicked(request: Request, inclusion: GeneInclusion) -> None:
    """Go on to Explore where an exon was clicked."""
    number = st.session_state.pop(OPENED, None)
    if number is not None:
        shell.go("explore", view_of(request, inclusion, inclusion.exons[int(number) - 1]))


def view_of(request: Request, inclusion: GeneInclusion, exon: GeneExon) -> ViewState:
    """An exon with what lies beside it, marked."""
    place, label = exon.interval, f"{inclusion.named.symbol} exon {exon.number}"
    return ViewState(
        q=place.expanded(min(BESIDE, place.start), BESIDE).to_ucsc(),
        assembly=shell.current().assembly,
        highlights=(Band(place.start, place.end, "", label),),
    )


def show_map(request: Request, inclusion: GeneInclusion) -> None:
    """The heat map, with the variant where it lies; nothing where no tissue has RNA with any."""
    if not inclusion.expressing:
        return
    variant, mark = request.variant, None
    if variant is not None and (at := inclusion.place_of(variant)) is not None:
        mark = (at, shell.shortened(request.text))
    theme = DARK if shell.theme() == "dark" else LIGHT

    def chosen() -> None:
        points = st.session_state[MAP]["selection"]["points"]
        if points:
            data = points[0].get("customdata", "")
            st.session_state[OPENED] = data if isinstance(data, int) else data[0]

    st.plotly_chart(
        exon_map(inclusion, theme, shell.width_px(), mark),
        theme=None,
        key=MAP,
        on_select=chosen,
        selection_mode="points",
        config=_BARE,
    )


def table(request: Request, inclusion: GeneInclusion) -> None:
    """An exon a row, a tissue a column, in the order of the lanes."""
    lanes = lanes_of(inclusion)
    share = st.column_config.NumberColumn(format="%.1f%%")
    sheet.dataframe(
        [_cells(request, inclusion, exon, lanes) for exon in inclusion.exons],
        hide_index=True,
        column_config={
            "exon": st.column_config.NumberColumn(pinned=True),
            "median": st.column_config.NumberColumn(
                format="%.1f%%", help="Of the tissues that have RNA with the exon."
            ),
            "Explore": st.column_config.LinkColumn(display_text="open", width="small"),
            **dict.fromkeys(lanes, share),
        },
        key="exon_table",
    )


def files(request: Request, inclusion: GeneInclusion) -> None:
    """All tissues of the table, also those without RNA."""
    link = f"gene?{shell.query_string(shell.current())}"
    made_by = gene_inclusion_provenance(inclusion, request.assembly, link)
    ways: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("TSV", "tsv", lambda: named_tsv(gene_inclusion_columns(inclusion), made_by)),
        ("Parquet", "parquet", lambda: named_parquet(gene_inclusion_columns(inclusion), made_by)),
    )
    with st.container(horizontal=True, gap="small"):
        for title, ending, make in ways:
            name = file_name(made_by, "inclusion", ending)
            st.download_button(plain(title), make, name, key=f"exons-{ending}", on_click="ignore")


def _cells(
    request: Request, inclusion: GeneInclusion, exon: GeneExon, lanes: tuple[str, ...]
) -> dict[str, object]:
    view, shares = view_of(request, inclusion, exon), exon.shares.by_tissue if exon.shares else {}
    return {
        "exon": exon.number,
        "median": percent(exon.psi),
        "between tissues": _difference(exon),
        "bp": exon.interval.width,
        "place": exon.interval.to_ucsc(),
        "Explore": f"{shell.base_url()}/?{shell.query_string(view)}",
        **{lane: percent(shares.get(lane)) for lane in lanes},
    }


def _difference(exon: GeneExon) -> str:
    """`74.5% in Ovary to 97.0% in Lung`."""
    ends = exon.extremes
    if ends is None:
        return "not measured" if exon.shares is None else "no RNA with it"
    if exon.spread < ALIKE:
        return "alike in all tissues"
    return " to ".join(f"{share:.1%} in {tissue}" for tissue, share in ends)
