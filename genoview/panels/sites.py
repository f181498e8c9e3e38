"""Sites such as motif hits: an arrow each, a lane a factor; gained and lost by colour and shape."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoview.genome import Interval
from genoview.panels.axis import edge_xs
from genoview.panels.row import Legend, Row, Trace, View
from genoview.panels.text import escape, number
from genoview.panels.theme import BODY, Theme, faded
from genoview.sites import SMALLEST_CHANGE, Sites, paired
from genoview.tracks import TrackMetadata

LANE_HEIGHT = 22  # px
MAX_LANES = 12  # factors a row
MAX_SITES = 600  # arrows a row; the strongest are kept
ARROW_PX = 10
TIP_PX = 24.0  # a site at least this wide has its arrow at the end that is read last
FAINTEST = 0.4  # opacity of an arrow with the weakest score of its lane


@dataclass(frozen=True, slots=True)
class _Kind:
    """How sites of one fate look: `suffix` of the arrow's symbol, `sign` written beside it."""

    name: str
    colour: str
    suffix: str = ""
    sign: str = ""


def site_row(
    sites: Sites,
    tracks: Sequence[TrackMetadata],
    view: View,
    theme: Theme,
    *,
    title: str = "Motif sites",
    max_lanes: int = MAX_LANES,
    covered: Interval | None = None,
) -> Row:
    """Sites of one sequence; `tracks` are what the sites' columns mean."""
    kinds = [(_Kind("", theme.families[tracks[0].assay.family]), sites)] if tracks else []
    return _row(kinds, tracks, view, theme, title, max_lanes, covered)


def site_allele_row(
    ref: Sites,
    alt: Sites,
    tracks: Sequence[TrackMetadata],
    view: View,
    theme: Theme,
    *,
    title: str = "Motif sites",
    max_lanes: int = MAX_LANES,
    covered: Interval | None = None,
) -> Row:
    """Sites of REF and ALT, both on REF coordinates; lanes with a change come first."""
    fates = compared(ref, alt)
    kinds = [
        (_Kind("in both", theme.ref), fates.kept),
        (_Kind("weakened in ALT, REF score", theme.loss, "", "↓"), fates.weakened),
        (_Kind("strengthened in ALT, ALT score", theme.gain, "", "↑"), fates.strengthened),
        (_Kind("lost in ALT", theme.loss, "-open", "−"), fates.lost),
        (_Kind("gained in ALT", theme.gain, "", "+"), fates.gained),
    ]
    row = _row(kinds, tracks, view, theme, title, max_lanes, covered)
    legend = (
        Legend("site in both", theme.ref, "▶"),
        Legend("lost, ↓ weakened in ALT", theme.loss, "▷−"),
        Legend("gained, ↑ strengthened in ALT", theme.gain, "▶+"),
    )
    return replace(row, legend=legend)


@dataclass(frozen=True, slots=True)
class Fates:
    """Sites of REF (gained and strengthened ones: of ALT) by what ALT makes of them."""

    kept: Sites
    weakened: Sites
    strengthened: Sites
    lost: Sites
    gained: Sites


def compared(ref: Sites, alt: Sites) -> Fates:
    """A site in both alleles is changed from `SMALLEST_CHANGE` on."""
    pairs = list(paired(ref, alt))
    both = [(i, j) for i, j in pairs if i is not None and j is not None]
    change = {i: float(alt.score[j] - ref.score[i]) for i, j in both}
    return Fates(
        kept=_picked(ref, [i for i, _ in both if abs(change[i]) < SMALLEST_CHANGE]),
        weakened=_picked(ref, [i for i, _ in both if change[i] <= -SMALLEST_CHANGE]),
        strengthened=_picked(alt, [j for i, j in both if change[i] >= SMALLEST_CHANGE]),
        lost=_picked(ref, [i for i, j in pairs if i is not None and j is None]),
        gained=_picked(alt, [j for i, j in pairs if i is None and j is not None]),
    )


def _picked(sites: Sites, places: Sequence[int]) -> Sites:
    return sites.where(np.array(sorted(places), dtype=np.int64))


def _row(
    kinds: Sequence[tuple[_Kind, Sites]],
    tracks: Sequence[TrackMetadata],
    view: View,
    theme: Theme,
    title: str,
    max_lanes: int,
    covered: Interval | None,
) -> Row:
    near = [(kind, sites.within(view.drawn)) for kind, sites in kinds]
    order = _factors(near, view)
    lanes = order[:max_lanes]
    kept, n_hidden = _strongest(near, lanes)
    traces = [
        trace
        for lane, factor in enumerate(lanes)
        for kind, sites in kept
        for trace in _lane_traces(kind, sites, factor, lane, tracks[factor], view)
    ]
    notes = ["score = log2 odds"]
    if len(order) > max_lanes:
        notes = [f"{max_lanes} of {len(order)} factors"]
    if n_hidden:
        notes.append(f"{n_hidden:,} weaker sites not drawn")
    return Row(
        title=title,
        unit=", ".join(notes),
        traces=tuple(traces),
        height_px=LANE_HEIGHT * len(lanes) if lanes else 24,
        y_range=(len(lanes) - 0.5, -0.5) if lanes else (0.0, 1.0),
        names=tuple((float(i), tracks[factor].name) for i, factor in enumerate(lanes)),
        colour=theme.families[tracks[0].assay.family] if tracks else theme.muted,
        predicted=True,
        covered=covered,
        message="" if lanes else "no site in view",
    )


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
    kind: _Kind, sites: Sites, factor: int, lane: int, track: TrackMetadata, view: View
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
    return [extent, _arrows(kind, own, lane, track, view)]


def _arrows(kind: _Kind, own: Sites, lane: int, track: TrackMetadata, view: View) -> Trace:
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
        "y": np.full(len(own), lane, dtype=np.int8),
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
