"""Gene models: boxes, introns with the direction of reading, names, and a card on hover."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.genome import Gene
from genoview.figure.panels.frame.axis import edge_x
from genoview.figure.panels.frame.labels import lane_names
from genoview.figure.panels.frame.lane_packing import packed
from genoview.figure.panels.frame.row import Row, Thing, Trace, View
from genoview.figure.panels.frame.text import escape, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme
from genoview.figure.panels.genome.gene_models import (
    GeneModel,
    Part,
    gene_models,
    transcript_models,
)

LANE_HEIGHT = 30  # px: a name, and a model below it
MAX_LANES = 8
MAX_TRANSCRIPTS = 8  # in view; more are drawn as one model a gene
GAP_PX = 10.0  # between neighbours of a lane
MODEL_Y = 0.70  # within a lane, from its top
THICK, THIN, LINE = 0.40, 0.20, 0.045  # shares of a lane
LEAST_BOX_PX = 1.2  # an exon stays visible however far away
CHEVRON_PX = 34.0  # between marks of direction
CHEVRON_ROOM_PX = 16.0  # of intron that a mark needs
MAX_CHEVRONS = 600


@dataclass(frozen=True, slots=True)
class _Placed:
    """A model in its lane; its name begins at `label_bp`, both reach over `extent` (0-based)."""

    model: GeneModel
    lane: int
    label_bp: float
    extent: tuple[float, float]


def gene_row(
    genes: Sequence[Gene],
    view: View,
    theme: Theme,
    *,
    by_transcript: bool | None = None,
    source: str = "",
    max_lanes: int = MAX_LANES,
) -> Row:
    """Genes that touch what is drawn.

    Args:
        by_transcript: a model each; None: where at most MAX_TRANSCRIPTS are in view.
        source: of the genes, in the label.
        max_lanes: further models are left out, and the label says how many.
    """
    shown = [gene for gene in genes if gene.interval.overlaps(view.drawn)]
    if by_transcript is None:
        by_transcript = _n_transcripts(shown, view) <= MAX_TRANSCRIPTS
    models = transcript_models(shown) if by_transcript else gene_models(shown)
    placed, n_left_out = _placed(models, view, max_lanes)
    seen = [gene.lane for gene in placed if gene.model.interval.overlaps(view.interval)]
    n_lanes = max(seen, default=0) + 1
    # Beyond the edges lie genes ready for a pan; they must not make the row taller than it looks.
    placed = [gene for gene in placed if gene.lane < n_lanes]
    traces = [_boxes_trace(placed, lane, view, theme) for lane in range(n_lanes) if placed]
    if placed:
        traces += [_chevrons_trace(placed, view, theme), _labels_trace(placed, theme)]
    unit = "transcripts" if by_transcript else "exons of all transcripts"
    return Row(
        title="Genes",
        unit=" · ".join(filter(None, [_left_out(n_left_out) or unit, source])),
        traces=tuple(traces),
        height_px=max(LANE_HEIGHT * n_lanes, 40 if seen else 24),
        y_range=(float(n_lanes), 0.0),
        colour=theme.muted,
        message="" if seen else "no gene in view",
        things=tuple(_thing(gene, view) for gene in placed),
    )


def model_traces(
    models: Sequence[GeneModel], colours: Sequence[str], view: View, theme: Theme
) -> tuple[Trace, ...]:
    """One model a lane, from the top, each in a colour of its own."""
    footprints = [_footprint(model, view) for model in models]
    placed = [
        _Placed(model, lane, label_bp, (_position(span[0], view), _position(span[1], view)))
        for lane, (model, (span, label_bp)) in enumerate(zip(models, footprints, strict=True))
    ]
    boxes = [
        _boxes_trace(placed, lane, view, theme)
        | {"marker": {"color": colour, "line": {"width": 0}}}
        for lane, colour in enumerate(colours)
    ]
    return *boxes, _labels_trace(placed, theme)


def _n_transcripts(genes: Sequence[Gene], view: View) -> int:
    spans = [transcript.interval for gene in genes for transcript in gene.transcripts]
    return sum(span.overlaps(view.interval) for span in spans)


def _left_out(n: int) -> str:
    return f"+{n} more not shown" if n else ""


def _label(model: GeneModel) -> str:
    arrow = {"+": " →", "-": " ←", ".": ""}[model.interval.strand]
    return f"{model.label}{arrow}"


def _placed(models: Sequence[GeneModel], view: View, max_lanes: int) -> tuple[list[_Placed], int]:
    """Models in lanes, and how many in view have no lane; in view and coding go first."""
    ranked = sorted(
        models,
        key=lambda m: (m.interval.overlaps(view.interval), *m.weight),
        reverse=True,
    )
    footprints = [_footprint(model, view) for model in ranked]
    lanes = packed([span for span, _ in footprints], max_lanes, GAP_PX)
    placed = [
        _Placed(model, lane, label_bp, (_position(span[0], view), _position(span[1], view)))
        for model, lane, (span, label_bp) in zip(ranked, lanes, footprints, strict=True)
        if lane is not None
    ]
    lost = [m for m, lane in zip(ranked, lanes, strict=True) if lane is None]
    return placed, sum(model.interval.overlaps(view.interval) for model in lost)


def _footprint(model: GeneModel, view: View) -> tuple[tuple[float, float], float]:
    """Pixels of model and name, and where the name begins: inside the view where it can."""
    left, right = view.px(model.interval.start), view.px(model.interval.end)
    width = text_width(_label(model), SMALL)
    label = left
    if model.interval.overlaps(view.interval):
        label = max(min(max(left, 0.0), view.plot_px - width), 0.0)
    return (min(left, label), max(right, label + width)), _position(label, view)


def _position(px: float, view: View) -> float:
    return view.interval.start + px / view.px_per_bp


def _thing(gene: _Placed, view: View) -> Thing:
    """A click finds a model on its boxes, its introns and its name, as far as they are drawn."""
    left, right = max(gene.extent[0], view.drawn.start), min(gene.extent[1], view.drawn.end)
    x = edge_x(left), edge_x(max(left, right))
    return Thing("gene", gene.model.key, gene.model.label, x, (float(gene.lane), gene.lane + 1.0))


def _boxes_trace(placed: Sequence[_Placed], lane: int, view: View, theme: Theme) -> Trace:
    """Exons and introns of one lane as bars: one trace a lane, for one line in the hover."""
    parts: list[tuple[Part, float, str]] = []
    for gene in placed:
        if gene.lane == lane:
            strand = gene.model.interval.strand
            parts += [(part, LINE, strand) for part in gene.model.introns]
            heights = ((part, THICK if part.coding else THIN) for part in gene.model.boxes)
            parts += [(part, height, strand) for part, height in heights]
    parts = [part for part in parts if part[0].interval.overlaps(view.drawn)]
    least = np.array([0 if h == LINE else LEAST_BOX_PX / view.px_per_bp for _, h, _ in parts])
    width = np.array([part.interval.width for part, _, _ in parts], dtype=np.float64)
    start = np.array([edge_x(part.interval.start) for part, _, _ in parts], dtype=np.float64)
    grown = np.maximum(width, least)
    return {
        "type": "bar",
        "orientation": "h",
        "base": start - (grown - width) / 2,
        "x": grown.astype(np.float32),
        "y": np.full(len(parts), lane + MODEL_Y, dtype=np.float32),
        "width": np.array([height for _, height, _ in parts], dtype=np.float32),
        "marker": {
            "color": [theme.strands[strand] for _, _, strand in parts],
            "line": {"width": 0},
        },
        "name": "gene",
        "hovertext": [escape(part.words) for part, _, _ in parts],
        "hovertemplate": "%{hovertext}",
    }


def _chevrons_trace(placed: Sequence[_Placed], view: View, theme: Theme) -> Trace:
    """Marks on introns that point in the direction of reading, evenly spaced on the screen."""
    xs: list[float] = []
    ys: list[float] = []
    forward: list[bool] = []
    step = CHEVRON_PX / view.px_per_bp
    for gene in placed:
        for intron in gene.model.introns:
            if intron.interval.width * view.px_per_bp < CHEVRON_ROOM_PX:
                continue
            shared = intron.interval.intersection(view.drawn)
            if shared is None:
                continue
            n = max(int(shared.width / step), 1)
            middles = shared.start + (np.arange(n) + 0.5) * shared.width / n
            xs += [edge_x(middle) for middle in middles]
            ys += [gene.lane + MODEL_Y] * n
            forward += [intron.interval.strand != "-"] * n
    keep = slice(None, None, max(-(-len(xs) // MAX_CHEVRONS), 1))
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array(xs[keep]),
        "y": np.array(ys[keep], dtype=np.float32),
        "text": ["›" if ahead else "‹" for ahead in forward[keep]],
        "textfont": {
            "size": 15,
            "color": [theme.strands["+" if ahead else "-"] for ahead in forward[keep]],
        },
        "hoverinfo": "skip",
    }


def _labels_trace(placed: Sequence[_Placed], theme: Theme) -> Trace:
    names = [f"<i>{escape(_label(gene.model))}</i>" for gene in placed]
    return lane_names([(gene.label_bp, gene.lane) for gene in placed], names, theme)
