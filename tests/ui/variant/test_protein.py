"""RNA and protein on the Variant page: a sentence, REF beside ALT, and the proteins aligned."""

import pytest
from streamlit.testing.v1 import AppTest

from genoview.figure.panels.frame.theme import DARK, LIGHT, Theme
from genoview.report.rna_table import ProteinLine
from genoview.ui.variant.protein import alignment_html
from tests.ui.variant.tables.test_score_tables import splicing_tab

pytestmark = pytest.mark.usefixtures("own_server")
FRAMESHIFT = "chr20:43042361:GCA>G"  # HNF4A, exon 4 of 10
OTHER = "NM_000457.6"


def sentence(app: AppTest) -> str:
    [words] = [each.value for each in app.markdown if "spliced as annotated" in each.value]
    return str(words)


def test_a_frameshift_is_read_to_its_new_stop() -> None:
    app = splicing_tab(FRAMESHIFT, m="jaspar", tab="protein")
    assert sentence(app).startswith(
        "HNF4A NM_175914.5: spliced as annotated; frameshift (−2 bp), p.(Thr117SerfsTer6);"
    )
    table = app.table[0].value
    facts = {row[""]: (row["REF"], row["ALT"]) for _, row in table.iterrows()}
    assert facts["stop codon"] == ("codon 453, in exon 10 of 10", "codon 122, in exon 4 of 10")
    assert facts["reading frame"] == ("", "frameshift (−2 bp)")
    [html] = [body for each in app.get("html") if "<pre" in (body := each.proto.body)]
    assert "REF 102 " in html


def test_the_transcript_of_the_link_is_read() -> None:
    app = splicing_tab(FRAMESHIFT, m="jaspar", tab="protein", transcript=OTHER)
    assert sentence(app).startswith("HNF4A NM_000457.6: spliced as annotated; frameshift")


def test_a_change_that_leaves_every_protein_has_no_section() -> None:
    app = splicing_tab("chr20:43249076:C>T", m="jaspar", tab="protein")
    assert "##### RNA and protein" not in [each.value for each in app.markdown]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_alignment_is_grey_over_the_colour_of_alt(theme: Theme) -> None:
    line = ProteinLine(9, 9, "ACDE", "AC<E", (False, False, True, False))
    tail = ProteinLine(0, 13, "--", "KK", (True, True))
    html = alignment_html([line, tail], 1_200, theme)
    assert f'<span style="color:{theme.ref}">REF  9 ACDE</span>' in html
    assert f'ALT  9 AC<b style="color:{theme.alt}">&lt;</b>E' in html
    assert f'ALT 13 <b style="color:{theme.alt}">KK</b>' in html
    assert html.count("REF") == 2  # the label, and one line: the tail has no residue of REF
    assert "1,200 further residues" in html
