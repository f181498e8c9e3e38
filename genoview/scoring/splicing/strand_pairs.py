"""Variants on a strand -> strengths of splice sites of both alleles around each, on REF's bases.

Variants close together on one strand share the computation of REF. Nothing is masked with N.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from genoview.data.allele_alignment import alt_to_ref, collapse_to_ref
from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.progress import Progress
from genoview.data.track_data import AlleleTracks, FloatArray, TrackData
from genoview.errors import GenomeError
from genoview.io.reference import ReferenceGenome
from genoview.models.base import Backend
from genoview.models.variant_batch import Alleles, Edit, EditedStrand
from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE

FARTHEST = 20_000  # bp between neighbours that are read as one sequence
LONGEST = 500_000  # bp of such a sequence
VariantOnStrand = tuple[Variant, str]
"""A variant, and the strand that is read."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One variant on one strand; `place` is its place in the list."""

    place: int
    variant: Variant
    strand: str
    span: Interval


class StrandPairs:
    """Both alleles by one model in one genome, up to `distance` bp from each variant."""

    def __init__(self, backend: Backend, reference: ReferenceGenome, distance: int) -> None:
        """Raises GenomeError: the distance is out of range."""
        if not LEAST_DISTANCE <= distance <= MOST_DISTANCE:
            raise GenomeError(
                f"A distance of {distance:,} bp was requested; {LEAST_DISTANCE} to "
                f"{MOST_DISTANCE:,} bp can be scored."
            )
        self._backend, self._reference, self._distance = backend, reference, distance

    def span(self, variant: Variant) -> Interval:
        """Where REF is compared with ALT."""
        return variant.interval.expanded(self._distance)

    def read(self, variant: Variant) -> str:
        """The forward bases that an answer depends on."""
        return self._reference.fetch(self._backend.window(self.span(variant)))

    def pairs(self, requests: Sequence[VariantOnStrand], progress: Progress) -> list[AlleleTracks]:
        """Tracks of the strand that is read, one pair a request.

        Raises:
            Cancelled: from `progress`.
        """
        questions = [
            _Question(place, variant, strand, self.span(variant))
            for place, (variant, strand) in enumerate(requests)
        ]
        groups = list(_groups(questions))
        strands = [self._strand(group) for group in groups]
        predicted = self._backend.predict_strands(strands, progress) if strands else []
        pairs = {
            question.place: self._pair(question, alleles)
            for group, answers in zip(groups, predicted, strict=True)
            for question, alleles in zip(group, answers, strict=True)
        }
        return [pairs[place] for place in range(len(requests))]

    def _strand(self, group: Sequence[_Question]) -> EditedStrand:
        """What is read, as its strand is, and the variants in it."""
        window = _window(group, self._backend.context_length)
        sequence = self._reference.fetch(window)
        reverse = group[0].strand == "-"
        edits = [_edit(question, window, reverse) for question in group]
        return EditedStrand(reverse_complement(sequence) if reverse else sequence, edits)

    def _pair(self, question: _Question, alleles: Alleles) -> AlleleTracks:
        """Both alleles on REF coordinates."""
        step = -1 if question.strand == "-" else 1
        ref, alt = alleles.ref[::step], alleles.alt[::step]
        span = question.span
        positions = alt_to_ref(question.variant, span.start, len(alt))
        alt = collapse_to_ref(alt, positions, 1, span.start, span.width)
        return AlleleTracks(self._data(ref, question), self._data(alt, question))

    def _data(self, values: FloatArray, question: _Question) -> TrackData:
        tracks = tuple(track for track in self._backend.tracks if track.strand == question.strand)
        return TrackData(values.astype("float32"), tracks, question.span, 1)


def _groups(questions: Sequence[_Question]) -> Iterator[list[_Question]]:
    """Those of one strand that lie close, in order of place."""
    ordered = sorted(
        questions,
        key=lambda question: (
            question.span.chrom,
            question.strand,
            question.span.start,
            question.place,
        ),
    )
    group: list[_Question] = []
    for question in ordered:
        if group and not _is_close(question, group):
            yield group
            group = []
        group.append(question)
    if group:
        yield group


def _is_close(question: _Question, group: Sequence[_Question]) -> bool:
    first, last = group[0], group[-1]
    if (question.span.chrom, question.strand) != (first.span.chrom, first.strand):
        return False
    near = question.span.start - last.span.end <= FARTHEST
    return near and question.span.end - first.span.start <= LONGEST


def _window(group: Sequence[_Question], context_length: int) -> Interval:
    ends = chain.from_iterable((question.span.end, question.variant.end) for question in group)
    start = min(question.span.start for question in group)
    return Interval(group[0].span.chrom, start, max(ends)).expanded(context_length)


def _edit(question: _Question, window: Interval, reverse: bool) -> Edit:
    """The variant on the strand that is read, counted from the window's end of that strand."""
    variant, span, length = question.variant, question.span, len(question.variant.ref)
    if reverse:
        start, alt = window.end - variant.end, reverse_complement(variant.alt)
        return Edit(start, length, alt, window.end - span.end, window.end - span.start)
    start = variant.start - window.start
    return Edit(start, length, variant.alt, span.start - window.start, span.end - window.start)
