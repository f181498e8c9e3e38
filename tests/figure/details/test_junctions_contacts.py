"""What junctions and contact maps say at a base and over a stretch, as stored."""

import json
from typing import Any

import numpy as np
import pytest

from genoview.figure.details.junctions_contacts import MOST_ARCS, MOST_JUNCTIONS
from genoview.figure.details.values_at import stretch_of, values_at
from genoview.io.assembly import Assembly
from tests.support.pages.scenes import located
from tests.support.parts import BIN, START, answered, contacts, junctions, place, symmetric

LIVER = ("UBERON:0000000",)
REF = junctions((100, 300, 1, (5.125, 1)), (250, 900, -1, (2.5, 0.3)), (400, 500, 1, (7, 0)))
ALT = junctions((100, 300, 1, (4, 1)), (250, 700, -1, (9.75, 0)))


def values(offset: int, answers: Any, demo: Assembly, tokens: Any = ()) -> list[dict[str, Any]]:
    found = values_at(located(place(offset), answers, demo), place(offset), tokens)["rows"]
    return [value for row in found for value in row["values"]]


def words(start: int, end: int) -> str:
    return f"{START + start + 1:,}-{START + end:,}"


@pytest.mark.parametrize(
    ("offset", "introns"),
    [
        (99, []),
        (100, [(100, 300, "+")]),
        (250, [(100, 300, "+"), (250, 900, "−")]),
        (299, [(100, 300, "+"), (250, 900, "−")]),
        (300, [(250, 900, "−")]),
        (450, [(400, 500, "+"), (250, 900, "−")]),  # the most used first
        (900, []),
    ],
)
def test_a_base_is_told_the_arcs_over_it(demo: Assembly, offset: int, introns: Any) -> None:
    told = values(offset, [answered(REF)], demo, LIVER)
    expected = [f"Junction {words(a, b)} ({strand}), liver" for a, b, strand in introns]
    assert [value["name"] for value in told] == expected


def test_an_arc_over_a_base_has_the_stored_usage_of_both_alleles(demo: Assembly) -> None:
    told = values(260, [answered(REF, ALT)], demo, LIVER)
    assert [(value["value"], value["alt"]) for value in told] == [(0, 9.75), (5.125, 4), (2.5, 0)]


def test_of_many_arcs_the_most_used_are_listed_and_the_others_counted(demo: Assembly) -> None:
    many = junctions(*((0, 100 + i, 1, (float(i + 1),)) for i in range(MOST_ARCS + 3)))
    [row] = values_at(located(place(5), [answered(many)], demo), place(5))["rows"]
    assert [value["value"] for value in row["values"]] == [11, 10, 9, 8, 7, 6, 5, 4]
    assert row["leftOut"] == 3
    assert (row["title"], row["unit"]) == ("Junctions, liver", "reads")


def test_a_base_is_told_the_bin_that_its_own_touches_most(demo: Assembly) -> None:
    ref, alt = symmetric(6), symmetric(6, seed=1)
    for own in range(6):
        others = [j for j in range(6) if abs(j - own) >= 2]
        partner = max(others, key=lambda j: abs(ref[own, j]))
        found = [answered(contacts(ref), contacts(alt))]
        [value] = values(own * BIN + 7, found, demo)
        there = words(partner * BIN, (partner + 1) * BIN)
        assert value["name"] == f"Contacts, liver, most with {there}"
        assert np.float32(value["value"]) == ref[own, partner]
        assert np.float32(value["alt"]) == alt[own, partner]


@pytest.mark.parametrize("offset", [-1, 600])
def test_beyond_a_map_nothing_is_told_of_it(demo: Assembly, offset: int) -> None:
    assert values(offset, [answered(contacts(symmetric(6)))], demo) == []


def test_a_pair_without_a_value_is_not_told(demo: Assembly) -> None:
    made = symmetric(4)
    made[0, 2:] = made[2:, 0] = np.nan
    assert values(5, [answered(contacts(made))], demo) == []


def test_a_stretch_has_mean_and_maximum_of_the_pairs_inside(demo: Assembly) -> None:
    ref = symmetric(6)
    rows = stretch_of(
        located(place(150, 200), [answered(contacts(ref), contacts(ref + 1))], demo),
        place(150, 200),
    )["rows"]
    inside = [(i, j, ref[i, j]) for i in (1, 2, 3) for j in range(i, 4)]
    i, j, highest = max(inside, key=lambda one: one[2])
    assert [row["allele"] for row in rows] == ["REF", "ALT"]
    assert rows[0]["mean"] == pytest.approx(np.mean([float(one[2]) for one in inside]), rel=1e-12)
    assert np.float32(rows[0]["max"]) == highest
    bins = [words(one * BIN, (one + 1) * BIN) for one in (i, j)]
    assert rows[0]["where"] == " with ".join(dict.fromkeys(bins))
    assert rows[1]["mean"] == pytest.approx(rows[0]["mean"] + 1, abs=1e-6)


def test_a_stretch_lists_the_junctions_that_lie_inside_of_it(demo: Assembly) -> None:
    both = [answered(REF, ALT)]
    told = stretch_of(located(place(100, 600), both, demo), place(100, 600))
    named = [(row["first"], row["last"], row["tissue"]) for row in told["junctions"]]
    assert named == [
        (START + 251, START + 700, "liver"),
        (START + 401, START + 500, "liver"),
        (START + 101, START + 300, "liver"),
        (START + 101, START + 300, "brain"),
    ]
    assert [(row["value"], row["alt"]) for row in told["junctions"]] == [
        (0, 9.75),
        (7, 0),
        (5.125, 4),
        (1, 1),
    ]
    assert told["junctionsLeftOut"] == 0
    assert (
        stretch_of(located(place(101, 600), both, demo), place(101, 600))["junctions"]
        == told["junctions"][:2]
    )


def test_without_a_variant_a_junction_has_one_value(demo: Assembly) -> None:
    told = stretch_of(located(place(0, 2000), [answered(REF)], demo), place(0, 2000), LIVER)[
        "junctions"
    ]
    assert [row["value"] for row in told] == [7, 5.125, 2.5]
    assert not [row for row in told if "alt" in row]


def test_of_very_many_junctions_the_most_used_are_told(demo: Assembly) -> None:
    n = MOST_JUNCTIONS + 20
    many = junctions(*((i, i + 10, 1, (float(i + 1),)) for i in range(n)))
    told = stretch_of(located(place(0, 2000), [answered(many)], demo), place(0, 2000))
    assert [row["value"] for row in told["junctions"]] == [*range(n, 20, -1)]
    assert told["junctionsLeftOut"] == 20


def test_tissues_are_those_that_have_a_row(demo: Assembly) -> None:
    three = junctions((100, 300, 1, (1, 9, 5)))
    stretches = {
        tokens: [
            row["tissue"]
            for row in stretch_of(
                located(place(0, 500), [answered(three)], demo), place(0, 500), tokens
            )["junctions"]
        ]
        for tokens in ((), LIVER, ("UBERON:0000000", "UBERON:0000002"))
    }
    assert list(stretches.values()) == [["brain", "heart"], ["liver"], ["heart", "liver"]]


def test_what_is_told_is_plain_json(demo: Assembly) -> None:
    made = symmetric(6)
    made[1, 3] = np.nan
    unknown = junctions((100, 300, 1, (np.nan, 1)))
    found = [answered(contacts(made), contacts(made + 1)), answered(unknown, ALT, "other")]
    for told in (
        values_at(located(place(150), found, demo), place(150)),
        stretch_of(located(place(0, 700), found, demo), place(0, 700)),
    ):
        assert json.loads(json.dumps(told, allow_nan=False)) == told
