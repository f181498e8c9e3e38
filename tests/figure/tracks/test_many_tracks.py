"""Rows of models with many tracks, junctions and contacts: which there are, and what they are."""

from dataclasses import replace

import numpy as np
import pytest

from genoview.data.answer import Shown
from genoview.data.contact_map import ContactMap
from genoview.data.derived_arrays import selected
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay, Biosample, TrackData, TrackMetadata
from genoview.figure.build import build, row_titles
from genoview.figure.options import Options
from genoview.figure.panels import View
from genoview.figure.tracks.by_assay import choosable, model_rows, most_changed_tracks
from genoview.figure.tracks.junctions_contacts import MOST_ROWS
from genoview.figure.tracks.many_tracks import N_SINGLE
from tests.support.pages.scenes import scene_of

HERE = Interval("chr20", 43_000_000, 43_010_240)
VIEW = View(HERE)
N = HERE.width


def tissue(i: int, assay: Assay, strand: str = ".", unit: str = "reads") -> TrackMetadata:
    sample = Biosample(f"UBERON:{i:07d}", f"tissue {i}")
    return TrackMetadata(f"tissue {i} {assay.label}", assay, strand, unit, sample)


def signals(n: int, assay: Assay = Assay.CAGE, strands: str = ".") -> TrackData:
    tracks = tuple(tissue(i, assay, strand) for i in range(n) for strand in strands)
    values = np.random.default_rng(0).random((N, len(tracks))).astype(np.float32)
    return TrackData(values, tracks, HERE, 1)


EMPTY = TrackData(np.empty((N, 0), np.float32), (), HERE, 1)


def junctions(n_tissues: int = 5) -> Junctions:
    start = HERE.start + np.array([100, 5_000], dtype=np.int64)
    values = np.arange(1, 2 * n_tissues + 1, dtype=np.float32).reshape(2, n_tissues)
    tracks = tuple(tissue(i, Assay.SPLICE_JUNCTIONS) for i in range(n_tissues))
    return Junctions(start, start + 900, np.array([1, -1], np.int8), values, tracks, HERE)


def contacts(n_tissues: int = 3) -> ContactMap:
    values = np.random.default_rng(1).normal(size=(5, 5, n_tissues)).astype(np.float32)
    tracks = tuple(tissue(i, Assay.CONTACT_MAPS, unit="log fold") for i in range(n_tissues))
    return ContactMap(values, tracks, HERE, 2_048)


def shown(ref: Prediction, alt: Prediction | None = None) -> Shown:
    return Shown("wide", "Wide", ref, alt)


def drawn(model: Shown, *tokens: str) -> dict[str, list[str]]:
    """Titles of the rows by id, checked against the ids that the page is told of."""
    options = Options(tracks=tokens)
    rows = model_rows(model, VIEW, options)
    told = row_titles(scene_of([model], HERE), tokens)
    assert set(rows) <= set(told)
    assert {i for i in told if i.startswith("wide")} == set(rows)
    return {row_id: [row.title for row in made] for row_id, made in rows.items()}


def test_few_tracks_of_an_assay_have_a_row_each_with_both_strands_in_one() -> None:
    assert drawn(shown(Prediction(signals(2, strands="+-")))) == {
        "wide:CAGE:tissue 0 CAGE": ["tissue 0 CAGE"],
        "wide:CAGE:tissue 1 CAGE": ["tissue 1 CAGE"],
    }


def test_many_tracks_of_an_assay_are_lanes_of_one_row_with_both_strands() -> None:
    assert drawn(shown(Prediction(signals(N_SINGLE + 1, strands="+-")))) == {
        "wide:CAGE:tissues +-": ["CAGE"],
    }


def test_assays_are_kept_apart() -> None:
    two = [signals(6, Assay.ATAC), signals(6, Assay.DNASE)]
    values = np.concatenate([one.values for one in two], axis=1)
    both = TrackData(values, two[0].tracks + two[1].tracks, HERE, 1)
    rows = model_rows(shown(Prediction(both)), VIEW, Options())
    assert {row_id: len(made[0].names) for row_id, made in rows.items()} == {
        "wide:ATAC:tissues .": 6,
        "wide:DNASE:tissues .": 6,
    }


def test_a_choice_of_tissues_turns_lanes_into_rows_of_their_own() -> None:
    model = shown(Prediction(signals(20)))
    assert list(drawn(model)) == ["wide:CAGE:tissues ."]
    assert list(drawn(model, "UBERON:0000003")) == ["wide:CAGE:tissue 3 CAGE"]
    assert drawn(model, "RNA_SEQ") == {}


def test_a_variant_shows_the_most_changed_first_and_its_difference() -> None:
    ref = signals(8)
    change = np.zeros_like(ref.values)
    change[500, 6] = 3
    change[500, 2] = -1
    alt = replace(ref, values=ref.values + change)
    model = shown(Prediction(ref), Prediction(alt))
    made = model_rows(model, VIEW, Options())["wide:CAGE:tissues ."]
    assert [row.title for row in made] == ["CAGE", "ALT − REF"]
    assert [name for _, name in made[1].names][:2] == ["tissue 6", "tissue 2"]
    assert [track.name for track in most_changed_tracks([model])] == [
        "tissue 6 CAGE",
        "tissue 2 CAGE",
    ]


def test_strands_of_one_track_have_alleles_each() -> None:
    ref = signals(2, strands="+-")
    model = shown(Prediction(ref), Prediction(replace(ref, values=ref.values * 2)))
    assert drawn(model)["wide:CAGE:tissue 0 CAGE"] == [
        "tissue 0 CAGE (+)",
        "ALT − REF",
        "tissue 0 CAGE (-)",
        "ALT − REF",
    ]


def test_junctions_and_contacts_have_rows_without_any_other_track() -> None:
    model = shown(Prediction(EMPTY, junctions=junctions(), contacts=contacts()))
    assert model.assay is Assay.SPLICE_JUNCTIONS
    assert list(drawn(model).values()) == [
        ["Junctions, tissue 4 splice junctions"],
        ["Junctions, tissue 3 splice junctions"],
        ["Contacts, tissue 0 contact maps"],
    ]


def test_chosen_tissues_all_have_a_row_up_to_a_limit() -> None:
    model = shown(Prediction(EMPTY, junctions=junctions(30)))
    curies = [f"UBERON:{i:07d}" for i in range(20)]
    assert len(drawn(model, *curies[:3])) == 3
    assert len(drawn(model, *curies)) == MOST_ROWS


def test_the_tissue_whose_junctions_change_most_is_shown_of_a_variant() -> None:
    ref = junctions()
    values = ref.values.copy()
    values[1, 0] += 50
    maps = contacts()
    other = maps.values.copy()
    other[2, 3, 1] += 9
    model = shown(
        Prediction(EMPTY, junctions=ref, contacts=maps),
        Prediction(
            EMPTY, junctions=replace(ref, values=values), contacts=replace(maps, values=other)
        ),
    )
    titles = list(drawn(model).values())
    assert titles[0] == ["Junctions, tissue 0 splice junctions", "ALT − REF"]
    assert titles[-1] == ["Contacts, tissue 1 contact maps", "ALT − REF"]


def test_rows_that_were_hidden_are_not_drawn() -> None:
    model = shown(Prediction(EMPTY, junctions=junctions()))
    first = next(iter(drawn(model)))
    assert first not in model_rows(model, VIEW, Options(hidden=frozenset([first])))


def test_what_may_be_chosen_are_tracks_of_models_with_many() -> None:
    stems = TrackMetadata("donor", Assay.SPLICE_SITES, "+", "probability")
    sites = TrackData(np.zeros((N, 2), np.float32), (stems, replace(stems, name="other")), HERE, 1)
    one = TrackData(np.zeros((N, 1), np.float32), (tissue(0, Assay.ATAC),), HERE, 1)
    few = [shown(Prediction(sites)), shown(Prediction(one))]
    assert choosable(few) == ()
    whole = shown(Prediction(signals(3), junctions=junctions(2), contacts=contacts(1)))
    assert len(choosable([*few, whole])) == 6


def test_a_figure_has_them_with_flanks_shaded_where_nothing_was_predicted() -> None:
    inner = contacts().slice(Interval("chr20", HERE.start + 2_048, HERE.end - 2_048))
    model = replace(
        shown(Prediction(EMPTY, junctions=junctions(), contacts=inner)), random_weights=True
    )
    spec = build(scene_of([model], HERE), HERE, Options())
    words = [one["text"] for one in spec["layout"]["annotations"]]
    assert words.count("not predicted") == 2
    assert sum("RANDOM WEIGHTS" in text for text in words) == 4


def test_columns_picked_twice_are_the_same_memory() -> None:
    data = signals(6)
    apart = selected(data, (0, 3, 5))
    assert selected(data, (0, 3, 5)).values is apart.values
    np.testing.assert_array_equal(apart.values, data.values[:, [0, 3, 5]])
    assert np.shares_memory(selected(data, (2, 3)).values, data.values)
    assert selected(data, ()).tracks == ()


@pytest.mark.parametrize("name", ["a:b", "a#b?c", "x" * 90, "é"])
def test_ids_of_rows_are_plain_and_short_whatever_the_name(name: str) -> None:
    from genoview.ui.page.url_parts import ID

    tracks = tuple(replace(tissue(i, Assay.CAGE), name=f"{name}{i}") for i in range(3))
    made = TrackData(np.zeros((N, 3), np.float32), tracks, HERE, 1)
    ids = list(drawn(shown(Prediction(made))))
    assert len(set(ids)) == 3
    assert all(ID.fullmatch(row_id) for row_id in ids)
