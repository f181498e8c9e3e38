"""A clicked entry of a local file: what stands in the file, and nothing else."""

from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.errors import QueryError
from genoview.figure.details.features import feature_card
from genoview.figure.options import Options
from genoview.figure.panels import View
from genoview.figure.tracks.user_files import local_rows
from genoview.io.formats import LocalFile, open_local
from tests.support.pages.scenes import scene_of

CHROMS = {"chr20": 63_025_520}
SHOWN = View(Interval("chr20", 1_000, 11_000))
LONG = "A" * 300


def made(folder: Path, name: str, content: str) -> LocalFile:
    path = folder / name
    path.write_text(content)
    return open_local(path, assembly="toy", chroms=CHROMS)


def cards(*files: LocalFile) -> list[dict[str, str]]:
    """Title and lines of every entry that is drawn, by its key in the figure."""
    found = []
    for row_id, (row,) in local_rows(files, SHOWN, Options()).items():
        for thing in row.things:
            assert thing.kind == "feature"
            card = feature_card(scene_of([], SHOWN.interval, files=files), f"{row_id}|{thing.key}")
            lines = {line["label"]: line["value"] for line in card["lines"]}
            found.append(lines | {"title": card["title"]})
    return found


def test_a_bed_entry_has_its_name_place_strand_and_score(tmp_path: Path) -> None:
    assert cards(made(tmp_path, "a.bed", "20\t2000\t3000\tpeak <1>\t960.25\t-\n")) == [
        {
            "title": "peak <1>",
            "Name": "peak <1>",
            "Position": "chr20:2,001-3,000",
            "Length": "1,000 bp",
            "Strand": "− (reverse)",
            "Score": "960.25",
            "File": "a.bed",
        }
    ]


def test_a_variant_has_its_id_and_alleles_in_full(tmp_path: Path) -> None:
    line = "20\t2000\trs1\tACGTACGTACGTAC\tA,T\t50\tPASS\tAF=0.5\n"
    (card,) = cards(made(tmp_path, "a.vcf", line))
    assert (card["ID"], card["REF"], card["ALT"]) == ("rs1", "ACGTACGTACGTAC", "A, T")
    assert (card["QUAL"], card["Position"]) == ("50", "chr20:2,000-2,013")
    assert "AF 0.5" in card["Also"]


def test_a_very_long_allele_is_cut_and_counted(tmp_path: Path) -> None:
    (card,) = cards(made(tmp_path, "a.vcf", f"20\t2000\t.\tA\t{LONG}\n"))
    assert card["ALT"] == f"{LONG[:200]}… (300 letters)"
    assert "ID" not in card


def test_entries_of_one_place_and_of_two_files_are_told_apart(tmp_path: Path) -> None:
    first = made(tmp_path, "a.vcf", "20\t2000\tx\tA\tC\n20\t2000\ty\tA\tC\n")
    second = made(tmp_path, "b.vcf", "20\t2000\tz\tA\tC\n")
    told = sorted((card["ID"], card["File"]) for card in cards(first, second))
    assert told == [("x", "a.vcf"), ("y", "a.vcf"), ("z", "b.vcf")]


@pytest.mark.parametrize(
    "key",
    [
        "local:a-bed|2000-3000-00000000",
        "local:b-bed|2000-3000-00000000",
        "local:a-bed|3000-2000-00000000",
        "local:a-bed|0-99999999999999999999-0",
        "local:a-bed|x",
        "local:a-bed",
    ],
)
def test_an_entry_that_is_not_there_is_refused(tmp_path: Path, key: str) -> None:
    file = made(tmp_path, "a.bed", "20\t2000\t3000\n")
    with pytest.raises(QueryError, match="reload the page"):
        feature_card(scene_of([], SHOWN.interval, files=[file]), key)
