"""Models of binding motifs -> sites of the factors that matter, and how likely bins are bound."""

from collections.abc import Sequence

import numpy as np

from genoview.data.answer import Shown
from genoview.data.derived_arrays import remembered
from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.data.track_data import AlleleTracks
from genoview.figure.options import COLOURED, HEAT, PLAIN, SIGNAL, Options
from genoview.figure.panels import Row, SiteStyle, View, heat_row, site_allele_row, site_row
from genoview.figure.tracks.drawer import Drawer, selected_tracks
from genoview.figure.tracks.many_tracks import Rows
from genoview.models.binding.motifs import logo_matrices
from genoview.report.variant_report import VariantReport
from genoview.scoring import factors_to_show, most_changed

N_FACTORS = 10  # binding factors drawn where the reader picked none
N_CHANGED = 3  # of them with occupancy of both alleles


class Motifs(Drawer):
    """Sites of the chosen factors in one row, their occupancy in another."""

    by_tissue = False
    has_factors = True
    explains_scans = True

    def rows(self, model: Shown, view: View, options: Options) -> Rows:
        columns = factor_columns(model, view.interval, options)
        draw = _locus_rows if model.alt is None else _allele_rows
        return draw(model, columns, view, options)

    def titles(self, model: Shown, prefix: str, tokens: Sequence[str]) -> dict[str, str]:
        sites_id, occupancy_id = _ids(model)
        return {sites_id: "Motif sites", occupancy_id: "Motif occupancy"}

    def changed(
        self, model: Shown, tokens: Sequence[str], report: VariantReport | None
    ) -> frozenset[str]:
        """Both rows, where a site is gained, lost, stronger or weaker."""
        if model.alt is None or not _changed_factors(model.ref.sites, model.alt.sites):
            return frozenset()
        return frozenset(_ids(model))

    def file_columns(self, model: Shown, view: Interval, options: Options) -> Sequence[int]:
        return factor_columns(model, view, options)


def factor_columns(model: Shown, view: Interval, options: Options) -> list[int]:
    """The factors that the reader picked, or those that matter most in view."""
    names = {track.name: column for column, track in enumerate(model.ref.data.tracks)}
    picked = [names[name] for name in options.factors if name in names]
    alt = None if model.alt is None else model.alt.sites
    return picked or list(factors_to_show(model.ref.sites, alt, view, N_FACTORS))


def _ids(model: Shown) -> tuple[str, str]:
    return f"{model.name}:sites", f"{model.name}:occupancy"


def _locus_rows(model: Shown, columns: Sequence[int], view: View, options: Options) -> Rows:
    sites_id, occupancy_id = _ids(model)
    sites = model.ref.sites.where(np.isin(model.ref.sites.track, columns))
    style = _site_style(model, columns, options.row(sites_id).colour)
    row = site_row(sites, model.ref.data.tracks, view, options.theme, style)
    occupancy = [_occupancy(occupancy_id, model, columns, view, options)] if columns else []
    return {
        sites_id: options.chosen(sites_id, [row], COLOURED),
        occupancy_id: options.chosen(occupancy_id, occupancy, HEAT),
    }


def _allele_rows(model: Shown, columns: Sequence[int], view: View, options: Options) -> Rows:
    """Occupancy is of the factors whose sites change: bins beside an indel differ without one."""
    assert model.alt is not None
    sites_id, occupancy_id = _ids(model)
    ref, alt = (p.sites.where(np.isin(p.sites.track, columns)) for p in (model.ref, model.alt))
    tracks, style = model.ref.data.tracks, _site_style(model, columns)
    row = site_allele_row(ref, alt, tracks, view, options.theme, style)
    occupancy: list[Row] = []
    changed = _changed_factors(model.ref.sites, model.alt.sites)
    for column in [column for column in changed if column in columns][:N_CHANGED]:
        before, after = selected_tracks(model, [column])
        assert after is not None
        title = f"{tracks[column].name} occupancy"
        occupancy += options.alleles(occupancy_id, AlleleTracks(before, after), view, title=title)
    return {
        sites_id: options.chosen(sites_id, [row], PLAIN),
        occupancy_id: options.chosen(occupancy_id, occupancy, SIGNAL),
    }


def _changed_factors(ref: Sites, alt: Sites) -> list[int]:
    """Columns by their change, computed once for the same sites."""
    return remembered([ref.p_value, alt.p_value], "changed factors", lambda: most_changed(ref, alt))


def _site_style(model: Shown, columns: Sequence[int], colour: str = "") -> SiteStyle:
    return SiteStyle(
        max_lanes=max(len(columns), 1),
        covered=model.ref.data.interval,
        motifs=logo_matrices(),
        colour=colour,
    )


def _occupancy(
    row_id: str, model: Shown, columns: Sequence[int], view: View, options: Options
) -> Row:
    data = model.ref.data.select(columns)
    style = options.row_style(row_id, data.tracks[0].unit, title="Motif occupancy")
    return heat_row(data, view, options.theme, style)
