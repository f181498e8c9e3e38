"""Answers in small, and as plain values for programs."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from genoview import __version__
from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.data.track_data import Assay, Family
from genoview.io.assembly import Assembly
from genoview.io.export import RANDOM_WEIGHTS
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.document import N_MOTIFS, N_SMALL, SPARKLINE, document, small_tracks
from genoview.report.variant_report import variant_report
from genoview.scoring.variant_scores import effects_of, motifs_of
from tests.support.models.toy_backend import SpliceToy, Toy, card

HNF1 = "chr20:42984264:G>A"  # in the HNF1A site of the P2 promoter of HNF4A
DELETION = "chr20:43042363:AC>A"
LOCUS = "chr20:42,984,001-42,985,000"


def answered(text: str, demo: Assembly, models: Sequence[Any]) -> tuple[Request, list[Answer]]:
    request = resolve(text, demo, flank=500)
    return request, [answer(request, model, demo) for model in models]


@pytest.fixture(scope="module")
def variant(demo: Assembly, jaspar: Jaspar) -> tuple[Request, list[Answer]]:
    return answered(HNF1, demo, [jaspar, Toy(), SpliceToy()])


@pytest.fixture(scope="module")
def described(variant: tuple[Request, list[Answer]], demo: Assembly) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        json.dumps(document(variant_report(*variant, demo)), allow_nan=False)
    )
    return found


def test_a_document_names_genome_query_place_and_counting(described: dict[str, Any]) -> None:
    facts = {key: described[key] for key in ("genoview", "query", "assembly", "coordinates")}
    assert facts == {
        "genoview": __version__,
        "query": HNF1,
        "assembly": "GRCh37-demo",
        "coordinates": "1-based, both ends included",
    }
    assert described["interval"] == {"chrom": "chr20", "first": 42_983_001, "last": 42_985_000}
    assert described["variant"] == {
        "chrom": "chr20",
        "position": 42_984_264,
        "ref": "G",
        "alt": "A",
        "kind": "substitution",
    }


def test_a_document_names_every_model_with_licence_version_and_device(
    described: dict[str, Any], variant: tuple[Request, list[Answer]]
) -> None:
    assert [model["name"] for model in described["models"]] == ["jaspar", "gc", "splice"]
    for model, found in zip(described["models"], variant[1], strict=True):
        assert model["version"] == found.version
        assert model["licence"] == found.card.licence
        assert model["random_weights"] == found.card.random_weights
        assert model["device"] == "cpu"
        assert len(model["tracks"]) == len(found.ref.data.tracks)


def test_a_document_of_an_untrained_model_carries_the_banner(demo: Assembly) -> None:
    request, [found] = answered(HNF1, demo, [Toy()])
    assert document(variant_report(request, [found], demo))["banner"] == RANDOM_WEIGHTS
    trained = replace(found, card=replace(found.card, random_weights=False))
    assert "banner" not in document(variant_report(request, [trained], demo))


def test_a_track_of_a_document_points_at_its_highest_base(demo: Assembly) -> None:
    request, answers = answered(HNF1, demo, [SpliceToy()])
    [model] = document(variant_report(request, answers, demo))["models"]
    donor = model["tracks"][0]
    bases = demo.reference.fetch(request.locus.interval)
    first_g = request.locus.interval.start + bases.index("G") + 1
    assert donor["ref"]["position"] == first_g
    assert donor["ref"]["maximum"] == 1
    assert donor["ref"]["mean"] == pytest.approx(bases.count("G") / len(bases), abs=1e-6)
    assert donor["alt"]["mean"] == pytest.approx((bases.count("G") - 1) / len(bases), abs=1e-6)
    assert donor["largest_difference"] == {"value": -1.0, "ref": 1.0, "position": 42_984_264}
    assert (donor["name"], donor["strand"], donor["family"]) == ("Splice donor", "+", "splicing")


def test_the_middle_of_a_bin_is_its_position(demo: Assembly) -> None:
    request, answers = answered(HNF1, demo, [Toy()])
    [track] = document(variant_report(request, answers, demo))["models"][0]["tracks"]
    change = track["largest_difference"]
    assert change["value"] == pytest.approx(-0.1)  # one G less of ten bases
    assert change["position"] == 42_984_265  # of 42,984,261 to 42,984,270


def test_a_locus_has_no_effects_and_no_alt(demo: Assembly, jaspar: Jaspar) -> None:
    request, answers = answered(LOCUS, demo, [jaspar, SpliceToy()])
    described = document(variant_report(request, answers, demo))
    assert not {"variant", "effects", "motifs"} & described.keys()
    assert not any("alt" in track for model in described["models"] for track in model["tracks"])
    assert effects_of(request, answers) == []
    assert motifs_of(request, answers) == []


def test_effects_are_of_tracks_and_motifs_of_sites(
    variant: tuple[Request, list[Answer]], described: dict[str, Any]
) -> None:
    effects, motifs = effects_of(*variant), motifs_of(*variant)
    assert {effect.track.name for effect in effects} == {"GC", "Splice donor", "Splice acceptor"}
    assert {"HNF1A", "HNF1B"} <= {change.track.name for change in motifs}
    assert [one["words"] for one in described["effects"]] == [one.words for one in effects]
    assert len(described["motifs"]) == min(len(motifs), N_MOTIFS)
    lost = next(one for one in described["motifs"] if one["factor"] == "HNF1B")
    assert (lost["state"], lost["alt_score"]) == ("lost", None)
    assert lost["first"] <= 42_984_264 <= lost["last"]


def test_notes_and_warnings_reach_the_reader(demo: Assembly) -> None:
    request, [found] = answered(DELETION, demo, [Toy()])
    request = replace(request, notes=("Left-normalised.",))
    warned = replace(found, warnings=("The cache is locked.",))
    described = document(variant_report(request, [warned], demo))
    assert described["notes"] == ["Left-normalised."]
    assert described["models"][0]["warnings"] == ["The cache is locked."]


def test_a_saved_locus_keeps_its_strongest_tracks_in_small(
    variant: tuple[Request, list[Answer]],
) -> None:
    request, answers = variant
    small = small_tracks(request, answers)
    assert len(small) <= N_SMALL
    assert [one.maximum for one in small] == sorted((one.maximum for one in small), reverse=True)
    for one in small:
        assert 1 <= len(one.sparkline) <= SPARKLINE
        assert max(one.sparkline) == pytest.approx(one.maximum, abs=1e-4)
        assert one.position is not None
        assert request.locus.interval.start <= one.position < request.locus.interval.end
    labels = [one.label for one in small]
    motifs = {track.label for track in answers[0].ref.data.tracks}
    assert len(motifs & set(labels)) == 2  # of 755, so that the others are seen
    assert "Splice donor (+)" in labels


def test_small_tracks_are_of_what_is_drawn_not_of_the_whole_window(demo: Assembly) -> None:
    request, [found] = answered("chr20:42,984,301-42,984,400", demo, [Toy()])
    assert request.predicted.width == 1_000
    [small] = small_tracks(request, [found])
    inside = found.ref.data.slice(request.locus.interval).values[:, 0]
    assert small.maximum == inside.max()
    np.testing.assert_allclose(small.sparkline, inside, atol=1e-4)


class Strength(SpliceToy):
    card = card("strength", Family.SPLICING)
    tracks = tuple(replace(one, assay=Assay.SPLICE_SITE_STRENGTH) for one in SpliceToy.tracks)


class Unscaled(Toy):
    card = card("unscaled", Family.EXPRESSION)
    tracks = (replace(Toy.tracks[0], assay=Assay.MPRA, unit="predicted activity"),)


def test_of_a_model_without_a_rule_the_sentence_says_nothing(demo: Assembly) -> None:
    """Nothing is said of strengths of splice sites, rather than that no site changes."""
    request, answers = answered(HNF1, demo, [Strength(), Unscaled()])
    report = variant_report(request, answers, demo)
    assert report.verdict.clauses == ()
    assert report.activities == []
    changed = {one.track.assay for one in report.effects}
    assert Assay.SPLICE_SITE_STRENGTH in changed
