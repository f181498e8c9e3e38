"""A stem that was clicked -> what the model says of that splice site, and what is annotated."""

from collections.abc import Sequence

from genoview.data.answer import Answer
from genoview.data.genome import Gene, Interval, Transcript, Variant
from genoview.data.track_data import TrackMetadata
from genoview.errors import QueryError
from genoview.figure.details.card import STRANDS, Card, card_with, exact, fields_of, signed, x_of
from genoview.figure.panels import interval_at
from genoview.figure.scene import Scene
from genoview.scoring import distance_words, is_deleted, signed_distance

MOST_TRANSCRIPTS = 6  # of a gene that are named
NONE = "none of a transcript on this strand"
Lines = list[tuple[str, str]]


def splice_card(scene: Scene, key: str) -> Card:
    """Kind, place and probability of a predicted site, in REF and ALT where there is a variant.

    Args:
        key: row, label of the track, and x of the stem.

    Raises:
        QueryError: no such track is shown. TrackError: the place was not predicted.
    """
    row_id, label, x = fields_of(key, 3)
    answer, column = _column(scene.answers, row_id, label)
    place = interval_at(scene.request.locus.interval.chrom, x_of(x), x_of(x))
    track = answer.ref.data.tracks[column]
    lines = [
        ("Site", _kind_words(track)),
        ("Strand", STRANDS.get(track.strand, "")),
        ("Position", _position(place)),
        *_values(answer, column, place, scene.request.variant),
        *_annotated(scene.assembly.annotation.genes(place.expanded(1)), place, track),
        ("Model", answer.card.title),
    ]
    return card_with(f"{track.name}, {_position(place)}", lines)


def _column(answers: Sequence[Answer], row_id: str, label: str) -> tuple[Answer, int]:
    for answer in answers:
        labels = [track.label for track in answer.ref.data.tracks]
        if answer.card.name == row_id and label in labels:
            return answer, labels.index(label)
    raise QueryError(f"{label[:40]} is no longer among the tracks; reload the page.")


def _position(place: Interval) -> str:
    """`chr20:43,042,364`: 1-based."""
    return place.to_ucsc().partition("-")[0]


def _kind_words(track: TrackMetadata) -> str:
    if track.is_acceptor:
        return "acceptor: first base of an exon"
    return "donor: last base of an exon"


def _values(answer: Answer, column: int, place: Interval, variant: Variant | None) -> Lines:
    """The stored values, to the last digit."""
    ref = answer.ref.data.slice(place).values[0, column]
    track = answer.ref.data.tracks[column]
    name = track.unit.capitalize()
    if answer.alt is None or variant is None:
        return [(name, exact(ref))]
    alt = answer.alt.data.slice(place).values[0, column]
    lines = [
        (f"{name} REF", exact(ref)),
        (f"{name} ALT", exact(alt)),
        ("ALT − REF", signed(alt - ref)),
        ("From the variant", distance_words(signed_distance(place, variant), track.strand)),
    ]
    return [*lines, ("In ALT", "its base is deleted" if is_deleted(place, variant) else "")]


def _annotated(genes: Sequence[Gene], place: Interval, track: TrackMetadata) -> Lines:
    """Transcripts, by gene, whose introns begin or end beside this base."""
    label = "Exon begins here in" if track.is_acceptor else "Exon ends here in"
    lines = []
    for gene in genes:
        names = [
            transcript.transcript_id
            for transcript in gene.transcripts
            if _is_end(transcript, place, track)
        ]
        if names:
            more = len(names) - MOST_TRANSCRIPTS
            tail = f" and {more:,} more" if more > 0 else ""
            listed = ", ".join(names[:MOST_TRANSCRIPTS])
            lines.append((label, f"{gene.symbol or gene.gene_id}: {listed}{tail}"))
    return lines or [(label, NONE)]


def _is_end(transcript: Transcript, place: Interval, track: TrackMetadata) -> bool:
    """Whether the base is the exon's last before an intron (donor), or first behind one."""
    if transcript.interval.strand != track.strand:
        return False
    if track.is_acceptor == (track.strand == "-"):  # the exon lies to the left of the intron
        return any(intron.start == place.end for intron in transcript.introns)
    return any(intron.end == place.start for intron in transcript.introns)
