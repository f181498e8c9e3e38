"""The report on the page Variant: made on a click, the same as that of the command."""

import pytest
from streamlit.testing.v1 import AppTest

from genoview.report.one_page.compare import compared
from genoview.report.one_page.document import read_report
from genoview.ui.variant import report_download

pytestmark = pytest.mark.usefixtures("own_server")
LONG_S = 120.0


def script() -> None:
    import streamlit as st

    from genoview.cli.one_page import OnePage, computed, record
    from genoview.report.one_page.build import Made
    from genoview.ui.page import shell
    from genoview.ui.variant import report_download
    from genoview.ui.variant.evidence import links_out
    from genoview.ui.variant.report import report_of

    question = OnePage("chr20:43042364:C>T", "", ("jaspar",), 500)
    scene = computed(shell.bench(), question)
    report = report_of(scene.request, scene.answers)
    report_download.report_button(report)
    links_out.show(report)
    if st.button("Make"):
        st.session_state["by_command"] = record(scene, question)
        st.session_state["page"] = report_download.page_of(report, Made(50, 500))


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")  # a picture takes seconds
    app = AppTest.from_function(script, default_timeout=LONG_S).run()
    assert not app.exception, app.exception[0].value
    return app


def test_the_page_and_the_command_write_the_same_report(app: AppTest) -> None:
    app.button[0].click().run()
    assert not app.exception, app.exception[0].value
    read = read_report(app.session_state["page"])
    assert read.is_as_drawn is True
    assert "MMSplice: exon 4 hardly changed" in read.record.prediction
    assert "MMSplice" in [model.title for model in read.record.models]
    assert read.record.question.models == ("jaspar",)
    [exons] = [table for table in read.record.tables if table.title == "Inclusion of exons"]
    assert [row[0] for row in exons.rows] == ["HNF4A exon 4 of 10"]
    assert compared(app.session_state["by_command"], read.record).differences == ()


def test_nothing_is_made_before_the_click_and_a_pdf_needs_a_chromium(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(report_download, "html_report")  # who calls it fails
    app.run()
    assert not app.exception, app.exception[0].value
    assert any(report_download.NO_PDF in caption.value for caption in app.caption)


def test_links_out_stand_with_what_opening_one_tells(app: AppTest) -> None:
    assert "Opening a link tells that site the variant." in [each.value for each in app.caption]
