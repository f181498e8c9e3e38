"""Typed text in the real dashboard: the examples' tracks, spellings, and what is refused."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from genoview.data.answer import Answer
from genoview.data.prediction import Prediction
from genoview.data.track_data import Family, TrackData
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.ui.page.examples import EXAMPLES, Example
from genoview.ui.page.url_parts import text_of_bounds
from tests.browser.dashboard.reader import (
    LOCUS,
    NEAR,
    Figure,
    address,
    ask,
    box,
    echo,
    errors,
    figure,
    stop_all,
    until_drawn,
)
from tests.browser.harness import Server

pytestmark = pytest.mark.browser

MODEL_OF = {Family.EXPRESSION: "promid", Family.SPLICING: "cispliceai", Family.BINDING: "jaspar"}
FACTORS = ("HNF1A", "HNF1B")  # of the example of binding; HNF1B has rows of occupancy
LEAST_STEM = 0.02  # splice probabilities below may be left undrawn
VARIANT = "chr20:42984264:G>A"


def predicted(example: Example, demo: Assembly) -> Answer:
    """One model's answer, computed in this process."""
    request = resolve(example.query, demo, flank=int(NEAR))
    return answer(request, registry.create(MODEL_OF[example.family], "cpu", "float32"), demo)


def peak(data: TrackData, column: int) -> tuple[int, int, float]:
    """First and last base (1-based) of the highest bin, and its value."""
    best = int(np.argmax(data.values[:, column]))
    first = data.interval.start + best * data.resolution + 1
    return first, first + data.resolution - 1, float(data.values[best, column])


def check_peak(drawn: Figure, name: str, data: TrackData, column: int) -> None:
    first, last, value = peak(data, column)
    seen = [y for x, y in drawn.trace(name).items() if first - 0.5 <= x <= last + 0.5]
    assert seen, f"{name} has no point in {first}-{last}"
    assert seen == pytest.approx([value] * len(seen), abs=2e-5), name


def check_sites(drawn: Figure, factor: str, found: Prediction, scores: bool) -> None:
    """Every site is drawn; a site of both alleles says the score that it has in REF."""
    names = [track.name for track in found.data.tracks]
    sites = found.sites.where(found.sites.track == names.index(factor))
    said = drawn.sites(factor)
    for start, end, score in zip(sites.start, sites.end, sites.score, strict=True):
        words = f"{start + 1:,}-{end:,} · score " + (f"{float(score):.3g} " if scores else "")
        assert any(words in text for text in said), (words, said)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.family.value)
def test_an_example_s_card_draws_what_the_pipeline_computes(
    page: Page, dashboard: Server, demo: Assembly, example: Example
) -> None:
    page.goto(f"{dashboard.url}/variant")
    page.get_by_role("button", name=example.query, exact=True).click()
    expect(box(page)).to_have_value(example.query)
    expect(echo(page)).to_contain_text(example.query)
    stop_all(page)  # the usual window takes its models long
    found = predicted(example, demo)
    assert found.alt is not None
    whole = text_of_bounds(found.ref.data.interval.start, found.ref.data.interval.end)
    page.goto(address(dashboard.url, example.query, "variant", flank=NEAR, at=whole, tab="scores"))
    drawn = until_drawn(page, example.query)
    expect(page.get_by_text("Largest effects")).to_be_visible()
    binds, splices = example.family is Family.BINDING, example.family is Family.SPLICING
    for column, track in enumerate(found.ref.data.tracks):
        if binds and track.name not in FACTORS:
            continue
        label = track.name if binds else track.label
        for suffix, allele in ((" REF" if splices else "", found.ref), (" ALT", found.alt)):
            if binds:
                check_sites(drawn, track.name, allele, scores=allele is found.ref)
            if track.name != "HNF1A" and (not splices or peak(allele.data, column)[2] > LEAST_STEM):
                check_peak(drawn, label + suffix, allele.data, column)


SPELLINGS = {
    "20:43000001..43002000": LOCUS,
    "  chr20:43,000,001\u201343,002,000 ": LOCUS,
    "CHR20\t43000000\t43002000\tname": LOCUS,
    "20-42984264-G-A": VARIANT,
    "chr20 42984264 G A": VARIANT,
    "chr20_42984264_G_A_b37": VARIANT,
    "NC_000020.10:g.42984264G>A": VARIANT,
    "chr20:42984264:g>a": VARIANT,
    "linc01430": "LINC01430",
}


def test_each_spelling_is_echoed_in_its_normal_form(page: Page, dashboard: Server) -> None:
    page.goto(address(dashboard.url, LOCUS, flank=NEAR))
    expect(echo(page)).to_contain_text(f"{LOCUS} in GRCh37-demo")
    for typed, normal in SPELLINGS.items():
        ask(page, typed)
        expect(echo(page)).to_contain_text(f"{normal} in GRCh37-demo")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Variant" if normal == VARIANT else "Explore"
        )
        expect(errors(page)).to_have_count(0)
    stop_all(page)


REFUSED = {
    "ss1800961": "is a dbSNP or dbVar id, which is not resolvable offline",
    "c.100A>G": "is HGVS c. (coding DNA), whose positions count along a transcript",
    "chr20:1,000-2,000": "lies outside of what GRCh37-demo covers, chr20:42,484,001-43,484,000",
    "NOTAGENE": "NOTAGENE is not among the",
    "chr20:99,000,000-99,001,000": "lies past the end of chr20, which is 63,025,520 bp long",
    "chr7:1-100": "chr7 is not in GRCh37-demo",
    "what is this": "is neither a locus, a variant nor a gene",
}


def test_a_refusal_is_one_sentence_and_leaves_the_text_and_the_tracks(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, LOCUS))
    before = until_drawn(page, LOCUS)
    page.locator(".tv").evaluate("node => { node.dataset.known = 'yes'; }")
    for typed, sentence in REFUSED.items():
        ask(page, typed)
        expect(errors(page)).to_contain_text(sentence)
        expect(errors(page)).to_have_count(1)
        expect(page.get_by_text(f"Still showing {LOCUS}.")).to_be_visible()
        expect(box(page)).to_have_value(typed)
        assert figure(page).data == before.data
    assert page.locator(".tv").get_attribute("data-known") == "yes"  # and what was done in it


def test_a_wrong_reference_base_names_the_true_one_and_a_button_mends_it(
    page: Page, dashboard: Server
) -> None:
    page.goto(address(dashboard.url, LOCUS, flank=NEAR))
    ask(page, "chr20:43042364:T>C")
    expect(errors(page)).to_contain_text("reference allele there is C.")
    expect(box(page)).to_have_value("chr20:43042364:T>C")
    page.get_by_role("button", name=re.compile("Swap the alleles")).click()
    expect(echo(page)).to_contain_text("chr20:43042364:C>T in GRCh37-demo")
    expect(page.get_by_role("heading", level=1)).to_have_text("Variant")
    expect(box(page)).to_have_value("chr20:43042364:C>T")
    stop_all(page)
