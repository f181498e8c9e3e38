"""One model's tracks -> its rows: each assay has its own way of being drawn."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from genoview.data.answer import Shown
from genoview.data.derived_arrays import remembered
from genoview.data.genome import Interval
from genoview.data.track_data import AlleleTracks, Assay, TrackData, TrackMetadata
from genoview.figure.options import COLOURED, HEAT, PLAIN, SIGNAL, STEMS, Options
from genoview.figure.panels import (
    DIFFERENCE,
    PROBABILITY,
    Row,
    View,
    change_on,
    heat_row,
    site_allele_row,
    site_row,
    splice_allele_rows,
    splice_row,
)
from genoview.figure.tracks.junctions_contacts import part_rows
from genoview.figure.tracks.language import language_rows
from genoview.figure.tracks.many_tracks import assay_rows, has_many, lane_rows, top_changed
from genoview.models.binding.motifs import logo_matrices
from genoview.scoring import factors_to_show, most_changed, strand_mean
from genoview.scoring.language import is_language

N_FACTORS = 10  # binding factors drawn where the reader picked none
N_CHANGED = 3  # of them with occupancy of both alleles
ALL_CELLS = "all cells"  # last part of the id of their lanes
N_TOP = 5  # most changed tracks of an assay that are chosen together
# These have rows of their own kind.
OWN_WAYS = (Assay.TF_MOTIF, Assay.SPLICE_SITES, Assay.MPRA, Assay.LANGUAGE)
N_CELLS = 2  # cell types of a model that are drawn where the reader asked for no other


def model_rows(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """Rows by their ids, without those switched off."""
    draw: Callable[[Shown, View, Options], dict[str, list[Row]]] = _signals
    if model.assay is Assay.TF_MOTIF:
        draw = _motifs
    elif model.assay is Assay.SPLICE_SITES:
        draw = _splicing
    elif model.assay is Assay.MPRA:
        draw = _activities
    elif model.assay is Assay.SPLICE_SITE_STRENGTH:
        draw = _groups
    elif is_language(model.ref.data.tracks):
        draw = _language
    elif has_many(model.ref.data.tracks):
        draw = _assays
    made = draw(model, view, options) if model.ref.data.tracks else {}
    made |= part_rows(model.name, model.ref, model.alt, view, options)
    return {row_id: rows for row_id, rows in made.items() if row_id not in options.hidden}


def _assays(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """Rows of a model that has several tracks of one strand."""
    return assay_rows(model.name, model.ref, model.alt, view, options)


def _language(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """What a language model expects."""
    return language_rows(model.name, model.ref, model.alt, view, options)


def _signals(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """A row for each track, or REF with ALT and their difference."""
    rows: dict[str, list[Row]] = {}
    for column, track in enumerate(model.ref.data.tracks):
        row_id = f"{model.name}:{track.strand}"
        ref = model.ref.data.select([column])
        if model.alt is None:
            made = [options.signal(row_id, ref, view, title=track.label)]
        else:
            pair = AlleleTracks(ref, model.alt.data.select([column]))
            made = options.alleles(row_id, pair, view, title=track.label)
        rows[row_id] = options.chosen(row_id, made, SIGNAL)
    return rows


def _activities(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """A row for each cell type: both strands, or the mean of both for REF with ALT."""
    rows: dict[str, list[Row]] = {}
    optional = optional_ids([model])
    for row_id, track in cells_of(model).items():
        if row_id in optional and row_id not in options.order:
            continue
        tracks = model.ref.data.tracks
        columns = [i for i, other in enumerate(tracks) if other.group == track.group]
        ref = model.ref.data.select(columns)
        if model.alt is None:
            made = [options.signal(row_id, ref, view, title=track.name)]
        else:
            alt = strand_mean(model.alt.data.select(columns))
            pair = AlleleTracks(strand_mean(ref), alt)
            made = options.alleles(row_id, pair, view, title=track.name)
        rows[row_id] = options.chosen(row_id, made, SIGNAL)
    lanes_id = f"{model.name}:{ALL_CELLS}"
    return rows | (_cell_lanes(lanes_id, model, view, options) if lanes_id in options.order else {})


def _cell_lanes(row_id: str, model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """Every cell type as a lane of colour, the mean of its strands."""

    def mean(data: TrackData) -> TrackData:
        kept = remembered([data.values], "mean of strands", lambda: strand_mean(data))
        return replace(kept, interval=data.interval)

    alt = None if model.alt is None else mean(model.alt.data)
    return lane_rows(row_id, mean(model.ref.data), alt, view, options)


def _groups(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """A row for each group: both strands, or of REF with ALT the strand that changes most."""
    rows: dict[str, list[Row]] = {}
    tracks, alt = model.ref.data.tracks, model.alt
    strand = "+" if alt is None else _most_changed_strand(AlleleTracks(model.ref.data, alt.data))
    for row_id, track in cells_of(model).items():
        columns = [i for i, other in enumerate(tracks) if other.group == track.group]
        if alt is None:
            made = [options.signal(row_id, model.ref.data.select(columns), view, title=track.name)]
        else:
            columns = [i for i in columns if tracks[i].strand == strand]
            pair = AlleleTracks(model.ref.data.select(columns), alt.data.select(columns))
            made = options.alleles(row_id, pair, view, title=pair.ref.tracks[0].label)
        rows[row_id] = options.chosen(row_id, made, SIGNAL)
    return rows


def _most_changed_strand(pair: AlleleTracks) -> str:
    column = int(np.abs(pair.difference().values).max(axis=0).argmax())
    return pair.ref.tracks[column].strand


def _splicing(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """Stems of donors and acceptors on both strands, without the tracks switched off."""
    tracks = model.ref.data.tracks
    kept = [c for c, track in enumerate(tracks) if track.label not in options.hidden]
    if not kept:
        return {}
    ref, scale = model.ref.data.select(kept), options.scale_of(model.name, tracks[0].unit)
    if model.alt is None:
        made = [splice_row(ref, view, options.theme, scale=scale or PROBABILITY)]
    else:
        pair = AlleleTracks(ref, model.alt.data.select(kept))
        both = splice_allele_rows(pair, view, options.theme, scale=scale)
        made = [change_on(row, scale) if row.title == DIFFERENCE else row for row in both]
    return {model.name: options.chosen(model.name, made, STEMS)}


def _motifs(model: Shown, view: View, options: Options) -> dict[str, list[Row]]:
    """Sites of the chosen factors, and how likely each bin is to be bound."""
    columns = factor_columns(model, view.interval, options)
    tracks, theme = model.ref.data.tracks, options.theme
    ref = model.ref.sites.where(np.isin(model.ref.sites.track, columns))
    n_lanes, covered = max(len(columns), 1), model.ref.data.interval
    sites_id, occupancy_id = f"{model.name}:sites", f"{model.name}:occupancy"
    if model.alt is None:
        data = model.ref.data.select(columns)
        occupancy = [_heat(occupancy_id, data, view, options)] if columns else []
        sites = site_row(
            ref,
            tracks,
            view,
            theme,
            max_lanes=n_lanes,
            covered=covered,
            motifs=logo_matrices(),
            colour=options.row(sites_id).colour,
        )
    else:
        # By their sites: a bin beside an indel may differ where no site does.
        alt = model.alt.sites.where(np.isin(model.alt.sites.track, columns))
        sites = site_allele_row(
            ref,
            alt,
            tracks,
            view,
            theme,
            max_lanes=n_lanes,
            covered=covered,
            motifs=logo_matrices(),
        )
        occupancy = [
            row
            for column in most_changed(ref, alt)[:N_CHANGED]
            for row in options.alleles(
                occupancy_id,
                AlleleTracks(model.ref.data.select([column]), model.alt.data.select([column])),
                view,
                title=f"{tracks[column].name} occupancy",
            )
        ]
    one_allele = model.alt is None
    return {
        sites_id: options.chosen(sites_id, [sites], COLOURED if one_allele else PLAIN),
        occupancy_id: options.chosen(occupancy_id, occupancy, HEAT if one_allele else SIGNAL),
    }


def _heat(row_id: str, data: TrackData, view: View, options: Options) -> Row:
    scale = options.scale_of(row_id, data.tracks[0].unit, log=True)
    title, colour = "Motif occupancy", options.row(row_id).colour
    return heat_row(data, view, options.theme, title=title, scale=scale, colour=colour)


def factor_columns(model: Shown, view: Interval, options: Options) -> list[int]:
    """The factors that the reader picked, or those that matter most in view."""
    names = {track.name: column for column, track in enumerate(model.ref.data.tracks)}
    picked = [names[name] for name in options.factors if name in names]
    alt = None if model.alt is None else model.alt.sites
    return picked or list(factors_to_show(model.ref.sites, alt, view, N_FACTORS))


def optional_ids(shown: Sequence[Shown]) -> tuple[str, ...]:
    """Rows that are drawn only where the reader's order names them."""
    return tuple(
        row_id
        for model in shown
        if model.assay is Assay.MPRA
        for row_id in (*list(cells_of(model))[N_CELLS:], f"{model.name}:{ALL_CELLS}")
    )


def cells_of(model: Shown) -> dict[str, TrackMetadata]:
    """A row for each cell type, with one of its tracks."""
    tracks = reversed(model.ref.data.tracks)  # so that the first of each stays
    named = {f"{model.name}:{track.group}": track for track in tracks}
    return dict(reversed(named.items()))


def choosable(shown: Sequence[Shown]) -> tuple[TrackMetadata, ...]:
    """The tracks among which a reader may want to choose by tissue, assay and factor."""
    found: list[TrackMetadata] = []
    for model in shown:
        data, junctions, contacts = model.ref.data, model.ref.junctions, model.ref.contacts
        if model.assay not in OWN_WAYS and has_many(data.tracks):
            found += data.tracks
        found += junctions.tracks if junctions is not None else ()
        if contacts is not None and model.assay is not Assay.DEPENDENCY:
            found += contacts.tracks
    return tuple(found)


def most_changed_tracks(shown: Sequence[Shown], most: int = N_TOP) -> list[TrackMetadata]:
    """The tracks that a variant changes most, `most` of each assay: units cannot be compared."""
    return [
        track
        for model in shown
        if model.alt is not None and model.assay not in OWN_WAYS
        for track in top_changed(model.ref, model.alt, most)
    ]
