"""Words in a figure: their width, wrapping, numbers, and escaping of names from files."""

import html
import math
import textwrap

EM_SHARE = 0.6  # mean width of a letter in a sans serif font, in font sizes


def text_width(text: str, size: float) -> float:
    """Pixels that a line takes, estimated."""
    return len(text) * size * EM_SHARE


def escape(text: str) -> str:
    """Names come from files: what Plotly would read as markup is shown as it is."""
    return html.escape(text, quote=False)


def drawn_name(text: str) -> str:
    """`Splice donor (−)`: the name of a track keeps a hyphen for its strand, a minus is drawn."""
    return text.replace("(-)", "(−)")


def wrapped(text: str, size: float, width_px: float, max_lines: int) -> list[str]:
    """Lines that fit, not escaped; the last ends in an ellipsis where words are left out."""
    columns = max(int(width_px / (size * EM_SHARE)), 4)
    return textwrap.wrap(text, columns, max_lines=max_lines, placeholder="…") or [""]


def elided(text: str, size: float, width_px: float) -> str:
    """The beginning of a name that fits, with an ellipsis; a strand at its end is kept."""
    strand = text[-4:] if text.endswith((" (+)", " (-)")) else ""
    room = int(width_px / (size * EM_SHARE)) - 1 - len(strand)
    return text[: max(room, 1)].rstrip() + "…" + strand


def number(value: float) -> str:
    """A tick or a value as people write it: 0.02, 0.913, 12.3, 1,240."""
    if value == 0:
        return "0"
    if value < 0:
        return f"−{number(-value)}"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) < 0.001:
        return f"{value:.1e}"
    return f"{value:.3g}"


def span_text(n_bases: float) -> str:
    """`850 bp`, `20 kb`, `1.05 Mb`."""
    for unit, size in (("Mb", 1e6), ("kb", 1e3)):
        if n_bases >= size:
            return f"{n_bases / size:.3g} {unit}"
    return f"{n_bases:,.0f} bp"


def nice_ceiling(value: float) -> float:
    """The next number of two digits, for the end of an axis."""
    if value <= 0 or not math.isfinite(value):
        return 0.0
    step = 10 ** (math.floor(math.log10(value)) - 1)
    return float(f"{math.ceil(value / step - 1e-6) * step:.2g}")
