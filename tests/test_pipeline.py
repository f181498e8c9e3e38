"""One question, one computation: what is remembered, what is not, and what survives a bad cache."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.progress import step_progress
from genoview.data.request import Request
from genoview.errors import Cancelled, StoreError
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.export import provenance_of
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer, is_cached
from genoview.query.resolve import resolve
from genoview.store import Store, database
from tests.support.models.toy_backend import SpliceToy, Toy

LOCUS = "chr20:43,042,001-43,044,000"
SNV = "chr20:43042364:C>T"
SNV_NEAR = "chr20:43042366:C>G"
INSERTION = "chr20:43042364:C>CAG"
DELETION = "chr20:43042363:AC>A"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", 10**8)


def asked(text: str, demo: Assembly) -> Request:
    return resolve(text, demo, flank=500)


def same(one: Prediction, other: Prediction) -> bool:
    return (
        one.data.interval == other.data.interval
        and one.data.tracks == other.data.tracks
        and np.array_equal(one.data.values, other.data.values)
        and np.array_equal(one.sites.start, other.sites.start)
        and np.array_equal(one.sites.score, other.sites.score)
    )


@pytest.mark.parametrize("text", [LOCUS, SNV, INSERTION, DELETION])
def test_the_same_question_is_computed_once(demo: Assembly, store: Store, text: str) -> None:
    toy, request = Toy(), asked(text, demo)
    first = answer(request, toy, demo, store)
    n_calls = toy.n_calls
    second = answer(request, toy, demo, store)
    assert n_calls > 0
    assert toy.n_calls == n_calls
    assert (first.cached, second.cached) == (False, True)
    assert same(first.ref, second.ref)
    assert (first.alt is None) == (second.alt is None) == (request.variant is None)
    if first.alt is not None and second.alt is not None:
        assert same(first.alt, second.alt)
    assert first.warnings == second.warnings == ()


@pytest.mark.parametrize("text", [LOCUS, SNV])
def test_a_real_model_is_remembered_with_its_sites(
    demo: Assembly, store: Store, jaspar: Jaspar, text: str
) -> None:
    request = asked(text, demo)
    first, second = (answer(request, jaspar, demo, store) for _ in range(2))
    assert (first.cached, second.cached) == (False, True)
    assert len(first.ref.sites) > 10
    for name in ("start", "end", "strand", "track", "score", "p_value"):
        np.testing.assert_array_equal(
            getattr(second.ref.sites, name), getattr(first.ref.sites, name)
        )
    assert same(first.ref, second.ref)


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("chr20:43,044,001-43,046,000", Toy()),  # another sequence
        (LOCUS, Toy(weight=0.5)),  # other weights
        (LOCUS, Toy(dtype="bfloat16")),
        (LOCUS, Toy(revision=2)),
        (LOCUS, Toy(context_length=40)),
        (LOCUS, SpliceToy()),  # another model
        (SNV, Toy()),
    ],
)
def test_any_other_question_is_computed(
    demo: Assembly, store: Store, text: str, model: Toy
) -> None:
    answer(asked(LOCUS, demo), Toy(), demo, store)
    found = answer(asked(text, demo), model, demo, store)
    assert not found.cached
    assert model.n_calls > 0


@pytest.mark.parametrize("other", [SNV_NEAR, INSERTION, "chr20:43042364:C>G", DELETION])
def test_variants_of_one_window_share_ref_and_nothing_else(
    demo: Assembly, store: Store, other: str
) -> None:
    toy = Toy()
    one = answer(asked(SNV, demo), toy, demo, store)
    n_calls = toy.n_calls
    two = answer(asked(other, demo), toy, demo, store)
    assert asked(SNV, demo).predicted == asked(other, demo).predicted
    assert toy.n_calls > n_calls
    around = 2 * toy.context_length + len(other) + 2 * toy.resolution  # nothing of REF again
    assert max(toy.lengths[n_calls:]) <= 2 * toy.context_length + around
    assert same(one.ref, two.ref)
    assert one.alt is not None
    assert two.alt is not None
    assert not same(one.alt, two.alt)
    alone = answer(asked(other, demo), Toy(), demo)
    assert alone.alt is not None
    assert same(alone.alt, two.alt)


def test_a_locus_and_a_variant_of_one_window_share_ref(demo: Assembly, store: Store) -> None:
    toy = Toy()
    variant = asked(SNV, demo)
    locus = resolve(variant.predicted.to_ucsc(), demo)
    whole = answer(locus, toy, demo, store)
    n_calls = toy.n_calls
    assert same(answer(variant, toy, demo, store).ref, whole.ref)
    assert sum(toy.lengths[n_calls:]) < 200


def test_the_same_bases_elsewhere_are_remembered_at_their_own_place(
    demo: Assembly, store: Store
) -> None:
    """Keys hold content: another genome's name and another place make no difference."""
    toy, request = Toy(), asked(LOCUS, demo)
    first = answer(request, toy, demo, store)
    bases = demo.reference.fetch(toy.window(request.predicted))
    moved = request.predicted.expanded(-50_000, 50_000)

    class Elsewhere:
        def fetch(self, interval: Interval) -> str:
            assert interval == toy.window(moved)
            return bases

        def covered(self, chrom: str) -> tuple[Interval, ...]:
            return (toy.window(moved),)

    other = replace(demo, name="other", reference=Elsewhere())  # type: ignore[arg-type]
    again = answer(replace(request, predicted=moved), toy, other, store)
    assert again.cached
    assert again.ref.data.interval == moved
    np.testing.assert_array_equal(again.ref.data.values, first.ref.data.values)


def test_without_a_store_everything_is_computed(demo: Assembly) -> None:
    toy = Toy()
    for _ in range(2):
        found = answer(asked(SNV, demo), toy, demo)
        assert not found.cached
        assert found.warnings == ()
    assert toy.lengths[: toy.n_calls // 2] == toy.lengths[toy.n_calls // 2 :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(SNV, {}), (INSERTION, {}), (DELETION, {43_042_363: 0.0})],
)
def test_alt_is_ref_but_for_what_the_variant_changes(
    demo: Assembly, text: str, expected: dict[int, float]
) -> None:
    request = asked(text, demo)
    assert request.variant is not None
    found = answer(request, SpliceToy(resolution=1, context_length=3), demo)
    assert found.alleles is not None
    changed = np.flatnonzero(found.alleles.difference().values.any(axis=1))
    positions = set((changed + request.predicted.start).tolist())
    assert positions <= set(range(request.variant.start, request.variant.end))
    assert positions
    for position, value in expected.items():
        row = found.alleles.alt.values[position - request.predicted.start]
        assert row.tolist() == [value] * 4


def lock(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Another process has the index open."""
    monkeypatch.setattr(database, "WAIT_S", 0.1)
    store.size()
    script = (
        "import duckdb, sys; kept = duckdb.connect(sys.argv[1]); print('open', flush=True); "
        "sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(store.folder / "index.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"open\n"

    def release() -> None:
        holder.communicate()

    return release


def unwritable(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder cannot be made: a file is in its way."""
    store.folder.parent.mkdir(exist_ok=True)
    store.folder.write_text("in the way")


def nonsense_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.folder.mkdir(parents=True)
    (store.folder / "index.duckdb").write_bytes(b"no such format " * 500)


Harm = Callable[[Store, pytest.MonkeyPatch], Callable[[], None] | None]


@pytest.fixture(params=[lock, unwritable, nonsense_index])
def harmed(
    request: pytest.FixtureRequest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    harm: Harm = request.param
    release = harm(store, monkeypatch)
    yield store
    if release is not None:
        release()


@pytest.mark.parametrize("text", [LOCUS, SNV])
def test_a_bad_cache_costs_a_recompute_and_one_warning(
    demo: Assembly, harmed: Store, text: str
) -> None:
    request = asked(text, demo)
    good = answer(request, Toy(), demo)
    found = answer(request, Toy(), demo, harmed)
    assert same(found.ref, good.ref)
    assert (found.alt is None) == (good.alt is None)
    assert not found.cached
    assert len(found.warnings) == 1
    assert str(harmed.folder.name) in found.warnings[0] or "index.duckdb" in found.warnings[0]
    assert found.warnings[0].endswith(".")


def test_a_corrupt_prediction_is_made_again_with_a_warning(demo: Assembly, store: Store) -> None:
    toy, request = Toy(), asked(LOCUS, demo)
    first = answer(request, toy, demo, store)
    [file] = store.folder.rglob("*.parquet")
    file.write_bytes(file.read_bytes()[:-40])
    second = answer(request, toy, demo, store)
    assert same(first.ref, second.ref)
    assert not second.cached
    assert len(second.warnings) == 1
    assert "computed again" in second.warnings[0]
    third = answer(request, toy, demo, store)
    assert (third.cached, third.warnings) == (True, ())


@pytest.mark.parametrize("text", [LOCUS, SNV, INSERTION, DELETION])
@pytest.mark.parametrize("kept", [False, True])
def test_progress_never_falls_and_ends_at_one(
    demo: Assembly, store: Store, text: str, kept: bool
) -> None:
    request = asked(text, demo)
    if kept:
        answer(asked(LOCUS, demo), Toy(), demo, store)
        answer(asked(SNV, demo), Toy(), demo, store)
    shares: list[float] = []
    answer(request, Toy(), demo, store, shares.append)
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] == 1
    assert max(shares) == 1


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 1, 0.25), (0.6, 1, 0.7), (0, 0.6, 0.15)]
)
def test_a_part_of_the_progress_fills_its_share(start: float, end: float, expected: float) -> None:
    shares: list[float] = []
    step_progress(shares.append, start, end)(0.25)
    assert shares == [pytest.approx(expected)]


def stop_at(limit: float) -> Callable[[float], None]:
    def progress(share: float) -> None:
        if share >= limit:
            raise Cancelled("The toy was stopped.")

    return progress


@pytest.mark.parametrize("limit", [0.0, 0.3, 0.6])
def test_a_run_stopped_in_ref_leaves_nothing(demo: Assembly, store: Store, limit: float) -> None:
    with pytest.raises(Cancelled):
        answer(asked(SNV, demo), Toy(), demo, store, stop_at(limit))
    assert store.size().entries == 0
    assert not [*store.folder.rglob("*.parquet*"), *store.folder.rglob("*.tmp")]


def test_a_run_stopped_in_alt_keeps_ref_only(demo: Assembly, store: Store) -> None:
    with pytest.raises(Cancelled):
        answer(asked(SNV, demo), Toy(), demo, store, stop_at(0.61))
    assert store.size().entries == 1
    toy = Toy()
    found = answer(asked(SNV, demo), toy, demo, store)
    assert not found.cached
    assert sum(toy.lengths) < 200  # ALT alone


@pytest.mark.parametrize("text", [LOCUS, SNV, DELETION])
def test_remembers_tells_beforehand_whether_anything_is_computed(
    demo: Assembly, store: Store, text: str
) -> None:
    toy, request = Toy(), asked(text, demo)
    assert not is_cached(request, toy, demo, store)
    if request.variant is not None:
        answer(resolve(request.predicted.to_ucsc(), demo), toy, demo, store)
        assert not is_cached(request, toy, demo, store)  # REF alone is not enough
    answer(request, toy, demo, store)
    assert is_cached(request, toy, demo, store)
    assert not is_cached(request, Toy(weight=2.0), demo, store)


def test_an_answer_names_its_model_and_device(demo: Assembly) -> None:
    toy = Toy()
    found = answer(asked(LOCUS, demo), toy, demo)
    assert (found.card, found.version, found.device) == (toy.card, toy.version, "cpu")
    assert found.seconds > 0
    assert found.alleles is None


@pytest.fixture
def answers(demo: Assembly) -> list[Answer]:
    return [answer(asked(SNV, demo), toy, demo) for toy in (Toy(), SpliceToy())]


def test_provenance_holds_genome_query_models_licences_and_day(
    demo: Assembly, answers: list[Answer]
) -> None:
    request = replace(asked(SNV, demo), notes=("A note.",))
    made_by = provenance_of(request, answers, "variant?q=x")
    assert made_by.genome == "GRCh37-demo"
    assert made_by.query == SNV
    assert made_by.date == date.today().isoformat()
    assert made_by.url_state == "variant?q=x"
    assert made_by.notes == ("A note.",)
    assert [m.title for m in made_by.models] == ["Toy gc", "Toy splice"]
    for model, found in zip(made_by.models, answers, strict=True):
        assert model.version == found.version
        assert (model.licence, model.citation) == ("CC0-1.0", "Nobody 2025")
        assert model.random_weights == found.card.random_weights
    words = made_by.footer
    for fact in ("GRCh37-demo", answers[0].version, answers[1].version, "CC0-1.0", made_by.date):
        assert fact in words


def test_a_figure_carries_the_provenance_and_no_order_of_arrival(
    demo: Assembly, answers: list[Answer]
) -> None:
    request = asked(SNV, demo)
    view = request.locus.interval
    figures = [
        build_figure(Scene(request, demo, order), view, Options())
        for order in (answers, answers[::-1])
    ]
    titles = [[row["title"] for row in figure.layout.meta["rows"]] for figure in figures]
    assert titles[0] == titles[1]
    assert answers[0].version in figures[0].layout.meta["provenance"]
    bare = build_figure(Scene(request, demo), view, Options())
    assert "no model yet" in bare.layout.meta["provenance"]


def test_an_error_of_the_store_is_no_answers_business(demo: Assembly, store: Store) -> None:
    """Reading works although writing does not: what is kept is used."""
    toy, request = Toy(), asked(LOCUS, demo)
    answer(request, toy, demo, store)
    (store.folder / "index.duckdb").unlink()
    (store.folder / "index.duckdb").mkdir()
    with pytest.raises(StoreError):
        store.size()
    again = answer(request, toy, demo, Store(store.folder, store.limit_bytes))
    assert again.cached
    assert len(again.warnings) == 1


@pytest.mark.parametrize(
    ("query", "warned"),
    [("chr20:42,484,001-42,485,000", True), ("chr20:42,600,001-42,601,000", False)],
)
def test_values_that_rest_on_n_beside_the_edge_of_the_genome_are_warned_of(
    demo: Assembly, jaspar: Jaspar, query: str, warned: bool
) -> None:
    found = answer(resolve(query, demo), jaspar, demo)
    assert any("it reads N" in text for text in found.warnings) == warned
