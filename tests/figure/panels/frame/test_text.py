"""Names that have to fit."""

import pytest

from genoview.figure.panels.frame.text import drawn_name, elided, text_width


def test_the_strand_of_a_name_is_drawn_with_a_minus_sign() -> None:
    assert drawn_name("Splice sites (-)") == "Splice sites (−)"
    assert drawn_name("HLA-A (+)") == "HLA-A (+)"


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("Promoter probability (+)", "Promoter", "… (+)"),
        ("Promoter probability (-)", "Promoter", "… (-)"),
        ("EWSR1-FLI1 occupancy in all tissues", "EWSR1", "…"),
    ],
)
def test_a_name_is_cut_at_its_end_but_keeps_its_strand(text: str, begins: str, ends: str) -> None:
    short = elided(text, 13, 130)
    assert short.startswith(begins)
    assert short.endswith(ends)
    assert text_width(short, 13) <= 130
