"""Sites such as motif hits: an arrow each, a lane a factor; gained and lost by colour and shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.data.track_data import TrackMetadata
from genoview.figure.panels.binding.logos import (
    NOTE,
    Motifs,
    Placed,
    logo_traces,
    placed_logos,
    wants_logos,
)
from genoview.figure.panels.frame.axis import base_xs, edge_xs, x_range
from genoview.figure.panels.frame.row import Legend, Row, Thing, Trace, View, clickable
from genoview.figure.panels.frame.text import escape, number
from genoview.figure.panels.frame.theme import BODY, Theme, faded
from genoview.figure.panels.splicing.site_changes import compared

LANE_HEIGHT = 22  # px
LOGO_HEIGHT = 30  # px more, of a lane with logos
LOGO_SHARE = 0.58  # of such a lane, for 2 bits
MAX_LANES = 12  # factors a row
MAX_SITES = 600  # arrows a row; the strongest are kept
ARROW_PX = 10
TIP_PX = 24.0  # a site at least this wide has its arrow at the end that is read last
SITE_CARD = "motif"  # what a click on a site asks for
FAINTEST = 0.4  # opacity of an arrow with the weakest score of its lane


@dataclass(frozen=True, slots=True)
class SiteStyle:
    """How a row of sites is drawn.

    Attributes:
        max_lanes: factors in the row.
        covered: what was scanned.
        motifs: probabilities by matrix id, the tracks' `group`; for logos where a base is wide.
        colour: of the arrows of one sequence; the family's by default.
    """

    title: str = "Motif sites"
    max_lanes: int = MAX_LANES
    covered: Interval | None = None
    motifs: Motifs | None = None
    colour: str = ""


USUAL = SiteStyle()


@dataclass(frozen=True, slots=True)
class _Kind:
    """How sites of a change look: `suffix` of the arrow's symbol, `sign` written beside it."""

    name: str
    colour: str
    suffix: str = ""
    sign: str = ""


def site_row(
    sites: Sites,
    tracks: Sequence[TrackMetadata],
    view: View,
    theme: Theme,
    style: SiteStyle = USUAL,
) -> Row:
    """Sites of one sequence; `tracks` are what the sites' columns mean."""
    colour = style.colour
    if tracks:
        colour = colour or theme.families[tracks[0].assay.family]
    kinds = [(_Kind("", colour), sites)] if tracks else []
    row = _row(kinds, tracks, view, theme, style)
    return replace(row, colour=colour or row.colour)


def site_allele_row(
    ref: Sites,
    alt: Sites,
    tracks: Sequence[TrackMetadata],
    view: View,
    theme: Theme,
    style: SiteStyle = USUAL,
) -> Row:
    """Sites of REF and ALT, both on REF coordinates; lanes with a change come first."""
    site_changes = compared(ref, alt)
    kinds = [
        (_Kind("in both", theme.ref), site_changes.kept),
        (_Kind("weakened in ALT, REF score", theme.loss, "", "↓"), site_changes.weakened),
        (_Kind("strengthened in ALT, ALT score", theme.gain, "", "↑"), site_changes.strengthened),
        (_Kind("lost in ALT", theme.loss, "-open", "−"), site_changes.lost),
        (_Kind("gained in ALT", theme.gain, "", "+"), site_changes.gained),
    ]
    row = _row(kinds, tracks, view, theme, style)
    legend = (
        Legend("site in both", theme.ref, "▶"),
        Legend("lost, ↓ weakened in ALT", theme.loss, "▷−"),
        Legend("gained, ↑ strengthened in ALT", theme.gain, "▶+"),
    )
    return replace(row, legend=legend)


def _row(
    kinds: Sequence[tuple[_Kind, Sites]],
    tracks: Sequence[TrackMetadata],
    view: View,
    theme: Theme,
    style: SiteStyle,
) -> Row:
    max_lanes, motifs = style.max_lanes, style.motifs
    near = [(kind, sites.within(view.drawn)) for kind, sites in kinds]
    order = _factors(near, view)
    lanes = order[:max_lanes]
    kept, n_hidden = _strongest(near, lanes)
    with_logos = motifs if lanes and wants_logos(view, motifs) else None
    # Below the logos, where there are any.
    heights = {factor: lane + 0.28 * bool(with_logos) for lane, factor in enumerate(lanes)}
    traces = [
        trace
        for factor, y in heights.items()
        for kind, sites in kept
        for trace in _lane_traces(kind, sites, factor, y, tracks[factor], view)
    ]
    notes = ["score = log2 odds"]
    logos = _logos(kept, tracks, heights, with_logos) if with_logos else []
    if with_logos:
        traces += logo_traces(logos, -LOGO_SHARE, theme)
        notes.append(NOTE)
    if len(order) > max_lanes:
        notes[0] = f"{max_lanes} of {len(order)} factors"
    if n_hidden:
        notes.append(f"{n_hidden:,} weaker sites not drawn")
    return Row(
        title=style.title,
        unit=", ".join(notes),
        traces=tuple(traces),
        height_px=(LANE_HEIGHT + LOGO_HEIGHT * bool(with_logos)) * len(lanes) if lanes else 24,
        y_range=(len(lanes) - 0.5, -0.5) if lanes else (0.0, 1.0),
        names=tuple((y, tracks[factor].name) for factor, y in heights.items()),
        colour=theme.families[tracks[0].assay.family] if tracks else theme.muted,
        predicted=True,
        covered=style.covered,
        message="" if lanes else "no site in view",
        things=tuple(map(_letters, logos)),
    )


def _logos(
    kept: Sequence[tuple[_Kind, Sites]],
    tracks: Sequence[TrackMetadata],
    heights: Mapping[int, float],
    motifs: Motifs,
) -> list[Placed]:
    """Above the sites of each lane; what ALT changes comes first."""
    groups = [sites for kind, sites in sorted(kept, key=lambda one: not one[0].sign)]
    matrices = [track.group for track in tracks]
    feet = {factor: y - 0.17 for factor, y in heights.items()}
    return placed_logos(groups, matrices, motifs, feet)


def _letters(logo: Placed) -> Thing:
    """A click on a logo is one on its site."""
    x = x_range(Interval("", logo.start, logo.end))
    return Thing(SITE_CARD, logo.key, "Site", x, (logo.bottom - LOGO_SHARE, logo.bottom))


def _factors(kinds: Sequence[tuple[_Kind, Sites]], view: View) -> list[int]:
    """Factors with a site in view: changed ones first, then by their strongest site."""
    best: dict[int, tuple[bool, float]] = {}
    for kind, sites in kinds:
        seen = sites.within(view.interval)
        for factor, score in zip(seen.track.tolist(), seen.score.tolist(), strict=True):
            rank = (bool(kind.sign), score)
            best[factor] = max(best.get(factor, rank), rank)
    return sorted(best, key=lambda factor: best[factor], reverse=True)


def _strongest(
    kinds: Sequence[tuple[_Kind, Sites]], lanes: Sequence[int]
) -> tuple[list[tuple[_Kind, Sites]], int]:
    """Sites of these factors: every change, and the rest by score up to MAX_SITES."""
    chosen = [(kind, sites.where(np.isin(sites.track, lanes))) for kind, sites in kinds]
    kept, n_hidden = [], 0
    room = MAX_SITES - sum(len(sites) for kind, sites in chosen if kind.sign)
    for kind, sites in chosen:
        if not kind.sign and len(sites) > max(room, 0):
            n_hidden += len(sites) - max(room, 0)
            order = np.argsort(-sites.score, kind="stable")[: max(room, 0)]
            sites = sites.where(np.sort(order))
        kept.append((kind, sites))
    return kept, n_hidden


def _lane_traces(
    kind: _Kind, sites: Sites, factor: int, lane: float, track: TrackMetadata, view: View
) -> list[Trace]:
    """The extent and the arrow of each site of one factor."""
    own = sites.where(sites.track == factor)
    if not len(own):
        return []
    ends = np.stack([own.start, own.end, own.end], axis=1)
    gaps = np.tile(np.array([lane, lane, np.nan], dtype=np.float32), len(own))
    extent: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": edge_xs(ends.ravel()),
        "y": gaps,
        "line": {"color": faded(kind.colour, 0.35), "width": 7},
        "hoverinfo": "skip",
    }
    # The first base tells the sites of a factor apart, its sign the strand.
    numbers = own.strand * base_xs(own.start)
    extents = clickable(extent, SITE_CARD, track.group, numbers)
    return [extents, _arrows(kind, own, lane, track, view)]


def _arrows(kind: _Kind, own: Sites, lane: float, track: TrackMetadata, view: View) -> Trace:
    wide = (own.end - own.start) * view.px_per_bp >= TIP_PX
    tip = np.where(own.strand > 0, own.end - 0.3, own.start + 0.3)
    place = np.where(wide, tip, (own.start + own.end) / 2)
    top = float(own.score.max())
    share = np.clip(own.score / top, 0, 1) if top > 0 else np.ones(len(own))
    opacity = np.ones(len(own)) if kind.sign else FAINTEST + (1 - FAINTEST) * share
    symbols = [f"triangle-{'right' if s > 0 else 'left'}{kind.suffix}" for s in own.strand]
    trace: Trace = {
        "type": "scatter",
        "mode": "markers+text" if kind.sign else "markers",
        "x": edge_xs(place),
        "y": np.full(len(own), lane, dtype=np.float32),
        "marker": {
            "symbol": symbols,
            "size": ARROW_PX - 2 * view.compact + 2 * bool(kind.sign),
            "color": kind.colour,
            "opacity": opacity.astype(np.float32),
            "line": {"width": 2 if kind.suffix else 0, "color": kind.colour},
        },
        "name": escape(track.name),
        "hovertext": [_words(own, i, track, kind, view) for i in range(len(own))],
        "hovertemplate": "%{hovertext}",
    }
    if kind.sign:
        position = ["middle left" if s > 0 else "middle right" for s in own.strand]
        trace |= {"text": kind.sign, "textposition": position}
        trace["textfont"] = {"color": kind.colour, "size": BODY}
    return trace


def _words(sites: Sites, i: int, track: TrackMetadata, kind: _Kind, view: View) -> str:
    """The hover of one site: matrix, strand, 1-based place, score, p-value."""
    place = Interval("", int(sites.start[i]), int(sites.end[i])).to_ucsc().removeprefix(":")
    strand = "+" if sites.strand[i] > 0 else "−"
    score = f"score {number(float(sites.score[i]))}"
    p_value = f"p = {sites.p_value[i]:.1e}"
    facts = [escape(track.group), f"{strand} strand", place, score, p_value, kind.name]
    if view.compact:
        facts = [strand, score, p_value, kind.name]
    return " · ".join(filter(None, facts))
