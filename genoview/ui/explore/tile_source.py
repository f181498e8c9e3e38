"""A scene -> what the track view may ask of it, and where its keys can go."""

from dataclasses import replace

from genoview.data.genome import Interval
from genoview.errors import QueryError
from genoview.figure.build import build
from genoview.figure.details import card_of
from genoview.figure.details.values_at import stretch_of, values_at
from genoview.figure.options import Options
from genoview.figure.panels import interval_at, x_range
from genoview.figure.scene import Scene
from genoview.figure.tracks.by_assay import drawer_of
from genoview.ui.page.tiles import Source

MAX_STOPS = 2_000


def source_of(scene: Scene, options: Options) -> Source:
    """Everything is read from the answers as they are now; nothing is predicted."""
    whole, tissues = scene.request.locus.interval, options.tracks

    def within(left: float, right: float) -> Interval:
        part = whole.intersection(interval_at(whole.chrom, left, right))
        if part is None:
            raise QueryError(
                f"{left:,.0f} to {right:,.0f} lies outside of {whole.to_ucsc()}, which is shown."
            )
        return part

    return Source(
        draw=lambda left, right, width: build(
            scene, within(left, right), replace(options, width_px=width)
        ),
        values=lambda x: values_at(scene, within(x, x), tissues),
        stretch=lambda left, right: stretch_of(scene, within(left, right), tissues),
        card=lambda kind, key: card_of(scene, kind, key, tissues),
    )


def stops_of(scene: Scene) -> list[tuple[float, float, str]]:
    """Genes of the window, and the variant, from left to right."""
    whole, variant = scene.request.locus.interval, scene.request.variant
    stops = [(gene.interval, gene.symbol) for gene in scene.assembly.annotation.genes(whole)]
    if variant is not None:
        stops.append((variant.interval, scene.request.text))
    stops.sort(key=lambda stop: (stop[0].start, stop[0].end))
    return [(*x_range(interval), name) for interval, name in stops[:MAX_STOPS]]


def sites_of(scene: Scene) -> list[tuple[float, float, str]]:
    """Predicted splice sites of the window, in REF or ALT, from left to right."""
    sites: dict[int, str] = {}
    for model in scene.shown:
        for data in (model.ref.data, *([model.alt.data] if model.alt else ())):
            sites |= drawer_of(model).stops(data)
    chrom = scene.request.locus.interval.chrom
    return [
        (*x_range(Interval(chrom, start, start + 1)), name)
        for start, name in sorted(sites.items())[:MAX_STOPS]
    ]
