"""Files of what is seen, each with its provenance inside. Pictures come from the browser."""

import json
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import drawer_of
from genoview.figure.tracks.drawer import MAX_COLUMNS
from genoview.io import export
from genoview.io.assembly import Assembly
from genoview.io.export import NamedColumn, Provenance, file_name, models_used, provenance_of
from genoview.report.consequence_table import consequence_columns
from genoview.report.document import document
from genoview.report.gene_level_table import level_columns
from genoview.report.prediction_table import prediction_columns, rule_columns
from genoview.report.rna import rna_columns
from genoview.report.score_table import score_rows
from genoview.report.variant_report import VariantReport
from genoview.ui.explore import junction_contact_files
from genoview.ui.plain import plain
from genoview.ui.variant import missense, names, report_download, structure
from genoview.ui.variant.report import report_of
from genoview.ui.variant.tables import rank_table, service_scores

Make = Callable[[Answer, Provenance], bytes]
Columns = Callable[[VariantReport], list[NamedColumn]]
TABLES: tuple[tuple[str, str, Columns], ...] = (
    ("Consequences", "consequences", lambda report: consequence_columns(report.consequences)),
    ("Prediction", "prediction", lambda report: prediction_columns(report.verdict)),
    ("ClinGen rules", "clingen-rules", lambda report: rule_columns(report.rules)),
    ("RNA and protein", "rna", lambda report: rna_columns(report.rna)),
)
"""Of a variant: title, part of the file's name, columns."""


def menu(scene: Scene, view: Interval, options: Options, link: str) -> None:
    """The whole view, then the tracks and sites of one model."""
    st.caption("PNG and SVG: the buttons above the tracks. All files cover the part in view.")
    marked = tuple(highlight.words for highlight in options.highlights)
    made_by = replace(scene.provenance(link), highlights=marked)
    if scene.levels:
        _level_table(scene, link)
    if not scene.answers:
        st.caption("Nothing is predicted yet.")
        return
    if scene.request.variant is not None:
        report_download.report_button(report_of(scene.request, scene.answers))
    own_scene = replace(scene, files=())  # local files stay on this machine
    _button(
        "View as HTML",
        lambda: export.html_page(build_figure(own_scene, view, options), made_by),
        file_name(made_by, "view", "html"),
    )
    _button(
        "Genes as BED",
        lambda: export.genes_bed(scene.assembly.annotation.genes(view), made_by),
        file_name(made_by, "genes", "bed"),
    )
    if scene.request.variant is not None:
        _scores(scene, made_by, options)
    by_name = {answer.card.name: answer for answer in scene.answers}
    name = st.selectbox(
        "Tracks of",
        list(by_name),
        format_func=lambda name: by_name[name].card.title,
        key="export_of",
    )
    answer = by_name[name]
    own = replace(provenance_of(scene.request, [answer], link), highlights=marked)
    with st.container(horizontal=True):
        for title, ending, make in _formats(scene.assembly, answer, view, options):
            _button(title, _bound(make, answer, own), file_name(own, name, ending))


def _level_table(scene: Scene, link: str) -> None:
    own = provenance_of(scene.request, scene.levels, link)
    _button(
        "Levels of genes as TSV",
        lambda: export.named_tsv(level_columns(scene.levels), own),
        file_name(own, "gene-levels", "tsv"),
    )


def _scores(scene: Scene, made_by: Provenance, options: Options) -> None:
    """What the tables under the tracks say; delta scores as far as they were made."""
    request, answers = scene.request, scene.answers

    def whole() -> VariantReport:
        """The report when a file is requested, with scores that jobs have added since."""
        report = report_of(request, answers)
        return replace(
            report,
            ranks=rank_table.report_of(request, answers),
            services=service_scores.reports_of(report),
            levels=scene.levels,
            names=names.known(request),
            missense=missense.missense_of(report),
            structure=structure.structure_facts(report),
        )

    def scores_table() -> bytes:
        report = whole()
        proteins = report.missense.scores if report.missense else ()
        models = (*made_by.models, *models_used(proteins))
        return export.scores_csv(score_rows(report), replace(made_by, models=models))

    def scores_json() -> bytes:
        plain_report = document(whole(), options.tracks)
        return json.dumps(plain_report, indent=2, ensure_ascii=False).encode()

    def table(columns: Columns) -> Callable[[], bytes]:
        return lambda: export.named_tsv(columns(whole()), made_by)

    with st.container(horizontal=True):
        _button("Scores as CSV", scores_table, file_name(made_by, "scores", "csv"))
        _button("Scores as JSON", scores_json, file_name(made_by, "scores", "json"))
        for title, part, columns in TABLES:
            _button(f"{title} as TSV", table(columns), file_name(made_by, part, "tsv"))


def _formats(
    assembly: Assembly, answer: Answer, view: Interval, options: Options
) -> list[tuple[str, str, Make]]:
    chrom, tracks = view.chrom, answer.ref.data.tracks
    length = assembly.reference.chromosomes.get(chrom)
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
    formats += junction_contact_files.formats(answer, view, options)
    if len(answer.ref.sites):
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


def _bound(make: Make, answer: Answer, made_by: Provenance) -> Callable[[], bytes]:
    return lambda: make(answer, made_by)


def _whole(answer: Answer, view: Interval) -> TrackData | AlleleTracks:
    """Every track in view, both alleles where there are two."""
    ref = answer.ref.data.slice(view)
    return ref if answer.alt is None else AlleleTracks(ref, answer.alt.data.slice(view))


def _source(answer: Answer, view: Interval, options: Options) -> TrackData | AlleleTracks:
    """The tracks that are drawn, where there are too many to open by hand."""
    source = _whole(answer, view)
    if len(answer.ref.data.tracks) <= MAX_COLUMNS:
        return source
    columns = drawer_of(answer.shown).file_columns(answer.shown, view, options)
    if isinstance(source, TrackData):
        return source.select(columns)
    return AlleleTracks(source.ref.select(columns), source.alt.select(columns))


def _sites(answer: Answer, view: Interval) -> dict[str, Sites]:
    ref = answer.ref.sites.within(view)
    return {"": ref} if answer.alt is None else {"REF": ref, "ALT": answer.alt.sites.within(view)}


def _button(title: str, make: Callable[[], bytes], name: str) -> None:
    """The file is made on request."""
    st.download_button(plain(title), make, name, key=f"download-{name}", on_click="ignore")
