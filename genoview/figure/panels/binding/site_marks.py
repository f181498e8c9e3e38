"""Sites of one factor -> an extent and an arrow each; gained and lost by colour and shape."""

from dataclasses import dataclass

import numpy as np

from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.data.track_data import TrackMetadata
from genoview.figure.panels.frame.axis import base_xs, edge_xs
from genoview.figure.panels.frame.row import Trace, View, clickable
from genoview.figure.panels.frame.text import escape, number
from genoview.figure.panels.frame.theme import BODY, faded

ARROW_PX = 10
TIP_PX = 24.0  # a site at least this wide has its arrow at the end that is read last
SITE_CARD = "motif"  # what a click on a site asks for
FAINTEST = 0.4  # opacity of an arrow with the weakest score of its lane


@dataclass(frozen=True, slots=True)
class SiteKind:
    """How sites of a change look: `suffix` of the arrow's symbol, `sign` written beside it."""

    name: str
    colour: str
    suffix: str = ""
    sign: str = ""


def lane_traces(
    kind: SiteKind, sites: Sites, factor: int, lane: float, track: TrackMetadata, view: View
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


def _arrows(kind: SiteKind, own: Sites, lane: float, track: TrackMetadata, view: View) -> Trace:
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


def _words(sites: Sites, i: int, track: TrackMetadata, kind: SiteKind, view: View) -> str:
    """The hover of one site: matrix, strand, 1-based place, score, p-value."""
    place = Interval("", int(sites.start[i]), int(sites.end[i])).to_ucsc().removeprefix(":")
    strand = "+" if sites.strand[i] > 0 else "−"
    score = f"score {number(float(sites.score[i]))}"
    p_value = f"p = {sites.p_value[i]:.1e}"
    facts = [escape(track.group), f"{strand} strand", place, score, p_value, kind.name]
    if view.compact:
        facts = [strand, score, p_value, kind.name]
    return " · ".join(filter(None, facts))
