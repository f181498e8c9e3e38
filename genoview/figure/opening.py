"""Variant + genes + what is known of it -> the stretch that is seen first.

The changed sites, the exons they belong to and the variant lie in it, wide enough to be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from genoview.data.genome import Gene, Interval, Transcript, Variant
from genoview.data.request import Request
from genoview.report.variant_report import VariantReport

LEAST, MOST = 400, 4_000  # bp in view; bases and codons are drawn up to 5,000
MARGIN = 0.15  # of what must be seen, on each side
NAMED_FROM = 0.1  # change of a site's probability that the figure writes beside it


def opening_view(
    request: Request, genes: Sequence[Gene], report: VariantReport | None = None
) -> Interval:
    """Of a locus all of it; of a variant what matters nearest to it, within what is predicted.

    Args:
        genes: of the window.
        report: what models say; None while nothing is known, where the nearest exon is taken.
    """
    whole, variant = request.locus.interval, request.variant
    if variant is None:
        return whole
    wanted = [*_changed(report), *_exons(variant, genes, report)]
    seen = _hull(variant, wanted)
    margin = round(seen.width * MARGIN)
    width = max(seen.width + 2 * margin, LEAST)
    shown = replace(seen.resized(width), strand=whole.strand)
    return shown.intersection(whole) or whole


def _hull(variant: Variant, wanted: Iterable[Interval]) -> Interval:
    """From the first to the last of what can be seen with the variant, the nearest first."""
    hull = variant.interval
    most = max(round(MOST / (1 + 2 * MARGIN)), hull.width)
    for interval in sorted(wanted, key=lambda each: _gap(each, variant.interval)):
        start, end = min(hull.start, interval.start), max(hull.end, interval.end)
        if end - start <= most:
            hull = replace(hull, start=start, end=end)
    return hull


def _changed(report: VariantReport | None) -> list[Interval]:
    """Sites that change enough to be named."""
    if report is None:
        return []
    return [
        effect.interval
        for effect in report.effects
        if effect.track.assay.facts.is_splice_site and abs(effect.difference) >= NAMED_FROM
    ]


def _exons(variant: Variant, genes: Sequence[Gene], report: VariantReport | None) -> list[Interval]:
    """Those that a transcript loses, gains or has otherwise; while none is known, the nearest."""
    if report is not None and report.outcomes:
        first = report.outcomes[0]
        before, after = (
            {exon.interval for exon in transcript.exons}
            for transcript in (first.before, first.after)
        )
        return sorted(before ^ after, key=lambda each: each.start)
    inside = [gene for gene in genes if gene.interval.overlaps(variant.interval)]
    exons = [
        exon.interval for gene in inside for exon in max(gene.transcripts, key=_coding_length).exons
    ]
    return sorted(exons, key=lambda each: _gap(each, variant.interval))[:1]


def _coding_length(transcript: Transcript) -> int:
    return sum(exon.coding.width for exon in transcript.exons if exon.coding)


def _gap(a: Interval, b: Interval) -> int:
    """bp between two intervals; negative where they overlap."""
    return max(a.start - b.end, b.start - a.end)
