"""A figure drawn for a smaller screen -> the same with larger words, lines and rows."""

import re
from collections.abc import Mapping
from typing import Any

from genoview.figure.panels import Spec

# Of a figure, what is in pixels: words, marks and lines; margins and rows; distances.
_TEXTS = "size borderpad borderwidth xshift yshift ax ay ticklen ticklabelstandoff hoverdistance"
_PLACES = "height top strip l r t b width_px zerolinewidth spikethickness"
PIXELS = frozenset(f"{_TEXTS} {_PLACES}".split())
_FONT_SIZE = re.compile(r"font-size:(\d+(?:\.\d+)?)px")
_ARRAYS = ("x", "y", "z", "customdata", "things")  # data, which may be long: nothing in pixels


def enlarged(spec: Spec, times: float) -> Spec:
    """The figure, everything that is measured in pixels multiplied."""
    return spec if times == 1 else _scaled(spec, times)


def _scaled(value: Any, times: float, key: str = "", parent: str = "") -> Any:
    if key in PIXELS or (key == "width" and parent == "line"):
        return _times(value, times)
    if isinstance(value, Mapping):
        fixed = {
            name
            for end in ("x", "y")
            if value.get(f"{end}sizemode") == "pixel"
            for name in (f"{end}0", f"{end}1")
        }
        return {
            name: _times(child, times)
            if name in fixed
            else child
            if name in _ARRAYS
            else _scaled(child, times, name, key)
            for name, child in value.items()
        }
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return [_scaled(child, times, "", key) for child in value]
    if isinstance(value, str) and "font-size" in value:
        return _FONT_SIZE.sub(lambda match: f"font-size:{float(match[1]) * times:g}px", value)
    return value


def _times(value: Any, times: float) -> Any:
    if isinstance(value, (list, tuple)):
        return [each * times for each in value]
    return value if value is None or isinstance(value, str) else value * times
