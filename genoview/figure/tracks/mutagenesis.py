"""Substitutions -> rows of the track view, by their ids."""

from collections.abc import Iterable, Mapping

from genoview.figure.options import PLAIN, Options
from genoview.figure.panels import Effects, Row, View, substitution_rows
from genoview.scoring.mutagenesis.effects import Substitutions

PREFIX = "mutagenesis:"


def scan_ids(titles: Mapping[str, str]) -> dict[str, str]:
    """Id of the row of each score -> words, from score ids and titles."""
    return {f"{PREFIX}{score_id}": f"Mutagenesis, {title}" for score_id, title in titles.items()}


def scan_rows(scans: Iterable[Substitutions], view: View, options: Options) -> dict[str, list[Row]]:
    """Letters of the mean effect and a heat map for each score, without those switched off."""
    rows: dict[str, list[Row]] = {}
    for scan in scans:
        row_id = f"{PREFIX}{scan.score.score_id}"
        if row_id in options.hidden:
            continue
        n, width = scan.n_done, scan.interval.width
        effects = Effects(
            scan.interval,
            scan.bases,
            scan.values,
            scan.means,
            scan.score.label,
            scan.score.unit,
            "" if scan.is_complete else f"{n:,} of {width:,} bases so far",
        )
        colour = options.theme.families[scan.score.family]
        drawn = substitution_rows(effects, view, options.theme, colour=colour)
        rows[row_id] = options.chosen(row_id, drawn, PLAIN)
    return rows
