"""Models that read one window of a fixed length: every value depends on all of it.

interval --smallest legal window around it--> sequence --predict_window--> Prediction

Nothing can be tiled or shared: ALT is computed over the whole window, and lifted onto REF.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from genoview.data.allele_alignment import alt_to_ref, lift_bins, nearest_alt_bins
from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval, Variant
from genoview.data.junction_data import Junctions
from genoview.data.prediction import Prediction, Watch, unwatched
from genoview.data.progress import Progress, no_progress
from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray, IntArray
from genoview.errors import BackendError
from genoview.models.base import Backend
from genoview.models.variant_batch import Alleles, EditedStrand

SPARE_LENGTH = 2_048  # bp read behind the window, from which a deletion is filled up
WINDOW = "window"  # the chromosome's name in predictions of a bare sequence


class WholeWindowBackend(Backend):
    """A subclass states `window_lengths` and implements `predict_window`.

    Attributes:
        window_lengths: bp that the model takes, in rising order.
        shortest: bp; shorter windows are not used, though they would cover the request.
        crop_length: bp read on each side that are not predicted.
    """

    window_lengths: tuple[int, ...]
    shortest: int = 0
    crop_length: int = 0
    batch_size = 1

    @abstractmethod
    def predict_window(self, sequence: str, progress: Progress = no_progress) -> Prediction:
        """Predict one sequence of a legal length.

        Returns:
            parts on the chromosome WINDOW, where the sequence begins at 0; `data` fills the
            sequence without `crop_length` on each side.
        """

    def read_window(self, interval: Interval) -> Interval:
        """The smallest legal window around `interval` that predicts all of it, or the longest."""
        fitting = [
            length
            for length in self.window_lengths
            if length >= self.shortest and length - 2 * self.crop_length >= interval.width
        ]
        return interval.resized(fitting[0] if fitting else self.window_lengths[-1])

    def grid(self, interval: Interval) -> Interval:
        """What the window around `interval` predicts: more than was requested, or its centre."""
        return self.read_window(interval).expanded(-self.crop_length)

    def window(self, interval: Interval) -> Interval:
        """The window, and what a deletion draws in from behind it."""
        return self.read_window(interval).expanded(0, SPARE_LENGTH)

    def edge_words(self, interval: Interval, genome: str) -> str:
        read = self.read_window(interval)
        return (
            f"{self.card.title} reads {read.to_ucsc()} at once. {genome} does not cover all of it: "
            "the model reads N there, which changes its values elsewhere too."
        )

    def notes(self, interval: Interval, variant: Variant | None) -> tuple[str, ...]:
        read, grid = self.read_window(interval), self.grid(interval)
        sentences = [f"{self.card.title} read {read.to_ucsc()}, {read.width:,} bp at once."]
        if self.crop_length or not grid.contains(interval):
            sentences.append(f"It predicts {grid.to_ucsc()} alone; beyond that nothing is drawn.")
        if variant is not None and variant.length_change > 0:
            sentences.append(
                f"The insertion pushes the last {variant.length_change:,} bp out of the window of "
                "ALT, where REF stands for it."
            )
        if variant is not None and variant.length_change < -SPARE_LENGTH:
            sentences.append(
                f"ALT reads N in its last {-variant.length_change - SPARE_LENGTH:,} bp."
            )
        return (" ".join(sentences),)

    def predict(
        self,
        sequence: str,
        interval: Interval,
        progress: Progress = no_progress,
        watch: Watch = unwatched,
    ) -> Prediction:
        """All of it at once; `watch` is never called."""
        read, grid = self._checked(sequence, interval)
        prediction = self.predict_window(sequence[: read.width], progress)
        return prediction.moved_to(grid)

    def reach(self, variant: Variant, interval: Interval) -> Interval:
        """All of it."""
        grid = self.grid(interval)
        if not grid.contains(variant.interval):
            raise BackendError(f"{variant} lies outside of {grid.to_ucsc()}, which is predicted.")
        return grid

    def predict_alternate(
        self,
        reference: Prediction,
        sequence: str,
        variant: Variant,
        progress: Progress = no_progress,
    ) -> Prediction:
        """Predict the ALT haplotype over the whole window, on REF coordinates."""
        grid = self.reach(variant, reference.data.interval)
        read = self._checked(sequence, reference.data.interval)[0]
        haplotype = variant.apply(sequence, self.window(reference.data.interval))
        predicted = self.predict_window(haplotype[: read.width].ljust(read.width, "N"), progress)
        data = predicted.data
        lifted = lift_bins(
            data.values,
            reference.data.values,
            variant,
            grid.start,
            data.resolution,
            self.crop_length,
        )
        return Prediction(
            replace(reference.data, values=lifted),
            Sites(),
            predicted.junctions and lift_junctions(predicted.junctions, variant, read),
            predicted.contacts
            and self._lift_contacts(predicted.contacts, reference.contacts, variant, read),
        )

    def _lift_contacts(
        self, alt: ContactMap, ref: ContactMap | None, variant: Variant, read: Interval
    ) -> ContactMap:
        """Each axis by the ALT bin that holds a REF bin's middle; zero where it is deleted."""
        start = read.start + alt.interval.start
        bins = nearest_alt_bins(
            variant, start, alt.resolution, alt.n_bins, offset=alt.interval.start
        )
        values = alt.values[np.ix_(bins, bins)].copy()
        for axis in (0, 1):
            np.moveaxis(values, axis, 0)[bins == -1] = 0
        place = replace(read, start=start, end=start + alt.interval.width)
        if ref is not None:
            absent = (bins == -2)[:, None] | (bins == -2)[None, :]
            values[absent] = ref.values[absent]
        return ContactMap(values, alt.tracks, place, alt.resolution)

    def _checked(self, sequence: str, interval: Interval) -> tuple[Interval, Interval]:
        """The window and what it predicts.

        Raises:
            BackendError: the sequence has another length.
        """
        window = self.window(interval)
        if len(sequence) != window.width:
            raise BackendError(
                f"{self.card.title} was given {len(sequence):,} bp for {window.to_ucsc()}, "
                f"which is {window.width:,} bp."
            )
        return self.read_window(interval), self.grid(interval)

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        return np.stack([self.predict_window(sequence).data.values for sequence in sequences])

    def predict_strands(
        self, strands: Sequence[EditedStrand], progress: Progress = no_progress
    ) -> list[list[Alleles]]:
        raise BackendError(
            f"{self.card.title} computes its whole window for each change: it offers no "
            "mutagenesis and no scores of many variants. Ask for single variants."
        )


def lift_junctions(junctions: Junctions, variant: Variant, read: Interval) -> Junctions:
    """Junctions of ALT's window on REF coordinates; those that a deletion leaves empty go."""
    positions: IntArray = alt_to_ref(variant, read.start, read.width)
    start = positions[np.clip(junctions.start, 0, read.width - 1)]
    end = positions[np.clip(junctions.end - 1, 0, read.width - 1)] + 1
    own = junctions.interval
    place = replace(read, start=read.start + own.start, end=read.start + own.end)
    moved = replace(junctions, start=start, end=end, interval=place)
    return moved.where(end > start)
