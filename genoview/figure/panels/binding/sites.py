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
from genoview.figure.panels.binding.site_marks import SITE_CARD, SiteKind, lane_traces
from genoview.figure.panels.frame.axis import x_range
from genoview.figure.panels.frame.row import Legend, Row, Thing, View
from genoview.figure.panels.frame.theme import Theme
from genoview.figure.panels.splicing.site_changes import compared

LANE_HEIGHT = 22  # px
LOGO_HEIGHT = 30  # px more, of a lane with logos
LOGO_SHARE = 0.58  # of such a lane, for 2 bits
MAX_LANES = 12  # factors a row
MAX_SITES = 600  # arrows a row; the strongest are kept


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
    kinds = [(SiteKind("", colour), sites)] if tracks else []
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
        (SiteKind("in both", theme.ref), site_changes.kept),
        (SiteKind("weakened in ALT, REF score", theme.loss, "", "↓"), site_changes.weakened),
        (
            SiteKind("strengthened in ALT, ALT score", theme.gain, "", "↑"),
            site_changes.strengthened,
        ),
        (SiteKind("lost in ALT", theme.loss, "-open", "−"), site_changes.lost),
        (SiteKind("gained in ALT", theme.gain, "", "+"), site_changes.gained),
    ]
    row = _row(kinds, tracks, view, theme, style)
    both, weaker, stronger, lost, gained = (
        bool(len(sites.within(view.interval))) for _, sites in kinds
    )
    legend = (
        Legend("site in both", theme.ref, "▶", both),
        Legend("lost, ↓ weakened in ALT", theme.loss, "▷−", lost or weaker),
        Legend("gained, ↑ strengthened in ALT", theme.gain, "▶+", gained or stronger),
    )
    return replace(row, legend=legend)


def _row(
    kinds: Sequence[tuple[SiteKind, Sites]],
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
        for trace in lane_traces(kind, sites, factor, y, tracks[factor], view)
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
    kept: Sequence[tuple[SiteKind, Sites]],
    tracks: Sequence[TrackMetadata],
    heights: Mapping[int, float],
    motifs: Motifs,
) -> list[Placed]:
    """Above the sites of each lane; what ALT changes comes first."""
    groups = [sites for kind, sites in sorted(kept, key=lambda entry: not entry[0].sign)]
    matrices = [track.group for track in tracks]
    feet = {factor: y - 0.17 for factor, y in heights.items()}
    return placed_logos(groups, matrices, motifs, feet)


def _letters(logo: Placed) -> Thing:
    """A click on a logo is one on its site."""
    x = x_range(Interval("", logo.start, logo.end))
    return Thing(SITE_CARD, logo.key, "Site", x, (logo.bottom - LOGO_SHARE, logo.bottom))


def _factors(kinds: Sequence[tuple[SiteKind, Sites]], view: View) -> list[int]:
    """Factors with a site in view: changed ones first, then by their strongest site."""
    best: dict[int, tuple[bool, float]] = {}
    for kind, sites in kinds:
        seen = sites.within(view.interval)
        for factor, score in zip(seen.track.tolist(), seen.score.tolist(), strict=True):
            rank = (bool(kind.sign), score)
            best[factor] = max(best.get(factor, rank), rank)
    return sorted(best, key=lambda factor: best[factor], reverse=True)


def _strongest(
    kinds: Sequence[tuple[SiteKind, Sites]], lanes: Sequence[int]
) -> tuple[list[tuple[SiteKind, Sites]], int]:
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
