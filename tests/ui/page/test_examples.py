"""What the first page claims of its three examples is what the models say."""

import re
from dataclasses import replace

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Locus
from genoview.data.request import Request
from genoview.data.track_data import Family
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.panels import LIGHT
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.variant_report import variant_report
from genoview.scoring import Effect
from genoview.scoring.variant_scores import effects_of, motifs_of
from genoview.ui.page.examples import EXAMPLES, Example
from genoview.ui.page.search import DEFAULT_QUERY
from tests.support.shared_parts import embedded

MODEL_OF = {
    Family.EXPRESSION: "promid",
    Family.SPLICING: "cispliceai",
    Family.BINDING: "jaspar",
}
SHORT = 200  # bp on each side: all that is claimed lies within


def example_of(family: Family) -> Example:
    [found] = [example for example in EXAMPLES if example.family is family]
    return found


def answered(example: Example, demo: Assembly) -> tuple[Request, Answer]:
    """Of the model of the example's family, on a short window."""
    request = resolve(example.query, demo)
    assert request.variant is not None
    window = request.variant.interval.expanded(SHORT).snapped(100)
    request = replace(request, locus=Locus(window, request.text), predicted=window)
    return request, answer(request, embedded(MODEL_OF[example.family]), demo)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+\.\d+", text)


def rounded(effect: Effect) -> list[str]:
    return [f"{effect.ref:.2f}", f"{effect.alt:.2f}"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_the_ref_allele_is_in_the_genome_and_the_text_is_normal(
    demo: Assembly, example: Example
) -> None:
    request = resolve(example.query, demo)
    assert request.text == example.query
    assert request.notes == ()
    assert request.variant is not None
    assert demo.reference.fetch(request.variant.interval) == request.variant.ref


def test_there_is_one_example_for_each_family() -> None:
    assert [example.family for example in EXAMPLES] == [
        Family.SPLICING,
        Family.EXPRESSION,
        Family.BINDING,
    ]
    for example in EXAMPLES:
        assert example.url.startswith("https://")
        assert re.search(r"\b(19|20)\d\d\b", example.citation)


def test_the_first_view_is_in_the_demo_and_holds_the_promoter(demo: Assembly) -> None:
    request = resolve(DEFAULT_QUERY, demo)
    assert request.notes == ()
    starts = [t.tss for t in demo.annotation.find("HNF4A").transcripts]
    assert any(request.locus.interval.start <= tss < request.locus.interval.end for tss in starts)


def test_expression_promoter_probability_rises_beside_the_start(demo: Assembly) -> None:
    example = example_of(Family.EXPRESSION)
    request, found = answered(example, demo)
    [forward] = [
        effect
        for effect in effects_of(request, [found])
        if effect.track.strand == "+" and effect.distance > 0
    ]
    assert forward.change == "up"
    assert rounded(forward) == numbers(example.models_say) == ["0.65", "0.90"]
    starts = np.array([t.tss for t in demo.annotation.find("HNF4A").transcripts])
    assert np.abs(starts - forward.position).min() <= 100
    assert not [e for e in effects_of(request, [found]) if e.change == "down"]  # no loss is seen


def test_splicing_an_acceptor_is_gained_and_that_of_exon_11_is_lost(demo: Assembly) -> None:
    example = example_of(Family.SPLICING)
    request, found = answered(example, demo)
    gained, lost = effects_of(request, [found])[:2]
    assert (gained.change, lost.change) == ("gained", "lost")
    for effect in (gained, lost):
        assert effect.track.label == "Splice acceptor (-)"
    assert gained.place == "2 bp downstream"
    assert f"{gained.place} ({' to '.join(rounded(gained))})" in example.models_say
    assert f"({' to '.join(rounded(lost))})" in example.models_say
    longer = gained.position - lost.position
    assert longer == 32
    assert f"{longer} bp more in the transcript" in example.models_say
    ada = demo.annotation.find("ADA").transcripts
    exon_11 = {t.exons[-11].interval.end - 1 for t in ada if len(t.exons) >= 12}
    assert lost.position in exon_11  # on the - strand an exon begins at its right end


def test_binding_hnf1a_is_weakened_and_hnf1b_lost(demo: Assembly) -> None:
    example = example_of(Family.BINDING)
    request, found = answered(example, demo)
    changes = motifs_of(request, [found])
    [weakened] = [change for change in changes if change.track.name == "HNF1A"]
    [lost] = [change for change in changes if change.track.name == "HNF1B"]
    assert (weakened.state, lost.state) == ("weakened", "lost")
    assert weakened.ref_score is not None
    assert weakened.alt_score is not None
    scores = [f"{weakened.ref_score:.1f}", f"{weakened.alt_score:.1f}"]
    assert scores == numbers(example.models_say) == ["13.7", "9.8"]
    assert "the HNF1B site is lost" in example.models_say


def test_the_splicing_example_lengthens_the_exon_as_its_publication_found(demo: Assembly) -> None:
    example = example_of(Family.SPLICING)
    request, found = answered(example, demo)
    report = variant_report(request, [found], demo)
    words = report.verdict.sentence
    assert "ADA c.976-34G>A, intronic; exon 11 very likely extended by 32 bp at its 5' end" in words
    assert ", frameshift (+32 bp)" in words
    scene = Scene(request, demo, [found], report)
    made = build_figure(scene, request.locus.interval, Options())
    [row] = [row for row in made.layout.meta["rows"] if row["id"] == "outcome"]
    assert row["title"] == "Transcript"
    lanes = [trace for trace in made.data if trace.yaxis == row["yaxis"] and trace.type == "bar"]
    assert [trace.marker.color for trace in lanes] == [LIGHT.ref, LIGHT.alt]
    ends = [
        sorted(base + width for base, width in zip(lane.base, lane.x, strict=True))
        for lane in lanes
    ]
    assert ends[0] != ends[1]  # the exon of ALT reaches further


def test_a_variant_that_changes_no_splice_site_has_no_transcript_row(demo: Assembly) -> None:
    example = example_of(Family.BINDING)
    request, found = answered(example, demo)
    scene = Scene(request, demo, [found], variant_report(request, [found], demo))
    made = build_figure(scene, request.locus.interval, Options())
    assert "outcome" not in [row["id"] for row in made.layout.meta["rows"]]
