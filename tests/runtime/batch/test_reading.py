"""A file of variants: every line is an entry or more, whatever it holds."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.io.assembly import Assembly
from genoview.runtime.batch import BatchFileError, Engine, Entry, Kind, Source, Tally
from tests.runtime.batch.toys import HEAD, Lengths, write

GOOD = "20\t42984253\trs9\tC\tG\t50\tPASS\tAF=0.5"


def entries(path: Path, demo: Assembly) -> list[Entry]:
    return list(Source(path).entries(demo))


def kinds(path: Path, demo: Assembly) -> list[Kind | None]:
    engine = Engine(demo, [Lengths()])
    rows = [row for chunk in engine.rows(entries(path, demo)) for row in chunk]
    return [row.fault and row.fault.kind for row in rows]


@pytest.mark.parametrize("ending", [".vcf", ".vcf.gz", ".vcf.bgz"])
def test_plain_gzip_and_bgzip_say_the_same(ending: str, tmp_path: Path, demo: Assembly) -> None:
    [entry] = entries(write(tmp_path / f"a{ending}", f"{HEAD}{GOOD}\n"), demo)
    line = entry.line
    assert (line.chrom, line.pos, line.ref, line.alt) == ("chr20", 42984253, "C", "G")
    assert (entry.number, entry.name, entry.text) == (3, "rs9", "20:42984253:C>G")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("20 42984253 . C G", None),
        ("NC_000020.10 42984253 . C G", None),
        ("20 42984253 . c g", None),
        ("20 42984253 . A G", Kind.WRONG_REF),
        ("20 42984253 . C .", Kind.MISSING),
        ("20 42984253 . C <DEL>", Kind.SYMBOLIC),
        ("20 42984253 . C *", Kind.SYMBOLIC),
        ("20 42984253 . C C[20:42984300[", Kind.SYMBOLIC),
        ("20 42984253 . C N", Kind.LETTERS),
        ("20 42984253 . . G", Kind.LETTERS),
        ("20 42984253 . C C", Kind.SAME),
        (f"20 42984253 . C C{'A' * 10_001}", Kind.TOO_LONG),
        ("20 100 . C G", Kind.ABSENT),
        ("20 0 . C G", Kind.ABSENT),
        ("20 99999999999 . C G", Kind.ABSENT),
        ("7 42984253 . C G", Kind.ABSENT),
        ("20 42,984,253 . C G", Kind.UNREADABLE),
        ("20 42984253 . C", Kind.UNREADABLE),
        ("nothing", Kind.UNREADABLE),
    ],
)
def test_a_line_is_scored_or_named_by_its_fault(
    columns: str, expected: Kind | None, tmp_path: Path, demo: Assembly
) -> None:
    text = columns.replace(" ", "\t")
    assert kinds(write(tmp_path / "a.vcf", f"{HEAD}{text}\n"), demo) == [expected]


def test_each_alternate_allele_is_a_variant_of_its_own(tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "a.vcf", HEAD + GOOD.replace("\tG\t", "\tG,*,T\t") + "\n")
    assert [entry.line.alt for entry in entries(path, demo)] == ["G", "*", "T"]
    assert kinds(path, demo) == [None, Kind.SYMBOLIC, None]


def test_a_variant_that_no_model_scores_is_passed_over(tmp_path: Path, demo: Assembly) -> None:
    source = Source(write(tmp_path / "a.vcf", HEAD + GOOD + "\n"))
    [[row]] = Engine(demo, [Lengths("G")]).rows(source.entries(demo))
    assert row.fault and (row.fault.kind, row.fault.reason) == (
        Kind.NOT_SCORED,
        "G is not scored.",
    )
    [[row]] = Engine(demo, [Lengths("G"), Lengths()]).rows(source.entries(demo))
    assert row.is_scored


def test_a_list_is_read_as_the_search_box_reads(tmp_path: Path, demo: Assembly) -> None:
    lines = [
        "chr20:42984253:C>G",
        "20-43249076-C-T",
        "",
        "# a comment",
        "rs1234",
        "HNF4A",
        "chr20:42984253:A>G",
        "chr20:5:A>G",
        "20\t42984264\t.\tG\tA,T",
        "NM_000022.4(ADA):c.976-34G>A",
    ]
    path = write(tmp_path / "list.txt", "\n".join(lines))
    found = entries(path, demo)
    assert [entry.number for entry in found] == [1, 2, 5, 6, 7, 8, 9, 9, 10]
    named = [entry.fault and entry.fault.kind for entry in found]
    unread, wrong, absent = Kind.UNREADABLE, Kind.WRONG_REF, Kind.ABSENT
    assert named == [None, None, unread, unread, wrong, absent, None, None, None]
    assert "not resolvable offline" in (found[2].fault.reason if found[2].fault else "")
    assert found[1].text == found[-1].text == "chr20:43249076:C>T"


def test_a_file_that_is_cut_off_is_told(tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "a.vcf.bgz", HEAD + f"{GOOD}\n" * 20_000)
    whole = path.read_bytes()
    path.write_bytes(whole[:-28])
    assert Source(path).notes == ("a.vcf.bgz lacks the end mark of bgzip: it may be cut off.",)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BatchFileError, match="damaged or cut off behind line"):
        entries(path, demo)


def test_a_blank_line_does_not_end_the_file(tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "a.vcf.bgz", f"{HEAD}{GOOD}\n\n\r\n{GOOD}\r\n\n{GOOD}")
    assert [entry.number for entry in entries(path, demo)] == [3, 6, 8]


@pytest.mark.parametrize("content", [b"BCF\2\2\0\0", b"\x89PNG\0\0"])
def test_what_is_no_text_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(content)
    with pytest.raises(BatchFileError, match="a list of variants is expected"):
        Source(path)


cell = st.text(st.characters(exclude_characters="\t\n\r\0", codec="utf-8"), max_size=8)
alleles = st.sampled_from(["C", "G", "A", "CA", "<DEL>", "*", ".", "N", "", "C]20:1]", "x"])
columns = st.tuples(
    st.sampled_from(["20", "chr20", "21", "", "#x"]) | cell,
    st.sampled_from(["42984253", "1", "0", "-4", "9" * 30, "42984253.0"]) | cell,
    cell,
    alleles | cell,
    st.lists(alleles, min_size=1, max_size=4).map(",".join) | cell,
)
line = columns.map("\t".join) | cell | st.just(GOOD)


@settings(max_examples=60)
@given(st.lists(line, max_size=25), st.booleans())
def test_no_line_of_any_file_is_lost(
    tmp_path_factory: pytest.TempPathFactory, demo: Assembly, lines: list[str], is_vcf: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.vcf"
    path.write_text((HEAD if is_vcf else "") + "\n".join(lines), encoding="utf-8")
    found = entries(path, demo)
    n_head = HEAD.count("\n") if is_vcf else 0
    data = [
        number
        for number, text in enumerate(lines, n_head + 1)
        if text.strip() and not text.startswith("#")
    ]
    assert list(dict.fromkeys(entry.number for entry in found)) == data
    rows = [row for chunk in Engine(demo, [Lengths("A")]).rows(found) for row in chunk]
    assert [row.entry for row in rows] == found
    tally = Tally.of(rows)
    assert tally.n_read == tally.n_scored + tally.n_skipped == len(found)
    assert all(row.fault and row.fault.reason for row in rows if not row.is_scored)
