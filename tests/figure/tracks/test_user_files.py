"""Local files -> rows by id, whatever the file."""

from pathlib import Path
from typing import Any

import pytest

from genoview.data.genome import Interval
from genoview.figure.options import Options, RowChoice
from genoview.figure.panels import Row, View
from genoview.figure.tracks.user_files import MAX_FEATURES, local_ids, local_rows
from genoview.io.formats import LocalFile, open_local
from genoview.ui.page.url_parts import read_row
from tests.support.paths import ROOT

CHROMS = {"chr20": 63_025_520}
SHOWN = View(Interval("chr20", 1_000, 11_000))


def made(folder: Path, name: str, content: str, title: str = "") -> LocalFile:
    path = folder / name
    path.write_text(content)
    return open_local(path, title=title, assembly="toy", chroms=CHROMS)


def row_of(file: LocalFile, view: View = SHOWN, **options: Any) -> Row:
    ((row,),) = local_rows([file], view, Options(**options)).values()
    return row


def test_ids_come_from_titles_and_none_is_there_twice(tmp_path: Path) -> None:
    bed = "chr20\t1\t2\n"
    titles = ["My peaks.bed", "my PEAKS bed", "ü", "ß"]
    files = [made(tmp_path, f"{n}.bed", bed, title) for n, title in enumerate(titles)]
    expected = ["local:my-peaks-bed", "local:my-peaks-bed-2", "local:file", "local:file-2"]
    assert local_ids(files) == dict(zip(expected, titles, strict=True))
    assert list(local_rows(files, SHOWN, Options())) == expected
    hidden = Options(hidden=frozenset(expected[1:]))
    assert list(local_rows(files, SHOWN, hidden)) == expected[:1]


@pytest.mark.parametrize(
    ("name", "content", "unit"),
    [
        ("a.bdg", "20\t2000\t3000\t5\nbad\n", "measured, file's unit · bedGraph · 1 line left out"),
        ("a.bed", "20\t2000\t3000\tx\nbad\nbad\n", "measured · BED · 2 lines left out"),
        ("a.vcf", "20\t2000\t.\tA\tC\n", "measured · VCF"),
        (
            "a.gtf",
            '20\tx\texon\t2000\t3000\t.\t+\t.\tgene_id "G"; transcript_id "T";\n',
            "measured · GTF",
        ),
    ],
)
def test_each_kind_has_a_row_that_says_what_was_left_out(
    tmp_path: Path, name: str, content: str, unit: str
) -> None:
    row = row_of(made(tmp_path, name, content))
    assert (row.title, row.unit, row.message) == (name, unit, "")
    assert row.traces
    assert not row.predicted


def test_a_file_without_the_chromosome_has_a_row_that_says_so(tmp_path: Path) -> None:
    file = made(tmp_path, "a.bed", "chr20\t1\t2\n")
    row = row_of(file, View(Interval("chr7", 0, 100)))
    assert (row.message, row.traces) == ("nothing on chr7 in this file", ())


def test_too_many_features_are_drawn_as_their_density(tmp_path: Path) -> None:
    n = MAX_FEATURES + 1
    file = made(tmp_path, "a.bed", "".join(f"20\t{2000 + k}\t{2010 + k}\n" for k in range(n)))
    row = row_of(file)
    assert f"{n} left out, zoom in to see each" in row.unit
    assert row.y_range[1] >= 10
    near = row_of(file, View(Interval("chr20", 2_000, 2_050), overscan=5.0))
    assert "zoom in" not in near.unit


def test_a_file_that_is_gone_has_a_row_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "tiny.bb"
    path.write_bytes((ROOT / "tests" / "io" / "formats" / "tiny.bb").read_bytes())
    file = open_local(path, chroms=CHROMS)
    assert row_of(file).message == ""
    path.unlink()
    assert "tiny.bb no longer exists" in row_of(file).message


def test_the_id_of_a_file_with_a_long_name_fits_into_a_link(tmp_path: Path) -> None:
    titles = ["long " * 60, "long " * 70]
    files = [made(tmp_path, f"{n}.bed", "20\t1\t2\n", title) for n, title in enumerate(titles)]
    ids = list(local_ids(files))
    assert len(set(ids)) == 2
    assert [read_row(f"{row_id}~h80")[0] for row_id in ids] == ids


def test_too_many_features_keep_the_colour_that_was_chosen(tmp_path: Path) -> None:
    n = MAX_FEATURES + 1
    file = made(tmp_path, "a.bed", "".join(f"20\t{2000 + k}\t{2010 + k}\n" for k in range(n)))
    row = row_of(file, rows=(("local:a-bed", RowChoice(colour="#aa1122")),))
    assert "left out" in row.unit
    assert {trace["line"]["color"] for trace in row.traces if trace.get("name")} == {"#aa1122"}
