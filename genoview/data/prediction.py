"""Prediction of one model for one sequence: tracks, sites, junctions and contacts.

Each part has its own interval, which shows what flanks are unpredicted: a model
with a cropped centre, or one whose window is not the requested one, gives parts whose interval
is narrower than the view. It never fills up with zero or NaN: a panel shades and labels what the
view shows beyond a part's interval as "not predicted" (`Row.covered`), and an export ends there.
NaN is left for a single value that a model does not give within what it predicts.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.site_data import Sites
from genoview.data.track_data import TrackData, TrackMetadata


@dataclass(frozen=True, slots=True)
class Prediction:
    """Prediction of one model for one sequence; the parts may differ in interval and resolution.

    Attributes:
        data: values along the genome; a model of junctions or contacts alone has no track here,
            only the requested interval.
        sites: places where the model sees something.
        junctions, contacts: None where the model predicts none.
    """

    data: TrackData
    sites: Sites = field(default_factory=Sites)
    junctions: Junctions | None = None
    contacts: ContactMap | None = None

    @property
    def tracks(self) -> tuple[TrackMetadata, ...]:
        """Those of all parts, in the order of the parts."""
        parts = (self.data, self.junctions, self.contacts)
        return tuple(track for part in parts if part is not None for track in part.tracks)

    def moved_to(self, interval: Interval) -> "Prediction":
        """The same prediction, all its parts at another place of the same width."""
        offset = interval.start - self.data.interval.start

        def there(own: Interval) -> Interval:
            return replace(interval, start=own.start + offset, end=own.end + offset)

        junctions, contacts = self.junctions, self.contacts
        if junctions is not None:
            junctions = junctions.moved_to(there(junctions.interval))
        if contacts is not None:
            contacts = contacts.moved_to(there(contacts.interval))
        data, sites = self.data.moved_to(interval), self.sites.shifted(offset)
        return Prediction(data, sites, junctions, contacts)

    def named(self, tracks: tuple[TrackMetadata, ...]) -> "Prediction":
        """With today's names and units, for values cached by an earlier release.

        Args:
            tracks: those of `data`, or of all parts in their order.

        Raises:
            TrackError: there are more or fewer.
        """
        n_data = len(self.data.tracks)
        if len(tracks) == n_data or len(tracks) != len(self.tracks):
            return replace(self, data=replace(self.data, tracks=tracks))
        prediction, rest = (
            replace(self, data=replace(self.data, tracks=tracks[:n_data])),
            tracks[n_data:],
        )
        if self.junctions is not None:
            n_junctions = len(self.junctions.tracks)
            prediction = replace(
                prediction, junctions=replace(self.junctions, tracks=rest[:n_junctions])
            )
            rest = rest[n_junctions:]
        if self.contacts is not None:
            prediction = replace(prediction, contacts=replace(self.contacts, tracks=rest))
        return prediction

    def without_members(self) -> "Prediction":
        """Without the single networks of an ensemble."""
        if not any(track.member for track in self.tracks):
            return self
        junctions, contacts = self.junctions, self.contacts
        if junctions is not None:
            junctions = junctions.select(_of_the_model(junctions.tracks))
        if contacts is not None:
            contacts = contacts.select(_of_the_model(contacts.tracks))
        data = self.data.select(_of_the_model(self.data.tracks))
        return Prediction(data, self.sites, junctions, contacts)

    def members(self) -> TrackData | None:
        """The single networks of an ensemble, which show how far to trust it; None without."""
        columns = [i for i, track in enumerate(self.data.tracks) if track.member]
        return self.data.select(columns) if columns else None


def _of_the_model(tracks: Sequence[TrackMetadata]) -> list[int]:
    return [i for i, track in enumerate(tracks) if not track.member]


Watch = Callable[[TrackData, int], None]
"""Called with the tracks of a prediction and how many of their first bins are final."""


def unwatched(data: TrackData, n_bins: int) -> None:
    """Nobody reads before the end."""


class Draft:
    """A prediction that is read while it is computed, bin after bin, from its first one on.

    One thread publishes bins, any thread may wait for more.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._data: TrackData | None = None
        self._n_bins = 0
        self._ended = False

    @property
    def has_ended(self) -> bool:
        """Whether no more bins follow, however far it went."""
        return self._ended

    def publish(self, data: TrackData, n_bins: int) -> None:
        """So many of the first bins are final; the others hold anything."""
        with self._changed:
            self._data, self._n_bins = data, n_bins
            self._changed.notify_all()

    def end(self) -> None:
        """No more bins follow: readers take the values from the result."""
        with self._changed:
            self._data, self._ended = None, True
            self._changed.notify_all()

    def wait(self, n_bins: int, timeout_s: float) -> TrackData | None:
        """The tracks once so many first bins are final; None if not in time, or no more."""

        def is_there() -> bool:
            return self._data is not None and self._n_bins >= n_bins

        with self._changed:
            self._changed.wait_for(lambda: self._ended or is_there(), timeout_s)
            return self._data if is_there() else None
