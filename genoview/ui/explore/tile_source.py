"""A request with its answers -> what the track view may ask of it, and where its keys can go."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.data.track_data import Assay
from genoview.errors import QueryError
from genoview.figure.details import card_of
from genoview.figure.details.values_at import stretch_of, values_at
from genoview.figure.options import Options
from genoview.figure.panels import interval_at, x_range
from genoview.io.assembly import Assembly
from genoview.io.formats import LocalFile
from genoview.pipeline import sketch
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.mutagenesis import Substitutions
from genoview.ui.page.tiles import Source

MAX_STOPS = 2_000
SITE_FROM = 0.5  # probability of a splice site that the keys go to


def source_of(
    request: Request,
    answers: Sequence[Answer],
    assembly: Assembly,
    options: Options,
    files: Sequence[LocalFile],
    scans: Sequence[Substitutions] = (),
    levels: Sequence[ModelLevels] = (),
) -> Source:
    """Everything is read from the answers as they are now; nothing is predicted."""
    whole = request.locus.interval

    def within(left: float, right: float) -> Interval:
        found = whole.intersection(interval_at(whole.chrom, left, right))
        if found is None:
            raise QueryError(
                f"{left:,.0f} to {right:,.0f} lies outside of {whole.to_ucsc()}, which is shown."
            )
        return found

    return Source(
        draw=lambda left, right, width: sketch(
            request,
            answers,
            assembly,
            within(left, right),
            replace(options, width_px=width),
            files,
            scans,
            levels,
        ),
        values=lambda x: values_at(within(x, x), answers, assembly, files, options.tracks),
        stretch=lambda left, right: stretch_of(
            within(left, right), answers, assembly, options.tracks
        ),
        card=lambda kind, key: card_of(
            kind, key, request, answers, assembly, files, scans, options.tracks, levels
        ),
    )


def stops_of(request: Request, assembly: Assembly) -> list[tuple[float, float, str]]:
    """Genes of the window, and the variant, from left to right."""
    whole = request.locus.interval
    stops = [(gene.interval, gene.symbol) for gene in assembly.annotation.genes(whole)]
    if request.variant is not None:
        stops.append((request.variant.interval, request.text))
    stops.sort(key=lambda stop: (stop[0].start, stop[0].end))
    return [(*x_range(interval), name) for interval, name in stops[:MAX_STOPS]]


def sites_of(request: Request, answers: Sequence[Answer]) -> list[tuple[float, float, str]]:
    """Predicted splice sites of the window, in REF or ALT, from left to right."""
    found: dict[int, str] = {}
    for answer in answers:
        if answer.ref.tracks[0].assay is not Assay.SPLICE_SITES:
            continue
        for data in (answer.ref.data, *([answer.alt.data] if answer.alt else ())):
            bins, columns = np.nonzero(data.values >= SITE_FROM)
            for place, column in zip(bins.tolist(), columns.tolist(), strict=True):
                found[data.interval.start + place] = data.tracks[column].label
    stops = sorted(found.items())[:MAX_STOPS]
    return [
        (*x_range(Interval(request.locus.interval.chrom, start, start + 1)), name)
        for start, name in stops
    ]
