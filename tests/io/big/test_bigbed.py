"""bigBed by range: the entries of a place as they stand in the file, or how many there are."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyBigWig
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genoview.data.genome import Interval
from genoview.errors import GenoviewError
from genoview.io.big.bigbed import BigBed
from genoview.io.big.byte_source import LocalBytes
from genoview.io.big.file import BigFile, TooMuch
from genoview.io.formats.text_lines import LocalFileError
from tests.support.files.big_files import Row, big_bed, schema

LENGTHS = {"chr1": 100_000, "chr20": 63_025_520, "chrX": 5_000}
FIELDS = schema("string name", "uint score", "char[1] strand", "lstring[2] clinSign", "string kind")
ROWS: list[Row] = [
    ("chr20", 10, 20, "a\t5\t+\tUncertain significance\tsnv"),
    ("chr20", 15, 5_000, "b\t0\t-\tLikely benign\t"),
    ("chr20", 400, 400, "c\t0\t.\tno\tins"),
    ("chr1", 10, 11, "d\t0\t.\tno\tsnv"),
]
Make = Callable[..., BigBed]


@pytest.fixture
def opened(tmp_path: Path) -> Make:
    def make(content: bytes, assembly: str = "") -> BigBed:
        path = tmp_path / "toy.bb"
        path.write_bytes(content)
        return BigBed(BigFile(LocalBytes("toy.bb", path), assembly))

    return make


def at(start: int, end: int, chrom: str = "chr20") -> Interval:
    return Interval(chrom, start, end)


@pytest.mark.parametrize("order", "<>")
def test_cells_with_blanks_stay_whole_and_are_named_by_the_schema(opened: Make, order: str) -> None:
    file = opened(big_bed(ROWS, LENGTHS, FIELDS, 6, order=order))
    [first, second] = file.entries(at(12, 18))
    assert (first["name"], first["clinSign"], first["kind"]) == (
        "a",
        "Uncertain significance",
        "snv",
    )
    assert (second["clinSign"], second["absent"]) == ("Likely benign", "")
    [feature, _] = file.features(at(12, 18), 9)
    assert (feature.name, feature.interval.strand, feature.score) == ("a", "+", 5)
    assert feature.details == "clinSign Uncertain significance, kind snv"


BED3 = 'string chrom; "" uint chromStart; "" uint chromEnd; ""'


@pytest.mark.parametrize(
    "behind",
    [
        'string name; "" uint score; "" char[1] strand; "" string clinSign; "" string kind; ""',
        'string name primary; "a; b" uint score; "(c)" enum(a,b) strand; ""\nlstring clinSign;"" '
        'string kind index[12]; ""',
        "string name; Name (of it)\nuint score;\nchar[1] strand;\nstring clinSign;\nstring kind;",
        'string name; "" uint: 2b; "" char[1] strand; "" string clinSign; "" string kind; ""',
    ],
    ids=["on one line", "keys and comments", "without quotes", "a name that is none"],
)
def test_a_schema_is_read_however_it_is_laid_out(opened: Make, behind: str) -> None:
    text = f'table toy\n"words (in brackets); of it"\n({BED3} {behind})'
    [first, _] = opened(big_bed(ROWS, LENGTHS, text, 6)).entries(at(12, 18))
    assert (first["name"], first["clinSign"], first["kind"]) == (
        "a",
        "Uncertain significance",
        "snv",
    )


def test_what_lies_between_two_bases_is_in_both_places(opened: Make) -> None:
    file = opened(big_bed(ROWS, LENGTHS, FIELDS, 6))
    for place in (at(399, 400), at(400, 401)):
        assert [entry["name"] for entry in file.entries(place)] == ["b", "c"]
    assert [entry["name"] for entry in file.entries(at(401, 402))] == ["b"]


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (("20", "1"), "chr20"),
        (("chr20", "chr1"), "20"),
        (("NC_000020.10", "NC_000001.10"), "chr20"),
    ],
)
def test_chromosomes_go_by_any_of_their_names(
    opened: Make, names: tuple[str, str], typed: str
) -> None:
    given = dict(zip(("chr20", "chr1"), names, strict=True))
    rows = [(given[chrom], *rest) for chrom, *rest in ROWS if chrom in given]
    lengths = {given[chrom]: LENGTHS[chrom] for chrom in given}
    file = opened(big_bed(rows, lengths, FIELDS, 6), "GRCh37")
    assert file.count(at(0, 30, typed)) == 2
    assert file.count(at(0, 30, "chr7")) == 0


@given(
    st.lists(st.tuples(st.sampled_from([*LENGTHS]), st.integers(0, 4_000), st.integers(0, 900))),
    st.integers(0, 4_900),
    st.integers(1, 2_000),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_entries_are_those_that_overlap(
    opened: Make, places: list[tuple[str, int, int]], start: int, width: int
) -> None:
    rows = [(chrom, a, a + w, str(i)) for i, (chrom, a, w) in enumerate(places)]
    file = opened(big_bed(rows, LENGTHS, schema("string name"), 4, per_block=3, per_node=2))
    for chrom in LENGTHS:
        end = min(start + width, LENGTHS[chrom])
        overlapping = {
            text
            for name, a, b, text in rows
            if name == chrom and ((a < end and b > start) if a < b else start <= a <= end)
        }
        assert {entry["name"] for entry in file.entries(at(start, end, chrom))} == overlapping


def test_the_entries_are_those_of_libbigwig() -> None:
    path = Path(__file__).parents[1] / "formats" / "tiny.bb"
    file = BigBed(BigFile(LocalBytes("tiny.bb", path)))
    with pyBigWig.open(str(path)) as other:
        for name, length in other.chroms().items():
            theirs = sorted(other.entries(name, 0, length) or [])
            ours = [
                (entry.start, entry.end, "\t".join(entry.cells))
                for entry in file.entries(at(0, length, name))
            ]
            assert sorted(ours) == theirs


def test_a_dense_place_is_counted_by_the_index_alone(
    opened: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genoview.io.big.file.MOST_BYTES", 2_000)
    rows = [("chr20", 10 * i, 10 * i + 1, f"rs{i}") for i in range(20_000)]
    file = opened(big_bed(rows, LENGTHS, schema("string name"), 4, per_block=100, per_node=16))
    everything, few = at(0, 200_000), at(1_000, 1_050)
    assert (file.is_exact(few), file.count(few)) == (True, 5)
    assert not file.is_exact(everything)
    assert abs(file.count(everything) - 20_000) < 200
    density = file.density(everything, 10)
    assert abs(density - 2_000).max() < 200
    with pytest.raises(TooMuch, match="zoom in"):
        file.features(everything, 500)


def test_a_bigwig_is_no_bigbed(tmp_path: Path) -> None:
    path = tmp_path / "a.bw"
    with pyBigWig.open(str(path), "w") as file:
        file.addHeader([("20", 100)])
        file.addEntries(["20"], [1], ends=[2], values=[1.0])
    with pytest.raises(LocalFileError, match=r"^a.bw is a bigWig, not a bigBed\.$"):
        BigBed(BigFile(LocalBytes("a.bw", path)))


@pytest.mark.parametrize("content", [b"", b"#chrom", b"\xeb\xf2\x89\x87" + bytes(20), bytes(99)])
def test_another_file_is_one_sentence(opened: Make, content: bytes) -> None:
    with pytest.raises(LocalFileError, match=r"^toy\.bb (is|has) .*\.$"):
        opened(content)


WHOLE = big_bed(
    [("chr20", 30 * i, 30 * i + 20, f"e{i}\t0\t+\twords {i}\t") for i in range(300)],
    LENGTHS,
    FIELDS,
    6,
    per_block=40,
    per_node=3,
)


@given(st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_hostile_bytes_give_a_sentence_or_entries(opened: Make, data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(content))))
    try:
        file = opened(bytes(content[:cut]))
        for place in (at(0, 9_000), at(500, 600), at(0, 63_000_000)):
            counts = file.density(place, 8)
            assert file.count(place) >= 0 and np.all(counts >= 0)
            file.features(place, 50)
    except GenoviewError as error:
        assert "\n" not in str(error) and "words" not in str(error)


@pytest.mark.parametrize("start", [10**6, 1 << 62, (1 << 64) - 1])
def test_a_place_beyond_the_file_has_no_bytes(tmp_path: Path, start: int) -> None:
    (tmp_path / "a.bb").write_bytes(b"0123456789")
    source = LocalBytes("a.bb", tmp_path / "a.bb")
    assert source.read(start, start + 8) == b""
    assert source.read(8, start) == b"89"
