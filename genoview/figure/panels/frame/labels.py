"""The words around the rows: title, legend, banner, labels, notes and provenance."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from genoview.figure.panels.frame.axis import edge_x
from genoview.figure.panels.frame.layout import GAP, Layout, Place, has_strip
from genoview.figure.panels.frame.row import EDGE, TICK_WIDTH, Legend, Row, Trace, View
from genoview.figure.panels.frame.text import drawn_name, escape, text_width, wrapped
from genoview.figure.panels.frame.theme import BODY, ROW, SMALL, TITLE, Theme, faded

Annotation = dict[str, Any]
STEADY_LINES = 2
NAME_Y = 0.24  # of a name within its lane, from the top
WIDE = 1.3  # of a letter's mean width: titles are bold, and alleles are capitals
LINE = 1.3  # of the label's font, as Plotly sets lines
BAR_WIDTH = 3  # px of the colour beside a label


def note(
    text: str, y: float, size: int, colour: str, view: View, *, yshift: float = 0.0
) -> Annotation:
    """Words that begin at the figure's left edge; `y` as a share of the rows."""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": y,
        "xshift": EDGE - view.left_px,
        "yshift": yshift,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "text": text,
        "showarrow": False,
        "font": {"size": size, "color": colour},
    }


def row_labels(rows: Sequence[Row], layout: Layout, view: View, theme: Theme) -> list[Annotation]:
    """Title and unit of each row, beside it or above it."""
    labels: list[Annotation] = []
    for row, place in zip(rows, layout.places, strict=True):
        if has_strip(row, view):
            labels.append(_strip_label(row, place, layout, view, theme))
        else:
            labels.append(_side_label(row, place, layout, view, theme))
    return labels


def _side_label(row: Row, place: Place, layout: Layout, view: View, theme: Theme) -> Annotation:
    room = view.left_px - EDGE - 10 - (TICK_WIDTH if row.ticks else 6)
    height = place.height + GAP
    n_lines = int(height / (ROW * LINE))
    n_title = 2 if n_lines > 2 else 1
    title = wrapped(row.title, ROW * 1.06, room, n_title)
    left_over = n_lines - len(title)
    unit = wrapped(row.full_unit, SMALL, room, left_over) if row.unit and left_over > 0 else []
    text = _title_text(title, theme)
    text += "".join(f"<br>{_small(line, theme)}" for line in unit)
    label = note(text, place.middle(layout.height), ROW, theme.text, view)
    return label | {"xshift": EDGE + 10 - view.left_px, "hovertext": _full(row)}


def _strip_label(row: Row, place: Place, layout: Layout, view: View, theme: Theme) -> Annotation:
    room = view.width_px - EDGE - 30
    title = wrapped(row.title, ROW * 1.06, room * 0.6, 1)
    rest = room - text_width(title[0], ROW * 1.06)
    unit = wrapped(row.full_unit, SMALL, rest, 1) if row.unit else []
    text = _title_text(title, theme) + "".join(f"  {_small(line, theme)}" for line in unit)
    y = 1 - (place.top - place.strip + SMALL) / layout.height
    label = note(text, y, ROW, theme.text, view)
    return label | {"xshift": EDGE + 10 - view.left_px, "hovertext": _full(row)}


def _title_text(lines: Sequence[str], theme: Theme) -> str:
    return "<br>".join(f"<b>{escape(drawn_name(line))}</b>" for line in lines)


def _small(line: str, theme: Theme) -> str:
    return f'<span style="font-size:{SMALL}px;color:{theme.muted}">{escape(line)}</span>'


def _full(row: Row) -> str:
    title = drawn_name(row.title)
    return escape(f"{title}, {row.full_unit}" if row.unit else title)


def row_bars(rows: Sequence[Row], layout: Layout, view: View) -> list[dict[str, Any]]:
    """The colour of a row's family, left of its label."""
    bars = []
    for row, place in zip(rows, layout.places, strict=True):
        bottom, top = place.domain(layout.height)
        left = EDGE - view.left_px
        bars.append(
            {
                "type": "rect",
                "xref": "paper",
                "yref": "paper",
                "xsizemode": "pixel",
                "xanchor": 0,
                "x0": left,
                "x1": left + BAR_WIDTH,
                "y0": bottom,
                "y1": top + place.strip / layout.height,
                "fillcolor": row.colour or "rgba(0,0,0,0)",
                "line": {"width": 0},
            }
        )
    return bars


def messages(rows: Sequence[Row], layout: Layout, theme: Theme) -> list[Annotation]:
    """Words in rows that have no values to show."""
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 0.5,
            "y": place.middle(layout.height),
            "yanchor": "middle",
            "bgcolor": theme.paper,
            "borderpad": 2,
            "text": escape(drawn_name(row.message)),
            "showarrow": False,
            "font": {"size": BODY, "color": theme.muted},
        }
        for row, place in zip(rows, layout.places, strict=True)
        if row.message
    ]


def warnings(rows: Sequence[Row], layout: Layout, banner: str, theme: Theme) -> list[Annotation]:
    """The banner again in every predicted row, so that no crop of the figure loses it."""
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 1,
            "y": place.domain(layout.height)[1],
            "xanchor": "right",
            "yanchor": "top",
            "text": f"<b>{escape(banner)}</b>",
            "showarrow": False,
            "font": {"size": SMALL, "color": theme.banner},
            "bgcolor": theme.paper,
            "bordercolor": faded(theme.banner, 0.6),
            "borderpad": 2,
        }
        for row, place in zip(rows, layout.places, strict=True)
        if row.predicted
    ]


def lane_names(places: Sequence[tuple[float, int]], names: Sequence[str], theme: Theme) -> Trace:
    """Names in the lanes of a row; where each begins in bp, and its lane."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([edge_x(left) for left, _ in places]),
        "y": np.array([lane + NAME_Y for _, lane in places], dtype=np.float32),
        "text": list(names),
        "textposition": "middle right",
        "textfont": {"size": SMALL, "color": theme.text},
        "hoverinfo": "skip",
    }


def legend_lines(entries: Sequence[Legend], view: View) -> list[str]:
    """Coloured symbols with words, in as many lines as they need; what is not in view has no words.

    Room is kept for what is not, up to STEADY_LINES, so that rows stay where they are in a pan.
    """
    seen = _packed([entry for entry in entries if entry.seen], view)
    whole = _packed([replace(entry, seen=True) for entry in entries], view)
    return seen + [""] * (min(len(whole), STEADY_LINES) - len(seen))


def _packed(entries: Sequence[Legend], view: View) -> list[str]:
    room = view.width_px - 2 * EDGE
    lines: list[str] = []
    used = room + 1.0
    for entry in dict.fromkeys(entries):
        width = text_width(f"{entry.symbol} {entry.label}   ", SMALL) + 4
        mark = f'<span style="color:{entry.colour}">{entry.symbol}</span>'
        piece = f"{mark} {escape(drawn_name(entry.label))}"
        if used + width > room:
            lines.append(piece)
            used = width
        else:
            lines[-1] += f"&nbsp;&nbsp;&nbsp;&nbsp;{piece}"
            used += width
    return lines


def paragraph(text: str, size: int, view: View) -> list[str]:
    """Lines of a note below the rows, escaped; every line break of the text is kept."""
    room = view.width_px - 2 * EDGE
    return [
        escape(line)
        for part in text.splitlines()
        for line in wrapped(part, size, room, 12)
        if part.strip()
    ]


def title_lines(title: str, subtitle: str, view: View) -> list[str]:
    """The title in bold, what else is said of the view beside or below it."""
    if not title:
        return []
    heads = wrapped(title, TITLE * WIDE, view.width_px - 2 * EDGE, 2)
    lines = [f"<b>{escape(line)}</b>" for line in heads]
    if not subtitle:
        return lines
    width = text_width(heads[-1], TITLE * 1.06) + text_width(subtitle, BODY) + 2 * EDGE + 16
    if width <= view.width_px:
        return [*lines[:-1], f"{lines[-1]}&nbsp;&nbsp;&nbsp;{_body(subtitle)}"]
    return [*lines, *map(_body, wrapped(subtitle, BODY, view.width_px - 2 * EDGE, 2))]


def _body(line: str) -> str:
    return f'<span style="font-size:{BODY}px">{escape(line)}</span>'
