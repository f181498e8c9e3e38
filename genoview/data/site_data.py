"""Places where a model sees a site, and which sites of two alleles are the same one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.errors import TrackError

SMALLEST_CHANGE = 0.5  # log2 odds (bits); a site in both alleles that changes less is unchanged

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]


def _empty(dtype: npt.DTypeLike) -> npt.NDArray[np.generic]:
    return np.empty(0, dtype=dtype)


@dataclass(frozen=True, slots=True)
class Sites:
    """Places where a model sees a site, such as motif hits: one entry an element, sorted by start.

    Attributes:
        start, end: int64[sites], 0-based half-open, forward strand.
        strand: int8[sites], 1 or -1.
        track: int64[sites], column in the tracks of the same model.
        score: float32[sites], in log2 of the odds.
        p_value: float64[sites], chance of such a score in background sequence.
    """

    start: IntArray = field(default_factory=lambda: _empty(np.int64))  # type: ignore[arg-type,return-value]
    end: IntArray = field(default_factory=lambda: _empty(np.int64))  # type: ignore[arg-type,return-value]
    strand: npt.NDArray[np.int8] = field(default_factory=lambda: _empty(np.int8))  # type: ignore[arg-type,return-value]
    track: IntArray = field(default_factory=lambda: _empty(np.int64))  # type: ignore[arg-type,return-value]
    score: FloatArray = field(default_factory=lambda: _empty(np.float32))  # type: ignore[arg-type,return-value]
    p_value: npt.NDArray[np.float64] = field(default_factory=lambda: _empty(np.float64))  # type: ignore[arg-type,return-value]

    def __post_init__(self) -> None:
        columns = (self.end, self.strand, self.track, self.score, self.p_value)
        if any(len(column) != len(self.start) for column in columns):
            raise TrackError("The columns of the sites differ in length.")

    def __len__(self) -> int:
        return len(self.start)

    def where(self, mask: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "Sites":
        """The sites that a mask or an index array picks."""
        return Sites(
            self.start[mask],
            self.end[mask],
            self.strand[mask],
            self.track[mask],
            self.score[mask],
            self.p_value[mask],
        )

    def within(self, interval: Interval) -> "Sites":
        """The sites that touch `interval`."""
        return self.where((self.end > interval.start) & (self.start < interval.end))

    def shifted(self, offset: int) -> "Sites":
        return replace(self, start=self.start + offset, end=self.end + offset)

    @staticmethod
    def concatenate(parts: Sequence["Sites"]) -> "Sites":
        """All sites of the parts, sorted by start, then track and strand."""
        if not parts:
            return Sites()
        joined = Sites(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("start", "end", "strand", "track", "score", "p_value")
            )
        )
        return joined.where(np.lexsort((joined.strand, joined.track, joined.start)))


def paired(ref: Sites, alt: Sites) -> Iterator[tuple[int | None, int | None]]:
    """Indices of the same site in both alleles; None where one allele has none.

    Sites are the same where they begin at one base or, behind an indel in the site, end at one.
    """
    left_ref, left_alt = _best(ref, ref.start), _best(alt, alt.start)
    for key in sorted(left_ref.keys() & left_alt.keys()):
        yield left_ref.pop(key), left_alt.pop(key)
    by_end = {(*key[:2], int(ref.end[i])): (key, i) for key, i in left_ref.items()}
    for key, j in list(left_alt.items()):
        match = by_end.pop((*key[:2], int(alt.end[j])), None)
        if match:
            del left_ref[match[0]], left_alt[key]
            yield match[1], j
    yield from ((i, None) for i in left_ref.values())
    yield from ((None, j) for j in left_alt.values())


def _best(sites: Sites, anchors: IntArray) -> dict[tuple[int, int, int], int]:
    """The best site of each track, strand and anchor: inserted bases share one anchor."""
    best: dict[tuple[int, int, int], int] = {}
    columns = (sites.track.tolist(), sites.strand.tolist(), anchors.tolist())
    for i, key in enumerate(zip(*columns, strict=True)):
        if key not in best or sites.score[i] > sites.score[best[key]]:
            best[key] = i
    return best
