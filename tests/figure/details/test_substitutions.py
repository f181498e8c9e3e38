"""A clicked cell of mutagenesis says which substitution it is and leads to its own page."""

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.errors import QueryError
from genoview.figure.details.substitutions import substitution_card
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.scoring.mutagenesis import Substitutions, score_of

START = 43_042_439
VALUES = np.array([[-0.5, -0.25, np.nan, 0.125], [np.nan] * 4], dtype=np.float32)
SCAN = Substitutions(
    score_of("splice+").facts, Interval("chr20", START, START + 2), "GT", VALUES, 1
)
ROW = "mutagenesis:splice+"


def card(demo: Assembly, key: str) -> dict[str, object]:
    request = resolve("chr20:43,042,401-43,042,500", demo)
    return substitution_card(Scene(request, demo, scans=[SCAN]), key)


def test_it_names_the_substitution_its_effect_and_its_page(demo: Assembly) -> None:
    told = card(demo, f"{ROW}|T|{START + 1}")
    assert told["title"] == "chr20:43,042,440 G>T"
    lines = {line["label"]: line["value"] for line in told["lines"]}  # type: ignore[attr-defined]
    assert lines["Effect"] == "+0.125 (change of probability)"
    assert float(lines["Mean of the base"]) == pytest.approx(-0.625 / 3)
    (link,) = told["links"]  # type: ignore[misc]
    assert link["url"] == "variant?q=chr20%3A43042440%3AG%3ET&g=GRCh37-demo"


@pytest.mark.parametrize(
    "key",
    [
        f"{ROW}|G|{START + 1}",  # the genome's own base
        f"{ROW}|A|{START + 2}",  # not computed yet
        f"{ROW}|A|{START + 9}",
        f"{ROW}|N|{START + 1}",
        f"{ROW}|A|x",
        f"mutagenesis:splice-|A|{START + 1}",
        "A",
    ],
)
def test_what_is_no_known_cell_is_refused(demo: Assembly, key: str) -> None:
    with pytest.raises(QueryError):
        card(demo, key)
