"""Every substitution of a protein as a cell: residues from left to right, amino acids in rows."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from genoview.data.track_data import FloatArray
from genoview.data.transcript.amino_acids import STANDARD, three_letters
from genoview.figure.panels.frame.axes import plain_axis, plain_layout
from genoview.figure.panels.frame.compose import RANDOM_WEIGHTS
from genoview.figure.panels.frame.theme import MONO, ROW, SMALL, TITLE, Theme, faded
from genoview.scoring.missense.score import MissenseScore

ORDER = "GAVLIMPFWYSTCNQHKRDE"  # rows from the top: small, aliphatic, aromatic, polar, + and -
AROUND = 30  # residues on each side of the variant that are shown first
MOST_DRAWN = 4_000  # residues of a drawing: 1.5 MB
HEIGHT = 520  # px
LEAST_SPAN = 1.0  # of the scale of colours on each side of 0
EXTREME = 99  # percentile of the absolute values at which the colours end


def heat_map(score: MissenseScore, theme: Theme, whole: bool = False) -> go.Figure:
    """Wild-type marginals, diverging about 0; the variant's cells are framed, REF is dotted.

    Args:
        whole: the whole protein is in view, else what is around the variant.
    """
    sites, length = score.change.sites, len(score.change.protein)
    middle = (sites[0] + sites[-1]) // 2
    first = min(max(middle - MOST_DRAWN // 2, 0), max(length - MOST_DRAWN, 0))
    drawn = range(first, min(first + MOST_DRAWN, length))
    figure = go.Figure([_cells(score, drawn, theme), _references(score, drawn, theme)])
    _dress(figure, score, theme)
    view = (drawn[0], drawn[-1]) if whole else (sites[0] - AROUND, sites[-1] + AROUND)
    low, high = max(view[0], drawn[0]), min(view[1], drawn[-1])
    ends = [drawn[0] + 0.5, drawn[-1] + 1.5]
    figure.update_xaxes(range=[low + 0.5, high + 1.5], minallowed=ends[0], maxallowed=ends[1])
    _mark(figure, score, theme)
    if score.card.random_weights:
        figure.add_annotation(
            text=RANDOM_WEIGHTS,
            **{"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False},
            font={"size": TITLE, "color": theme.banner},
            bgcolor=theme.paper,
            bordercolor=theme.banner,
        )
    return figure


def _cells(score: MissenseScore, drawn: range, theme: Theme) -> dict[str, Any]:
    columns = [STANDARD.index(letter) for letter in ORDER]
    values = score.wild_type[drawn.start : drawn.stop][:, columns].T
    span = _span(score.wild_type)
    protein = score.change.protein
    return {
        "type": "heatmap",
        "x": [place + 1 for place in drawn],
        "y": list(range(len(ORDER))),
        "z": np.round(values.astype(float), 2).tolist(),
        "text": [[_name(protein[place], place, alt) for place in drawn] for alt in ORDER],
        "hovertemplate": "%{text}: %{z:+.1f}<extra></extra>",
        "hoverongaps": False,
        "zmin": -span,
        "zmid": 0,
        "zmax": span,
        "colorscale": [[0, theme.loss], [0.5, theme.paper], [1, theme.gain]],
        "colorbar": {
            "title": {"text": "ln P(ALT) − ln P(REF)", "side": "top", "font": {"size": SMALL}},
            "orientation": "h",
            **{"x": 0.5, "y": -0.17, "yanchor": "top", "len": 0.5},
            "thickness": 8,
            "outlinewidth": 0,
            "tickfont": {"size": SMALL, "color": theme.muted},
        },
    }


def _span(values: FloatArray) -> float:
    known = np.abs(values[np.isfinite(values)])
    return max(float(np.percentile(known, EXTREME)) if len(known) else 0.0, LEAST_SPAN)


def _name(ref: str, place: int, alt: str) -> str:
    if ref not in STANDARD:
        return f"residue {place + 1}, not known"
    end = "=" if alt == ref else three_letters(alt)
    return f"p.({three_letters(ref)}{place + 1}{end})"


def _references(score: MissenseScore, drawn: range, theme: Theme) -> dict[str, Any]:
    """A dot on the residue that is there."""
    known = [place for place in drawn if score.change.protein[place] in STANDARD]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place + 1 for place in known],
        "y": [ORDER.index(score.change.protein[place]) for place in known],
        "marker": {"size": 4, "color": theme.ref},
        "hoverinfo": "skip",
    }


def _mark(figure: go.Figure, score: MissenseScore, theme: Theme) -> None:
    """Frames around the variant's cells, and their names above."""
    for substitution in score.change.substitutions:
        row = ORDER.index(substitution.alt)
        figure.add_shape(
            type="rect",
            **{
                "x0": substitution.number - 0.5,
                "x1": substitution.number + 0.5,
                "y0": row - 0.5,
                "y1": row + 0.5,
            },
            line={"color": theme.alt, "width": 3},
        )
        figure.add_annotation(
            text=substitution.short,
            **{
                "x": substitution.number,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
            },
            font={"size": ROW, "color": theme.alt},
        )


def _dress(figure: go.Figure, score: MissenseScore, theme: Theme) -> None:
    axis = plain_axis(theme) | {"showgrid": False, "zeroline": False}
    figure.update_layout(plain_layout(theme, HEIGHT))
    figure.update_layout(
        margin={"t": 26},
        plot_bgcolor=theme.shade,
        modebar={"bgcolor": faded(theme.paper, 0), "color": theme.muted, "activecolor": theme.text},
        xaxis=axis,
        yaxis=axis,
    )
    figure.update_xaxes(title_text=f"residue of {score.change.transcript_id}", tickformat="d")
    figure.update_yaxes(
        range=[len(ORDER) - 0.5, -0.5],
        fixedrange=True,
        tickvals=list(range(len(ORDER))),
        ticktext=list(ORDER),
        tickfont={"family": MONO, "size": SMALL, "color": theme.muted},
    )
