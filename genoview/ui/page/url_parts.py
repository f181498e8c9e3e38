"""Row choices and highlights as parts of a link, and back.

("cispliceai", RowChoice(80, "line", "auto")) <-> "cispliceai~h80~sline~yauto"
Band(43000000, 43000100, "#0072b2", "P2") <-> "43000001-43000100~0072b2~P2"
ScanChoice("splice+", 43000000, 43000100) <-> "splice+:43000001-43000100"
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from genoview.errors import GenoviewError, QueryError
from genoview.figure.options import RowChoice, is_colour, is_label
from genoview.io.measured.address import track_at
from genoview.scoring.mutagenesis import score_of

OwnRow = tuple[str, RowChoice]
MAX_PARTS = 50  # of each kind in one link
ID = re.compile(r"[\w.+:() ,/-]{1,80}")
AT = re.compile(r"(\d{1,10})-(\d{1,10})", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{6}")
_FLOAT = r"-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?"
_EXPECTED = "expected a row such as promid:+~h80~sline~yfixed~lo0~hi0.5~log~c0072b2"
# Field of RowChoice -> what its part begins with, how it goes on, and how that is read.
_PARTS: Mapping[str, tuple[str, str, Callable[[str], Any]]] = MappingProxyType(
    {
        "height_px": ("h", r"\d{1,4}", int),
        "style": ("s", "[a-z]{1,9}", str),
        "scale": ("y", "[a-z]{1,9}", str),
        "y_min": ("lo", _FLOAT, float),
        "y_max": ("hi", _FLOAT, float),
        "log": ("log", "", lambda _: True),
        "colour": ("c", "[0-9a-f]{6}", "#{}".format),
    }
)


@dataclass(frozen=True, slots=True)
class Band:
    """A highlight on whichever chromosome is shown: 0-based `start`, `end`; see `Highlight`."""

    start: int
    end: int
    colour: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        """Its text in a link; an empty colour keeps its place before a label."""
        parts = (text_of_bounds(self.start, self.end), self.colour.removeprefix("#"), self.label)
        return "~".join(parts) if self.label else "~".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class ScanChoice:
    """Mutagenesis of a part of whichever chromosome is shown: 0-based `start`, `end`."""

    score: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its text in a link."""
        return f"{self.score}:{text_of_bounds(self.start, self.end)}"


def read_scan(text: str) -> ScanChoice:
    """`score:first-last`.

    Raises:
        ValueError: says what was expected.
    """
    score, _, at = text.rpartition(":")
    bounds = bounds_of(at)
    if bounds is None:
        raise ValueError("expected a score and a part such as splice+:43042301-43042500")
    try:
        score_of(score)
    except QueryError as error:
        raise ValueError(str(error)) from error
    return ScanChoice(score, *bounds)


def read_url(text: str) -> str:
    """The address of a file on the web.

    Raises:
        ValueError: says what was expected.
    """
    try:
        return track_at(text).track_id
    except GenoviewError as error:
        raise ValueError("expected the address of a file, such as https://host/file.bw") from error


def bounds_of(text: str) -> tuple[int, int] | None:
    """0-based start and end of `first-last`, which is 1-based; None for anything else."""
    match = AT.fullmatch(text)
    bounds = (int(match[1]) - 1, int(match[2])) if match else None
    return bounds if bounds and 0 <= bounds[0] < bounds[1] else None


def text_of_bounds(start: int, end: int) -> str:
    """`first-last`, 1-based, of a 0-based start and end."""
    return f"{start + 1}-{end}"


def read_band(text: str) -> Band:
    """`first-last`, with a colour, a label or both behind it.

    Raises:
        ValueError: says what was expected.
    """
    at, *more = text.split("~", 2)
    if len(more) == 1 and not _HEX.fullmatch(more[0]):
        more = ["", *more]
    colour, label = (*more, "", "")[:2]
    colour = f"#{colour}" if colour else ""
    bounds = bounds_of(at)
    if bounds is None or not is_colour(colour) or not is_label(label):
        raise ValueError(
            "expected a part such as 43000001-43000100~0072b2~label, the label of at most 60 "
            "characters"
        )
    return Band(*bounds, colour, label)


def row_text(row: OwnRow) -> str:
    """Its text in a link: only what was chosen."""
    row_id, choice = row
    parts = [row_id]
    for name, (key, _, _) in _PARTS.items():
        value = getattr(choice, name)
        if value is not None and value != "" and value is not False:
            words = "" if value is True else str(value).removeprefix("#").removesuffix(".0")
            parts.append(f"{key}{words}")
    return "~".join(parts)


def read_row(text: str) -> OwnRow:
    """A row's id, with at least one choice.

    Raises:
        ValueError: says what was expected.
    """
    row_id, *parts = text.split("~")
    chosen = dict(filter(None, map(_read_part, parts)))
    if not ID.fullmatch(row_id) or not parts or len(chosen) < len(parts):
        raise ValueError(_EXPECTED)
    try:
        return row_id, RowChoice(**chosen)
    except GenoviewError as error:
        raise ValueError(_EXPECTED) from error


def _read_part(part: str) -> tuple[str, Any] | None:
    """One choice: the field's name and its value."""
    for name, (key, pattern, read) in _PARTS.items():
        if part.startswith(key) and re.fullmatch(pattern, part.removeprefix(key), re.ASCII):
            return name, read(part.removeprefix(key))
    return None
