"""A binding site that was clicked -> its factor, its bases and its score, in REF and in ALT."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

import numpy as np

from genoview.data.allele_alignment import alt_to_ref
from genoview.data.answer import Answer
from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.site_data import Sites, paired
from genoview.data.track_data import IntArray, TrackMetadata
from genoview.errors import QueryError
from genoview.figure.details.card import STRANDS, Card, card_with, exact, fields_of, signed, x_of
from genoview.figure.panels import interval_at
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.models.binding.motifs import site_matrices, word_score
from genoview.scoring import P_CUT, distance_words, signed_distance

JASPAR = re.compile(r"[A-Z]{2}\d{4}\.\d+")
ABSENT = f"no site: p-value {P_CUT:g} or more"
Lines = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Hit:
    """One site of one allele; `interval` is on REF coordinates, with its strand."""

    interval: Interval
    score: np.float32
    p_value: np.float64


def motif_card(scene: Scene, key: str) -> Card:
    """What a site's mark stands for.

    Args:
        key: row, matrix id, and x of the site's first base, negative on the reverse strand.

    Raises:
        QueryError: no such site is shown.
    """
    row_id, matrix_id, x = fields_of(key, 3)
    answer, column = _column(scene.answers, row_id, matrix_id)
    track, strand = answer.ref.data.tracks[column], -1 if x.startswith("-") else 1
    base = interval_at(scene.request.locus.interval.chrom, abs(x_of(x)), abs(x_of(x)))
    ref, alt = _hits(answer, column, strand, base)
    first = ref or alt
    if first is None:
        raise QueryError(f"{track.name} has no site there any more; reload the page.")
    place = first.interval
    lines = [
        ("Factor", track.name),
        ("Matrix", track.group),
        ("Strand", STRANDS[place.strand]),
        ("Position", f"{place.to_ucsc()} ({place.width:,} bp)"),
        *_values(ref, alt, scene.request.variant, scene.assembly, track),
        ("Other strand", _other_strand(answer, column, -strand, base)),
    ]
    return card_with(f"{track.name} site", lines, _links(track.group))


def _column(answers: Sequence[Answer], row_id: str, matrix_id: str) -> tuple[Answer, int]:
    model = row_id.partition(":")[0]
    for answer in answers:
        groups = [track.group for track in answer.ref.data.tracks]
        if answer.card.name == model and matrix_id in groups:
            return answer, groups.index(matrix_id)
    raise QueryError(f"The matrix {matrix_id[:20]} is not in the tracks; reload the page.")


def _hits(
    answer: Answer, column: int, strand: int, base: Interval
) -> tuple[_Hit | None, _Hit | None]:
    """The site of REF that begins at a base, and the same of ALT; None where an allele has none."""
    ref = _of(answer.ref.sites, column, strand)
    alt = _of(answer.alt.sites, column, strand) if answer.alt else Sites()
    for i, j in paired(ref, alt):
        starts = [int(s.start[k]) for s, k in ((ref, i), (alt, j)) if k is not None]
        if base.start in starts:
            return _hit(ref, i, base.chrom), _hit(alt, j, base.chrom)
    return None, None


def _of(sites: Sites, column: int, strand: int) -> Sites:
    return sites.where((sites.track == column) & (sites.strand == strand))


def _hit(sites: Sites, i: int | None, chrom: str) -> _Hit | None:
    if i is None:
        return None
    strand = "+" if sites.strand[i] > 0 else "-"
    place = Interval(chrom, int(sites.start[i]), int(sites.end[i]), strand)
    return _Hit(place, sites.score[i], sites.p_value[i])


def _other_strand(answer: Answer, column: int, strand: int, base: Interval) -> str:
    """The site of the same bases read on the other strand: its mark lies below this one."""
    names = ("REF ", "ALT ") if answer.alt else ("", "")
    hits = zip(names, _hits(answer, column, strand, base), strict=True)
    scores = [f"{name}{exact(hit.score)}" for name, hit in hits if hit]
    return f"score {', '.join(scores)}" if scores else ""


def _values(
    ref: _Hit | None,
    alt: _Hit | None,
    variant: Variant | None,
    assembly: Assembly,
    track: TrackMetadata,
) -> Lines:
    """Bases as the site's strand reads them, scores and p-values as they are stored."""
    if variant is None:
        assert ref is not None  # one allele is always there
        bases = _read(assembly.reference.fetch(ref.interval), ref.interval)
        return [("Sequence", bases), *_numbers("", ref)]
    place = (ref or alt).interval  # type: ignore[union-attr]
    lines = [
        ("Sequence REF", _read(assembly.reference.fetch(place), place)),
        ("Sequence ALT", _alt_bases(place, alt, variant, assembly, track.group)),
        *_numbers(" REF", ref),
        *_numbers(" ALT", alt),
    ]
    if ref and alt:
        lines.append(("Score ALT − REF", signed(alt.score - ref.score)))
    words = distance_words(signed_distance(replace(place, strand="."), variant), place.strand)
    return [*lines, ("From the variant", words)]


def _numbers(allele: str, hit: _Hit | None) -> Lines:
    if hit is None:
        return [(f"Score{allele}", ABSENT)]
    return [
        (f"Score{allele}", f"{exact(hit.score)} (log2 odds)"),
        (f"p-value{allele}", exact(hit.p_value)),
    ]


def _read(bases: str, place: Interval) -> str:
    return reverse_complement(bases) if place.strand == "-" else bases


def _alt_bases(
    place: Interval, alt: _Hit | None, variant: Variant, assembly: Assembly, matrix_id: str
) -> str:
    """The word that scored in ALT; where none did, what ALT has in the place of REF's."""
    at = alt.interval if alt else place
    if not replace(variant.interval, strand=".").overlaps(replace(at, strand=".")):
        return _read(assembly.reference.fetch(at), at)
    around = Interval(at.chrom, min(at.start, variant.start), max(at.end, variant.end))
    haplotype = variant.apply(assembly.reference.fetch(around), around)
    lift = alt_to_ref(variant, around.start, len(haplotype))
    words = [] if alt is None else _words(haplotype, lift, at, matrix_id)
    if words:  # several, where they lie in an insertion: the best of them is the site
        return max(words, key=lambda word: word_score(matrix_id, word))
    inside = (lift >= at.start) & (lift < at.end)
    return _read("".join(b for b, kept in zip(haplotype, inside, strict=True) if kept), at)


def _words(haplotype: str, lift: IntArray, place: Interval, matrix_id: str) -> list[str]:
    """Words as long as the motif whose first and last base lie on those of `place`.

    Args:
        lift: int64[bases], position of each base of ALT on REF.
    """
    length = len(site_matrices().get(matrix_id, ()))
    if not length:
        return []
    begins = lift[: max(len(lift) - length + 1, 0)] == place.start
    fit = np.flatnonzero(begins & (lift[length - 1 :] == place.end - 1))
    return [_read(haplotype[k : k + length], place) for k in fit.tolist()]


def _links(matrix_id: str) -> list[tuple[str, str]]:
    if not JASPAR.fullmatch(matrix_id):
        return []
    return [(f"JASPAR {matrix_id}", f"https://jaspar.elixir.no/matrix/{quote(matrix_id)}/")]
