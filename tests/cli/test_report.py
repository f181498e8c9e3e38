"""`genoview report` writes a page; `genoview verify` computes it again and says what differs."""

import re
import shutil
from pathlib import Path

import pytest

from genoview.cli.main import main
from genoview.models.binding.jaspar import Jaspar

SNV = "chr20:42984264:G>A"
QUICK = ("--models", "jaspar", "--flank", "500")
CLOSE = ("--flank", "1000")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NO_CHROMIUM = "/nonexistent/chromium"


@pytest.fixture(autouse=True)
def _no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", NO_CHROMIUM)  # a picture takes seconds


@pytest.fixture
def page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "report.html"
    assert main(["report", SNV, "-o", str(path), *QUICK]) == 0
    assert capsys.readouterr().out.strip() == str(path)
    return path


def verified(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    capsys.readouterr()
    code = main(["verify", str(path)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_page_says_why_it_has_no_picture_and_where_it_opens_again(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "No picture of the tracks" in text
    assert "http://localhost:8501/variant?q=chr20%3A42984264%3AG%3EA&amp;g=GRCh37-demo" in text


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("fold, HNF1A", "fold, HNF2A", r"prediction: .*HNF2A.* in the report, .*HNF1A"),
        ('"version": "', '"version": "0', "version of JASPAR2024 human motifs: 0"),
        ('"sequence": "', '"sequence": "0', "sequence of chr20:"),
        ("gnomad_r2_1", "gnomad_r9", "link to gnomAD"),
        ('"licence": "CC BY 4.0"', '"licence": "\\u001b[2J"', "licence of .*: �"),
    ],
)
def test_what_was_changed_in_record_and_words_is_named(
    page: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, difference: str
) -> None:
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")
    code, out, _ = verified(page, capsys)
    assert code == 1
    assert re.search(rf"^  .*{difference}", out, re.MULTILINE)
    assert "\x1b" not in out


def test_words_that_are_not_those_of_the_record_are_a_difference(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, mark, record = page.read_text(encoding="utf-8").partition("<script ")
    page.write_text(head.replace("lost", "kept") + mark + record, encoding="utf-8")
    code, out, err = verified(page, capsys)
    assert (code, err) == (1, "")
    assert out.startswith("The words on the page are not those of its record")
    assert "Everything equal" in out


def test_other_weights_are_named(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jaspar, "weights_digest", property(lambda _: "f" * 64))
    code, out, _ = verified(page, capsys)
    assert code == 1
    assert re.search("version of JASPAR2024 human motifs: .* in the report, ffffffff.* now", out)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("GRCh37-demo", "my-genome", "my-genome"),
        ("GRCh37-demo", "../../etc/passwd", "etc/passwd"),
        ('["jaspar"]', '["enigma"]', "enigma"),
        ('"query": "chr20:42984264:G', '"query": "chr20:42984264:T', "reference allele"),
        ('"query": "chr20:42984264:G\\u003eA"', '"query": "chr20:42984264"', "is a place"),
        ('"distance": 50', '"distance": 50000000', "question.distance, Input should be"),
        ('"flank": 500', '"flank": 900000000', "question.flank, Input should be"),
        ("genoview-report-1", "genoview-report-2", "damaged, or of another version"),
        ('id="genoview-report"', 'id="x"', "no report of genoview"),
    ],
)
def test_what_cannot_be_computed_again_is_one_sentence_and_the_code_2(
    page: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: str
) -> None:
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")
    code, out, err = verified(page, capsys)
    assert (code, out) == (2, "")
    assert re.search(words, err)
    assert "Traceback" not in err


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x00" * 100, b"<html></html>"])
def test_another_file_cannot_be_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "other.html"
    path.write_bytes(content)
    code, _, err = verified(path, capsys)
    assert code == 2
    assert "cannot be verified" in err
    assert verified(tmp_path / "absent.html", capsys)[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([SNV, "-o", "report.txt"], "ends in none of .html and .pdf"),
        ([SNV, "-o", "/nonexistent/report.html"], "there is no folder"),
        (["chr20:42,984,001-42,985,000", "-o", "{folder}/r.html"], "is a place"),
        ([SNV, "-o", "{folder}/r.pdf"], "open it in any browser and print it"),
    ],
)
def test_a_report_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    filled = [word.format(folder=tmp_path) for word in arguments]
    assert main(["report", *filled, *QUICK]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err.splitlines()[-1]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
@pytest.mark.parametrize(
    "arguments",  # tracks are read around the first as they are by default, else closer
    [
        ["chr20:43249076:C>T"],  # intron: an exon grows
        ["chr20:43042364:C>T", *CLOSE],  # missense
        ["chr20:43042363:AC>A", *CLOSE],  # frameshift
        ["chr20:43249076:C>CACGTTGCAAGGTAAGTCTTTTTCCAGATGC", *CLOSE],
        ["chr20:42984264:G>A", *CLOSE],  # promoter
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_usual_variant_is_one_page_of_a4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.delenv("BROWSER_PATH")
    path = tmp_path / "report.pdf"
    assert main(["report", *arguments, "-o", str(path)]) == 0
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", content)
