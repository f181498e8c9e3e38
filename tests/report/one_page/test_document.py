"""The page of a report: what it says, that it needs nothing from anywhere, and reading it back."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from genoview.data.genome import Variant
from genoview.errors import ExportError
from genoview.io.assembly import Assembly
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.query.resolve_names import chosen_names
from genoview.report.one_page.build import Made, record_of
from genoview.report.one_page.compare import compared
from genoview.report.one_page.document import MAX_BYTES, html_report, read_report
from genoview.report.one_page.record import Named, Record, Table
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from tests.support.models.toy_backend import SpliceToy, Toy

MISSENSE = "chr20:43042364:C>T"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>&\u2028{{ 7*7 }}</script>'


class Elements(HTMLParser):
    """Tags with their attributes, and the words between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def report(demo: Assembly, jaspar: Jaspar) -> VariantReport:
    request = resolve(MISSENSE, demo, flank=500)
    answers = [answer(request, model, demo) for model in (jaspar, SpliceToy())]
    assert isinstance(request.variant, Variant)
    options = ReportOptions(names=chosen_names(request.variant, demo))
    return variant_report(request, answers, demo, None, options)


@pytest.fixture(scope="module")
def record(report: VariantReport, demo: Assembly) -> Record:
    return record_of(report, demo, Made(50, 500, "", "http://localhost:8501/variant?q=x"))


@pytest.fixture(scope="module")
def page(record: Record) -> str:
    return html_report(record, SVG).decode()


def test_the_page_names_question_names_prediction_models_genome_and_day(
    page: str, record: Record, report: VariantReport
) -> None:
    words = " ".join(" ".join(Elements(page).words).split())
    for fact in (
        MISSENSE,
        "NC_000020.10:g.43042364C>T",
        "NC_000020.10:43042363:C:T",
        "p.(Thr117Ile)",
        report.verdict.sentence,
        "JASPAR2024 human motifs",
        "CC BY 4.0",
        "GRCh37-demo (GRCh37)",
        "RefSeq of GRCh37 with MANE 1.5",
        "missense",
        "MANE Select",
        "BP4",
        record.date,
        "not a clinical interpretation",
        "Opening a link tells that site the variant.",
    ):
        assert fact in words
    assert {mark.family for mark in report.marks} == {row[0] for row in record.marks.rows}


def test_the_page_runs_nothing_and_fetches_nothing(page: str) -> None:
    tags = Elements(page).tags
    assert {name for name, _ in tags} & {"link", "iframe", "object", "form", "input", "button"} == (
        set()
    )
    [script] = [facts for name, facts in tags if name == "script"]
    assert script == {"type": "application/json", "id": "genoview-report"}
    [picture] = [facts for name, facts in tags if name == "img"]
    assert str(picture["src"]).startswith("data:image/svg+xml;base64,")
    assert not any(key.startswith("on") for _, facts in tags for key in facts)
    assert "url(" not in page and "@import" not in page
    policies = [facts["content"] for name, facts in tags if "http-equiv" in facts]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_links_to_other_sites_say_nothing_of_where_they_were(page: str) -> None:
    links = [facts for name, facts in Elements(page).tags if name == "a"]
    assert len(links) > 4
    assert all("noopener" in str(facts["rel"]) for facts in links)
    assert all(str(facts["href"]).startswith(("https://", "http://localhost")) for facts in links)


def test_a_page_without_a_picture_says_why(record: Record) -> None:
    page = html_report(replace(record, no_picture="No Chromium could be started."), None).decode()
    assert "No Chromium could be started." in page
    assert "<img" not in page


def test_an_untrained_model_is_said_to_be_one(demo: Assembly) -> None:
    request = resolve(MISSENSE, demo, flank=500)
    report = variant_report(request, [answer(request, Toy(), demo)], demo)
    page = html_report(record_of(report, demo, Made(50)), None).decode()
    assert "RANDOM WEIGHTS" in page


def hostile(record: Record) -> Record:
    """What a person or a file can name, named with ill will."""
    genome = replace(record.genome, name=HOSTILE, genes=HOSTILE, place=HOSTILE)
    models = tuple(replace(model, title=HOSTILE, version=HOSTILE) for model in record.models)
    return replace(
        record,
        question=replace(record.question, query=HOSTILE, assembly=HOSTILE, transcript=HOSTILE),
        genome=genome,
        models=models,
        names=(Named(HOSTILE, HOSTILE),),
        prediction=HOSTILE,
        notes=(HOSTILE,),
        no_picture=HOSTILE,
        tables=tuple(_hostile_table(table) for table in record.tables),
    )


def _hostile_table(table: Table) -> Table:
    rows = tuple(
        tuple(HOSTILE if isinstance(cell, str) else cell for cell in row) for row in table.rows
    )
    return replace(table, title=HOSTILE, rows=rows, note=HOSTILE)


def test_text_of_a_person_is_text_on_the_page(record: Record) -> None:
    page = html_report(hostile(record), None)
    tags = Elements(page.decode()).tags
    assert [name for name, _ in tags].count("script") == 1
    assert "img" not in {name for name, _ in tags}
    assert b"alert(1)</script>" not in page
    assert read_report(page).is_as_drawn is True


def test_a_page_read_back_is_its_record_and_nothing_differs(record: Record, page: str) -> None:
    read = read_report(page.encode())
    assert read.is_as_drawn is True
    result = compared(record, read.record)
    assert result.differences == ()
    assert re.fullmatch(r"Everything equal: \d+ numbers, 2 models, same versions\.", result.words)
    assert result.n_numbers >= 10


def test_a_page_with_the_line_ends_of_windows_is_as_it_was_drawn(page: str) -> None:
    assert read_report(page.replace("\n", "\r\n").encode()).is_as_drawn is True


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("missense", "synonymous"),
        ("GRCh37-demo", "GRCh38-demo"),
        ("base64,PHN2", "base64,QUJD"),
        ("base64,PHN2", "base64,%%%%"),
    ],
)
def test_a_page_whose_words_or_picture_were_changed_is_not_as_it_was_drawn(
    page: str, old: str, new: str
) -> None:
    head, mark, rest = page.partition("<header>")
    changed = head + mark + rest.replace(old, new, 1)
    assert changed != page
    assert read_report(changed.encode()).is_as_drawn is False


def test_of_a_page_drawn_by_another_version_it_is_not_known(page: str) -> None:
    other = re.sub(r'"layout": ?"[0-9a-f]+"', '"layout": "0123"', page)
    assert read_report(other.encode()).is_as_drawn is None


def test_bases_of_a_long_insertion_stand_in_the_record_and_their_number_on_the_page(
    record: Record,
) -> None:
    query = f"chr20:43042364:C>C{'ACGT' * 160}"
    page = html_report(replace(record, question=replace(record.question, query=query)), None)
    head, _, data = page.decode().partition("<script ")
    assert "<h1>chr20:43042364:C&gt;(641 bp)</h1>" in head
    assert "ACGTACGT" not in head
    assert "ACGT" * 160 in data
    assert read_report(page).record.question.query == query


def with_record(page: str, text: str) -> bytes:
    return re.sub(r'(id="genoview-report">).*?(</script>)', rf"\1{text}\2", page).encode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        '{"format": "genoview-report-1"',
        '{"format": "genoview-report-9"}',
        "null",
    ],
)
def test_a_damaged_record_is_said_to_be_one(page: str, text: str) -> None:
    with pytest.raises(ExportError, match="Its record is damaged, or of another version"):
        read_report(with_record(page, text))


@pytest.mark.parametrize(("field", "value"), [("date", 3), ("more", "x"), ("models", "x")])
def test_a_record_with_other_fields_is_refused(page: str, field: str, value: object) -> None:
    plain = json.loads(page.partition('id="genoview-report">')[2].partition("</script>")[0])
    changed = json.dumps(plain | {field: value})
    with pytest.raises(ExportError, match=field):
        read_report(with_record(page, changed.replace("\\", "\\\\")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4", "A PDF holds no record"),
        (b"", "no report of genoview"),
        (b"\xff\xfe\x00<html>", "no report of genoview"),
        (b"x" * (MAX_BYTES + 1), "has at most"),
    ],
)
def test_another_file_is_no_report(content: bytes, words: str) -> None:
    with pytest.raises(ExportError, match=words):
        read_report(content)
