"""Thousands of tracks that a model can give -> those that a reader wants, before the request.

TrackFacts, as the model's own metadata has them --Choice--> columns, TrackMetadata
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genoview.data.track_data import Assay, Biosample, TrackMetadata
from genoview.errors import BackendError

MOST_TRACKS = 256  # of one output: more cannot be looked at, and one megabase of them is 1 GB


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """Metadata of one track of a model; empty where the model has none.

    Attributes:
        name: the model's own; with the strand, what the track is known by.
        curie: ontology term of the biosample, as `UBERON:0001157`.
        assay: as the model writes it, such as `total RNA-seq`.
        factor: transcription factor or histone mark.
    """

    name: str
    strand: str = "."
    curie: str = ""
    biosample: str = ""
    biosample_type: str = ""
    assay: str = ""
    factor: str = ""
    tissue: str = ""

    @property
    def term(self) -> str:
        """What its biosample is chosen by: the ontology term, or where it has none its name."""
        return self.curie or self.biosample

    @property
    def words(self) -> str:
        """`liver, total RNA-seq`; the model's own name where nothing else is known."""
        parts = (self.biosample or self.tissue, self.factor or self.assay)
        return ", ".join(filter(None, parts)) or self.name


@dataclass(frozen=True, slots=True)
class Choice:
    """Tracks by tissue, assay and factor; an empty field takes all.

    Attributes:
        terms: ontology terms, or names of biosamples that have none. Tracks of no biosample, such
            as splice sites, are always taken.
    """

    terms: tuple[str, ...] = ()
    assays: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()

    def columns(self, facts: Sequence[TrackFacts]) -> tuple[int, ...]:
        """Which of the tracks are wanted, in the model's order."""
        return tuple(i for i, row in enumerate(facts) if self._takes(row))

    def _takes(self, row: TrackFacts) -> bool:
        wanted = ((self.terms, row.term), (self.assays, row.assay), (self.factors, row.factor))
        return all(not chosen or not own or own in chosen for chosen, own in wanted)


def chosen_facts(
    title: str, facts: Sequence[TrackFacts], choice: Choice
) -> tuple[tuple[int, ...], tuple[TrackFacts, ...]]:
    """Columns and facts of the wanted tracks.

    Raises:
        BackendError: none is wanted, or more than MOST_TRACKS.
    """
    columns = choice.columns(facts)
    advice = "Choose tissues, assays or factors on the page Models and data."
    if not facts:
        raise BackendError(
            f"The model gives no {title}. Take it off what is predicted, on the page Models and "
            "data."
        )
    if not columns:
        raise BackendError(
            f"None of the {len(facts):,} tracks of {title} is of what was chosen. {advice}"
        )
    if len(columns) > MOST_TRACKS:
        raise BackendError(
            f"{len(columns):,} tracks of {title} were chosen; at most {MOST_TRACKS} are requested "
            f"at once. {advice}"
        )
    return columns, tuple(facts[i] for i in columns)


def described(facts: Sequence[TrackFacts], assay: Assay, unit: str) -> tuple[TrackMetadata, ...]:
    """One a track, their names unlike each other but for the strand."""
    words = [words_of(row, assay) for row in facts]
    seen = Counter((name, row.strand) for name, row in zip(words, facts, strict=True))
    return tuple(
        TrackMetadata(
            name if seen[name, row.strand] == 1 else f"{name} ({row.name})",
            assay,
            row.strand,
            unit,
            Biosample(row.curie, row.biosample or row.tissue) if row.curie else None,
            group=row.name,
        )
        for name, row in zip(words, facts, strict=True)
    )


def words_of(row: TrackFacts, assay: Assay) -> str:
    """As a person reads it; sites of splicing are named as those of other models."""
    if assay is Assay.SPLICE_SITES:
        for site in ("acceptor", "donor"):
            if site in row.name.lower():
                return f"Splice {site}"
    return row.words


def terms_of(facts: Iterable[TrackFacts]) -> tuple[str, ...]:
    """Ontology terms of the tracks, each once, in order."""
    return tuple(dict.fromkeys(row.curie for row in facts if row.curie))
