"""Header of a prediction's file: key, interval, resolution and tracks <-> JSON."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from genoview.data.genome import Interval
from genoview.data.track_data import Assay, Biosample, TrackMetadata
from genoview.errors import StoreError
from genoview.store.key import LAYOUT_VERSION, PredictionKey


@dataclass(frozen=True, slots=True)
class JunctionsHeader:
    """Everything of junctions but their places and values."""

    interval: Interval
    tracks: tuple[TrackMetadata, ...]
    n_junctions: int


@dataclass(frozen=True, slots=True)
class ContactsHeader:
    """Everything of contact maps but their values."""

    interval: Interval
    tracks: tuple[TrackMetadata, ...]
    resolution: int  # bp a bin


@dataclass(frozen=True, slots=True)
class Header:
    """Everything of a prediction but its values, sites, junctions and contacts."""

    key: PredictionKey
    interval: Interval
    resolution: int  # bp a bin
    tracks: tuple[TrackMetadata, ...]
    n_sites: int
    junctions: JunctionsHeader | None = None
    contacts: ContactsHeader | None = None

    @property
    def n_bins(self) -> int:
        return self.interval.width // self.resolution

    def part(self, first: int, last: int) -> Interval:
        """Where the bins from `first` to before `last` lie."""
        start = self.interval.start
        return Interval(
            self.interval.chrom,
            start + first * self.resolution,
            start + last * self.resolution,
            self.interval.strand,
        )

    def check(self, columns: list[int], first: int, last: int) -> None:
        """Raise StoreError for a track or bin that is not stored."""
        n_tracks, n_bins = len(self.tracks), self.n_bins
        if any(not 0 <= i < n_tracks for i in columns):
            raise StoreError(f"Tracks {columns} were requested; 0 to {n_tracks - 1} are stored.")
        if not 0 <= first < last <= n_bins:
            raise StoreError(f"Bins {first} to {last} were requested; 0 to {n_bins} are stored.")

    def to_json(self) -> bytes:
        fields = {**asdict(self), "layout": LAYOUT_VERSION}
        return json.dumps(fields, default=lambda assay: assay.name).encode()


def parse_header(text: bytes) -> Header:
    """Read what `to_json` wrote.

    Raises:
        ValueError, LookupError, TypeError, GenoviewError: it is something else.
    """
    fields: dict[str, Any] = json.loads(text)
    if fields["layout"] != LAYOUT_VERSION:
        raise ValueError(f"layout {fields['layout']}, where {LAYOUT_VERSION} was expected")
    return Header(
        PredictionKey(**fields["key"]),
        Interval(**fields["interval"]),
        fields["resolution"],
        _parse_tracks(fields["tracks"]),
        fields["n_sites"],
        _parse_junctions(fields.get("junctions")),  # absent before there were any
        _parse_contacts(fields.get("contacts")),
    )


def _parse_junctions(fields: dict[str, Any] | None) -> JunctionsHeader | None:
    if fields is None:
        return None
    interval, tracks = Interval(**fields["interval"]), _parse_tracks(fields["tracks"])
    return JunctionsHeader(interval, tracks, fields["n_junctions"])


def _parse_contacts(fields: dict[str, Any] | None) -> ContactsHeader | None:
    if fields is None:
        return None
    interval, tracks = Interval(**fields["interval"]), _parse_tracks(fields["tracks"])
    return ContactsHeader(interval, tracks, fields["resolution"])


def _parse_tracks(entries: list[dict[str, Any]]) -> tuple[TrackMetadata, ...]:
    return tuple(map(_parse_track, entries))


def _parse_track(entry: dict[str, Any]) -> TrackMetadata:
    biosample = entry["biosample"]
    return TrackMetadata(
        name=entry["name"],
        assay=Assay[entry["assay"]],
        strand=entry["strand"],
        unit=entry["unit"],
        biosample=None if biosample is None else Biosample(**biosample),
        group=entry["group"],
        member=entry.get("member", ""),  # absent before there were ensembles
    )
