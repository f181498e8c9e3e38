"""The prediction of a variant, from text to sentence, over random variants of the demo genome."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.data.genome import Interval
from genoview.data.track_data import FloatArray
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.prediction_table import prediction_columns, rule_columns
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.scoring.marks import BINDING, MARKED, SPLICING, Level
from genoview.scoring.verdict import Pending, State
from genoview.ui.variant.tables.delta_table import _row as delta_cells
from tests.support.models.toy_backend import SpliceToy, card

ADA = "chr20:43249076:C>T"
INSERTION = "chr20:43249076:C>CACGTTGCAAGGTAAGTCTTTTTCCAGATGC"
FRAMESHIFT = "NM_000022.4:c.955_959del"
MISSENSE = "chr20:43042364:C>T"
DONOR = "chr20:43280215:C>T"  # +1 of intron 1 of ADA
FIRST, LAST = 43_246_000, 43_282_000  # around ADA


class SmoothSites(SpliceToy):
    """Probabilities of sites by the letters of five bases, under the name of a model with rules.

    Masks of known sites and N outside of genes change its scores, as they do those of networks.
    """

    card = card("cispliceai", SpliceToy.card.family, random_weights=False)
    resolution, context_length, tile_length = 1, 12, 500

    def shares(self, sequence: str) -> FloatArray:
        reach = 2
        inner = sequence[self.context_length - reach : len(sequence) - self.context_length + reach]
        windows = np.lib.stride_tricks.sliding_window_view(np.array(list(inner)), 2 * reach + 1)
        columns = [np.isin(windows, list(letters)).mean(axis=1) for letters in self.letters]
        return np.clip(np.stack(columns, axis=1) * self.weight, 0, 1).astype(np.float32)


def report_of(
    demo: Assembly, query: str, *models: Backend, options: ReportOptions | None = None
) -> VariantReport:
    request = resolve(query, demo, flank=500)
    answers = [answer(request, model, demo) for model in models]
    by_name = {model.card.name: model for model in models}
    return variant_report(
        request, answers, demo, None, options or ReportOptions(backend=by_name.__getitem__)
    )


def shown(report: VariantReport) -> tuple[list[float], list[float]]:
    """Masked and unmasked scores as the table writes them."""
    assert report.deltas is not None and report.request.variant is not None
    cells = [delta_cells(row) for row in report.deltas.rows(report.request.variant)]
    masked, unmasked = (
        [float(f"{cell[name]:.2f}") for cell in cells]
        for name in ("masked score", "unmasked score")
    )
    return masked, unmasked


def check(report: VariantReport) -> None:
    """Sentence, mark and table agree."""
    masked, unmasked = shown(report)
    sentence, largest = report.verdict.sentence, max(masked)
    mark = next(one for one in report.marks if one.family == SPLICING)
    says_none = "no splice site change" in sentence
    assert f"{largest:.2f}" in sentence or "pseudo-exon" in sentence
    assert says_none <= (largest < 0.2)
    assert mark.number == pytest.approx(largest) or "pseudo-exon" in mark.words
    assert (mark.level is Level.NONE) is says_none
    if says_none and max(unmasked) >= 0.2:
        assert f"unmasked {max(unmasked):.2f}" in sentence
    assert not sentence.startswith("So far")


@settings(max_examples=30)
@given(
    st.integers(FIRST, LAST),
    st.integers(1, 4),
    st.text("ACGT", min_size=1, max_size=12),
    st.sampled_from([0.4, 1.0, 1.8]),
)
def test_sentence_and_table_agree_for_random_variants(
    demo: Assembly, start: int, length: int, alt: str, weight: float
) -> None:
    ref = demo.reference.fetch(Interval("chr20", start, start + length))
    if ref == alt:
        return
    check(report_of(demo, f"chr20:{start + 1}:{ref}>{alt}", SmoothSites(weight=weight)))


@pytest.mark.parametrize("query", [ADA, INSERTION, MISSENSE, DONOR])
def test_sentence_and_table_agree_for_the_network(
    demo: Assembly, splicing: Backend, query: str
) -> None:
    check(report_of(demo, query, splicing))


@settings(max_examples=5)
@given(st.integers(FIRST, LAST), st.sampled_from("ACGT"))
def test_sentence_mark_and_table_of_motifs_agree_for_random_variants(
    demo: Assembly, jaspar: Jaspar, start: int, alt: str
) -> None:
    ref = demo.reference.fetch(Interval("chr20", start, start + 1))
    if ref == alt:
        return
    report = report_of(demo, f"chr20:{start + 1}:{ref}>{alt}", jaspar)
    [mark] = [one for one in report.marks if one.family == BINDING]
    table = {f"{one.track.name} site {one.state}" for one in report.motifs if one.is_clear}
    assert (mark.level is Level.NONE) is (not table)
    assert bool(table) is ("no motif site" not in report.verdict.sentence)
    assert bool(table) is any(words in report.verdict.sentence for words in table)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            MISSENSE,
            "HNF4A p.(Thr117Ile), missense; no splice site change of 0.2 or more (largest delta "
            "score 0.00).",
        ),
        (
            INSERTION,
            "ADA c.976-34_976-33ins(30 bp), intronic; possible acceptor loss in ADA, 33 bp "
            "downstream (delta score 0.23).",
        ),
    ],
)
def test_the_sentence_begins_with_the_protein_and_has_the_number_of_the_table(
    demo: Assembly, splicing: Backend, query: str, words: str
) -> None:
    """On the tracks the insertion changes a site by 0.19: they are read without the gene's mask."""
    assert report_of(demo, query, splicing).verdict.sentence == words


def test_until_scores_are_computed_the_sentence_says_so(demo: Assembly, splicing: Backend) -> None:
    report = report_of(demo, MISSENSE, splicing, options=ReportOptions())
    assert report.verdict.sentence.startswith(
        "So far (splicing is not computed): HNF4A p.(Thr117Ile), missense; "
    )
    running = Pending("splicing", splicing.card.title, State.RUNNING)
    report = report_of(demo, MISSENSE, splicing, options=ReportOptions(pending=(running,)))
    assert report.verdict.sentence == (
        "So far (splicing is running): HNF4A p.(Thr117Ile), missense."  # no number before its table
    )
    assert not report.verdict.is_final
    assert report.marks[1].level is Level.RUNNING


def test_a_clear_change_on_the_tracks_is_said_before_its_scores_are_there(
    demo: Assembly, splicing: Backend
) -> None:
    queued = Pending("splicing", splicing.card.title, State.QUEUED)
    report = report_of(demo, ADA, splicing, options=ReportOptions(pending=(queued,)))
    assert report.verdict.sentence == (
        "So far (splicing is queued): ADA c.976-34G>A, intronic; exon 11 very likely extended "
        "by 32 bp at its 5' end, frameshift (+32 bp)."
    )


def test_the_protein_s_mark_reads_the_new_transcript(demo: Assembly, splicing: Backend) -> None:
    mark = report_of(demo, ADA, splicing).marks[0]
    assert mark.level is Level.LARGE
    assert mark.words == (
        "exon 11 very likely extended by 32 bp at its 5' end: frameshift (+32 bp), "
        "p.(Asn326PhefsTer?)"
    )
    queued = Pending("splicing", splicing.card.title, State.QUEUED)
    mark = report_of(demo, ADA, options=ReportOptions(pending=(queued,))).marks[0]
    assert (mark.level, mark.words) == (
        Level.RUNNING,
        "intronic, if splicing stays as it is",
    )


def test_before_any_model_has_spoken_the_consequence_stands(demo: Assembly) -> None:
    queued = Pending("splicing", "CI-SpliceAI", State.QUEUED)
    report = report_of(demo, MISSENSE, options=ReportOptions(pending=(queued,)))
    assert report.verdict.sentence == (
        "So far (splicing is queued): HNF4A p.(Thr117Ile), missense."
    )


def test_the_transcript_of_the_reader_is_read(demo: Assembly) -> None:
    first = report_of(demo, MISSENSE)
    other = first.consequences[-1]
    options = ReportOptions(transcript=other.transcript_id)
    assert other.coding in str(report_of(demo, MISSENSE, options=options).verdict.consequence) or (
        other.protein in report_of(demo, MISSENSE, options=options).verdict.consequence
    )


def test_splicing_is_read_on_the_transcript_of_the_sentence(
    demo: Assembly, splicing: Backend
) -> None:
    """All transcripts of HNF4A lose this acceptor; others have longer coding parts."""
    query = "chr20:43042333:G>C"
    report = report_of(demo, query, splicing)
    assert report.outcomes[0].before.transcript_id == "NM_175914.5"
    assert report.verdict.sentence == (
        "HNF4A c.320-1G>C, splice acceptor; exon 4 very likely shortened by 8 bp at its 5' end "
        "(delta scores: acceptor loss 1.00, acceptor gain 0.97), frameshift (−8 bp), NMD expected."
    )
    assert report.rna[0].transcript_id == "NM_175914.5"
    options = ReportOptions(transcript="NM_000457.6", backend=lambda name: splicing)
    report = report_of(demo, query, splicing, options=options)
    assert report.outcomes[0].before.transcript_id == "NM_000457.6"
    assert "; exon 4 very likely shortened by 8 bp" in report.verdict.sentence


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (FRAMESHIFT, "ADA p.(Glu319GlyfsTer3), frameshift, NMD expected."),
        (
            "NM_000022.4:c.1019_1020del",
            "ADA p.(Arg341GlyfsTer8), frameshift, NMD not expected (stop 32 nt before the last "
            "exon junction).",
        ),
        (
            "ADA:c.1080_1081del",
            "ADA p.(Gln361GlufsTer42), frameshift, splice region, NMD not expected (stop in the "
            "last exon).",
        ),
        ("ADA R211X", "ADA p.(Arg211Ter), stop gained, NMD expected."),
        (MISSENSE, "HNF4A p.(Thr117Ile), missense."),
    ],
)
def test_a_truncation_says_whether_decay_is_expected(
    demo: Assembly, query: str, words: str
) -> None:
    assert report_of(demo, query).verdict.sentence == words


def test_files_have_the_same_prediction(demo: Assembly, splicing: Backend) -> None:
    report = report_of(demo, ADA, splicing)
    described = json.loads(json.dumps(document(report), allow_nan=False))
    assert described["prediction"]["sentence"] == report.verdict.sentence
    assert [mark["family"] for mark in described["prediction"]["marks"]] == list(MARKED)
    assert described["prediction"]["marks"][1]["number"] == pytest.approx(0.9, abs=0.01)
    columns = {column.name: column.values for column in prediction_columns(report.verdict)}
    assert set(columns["sentence"]) == {report.verdict.sentence}
    assert columns["level"][1] == "large"
    rules = {column.name: column.values for column in rule_columns(report.rules)}
    assert [one["applies"] for one in described["clingen_rules"]] == list(rules["applies"])
    assert dict(zip(rules["code"], rules["applies"], strict=True)) == {
        "PP3": "applies",
        "BP4": "does not apply",
        "BP7": "does not apply",
        "PVS1 tree": "does not apply",
    }


def test_no_sentence_says_causes_or_classifies(demo: Assembly, splicing: Backend) -> None:
    report = report_of(demo, DONOR, splicing)
    text = json.dumps([report.verdict.plain(), [str(one) for one in report.rules]]).lower()
    for word in ("causes", "pathogenic", "benign", "verdict", "points"):
        assert not re.search(rf"\b{word}\b", text), word
