"""Splice sites that a variant changes, as several models see them."""

import pytest

from genoview.data.genome import Variant
from genoview.data.track_data import Assay
from genoview.scoring.comparison import Row, Verdict, Word, changed_sites
from tests.scoring.comparison.answers import HEPG2, K562, START, answer, splicing, track

VARIANT = Variant("chr20", START + 5, "A", "C")  # base START + 4
FLAT = [0.0] * 9


def at(**places: float) -> list[float]:
    """Zero but for `p3=0.5`, the third base from START."""
    values = FLAT.copy()
    for name, value in places.items():
        values[int(name[1:])] = value
    return values


def summary(*rows: Row) -> list[tuple[str, str, int | None, Verdict, str]]:
    return [(row.label, row.strand, row.position, row.verdict, row.sign) for row in rows]


def test_a_site_that_both_call_stands_behind_one_that_a_single_model_calls() -> None:
    first = splicing("One", [at(p2=0.9), FLAT], [at(p2=0.1), at(p6=0.3)])
    second = splicing("Two", [at(p2=0.8), FLAT], [at(p2=0.3), at(p6=0.1)])
    some, both = changed_sites([first, second], VARIANT)
    assert summary(some, both) == [
        ("donor", "+", START + 6, Verdict.SOME, "up"),
        ("acceptor", "+", START + 2, Verdict.ALL, "down"),
    ]
    assert [word.difference for word in both.present] == pytest.approx([-0.8, -0.5])
    assert [len(row.callers) for row in (some, both)] == [1, 2]
    assert both.same_unit


def test_opposite_signs_come_first_and_agree_on_no_sign() -> None:
    first = splicing("One", [at(p2=0.9), at(p6=0.5)], [FLAT, FLAT])
    second = splicing("Two", [FLAT, at(p6=0.5)], [FLAT, at(p6=0.9)])
    rows = changed_sites([first, second], VARIANT)
    assert summary(*rows) == [
        ("donor", "+", START + 6, Verdict.OPPOSITE, ""),
        ("acceptor", "+", START + 2, Verdict.SOME, "down"),
    ]


@pytest.mark.parametrize(("alt", "called"), [(0.19, False), (0.2, True), (0.21, True)])
def test_a_change_is_called_from_the_published_cut_off_on(alt: float, called: bool) -> None:
    model = splicing("One", [FLAT, FLAT], [at(p4=alt), FLAT])
    [row] = changed_sites([model], VARIANT)
    assert [word.called for word in row.present] == [called]
    assert row.verdict is (Verdict.ALL if called else Verdict.NONE)


def test_a_model_that_knows_no_kinds_speaks_of_the_place_in_its_strongest_tissue() -> None:
    kinds = splicing("Kinds", [FLAT, at(p3=0.9)], [FLAT, at(p3=0.2)])
    tissues = [
        track(f"Splice site in {cell.name}", Assay.SPLICE_SITE_STRENGTH, cell=cell)
        for cell in (K562, HEPG2)
    ]
    tissue = answer("Tissues", tissues, [at(p3=0.5), at(p3=0.9)], [at(p3=0.4), at(p3=0.3)])
    [row] = changed_sites([kinds, tissue], VARIANT)
    assert (row.label, row.position, row.verdict) == ("donor", START + 3, Verdict.ALL)
    assert row.present[1].where == "HepG2"
    assert row.present[1].difference == pytest.approx(-0.6)
    assert not row.same_unit  # probabilities of different things


def test_a_place_that_only_the_model_without_kinds_calls_is_a_splice_site() -> None:
    kinds = splicing("Kinds", [FLAT, FLAT], [FLAT, at(p3=0.04)])
    tissues = [track("Splice site in K562", Assay.SPLICE_SITE_STRENGTH, cell=K562)]
    tissue = answer("Tissues", tissues, [FLAT], [at(p3=0.4)])
    [row] = changed_sites([kinds, tissue], VARIANT)
    assert summary(row) == [("splice site", "+", START + 3, Verdict.SOME, "up")]
    assert row.present[0].difference == pytest.approx(0.04)


def test_a_model_without_the_strand_has_no_value_at_the_site() -> None:
    first = splicing("One", [at(p2=0.9), FLAT], [FLAT, FLAT])
    minus = [track("Splice acceptor", Assay.SPLICE_SITES, "-")]
    second = answer("Two", minus, [FLAT], [FLAT])
    [row] = changed_sites([first, second], VARIANT)
    assert row.words[1] is None
    assert row.verdict is Verdict.ALL  # of those that speak of it


def test_nothing_changes() -> None:
    model = splicing("One", [FLAT, FLAT], [FLAT, at(p3=0.04)])
    assert changed_sites([model, model], VARIANT) == ()


def test_a_word_keeps_its_difference() -> None:
    assert Word(0.25, 1.0, True).difference == 0.75
