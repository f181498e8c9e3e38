"""What is seen first of a variant: the changed sites, their exon and the variant, large enough."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Exon, Gene, Interval, Locus, Transcript, Variant
from genoview.data.request import Request
from genoview.data.track_data import Assay, TrackMetadata
from genoview.figure.opening import LEAST, MOST, opening_view
from genoview.report.variant_report import VariantReport
from genoview.scoring import Effect

WHOLE = Interval("chr20", 43_000_000, 43_020_000)
EXONS = ((43_001_000, 43_001_200), (43_009_000, 43_009_150), (43_015_000, 43_016_000))


def gene() -> Gene:
    span = Interval("chr20", EXONS[0][0], EXONS[-1][1], "-")
    exons = tuple(Exon(Interval("chr20", *ends, "-"), None) for ends in EXONS)
    return Gene("1", "ADA", span, (Transcript("NM_1", span, exons),))


def request_at(pos: int, ref: str = "A", alt: str = "C") -> Request:
    variant = Variant("chr20", pos, ref, alt)
    return Request("x", "hg19", Locus(WHOLE, "x"), WHOLE, variant)


def site(start: int, difference: float) -> Effect:
    track = TrackMetadata("Splice donor", Assay.SPLICE_SITES, "-", "probability")
    return Effect(track, Interval("chr20", start, start + 1, "-"), 0.0, difference, 0)


def seen(request: Request, *effects: Effect) -> Interval:
    report = VariantReport(request, (), effects=effects) if effects else None
    return opening_view(request, [gene()], report)


def covers(view: Interval, start: int, end: int) -> bool:
    return view.start <= start and end <= view.end


def test_a_locus_is_seen_whole() -> None:
    assert opening_view(Request("x", "hg19", Locus(WHOLE, "x"), WHOLE), [gene()]) == WHOLE


def test_before_models_have_answered_the_nearest_exon_is_seen_with_the_variant() -> None:
    view = seen(request_at(43_009_500))
    assert covers(view, 43_009_000, 43_009_500) and view.width < 1_000
    deep = seen(request_at(43_005_000))  # 3,850 bp before the next exon
    assert covers(deep, 43_004_900, 43_005_100) and deep.width == LEAST


def test_changed_sites_are_seen_as_far_as_all_can_be_read() -> None:
    view = seen(request_at(43_009_140), site(43_009_300, 0.5), site(43_001_000, 0.9))
    assert covers(view, 43_009_000, 43_009_300) and view.width <= MOST
    assert seen(request_at(43_009_140), site(43_009_600, 0.05)) == seen(request_at(43_009_140))


@pytest.mark.parametrize("pos", [43_000_001, 43_020_000])
def test_it_stays_inside_what_is_predicted(pos: int) -> None:
    assert WHOLE.contains(seen(request_at(pos)))


@given(
    pos=st.integers(43_000_002, 43_019_000),
    length=st.integers(1, 900),
    sites=st.lists(st.tuples(st.integers(43_000_000, 43_019_999), st.floats(-1, 1)), max_size=5),
)
def test_the_variant_is_always_in_it(pos: int, length: int, sites: list[Any]) -> None:
    request = request_at(pos, "A" * length, "C")
    assert request.variant is not None
    view = seen(request, *(site(*each) for each in sites))
    assert covers(view, request.variant.start, request.variant.end)
    assert min(LEAST // 2, length) <= view.width <= MOST
