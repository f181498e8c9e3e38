"""Writing: what the file held stays, INFO fields are those of the original programs."""

from pathlib import Path

import pysam
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.errors import ExportError
from genoview.io.assembly import Assembly
from genoview.runtime.batch import CellChange, GeneScores, ModelResult, Row, Source, VcfWriter
from genoview.runtime.batch.results import Severest
from genoview.runtime.batch.vcf_values import escaped
from genoview.scoring import Change, DeltaScores
from tests.runtime.batch.toys import HEAD, write

LINE = "20\t42984253\trs9\tC\tG,T\t50\tPASS\tAF=0.5,0.25\tGT\t0/1"
HEADER = HEAD.replace("INFO\n", "INFO\tFORMAT\tS1\n").replace(
    "#CHROM",
    "##contig=<ID=20>\n"
    '##INFO=<ID=AF,Number=A,Type=Float,Description="x">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n#CHROM',
)
RAW = DeltaScores(
    "HNF4A", "+", Change(0.914, -2), Change(0.0, 30), Change(0.005, 7), Change(1, -50)
)
MASKED = DeltaScores("HNF4A", "+", Change(0.0, -2), Change(0.0, 30), Change(0.0, 7), Change(1, -50))
SEVEREST = Severest(
    "missense_variant", "HNF4A", "NM_175914.5", "NM_175914.5:c.350C>T", "p.(Thr117Ile)"
)
VERSIONS = [("cispliceai", "v1"), ("promoter-activity", "v2")]


def rows_of(source: Source, demo: Assembly) -> list[Row]:
    """The same answer to each variant."""
    genes = ModelResult("cispliceai", (GeneScores(RAW, MASKED),))
    cells = ModelResult("promoter-activity", cells=(CellChange("HepG2", -0.4321, 0.1),))
    return [
        Row(entry, entry.text, fault=entry.fault)
        if entry.fault
        else Row(entry, entry.text, ("HNF4A",), (genes, cells), severest=SEVEREST)
        for entry in source.entries(demo)
    ]


def written(path: Path, demo: Assembly, out: Path, masked: bool = False) -> Path:
    source = Source(path)
    rows = rows_of(source, demo)
    faults = [row.entry for row in rows if row.entry.fault]
    VcfWriter(demo, VERSIONS, 50, masked).write(source, rows, out, faults)
    return out


@pytest.mark.parametrize("ending", [".vcf", ".vcf.gz", ".vcf.bgz"])
def test_fields_are_in_the_format_of_the_original_programs(
    ending: str, tmp_path: Path, demo: Assembly
) -> None:
    path = write(tmp_path / "in.vcf", f"{HEADER}{LINE}\n")
    with pysam.VariantFile(str(written(path, demo, tmp_path / f"out{ending}"))) as found:
        [record] = found
        scores = "HNF4A|0.91|0.00|0.01|1.00|-2|30|7|-50"
        assert record.info["CISpliceAI"] == (f"G|{scores}", f"T|{scores}")
        assert record.info["PromoterActivity"] == ("G|HepG2|-0.432|0.100", "T|HepG2|-0.432|0.100")
        named = "missense_variant|HNF4A|NM_175914.5|NM_175914.5:c.350C>T|p.(Thr117Ile)"
        assert record.info["GenoviewCSQ"] == (f"G|{named}", f"T|{named}")
        terms = found.header.info["GenoviewCSQ"].description
        assert terms.endswith("Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp")
        assert (record.id, record.alts, record.info["AF"]) == ("rs9", ("G", "T"), (0.5, 0.25))
        assert record.samples["S1"]["GT"] == (0, 1)
        description = found.header.info["CISpliceAI"].description
        assert "ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL" in description


def test_the_mask_is_named_and_used(tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "in.vcf", f"{HEADER}{LINE}\n")
    text = written(path, demo, tmp_path / "out.vcf", masked=True).read_text()
    assert "mask on" in text
    assert "G|HNF4A|0.00|0.00|0.00|1.00|-2|30|7|-50" in text


def test_what_the_file_holds_passes_unchanged(tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "in.vcf", f"{HEADER}{LINE}\n")
    lines = written(path, demo, tmp_path / "out.vcf").read_text().splitlines()
    assert [line for line in HEADER.splitlines() if line not in lines] == []
    before, after = LINE.split("\t"), lines[-1].split("\t")
    assert after[:7] + after[8:] == before[:7] + before[8:]
    assert after[7].startswith("AF=0.5,0.25;CISpliceAI=")


def test_a_second_run_over_its_own_result_changes_nothing(tmp_path: Path, demo: Assembly) -> None:
    once = written(write(tmp_path / "in.vcf", f"{HEADER}{LINE}\n"), demo, tmp_path / "once.vcf")
    twice = written(once, demo, tmp_path / "twice.vcf")
    assert twice.read_text() == once.read_text()


def test_a_line_that_is_no_variant_moves_into_the_header(tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "in.vcf", f"{HEADER}no variant\n{LINE}\n")
    out = written(path, demo, tmp_path / "out.vcf")
    assert "##genoview_passed_over=line 6: no variant: It has 2 columns" in out.read_text()
    with pysam.VariantFile(str(out)) as found:
        assert len(list(found)) == 1


def test_a_list_becomes_a_vcf(tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "list.txt", "chr20:42984253:C>G\nrs1\n20-43249076-C-T\n")
    with pysam.VariantFile(str(written(path, demo, tmp_path / "out.vcf.gz"))) as found:
        assert [record.pos for record in found] == [42984253, 43249076]
        assert found.header.contigs["chr20"].length == 63_025_520


def test_a_failed_writing_leaves_nothing_behind(tmp_path: Path, demo: Assembly) -> None:
    source = Source(write(tmp_path / "in.vcf", f"{HEADER}{LINE}\n"))

    def broken():  # type: ignore[no-untyped-def]
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        VcfWriter(demo, VERSIONS, 50).write(source, broken(), tmp_path / "out.vcf")
    assert [path.name for path in tmp_path.iterdir()] == ["in.vcf"]


@pytest.mark.parametrize("name", ["out.vcf", "out.vcf.gz"])
def test_a_folder_that_is_absent_is_named(name: str, tmp_path: Path, demo: Assembly) -> None:
    path = write(tmp_path / "in.vcf", f"{HEADER}{LINE}\n")
    with pytest.raises(ExportError, match="cannot be written: No such file"):
        written(path, demo, tmp_path / "absent" / name)


@given(st.text(max_size=30))
def test_a_value_of_info_has_none_of_its_marks(text: str) -> None:
    assert not set(escaped(text)) & set(" \t\r\n;=,|")


info = st.sampled_from([".", "AF=0.5", "X;Y=1", "CISpliceAI=old", ""])


@settings(max_examples=25)
@given(st.lists(info, max_size=6))
def test_every_line_of_data_is_written(
    tmp_path_factory: pytest.TempPathFactory, demo: Assembly, infos: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    lines = [f"20\t{42984253 + i}\t.\tC\tG\t.\t.\t{text}" for i, text in enumerate(infos)]
    path = write(folder / "some.vcf", HEAD + "".join(f"{line}\n" for line in lines))
    out = written(path, demo, folder / "some.out.vcf").read_text().splitlines()
    places = [line.split("\t")[1] for line in out if not line.startswith("#")]
    assert places == [line.split("\t")[1] for line in lines]
    assert not [line for line in out if "=old" in line]
