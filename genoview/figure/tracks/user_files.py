"""Local files -> rows of measured values and features, beside those that are predicted."""

import re
from collections.abc import Sequence

from genoview.figure.options import COLOURED, PLAIN, SIGNAL, Options
from genoview.figure.panels import Row, RowStyle, View
from genoview.figure.panels.signal.measured import (
    FILE_UNIT,
    absent_row,
    density_row,
    measured_signal_row,
)
from genoview.figure.panels.signal.measured_features import measured_feature_row
from genoview.io.formats import LocalFile, LocalFileError

MAX_FEATURES = 500  # drawn one by one; of more, how many there are
DENSITY_PX = 4  # of the figure for each count
PREFIX = "local:"
LONGEST_SLUG = 60  # characters of a title in its row's id, which must fit into a link


def local_rows(files: Sequence[LocalFile], view: View, options: Options) -> dict[str, list[Row]]:
    """A row for each file that is not hidden, as the reader chose; one without values says why."""
    return {
        row_id: _rows(row_id, file, view, options)
        for row_id, file in zip(local_ids(files), files, strict=True)
        if row_id not in options.hidden
    }


def local_ids(files: Sequence[LocalFile]) -> dict[str, str]:
    """Every row that these files can draw, in their order: `local:my-peaks` -> title."""
    ids: dict[str, str] = {}
    for file in files:
        words = re.sub(r"[^a-z0-9]+", "-", file.title.lower()).strip("-")
        slug = words[:LONGEST_SLUG].strip("-") or "file"
        names = (f"{PREFIX}{slug}", *(f"{PREFIX}{slug}-{n}" for n in range(2, len(files) + 2)))
        ids[next(name for name in names if name not in ids)] = file.title
    return ids


def _rows(row_id: str, file: LocalFile, view: View, options: Options) -> list[Row]:
    try:
        if not file.has(view.interval.chrom):
            row = absent_row(view, options.theme, title=file.title, notes=_notes(file))
            return options.chosen(row_id, [row], PLAIN)
        if file.is_signal:
            return options.chosen(row_id, [_signal_row(row_id, file, view, options)], SIGNAL)
        return options.chosen(row_id, [_feature_row(row_id, file, view, options)], COLOURED)
    except LocalFileError as error:
        row = absent_row(view, options.theme, title=file.title, message=str(error))
        return options.chosen(row_id, [row], PLAIN)


def _signal_row(row_id: str, file: LocalFile, view: View, options: Options) -> Row:
    """Values in a unit that no file names: `group` is for the reader to say what compares."""
    positions, values = file.signal(view.drawn, view.n_points)
    style = options.row_style(row_id, FILE_UNIT, title=file.title)
    return measured_signal_row(positions, values, view, options.theme, style, _notes(file))


def _feature_row(row_id: str, file: LocalFile, view: View, options: Options) -> Row:
    """Each feature; or how many, where they are too many for the screen."""
    theme, notes = options.theme, _notes(file)
    style = RowStyle(file.title, colour=options.row(row_id).colour)
    n_seen = file.count(view.interval)
    if n_seen > MAX_FEATURES:
        counts = file.density(view.drawn, max(view.n_points // 2 // DENSITY_PX, 1))
        left_out = file.count_words(view.interval)
        return density_row(counts, view, theme, style, left_out=left_out, notes=notes)
    features = file.features(view.interval, MAX_FEATURES)
    room, known = MAX_FEATURES - len(features), set(features)
    outside = [
        feature for feature in file.features(view.drawn, MAX_FEATURES) if feature not in known
    ]
    return measured_feature_row([*features, *outside[:room]], view, theme, style, notes=notes)


def _notes(file: LocalFile) -> list[str]:
    n = file.n_skipped
    words = [dict(file.facts).get("Version", "").partition(",")[0] or file.kind.name]
    if n:
        words.append(f"{n:,} line{'' if n == 1 else 's'} left out")
    if file.warnings:
        words.append("of another assembly?")
    return words
