"""Seven questions from the typed text to the final prediction, as a reader sees them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard.reader import SLOW, errors, settle
from tests.browser.harness import Server
from tests.support.pages.film_strip import QUESTIONS, Question

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_page_says_what_the_variant_does(
    page: Page, dashboard: Server, question: Question
) -> None:
    page.goto(question.address(dashboard.url))
    main = page.get_by_test_id("stMain")
    for words in question.consequence:
        expect(main).to_contain_text(words)
    prediction = page.locator(".st-key-answer_words")
    expect(prediction).to_contain_text("Prediction.", timeout=SLOW)
    expect(prediction).not_to_contain_text("So far", timeout=SLOW)
    for words in question.prediction:
        expect(prediction).to_contain_text(words)
    expect(page.locator(".gv-mark b")).to_have_text(list(question.marks))
    settle(page)
    expect(errors(page)).to_have_count(0)
    assert not re.search(r"\bcauses?\b|\bpathogenic\b", prediction.inner_text())
