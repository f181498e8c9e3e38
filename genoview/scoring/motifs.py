"""Sites of REF and ALT -> motifs gained, lost, strengthened or weakened; and factors to show.

A model lists only sites below its p-value cut (1e-4): a site that one allele lacks is known to lie
above the cut there, its score is not.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.site_data import SMALLEST_CHANGE, Sites, paired
from genoview.data.track_data import TrackMetadata
from genoview.scoring.effects import distance_words, signed_distance
from genoview.scoring.tracks.formula import Formula

SCORE_DIFFERENCE = Formula(
    "Motif log-odds difference",
    "ALT − REF of the log2 odds against background, of the site and of the bases in its place",
    "bits",
)
P_DIFFERENCE = Formula(
    "Motif p-value difference",
    "log10(p of REF) − log10(p of ALT), positive where ALT is the better site; ≥ or ≤ where the "
    "bases of one allele have no p-value",
    "decades of p",
)
CLEAR_FOLD = 30  # of p: smaller changes are in the table, not in words or marks
P_CUT = 1e-4  # sites are listed below this p-value
LONGEST_MOTIF = 100  # bp; further from the variant no site can change
LEAST_P = 1e-300  # keeps the logarithm finite


@dataclass(frozen=True, slots=True)
class MotifChange:
    """One site that a variant changes.

    Attributes:
        interval: on REF coordinates, with the site's strand.
        ref_score, alt_score: log2 odds; None where the allele has no site below `P_CUT`.
        ref_p, alt_p: p-values; None likewise.
        distance: bp from the REF allele on the forward strand; negative to its left, 0 on overlap.
        unlisted: score and p-value of the bases in the place of the site that one allele lacks;
            None where they were not looked up.
    """

    track: TrackMetadata
    interval: Interval
    ref_score: float | None
    alt_score: float | None
    ref_p: float | None
    alt_p: float | None
    distance: int
    unlisted: tuple[float, float] | None = None

    @property
    def state(self) -> str:
        """gained, lost, strengthened or weakened."""
        if self.ref_score is None or self.alt_score is None:
            return "gained" if self.ref_score is None else "lost"
        return "strengthened" if self.alt_score > self.ref_score else "weakened"

    @property
    def score_difference(self) -> float | None:
        """ALT - REF in bits; None where one allele has no site and none was looked up."""
        ref, alt = self.ref[0], self.alt[0]
        return None if ref is None or alt is None else alt - ref

    @property
    def ref(self) -> tuple[float | None, float | None]:
        """Score and p-value, of the bases in the site's place where REF has no site."""
        return (self.ref_score, self.ref_p) if self.ref_p is not None else self._unlisted

    @property
    def alt(self) -> tuple[float | None, float | None]:
        """Score and p-value, of the bases in the site's place where ALT has no site."""
        return (self.alt_score, self.alt_p) if self.alt_p is not None else self._unlisted

    @property
    def _unlisted(self) -> tuple[float | None, float | None]:
        return (None, None) if self.unlisted is None else self.unlisted

    @property
    def p_difference(self) -> float:
        """Decades of p-value, positive for a gain; the least it can be where `is_bound`."""
        return _decades(self.ref[1]) - _decades(self.alt[1])

    @property
    def is_clear(self) -> bool:
        """Whether its p-value changes `CLEAR_FOLD`; at least so much where `is_bound`."""
        return self.fold >= CLEAR_FOLD

    @property
    def fold(self) -> float:
        """By which the p-value grows or shrinks, 1 or more; the least it can be where bound."""
        return float(10 ** abs(self.p_difference))

    @property
    def is_bound(self) -> bool:
        """Whether one allele's score is unknown, so that the difference is this or more."""
        return self.score_difference is None

    @property
    def size(self) -> float:
        """Decades between the p-values of sites; an allele without one counts as 1e-4."""
        return abs(_decades(self.ref_p) - _decades(self.alt_p))

    @property
    def words(self) -> str:
        """`HNF4A lost at the variant (+ strand): 12.3 bits (p 2e-06) → no site ...`."""
        place = distance_words(self.distance, self.interval.strand)
        ref, alt = _score(self.ref_score, self.ref_p), _score(self.alt_score, self.alt_p)
        strand = f"({self.interval.strand} strand)"
        return f"{self.track.name} {self.state} {place} {strand}: {ref} → {alt}"


def motif_changes(
    ref: Sites, alt: Sites, tracks: Sequence[TrackMetadata], variant: Variant
) -> tuple[MotifChange, ...]:
    """The sites that differ between the alleles, the largest change first.

    Args:
        ref, alt: sites of both alleles, both on REF coordinates.
        tracks: of the model that listed them.
    """
    around = variant.interval.expanded(LONGEST_MOTIF)
    ref, alt = ref.within(around), alt.within(around)
    changes = [_change(ref, alt, i, j, tracks, variant) for i, j in paired(ref, alt)]
    kept = [change for change in changes if _is_change(change)]
    return tuple(sorted(kept, key=lambda c: (-c.size, abs(c.distance), c.track.name)))


def factors_to_show(ref: Sites, alt: Sites | None, view: Interval, n: int) -> tuple[int, ...]:
    """At most `n` columns of tracks: those that change most, then those with the strongest sites.

    Half of them, rounded up, may be for change, so that the strongest sites stay in sight.
    """
    ref = ref.within(view)
    changed: list[int] = []
    sites = ref
    if alt is not None:
        alt = alt.within(view)
        changed = most_changed(ref, alt)[: -(-n // 2)]
        sites = Sites.concatenate([ref, alt])
    rest = [column for column in _strongest(sites) if column not in changed]
    return tuple((changed + rest)[:n])


def most_changed(ref: Sites, alt: Sites) -> list[int]:
    """Columns by their largest change of p-value, in decades; unchanged ones are left out."""
    largest: dict[int, float] = {}
    for i, j in paired(ref, alt):
        column = int(alt.track[j] if i is None else ref.track[i])
        p_values = (_at(ref.p_value, i), _at(alt.p_value, j))
        decades = abs(_decades(p_values[0]) - _decades(p_values[1]))
        largest[column] = max(largest.get(column, 0.0), decades)
    changed = [column for column in largest if largest[column] > 0]
    return sorted(changed, key=lambda column: (-largest[column], column))


def _strongest(sites: Sites) -> list[int]:
    """Columns by their smallest p-value, then by their highest score."""
    order = np.lexsort((sites.track, -sites.score, sites.p_value))
    return list(dict.fromkeys(sites.track[order].tolist()))


def _change(
    ref: Sites,
    alt: Sites,
    i: int | None,
    j: int | None,
    tracks: Sequence[TrackMetadata],
    variant: Variant,
) -> MotifChange:
    sites, k = (alt, j) if i is None else (ref, i)
    assert k is not None  # one of the two is always there
    strand = "+" if sites.strand[k] > 0 else "-"
    interval = Interval(variant.chrom, int(sites.start[k]), int(sites.end[k]), strand)
    return MotifChange(
        track=tracks[int(sites.track[k])],
        interval=interval,
        ref_score=_at(ref.score, i),
        alt_score=_at(alt.score, j),
        ref_p=_at(ref.p_value, i),
        alt_p=_at(alt.p_value, j),
        distance=signed_distance(replace(interval, strand="."), variant),
    )


def _is_change(change: MotifChange) -> bool:
    if change.ref_score is None or change.alt_score is None:
        return True
    return abs(change.alt_score - change.ref_score) >= SMALLEST_CHANGE


def _at(
    values: "np.ndarray[tuple[int, ...], np.dtype[np.floating]]", i: int | None
) -> float | None:
    return None if i is None else float(values[i])


def _decades(p_value: float | None) -> float:
    return math.log10(P_CUT if p_value is None else max(p_value, LEAST_P))


def _score(score: float | None, p_value: float | None) -> str:
    if score is None or p_value is None:
        return f"no site (p {P_CUT:.0e} or more)"
    return f"{score:.1f} bits (p {p_value:.0e})"
