"""Which exons are scored, what starts from what, and known variants of the demo genome."""

import math

import pytest

from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant
from genoview.io.assembly import Assembly
from genoview.models.exons.mmsplice import MMSplice
from genoview.query.resolve import resolve
from genoview.scoring.splicing.inclusion.changes import (
    MOST_EXONS,
    exon_inclusion,
    inclusion_answer,
)
from genoview.scoring.splicing.inclusion.effect import delta_psi

CHROM = "chr20"


@pytest.fixture(scope="module")
def model() -> MMSplice:
    return MMSplice()


def transcript(name: str, *spans: tuple[int, int]) -> Transcript:
    exons = tuple(Exon(Interval(CHROM, 43_000_000 + a, 43_000_000 + b)) for a, b in spans)
    whole = Interval(CHROM, exons[0].interval.start, exons[-1].interval.end, "-")
    return Transcript(name, whole, exons)


def gene(*transcripts: Transcript) -> Gene:
    start = min(each.interval.start for each in transcripts)
    end = max(each.interval.end for each in transcripts)
    return Gene("g", "G", Interval(CHROM, start, end, "-"), transcripts)


def substitution(assembly: Assembly, at: int) -> Variant:
    """At 43,000,000 + `at`, 0-based."""
    place = Interval(CHROM, 43_000_000 + at, 43_000_001 + at)
    ref = assembly.reference.fetch(place)
    return Variant(CHROM, place.end, ref, "A" if ref != "A" else "C")


@pytest.mark.parametrize(
    ("at", "places"),
    [
        (1_050, ["exon 2 of 3"]),
        (900, ["exon 2 of 3"]),  # 100 bp before it, the last that is read
        (899, []),
        (-1, []),  # before the transcript, which has no intron there
        (0, ["exon 3 of 3"]),
        (2_100, []),
    ],
)
def test_exons_within_reach_are_scored(
    demo: Assembly, model: MMSplice, at: int, places: list[str]
) -> None:
    genes = [gene(transcript("t", (0, 100), (1_000, 1_100), (2_000, 2_100)))]
    effects, _ = exon_inclusion(model, genes, substitution(demo, at), demo.reference.fetch)
    assert [effect.place for effect in effects] == places


def test_an_exon_of_several_transcripts_is_one_row_and_a_lone_exon_none(
    demo: Assembly, model: MMSplice
) -> None:
    shared = [transcript(name, (0, 100), (1_000, 1_100), (2_000, 2_100)) for name in "ab"]
    first = transcript("c", (1_000, 1_100), (2_000, 2_100))
    lone = transcript("d", (1_000, 1_100))
    variant = substitution(demo, 1_050)
    effects, left_out = exon_inclusion(
        model, [gene(*shared, first, lone)], variant, demo.reference.fetch
    )
    rows = {effect.transcripts: (effect.place, effect.read.left) for effect in effects}
    assert rows == {("a", "b"): ("exon 2 of 3", 100), ("c",): ("exon 2 of 2", 0)}
    assert left_out == 0


def test_many_exons_are_bounded_and_said(demo: Assembly, model: MMSplice) -> None:
    many = [transcript(str(i), (0, 100), (1_000, 1_101 + i)) for i in range(MOST_EXONS + 3)]
    variant = substitution(demo, 1_050)
    effects, left_out = exon_inclusion(model, [gene(*many)], variant, demo.reference.fetch)
    assert (len(effects), left_out) == (MOST_EXONS, 3)


def test_a_change_starts_from_inclusion_and_stays_within_0_and_1() -> None:
    assert delta_psi(0.0, 0.3) == pytest.approx(0)
    assert delta_psi(math.log(3), 0.5) == pytest.approx(0.25)
    assert delta_psi(-3.0, 1.0) == pytest.approx(-0.0187, abs=1e-4)  # from 0.999
    assert -1 < delta_psi(-50, 1.0) < delta_psi(50, 0.0) < 1


@pytest.mark.parametrize(
    ("text", "gene_name", "place", "range_"),
    [
        ("chr20:43249658:C>G", "ADA", "exon 10 of 12", (-9, -2)),  # c.975+1G>C, donor of exon 10
        ("chr20:43254209:C>T", "ADA", "exon 5 of 12", (-9, -2)),  # donor of exon 5, +1
        ("chr20:43042364:C>T", "HNF4A", "exon 4 of 10", (-0.5, 0.5)),  # missense
    ],
)
def test_variants_of_the_demo(
    demo: Assembly,
    model: MMSplice,
    text: str,
    gene_name: str,
    place: str,
    range_: tuple[float, float],
) -> None:
    answer = inclusion_answer(resolve(text, demo), model, demo)
    effect = answer.effects[0]
    assert (effect.gene, effect.place) == (gene_name, place)
    assert range_[0] < effect.change.delta_logit_psi < range_[1]
    assert "50% (not measured)" in effect.words and "50%" in answer.notes[0]
    sizes = [abs(each.change.delta_logit_psi) for each in answer.effects]
    assert sizes == sorted(sizes, reverse=True)


def test_a_place_without_exons_says_so(demo: Assembly, model: MMSplice) -> None:
    far = substitution(demo, 12)
    text = f"{far.chrom}:{far.pos}:{far.ref}>{far.alt}"
    answer = inclusion_answer(resolve(text, demo), model, demo)
    assert answer.effects == ()
    assert "within 100 bp" in answer.notes[0]
