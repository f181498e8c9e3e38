"""The track view of a request: its figure, its tiles, and what the reader does in it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from genoview.data.answer import Answer, in_order
from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.errors import GenoviewError, TrackError
from genoview.figure.build import build
from genoview.figure.opening import opening_view
from genoview.figure.options import Options
from genoview.figure.panels import x_range
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.ui.explore import controls, model_choice, user_actions
from genoview.ui.explore.measured import chosen
from genoview.ui.explore.scene import optional_rows, options_of
from genoview.ui.explore.tile_source import sites_of, source_of, stops_of
from genoview.ui.page import links, shell
from genoview.ui.page.tiles import publish
from genoview.ui.page.url import ViewState, bounds_of
from genoview.ui.plain import plain
from genoview.ui.trackview import ViewerOptions, Viewport, track_view, viewport_of

KEY = "tracks"
REFUSED = "refused_act"
BEGIN = "begin"  # key of the session: subject and first view
ORIGIN = 0.5  # x of the left edge of base number 1 in the figures of `panels`


def draw(scene: Scene, state: ViewState) -> None:
    """Hand the figure to the browser, which asks for finer and farther parts by itself."""
    request, options = scene.request, options_of(scene.request, state)
    begin = _beginning(scene, state)
    drawn = replace(scene, answers=_with_known(request, state, scene.answers))
    fingerprint = _fingerprint(drawn, options)
    if st.session_state.get("figure_of") != fingerprint:
        try:
            with chosen.briefly():
                figure = build(drawn, in_view(request, state), options)
        except TrackError as error:  # every row is switched off
            st.info(plain(error), icon=":material/visibility_off:")
            return
        st.session_state["figure"] = figure
        st.session_state["figure_of"] = fingerprint
    whole = request.locus.interval
    track_view(
        st.session_state["figure"],
        KEY,
        ViewerOptions(
            subject=subject(request),
            limits=x_range(whole),
            file_stem=links.file_stem(request),
            chrom=whole.chrom,
            origin=ORIGIN,
            theme="dark" if shell.theme() == "dark" else "light",
            link_param="at",
            link_fill=_link_fill(request, state, scene.answers),
            tiles=publish(KEY, fingerprint, lambda: source_of(drawn, options)),
            stops=stops_of(scene),
            begin=begin,
            sites=sites_of(scene),
            variant=x_range(request.variant.interval) if request.variant else None,
            can_extend=True,
            refusal=refusal(request),
        ),
        on_act=lambda act: _act(act, scene),
    )


def _fingerprint(scene: Scene, options: Options) -> tuple[object, ...]:
    """Equal while the figure stays the same."""
    return (
        subject(scene.request),
        options,
        scene.files,
        tuple((answer.version, answer.ref.data.interval) for answer in scene.drawn),
        tuple((scan.score.score_id, scan.interval, scan.n_done) for scan in scene.scans),
        tuple((levels.card.name, levels.version) for levels in scene.levels),
    )


def _act(act: object, scene: Scene) -> None:
    """What the reader did in the track view becomes part of the address."""
    state, request, reference = shell.current(), scene.request, scene.assembly.reference
    st.session_state.pop(REFUSED, None)
    chrom = request.locus.interval.chrom
    page = user_actions.PageState(
        request,
        in_view(request, state),
        list(controls.all_rows(scene, state)),
        reference.covered(chrom),
        reference.chromosomes[chrom],
        optional_rows(scene, state),
    )
    changed = user_actions.apply(act, state, page)
    if changed is not None:
        take(changed, request, scene.assembly)


def take(changed: ViewState, request: Request, assembly: Assembly) -> None:
    """The state after an act, unless the genome refuses its query: then all stays as it is."""
    try:
        if changed.q != shell.current().q:
            resolve(changed.q, assembly)
    except GenoviewError as error:
        n = st.session_state["refusals"] = st.session_state.get("refusals", 0) + 1
        st.session_state[REFUSED] = (request, (n, str(error)))
        return
    (shell.commit if changed.q == shell.current().q else shell.propose)(changed)
    st.session_state["acted"] = True


def refusal(request: Request) -> tuple[int, str] | None:
    """Number and words of the last refusal, while the reader is still at this request."""
    refused_at, number_and_words = st.session_state.get(REFUSED, (None, None))
    return number_and_words if refused_at == request else None


def _with_known(request: Request, state: ViewState, answers: Sequence[Answer]) -> list[Answer]:
    """The answers, and for models still at work what they predicted of a window that overlaps."""
    known: dict[str, Answer] = st.session_state.setdefault("known_answers", {})
    ready = {answer.card.name for answer in answers}
    cached = [
        answer
        for name, answer in known.items()
        if name not in ready
        and name in model_choice.of_tracks(state)
        and request.variant is None
        and answer.alt is None
        and st.session_state.get("known_genome") == request.assembly
        and answer.ref.data.interval.overlaps(request.locus.interval)
    ]
    known |= {answer.card.name: answer for answer in answers}
    st.session_state["known_genome"] = request.assembly
    return in_order([*answers, *cached])


def _link_fill(
    request: Request, state: ViewState, answers: Sequence[Answer]
) -> dict[str, list[str]]:
    """Genome and model versions for the address of a view that is complete."""
    if not state.q or len(answers) < len(model_choice.of_tracks(state)):
        return {}
    whole = replace(state, assembly=request.assembly, versions=links.versions(answers))
    return {key: values for key, values in whole.to_params().items() if key in ("g", "v")}


def subject(request: Request) -> str:
    """What is shown: while it stays, so does the reader's range."""
    return f"{request.assembly} {request.text} {request.predicted.to_ucsc()}"


def _beginning(scene: Scene, state: ViewState) -> tuple[float, float]:
    """The first view: kept once the reader has moved, renewed when the page returns.

    Until then it goes to what models find changed, as soon as they have.
    """
    request, shown = scene.request, subject(scene.request)
    begin: tuple[str, Interval] | None = st.session_state.get(BEGIN)
    if begin is None or begin[0] != shown or viewport_of(KEY, shown) is None:
        genes = scene.assembly.annotation.genes(request.locus.interval)
        opened = opening_view(request, genes, scene.report)
        begin = st.session_state[BEGIN] = (shown, visible(request, state, None, opened))
    return x_range(begin[1])


def in_view(request: Request, state: ViewState) -> Interval:
    """The part that the reader looks at now."""
    begin: tuple[str, Interval] | None = st.session_state.get(BEGIN)
    opened = begin[1] if begin is not None and begin[0] == subject(request) else None
    return visible(request, state, viewport_of(KEY, subject(request)), opened)


def visible(
    request: Request, state: ViewState, seen: Viewport | None, opened: Interval | None = None
) -> Interval:
    """What the reader looks at: by hand, by link, as it opened, or the whole window."""
    whole = request.locus.interval
    if seen is not None:
        start, end = round(seen.start - ORIGIN), round(seen.end - ORIGIN)
    elif bounds := bounds_of(state.at):
        start, end = bounds
    else:
        return opened or whole
    if end <= start:
        return whole
    return whole.intersection(replace(whole, start=start, end=end)) or whole
