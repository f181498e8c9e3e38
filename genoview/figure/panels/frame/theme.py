"""Colours, fonts and sizes, light and dark: safe for colour-blind eyes, readable as text.

Hues follow Okabe and Ito's palette (Color Universal Design, 2008), shifted in lightness for the
background; text keeps a contrast of 4.5 with what it stands on (WCAG 2.2, 1.4.3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from genoview.data.track_data import Family, TrackMetadata

FONT = "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif"
MONO = "'JetBrains Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"

Key = TypeVar("Key")

# One type scale, px: nothing is smaller than SMALL.
TITLE = 16
ROW = 13
BODY = 12
SMALL = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours as #rrggbb.

    Attributes:
        text, muted: of words on `paper`.
        grid, rule: thin lines within rows; lines between rows and axes.
        shade: background of what was not predicted.
        families: a colour for each family of tracks.
        strands: genes and sites on + and -; "." where there is none.
        ref, alt, gain, loss: alleles, and what ALT adds and takes.
        bases: letters and strips of A, C, G, T, N.
        on_mark: words on the colours of `alt` and `banner`.
    """

    name: str
    paper: str
    text: str
    muted: str
    grid: str
    rule: str
    shade: str
    hover: str
    families: Mapping[Family, str]
    strands: Mapping[str, str]
    donor: str
    acceptor: str
    ref: str
    alt: str
    gain: str
    loss: str
    bases: Mapping[str, str]
    highlight: str
    banner: str
    on_mark: str

    def series_colour(self, track: TrackMetadata) -> str:
        """Donors, acceptors and the - strand differ in colour; others have their family's."""
        if track.assay.facts.has_site_kinds:
            return self.acceptor if track.is_acceptor else self.donor
        return self.families[track.assay.family]


def _by(keys: Iterable[Key], colours: str) -> Mapping[Key, str]:
    """Colours with spaces between, in the order of the keys."""
    return MappingProxyType(dict(zip(keys, colours.split(), strict=True)))


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    text="#17202c",
    muted="#586474",
    grid="#eef1f5",
    rule="#d5dbe3",
    shade="#f1f3f6",
    hover="#ffffff",
    families=_by(Family, "#0072b2 #c65102 #00805e #a86a00 #a8508a #4a6a8a"),
    strands=_by("+-.", "#2f5597 #99571f #586474"),
    donor="#8a6100",
    acceptor="#5b4bb5",
    ref="#75808f",
    alt="#a3246f",
    gain="#c65102",
    loss="#0072b2",
    bases=_by("ACGTN", "#00805e #0067a5 #9a6200 #c2410c #586474"),
    highlight="#f0c419",
    banner="#9f1d20",
    on_mark="#ffffff",
)

DARK = Theme(
    name="dark",
    paper="#0f151d",
    text="#e8edf4",
    muted="#9daaba",
    grid="#1c2530",
    rule="#2f3b49",
    shade="#18202a",
    hover="#1a232e",
    families=_by(Family, "#56b4e9 #f28e4b #3ecf9f #e6b450 #dc93c0 #a3bcd6"),
    strands=_by("+-.", "#8fb0ea #dda06a #9daaba"),
    donor="#e0b84c",
    acceptor="#b3a6ff",
    ref="#7f8b9b",
    alt="#ff9fd2",
    gain="#f28e4b",
    loss="#56b4e9",
    bases=_by("ACGTN", "#3ecf9f #6cb8f0 #e6b450 #f58a5b #9daaba"),
    highlight="#e0b400",
    banner="#ff9b93",
    on_mark="#10151c",
)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def faded(colour: str, alpha: float) -> str:
    """The same colour, see-through."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{alpha:g})"


def blended(colour: str, background: str, share: float) -> str:
    """`share` of a colour on its background, opaque."""
    pairs = zip(_channels(colour), _channels(background), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def contrast(colour: str, background: str) -> float:
    """WCAG contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((_luminance(colour), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in _channels(colour)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
