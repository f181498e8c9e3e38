"""Scores of many variants -> three plots: along the chromosome, distribution, largest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from genoview.data.track_data import Family
from genoview.figure.panels.frame.axes import plain_axis, plain_layout
from genoview.figure.panels.frame.theme import SMALL, Theme, faded

HEIGHT = 300  # px
BAR = 24  # px a bar of the largest
N_BINS = 40
LONGEST = 26  # letters of a label beside a bar


@dataclass(frozen=True, slots=True)
class ScoredVariants:
    """One score of some variants of a chromosome or of all.

    Attributes:
        title: of the score, with its unit.
        variants, genes: a text each, as `values`.
        positions: 1-based.
        cutoffs: published thresholds of the score, drawn as lines; empty where there are none.
    """

    title: str
    family: Family
    variants: Sequence[str]
    genes: Sequence[str]
    positions: Sequence[int]
    values: Sequence[float]
    cutoffs: Sequence[float] = ()

    @property
    def hover(self) -> list[str]:
        parts = zip(self.variants, self.genes, self.values, strict=True)
        return [f"{v}<br>{gene or 'no gene'}<br>{value:.3g}" for v, gene, value in parts]


def along_chromosome(scored: ScoredVariants, chrom: str, theme: Theme) -> go.Figure:
    """A point a variant; a point carries its variant's text."""
    colour = theme.families[scored.family]
    trace = go.Scattergl(
        x=list(scored.positions),
        y=list(scored.values),
        mode="markers",
        marker={"size": 8, "color": faded(colour, 0.75), "line": {"width": 1, "color": colour}},
        customdata=list(scored.variants),
        hovertext=scored.hover,
        hoverinfo="text",
        name=scored.title,
    )
    figure = _figure([trace], theme, chrom, scored.title)
    figure.update_xaxes(tickformat=",d", nticks=6)
    _lines(figure, scored, theme, across=True)
    return figure


def distribution(scored: ScoredVariants, theme: Theme) -> go.Figure:
    """How many variants have a score; counts on a logarithmic axis, for most scores are small."""
    counts, edges = np.histogram(scored.values, bins=N_BINS)
    middles = (edges[:-1] + edges[1:]) / 2
    trace = go.Bar(
        x=middles.tolist(),
        y=counts.tolist(),
        width=float(edges[1] - edges[0]) * 0.92,
        marker={"color": theme.families[scored.family]},
        hovertext=[
            f"{low:.3g} to {high:.3g}<br>{count:,} variants"
            for low, high, count in zip(edges, edges[1:], counts, strict=False)
        ],
        hoverinfo="text",
        name=scored.title,
    )
    figure = _figure([trace], theme, scored.title, "variants")
    top = float(np.log10(max(counts.max(), 1))) + 0.3
    figure.update_yaxes(type="log", dtick=1, range=[-0.3, top])
    _lines(figure, scored, theme, across=False)
    return figure


def largest(scored: ScoredVariants, theme: Theme, n: int = 10) -> go.Figure:
    """A bar for each of the variants that change most, the first on top."""
    order = sorted(range(len(scored.values)), key=lambda i: -abs(scored.values[i]))[:n]
    names = [f"{_short(scored.variants[i])}  {scored.genes[i]}".strip() for i in order]
    rows = list(range(len(order)))  # names may be the same; places are not
    trace = go.Bar(
        x=[scored.values[i] for i in order],
        y=rows,
        orientation="h",
        marker={"color": theme.families[scored.family]},
        customdata=[scored.variants[i] for i in order],
        hovertext=[scored.hover[i] for i in order],
        hoverinfo="text",
        name=scored.title,
    )
    figure = _figure([trace], theme, scored.title, "")
    figure.update_yaxes(tickvals=rows, ticktext=names, autorange="reversed", automargin=True)
    figure.update_layout(height=90 + BAR * max(len(order), 2))
    return figure


def against(
    first: ScoredVariants, second: ScoredVariants, theme: Theme, same_unit: bool
) -> go.Figure:
    """A point a variant that both list, with the diagonal where they have one unit."""
    colour = theme.families[first.family]
    pairs = zip(first.hover, second.values, strict=True)
    trace = go.Scattergl(
        x=list(first.values),
        y=list(second.values),
        mode="markers",
        marker={"size": 8, "color": faded(colour, 0.55), "line": {"width": 1, "color": colour}},
        customdata=list(first.variants),
        hovertext=[f"{words} and {value:.3g}" for words, value in pairs],
        hoverinfo="text",
        name=f"{second.title} against {first.title}",
    )
    figure = _figure([trace], theme, first.title, second.title)
    _lines(figure, first, theme, across=False)
    _lines(figure, second, theme, across=True)
    if same_unit:
        values = [*first.values, *second.values, 0.0]
        ends = [min(values), max(values)]
        line = {"color": theme.muted, "width": 1}
        diagonal = {"x0": ends[0], "y0": ends[0], "x1": ends[1], "y1": ends[1]}
        figure.add_shape(type="line", layer="below", line=line, **diagonal)
    return figure


def _figure(traces: Sequence[object], theme: Theme, x_title: str, y_title: str) -> go.Figure:
    axis = plain_axis(theme) | {"gridcolor": theme.grid, "zerolinecolor": theme.rule}
    figure = go.Figure(traces)
    figure.update_layout(**plain_layout(theme, HEIGHT), xaxis=axis, yaxis=axis)
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title)
    return figure


def _lines(figure: go.Figure, scored: ScoredVariants, theme: Theme, across: bool) -> None:
    """The cut-offs, each with its number."""
    for cutoff in scored.cutoffs:
        text, line = f"{cutoff:g}", {"color": theme.muted, "dash": "dot", "width": 1}
        font = {"color": theme.muted, "size": SMALL}
        if across:
            figure.add_hline(
                cutoff,
                line=line,
                annotation_text=text,
                annotation_font=font,
                annotation_position="top right",
            )
        else:
            figure.add_vline(cutoff, line=line, annotation_text=text, annotation_font=font)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
