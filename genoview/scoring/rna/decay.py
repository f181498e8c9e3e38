"""A stop codon among exon junctions -> whether nonsense-mediated decay is expected, by rule.

A transcript is expected to be degraded where its stop codon lies more than 50 to 55 nt before the
last exon junction (Nagy & Maquat 1998, doi:10.1016/S0968-0004(98)01208-0). Within 150 nt behind
the start codon decay is often escaped (Lindeboom et al. 2016, doi:10.1038/ng.3664). A rule of
thumb: nothing of it is a prediction of a model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

NEAREST, FARTHEST = 50, 55  # nt from the stop codon's last base to the last junction
NEAR_START = 150  # nt from the start codon's first base to the stop codon


class Decay(StrEnum):
    """What the rule says."""

    EXPECTED = "expected"
    BORDERLINE = "borderline"
    NOT_EXPECTED = "not expected"
    NOT_ASKED = "does not apply"


@dataclass(frozen=True, slots=True)
class DecayRule:
    """What the rule says of one transcript, and for which reason.

    Attributes:
        place: of the stop codon, in a few words; "" where decay is simply expected.
    """

    decay: Decay
    reason: str
    place: str = ""

    @property
    def words(self) -> str:
        """`not expected: the new stop codon is in the last exon`."""
        return f"{self.decay}: {self.reason}" if self.reason else str(self.decay)

    @property
    def brief(self) -> str:
        """`NMD expected`, `NMD not expected (stop in the last exon)`."""
        return f"NMD {self.decay}" + (f" ({self.place})" if self.place else "")


def decay_of(
    exon_lengths: Sequence[int], start: int, stop: int, name: str = "the new stop codon"
) -> DecayRule:
    """Of a transcript with a stop codon.

    Args:
        exon_lengths: nt, from the 5' end.
        start: 0-based base of the transcript at which the start codon begins.
        stop: at which the stop codon begins.
    """
    if len(exon_lengths) == 1:
        return DecayRule(Decay.NOT_EXPECTED, "the transcript has one exon", "one exon")
    junction = sum(exon_lengths[:-1])  # bases before it
    if stop >= junction:
        where = "stop in the last exon"
        return DecayRule(Decay.NOT_EXPECTED, f"{name} is in the last exon", where)
    distance = junction - (stop + 3)
    if distance < 0:
        where = "stop at the last exon junction"
        return DecayRule(Decay.NOT_EXPECTED, f"the last exon junction parts {name}", where)
    place = f"{name} lies {distance:,} nt before the last exon junction"
    where = f"stop {distance:,} nt before the last exon junction"
    if distance < NEAREST:
        return DecayRule(Decay.NOT_EXPECTED, f"{place}, less than {NEAREST}", where)
    if distance <= FARTHEST:
        return DecayRule(Decay.BORDERLINE, f"{place}, within {NEAREST} to {FARTHEST}", where)
    reason = f"by the {NEAREST}-{FARTHEST} nt rule, {place}"
    if stop - start > NEAR_START:
        return DecayRule(Decay.EXPECTED, reason)
    escaped = (
        f"; but only {stop - start:,} nt behind the start codon, where decay is often escaped "
        "(Lindeboom et al. 2016)"
    )
    return DecayRule(Decay.EXPECTED, reason + escaped, "near the start codon, often escaped")
