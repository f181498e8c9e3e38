"""A figure -> a web page that needs no network, or PNG and SVG by a Chromium on this machine.

The dashboard makes PNG and SVG in the reader's own browser; `image` is for the command line.
"""

import base64
import html
import json
import re
import struct
import zlib

import plotly.io
from plotly.graph_objects import Figure
from plotly.offline import get_plotlyjs

from genoview.errors import ExportError
from genoview.io.export import chromium
from genoview.io.export.provenance import RANDOM_WEIGHTS, Provenance

FORMATS = ("png", "svg")
CONFIG = {
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["sendChartToCloud"],
    "plotlyServerURL": "",
}
# The page may run its own scripts and nothing from anywhere else.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="genoview {version}">
<meta name="genoview-provenance" content="{json}">
<title>{title}</title>
<style>
body {{ margin: 1rem; font-family: system-ui, sans-serif; }}
footer {{ color: #444; font-size: 0.85rem; overflow-wrap: anywhere; }}
.warning {{ background: #b00020; color: #fff; padding: 0.5rem 1rem; font-weight: bold; }}
</style>
</head>
<body>
{banner}<h1>{title}</h1>
{figure}
<footer>{footer}</footer>
</body>
</html>
"""
# Draws, and leaves the picture as its text: an SVG, or a PNG in base 64.
_DRAWING = """<!doctype html>
<meta charset="utf-8">
<script>{plotly}</script>
<output></output>
<script>
Plotly.toImage({figure}, {options}).then(drawn => {{
  const output = document.querySelector("output");
  output.textContent = drawn;
  output.id = "drawn";
}});
</script>
"""


def html_page(figure: Figure, provenance: Provenance) -> bytes:
    """One file with plotly.js inside; provenance in its head and below the figure."""
    drawn = plotly.io.to_html(
        figure,
        config=CONFIG,
        full_html=False,
        include_plotlyjs=True,
        default_height=f"{figure.layout.height or 600}px",
        div_id="genoview",
    )
    page = _PAGE.format(
        policy=html.escape(_POLICY),
        version=html.escape(provenance.genoview_version),
        json=html.escape(provenance.to_json()),
        title=html.escape(f"{provenance.query} on {provenance.genome}"),
        banner=f'<p class="warning">{RANDOM_WEIGHTS}</p>\n' if provenance.random_weights else "",
        figure=drawn,
        footer="<br>\n".join(map(html.escape, provenance.lines())),
    )
    return page.encode()


def image(
    figure: Figure, kind: str, provenance: Provenance, width: int = 1200, scale: float = 2
) -> bytes:
    """PNG or SVG with provenance in its metadata.

    Args:
        width: px; the height is the figure's own.
        scale: px of a PNG for each px of the figure.

    Raises:
        ExportError: another format, or no Chromium that starts.
    """
    if kind not in FORMATS:
        raise ExportError(f"{kind!r} is none of the picture formats {', '.join(FORMATS)}.")
    if provenance.random_weights:
        figure = Figure(figure).add_annotation(
            text=RANDOM_WEIGHTS,
            x=0.5,
            y=1,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"color": "#fff"},
            bgcolor="#b00020",
        )
    options = {"format": kind, "width": width, "height": int(figure.layout.height or 600)}
    drawn = _drawn(figure, {**options, "scale": scale if kind == "png" else 1})
    return stamped_png(drawn, provenance) if kind == "png" else stamped_svg(drawn, provenance)


def _drawn(figure: Figure, options: dict[str, object]) -> bytes:
    page = _DRAWING.format(
        plotly=get_plotlyjs(),
        figure=_in_script(plotly.io.to_json(figure)),
        options=_in_script(json.dumps({**options, "imageDataOnly": True})),
    )
    try:
        document = chromium.document_of(page.encode())
        drawn = re.search(r'<output id="drawn">(.+?)</output>', document, re.DOTALL)
        if drawn is None:
            raise chromium.ChromiumError("it drew nothing")
    except chromium.ChromiumError as error:
        what = "An SVG" if options["format"] == "svg" else "A PNG"
        raise ExportError(
            f"{what} is drawn by a Chromium or Chrome, and none could be started here ({error}). "
            "Install one, or name it in the environment variable BROWSER_PATH; or write HTML, "
            "which needs none, and save the picture from there."
        ) from error
    content = html.unescape(drawn[1])
    return content.encode() if options["format"] == "svg" else base64.b64decode(content)


def _in_script(text: str | None) -> str:
    """JSON that cannot end the script around it."""
    return str(text).replace("<", "\\u003c")


def stamped_svg(svg: bytes, provenance: Provenance) -> bytes:
    """The picture with its provenance as SVG metadata."""
    head, mark, rest = svg.decode().partition("<svg")
    attributes, close, body = rest.partition(">")
    words = html.escape("\n".join(provenance.lines()), quote=False)
    metadata = f"<metadata>{words}</metadata>"
    return f"{head}{mark}{attributes}{close}{metadata}{body}".encode()


def stamped_png(png: bytes, provenance: Provenance) -> bytes:
    """The picture with its provenance as an international text chunk (PNG, 11.3.3.4)."""
    words = "\n".join(provenance.lines()).encode()
    data = b"Description\0\0\0\0\0" + words
    body = b"iTXt" + data
    chunk = struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    behind_header = 8 + 25  # signature and IHDR, whose length is fixed
    return png[:behind_header] + chunk + png[behind_header:]
