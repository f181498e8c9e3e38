"""What the PVS1 tree asks of RNA and protein, on transcripts of the demo genome."""

import pytest

from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.report.variant_report import variant_report
from genoview.scoring.prediction.loss_of_function import loss_of_function


@pytest.mark.parametrize(
    ("query", "frame_kept", "decay", "share", "why"),
    [
        ("ADA R211X", True, True, 153 / 363, "445 nt before the last exon junction"),
        ("NM_000022.4:c.955_959del", False, True, 45 / 363, "110 nt before"),
        ("NM_000022.4:c.1079-1G>A", None, None, None, ""),  # no models, no predicted splicing
        ("NM_000022.4:c.320T>A", True, False, 1 / 363, "that of before"),
    ],
)
def test_of_a_transcript_that_is_spliced_as_annotated(
    demo: Assembly,
    query: str,
    frame_kept: bool | None,
    decay: bool | None,
    share: float | None,
    why: str,
) -> None:
    report = variant_report(resolve(query, demo), [], demo)
    found = [one for one in report.rna if one.transcript_id == "NM_000022.4"]
    if frame_kept is None:
        assert found == []
        return
    loss = loss_of_function(found[0])
    assert (loss.frame_kept, loss.decay) == (frame_kept, decay)
    assert loss.share_removed == pytest.approx(share, abs=0.01)
    assert why in loss.why_decay
