"""The contract of a model: facts and one method; tiling, strands and alleles are derived.

sequence -> tiles -> predict_batch -> float32[bins, tracks] -> Prediction
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from genoview.data.allele_alignment import alt_to_ref, collapse_to_ref
from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction, Watch, unwatched
from genoview.data.progress import Progress, no_progress
from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray, TrackData, TrackMetadata
from genoview.errors import BackendError
from genoview.models.variant_batch import Alleles, Edit, EditedStrand, one_by_one

SCHEMA_VERSION = 1  # raised when the meaning of stored predictions changes
DTYPES = ("float32", "bfloat16")


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
        import torch  # here and below: facts of models are read without it

        if dtype not in DTYPES:
            raise BackendError(f"dtype {dtype!r} is none of {', '.join(DTYPES)}.")
        if device.startswith("cuda") and not torch.cuda.is_available():
            raise BackendError(
                f"Device {device!r} was requested, but torch sees no CUDA device; use 'cpu'."
            )
        self.device = torch.device(device)
        self.dtype: torch.dtype = getattr(torch, dtype)

    @abstractmethod
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """Predict sequences of one length, `context_length` on each side of what is wanted.

        Args:
            sequences: upper-case A, C, G, T, N, each `bins * resolution + 2 * context_length`.

        Returns:
            float32[n, bins, tracks]; only the forward strand's tracks where `both_strands`.
        """

    def predict_edits(
        self, sequence: str, edits: Sequence[Edit], progress: Progress = no_progress
    ) -> list[Alleles]:
        """Both alleles around each edit of one strand, as `predict_strands`."""
        return self.predict_strands([EditedStrand(sequence, edits)], progress)[0]

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
        n_bins = grid.width // self.resolution
        values = np.empty((n_bins, len(self.tracks)), dtype=np.float32)
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
        offset = part.start - data.interval.start
        around = self.window(part)
        haplotype = variant.apply(sequence[offset : offset + around.width], around)
        values = data.values.copy()
        first = offset // self.resolution
        values[first : first + part.width // self.resolution] = self._alternate_bins(
            haplotype, part, variant, progress
        )
        sites = self._alternate_sites(reference.sites, haplotype, part, variant)
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

    def _alternate_bins(
        self, haplotype: str, part: Interval, variant: Variant, progress: Progress
    ) -> FloatArray:
        """float32[bins of part, tracks]; bins behind an indel stay in phase with REF's."""
        r, n_bins = self.resolution, part.width // self.resolution
        first_right = -(-(variant.end - part.start) // r)  # first bin wholly behind the variant
        n_alt = first_right * r + variant.length_change  # ALT bases before that bin
        if variant.length_change % r == 0:
            bins = self._predict_bins(haplotype, progress)
            n_left = n_alt // r
            left, right = bins[:n_left], bins[n_left:]
        else:
            n_left = -(-n_alt // r)
            need = n_left * r + 2 * self.context_length
            share = n_left / (n_left + n_bins - first_right)
            left = self._predict_bins(
                haplotype[:need].ljust(need, "N"), lambda done: progress(done * share)
            )
            right = np.empty((0, len(self.tracks)), np.float32)
            if first_right < n_bins:
                right = self._predict_bins(
                    haplotype[n_alt:], lambda done: progress(share + done * (1 - share))
                )
        positions = alt_to_ref(variant, part.start, n_alt)
        return np.concatenate(
            [collapse_to_ref(left, positions, r, part.start, first_right), right]
        )[:n_bins]

    def _alternate_sites(
        self, sites: Sites, haplotype: str, part: Interval, variant: Variant
    ) -> Sites:
        """Sites of ALT on REF coordinates; a site is as long as the REF bases it lies on."""
        kept = sites.where((sites.start < part.start) | (sites.start >= part.end))
        alt_part = replace(part, end=max(part.end + variant.length_change, part.start + 1))
        sites_alt = self.scan_sites(haplotype, alt_part)
        lift = alt_to_ref(variant, part.start, len(haplotype))
        lifted = replace(
            sites_alt,
            start=lift[sites_alt.start - part.start],
            end=lift[sites_alt.end - 1 - part.start] + 1,
        )
        return Sites.concatenate([kept, lifted])

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
