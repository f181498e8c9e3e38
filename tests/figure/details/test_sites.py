"""Clicked stems and marks: a card says what is stored of the site, to the last digit."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Interval, reverse_complement
from genoview.data.prediction import Prediction
from genoview.data.request import Request
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, Family, FloatArray, TrackData, TrackMetadata
from genoview.errors import GenoviewError
from genoview.figure.details import card_of
from genoview.figure.details.card import exact, signed
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.models.binding.jaspar import Jaspar
from genoview.models.binding.motifs import word_score
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from tests.support.models.toy_backend import card

SPLICING = tuple(
    TrackMetadata(f"Splice {kind}", Assay.SPLICE_SITES, strand, "probability")
    for strand in "+-"
    for kind in ("donor", "acceptor")
)
COLUMNS = {track.label: column for column, track in enumerate(SPLICING)}
SNV = "chr20:43042364:C>T"
FIRST, LAST = 43_047_065, 43_047_152  # an exon of HNF4A on GRCh37, 1-based


def told(
    kind: str, key: str, request: Request, answers: Sequence[Answer], demo: Assembly
) -> dict[str, str]:
    """Lines of a card, by label."""
    made = card_of(Scene(request, demo, answers), kind, key)
    assert json.loads(json.dumps(made)) == made
    return {line["label"]: line["value"] for line in made["lines"]}


def splicing(request: Request, seed: int = 0) -> Answer:
    """Values without meaning, different in each digit."""
    interval, random = request.predicted, np.random.default_rng(seed)

    def predicted() -> Prediction:
        values = random.random((interval.width, 4), dtype=np.float32)
        return Prediction(TrackData(values, SPLICING, interval, 1))

    alt = predicted() if request.variant else None
    return Answer(card("splice", Family.SPLICING), "1", "cpu", predicted(), alt)


def stored(prediction: Prediction | None, label: str, position: int) -> np.float32:
    """Of a 1-based position."""
    assert prediction
    values: FloatArray = prediction.data.values
    found: np.float32 = values[position - 1 - prediction.data.interval.start, COLUMNS[label]]
    return found


@pytest.mark.parametrize("label", COLUMNS)
def test_a_stem_s_card_has_the_stored_probabilities_of_both_alleles(
    demo: Assembly, label: str
) -> None:
    request = resolve(SNV, demo)
    found = splicing(request)
    for position in (43_042_364, 43_038_000, 43_047_065):
        lines = told("splice", f"splice|{label}|{position}", request, [found], demo)
        ref, alt = (stored(one, label, position) for one in (found.ref, found.alt))
        assert np.float32(lines["Probability REF"]) == ref
        assert np.float32(lines["Probability ALT"]) == alt
        assert np.float32(lines["ALT − REF"]) == alt - ref
        assert lines["Position"] == f"chr20:{position:,}"
        assert lines["Strand"].startswith({"+": "+", "-": "−"}[label[-2]])
        assert lines["Site"].startswith(label.split()[1])


def test_without_a_variant_a_stem_has_one_probability_and_no_distance(demo: Assembly) -> None:
    request = resolve("chr20:43,044,001-43,049,000", demo)
    found = splicing(request)
    lines = told("splice", "splice|Splice donor (+)|43047152", request, [found], demo)
    assert np.float32(lines["Probability"]) == stored(found.ref, "Splice donor (+)", 43_047_152)
    assert not {"From the variant", "Probability REF", "ALT − REF"} & lines.keys()


@pytest.mark.parametrize(
    ("label", "position", "line", "transcript"),
    [
        ("Splice acceptor (+)", FIRST, "Exon begins here in", "NM_001030003.3"),
        ("Splice donor (+)", LAST, "Exon ends here in", "NM_001030003.3"),
        ("Splice acceptor (+)", FIRST + 1, "Exon begins here in", ""),
        ("Splice donor (+)", LAST + 1, "Exon ends here in", ""),
        ("Splice donor (+)", FIRST, "Exon ends here in", ""),
        ("Splice acceptor (-)", FIRST, "Exon begins here in", ""),  # on the other strand
        ("Splice donor (-)", LAST, "Exon ends here in", ""),
    ],
)
def test_a_stem_s_card_names_the_transcripts_whose_exon_ends_there(
    demo: Assembly, label: str, position: int, line: str, transcript: str
) -> None:
    request = resolve("chr20:43,044,001-43,049,000", demo)
    lines = told("splice", f"splice|{label}|{position}", request, [splicing(request)], demo)
    if transcript:
        assert lines[line].startswith("HNF4A: ")
        assert transcript in lines[line]
        assert lines[line].endswith(" and 12 more")
    else:
        assert lines[line] == "none of a transcript on this strand"


def test_exon_ends_of_the_reverse_strand_are_read_from_right_to_left(demo: Assembly) -> None:
    (gene,) = demo.annotation.genes(Interval("chr20", 42_935_000, 42_935_001))
    assert gene.interval.strand == "-"
    transcript = gene.transcripts[0]
    left, right = transcript.exons[0].interval, transcript.exons[1].interval
    request = resolve("chr20:42,930,001-42,942,000", demo)
    found = [splicing(request)]
    donor = told("splice", f"splice|Splice donor (-)|{right.start + 1}", request, found, demo)
    acceptor = told("splice", f"splice|Splice acceptor (-)|{left.end}", request, found, demo)
    assert transcript.transcript_id in donor["Exon ends here in"]
    assert transcript.transcript_id in acceptor["Exon begins here in"]


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (43_042_364, "at the variant"),
        (43_042_376, "12 bp downstream"),
        (43_042_360, "4 bp upstream"),
    ],
)
def test_a_stem_s_card_says_how_far_the_variant_is(
    demo: Assembly, position: int, words: str
) -> None:
    request = resolve(SNV, demo)
    key = f"splice|Splice donor (+)|{position}"
    assert told("splice", key, request, [splicing(request)], demo)["From the variant"] == words


def test_a_site_whose_base_is_deleted_says_so(demo: Assembly) -> None:
    bases = demo.reference.fetch(Interval("chr20", 43_042_363, 43_042_368))
    request = resolve(f"chr20:43042364:{bases}>{bases[0]}", demo)
    assert request.variant
    found = [splicing(request)]
    inside, anchor = request.variant.end, request.variant.pos
    for position, words in ((inside, "its base is deleted"), (anchor, None)):
        lines = told("splice", f"splice|Splice donor (+)|{position}", request, found, demo)
        assert lines.get("In ALT") == words


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("splice", "splice|Splice donor (+)|1"),
        ("splice", "splice|Splice donor (+)|chr20"),
        ("splice", "splice|Splice donor (+)|1e400"),
        ("splice", "splice|Splice donor (+)|99999999999999"),
        ("splice", "splice|Splice donor (+)"),
        ("splice", "splice|Nothing|43042364"),
        ("splice", "other|Splice donor (+)|43042364"),
        ("splice", ""),
        ("motif", "jaspar:sites|MA0000.0|43042364"),
        ("motif", "jaspar:sites||43042364"),
        ("motif", "|||||"),
        ("feature", "local:a|1-2-0"),
        ("feature", "a"),
        ("band", "chr20"),
    ],
)
def test_what_is_not_shown_has_no_card(demo: Assembly, kind: str, key: str) -> None:
    request = resolve(SNV, demo)
    with pytest.raises(GenoviewError):
        card_of(Scene(request, demo, [splicing(request)]), kind, key)


def motif_answer(request: Request, jaspar: Jaspar, demo: Assembly) -> Answer:
    return answer(request, jaspar, demo)


def keys_of(found: Answer, sites: Sites, near: int) -> list[tuple[int, str]]:
    """Index and key of each site within 100 bp of a 0-based position."""
    chosen = np.flatnonzero((sites.start > near - 100) & (sites.start < near + 100))
    tracks = found.ref.data.tracks
    return [
        (i, f"jaspar:sites|{tracks[sites.track[i]].group}|{sites.strand[i] * (sites.start[i] + 1)}")
        for i in chosen.tolist()
    ]


def place_of(lines: dict[str, str]) -> Interval:
    chrom, _, span = lines["Position"].partition(" ")[0].replace(",", "").partition(":")
    first, last = map(int, span.split("-"))
    return Interval(chrom, first - 1, last)


VARIANTS = {
    "substitution": SNV,
    "insertion": "chr20:43042364:C>CAGGTCAAAGGTCA",
    "deletion": "chr20:43042361:CTCGAAGG>C",
}


@pytest.fixture(scope="module", params=VARIANTS.values(), ids=VARIANTS.keys())
def changed(request: Any, demo: Assembly, jaspar: Jaspar) -> tuple[Request, Answer]:
    if request.param == VARIANTS["deletion"]:
        bases = demo.reference.fetch(Interval("chr20", 43_042_360, 43_042_368))
        asked = resolve(f"chr20:43042361:{bases}>{bases[0]}", demo, flank=500)
    else:
        asked = resolve(request.param, demo, flank=500)
    return asked, motif_answer(asked, jaspar, demo)


@pytest.mark.parametrize("allele", ["REF", "ALT"])
def test_a_mark_s_card_has_the_stored_score_and_p_value_and_the_bases_that_score_so(
    changed: tuple[Request, Answer], demo: Assembly, allele: str
) -> None:
    request, found = changed
    prediction = found.ref if allele == "REF" else found.alt
    assert request.variant
    assert prediction
    sites = prediction.sites
    keys = keys_of(found, sites, request.variant.start)
    assert len(keys) > 10
    twice = [key for _, key in keys]  # inserted bases have one place: the best site stands there
    for i, key in keys:
        lines = told("motif", key, request, [found], demo)
        same = [j for j, other in keys if other == key]
        best = max(same, key=lambda j: sites.score[j])
        if i != best:
            assert twice.count(key) > 1
            continue
        assert np.float32(lines[f"Score {allele}"].split()[0]) == sites.score[i]
        assert float(lines[f"p-value {allele}"]) == sites.p_value[i]
        word = lines[f"Sequence {allele}"]
        assert np.float32(word_score(lines["Matrix"], word)) == sites.score[i]


def test_a_mark_s_card_says_factor_matrix_strand_and_where_to_read_on(
    changed: tuple[Request, Answer], demo: Assembly
) -> None:
    request, found = changed
    assert request.variant
    for i, key in keys_of(found, found.ref.sites, request.variant.start):
        made = card_of(Scene(request, demo, [found]), "motif", key)
        lines = {line["label"]: line["value"] for line in made["lines"]}
        track = found.ref.data.tracks[int(found.ref.sites.track[i])]
        assert (lines["Factor"], lines["Matrix"]) == (track.name, track.group)
        assert lines["Strand"][0] == ("+" if found.ref.sites.strand[i] > 0 else "−")
        assert place_of(lines).start == found.ref.sites.start[i]
        assert made["links"] == [
            {
                "label": f"JASPAR {track.group}",
                "url": f"https://jaspar.elixir.no/matrix/{track.group}/",
            }
        ]


def test_an_allele_without_the_site_says_so_instead_of_a_score(
    changed: tuple[Request, Answer], demo: Assembly
) -> None:
    request, found = changed
    assert request.variant
    assert found.alt
    absent = "no site: p-value 0.0001 or more"
    fates = set()
    for sites in (found.ref.sites, found.alt.sites):
        for _, key in keys_of(found, sites, request.variant.start):
            lines = told("motif", key, request, [found], demo)
            missing = tuple(a for a in ("REF", "ALT") if lines[f"Score {a}"] == absent)
            fates.add(missing)
            assert all(f"p-value {a}" not in lines for a in missing)
            assert ("Score ALT − REF" in lines) == (not missing)
    assert () in fates
    assert len(fates) > 1


def test_without_a_variant_a_mark_has_one_sequence_as_its_strand_reads_it(
    demo: Assembly, jaspar: Jaspar
) -> None:
    request = resolve("chr20:43,042,001-43,043,000", demo)
    found = motif_answer(request, jaspar, demo)
    for i, key in keys_of(found, found.ref.sites, 43_042_500):
        lines = told("motif", key, request, [found], demo)
        forward = demo.reference.fetch(place_of(lines))
        reverse = found.ref.sites.strand[i] < 0
        assert lines["Sequence"] == (reverse_complement(forward) if reverse else forward)
        assert np.float32(lines["Score"].split()[0]) == found.ref.sites.score[i]
        assert float(lines["p-value"]) == found.ref.sites.p_value[i]
        assert "From the variant" not in lines


@pytest.mark.parametrize("value", [0.1, 1.0, 1e-7, 0.99875814, 2.0**-130, 16_777_216.0])
def test_exact_digits_are_read_back_as_the_same_number(value: float) -> None:
    assert np.float32(exact(np.float32(value))) == np.float32(value)
    assert float(exact(value)) == value
    assert float(signed(-value)) == -value
    assert signed(value).startswith("+")
    assert signed(np.float32(0)) == "0"
