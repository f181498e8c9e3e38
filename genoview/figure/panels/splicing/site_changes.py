"""Sites of REF and ALT -> what ALT makes of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.site_data import SMALLEST_CHANGE, Sites, paired


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """Sites of REF (gained and strengthened ones: of ALT) by what ALT makes of them."""

    kept: Sites
    weakened: Sites
    strengthened: Sites
    lost: Sites
    gained: Sites


def compared(ref: Sites, alt: Sites) -> SiteChanges:
    """A site in both alleles is changed from `SMALLEST_CHANGE` on."""
    pairs = list(paired(ref, alt))
    both = [(i, j) for i, j in pairs if i is not None and j is not None]
    change = {i: float(alt.score[j] - ref.score[i]) for i, j in both}
    return SiteChanges(
        kept=_picked(ref, [i for i, _ in both if abs(change[i]) < SMALLEST_CHANGE]),
        weakened=_picked(ref, [i for i, _ in both if change[i] <= -SMALLEST_CHANGE]),
        strengthened=_picked(alt, [j for i, j in both if change[i] >= SMALLEST_CHANGE]),
        lost=_picked(ref, [i for i, j in pairs if i is not None and j is None]),
        gained=_picked(alt, [j for i, j in pairs if i is None and j is not None]),
    )


def _picked(sites: Sites, places: Sequence[int]) -> Sites:
    return sites.where(np.array(sorted(places), dtype=np.int64))
