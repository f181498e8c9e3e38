"""The address of a view: everything that is needed to see it again, as a query string.

ViewState <-> {"q": "chr20:43,042,364:T>C", "g": "GRCh37-demo", "at": "...", ...}
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from genoview.figure.options import SCALES as SCALES
from genoview.figure.options import RowChoice
from genoview.scoring.splicing.delta_question import DISTANCE
from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE
from genoview.ui.page.url_parts import (
    AT,
    ID,
    MAX_PARTS,
    Band,
    OwnRow,
    ScanChoice,
    read_band,
    read_row,
    read_scan,
    read_url,
    row_text,
)
from genoview.ui.page.url_parts import bounds_of as bounds_of
from genoview.ui.page.url_parts import text_of_bounds as text_of_bounds

Params = Mapping[str, Sequence[str]]

GENE_MODES = ("auto", "collapsed", "transcripts")
SHOWN = "shown"  # of unchanged rows
COMPARED = ("splicing", "expression", "binding")
RUN_ID = re.compile(r"[0-9a-f]{12}")
MAX_TEXT = 16_000  # characters of a query in a link: 10,000 inserted bases, and room for names
MIN_HEIGHT, MAX_HEIGHT = 0.5, 3.0  # row height, as a multiple of the usual one
FLANKS = (500, 2_500, 5_000, 25_000, 50_000)  # bp on each side of a variant or position


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
        unchanged: rows that a variant does not change: "" folds them into one line, or `shown`.
        genes: one line each, each transcript, or by what fits.
        flank: bp shown on each side of a variant or position; 0 for the usual.
        distance: bp on each side of a variant in which delta scores look.
        height: row height as a multiple of the usual one.
        versions: model versions that drew the view when the link was made, as `name:version`.
        rows: ids of rows with what the reader chose of each, an id at most once.
        highlights: parts marked by the reader, each place at most once.
        scans: the part of mutagenesis for each score.
        tracks: of models with many, those wanted: terms of tissues, assays and factors.
        models: names of the models to run; empty for the usual ones.
        family: whose models are compared; empty but on the page Compare.
        run: id of the scored file that is looked at there.
        shelf: ids of measured tracks that are shown.
        urls: addresses of files that are shown.
        transcript: on which the page Variant reads the change; empty for the first.
        tab: of the page Variant that is open; empty for the first.
        versus: two models and what of theirs is compared, as `cispliceai:spliceai`.
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
    unchanged: str = ""
    flank: int = 0
    distance: int = DISTANCE
    versions: tuple[str, ...] = ()
    rows: tuple[OwnRow, ...] = ()
    highlights: tuple[Band, ...] = ()
    scans: tuple[ScanChoice, ...] = ()
    tracks: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    family: str = ""
    run: str = ""
    versus: str = ""
    shelf: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    transcript: str = ""
    tab: str = ""

    def to_params(self) -> dict[str, list[str]]:
        """Only what differs from the defaults, so that links stay short."""
        params: dict[str, list[str]] = {}
        for key, name in KEYS.items():
            value = getattr(self, name)
            if value == getattr(DEFAULT, name):
                continue
            params[key] = [
                _text(entry) for entry in (value if isinstance(value, tuple) else (value,))
            ]
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
            if name in PARTS:
                kept, wrong = _parts(values, *PARTS[name])
                state = replace(state, **{name: kept})  # type: ignore[arg-type]
                problems += [f"The link's part {key}={text}" for text in wrong[:1]]
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
    "unchanged": "unchanged",
    "flank": "flank",
    "dist": "distance",
    "v": "versions",
    "r": "rows",
    "mark": "highlights",
    "ism": "scans",
    "t": "tracks",
    "m": "models",
    "fam": "family",
    "run": "run",
    "vs": "versus",
    "mt": "shelf",
    "url": "urls",
    "transcript": "transcript",
    "tab": "tab",
}
# How each of a field's values is read, and what of it may be there once only.
PARTS: dict[str, tuple[Callable[[str], Any], Callable[[Any], object]]] = {
    "rows": (read_row, lambda row: row[0]),
    "highlights": (read_band, lambda band: (band.start, band.end)),
    "scans": (read_scan, lambda scan: scan.score),
    "urls": (read_url, lambda url: url),
}
# What a field's text has to be.
CHOICES = {"scale": SCALES, "family": COMPARED, "genes": GENE_MODES, "unchanged": (SHOWN,)}
PATTERNS = {
    "at": (AT, "two positions such as 43000001-43020000"),
    "run": (RUN_ID, "the 12 digits and letters of a run"),
    "versus": (ID, "two models such as cispliceai:spliceai"),
    "transcript": (ID, "the id of a transcript such as NM_000022.4"),
    "tab": (ID, "the name of a tab such as splicing"),
}
NUMBERS: dict[str, tuple[type[int] | type[float], float, float]] = {
    "flank": (int, 0, 524_288),
    "distance": (int, LEAST_DISTANCE, MOST_DISTANCE),
    "height": (float, MIN_HEIGHT, MAX_HEIGHT),
    "y_max": (float, 1e-6, 1e6),
}
DEFAULT = ViewState()
assert set(KEYS.values()) == {field.name for field in fields(ViewState)}


def _text(value: object) -> str:
    match value:
        case float():
            return repr(value)
        case Band() | ScanChoice():
            return value.text
        case (str(row_id), RowChoice() as choice):
            return row_text((row_id, choice))
    return str(value)


def _parts(
    values: Sequence[str], read: Callable[[str], Any], place: Callable[[Any], object]
) -> tuple[tuple[Any, ...], list[str]]:
    """What can be used, the last of each place, and what cannot, with the reason."""
    kept: dict[object, Any] = {}
    wrong = []
    for text in values:
        try:
            choice = read(text)
            if len(kept) == MAX_PARTS and place(choice) not in kept:
                raise ValueError(f"expected at most {MAX_PARTS} of them")
            kept[place(choice)] = choice
        except ValueError as error:
            wrong.append(f"{text[:40]} was left out: {error}.")
    return tuple(kept.values()), wrong


def _parse(name: str, values: list[str]) -> object:
    """One field from the strings of its key; ValueError says what was expected."""
    text = values[0]
    if isinstance(getattr(DEFAULT, name), tuple):
        if not all(ID.fullmatch(value) for value in values):
            raise ValueError("expected a name of at most 80 plain characters")
        return tuple(values)
    if name in CHOICES and text not in CHOICES[name]:
        raise ValueError(f"expected one of {', '.join(CHOICES[name])}")
    if name in PATTERNS and not PATTERNS[name][0].fullmatch(text):
        raise ValueError(f"expected {PATTERNS[name][1]}")
    if name in NUMBERS:
        return _number(text, *NUMBERS[name])
    if len(text) > MAX_TEXT:
        raise ValueError(f"expected at most {MAX_TEXT:,} characters")
    return text


def _number(text: str, kind: type[int] | type[float], low: float, high: float) -> float:
    try:
        value = kind(text)
    except ValueError:
        value = kind(-1)
    if not low <= value <= high:
        raise ValueError(f"expected a number from {low:g} to {high:g}")
    return value
