"""A page with nothing but the track view over a megabase, for `track_view.py`.

Genes, and `?rows=6` or `?rows=20` rows of signal, through the very component, tiles and panels of
the dashboard.
"""

import gc
from dataclasses import replace

import streamlit as st
from parts.sparse_fasta import demo_genome
from parts.track_view_data import FOLDER, read_tracks

from genoview.data.genome import Interval
from genoview.data.track_data import TrackData
from genoview.figure.options import SIGNAL, Options
from genoview.figure.panels import (
    FigureTexts,
    Row,
    Spec,
    View,
    composed,
    gene_row,
    interval_at,
    x_range,
)
from genoview.io.assembly import Assembly
from genoview.ui.page.assets_route import asset_routes
from genoview.ui.page.shell import width_px
from genoview.ui.page.tiles import Source, publish, tile_routes
from genoview.ui.trackview import ViewerOptions, track_view

KEY = "tracks"


@st.cache_resource
def tracks() -> tuple[TrackData, ...]:
    """Each track of the megabase by itself, in the order of the rows."""
    parts = read_tracks(FOLDER / "tracks.npz")
    made = tuple(part.select([i]) for part in parts for i in range(len(part.tracks)))
    gc.freeze()  # as the dashboard's workbench does
    return made


@st.cache_resource
def genome() -> Assembly:
    """The embedded genome with its genes."""
    made = demo_genome()
    gc.freeze()
    return made


def drawn(shown: tuple[TrackData, ...], view: Interval, options: Options) -> Spec:
    """What `drawing.spec_of` makes of rows that are all signals."""
    frame = View(view, width_px=options.width_px)
    genes = genome().annotation.genes(view.expanded(view.width))
    rows: list[Row] = [replace(gene_row(genes, frame, options.theme), row_id="genes")]
    for number, data in enumerate(shown):
        row_id = f"track{number}"
        made = options.signal(row_id, data, frame, title=data.tracks[0].label)
        rows += options.chosen(row_id, [made], SIGNAL)
    return composed(rows, frame, options.theme, FigureTexts(title="1 Mb", subtitle=view.to_ucsc()))


def source_of(shown: tuple[TrackData, ...], whole: Interval, options: Options) -> Source:
    """Tiles only: nobody clicks in this page."""

    def within(left: float, right: float) -> Interval:
        return whole.intersection(interval_at(whole.chrom, left, right)) or whole

    return Source(
        draw=lambda left, right, width: drawn(
            shown, within(left, right), replace(options, width_px=width)
        ),
        values=lambda x: {},
        stretch=lambda left, right: {},
        card=lambda kind, key: {},
    )


def main() -> None:
    """The first rows of the megabase."""
    st.set_page_config(layout="wide")
    n_rows = int(st.query_params.get("rows", "20"))
    shown, options = tracks()[:n_rows], Options(width_px=width_px())
    whole = shown[0].interval
    if st.session_state.get("figure_of") != n_rows:
        st.session_state["figure"] = drawn(shown, whole, options)
        st.session_state["figure_of"] = n_rows
    track_view(
        st.session_state["figure"],
        KEY,
        ViewerOptions(
            subject=f"megabase {n_rows}",
            limits=x_range(whole),
            file_stem="megabase",
            chrom=whole.chrom,
            origin=0.5,
            link_param="at",
            tiles=publish(KEY, n_rows, lambda: source_of(shown, whole, options)),
        ),
        on_act=lambda act: None,
    )


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, routes=[*asset_routes(), *tile_routes()])
