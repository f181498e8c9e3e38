"""Junctions and contact maps as CSV: every value as it was predicted, with its provenance."""

import csv
from dataclasses import replace

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.io.export import Provenance, contacts_csv, junctions_csv
from tests.data.test_contact_map import CELLS, MAP
from tests.data.test_junction_data import LIVER, LUNG, TWO, junctions

MADE_BY = Provenance("GRCh37-demo", "chr1:1-100", (), "2026-01-31")
WHERE = Interval("chr1", 0, 100_000)


def rows(content: bytes) -> list[dict[str, str]]:
    lines = content.decode().splitlines()
    assert "GRCh37-demo" in "".join(line for line in lines if line.startswith("#"))
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_a_junction_has_a_row_a_tissue_with_the_place_of_its_intron() -> None:
    first, *others = rows(junctions_csv({"": TWO}, WHERE, MADE_BY))
    assert first == {
        "chrom": "chr1",
        "start": "1100",
        "end": "1200",
        "strand": "+",
        "track": LIVER.name,
        "biosample": "liver",
        "term": "UBERON:0002107",
        "unit": "reads",
        "value": "5.0",
    }
    assert [(row["strand"], row["track"], row["value"]) for row in others] == [
        ("+", LUNG.name, "1.0"),
        ("-", LIVER.name, "2.0"),
        ("-", LUNG.name, "3.0"),
    ]


def test_junctions_outside_of_the_view_are_left_out() -> None:
    assert len(rows(junctions_csv({"": TWO}, Interval("chr1", 2_000, 2_100), MADE_BY))) == 2


def test_a_junction_that_one_allele_lacks_has_no_value_there() -> None:
    ref, alt = junctions((10, 20, 1, 5, 1)), junctions((10, 30, 1, 4, 1))
    told = rows(junctions_csv({"REF": ref, "ALT": alt}, WHERE, MADE_BY))
    found = [(row["end"], row["value_REF"], row["value_ALT"]) for row in told[::2]]
    assert found == [("20", "5.0", ""), ("30", "", "4.0")]


def test_each_pair_of_bins_in_view_is_told_once_a_track() -> None:
    told = rows(contacts_csv({"": MAP}, Interval("chr1", 14_000, 18_000), MADE_BY))
    assert [(row["start1"], row["start2"], row["value"]) for row in told[:3]] == [
        ("14000", "14000", str(MAP.values[2, 2, 0])),
        ("14000", "16000", str(MAP.values[2, 3, 0])),
        ("16000", "16000", str(MAP.values[3, 3, 0])),
    ]
    assert len(told) == 6


def test_pairs_without_a_value_are_left_out_and_alleles_stand_side_by_side() -> None:
    values = np.array([[1, np.nan], [np.nan, 2]], dtype=np.float32)[..., None]
    ref = ContactMap(values, (CELLS,), Interval("chr1", 0, 4_000), 2_000)
    alt = replace(ref, values=values * 3)
    told = rows(contacts_csv({"REF": ref, "ALT": alt}, WHERE, MADE_BY))
    assert [(row["value_REF"], row["value_ALT"]) for row in told] == [
        ("1.0", "3.0"),
        ("2.0", "6.0"),
    ]
