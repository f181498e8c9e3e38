"""Figure -> the reader's browser -> Viewport: the Python side of the track view.

The browser holds the reader's range of x; the range of a figure from here counts only when
`subject` is new. Finer data come from `tiles`, an address that the browser asks by itself. Without
one, Python answers each viewport with a figure: every viewport has a sequence number, and an
answer to an older one than the reader's last is not drawn over a newer one.
"""

import gzip
import json
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import plotly.graph_objects as go
import streamlit as st

from genoview.ui.page.assets_route import PLOTLY_JS, assets_url
from genoview.ui.trackview.packing import Spec, pack
from genoview.ui.trackview.wire_types import Header, Range

NAME = "genoview_track_view"
STATE, ACT = "viewport", "act"
GZIP_LEVEL = 1  # of 1..9: most of the saving for a tenth of the time
MIN_WIDTH = 10.0  # bp, the closest zoom: wide letters, still some context


@dataclass(frozen=True, slots=True)
class Viewport:
    """What the reader sees, in the figure's x coordinates."""

    start: float
    end: float

    @property
    def width(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Report:
    """What the browser reported last: the viewport, its subject and its sequence number."""

    viewport: Viewport
    subject: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerOptions:
    """What the browser is given beside a figure.

    Attributes:
        subject: what is shown (assembly and locus or variant). While it stays, the reader's range
            is kept through every rerun; when it changes, or the view comes back to the page, the
            range of the figure is taken. Python moves the reader only by a new subject.
        limits: lowest and highest x that can be seen, the whole window.
        file_stem: name of the PNG and SVG files, without the ending.
        chrom: written before the interval in the status line.
        origin: x of the left edge of the chromosome's first base: 0 where x is a 0-based edge,
            0.5 where base number 1 is centred on x = 1.
        theme: of the toolbar; the figure has its own colours.
        summary: the rows in words, for a screen reader; the titles of the y axes when empty.
        min_width: the closest zoom, in x units.
        link_param: name in the page's query string that the browser keeps at the first and last
            base in view, `43000001-43020000`, without adding to the history; none when empty.
        link_fill: what the query string shall name too, where it does not yet: key -> values.
        tiles: address of `tiles.publish`; "" where Python answers every viewport.
        begin: where a subject begins, or a view that comes back to the page, where the browser
            has tiles; the range of the figure by default.
        stops: left and right x and name of what the keys F and B go to, from left to right.
        sites: the same for these keys with Shift.
        variant: left and right x of what the key V goes to, and of what widths are centred on.
        can_extend: the reader may ask for what lies beyond `limits`.
        refusal: why the reader's last act led nowhere, shown once; a number for each, and words.
    """

    subject: str
    limits: Range
    file_stem: str
    chrom: str = ""
    origin: float = 0.0
    theme: Literal["light", "dark"] = "light"
    summary: str = ""
    min_width: float = MIN_WIDTH
    link_param: str = ""
    link_fill: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tiles: str = ""
    begin: Range | None = None
    stops: Sequence[tuple[float, float, str]] = ()
    sites: Sequence[tuple[float, float, str]] = ()
    variant: Range | None = None
    can_extend: bool = False
    refusal: tuple[int, str] | None = None


def track_view(
    figure: go.Figure | Spec,
    key: str,
    options: ViewerOptions,
    on_act: Callable[[object], None] | None = None,
) -> Viewport | None:
    """Draw `figure`; None until the reader has panned or zoomed this subject.

    Args:
        figure: rows that share `xaxis="x"`; its x range is where a new subject begins.
        key: one per place on the page; keep it while the figure changes.
        on_act: is given what the reader did to rows, highlights and the window, as JSON; see
            `user_actions.apply`. Runs before the next run of the script.
    """
    report = _report(key)
    reader = report.viewport if report and report.subject == options.subject else None
    header: Header = {
        "subject": options.subject,
        # With tiles the same bytes after every pause: Streamlit sends what it sent before by name.
        "answers": report.sequence if report and not options.tiles else 0,
        "range": _beginning(reader, options),
        "limits": options.limits,
        "minWidth": options.min_width,
        "fileStem": options.file_stem,
        "chrom": options.chrom,
        "origin": options.origin,
        "theme": options.theme,
        "linkParam": options.link_param,
        "linkFill": {name: list(values) for name, values in options.link_fill.items()},
        "summary": options.summary or _row_titles(figure),
        "tiles": options.tiles,
        "stops": list(options.stops),
        "sites": list(options.sites),
        "variant": options.variant,
        "canExtend": options.can_extend,
        "refusal": options.refusal,
        "acts": on_act is not None,
    }
    _component()(
        key=key,
        data=_framed(header, _body_of(key, figure)),
        on_viewport_change=_nothing,
        on_act_change=(lambda: on_act(_sent(key))) if on_act else _nothing,
    )
    return reader


def _beginning(reader: Viewport | None, options: ViewerOptions) -> Range | None:
    if options.tiles:
        return options.begin
    return (reader.start, reader.end) if reader else None


def _sent(key: str) -> object:
    """The act that the browser just sent from this place."""
    state = st.session_state.get(key)
    return state.get(ACT) if isinstance(state, Mapping) else None


def viewport_of(key: str, subject: str) -> Viewport | None:
    """The reader's viewport before the figure is composed; None when there is none yet."""
    report = _report(key)
    return report.viewport if report and report.subject == subject else None


def encode(header: Mapping[str, object], figure: go.Figure | Spec) -> bytes:
    """uint32 length of the header, the header as JSON, then the figure packed and gzipped.

    Bytes, because a string would be quoted, hashed and parsed a second time on its way.
    """
    return _framed(header, _packed(figure))


def _framed(header: Mapping[str, object], body: bytes) -> bytes:
    head = json.dumps(header, allow_nan=False).encode()
    return struct.pack("<I", len(head)) + head + body


def _packed(figure: go.Figure | Spec) -> bytes:
    return gzip.compress(pack(_plain(figure)), GZIP_LEVEL, mtime=0)


def _plain(figure: go.Figure | Spec) -> Spec:
    """Plain data; a figure of Plotly's own goes through its JSON, as in an export."""
    return json.loads(figure.to_json(validate=False)) if isinstance(figure, go.Figure) else figure


def _body_of(key: str, figure: go.Figure | Spec) -> bytes:
    """Packed once: a page that waits for its models shows the same figure again and again."""
    cached = st.session_state.get(f"{key}-packed")
    if cached is None or cached[0] is not figure:
        cached = st.session_state[f"{key}-packed"] = (figure, _packed(figure))
    return cast(bytes, cached[1])


def _report(key: str) -> _Report | None:
    """What the browser reported last in this place."""
    state = st.session_state.get(key)
    return _checked(state.get(STATE)) if isinstance(state, Mapping) else None


def _checked(sent: object) -> _Report | None:
    """A report that is whole; the state can come from an older version of the page."""
    match sent:
        case {
            "start": int() | float() as start,
            "end": int() | float() as end,
            "subject": str() as subject,
            "sequence": int() as sequence,
        } if math.isfinite(start) and math.isfinite(end) and start < end:
            return _Report(Viewport(float(start), float(end)), subject, sequence)
    return None


def _row_titles(figure: go.Figure | Spec) -> str:
    """`Genes, Donor, Acceptor`: the rows of a composed figure, or the titles of its y axes."""
    if not isinstance(figure, go.Figure):
        rows = figure.get("layout", {}).get("meta", {}).get("rows", ())
        return ", ".join(str(row["title"]) for row in rows)
    axes = [axis for axis in figure.select_yaxes() if axis.title.text]
    axes.sort(key=lambda axis: -(axis.domain or (0, 1))[1])
    return ", ".join(str(axis.title.text) for axis in axes)


def _nothing() -> None:
    """Streamlit keeps a state of a component only where a callback is named."""


@cache
def _component() -> Any:
    """Registered at the first use, since that reads a file."""
    script = Path(__file__).with_name("bootstrap.js").read_text(encoding="utf-8")
    script = script.replace("__ASSETS__", assets_url()).replace("__PLOTLY__", PLOTLY_JS)
    # Plotly writes its rules into the page's own style sheets, which a shadow root would not see.
    return cast(Any, st.components.v2.component(NAME, js=script, isolate_styles=False))
