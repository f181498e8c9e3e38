"""The whole chromosome in bands, and where on it the view and what was predicted lie.

Unlike every other row this one does not follow the shared x axis: it is drawn in shares of the
row's width (`xref` "paper"), and so are the boxes of its `things`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from genoview.data.genome import Interval
from genoview.figure.panels.frame.row import Row, Thing, View
from genoview.figure.panels.frame.text import escape, span_text, text_width
from genoview.figure.panels.frame.theme import SMALL, Theme, blended, contrast, faded
from genoview.io.cytobands import Band

HEIGHT = 38  # px; y of the row is px from its bottom
TOP, MIDDLE, BOTTOM = 32.0, 23.0, 14.0  # of the chromosome
WAIST = 3.0  # px: half the height where the centromere's wedges meet
ROUND_PX = 8.0  # of the chromosome's ends
VIEW_PX, WINDOW_PX = 4.0, 12.0  # least widths of the view's box and of the window's bracket
OVERHANG = 4.0  # px of the view's box above and below the chromosome
VIEW_NAME, WINDOW_NAME = "ideogram-view", "ideogram-window"  # of the shapes
# How dark Giemsa makes a band, from palest to darkest.
DARKNESS = {"gneg": 0.0, "gpos25": 0.25, "gpos50": 0.5, "gpos75": 0.75, "gpos100": 1.0}
DARKNESS |= {"gvar": 0.35, "stalk": 0.35}
# Shares of the text's colour on paper at darkness 0, 0.25, 0.5, 0.75, 1; grey that no text can be
# read on is jumped over.
GREYS = {"light": (0.05, 0.18, 0.34, 0.66, 0.84), "dark": (0.80, 0.66, 0.56, 0.28, 0.12)}
CENTROMERE = "acen"
Shape = dict[str, Any]


class _End(NamedTuple):
    """One end of a band or an arm: flat, round or waist, and where the full height begins."""

    kind: str
    x: float
    inner: float


class _Ruler(NamedTuple):
    """Positions of a chromosome -> shares of the row's width."""

    length: int
    width_px: int

    def share(self, position: float) -> float:
        return min(max(position / self.length, 0.0), 1.0)

    def seen(self, interval: Interval, least_px: float) -> tuple[float, float]:
        """Left and right of an interval, widened to be seen, inside the row."""
        left, right = self.share(interval.start), self.share(interval.end)
        width = max(right - left, least_px / self.width_px)
        left = min(max((left + right - width) / 2, 0.0), 1.0 - width)
        return left, left + width


def ideogram_row(
    chromosome_length: int, bands: Sequence[Band], view: View, theme: Theme, window: Interval
) -> Row:
    """The chromosome from end to end.

    Args:
        chromosome_length: bp.
        bands: of the same sequence; drawn only where they end where it does, since otherwise
            they are of another assembly.
        window: what was predicted.
    """
    chrom = view.interval.chrom
    known = tuple(bands) if bands and bands[-1].end == chromosome_length else ()
    ruler = _Ruler(chromosome_length, view.plot_px)
    drawn = known or (Band(0, chromosome_length, "", "gneg"),)
    here, length = _bands_in(known, view.interval), span_text(chromosome_length)
    return Row(
        title=chrom,
        unit=f"{here} of {length}" if here else length,
        height_px=HEIGHT,
        y_range=(0.0, float(HEIGHT)),
        colour=theme.muted,
        shapes=(
            _background(theme),
            *_chromosome(drawn, ruler, theme),
            *_places(view.interval, window, ruler, theme),
        ),
        words=_names(known, view.interval, ruler, theme),
        things=_things(chrom, drawn, ruler),
    )


def _bands_in(bands: Sequence[Band], interval: Interval) -> str:
    """`q13.12`, or `p13–q11.21` where the view has several."""
    names = [b.name for b in bands if b.start < interval.end and interval.start < b.end]
    return "–".join(dict.fromkeys((names[0], names[-1]))) if names else ""


def _chromosome(bands: Sequence[Band], ruler: _Ruler, theme: Theme) -> list[Shape]:
    """One shape a stain and one for the outline: few, since a pan draws each of them again."""
    ends = [_ends(i, bands, ruler) for i in range(len(bands))]
    by_stain: dict[str, list[str]] = {}
    for band, (left, right) in zip(bands, ends, strict=True):
        by_stain.setdefault(band.stain, []).append(_path(left, right))
    filled = [
        _shape(paths, fillcolor=fill_of(stain, theme), line={"width": 0})
        for stain, paths in by_stain.items()
    ]
    arms: dict[str, list[tuple[_End, _End]]] = {}
    for band, pair in zip(bands, ends, strict=True):
        arms.setdefault(band.name[:1], []).append(pair)
    outline = [_path(pairs[0][0], pairs[-1][1]) for pairs in arms.values()]
    edge = {"color": blended(theme.muted, theme.paper, 0.8), "width": 1}
    return [*filled, _shape(outline, line=edge)]


def _shape(paths: Sequence[str], **looks: Any) -> Shape:
    return {"type": "path", "xref": "paper", "path": " ".join(paths)} | looks


def _background(theme: Theme) -> Shape:
    """Hides the grid and the marks of the shared x axis, which do not hold here."""
    box = {"x0": 0, "x1": 1, "y0": 0, "y1": HEIGHT, "line": {"width": 0}}
    return {"type": "rect", "xref": "paper", "fillcolor": theme.paper} | box


def fill_of(stain: str, theme: Theme) -> str:
    """Grey by how dark Giemsa makes a band; the centromere has a colour."""
    if stain == CENTROMERE:
        return blended(theme.banner, theme.paper, 0.5)
    darkness = DARKNESS.get(stain, 0.0)
    steps = GREYS.get(theme.name, GREYS["light"])
    first = min(int(darkness * 4), 3)
    share = steps[first] + (darkness * 4 - first) * (steps[first + 1] - steps[first])
    return blended(theme.text, theme.paper, share)


def _ends(i: int, bands: Sequence[Band], ruler: _Ruler) -> tuple[_End, _End]:
    """A centromere's band narrows to the waist, the chromosome's ends are round."""
    band = bands[i]
    left, right = ruler.share(band.start), ruler.share(band.end)
    if band.stain == CENTROMERE:
        if band.name.startswith("p"):
            return _End("flat", left, left), _End("waist", right, left)
        return _End("waist", left, right), _End("flat", right, right)
    bow = min(ROUND_PX / ruler.width_px, right - left)
    return (
        _End("round", left, left + bow) if i == 0 else _End("flat", left, left),
        _End("round", right, right - bow) if i == len(bands) - 1 else _End("flat", right, right),
    )


def _path(left: _End, right: _End) -> str:
    """Up the left end, along the top, down the right end."""
    return f"M {_half(left, BOTTOM, TOP)} L {_half(right, TOP, BOTTOM)} Z"


def _half(end: _End, y0: float, y1: float) -> str:
    x, inner = f"{end.x:.6g}", f"{end.inner:.6g}"
    if end.kind == "round":
        return f"{inner},{y0:g} Q {x},{y0:g} {x},{MIDDLE:g} Q {x},{y1:g} {inner},{y1:g}"
    if end.kind == "waist":
        step = WAIST if y1 > y0 else -WAIST
        low, high = f"{x},{MIDDLE - step:g}", f"{x},{MIDDLE + step:g}"
        return f"{inner},{y0:g} L {low} L {high} L {inner},{y1:g}"
    return f"{x},{y0:g} L {x},{y1:g}"


def _places(view: Interval, window: Interval, ruler: _Ruler, theme: Theme) -> list[Shape]:
    """A bracket below for what was predicted, a box over all for what is seen."""
    shapes: list[Shape] = []
    if window.chrom == view.chrom:
        left, right = (f"{x:.6g}" for x in ruler.seen(window, WINDOW_PX))
        shapes.append(
            {
                "type": "path",
                "name": WINDOW_NAME,
                "xref": "paper",
                "path": f"M {left},9 L {left},4 L {right},4 L {right},9",
                "line": {"color": theme.muted, "width": 1.5},
            }
        )
    left_share, right_share = ruler.seen(view, VIEW_PX)
    box = {"x0": left_share, "x1": right_share, "y0": BOTTOM - OVERHANG, "y1": TOP + OVERHANG}
    look = {"fillcolor": faded(theme.highlight, 0.45), "line": {"color": theme.text, "width": 2}}
    return [*shapes, {"type": "rect", "name": VIEW_NAME, "xref": "paper"} | box | look]


def _names(
    bands: Sequence[Band], view: Interval, ruler: _Ruler, theme: Theme
) -> tuple[dict[str, Any], ...]:
    """Names that have room and do not lie under the view's box; the label says that one's."""
    words: list[dict[str, Any]] = []
    box = ruler.seen(view, VIEW_PX)
    for band in bands:
        left, right = ruler.share(band.start), ruler.share(band.end)
        half = (text_width(band.name, SMALL) / 2 + 2) / ruler.width_px
        middle = (left + right) / 2
        covered = middle - half < box[1] and box[0] < middle + half
        if band.stain == CENTROMERE or 2 * half > right - left or covered:
            continue
        fill = fill_of(band.stain, theme)
        as_text = contrast(theme.text, fill) >= contrast(theme.paper, fill)
        font = {"size": SMALL, "color": theme.text if as_text else theme.paper}
        place = {"xref": "paper", "x": middle, "y": MIDDLE, "xanchor": "center"}
        words.append(place | {"text": escape(band.name), "showarrow": False, "font": font})
    return tuple(words)


def _things(chrom: str, bands: Sequence[Band], ruler: _Ruler) -> tuple[Thing, ...]:
    """A box a band, in shares of the row's width; the key is its place as a person types it."""
    number = chrom.removeprefix("chr")
    return tuple(
        Thing(
            "band",
            Interval(chrom, band.start, band.end).to_ucsc().replace(",", ""),
            f"{number}{band.name}" if band.name else chrom,
            (ruler.share(band.start), ruler.share(band.end)),
            (BOTTOM - OVERHANG, TOP + OVERHANG),
        )
        for band in bands
    )
