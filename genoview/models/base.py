"""The contract of a model: facts and one method; tiling, strands and alleles are derived.

sequence -> tiles -> predict_batch -> float32[bins, tracks] -> Prediction
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction, Watch, unwatched
from genoview.data.progress import Progress, no_progress
from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray, TrackData, TrackMetadata
from genoview.errors import BackendError
from genoview.models.alternate_allele import AlternateAllele
from genoview.models.variant_batch import Alleles, EditedStrand, one_by_one

SCHEMA_VERSION = 1  # raised when the meaning of stored predictions changes


class Backend(ABC):
    """One model on one device.

    A subclass states the facts below and implements `predict_batch`. Predictions at a base
    depend on `context_length` bp on each side and on nothing beyond: tiling and the
    recomputation of only what a variant can reach are exact because of it.
    """

    card: ClassVar[ModelCard]
    tracks: tuple[TrackMetadata, ...]  # forward-strand tracks first, where `both_strands`
    context_length: int  # bp read on each side of what is predicted
    resolution: int  # bp a bin
    window_length: int | None = None  # bp of input, where the model takes one length only
    revision: int = 1  # raised when the same weights come to mean something else
    both_strands: bool = False  # predict_batch sees one strand; the base class reads the other
    tile_length: int = 10_000  # bp predicted by one row of a batch
    batch_size: int = 1  # rows a call of predict_batch
    _digest: str  # of the weights, where `weights_digest` is as here

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        from genoview.models.devices import device_and_dtype  # facts are read without torch

        self.device, self.dtype = device_and_dtype(device, dtype)

    @abstractmethod
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """Predict sequences of one length, `context_length` on each side of what is wanted.

        Args:
            sequences: upper-case A, C, G, T, N, each `bins * resolution + 2 * context_length`.

        Returns:
            float32[n, bins, tracks]; only the forward strand's tracks where `both_strands`.
        """

    def predict_strands(
        self, strands: Sequence[EditedStrand], progress: Progress = no_progress
    ) -> list[list[Alleles]]:
        """Both alleles around each edit of each strand; bins are single bases.

        A model that can share work among edits overrides this, and comes to the same.
        """
        return one_by_one(self.predict_batch, self.context_length, strands, progress)

    @property
    def weights_digest(self) -> str:
        """sha256 of the weights, hexadecimal."""
        return self._digest

    def scan_sites(self, sequence: str, interval: Interval) -> Sites:
        """Sites that begin in `interval`; `sequence` covers `window(interval)`. None by default."""
        return Sites()

    @property
    def place(self) -> str:
        """Where it computes, in words."""
        return str(self.device)

    def notes(self, interval: Interval, variant: Variant | None) -> tuple[str, ...]:
        """Sentences that a reader of the answer should know, such as what was read at once."""
        return ()

    def edge_words(self, interval: Interval, genome: str) -> str:
        """The error message where `genome` does not cover `window(interval)`."""
        return (
            f"{self.card.title} reads {self.context_length:,} bp on each side. Closer than that to "
            f"where {genome} ends, it reads N, and its values are not to be relied on."
        )

    @property
    def version(self) -> str:
        """Changes with weights, dtype, schema and revision; part of every cache key."""
        dtype = str(self.dtype).removeprefix("torch.")
        return f"{self.weights_digest[:16]}-{dtype}-s{SCHEMA_VERSION}r{self.revision}"

    def focus(self, interval: Interval, around: Interval) -> Interval:
        """What of `interval` is predicted at once; all of it, or a part with `around` within."""
        return interval

    def grid(self, interval: Interval) -> Interval:
        """The interval widened to whole bins."""
        return interval.snapped(self.resolution)

    def window(self, interval: Interval) -> Interval:
        """What must be read to predict `grid(interval)`."""
        return self.grid(interval).expanded(self.context_length)

    def predict(
        self,
        sequence: str,
        interval: Interval,
        progress: Progress = no_progress,
        watch: Watch = unwatched,
    ) -> Prediction:
        """Predict `grid(interval)` of any length.

        Args:
            sequence: bases of `window(interval)`, N where unknown.
            watch: called with the values that are final so far, where they become so bin by bin.

        Raises:
            BackendError: the sequence has another length.
            Cancelled: from `progress`.
        """
        grid, window = self.grid(interval), self.window(interval)
        if len(sequence) != window.width:
            raise BackendError(
                f"{self.card.title} was given {len(sequence):,} bp for {window.to_ucsc()}, "
                f"which is {window.width:,} bp."
            )
        values = np.empty((grid.width // self.resolution, len(self.tracks)), dtype=np.float32)
        data = TrackData(values, self.tracks, grid, self.resolution)
        self._fill_bins(values, sequence, progress, lambda n_done: watch(data, n_done))
        return Prediction(data, self.scan_sites(sequence, grid))

    def reach(self, variant: Variant, interval: Interval) -> Interval:
        """The part of `grid(interval)` in which `variant` can change anything."""
        # At least one more bin on each side, since an indel may shift the bins around it.
        touched = variant.interval.expanded(max(self.context_length, self.resolution))
        shared = self.grid(interval).intersection(touched)
        if shared is None or not self.grid(interval).contains(variant.interval):
            raise BackendError(f"{variant} lies outside of {interval.to_ucsc()}.")
        return self.grid(shared)

    def predict_alternate(
        self,
        reference: Prediction,
        sequence: str,
        variant: Variant,
        progress: Progress = no_progress,
    ) -> Prediction:
        """Predict the ALT haplotype, on REF coordinates.

        Only what the variant can reach is computed; beyond it ALT is REF.

        Args:
            reference: prediction of REF.
            sequence: reference bases of `window(reference.data.interval)`.
        """
        data = reference.data
        part = self.reach(variant, data.interval)
        offset, around = part.start - data.interval.start, self.window(part)
        haplotype = variant.apply(sequence[offset : offset + around.width], around)
        alternate = AlternateAllele(variant, part, haplotype)
        values, first = data.values.copy(), offset // self.resolution
        values[first : first + part.width // self.resolution] = alternate.bins(
            self._predict_bins, self.resolution, self.context_length, progress
        )
        sites = alternate.sites(self.scan_sites, reference.sites)
        return Prediction(replace(data, values=values), sites)

    def predict_alternates(
        self,
        reference: Prediction,
        sequence: str,
        variants: Sequence[Variant],
        progress: Progress = no_progress,
    ) -> Iterator[Prediction]:
        """ALT of each variant, as `predict_alternate`; computed on iteration.

        A model that can share work among variants overrides this, and comes to the same.
        """
        total = len(variants)
        for number, variant in enumerate(variants):

            def report(share: float, before: int = number) -> None:
                progress((before + share) / total)

            report(0.0)
            yield self.predict_alternate(reference, sequence, variant, report)

    def _predict_bins(self, sequence: str, progress: Progress) -> FloatArray:
        """float32[bins, tracks] of a sequence with context on both sides, in tiles."""
        n_bins = (len(sequence) - 2 * self.context_length) // self.resolution
        values = np.empty((n_bins, len(self.tracks)), dtype=np.float32)
        self._fill_bins(values, sequence, progress)
        return values

    def _fill_bins(
        self,
        values: FloatArray,
        sequence: str,
        progress: Progress,
        report_bins: Callable[[int], None] = lambda n_bins: None,
    ) -> None:
        """Tile by tile; `report_bins` is called with the number of bins that are filled."""
        n_bins = len(values)
        report_bins(0)
        progress(0.0)
        for first, batch in self._batches(sequence, n_bins):
            rows = self.predict_rows(batch)
            for row in rows:
                last = min(first + len(row), n_bins)
                values[first:last] = row[: last - first]
                first = last
            report_bins(first)
            progress(first / n_bins)

    def _batches(self, sequence: str, n_bins: int) -> Iterator[tuple[int, list[str]]]:
        """First bin and tiles of one length; the last is filled up with N, cropped later."""
        if self.window_length is not None:
            tile_bins = (self.window_length - 2 * self.context_length) // self.resolution
        else:  # tiles of equal length, so that little is filled up
            n_tiles = -(-n_bins * self.resolution // self.tile_length)
            tile_bins = -(-n_bins // n_tiles)
        step = tile_bins * self.resolution
        width = step + 2 * self.context_length
        tiles = [
            sequence[i : i + width].ljust(width, "N")
            for i in range(0, n_bins * self.resolution, step)
        ]
        for i in range(0, len(tiles), self.batch_size):
            yield i * tile_bins, tiles[i : i + self.batch_size]

    def predict_rows(self, batch: Sequence[str]) -> FloatArray:
        """float32[n, bins, tracks] of sequences of one length, context included."""
        import torch

        # TensorFloat-32 keeps 10 bits of the fraction: CPU and CUDA would differ by 1e-3.
        with torch.inference_mode(), torch.backends.cudnn.flags(allow_tf32=False):
            forward = self.predict_batch(batch)
            if not self.both_strands:
                return forward
            reverse = self.predict_batch([reverse_complement(sequence) for sequence in batch])
        return np.concatenate([forward, reverse[:, ::-1]], axis=2)
