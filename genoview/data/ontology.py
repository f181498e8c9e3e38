"""Thousands of tracks by tissue, assay and factor: a tree, a search and a choice that fits a link.

No ontology's file is read: the branches of the tree are the vocabularies that the terms of the
tracks come from (UBERON, CL, EFO ...), which distinguish tissues, cell types and lines. Organ
systems are not: nothing here says that a liver belongs to the digestive system.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from genoview.data.track_data import Assay, TrackMetadata

# What the terms of each vocabulary name; https://obofoundry.org and https://www.encodeproject.org
VOCABULARIES = {
    "UBERON": "Tissues and organs (UBERON)",
    "CL": "Cell types (CL)",
    "EFO": "Cell lines (EFO)",
    "CLO": "Cell lines (CLO)",
    "NTR": "Terms asked for by ENCODE (NTR)",
    "NAMED": "As the model names them",
}
CURIE = re.compile(r"[A-Za-z]\w*:\w+")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tracks are wanted; an empty part wants all. Parts are joined by "and".

    Attributes:
        curies: of tissues and cells.
        assays: names of `Assay`, such as RNA_SEQ.
        factors: what tracks with a factor or mark (`group`) must have; others are not checked.
    """

    curies: tuple[str, ...] = ()
    assays: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.curies or self.assays or self.factors)

    @classmethod
    def of(cls, tokens: Iterable[str]) -> "Choice":
        """What `tokens` wrote: a CURIE, an assay's name, or a factor each, once each."""
        curies, assays, factors = [], [], []
        for token in dict.fromkeys(tokens):
            if CURIE.fullmatch(token):
                curies.append(token)
            elif token in Assay.__members__:
                assays.append(token)
            else:
                factors.append(token)
        return cls(tuple(curies), tuple(assays), tuple(factors))

    @property
    def tokens(self) -> tuple[str, ...]:
        """Short words for a link."""
        return (*self.assays, *self.curies, *self.factors)

    def wants(self, track: TrackMetadata) -> bool:
        curie = "" if track.biosample is None else track.biosample.curie
        return (
            (not self.curies or curie in self.curies)
            and (not self.assays or track.assay.name in self.assays)
            and (not self.factors or not is_factor(track) or track.group in self.factors)
        )

    def picks(self, tracks: Sequence[TrackMetadata]) -> list[int]:
        """The columns that are wanted."""
        return [i for i, track in enumerate(tracks) if self.wants(track)]

    def with_more(self, other: "Choice") -> "Choice":
        """What either names, each once."""
        return Choice.of((*self.tokens, *other.tokens))

    def without(self, other: "Choice") -> "Choice":
        """What the other does not name."""
        gone = set(other.tokens)
        return Choice.of(token for token in self.tokens if token not in gone)


def is_factor(track: TrackMetadata) -> bool:
    """Whether its group is a factor or a histone mark."""
    return track.assay.facts.is_factor and bool(track.group)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One tissue or cell, or one without a term, with how many tracks and of which assays."""

    curie: str
    name: str
    n_tracks: int
    assays: tuple[Assay, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """The tissues of one vocabulary, by name."""

    label: str
    leaves: tuple[Leaf, ...]

    @property
    def n_tracks(self) -> int:
        return sum(leaf.n_tracks for leaf in self.leaves)


@dataclass(frozen=True)
class Catalogue:
    """Tracks that can be searched and shown as a tree; the words are prepared once."""

    tracks: tuple[TrackMetadata, ...]
    _words: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", tuple(map(searched, self.tracks)))

    def search(self, text: str) -> list[int]:
        """Columns of the tracks in which every word of `text` occurs, in any case."""
        wanted = text.casefold().split()
        return [i for i, words in enumerate(self._words) if all(word in words for word in wanted)]

    def part(self, columns: Iterable[int]) -> "Catalogue":
        """Of these tracks alone."""
        return replace(self, tracks=tuple(self.tracks[i] for i in columns))

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The tree: vocabularies in the order of VOCABULARIES, then others, then no term at all."""
        leaves: dict[tuple[str, str], list[TrackMetadata]] = {}
        for track in self.tracks:
            curie = "" if track.biosample is None else track.biosample.curie
            leaves.setdefault((vocabulary(curie), curie), []).append(track)
        by_vocabulary: dict[str, list[Leaf]] = {}
        for (label, curie), tracks in leaves.items():
            by_vocabulary.setdefault(label, []).append(_leaf(curie, tracks))
        known = [
            *VOCABULARIES.values(),
            *sorted(by_vocabulary.keys() - {*VOCABULARIES.values(), ""}),
            "",
        ]
        return tuple(
            Branch(label or "Without a term", tuple(sorted(by_vocabulary[label], key=_by_name)))
            for label in known
            if label in by_vocabulary
        )

    @cached_property
    def assays(self) -> dict[Assay, int]:
        """How many tracks each assay has, in the order of `Assay`."""
        counts = dict.fromkeys(Assay, 0)
        for track in self.tracks:
            counts[track.assay] += 1
        return {assay: n for assay, n in counts.items() if n}

    @cached_property
    def factors(self) -> dict[str, int]:
        """How many tracks each factor or histone mark has, by name."""
        counts: dict[str, int] = {}
        for track in self.tracks:
            if is_factor(track):
                counts[track.group] = counts.get(track.group, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: pair[0].casefold()))


def searched(track: TrackMetadata) -> str:
    """All words of a track, folded: name, assay, strand, factor, tissue and its term."""
    tissue = (track.biosample.name, track.biosample.curie) if track.biosample else ()
    assay = (track.assay.label, track.assay.name, track.assay.family.value)
    return " ".join((track.name, *assay, track.group, *tissue)).casefold()


def vocabulary(curie: str) -> str:
    """`UBERON:0002107` is of "Tissues and organs (UBERON)"; "" has none."""
    prefix = curie.partition(":")[0].upper()
    return VOCABULARIES.get(prefix, prefix)


def _leaf(curie: str, tracks: Sequence[TrackMetadata]) -> Leaf:
    first = tracks[0].biosample
    has = {track.assay for track in tracks}
    assays = tuple(assay for assay in Assay if assay in has)
    return Leaf(curie, "no tissue or cell" if first is None else first.name, len(tracks), assays)


def _by_name(leaf: Leaf) -> tuple[str, str]:
    return leaf.name.casefold(), leaf.curie
