"""Mutagenesis on the page without a browser: asked by a link, shown, listed, taken away."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from genoview.data.genome import Interval, Locus
from genoview.data.request import Request
from genoview.data.track_data import Assay, TrackMetadata
from genoview.report.variant_report import VariantReport
from genoview.scoring import Effect
from genoview.ui.explore.mutagenesis import changed_strand
from tests.support.pages.visits import answered, healthy, visit

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
LOCUS = "chr20:42,984,201-42,984,300"
SNV = "chr20:42984264:G>A"
ROW = "mutagenesis:activity.HepG2"


def row_ids(app: AppTest) -> list[str]:
    figure: dict[str, Any] = app.session_state["figure"]
    return [row["id"] for row in figure["layout"]["meta"]["rows"]]


def test_a_link_asks_for_it_and_its_rows_stand_above_the_motifs() -> None:
    app = answered(visit(q=LOCUS, ism="activity.HepG2:42984251-42984270"))
    ids = row_ids(app)
    assert ids.count(ROW) == 2
    assert ids.index(ROW) < ids.index("jaspar:sites")
    table = app.dataframe[0].value
    assert len(table) == 20
    assert list(table["effect"].abs()) == sorted(table["effect"].abs(), reverse=True)
    assert all("variant?q=chr20" in link for link in table["open"])


def test_a_part_that_is_too_long_is_refused_and_the_rest_stays() -> None:
    app = answered(visit(q="chr20:42,984,001-42,986,000", ism="splice+:42984001-42985000"))
    assert any("at most 500 bp" in str(one.value) for one in app.warning)
    assert "mutagenesis:splice+" not in row_ids(app)
    assert "jaspar:sites" in row_ids(app)


def test_a_part_that_is_not_shown_waits_without_a_run() -> None:
    app = answered(visit(q=LOCUS, ism="activity.HepG2:42974251-42974270"))
    assert ROW not in row_ids(app)
    assert len(app.session_state["jobs"]) == 1


def test_what_was_asked_can_be_taken_away() -> None:
    app = answered(visit(q=LOCUS, ism="activity.HepG2:42984251-42984270"))
    app.button(key="unscan-activity.HepG2:42984251-42984270").click()
    healthy(app.run())
    assert "ism" not in app.query_params
    assert ROW not in row_ids(app)


def test_around_a_variant_its_own_neighbourhood_is_offered_first() -> None:
    app = answered(visit(q=SNV))
    assert app.radio(key="scan_part").value == "variant"
    assert app.selectbox(key="scan_score").value == "splice+"
    assert not any("Pangolin" in title for title in app.selectbox(key="scan_score").options)
    app.selectbox(key="scan_score").select("activity.K562")
    healthy(app.run())
    [compute] = [button for button in app.button if button.label == "Compute"]
    compute.click()
    healthy(app.run())
    assert app.query_params["ism"] == "activity.K562:42984164-42984363"


def site(strand: str, difference: float) -> Effect:
    track = TrackMetadata("Splice donor", Assay.SPLICE_SITES, strand, "probability")
    return Effect(track, Interval("chr20", 100, 101, strand), 0.5, 0.5 + difference, 0)


@pytest.mark.parametrize(
    ("effects", "strand"),
    [
        ((), ""),
        ((site("+", 0.1), site("-", -0.4)), "-"),
        ((site("-", -0.1), site("+", 0.4)), "+"),
        ((site(".", 0.9),), ""),
    ],
)
def test_it_starts_on_the_strand_of_the_largest_change(
    effects: tuple[Effect, ...], strand: str
) -> None:
    place = Interval("chr20", 0, 1_000)
    request = Request("x", "hg19", Locus(place, "x"), place)
    assert changed_strand(VariantReport(request, (), effects=effects)) == strand


def test_it_starts_anew_with_another_variant_and_keeps_the_reader_s_choice_until_then() -> None:
    app = answered(visit(q="chr20:43260000:G>A"))  # ADA lies on the reverse strand
    assert app.selectbox(key="scan_score").value == "splice-"
    app.selectbox(key="scan_score").select("activity.K562")
    healthy(app.run())
    app.radio(key="scan_part").set_value("view")
    assert healthy(app.run()).selectbox(key="scan_score").value == "activity.K562"
    app.text_input(key="search_text").set_value("chr20:43042364:C>T")  # HNF4A on the forward one
    assert answered(healthy(app.run())).selectbox(key="scan_score").value == "splice+"
