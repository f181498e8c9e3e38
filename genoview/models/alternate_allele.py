"""The haplotype of ALT where a variant can reach -> bins and sites on REF coordinates."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.allele_alignment import alt_to_ref, collapse_to_ref
from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress
from genoview.data.site_data import Sites
from genoview.data.track_data import FloatArray


@dataclass(frozen=True, slots=True)
class AlternateAllele:
    """ALT of a variant.

    Attributes:
        part: on REF, whole bins: all that the variant can change.
        haplotype: bases of ALT over `part`, with the model's context on both sides.
    """

    variant: Variant
    part: Interval
    haplotype: str

    def bins(
        self,
        predict: Callable[[str, Progress], FloatArray],
        resolution: int,
        context_length: int,
        progress: Progress,
    ) -> FloatArray:
        """float32[bins of part, tracks]; bins behind an indel stay in phase with REF's.

        Args:
            predict: bases with context on both sides -> float32[bins, tracks].
        """
        variant, part, haplotype = self.variant, self.part, self.haplotype
        r, n_bins = resolution, part.width // resolution
        first_right = -(-(variant.end - part.start) // r)  # first bin wholly behind the variant
        n_alt = first_right * r + variant.length_change  # ALT bases before that bin
        if variant.length_change % r == 0:
            predicted = predict(haplotype, progress)
            n_left = n_alt // r
            left, right = predicted[:n_left], predicted[n_left:]
        else:
            n_left = -(-n_alt // r)
            need = n_left * r + 2 * context_length
            share = n_left / (n_left + n_bins - first_right)
            left = predict(haplotype[:need].ljust(need, "N"), lambda done: progress(done * share))
            right = left[:0]
            if first_right < n_bins:
                right = predict(
                    haplotype[n_alt:], lambda done: progress(share + done * (1 - share))
                )
        positions = alt_to_ref(variant, part.start, n_alt)
        collapsed = collapse_to_ref(left, positions, r, part.start, first_right)
        return np.concatenate([collapsed, right])[:n_bins]

    def sites(self, scan: Callable[[str, Interval], Sites], of_ref: Sites) -> Sites:
        """Sites of ALT on REF coordinates; a site is as long as the REF bases it lies on."""
        part = self.part
        outside = of_ref.where((of_ref.start < part.start) | (of_ref.start >= part.end))
        end = max(part.end + self.variant.length_change, part.start + 1)
        inside = scan(self.haplotype, replace(part, end=end))
        lift = alt_to_ref(self.variant, part.start, len(self.haplotype))
        lifted = replace(
            inside,
            start=lift[inside.start - part.start],
            end=lift[inside.end - 1 - part.start] + 1,
        )
        return Sites.concatenate([outside, lifted])
