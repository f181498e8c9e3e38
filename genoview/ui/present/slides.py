"""A presentation in the address: saved loci by their short ids, and which of them is shown.

`?present=abcd2345.efgh6789&slide=2`
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import streamlit as st

PRESENT, SLIDE = "present", "slide"
SEPARATOR = "."
MOST_SLIDES = 100
MOST_LETTERS = 20  # of an id, which is typed by anybody
ZOOM = 1.4  # of the track view, to be read from the last row


@dataclass(frozen=True, slots=True)
class Slides:
    """What is presented.

    Attributes:
        ids: short ids of saved loci, in their order.
        index: of the one that is shown, from 0.
    """

    ids: tuple[str, ...]
    index: int = 0

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self | None:
        """None where nothing is presented; an index outside is the nearest that there is."""
        parts = params.get(PRESENT, "").split(SEPARATOR)
        ids = tuple(part[:MOST_LETTERS] for part in parts if part.isalnum())[:MOST_SLIDES]
        if not ids:
            return None
        number = params.get(SLIDE, "")
        index = int(number) - 1 if number.isascii() and number.isdigit() else 0
        return cls(ids, min(max(index, 0), len(ids) - 1))

    def moved(self, by: int) -> Self:
        """On or back, not beyond the first or the last."""
        return replace(self, index=min(max(self.index + by, 0), len(self.ids) - 1))

    @property
    def current(self) -> str:
        """Short id of the locus that is shown."""
        return self.ids[self.index]

    @property
    def params(self) -> dict[str, str]:
        """As the address has them."""
        return {PRESENT: SEPARATOR.join(self.ids), SLIDE: str(self.index + 1)}


def shown() -> Slides | None:
    """What the address of this page presents."""
    return Slides.from_params(st.query_params)


def is_presented() -> bool:
    """Whether this page is a presentation."""
    return PRESENT in st.query_params


def kept() -> dict[str, str]:
    """What stays in the address while the view changes."""
    return {key: st.query_params[key] for key in (PRESENT, SLIDE) if key in st.query_params}
