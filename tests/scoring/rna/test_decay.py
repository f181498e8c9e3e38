"""The rule of 50 to 55 nt, in a table worked out by hand."""

import pytest

from genoview.scoring.rna.decay import Decay, decay_of

EXONS = (100, 200, 300)  # the last junction lies behind base 300
START = 10


@pytest.mark.parametrize(
    ("stop", "decay", "reason"),
    [
        (241, Decay.EXPECTED, "lies 56 nt before the last exon junction"),
        (242, Decay.BORDERLINE, "lies 55 nt before the last exon junction, within 50 to 55"),
        (247, Decay.BORDERLINE, "lies 50 nt before the last exon junction, within 50 to 55"),
        (248, Decay.NOT_EXPECTED, "lies 49 nt before the last exon junction, less than 50"),
        (297, Decay.NOT_EXPECTED, "lies 0 nt before the last exon junction, less than 50"),
        (298, Decay.NOT_EXPECTED, "the last exon junction parts the new stop codon"),
        (300, Decay.NOT_EXPECTED, "the new stop codon is in the last exon"),
        (599, Decay.NOT_EXPECTED, "the new stop codon is in the last exon"),
    ],
)
def test_it_counts_from_the_stop_codon_to_the_last_junction(
    stop: int, decay: Decay, reason: str
) -> None:
    rule = decay_of(EXONS, START, stop)
    assert rule.decay is decay
    assert rule.reason.endswith(reason)


def test_a_transcript_of_one_exon_has_no_junction() -> None:
    assert decay_of((600,), START, 40).words == "not expected: the transcript has one exon"


def test_a_stop_close_to_the_start_is_noted() -> None:
    assert "only 150 nt behind the start codon" in decay_of(EXONS, START, 160).reason
    assert "start codon" not in decay_of(EXONS, START, 163).reason
