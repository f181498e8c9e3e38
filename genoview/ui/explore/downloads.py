"""Files of what is seen, each with its provenance inside. Pictures come from the browser."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.ontology import Choice
from genoview.data.request import Request
from genoview.data.site_data import Sites
from genoview.data.track_data import AlleleTracks, Assay, TrackData
from genoview.figure.build import Options, factor_columns
from genoview.io import export
from genoview.io.export import Provenance, file_name
from genoview.pipeline import draw, provenance
from genoview.report.document import document
from genoview.report.gene_level_table import level_columns
from genoview.report.score_table import score_rows
from genoview.report.variant_report import VariantReport
from genoview.scoring.gene_levels import ModelLevels
from genoview.ui.explore import gene_levels, junction_contact_files, mutagenesis
from genoview.ui.page import shell
from genoview.ui.variant import delta_table, rank_table, service_scores
from genoview.ui.variant.report import report_of

MAX_COLUMNS = 64  # tracks of one file where a reader would open it by hand
Make = Callable[[Answer, Provenance], bytes]


def menu(
    request: Request,
    answers: Sequence[Answer],
    view: Interval,
    options: Options,
    link: str,
) -> None:
    """The whole view, then the tracks and sites of one model."""
    st.caption("PNG and SVG: the buttons above the tracks. All files cover the part in view.")
    levels = gene_levels.levels_of(request)
    marked = tuple(one.words for one in options.highlights)
    made_by = replace(provenance(request, answers, link, levels), highlights=marked)
    if levels:
        _level_table(request, levels, link)
    if not answers:
        st.caption("Nothing is predicted yet.")
        return
    assembly, scans = shell.bench().assembly(request.assembly), mutagenesis.so_far()
    _button(
        "View as HTML",
        lambda: export.html_page(
            draw(request, answers, assembly, view, options, (), scans, levels), made_by
        ),
        file_name(made_by, "view", "html"),
    )
    _button(
        "Genes as BED",
        lambda: export.genes_bed(assembly.annotation.genes(view), made_by),
        file_name(made_by, "genes", "bed"),
    )
    if request.variant is not None:
        _scores(request, answers, levels, made_by, options)
    by_name = {found.card.name: found for found in answers}
    name = st.selectbox(
        "Tracks of",
        list(by_name),
        format_func=lambda name: by_name[name].card.title,
        key="export_of",
    )
    found = by_name[name]
    own = replace(provenance(request, [found], link), highlights=marked)
    with st.container(horizontal=True):
        for title, ending, make in _formats(request.assembly, found, view, options):
            _button(title, _bound(make, found, own), file_name(own, name, ending))


def _level_table(request: Request, levels: Sequence[ModelLevels], link: str) -> None:
    own = provenance(request, (), link, levels)
    _button(
        "Levels of genes as TSV",
        lambda: export.named_tsv(level_columns(levels), own),
        file_name(own, "gene-levels", "tsv"),
    )


def _scores(
    request: Request,
    answers: Sequence[Answer],
    levels: Sequence[ModelLevels],
    made_by: Provenance,
    options: Options,
) -> None:
    """What the tables under the tracks say; delta scores as far as they were made."""

    def whole() -> VariantReport:
        """When a file is asked for, not at every run of the page: jobs may have made more."""
        report = report_of(request, answers)
        return replace(
            report,
            deltas=delta_table.deltas_of(report),
            ranks=rank_table.report_of(request, answers),
            services=service_scores.reports_of(report),
            levels=levels,
        )

    with st.container(horizontal=True):
        _button(
            "Scores as CSV",
            lambda: export.scores_csv(score_rows(whole()), made_by),
            file_name(made_by, "scores", "csv"),
        )
        _button(
            "Scores as JSON",
            lambda: json.dumps(
                document(whole(), options.tracks), indent=2, ensure_ascii=False
            ).encode(),
            file_name(made_by, "scores", "json"),
        )


def _formats(
    genome: str, found: Answer, view: Interval, options: Options
) -> list[tuple[str, str, Make]]:
    chrom, tracks = view.chrom, found.ref.data.tracks
    length = shell.bench().assembly(genome).reference.chromosomes.get(chrom)
    formats: list[tuple[str, str, Make]] = [
        (
            "bedGraph",
            "bedgraph",
            lambda a, p: export.bedgraph(_source(a, view, options), p, length),
        ),
        ("bigWig", "bigwig.zip", lambda a, p: export.bigwig(_source(a, view, options), p, length)),
        ("CSV", "csv", lambda a, p: export.csv_table(_source(a, view, options), p, length)),
        ("Parquet", "parquet", lambda a, p: export.parquet(_whole(a, view), p, length)),
    ]
    if not tracks:  # of junctions or contacts alone
        formats = []
    formats += junction_contact_files.formats(found, view, options)
    if len(found.ref.sites):
        formats += [
            (
                "Sites as BED",
                "bed",
                lambda a, p: export.sites_bed(_sites(a, view), tracks, chrom, p),
            ),
            (
                "Sites as CSV",
                "sites.csv",
                lambda a, p: export.sites_csv(_sites(a, view), tracks, chrom, p),
            ),
        ]
    return formats


def _bound(make: Make, found: Answer, made_by: Provenance) -> Callable[[], bytes]:
    return lambda: make(found, made_by)


def _whole(found: Answer, view: Interval) -> TrackData | AlleleTracks:
    """Every track in view, both alleles where there are two."""
    ref = found.ref.data.slice(view)
    return ref if found.alt is None else AlleleTracks(ref, found.alt.data.slice(view))


def _source(found: Answer, view: Interval, options: Options) -> TrackData | AlleleTracks:
    """The tracks that are drawn, where there are too many to open by hand."""
    source = _whole(found, view)
    if len(found.ref.data.tracks) <= MAX_COLUMNS:
        return source
    columns = Choice.of(options.tracks).picks(found.ref.data.tracks)[:MAX_COLUMNS]
    if found.shown.assay is Assay.TF_MOTIF:
        columns = factor_columns(found.shown, view, options)
    if isinstance(source, TrackData):
        return source.select(columns)
    return AlleleTracks(source.ref.select(columns), source.alt.select(columns))


def _sites(found: Answer, view: Interval) -> dict[str, Sites]:
    ref = found.ref.sites.within(view)
    return {"": ref} if found.alt is None else {"REF": ref, "ALT": found.alt.sites.within(view)}


def _button(title: str, make: Callable[[], bytes], name: str) -> None:
    """The file is made when it is asked for."""
    st.download_button(title, make, name, key=f"download-{name}", on_click="ignore")
