"""Substitutions -> rows of the track view, by their ids."""

from collections.abc import Iterable, Mapping

from genoview.figure.options import PLAIN, Options
from genoview.figure.panels import Effects, Row, View, substitution_rows
from genoview.scoring.mutagenesis.effects import Substitutions

PREFIX = "mutagenesis:"


def scan_ids(titles: Mapping[str, str]) -> dict[str, str]:
    """Id of the row of each score -> words, from score ids and titles."""
    return {f"{PREFIX}{score_id}": f"Mutagenesis, {title}" for score_id, title in titles.items()}


def scan_rows(found: Iterable[Substitutions], view: View, options: Options) -> dict[str, list[Row]]:
    """Letters of the mean effect and a heat map for each score, without those switched off."""
    rows: dict[str, list[Row]] = {}
    for one in found:
        row_id = f"{PREFIX}{one.score.score_id}"
        if row_id in options.hidden:
            continue
        n, width = one.n_done, one.interval.width
        effects = Effects(
            one.interval,
            one.bases,
            one.values,
            one.means,
            one.score.label,
            one.score.unit,
            "" if one.is_complete else f"{n:,} of {width:,} bases so far",
        )
        colour = options.theme.families[one.score.family]
        made = substitution_rows(effects, view, options.theme, colour=colour)
        rows[row_id] = options.chosen(row_id, made, PLAIN)
    return rows
