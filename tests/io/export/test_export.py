"""Files read back with the libraries that their readers use."""

import csv
import io
import json
import shutil
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pyarrow.parquet as pq
import pyBigWig
import pytest
from playwright.sync_api import sync_playwright

from genoview.data.genome import Exon, Gene, Interval, Transcript
from genoview.data.site_data import Sites
from genoview.data.track_data import AlleleTracks, Assay, Biosample, TrackData, TrackMetadata
from genoview.errors import ExportError
from genoview.io.export import (
    ModelUsed,
    Provenance,
    bedgraph,
    bigwig,
    bundle,
    csv_table,
    file_name,
    genes_bed,
    html_page,
    image,
    parquet,
    sites_bed,
    sites_csv,
    substitutions_table,
)
from genoview.io.export.images import stamped_png, stamped_svg
from genoview.io.export.provenance import RANDOM_WEIGHTS
from genoview.scoring.mutagenesis import Substitutions, score_of

MODEL = ModelUsed("CI-SpliceAI", "abc123-float32-s1", "CC BY 4.0", "Strauch et al. 2022")
PROVENANCE = Provenance(
    "GRCh37-demo", "chr20:43042364:T>C", (MODEL,), "2025-06-01", "q=chr20%3A1", ("A\nnote.",)
)
RANDOM = replace(PROVENANCE, models=(replace(MODEL, random_weights=True),))
TRACKS = (
    TrackMetadata("Splice donor", Assay.SPLICE_SITES, "+", "probability"),
    TrackMetadata(
        'odd, "name"', Assay.RNA_SEQ, "-", "log2", Biosample("UBERON:0001157", "transverse colon")
    ),
)
VALUES = np.array([[0.1, 1], [0.1, 2], [0.7, 1e-6], [0, -3]], np.float32)
DATA = TrackData(VALUES, TRACKS, Interval("chr20", 100, 140), 10)
ALLELES = AlleleTracks(DATA, replace(DATA, values=VALUES * 2))
FACTS = ("GRCh37-demo", "chr20:43042364:T>C", "abc123", "CC BY 4.0", "Strauch", "2025-06-01")


def text_of(content: bytes) -> str:
    """What a reader can see of provenance in a file."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("provenance.txt").decode() + archive.read("provenance.json").decode()


SITES = Sites(
    np.array([-3, 100, 120]),
    np.array([5, 110, 131]),
    np.array([1, -1, 1], np.int8),
    np.array([0, 0, 1]),
    np.array([9, 12.5, 20.25], np.float32),
    np.array([1e-5, 2.5e-6, 1e-12]),
)
FACTORS = (
    TrackMetadata("HNF4A", Assay.TF_MOTIF, ".", "occupancy", group="MA0114.5"),
    TrackMetadata("NR2F6 (MA1539.2)", Assay.TF_MOTIF, ".", "occupancy", group="MA1539.2"),
)
GENE = Gene(
    "ENSG1",
    "ADA",
    Interval("chr20", 100, 200, "-"),
    (
        Transcript(
            "ENST1",
            Interval("chr20", 100, 200, "-"),
            (
                Exon(Interval("chr20", 100, 120, "-"), Interval("chr20", 110, 120, "-")),
                Exon(Interval("chr20", 180, 200, "-"), Interval("chr20", 180, 185, "-")),
            ),
        ),
    ),
)
EVERY_FILE = {
    "bedgraph": lambda p: bedgraph(ALLELES, p),
    "bigwig": lambda p: bigwig(ALLELES, p),
    "csv": lambda p: csv_table(ALLELES, p),
    "parquet": lambda p: parquet(ALLELES, p),
    "sites_bed": lambda p: sites_bed({"": SITES}, FACTORS, "chr20", p),
    "sites_csv": lambda p: sites_csv({"": SITES}, FACTORS, "chr20", p),
    "genes_bed": lambda p: genes_bed([GENE], p),
    "bundle": lambda p: bundle({"a.txt": b"a"}, p),
    "svg": lambda p: stamped_svg(b'<svg width="1"><g/></svg>', p),
    "html": lambda p: html_page(go.Figure(), p).replace(b"&gt;", b">"),
}


@pytest.mark.parametrize("kind", EVERY_FILE)
def test_provenance_is_in_every_file(kind: str) -> None:
    text = text_of(EVERY_FILE[kind](PROVENANCE)).replace("&gt;", ">")
    assert [fact for fact in FACTS if fact not in text] == []
    assert RANDOM_WEIGHTS not in text
    assert "A note." in text


@pytest.mark.parametrize("kind", EVERY_FILE)
def test_random_weights_are_named_in_every_file(kind: str) -> None:
    assert RANDOM_WEIGHTS in text_of(EVERY_FILE[kind](RANDOM))


@pytest.mark.parametrize("kind", EVERY_FILE)
def test_highlights_are_named_in_every_file(kind: str) -> None:
    words = "chr20:43,000,001-43,000,100, P2 promoter"
    assert words in text_of(EVERY_FILE[kind](replace(PROVENANCE, highlights=(words,))))


def test_a_highlights_label_stays_on_its_line() -> None:
    marked = replace(PROVENANCE, highlights=("chr20:1-2, a\nb",))
    assert "Highlight: chr20:1-2, a b" in marked.lines()


def test_provenance_as_json_has_all_fields() -> None:
    facts = json.loads(RANDOM.to_json())
    assert facts["models"][0]["citation"] == "Strauch et al. 2022"
    assert facts["random_weights"] is True
    assert facts["url_state"] == "q=chr20%3A1"


def sections(text: str) -> dict[str, list[list[str]]]:
    """Rows of each track line's section."""
    found: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("track"):
            rows = found.setdefault(line.split('"')[1], [])
        elif not line.startswith("#"):
            rows.append(line.split("\t"))
    return found


def test_bedgraph_joins_equal_bins_and_counts_from_0() -> None:
    found = sections(bedgraph(DATA, PROVENANCE).decode())
    assert found["Splice donor (+)"] == [
        ["chr20", "100", "120", "0.1"],
        ["chr20", "120", "130", "0.7"],
        ["chr20", "130", "140", "0.0"],
    ]
    assert [row[3] for row in found["odd, 'name' (-)"]] == ["1.0", "2.0", "1e-06", "-3.0"]


def test_two_alleles_are_three_tracks_and_say_how_they_are_aligned() -> None:
    text = bedgraph(ALLELES, PROVENANCE).decode()
    names = [f"Splice donor (+) {allele}" for allele in ("REF", "ALT", "ALT-REF")]
    found = sections(text)
    assert list(found)[:3] == names
    assert [row[3] for row in found[names[1]]] == ["0.2", "1.4", "0.0"]
    assert [row[3] for row in found[names[2]]] == ["0.1", "0.7", "0.0"]
    assert "ALT is on REF coordinates" in text


def test_bins_are_cut_at_the_ends_of_the_chromosome() -> None:
    data = replace(DATA, interval=Interval("chr20", -15, 25))
    rows = sections(bedgraph(data, PROVENANCE, chrom_length=22).decode())["odd, 'name' (-)"]
    assert [(int(row[1]), int(row[2])) for row in rows] == [(0, 5), (5, 15), (15, 22)]
    frame = pd.read_csv(io.BytesIO(csv_table(data, PROVENANCE, 22)), comment="#")
    assert frame["end"].tolist() == [5, 15, 22]
    with pytest.raises(ExportError, match="outside of the chromosome"):
        parquet(replace(DATA, interval=Interval("chr20", -40, 0)), PROVENANCE)


def test_values_that_are_not_numbers_are_left_out() -> None:
    values = VALUES.copy()
    values[1, 0] = np.nan
    found = sections(bedgraph(replace(DATA, values=values), PROVENANCE).decode())
    places = [(row[1], row[2]) for row in found["Splice donor (+)"]]
    assert places == [("100", "110"), ("120", "130"), ("130", "140")]


def test_bigwig_holds_the_same_values_at_every_base(tmp_path: Path) -> None:
    content = bigwig(ALLELES, PROVENANCE, chrom_length=63_025_520)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".bw")]
        archive.extractall(tmp_path)
    assert names[:2] == ["001_Splice_donor_plus_REF.bw", "002_Splice_donor_plus_ALT.bw"]
    expected = [
        data.values[:, i]
        for i in range(2)
        for data in (ALLELES.ref, ALLELES.alt, ALLELES.difference())
    ]
    for name, values in zip(names, expected, strict=True):
        with pyBigWig.open(str(tmp_path / name)) as file:
            assert file.chroms() == {"chr20": 63_025_520}
            read = np.array(file.values("chr20", 100, 140), np.float32)
            assert file.stats("chr20", 90, 100) == [None]
        np.testing.assert_array_equal(read, np.repeat(values, 10))


def test_csv_reads_back_to_the_same_floats() -> None:
    content = csv_table(ALLELES, PROVENANCE)
    frame = pd.read_csv(io.BytesIO(content), comment="#")
    assert frame.columns[:5].tolist() == [
        "chrom",
        "start",
        "end",
        "Splice donor (+) REF",
        "Splice donor (+) ALT",
    ]
    assert frame["chrom"].unique().tolist() == ["chr20"]
    assert frame["start"].tolist() == [100, 110, 120, 130]
    read = frame[['odd, "name" (-) REF']].to_numpy(np.float32)
    np.testing.assert_array_equal(read[:, 0], VALUES[:, 1])
    assert b"# Coordinates: start is 0-based" in content


def test_parquet_reads_back_with_the_facts_of_each_track() -> None:
    table = pq.read_table(io.BytesIO(parquet(ALLELES, PROVENANCE)))
    np.testing.assert_array_equal(
        table["Splice donor (+) ALT"].to_numpy(), ALLELES.alt.values[:, 0]
    )
    assert table["end"].to_pylist() == [110, 120, 130, 140]
    facts = table.schema.field('odd, "name" (-) ALT-REF').metadata
    assert facts[b"biosample"] == b"UBERON:0001157 transverse colon"
    assert (facts[b"unit"], facts[b"allele"], facts[b"strand"]) == (b"log2", b"ALT-REF", b"-")
    assert json.loads(table.schema.metadata[b"genoview"])["genome"] == "GRCh37-demo"
    assert "biosample" not in {k.decode() for k in table.schema.field(3).metadata}


def test_sites_are_bed6_with_scores_from_p_values() -> None:
    content = sites_bed({"REF": SITES, "ALT": Sites()}, FACTORS, "chr20", PROVENANCE).decode()
    found = sections(content)
    assert found == {
        "sites REF": [
            ["chr20", "100", "110", "HNF4A", "560", "-"],
            ["chr20", "120", "131", "NR2F6_(MA1539.2)", "1000", "+"],
        ],
        "sites ALT": [],
    }


def test_sites_as_csv_keep_exact_scores() -> None:
    content = sites_csv({"REF": SITES}, FACTORS, "chr20", PROVENANCE).decode()
    rows = list(csv.DictReader(line for line in content.splitlines() if line[0] != "#"))
    assert [row["matrix"] for row in rows] == ["MA0114.5", "MA1539.2"]
    assert np.float32(rows[0]["score_log2_odds"]) == np.float32(12.5)
    assert float(rows[1]["p_value"]) == 1e-12
    assert (rows[0]["start"], rows[0]["strand"], rows[0]["allele"]) == ("100", "-", "REF")


def test_transcripts_are_bed12_with_thick_coding_parts() -> None:
    (row,) = sections(genes_bed([GENE], PROVENANCE).decode())["genes"]
    assert row == [
        *("chr20", "100", "200", "ADA|ENST1", "0", "-", "110", "185", "0"),
        *("2", "20,20", "0,80"),
    ]


@pytest.mark.parametrize(
    ("query", "content", "name"),
    [
        ("chr20:43042364:T>C", "splicing", "genoview_GRCh37-demo_chr20-43042364-T-C_splicing.csv"),
        ("chr20:43,000,001-43,020,000", "", "genoview_GRCh37-demo_chr20-43000001-43020000.csv"),
        ("../../etc/passwd\n", "a b", "genoview_GRCh37-demo_etc_passwd_a_b.csv"),
        ("ＨＮＦ4A é", "", "genoview_GRCh37-demo_4A.csv"),
    ],
)
def test_file_names_are_plain_and_say_what_is_inside(query: str, content: str, name: str) -> None:
    assert file_name(replace(PROVENANCE, query=query), content, ".csv") == name


def test_long_file_names_are_cut_and_stay_distinct() -> None:
    names = {
        file_name(replace(PROVENANCE, query=f"chr1:1:A>{'ACGT' * 100}{base}"), "x", "bw")
        for base in "ACGT"
    }
    assert len(names) == 4
    assert max(map(len, names)) <= 123


def test_the_same_bundle_has_the_same_bytes() -> None:
    assert bundle({"a": b"1"}, PROVENANCE) == bundle({"a": b"1"}, PROVENANCE)


def test_a_hostile_query_stays_text_in_html() -> None:
    page = html_page(go.Figure(), replace(PROVENANCE, query="<script>alert(1)</script>")).decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_html_has_no_cloud_button_and_no_foreign_script() -> None:
    page = html_page(go.Figure(), PROVENANCE).decode()
    assert '"showSendToCloud": false' in page
    assert '"modeBarButtonsToRemove": ["sendChartToCloud"]' in page
    assert "<script src=" not in page
    assert "default-src &#x27;none&#x27;" in page


def test_png_stays_valid_with_its_provenance() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    png = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
    words = "\n".join(PROVENANCE.lines()).encode()
    expected = chunk(b"iTXt", b"Description\0\0\0\0\0" + words)
    assert stamped_png(png, PROVENANCE) == png[:33] + expected + png[33:]


def test_another_picture_format_is_refused() -> None:
    with pytest.raises(ExportError, match="none of the picture formats png, svg"):
        image(go.Figure(), "bmp", PROVENANCE)


def test_without_a_chromium_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    with pytest.raises(ExportError, match=r"none could be started.*BROWSER_PATH.*write HTML"):
        image(go.Figure(), "png", PROVENANCE)


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FIGURE = go.Figure(go.Scatter(x=[1, 2], y=[3, 5], name="line"), layout={"height": 300})


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
def test_a_chromium_draws_svg_with_provenance_and_banner() -> None:
    svg = image(FIGURE, "svg", RANDOM, width=500).decode()
    assert svg.startswith("<svg")
    assert 'width="500"' in svg[:400]
    assert "Strauch et al. 2022" in svg.partition("</metadata>")[0]
    assert RANDOM_WEIGHTS in svg.partition("</metadata>")[2]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
def test_a_chromium_draws_png_of_twice_as_many_pixels_with_hostile_words() -> None:
    title = "</script><script>document.write('no')</script> & <b>"
    png = image(go.Figure(FIGURE).update_layout(title_text=title), "png", PROVENANCE, width=500)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (1000, 600)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
def test_the_html_file_draws_itself_without_the_network(tmp_path: Path) -> None:
    file = tmp_path / "view.html"
    file.write_bytes(html_page(FIGURE, RANDOM))
    asked, said = [], []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(file.as_uri())
        page.wait_for_selector("#genoview .scatterlayer .trace")
        assert page.evaluate("document.getElementById('genoview').data[0].y") == [3, 5]
        assert page.locator(".warning").inner_text() == RANDOM_WEIGHTS
        assert "Strauch et al. 2022" in page.locator("footer").inner_text()
        titles = page.eval_on_selector_all(".modebar-btn", "all => all.map(b => b.dataset.title)")
        chromium.close()
    assert titles
    assert [title for title in titles if "loud" in title] == []
    assert (asked, said) == ([file.as_uri()], [])


@pytest.mark.parametrize("separator", ["\t", ","])
def test_substitutions_have_a_line_each_below_their_provenance(separator: str) -> None:
    values = np.array([[np.nan, 0.25, -0.5, np.nan], [np.nan] * 4], np.float32)
    facts = score_of("splice+").facts
    effects = Substitutions(facts, Interval("chr20", 99, 101), "AN", values, 1)
    text = text_of(
        substitutions_table(
            effects, PROVENANCE, notes=["effect: some formula."], separator=separator
        )
    )
    for fact in (*FACTS, "some formula", "1-based"):
        assert fact in text
    table = pd.read_csv(io.StringIO(text), sep=separator, comment="#")
    assert table.to_dict("list") == {
        "chrom": ["chr20", "chr20"],
        "pos": [100, 100],
        "ref": ["A", "A"],
        "alt": ["C", "G"],
        "effect": [0.25, -0.5],
        "mean_effect": [-0.125, -0.125],
    }
