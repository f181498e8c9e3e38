"""Genes -> what is drawn of them: one model a gene when many, one a transcript when few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from genoview.data.genome import Exon, Gene, Interval, Transcript

CODING = "protein_coding"
KEY_JOIN = "|"


@dataclass(frozen=True, slots=True)
class Part:
    """A box of one height and what it is, in words; `coding` boxes are thick."""

    interval: Interval
    coding: bool
    words: str


@dataclass(frozen=True, slots=True)
class GeneModel:
    """One line of the gene row.

    Attributes:
        label: beside the line.
        key: gene id and transcript id, joined by `KEY_JOIN`; no transcript id where the model
            stands for several, or for none.
        boxes: exons, cut into coding and not coding.
        introns: gaps between exons, each with its words.
        weight: how much it should be kept where not all fit.
    """

    label: str
    interval: Interval
    boxes: tuple[Part, ...]
    introns: tuple[Part, ...]
    weight: tuple[bool, int]
    key: str = ""


def gene_models(genes: Sequence[Gene]) -> tuple[GeneModel, ...]:
    """One model a gene: what any transcript has as exon is exon, a retained intron too.

    So do UCSC's dense mode and igv.js's collapsed one, which draw all transcripts over each other
    in one line. What tells them apart is drawn one line a transcript.
    """
    return tuple(_collapsed(gene) for gene in genes)


def transcript_models(genes: Sequence[Gene]) -> tuple[GeneModel, ...]:
    """One model a transcript; a gene without transcripts keeps its own."""
    models: list[GeneModel] = []
    for gene in genes:
        several = len(gene.transcripts) > 1
        models += [_of_transcript(gene, transcript, several) for transcript in gene.transcripts]
        if not gene.transcripts:
            models.append(_collapsed(gene))
    return tuple(models)


def _collapsed(gene: Gene) -> GeneModel:
    if len(gene.transcripts) == 1:
        return _of_transcript(gene, gene.transcripts[0], with_id=False)
    exons = [exon for transcript in gene.transcripts for exon in transcript.exons]
    outlines = merged(exon.interval for exon in exons) or (gene.interval,)
    coding = merged(exon.coding for exon in exons if exon.coding)
    name = _name(gene)
    of = f"in any of {len(gene.transcripts)} transcripts" if exons else "extent, no exons known"
    boxes = [
        Part(piece, thick, f"{name} exon {of}")
        for outline in outlines
        for piece, thick in _pieces(outline, coding, _is_coding(gene.biotype, coding))
    ]
    gaps = _gaps(outlines)
    introns = tuple(Part(gap, False, f"{name} intron {of}") for gap in gaps)
    weight = (gene.biotype == CODING, gene.interval.width)
    return GeneModel(name, gene.interval, tuple(boxes), introns, weight, _key(gene))


def _of_transcript(gene: Gene, transcript: Transcript, with_id: bool) -> GeneModel:
    name, n = _name(gene), len(transcript.exons)
    source = f", {transcript.source}" if transcript.source else ""
    tail = f" · {transcript.transcript_id}{source}"
    reverse = transcript.interval.strand == "-"
    coding = merged(exon.coding for exon in transcript.exons if exon.coding)
    biotype = transcript.biotype or gene.biotype
    known = any(exon.coding for transcript in gene.transcripts for exon in transcript.exons)
    unknown = ", coding part not in the source" if known and not coding else ""
    boxes: list[Part] = []
    introns: list[Part] = []
    for i, exon in enumerate(transcript.exons):
        words = f"{name} exon {n - i if reverse else i + 1} of {n}{tail}{unknown}"
        thick = not known and _is_coding(biotype, coding)
        boxes += [Part(*piece, words) for piece in _exon_pieces(exon, thick)]
    for i, intron in enumerate(transcript.introns):
        words = f"{name} intron {n - 1 - i if reverse else i + 1} of {n - 1}{tail}"
        introns.append(Part(intron, False, words))
    label = f"{name} {transcript.transcript_id}" if with_id else name
    weight = (biotype == CODING, transcript.interval.width)
    key = _key(gene, transcript.transcript_id)
    return GeneModel(label, transcript.interval, tuple(boxes), tuple(introns), weight, key)


def _name(gene: Gene) -> str:
    return gene.symbol or gene.gene_id


def _key(gene: Gene, transcript_id: str = "") -> str:
    return f"{gene.gene_id}{KEY_JOIN}{transcript_id}"


def _is_coding(biotype: str, coding: Sequence[Interval]) -> bool:
    """Where no coding part is known, boxes are thick unless the gene is known not to code."""
    return not coding and biotype in ("", CODING)


def _exon_pieces(exon: Exon, thick_if_unknown: bool) -> list[tuple[Interval, bool]]:
    own = (exon.coding,) if exon.coding else ()
    return _pieces(exon.interval, own, thick_if_unknown)


def _pieces(
    outline: Interval, coding: Sequence[Interval], thick_if_unknown: bool
) -> list[tuple[Interval, bool]]:
    """An exon cut at the borders of its coding part."""
    if thick_if_unknown:
        return [(outline, True)]
    inside = [part for exon in coding if (part := outline.intersection(exon))]
    cuts = {outline.start, outline.end}
    cuts |= {edge for part in inside for edge in (part.start, part.end)}
    edges = sorted(cuts)
    pieces = (
        Interval(outline.chrom, left, right, outline.strand) for left, right in pairwise(edges)
    )
    return [(piece, any(part.contains(piece) for part in inside)) for piece in pieces]


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union, as intervals that do not touch."""
    union: list[Interval] = []
    for interval in sorted(intervals):
        if union and interval.start <= union[-1].end:
            last = union[-1]
            union[-1] = Interval(
                interval.chrom, last.start, max(last.end, interval.end), interval.strand
            )
        else:
            union.append(interval)
    return tuple(union)


def _gaps(outlines: Sequence[Interval]) -> list[Interval]:
    return [Interval(a.chrom, a.end, b.start, a.strand) for a, b in pairwise(outlines)]
