"""Rows of models that a variant does not change -> one line that names them.

A row is changed where the table of effects has something of it. Rows that the reader ordered, and
those of factors that the reader picked, stay where they are.
"""

from genoview.figure.options import Options
from genoview.figure.panels import View, fold_row
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import changed_ids, drawer_of, model_titles
from genoview.figure.tracks.many_tracks import Rows

FOLD = "unchanged"  # id of the line among the rows; on the page it cannot be moved


def unchanged_ids(scene: Scene, options: Options) -> tuple[str, ...]:
    """Ids of the rows that are folded away or stand below the line, in the usual order."""
    if not options.unchanged or scene.request.variant is None:
        return ()
    ids: dict[str, None] = {}
    for model in scene.shown:
        if model.alt is None or (options.factors and drawer_of(model).has_factors):
            continue
        changed = changed_ids(model, options.tracks, scene.report)
        ids |= dict.fromkeys(
            row_id
            for row_id in model_titles(model, scene.shown, options.tracks)
            if row_id not in changed and row_id not in options.order
        )
    return tuple(ids)


def folded(rows: Rows, scene: Scene, view: View, options: Options) -> Rows:
    """The rows with those that are unchanged behind a line that names them, or in its place."""
    away = {row_id: rows[row_id] for row_id in unchanged_ids(scene, options) if row_id in rows}
    if not away:
        return rows
    line = fold_row([drawn[0].title for drawn in away.values()], view, options.unchanged or "shown")
    changed = {row_id: drawn for row_id, drawn in rows.items() if row_id not in away}
    return changed | {FOLD: [line]} | (away if options.unchanged == "shown" else {})
