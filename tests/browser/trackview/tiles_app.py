"""The track view with its tiles and without a model: values that are functions of position.

The genome and the genes are the embedded ones. What the reader does to rows, highlights and the
window goes through the address, as on the dashboard. Where TILES_FILES names files, they are rows
too, and so are stems and marks at places that a test knows. TILES_WIDE adds junctions and a
contact map.
"""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import streamlit as st
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.request import Request
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, Family, FloatArray, TrackData, TrackMetadata
from genoview.figure.build import build, row_titles
from genoview.figure.options import Options
from genoview.figure.panels import x_range
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.formats import LocalFile, open_local
from genoview.query.resolve import resolve
from genoview.runtime.assemblies import open_assembly
from genoview.runtime.settings import read_settings
from genoview.ui.explore import user_actions
from genoview.ui.explore.highlights import highlights_of
from genoview.ui.explore.tile_source import source_of, stops_of
from genoview.ui.explore.track_view import ORIGIN, refusal, take, visible
from genoview.ui.page import tiles
from genoview.ui.page.assets_route import asset_routes
from genoview.ui.page.shell import current, settle
from genoview.ui.page.url import ViewState
from genoview.ui.trackview import ViewerOptions, track_view, viewport_of
from tests.browser.trackview import wide_parts

KEY = "view"
WINDOW = "chr20:42,920,001-42,980,000"
PERIOD = 97  # bp of the saw
PEAK, HEIGHT = 42_950_122, 500.0  # 0-based; the one base of which the other track has a value
TRACKS = (
    TrackMetadata("Saw", Assay.RNA_SEQ, "+", "bp"),
    TrackMetadata("Peak", Assay.RNA_SEQ, "-", "bp"),
)
CARD = ModelCard(
    name="made",
    title="Made for a test",
    family=Family.EXPRESSION,
    predicts="nothing",
    limits="everything",
    licence="none",
    citation="none",
    source="tests",
    parameters=0,
    random_weights=True,
)
FILES = [Path(name) for name in os.environ.get("TILES_FILES", "").split(os.pathsep) if name]
DONOR = TrackMetadata("Splice donor", Assay.SPLICE_SITES, "+", "probability")
FACTOR = TrackMetadata("HNF4A", Assay.TF_MOTIF, ".", "occupancy", group="MA0114.5")
STEM, STEM_HEIGHT = 42_950_140, 0.123456  # 0-based; the one stem
MARK, MARK_LENGTH, MARK_SCORE, MARK_P = 42_950_150, 9, 9.876543, 1.2345e-5  # on the - strand
SITES = [(x - 0.5, x + 0.5, f"site {x}") for x in (42_940_000, 42_950_000)]  # of no model


def values(start: int, end: int) -> FloatArray:
    """float32[bases, 2]: the remainder of each 0-based position, and the peak."""
    position = np.arange(start, end)
    peak = np.where(position == PEAK, HEIGHT, 0)
    return np.stack([position % PERIOD, peak], axis=1).astype(np.float32)


def answer(place: Interval) -> Answer:
    data = TrackData(values(place.start, place.end), TRACKS, place, 1)
    return Answer(CARD, "1", "cpu", Prediction(data))


def site_answers(place: Interval) -> list[Answer]:
    """A model with one stem, and one with one mark."""
    stems = np.zeros((place.width, 1), np.float32)
    stems[np.arange(place.start, place.end) == STEM] = STEM_HEIGHT
    mark = Sites(
        np.array([MARK]),
        np.array([MARK + MARK_LENGTH]),
        np.array([-1], np.int8),
        np.array([0]),
        np.array([MARK_SCORE], np.float32),
        np.array([MARK_P]),
    )
    splicing = Prediction(TrackData(stems, (DONOR,), place, 1))
    binding = Prediction(TrackData(np.zeros_like(stems), (FACTOR,), place, 1), mark)
    cards = [replace(CARD, name="stems", family=Family.SPLICING)]
    cards.append(replace(CARD, name="marks", family=Family.BINDING))
    return [
        Answer(card, "1", "cpu", one) for card, one in zip(cards, (splicing, binding), strict=True)
    ]


@st.cache_resource
def local_files() -> tuple[LocalFile, ...]:
    return tuple(open_local(path, chroms=genome().reference.chromosomes) for path in FILES)


@st.cache_resource
def genome() -> Assembly:
    settings = read_settings()
    return open_assembly(settings.assemblies[0], settings)


def options_of(state: ViewState, request: Request) -> Options:
    return Options(
        frozenset(state.hidden),
        state.order,
        rows=state.rows,
        highlights=highlights_of(state, request.locus.interval.chrom),
    )


@st.fragment
def tracks() -> None:
    """The figure anew where the address says something new; the browser asks for the rest."""
    settle()
    state, assembly = current(), genome()
    request = resolve(state.q or WINDOW, assembly)
    answers, options = [answer(request.predicted)], options_of(state, request)
    answers += site_answers(request.predicted) if FILES else []
    answers += wide_parts.answers(request, CARD) if os.environ.get("TILES_WIDE") else []
    scene = Scene(request, assembly, answers, files=local_files())
    seen = visible(request, state, viewport_of(KEY, request.text))
    asked = (request.text, options)
    if st.session_state.get("asked") != asked:
        st.session_state.figure = build(scene, seen, options)
        st.session_state.asked = asked
        st.session_state.composed = st.session_state.get("composed", 0) + 1
    known = st.session_state.get(f"{KEY}-source")
    if known and known[1] not in tiles._sources:
        del st.session_state[f"{KEY}-source"]  # as after the server began anew

    def act(told: object) -> None:
        rows = list(row_titles(replace(scene, files=())))
        chrom, known = request.locus.interval.chrom, assembly.reference
        now = visible(request, current(), viewport_of(KEY, request.text))
        here = user_actions.PageState(
            request, now, rows, known.covered(chrom), known.chromosomes[chrom]
        )
        made = user_actions.apply(told, current(), here)
        st.session_state.told = told
        if made is not None:
            take(made, request, assembly)

    track_view(
        st.session_state.figure,
        KEY,
        ViewerOptions(
            subject=request.text,
            limits=x_range(request.locus.interval),
            file_stem="tiles",
            chrom=request.locus.interval.chrom,
            origin=ORIGIN,
            link_param="at",
            tiles=tiles.publish(KEY, asked, lambda: source_of(scene, options)),
            stops=stops_of(scene),
            sites=SITES,
            can_extend=True,
            refusal=refusal(request),
        ),
        on_act=act,
    )
    st.text(f"Python saw {seen.to_ucsc()}, composed {st.session_state.composed}")
    st.text(f"Python was told {st.session_state.get('told')}")


def main() -> None:
    """The view, and a field where the keys are letters."""
    st.set_page_config(layout="wide")
    st.text_input("Words")
    tracks()


def forget(_: HttpRequest) -> PlainTextResponse:
    """Lose what was published, as a server that begins anew does."""
    tiles._sources.clear()
    return PlainTextResponse("forgotten")


if __name__ == "__main__":
    main()
else:
    routes = [*asset_routes(), *tiles.tile_routes(), Route("/forget", forget)]
    app = st.App(__file__, routes=routes)
