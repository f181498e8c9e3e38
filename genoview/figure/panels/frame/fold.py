"""The line that stands for rows which are not drawn."""

from collections.abc import Sequence
from typing import Literal

from genoview.figure.panels.frame.row import Row, View
from genoview.figure.panels.frame.text import text_width, wrapped
from genoview.figure.panels.frame.theme import BODY

FOLD_HEIGHT = 18  # px
BUTTON_PX = 64  # px at the right that the page's button takes


def fold_row(titles: Sequence[str], view: View, state: Literal["folded", "shown"]) -> Row:
    """`6 unchanged rows`, and their titles as far as they fit while they are folded."""
    n, room = len(titles), view.plot_px - 2 * BUTTON_PX
    names = ", ".join(dict.fromkeys(titles))
    if text_width(names, BODY) > room:
        names = wrapped(names, BODY, room, 1)[0]
    return Row(
        title=f"{n} unchanged row{'' if n == 1 else 's'}",
        height_px=FOLD_HEIGHT,
        message=names if state == "folded" else "",
        folds=state,
    )
