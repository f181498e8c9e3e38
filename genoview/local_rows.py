"""Local files -> rows of measured values and features, beside those that are predicted."""

import re
from collections.abc import Sequence

from genoview.measured import LocalFile, LocalFileError
from genoview.panels import Row, Theme, View
from genoview.panels.measured import absent_row, density_row, measured_signal_row
from genoview.panels.measured_features import measured_feature_row

MAX_FEATURES = 500  # drawn one by one; of more, how many there are
DENSITY_PX = 4  # of the figure for each count
PREFIX = "local:"


def local_rows(files: Sequence[LocalFile], view: View, theme: Theme) -> dict[str, list[Row]]:
    """A row for each file, by its id; a file that cannot be read any more says why."""
    return {
        row_id: [_row(file, view, theme)]
        for row_id, file in zip(local_ids(files), files, strict=True)
    }


def local_ids(files: Sequence[LocalFile]) -> dict[str, str]:
    """Every row that these files can draw, in their order: `local:my-peaks` -> title."""
    ids: dict[str, str] = {}
    for file in files:
        slug = re.sub(r"[^a-z0-9]+", "-", file.title.lower()).strip("-") or "file"
        names = (f"{PREFIX}{slug}", *(f"{PREFIX}{slug}-{n}" for n in range(2, len(files) + 2)))
        ids[next(name for name in names if name not in ids)] = file.title
    return ids


def _row(file: LocalFile, view: View, theme: Theme) -> Row:
    try:
        if not file.has(view.interval.chrom):
            return absent_row(view, theme, title=file.title, notes=_notes(file))
        if file.is_signal:
            positions, values = file.signal(view.drawn, view.n_points)
            return measured_signal_row(
                positions, values, view, theme, title=file.title, notes=_notes(file)
            )
        return _feature_row(file, view, theme)
    except LocalFileError as error:
        return absent_row(view, theme, title=file.title, message=str(error))


def _feature_row(file: LocalFile, view: View, theme: Theme) -> Row:
    """Each feature; or how many, where they are too many for the screen."""
    n_seen = file.count(view.interval)
    if n_seen > MAX_FEATURES:
        counts = file.density(view.drawn, max(view.n_points // 2 // DENSITY_PX, 1))
        return density_row(
            counts, view, theme, title=file.title, n_left_out=n_seen, notes=_notes(file)
        )
    features = file.features(view.interval, MAX_FEATURES)
    room, known = MAX_FEATURES - len(features), set(features)
    beside = [one for one in file.features(view.drawn, MAX_FEATURES) if one not in known]
    return measured_feature_row(
        [*features, *beside[:room]], view, theme, title=file.title, notes=_notes(file)
    )


def _notes(file: LocalFile) -> list[str]:
    n = file.n_skipped
    words = [file.kind.value]
    if n:
        words.append(f"{n:,} line{'' if n == 1 else 's'} left out")
    if file.warnings:
        words.append("of another assembly?")
    return words
