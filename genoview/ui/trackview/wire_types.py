"""What passes between server and browser, once for both: `scripts/wire_types.py` writes it for JS.

Tests check real headers, figures and answers against these types, and that the written file is
up to date. Positions are 1-based with both ends included, unless they are x of the figure.
"""

from typing import Any, Literal, NotRequired, TypedDict

import numpy.typing as npt

Range = tuple[float, float]
Stop = tuple[float, float, str]
Array = npt.NDArray[Any]  # a typed array in the browser, over the bytes that arrived
Numbers = Array | list[float | None]
Words = str | list[str]
Clickable = tuple[str, str, str, float, float, float, float]
PackedKind = Literal["i1", "u1", "i2", "u2", "i4", "u4", "f4", "f8"]


class Header(TypedDict):
    """What `component.py` sends before the figure; see `track_view`. `range`, `limits` are x."""

    subject: str
    answers: int
    range: Range | None
    limits: Range
    minWidth: float
    fileStem: str
    chrom: str
    origin: float
    theme: Literal["light", "dark"]
    linkParam: str
    linkFill: dict[str, list[str]]
    summary: str
    tiles: str
    stops: list[Stop]
    sites: list[Stop]
    variant: Range | None
    canExtend: bool
    refusal: tuple[int, str] | None
    acts: bool


class ViewportReport(TypedDict):
    """What the browser reports when a gesture has ended; `start` and `end` are x."""

    start: float
    end: float
    subject: str
    sequence: int


class PackedArray(TypedDict):
    """An entry of the table of arrays: items and bytes from the first array on."""

    kind: PackedKind
    length: int
    at: int


class Packed(TypedDict):
    """The JSON of a packed figure, in which `{"$": number}` stands for an array."""

    figure: object
    arrays: list[PackedArray]


class BaseValue(TypedDict):
    """The value of one track at a base; `alt` where there is a variant."""

    name: str
    value: float
    alt: NotRequired[float]


class ValueRow(TypedDict):
    """Tracks of one model or file; `leftOut` are lower ones."""

    title: str
    unit: str
    values: list[BaseValue]
    leftOut: int


class BaseValues(TypedDict):
    """What every row says at a base."""

    position: int
    base: str
    rows: list[ValueRow]


class StretchRow(TypedDict):
    """One track and allele over a stretch; `where` names two bins of a contact map."""

    title: str
    unit: str
    mean: float
    max: float
    at: int
    where: NotRequired[str]
    allele: NotRequired[str]


class StretchJunction(TypedDict):
    """A junction whose intron lies inside a stretch."""

    name: str
    value: float
    alt: NotRequired[float]
    tissue: str
    unit: str
    first: int
    last: int


class Stretch(TypedDict):
    """Sequence ("" of a long one) and statistics of a stretch of bases."""

    first: int
    last: int
    width: int
    sequence: str
    rows: list[StretchRow]
    junctions: list[StretchJunction]
    junctionsLeftOut: int


class CardLine(TypedDict):
    """A label and its value."""

    label: str
    value: str


class CardLink(TypedDict):
    """A label and where it leads."""

    label: str
    url: str


class Card(TypedDict):
    """What is known of a feature that was clicked."""

    title: str
    lines: list[CardLine]
    links: list[CardLink]


class Failure(TypedDict):
    """Why a request was refused."""

    error: str


class RowChoice(TypedDict, total=False):
    """How a row is drawn; `null` in an act means as usual."""

    height: int | None
    style: str | None
    scale: str | None
    low: float | None
    high: float | None
    log: bool | None
    colour: str | None


class OrderAct(TypedDict):
    """Rows from the top."""

    kind: Literal["order"]
    ids: list[str]


class HideAct(TypedDict):
    """A row goes."""

    kind: Literal["hide"]
    id: str


class RowAct(TypedDict):
    """A row is drawn otherwise, or as usual."""

    kind: Literal["row"]
    id: str
    choice: RowChoice | None


class HighlightAct(TypedDict):
    """A stretch gets a colour and a label."""

    kind: Literal["highlight"]
    start: int
    end: int
    colour: str
    label: str


class EditAct(TypedDict):
    """Other bases in place of a stretch."""

    kind: Literal["edit"]
    start: int
    end: int
    bases: str


class ExtendAct(TypedDict):
    """More is predicted at one side."""

    kind: Literal["extend"]
    side: Literal["left", "right"]


class GoAct(TypedDict):
    """To a base that lies outside of the window."""

    kind: Literal["go"]
    position: int


class FoldAct(TypedDict):
    """Rows that the variant does not change are shown, or folded into one line."""

    kind: Literal["fold"]
    shown: bool


Act = OrderAct | HideAct | RowAct | HighlightAct | EditAct | ExtendAct | GoAct | FoldAct


class RowMeta(TypedDict):
    """A row of a figure; `top`, `height` and `strip` are px, see `compose`.

    `folds` makes it the line of unchanged rows, which are folded or shown below it.
    """

    id: str
    title: str
    unit: str
    yaxis: str
    top: float
    height: float
    strip: float
    predicted: bool
    choices: list[str]
    choice: RowChoice
    things: list[Clickable]
    folds: NotRequired[Literal["folded", "shown"]]


class FigureMeta(TypedDict):
    """What a composed figure says of itself; `start` and `end` are 0-based, half-open."""

    width_px: int
    chrom: str
    start: int
    end: int
    provenance: str
    banner: str
    rows: list[RowMeta]


class CardTarget(TypedDict):
    """What a click on a segment of a trace opens; see `clickable`."""

    card: str
    key: str
    numbers: NotRequired[Array | list[int | str]]
    points: NotRequired[int]


class Font(TypedDict):
    """The font of a figure; `size` in px."""

    family: str
    size: float
    color: str


class TickFont(TypedDict):
    """What differs from the figure's font."""

    size: float
    color: str


class TextFont(TypedDict):
    """What differs from the figure's font, for all texts of a trace or for each."""

    family: NotRequired[str]
    size: NotRequired[float | Numbers]
    color: NotRequired[Words]


class Line(TypedDict, total=False):
    """How a line is drawn; `width` in px."""

    color: str
    width: float
    dash: str
    shape: str


class MarkerLine(TypedDict):
    """The outline of markers."""

    color: NotRequired[Words]
    width: NotRequired[float | Numbers]


class Marker(TypedDict):
    """Markers of a scatter trace; `size` in px."""

    symbol: Words
    size: float | Numbers
    color: Words
    opacity: NotRequired[float | Numbers]
    line: NotRequired[MarkerLine]


class ScatterTrace(TypedDict):
    """Lines, fillings, markers and texts."""

    type: Literal["scatter"]
    mode: str
    xaxis: str
    yaxis: str
    y: Numbers
    x: NotRequired[Numbers]
    x0: NotRequired[float]
    dx: NotRequired[float]
    name: NotRequired[str]
    line: NotRequired[Line]
    fill: NotRequired[str]
    fillcolor: NotRequired[str]
    marker: NotRequired[Marker]
    text: NotRequired[Words]
    textfont: NotRequired[TextFont]
    textposition: NotRequired[Words]
    meta: NotRequired[CardTarget]


class BarMarker(TypedDict):
    """Colours of bars."""

    color: Words


class BarTrace(TypedDict):
    """Lying bars: exons, features."""

    type: Literal["bar"]
    xaxis: str
    yaxis: str
    x: Numbers
    y: Numbers
    base: NotRequired[float | Numbers]
    width: float | Numbers
    marker: BarMarker
    name: NotRequired[str]


class HeatmapTrace(TypedDict):
    """Lanes of coloured cells, or a contact map."""

    type: Literal["heatmap"]
    xaxis: str
    yaxis: str
    z: list[Numbers]
    x0: float
    dx: float
    y0: float
    dy: float
    zmin: float
    zmax: float
    colorscale: list[tuple[float, str]]
    xgap: NotRequired[float]
    ygap: NotRequired[float]
    name: NotRequired[str]
    meta: NotRequired[CardTarget]


Trace = ScatterTrace | BarTrace | HeatmapTrace


class NumberedAxis(TypedDict):
    """Above or below the rows; `nticks` numbers at most, or one every `dtick`."""

    side: Literal["top", "bottom"]
    nticks: int
    dtick: NotRequired[float]
    ticklen: float
    tickcolor: str
    tickfont: TickFont
    gridcolor: str
    linecolor: str


class XAxis(NumberedAxis):
    """The axis that all rows share."""

    range: Range


class YAxis(TypedDict):
    """The axis of one row: `domain` counts from the bottom of all rows, 0 to 1."""

    domain: Range
    range: Range
    type: Literal["linear", "log"]
    tickvals: list[float]
    ticktext: list[str]
    tickfont: TickFont
    ticklabelstandoff: NotRequired[float]
    zeroline: bool
    zerolinecolor: str


class Shape(TypedDict):
    """A rectangle, line or path on paper or on the axes."""

    type: Literal["rect", "line", "path"]
    xref: str
    yref: NotRequired[str]
    x0: NotRequired[float]
    x1: NotRequired[float]
    y0: NotRequired[float]
    y1: NotRequired[float]
    path: NotRequired[str]
    xsizemode: NotRequired[str]
    xanchor: NotRequired[float]
    layer: NotRequired[str]
    opacity: NotRequired[float]
    fillcolor: NotRequired[str]
    line: NotRequired[Line]


class Annotation(TypedDict):
    """Words at a place on paper or on the axes."""

    text: str
    x: float
    y: float
    xref: str
    yref: str
    xanchor: NotRequired[Literal["auto", "left", "center", "right"]]
    yanchor: NotRequired[Literal["auto", "bottom", "middle", "top"]]
    xshift: NotRequired[float]
    yshift: NotRequired[float]
    align: NotRequired[Literal["left", "center", "right"]]
    width: NotRequired[float]
    font: NotRequired[TextFont]
    bgcolor: NotRequired[str]
    bordercolor: NotRequired[str]
    borderpad: NotRequired[float]
    borderwidth: NotRequired[float]


class Margin(TypedDict):
    """px around the rows."""

    l: float  # noqa: E741
    r: float
    t: float
    b: float


class Layout(TypedDict):
    """What the canvas reads of a composed figure; `yaxis`, `yaxis2` ... are each a `YAxis`."""

    height: float
    margin: Margin
    font: Font
    paper_bgcolor: str
    meta: FigureMeta
    xaxis: XAxis
    xaxis2: NotRequired[NumberedAxis]
    yaxis: YAxis
    shapes: NotRequired[list[Shape]]
    annotations: NotRequired[list[Annotation]]


class Figure(TypedDict):
    """A figure that `panels` composed."""

    data: list[Trace]
    layout: Layout


# Parts of a Plotly figure: they have further keys, which Plotly alone reads.
OPEN = frozenset(
    {
        *(
            "Figure",
            "Layout",
            "Margin",
            "NumberedAxis",
            "XAxis",
            "YAxis",
            "Shape",
            "Annotation",
            "Font",
            "Line",
        ),
        *("TickFont", "TextFont", "ScatterTrace", "BarTrace", "HeatmapTrace", "Marker"),
        *("MarkerLine", "BarMarker"),
    }
)
