"""The page of files as a reader without a browser sees it: empty, at work, done, gone."""

import pytest

from genoview.runtime.batch import Plan
from genoview.ui.batch import page as batch_page
from genoview.ui.page.examples import EXAMPLES
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import healthy, labels, visit, words

pytestmark = pytest.mark.usefixtures("own_server")
LIST = b"chr20:42984253:C>G\nchr20:43249076:C>T\nss1\n"
PLAN = Plan("my *list*", "GRCh37-demo", ("promoter-activity",))


def done(content: bytes = LIST) -> str:
    """A finished run."""
    run = batch_page.batch_runs().start(content, PLAN)
    at_work = batch_page.batch_runs().at_work(run.run_id)
    assert at_work is None or at_work.job.wait(LONG_S)
    return run.run_id


def test_a_newcomer_is_offered_three_examples() -> None:
    app = visit("batch")
    assert "Nothing scored yet" in words(app)
    [text] = app.text_area
    assert text.value == ""
    [use] = [button for button in app.button if button.label == "Use three examples"]
    [text] = healthy(use.click().run()).text_area
    assert str(text.value).split() == [example.query for example in EXAMPLES]


def test_a_run_is_shown_with_its_counts_its_table_and_what_was_passed_over() -> None:
    app = visit("batch", run=done())
    assert "3 variants read, 2 scored, 1 skipped: 1 not readable as a variant" in words(app)
    passed, table = (frame.value for frame in app.dataframe)
    assert list(passed["variant"]) == ["ss1"]
    assert "not resolvable offline" in passed["reason"][0]
    assert list(table["pos"]) == [42984253, 43249076]
    assert table["HepG2 log2"].dtype == float  # by which it sorts as numbers
    assert list(table["variant"]) == ["chr20:42984253:C>G", "chr20:43249076:C>T"]
    assert all(table["consequence"])
    assert {"coding", "protein"} <= set(table)


def test_the_filters_choose_rows() -> None:
    app = visit("batch", run=done())
    [region] = [box for box in app.text_input if box.label == "Region"]
    healthy(region.set_value("chr20:43,000,000-43,300,000").run())
    assert list(app.dataframe[1].value["pos"]) == [43249076]
    assert "1 of 2 variants fit the filters." in words(app)
    [region] = [box for box in app.text_input if box.label == "Region"]
    healthy(region.set_value("HNF4A").run())
    assert [str(one.value) for one in app.warning] == [
        "Expected a region such as chr20:43,000,000-43,100,000; all variants are shown."
    ]


def test_a_run_that_is_removed_leaves_the_page_empty() -> None:
    app = visit("batch", run=done())
    [remove] = [button for button in app.button if button.label == "Remove"]
    healthy(remove.click().run())
    assert "Nothing scored yet" in words(healthy(app.run()))


@pytest.mark.parametrize("run_id", ["0" * 12, "../../etc", "x"])
def test_a_link_to_a_run_that_is_gone_shows_the_others(run_id: str) -> None:
    done()
    app = visit("batch", run=run_id)
    assert "Open" in labels(app)
    assert len(app.dataframe) == 0


def test_score_is_never_disabled_and_says_what_is_missing() -> None:
    app = visit("batch")
    [score] = [button for button in app.button if button.label == "Score"]
    assert not score.disabled  # a click on a disabled button is lost, and a paste is read by it
    app = healthy(score.click().run())
    assert "paste or upload at least one variant" in str(app.warning[0].value)
    app.text_area[0].set_value("chr20:42984253:C>G")
    [score] = [button for button in app.button if button.label == "Score"]
    healthy(score.click().run())
    assert len(batch_page.batch_runs().runs()) == 1
