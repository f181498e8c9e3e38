"""Rows of a language model: ids, letters where they can be read, alleles."""

import numpy as np
import pytest

from genoview.data.answer import Shown
from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval, Variant
from genoview.data.prediction import Prediction
from genoview.data.track_data import AlleleTracks, Assay, TrackData, TrackMetadata
from genoview.figure.options import Options
from genoview.figure.panels import Row, View
from genoview.figure.tracks.by_assay import choosable, model_rows, model_titles
from genoview.models.language.language_model import TRACKS
from genoview.scoring import contact_scores, largest_effects
from genoview.scoring.language import reported_alleles

PLACE = Interval("chr20", 43_000_000, 43_000_100)
NARROW, WIDE = View(PLACE), View(PLACE.expanded(2_000))
IDS = ["dnabert.bases:own", "dnabert.bases:entropy", "dnabert.bases:logo"]
DEPENDENCY = TrackMetadata("Nucleotide dependencies", Assay.DEPENDENCY, ".", "|change|")


def prediction(seed: int = 1) -> Prediction:
    four = np.random.default_rng(seed).dirichlet([0.3] * 4, PLACE.width)
    bits = -(four * np.log2(np.maximum(four, 1e-12))).sum(axis=1)
    values = np.column_stack([four[:, 0], bits, four]).astype(np.float32)
    return Prediction(TrackData(values, TRACKS, PLACE, 1))


def model(alt: Prediction | None = None) -> Shown:
    return Shown("dnabert.bases", "DNABERT", prediction(), alt)


def letters(row: Row) -> int:
    return sum(trace.get("fill") == "toself" for trace in row.traces)


def test_a_locus_has_a_row_each_of_the_base_its_entropy_and_the_letters() -> None:
    rows = model_rows(model(), NARROW, Options())
    assert list(rows) == IDS
    own, entropy, logo = (rows[row_id][0] for row_id in IDS)
    assert (own.unit, own.y_range) == ("probability", (0.0, 1.0))
    assert entropy.unit == "bits"
    assert letters(logo) == 4 and logo.y_range == (0.0, 2.0)
    assert set(model_titles(model(), [model()])) >= set(IDS)


def test_letters_that_cannot_be_read_are_lanes_of_colour() -> None:
    [logo] = model_rows(model(), WIDE, Options())[IDS[2]]
    assert letters(logo) == 0
    assert [name for _, name in logo.names] == list("ACGT")
    assert logo.height_px == model_rows(model(), NARROW, Options())[IDS[2]][0].height_px


def test_a_variant_has_letters_of_both_alleles_but_none_where_a_base_is_deleted() -> None:
    after = prediction(2)
    after.data.values[40:60] = 0
    rows = model_rows(model(after), NARROW, Options())
    ref, alt = rows[IDS[2]]
    assert (ref.title, alt.title) == ("Expected bases of REF", "Expected bases of ALT")
    xs = np.concatenate([trace["x"] for trace in alt.traces if trace.get("fill") == "toself"])
    inside = (xs > PLACE.start + 40.6) & (xs < PLACE.start + 60.4)
    assert np.isfinite(xs).any() and not inside.any()
    assert [row.title for row in rows[IDS[0]]][-1] == "ALT − REF"


def test_effects_are_told_of_the_base_and_its_entropy_alone() -> None:
    pair = AlleleTracks(prediction().data, prediction(2).data)
    told = largest_effects(reported_alleles(pair), Variant("chr20", 43_000_050, "A", "C"))
    assert {effect.track.group for effect in told} == {"own", "entropy"}


def test_a_dependency_map_is_a_triangle_of_its_own_name_and_no_contact() -> None:
    square = np.full((8, 8, 1), 0.5, np.float32)
    place = Interval("chr20", PLACE.start, PLACE.start + 8)
    ref = ContactMap(square, (DEPENDENCY,), place, 1)
    nothing = TrackData(np.zeros((8, 0), np.float32), (), place, 1)
    shown = Shown("dnabert.dependencies", "DNABERT", Prediction(nothing, contacts=ref))
    wanted = Options(tracks=("UBERON:0002107",))  # tissues say nothing of it
    [(row_id, [row])] = model_rows(shown, NARROW, wanted).items()
    assert row.title == "Nucleotide dependencies"
    assert row_id in model_titles(shown, [shown])
    assert choosable([shown]) == ()
    alt = ContactMap(2 * square, (DEPENDENCY,), place, 1)
    variant = Variant("chr20", PLACE.start + 3, "A", "C")
    assert list(contact_scores(ref, alt, variant)) == []


@pytest.mark.parametrize("hidden", IDS)
def test_a_row_can_be_switched_off(hidden: str) -> None:
    assert hidden not in model_rows(model(), NARROW, Options(hidden=frozenset([hidden])))
