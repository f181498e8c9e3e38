"""Measured features as a row: boxes in lanes with names; variants as ticks with REF>ALT."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.figure.panels.frame.axis import edge_x
from genoview.figure.panels.frame.labels import lane_names
from genoview.figure.panels.frame.lane_packing import packed
from genoview.figure.panels.frame.row import Row, Thing, Trace, View
from genoview.figure.panels.frame.row_style import RowStyle
from genoview.figure.panels.frame.text import elided, escape, number, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme
from genoview.figure.panels.signal.categories import colour_of
from genoview.figure.panels.signal.measured import MEASURED

MAX_NAMED = 60  # features in view that are drawn with their names
NAMED_LANE, PLAIN_LANE = 30, 14  # px
LEAST_HEIGHT, WORDY_HEIGHT = 24, 44  # px; the second has room for a label of three lines
MAX_NAMED_LANES, MAX_PLAIN_LANES = 8, 16
NAMED_GAP_PX, PLAIN_GAP_PX = 10.0, 2.0  # between neighbours of a lane
NAME_PX = 150.0  # a longer name is cut
BOX_Y = 0.70  # of a lane with names, from its top
THICK, THIN, LINE = 0.44, 0.22, 0.045  # shares of a lane with names
LEAST_PX = 2.0  # a feature stays visible however narrow
CHEVRON_PX = 34.0  # between marks of the strand
MAX_CHEVRONS = 400
HOVER_LETTERS = 160  # of details; a card has all of them


@dataclass(frozen=True, slots=True)
class _Placed:
    """A feature in its lane; its name begins at `label_bp` (0-based)."""

    feature: Feature
    lane: int
    label: str
    label_bp: float


def measured_feature_row(
    features: Sequence[Feature],
    view: View,
    theme: Theme,
    style: RowStyle,
    *,
    n_left_out: int = 0,
    notes: Sequence[str] = (),
) -> Row:
    """Features of a file that touch what is drawn, packed into lanes.

    Args:
        style: title and colour; without a colour, features have that of their class, or of their
            strand, which arrows and chevrons show anyway.
        n_left_out: of those in view, not among `features`.
        notes: behind the unit, such as "3 lines left out".
    """
    if style.colour:
        theme = replace(theme, strands=dict.fromkeys(theme.strands, style.colour))
        features = [replace(feature, category="") for feature in features]
    shown = [feature for feature in features if feature.interval.overlaps(view.drawn)]
    n_seen = sum(feature.interval.overlaps(view.interval) for feature in shown)
    named = n_seen <= MAX_NAMED and any(feature.label for feature in shown)
    placed, n_lost = _placed(shown, view, named)
    n_lanes = max((entry.lane for entry in placed if _is_seen(entry, view)), default=0) + 1
    placed = [entry for entry in placed if entry.lane < n_lanes]
    n_gone = n_left_out + n_lost
    words = [MEASURED, *([f"{n_gone:,} left out"] if n_gone else []), *notes]
    lane_px = NAMED_LANE if named else PLAIN_LANE
    return Row(
        title=style.title,
        unit=" · ".join(words),
        traces=tuple(_traces(placed, n_lanes, view, theme, named)),
        height_px=max(lane_px * n_lanes, LEAST_HEIGHT if len(words) < 3 else WORDY_HEIGHT),
        y_range=(float(n_lanes), 0.0),
        colour=style.colour or theme.muted,
        message="" if n_seen else "no entry in view",
        things=tuple(_thing(entry, view) for entry in placed),
    )


def _is_seen(entry: _Placed, view: View) -> bool:
    return entry.feature.interval.overlaps(view.interval)


def _placed(features: Sequence[Feature], view: View, named: bool) -> tuple[list[_Placed], int]:
    """Features in lanes, and how many in view have no lane; in view and wide ones go first."""
    ranked = sorted(
        features,
        key=lambda feature: (feature.interval.overlaps(view.interval), feature.interval.width),
        reverse=True,
    )
    labels = [_label(feature) if named else "" for feature in ranked]
    prints = [_footprint(f, label, view) for f, label in zip(ranked, labels, strict=True)]
    most, gap = (MAX_NAMED_LANES, NAMED_GAP_PX) if named else (MAX_PLAIN_LANES, PLAIN_GAP_PX)
    lanes = packed([span for span, _ in prints], most, gap)
    rows = list(zip(ranked, lanes, labels, prints, strict=True))
    lost = [feature for feature, lane, _, _ in rows if lane is None]
    placed = [
        _Placed(feature, lane, label, label_bp)
        for feature, lane, label, (_, label_bp) in rows
        if lane is not None
    ]
    return placed, sum(feature.interval.overlaps(view.interval) for feature in lost)


def _label(feature: Feature) -> str:
    arrow = {"+": " →", "-": " ←", ".": ""}[feature.interval.strand] if feature.label else ""
    name = feature.label
    if text_width(name, SMALL) > NAME_PX:
        name = elided(name, SMALL, NAME_PX)
    return f"{name}{arrow}"


def _footprint(feature: Feature, label: str, view: View) -> tuple[tuple[float, float], float]:
    """Pixels of feature and name, and where the name begins: inside the view where it can."""
    left, right = view.px(feature.interval.start), view.px(feature.interval.end)
    right = max(right, left + LEAST_PX)
    width = text_width(label, SMALL)
    at = left
    if feature.interval.overlaps(view.interval):
        at = max(min(max(left, 0.0), view.plot_px - width), 0.0)
    label_bp = view.interval.start + at / view.px_per_bp
    return (min(left, at), max(right, at + width)), label_bp


def _traces(
    placed: Sequence[_Placed], n_lanes: int, view: View, theme: Theme, named: bool
) -> list[Trace]:
    if not placed:
        return []
    lanes: list[list[_Placed]] = [[] for _ in range(n_lanes)]
    for entry in placed:
        lanes[entry.lane].append(entry)
    traces = [_boxes(members, view, theme, named) for members in lanes if members]
    traces.append(_chevrons(placed, view, theme, named))
    return [*traces, _names(placed, theme)] if named else traces


def _boxes(members: Sequence[_Placed], view: View, theme: Theme, named: bool) -> Trace:
    """Boxes of one lane, and the lines between them: one trace, for one line in the hover."""
    parts = [
        (part, height, entry.feature)
        for entry in members
        for part, height in _parts(entry.feature)
        if part.overlaps(view.drawn)
    ]
    start = np.array([edge_x(part.start) for part, _, _ in parts], dtype=np.float64)
    width = np.array([part.width for part, _, _ in parts], dtype=np.float64)
    least = np.array([0 if h == LINE else LEAST_PX / view.px_per_bp for _, h, _ in parts])
    grown = np.maximum(width, least)
    heights = np.array([height for _, height, _ in parts], dtype=np.float32)
    words = {id(entry.feature): _words(entry.feature) for entry in members}
    return {
        "type": "bar",
        "orientation": "h",
        "base": start - (grown - width) / 2,
        "x": grown,
        "y": np.full(len(parts), members[0].lane + _middle(named), dtype=np.float32),
        "width": heights if named else heights * 1.8,
        "marker": {
            "color": [colour_of(feature, theme) for _, _, feature in parts],
            "line": {"width": 0},
        },
        "name": "entry",
        "hovertext": [words[id(feature)] for _, _, feature in parts],
        "hovertemplate": "%{hovertext}",
    }


def _middle(named: bool) -> float:
    return BOX_Y if named else 0.5


def _parts(feature: Feature) -> list[tuple[Interval, float]]:
    """Lines between boxes, and boxes with their heights: thin beside the thick part."""
    parts, thick = [(gap, LINE) for gap in feature.gaps], THICK * feature.weight
    for box in feature.boxes:
        inside = feature.thick and box.intersection(feature.thick)
        if feature.thick is None or inside == box:
            parts.append((box, thick))
            continue
        parts.append((box, THIN))
        if inside:
            parts.append((inside, thick))
    return parts


def _words(feature: Feature) -> str:
    """The hover of one feature."""
    strand = {"+": "+ strand", "-": "− strand", ".": ""}[feature.interval.strand]
    score = "" if feature.score is None else f"score {number(feature.score)}"
    name = feature.name if feature.change else ""
    details = feature.details
    details = details if len(details) <= HOVER_LETTERS else f"{details[: HOVER_LETTERS - 1]}…"
    facts = [feature.label, name, strand, feature.interval.to_ucsc(), score, details]
    return escape(" · ".join(filter(None, facts)))


def _chevrons(placed: Sequence[_Placed], view: View, theme: Theme, named: bool) -> Trace:
    """Marks of the strand on lines between boxes, and on features that are one long box."""
    step = CHEVRON_PX / view.px_per_bp
    marks: list[tuple[float, float, str, str]] = []
    for entry in placed:
        strand = entry.feature.interval.strand
        spans = entry.feature.gaps or (entry.feature.interval,)
        for span in spans if strand != "." else ():
            shared = span.intersection(view.drawn)
            if shared is None or shared.width < step:
                continue
            n = int(shared.width / step)
            middles = shared.start + (np.arange(n) + 0.5) * shared.width / n
            colour = theme.strands[strand] if entry.feature.gaps else theme.paper
            y = entry.lane + _middle(named)
            marks += [(edge_x(at), y, "›" if strand == "+" else "‹", colour) for at in middles]
    marks = marks[:: max(-(-len(marks) // MAX_CHEVRONS), 1)]
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([x for x, _, _, _ in marks]),
        "y": np.array([y for _, y, _, _ in marks], dtype=np.float32),
        "text": [sign for _, _, sign, _ in marks],
        "textfont": {"size": 13, "color": [colour for _, _, _, colour in marks]},
        "hoverinfo": "skip",
    }


def _names(placed: Sequence[_Placed], theme: Theme) -> Trace:
    names = [escape(entry.label) for entry in placed]
    return lane_names([(entry.label_bp, entry.lane) for entry in placed], names, theme)


def _thing(entry: _Placed, view: View) -> Thing:
    """A click finds a feature on its boxes, the lines between them and its name."""
    interval, name_bp = entry.feature.interval, text_width(entry.label, SMALL) / view.px_per_bp
    left, right = min(interval.start, entry.label_bp), max(interval.end, entry.label_bp + name_bp)
    label = entry.feature.label or interval.to_ucsc()
    x = edge_x(left), edge_x(right)
    return Thing("feature", entry.feature.key, label, x, (entry.lane, entry.lane + 1))
