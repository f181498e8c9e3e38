"""What a reader chose of a view: rows and how each is drawn, scales, highlights, the theme."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from genoview.data.genome import Interval
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.errors import TrackError
from genoview.figure.panels import (
    DARK,
    LIGHT,
    Row,
    RowStyle,
    Scale,
    Style,
    Theme,
    View,
    allele_rows,
    natural_scale,
    signal_row,
)

SCALES = ("natural", "auto", "group", "fixed")
STYLES = tuple(style.value for style in Style)
USUAL_STYLE = "filled"
# What may be chosen of a row, by how it is drawn. Stems stand on zero, so never on a log, and their
# colours tell donors from acceptors; those of what ALT makes of sites tell gained from lost.
PLAIN = ("height",)
COLOURED = ("height", "colour")
STEMS = ("height", "scale", "range")
HEAT = (*STEMS, "log", "colour")
SIGNAL = (*HEAT, "style")
LEAST_ROW_PX, MOST_ROW_PX = 16, 600
FARTHEST = 1e9  # of a fixed end of an axis from zero, in any unit
LONGEST_LABEL = 60  # characters of a highlight's label
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class RowChoice:
    """What the reader chose of one row; what is left out is as usual.

    Attributes:
        height_px: of the first row of the id; its other rows grow in proportion.
        style: one of STYLES, of rows that draw a signal.
        scale: one of SCALES. Rows of one unit that are on `group` share a range.
        y_min, y_max: ends of the axis where the scale is fixed, in the row's unit.
        colour: `#rrggbb`, lower case.

    Raises:
        TrackError: a field is none of these.
    """

    height_px: int | None = None
    style: str = ""
    scale: str = ""
    y_min: float | None = None
    y_max: float | None = None
    log: bool = False
    colour: str = ""

    def __post_init__(self) -> None:
        ends = [end for end in (self.y_min, self.y_max) if end is not None]
        wrong = {
            f"height {self.height_px}": self.height_px is not None
            and not LEAST_ROW_PX <= self.height_px <= MOST_ROW_PX,
            f"style {self.style!r}": self.style not in ("", *STYLES),
            f"scale {self.scale!r}": self.scale not in ("", *SCALES),
            f"colour {self.colour!r}": bool(self.colour) and not _COLOUR.fullmatch(self.colour),
            f"range {self.y_min} to {self.y_max}": ends != sorted(set(ends))
            or not all(math.isfinite(end) and abs(end) <= FARTHEST for end in ends),
        }
        faults = [words for words, is_wrong in wrong.items() if is_wrong]
        if faults:
            raise TrackError(
                f"A row cannot have {', '.join(faults)}; expected {LEAST_ROW_PX} to "
                f"{MOST_ROW_PX} px, {', '.join(STYLES)}, {', '.join(SCALES)}, "
                "a colour such as #0072b2 and a range from low to high."
            )


USUAL = RowChoice()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A part that the reader marked in every row.

    Attributes:
        colour: `#rrggbb`, lower case; the theme's where it is empty.
        label: at most LONGEST_LABEL printable characters.
    """

    interval: Interval
    colour: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        if not is_colour(self.colour) or not is_label(self.label):
            raise TrackError(
                f"A highlight cannot have colour {self.colour!r} and label {self.label!r}; "
                f"expected a colour such as #0072b2 and up to {LONGEST_LABEL} printable characters."
            )

    @property
    def words(self) -> str:
        """`chr20:43,000,001-43,000,100, P2 promoter`."""
        return ", ".join(filter(None, (self.interval.to_ucsc(), self.label)))


def is_colour(text: str) -> bool:
    """Whether it is `#rrggbb` in lower case, or empty for the usual one."""
    return not text or bool(_COLOUR.fullmatch(text))


def is_label(text: str) -> bool:
    """Whether it can be the label of a highlight, or is empty."""
    return len(text) <= LONGEST_LABEL and text.isprintable() and text == text.strip()


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader chose.

    Attributes:
        hidden: ids of rows and tracks switched off.
        order: row ids from the top; the others follow in the usual order.
        factors: binding factors picked by name; empty for those that matter most in view.
        scale: natural (probabilities 0 to 1), auto (by what is in view), group (one range for
            all rows of a unit) or fixed (0 to `y_max`), of rows without a choice of their own.
        height: of predicted rows, as a multiple of the usual.
        rows: row ids with what was chosen of each.
        highlights: intervals marked in every row.
        tracks: of models with many, those wanted, as `ontology.Choice` writes them.
        name_models: say in each predicted row which model it is of.
        unchanged: of a variant, rows that it does not change: drawn like others (""), in one line
            that names them ("folded"), or below that line ("shown").
        zoom: of words, lines and rows, as for a projector.
    """

    hidden: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    scale: str = "natural"
    y_max: float = 1.0
    height: float = 1.0
    dark: bool = False
    width_px: int = 1200
    by_transcript: bool | None = None
    rows: tuple[tuple[str, RowChoice], ...] = ()
    highlights: tuple[Highlight, ...] = ()
    tracks: tuple[str, ...] = ()
    name_models: bool = False
    unchanged: Literal["", "folded", "shown"] = ""
    zoom: float = 1.0

    @property
    def theme(self) -> Theme:
        return DARK if self.dark else LIGHT

    def row(self, row_id: str) -> RowChoice:
        """What was chosen of one row."""
        return dict(self.rows).get(row_id, USUAL)

    def scale_name(self, row_id: str) -> str:
        """One of SCALES: the row's own, or that of all."""
        chosen = self.row(row_id).scale or self.scale
        return chosen if chosen in SCALES else "natural"

    def scale_of(self, row_id: str, unit: str, *, log: bool = False) -> Scale | None:
        """The axis of a row; None leaves it to the unit.

        Args:
            log: the row can be drawn on a logarithmic axis.
        """
        choice = self.row(row_id)
        log = log and choice.log
        match self.scale_name(row_id):
            case "auto":
                return Scale(log=log)
            case "group":  # a logarithmic axis cannot share a range that includes zero
                return Scale(group=f"{unit}, log" if log else unit, log=log)
            case "fixed":
                low = 0.0 if choice.y_min is None else choice.y_min
                high = self.y_max if choice.y_max is None else choice.y_max
                return Scale(low, high if low < high else None, log=log)
        return Scale(high=natural_scale(unit).high, log=True) if log else None

    def row_style(self, row_id: str, unit: str, title: str = "") -> RowStyle:
        """How the reader wants a row of values in this unit."""
        choice = self.row(row_id)
        return RowStyle(
            title=title,
            style=Style(choice.style or USUAL_STYLE),
            scale=self.scale_of(row_id, unit, log=True),
            colour=choice.colour,
        )

    def signal(self, row_id: str, data: TrackData, view: View, title: str = "") -> Row:
        """A signal row as the reader chose."""
        style = self.row_style(row_id, data.tracks[0].unit, title)
        return signal_row(data, view, self.theme, style)

    def alleles(self, row_id: str, pair: AlleleTracks, view: View, title: str = "") -> list[Row]:
        """REF with ALT and their difference, as the reader chose; REF stays grey."""
        style = self.row_style(row_id, pair.ref.tracks[0].unit, title)
        return list(allele_rows(pair, view, self.theme, style))

    def signal_rows(
        self, row_id: str, alleles: tuple[TrackData, TrackData | None], view: View, title: str
    ) -> list[Row]:
        """All rows of a signal: of REF alone, or of REF with ALT and of their difference."""
        ref, alt = alleles
        if alt is None:
            rows = [self.signal(row_id, ref, view, title)]
        else:
            rows = self.alleles(row_id, AlleleTracks(ref, alt), view, title)
        return self.chosen(row_id, rows, SIGNAL)

    def chosen(self, row_id: str, rows: Sequence[Row], choices: Sequence[str] = PLAIN) -> list[Row]:
        """Rows of one id, sized in proportion, that say what may be chosen of them."""
        if not rows:
            return []
        choice, first = self.row(row_id), rows[0]
        times = self.height if first.predicted else 1.0
        if choice.height_px is not None:
            times = choice.height_px / first.height_px
        heights = [max(round(row.height_px * times), LEAST_ROW_PX) for row in rows]
        now = {
            "height": heights[0],
            "style": choice.style or USUAL_STYLE,
            "scale": self.scale_name(row_id),
            "log": choice.log,
            "colour": choice.colour or first.colour,
            **first.choice,
        }
        offered = {name: value for name, value in now.items() if name in choices}
        return [
            replace(row, row_id=row_id, height_px=px, choices=tuple(choices), choice=offered)
            for row, px in zip(rows, heights, strict=True)
        ]
