"""The address of a view: everything that is needed to see it again, as a query string.

ViewState <-> {"q": "chr20:43,042,364:T>C", "g": "GRCh37-demo", "at": "...", ...}
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

Params = Mapping[str, Sequence[str]]

SCALES = ("natural", "auto", "group", "fixed")
GENE_MODES = ("auto", "collapsed", "transcripts")
MAX_TEXT = 500  # characters of a query; longer text is cut, with a problem said
MIN_HEIGHT, MAX_HEIGHT = 0.5, 3.0  # row height, as a multiple of the usual one
_AT = re.compile(r"(\d{1,10})-(\d{1,10})")
_SAFE = re.compile(r"[\w.+:() ,/-]{1,80}")


@dataclass(frozen=True, slots=True)
class ViewState:
    """What the reader chose.

    Attributes:
        q: the query as typed or normalised; empty on the first page.
        assembly: name of the genome; empty for the default one.
        at: the part in view as `first-last`, 1-based; empty for the whole window.
        hidden: row ids switched off.
        order: row ids in the reader's order; rows not named follow in the usual order.
        factors: binding factors picked by the reader; empty for the ones chosen by strength.
        scale: of the y axes: natural, auto, group, or fixed at `y_max`.
        genes: one line each, each transcript, or by what fits.
        flank: bp shown on each side of a variant or position; 0 for the usual.
        height: row height as a multiple of the usual one.
        versions: model versions that drew the view when the link was made, as `name:version`.
        highlights: parts marked by the reader, 1-based text.
    """

    q: str = ""
    assembly: str = ""
    at: str = ""
    hidden: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    scale: str = "natural"
    y_max: float = 1.0
    height: float = 1.0
    genes: str = "auto"
    flank: int = 0
    versions: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()

    def to_params(self) -> dict[str, list[str]]:
        """Only what differs from the defaults, so that links stay short."""
        params: dict[str, list[str]] = {}
        for key, name in KEYS.items():
            value = getattr(self, name)
            if value == getattr(DEFAULT, name):
                continue
            params[key] = list(value) if isinstance(value, tuple) else [_text(value)]
        return params

    def with_choice(self, name: str, value: object) -> Self:
        """The state with one field as a widget gives it."""
        kept = tuple(value) if isinstance(value, list) else value
        return replace(self, **{name: kept})  # type: ignore[arg-type]

    @classmethod
    def from_params(cls, params: Params) -> tuple[Self, tuple[str, ...]]:
        """The state and a sentence for each part of the link that could not be used."""
        state, problems = cls(), []
        for key, name in KEYS.items():
            values = [value for value in params.get(key, ()) if value != ""]
            if not values:
                continue
            try:
                state = replace(state, **{name: _parse(name, values)})  # type: ignore[arg-type]
            except ValueError as error:
                problems.append(f"The link's part {key}={values[0][:40]} was left out: {error}.")
        return state, tuple(problems)


KEYS = {
    "q": "q",
    "g": "assembly",
    "at": "at",
    "hide": "hidden",
    "order": "order",
    "tf": "factors",
    "y": "scale",
    "ymax": "y_max",
    "h": "height",
    "tx": "genes",
    "flank": "flank",
    "v": "versions",
    "mark": "highlights",
}
DEFAULT = ViewState()
assert set(KEYS.values()) == {field.name for field in fields(ViewState)}


def bounds_of(text: str) -> tuple[int, int] | None:
    """0-based start and end of `first-last`, which is 1-based; None for anything else."""
    match = _AT.fullmatch(text)
    bounds = (int(match[1]) - 1, int(match[2])) if match else None
    return bounds if bounds and 0 <= bounds[0] < bounds[1] else None


def text_of_bounds(start: int, end: int) -> str:
    """`first-last`, 1-based, of a 0-based start and end."""
    return f"{start + 1}-{end}"


def _text(value: object) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def _parse(name: str, values: list[str]) -> object:
    """One field from the strings of its key; ValueError says what was expected."""
    text = values[0]
    if name in ("hidden", "order", "factors", "versions", "highlights"):
        bad = [value for value in values if not _SAFE.fullmatch(value)]
        if bad:
            raise ValueError("a name of at most 80 plain characters was expected")
        return tuple(values)
    if name == "at" and not _AT.fullmatch(text):
        raise ValueError("two positions such as 43000001-43020000 were expected")
    if name == "scale":
        if text not in SCALES:
            raise ValueError(f"one of {', '.join(SCALES)} was expected")
        return text
    if name == "genes":
        if text not in GENE_MODES:
            raise ValueError(f"one of {', '.join(GENE_MODES)} was expected")
        return text
    if name == "flank":
        return _number(text, int, 0, 524_288)
    if name == "height":
        return _number(text, float, MIN_HEIGHT, MAX_HEIGHT)
    if name == "y_max":
        return _number(text, float, 1e-6, 1e6)
    if len(text) > MAX_TEXT:
        raise ValueError(f"at most {MAX_TEXT} characters were expected")
    return text


def _number(text: str, kind: type[int] | type[float], low: float, high: float) -> float:
    try:
        value = kind(text)
    except ValueError:
        value = kind(-1)
    if not low <= value <= high:
        raise ValueError(f"a number from {low:g} to {high:g} was expected")
    return value
