"""Clicked arcs and cells of contact maps: a card says what is stored, to the last digit."""

import json
from collections.abc import Sequence

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.errors import GenoviewError
from genoview.figure.details import card_of
from genoview.figure.panels import LIGHT, View, junction_row, triangle_row
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from tests.support.parts import BIN, START, answered, contacts, junctions, place, symmetric

ROW = "wide:junctions:liver"
MAP = "wide:contacts:liver"
REF = junctions((100, 300, 1, (5.1, 1, 0.25)), (250, 900, -1, (2.2, 0.3, 7)))
ALT = junctions((100, 300, 1, (4.3, 1.7, 0.25)), (250, 700, -1, (9, 0, 1)))


def told(
    kind: str, key: str, answers: Sequence[Answer], demo: Assembly, tokens: Sequence[str] = ()
) -> dict[str, str]:
    """Lines of a card, by label."""
    request = resolve("chr20:43,042,001-43,044,000", demo)
    made = card_of(Scene(request, demo, answers), kind, key, tokens)
    assert json.loads(json.dumps(made)) == made
    return {line["label"]: line["value"] for line in made["lines"]}


def arc(start: int, end: int, strand: str) -> str:
    return f"{ROW}|arc|{strand}{START + start + 1}-{START + end}"


def at(offset: int) -> str:
    return f"chr20:{START + offset + 1:,}"


def test_an_arc_s_card_has_the_stored_usage_of_both_alleles(demo: Assembly) -> None:
    lines = told("junction", arc(100, 300, "+"), [answered(REF, ALT)], demo)
    assert np.float32(lines["Usage REF"]) == REF.values[0, 0]
    assert np.float32(lines["Usage ALT"]) == ALT.values[0, 0]
    assert np.float32(lines["ALT − REF"]) == ALT.values[0, 0] - REF.values[0, 0]
    assert (lines["Tissue"], lines["Unit"], lines["Model"]) == ("liver", "reads", "Wide")


@pytest.mark.parametrize(
    ("start", "end", "strand", "donor", "acceptor"),
    [(100, 300, "+", 99, 300), (250, 900, "-", 900, 249)],
)
def test_donor_and_acceptor_are_the_exons_bases_on_the_strand(
    demo: Assembly, start: int, end: int, strand: str, donor: int, acceptor: int
) -> None:
    lines = told("junction", arc(start, end, strand), [answered(REF)], demo)
    assert lines["Donor"] == f"{at(donor)}, last base of an exon"
    assert lines["Acceptor"] == f"{at(acceptor)}, first base of the next"
    assert lines["Strand"].startswith({"+": "+", "-": "−"}[strand])
    assert lines["Intron"] == f"{place(start, end - start).to_ucsc()} ({end - start:,} bp)"


def test_other_tissues_are_listed_with_both_alleles_the_most_changed_first(demo: Assembly) -> None:
    lines = told("junction", arc(100, 300, "+"), [answered(REF, ALT)], demo)
    names = list(lines)
    assert names.index("brain") < names.index("heart")
    assert lines["brain"] == "REF 1, ALT 1.7 (+0.70000005)"
    assert lines["heart"] == "REF 0.25, ALT 0.25 (0)"


def test_without_a_variant_a_junction_has_one_usage_a_tissue(demo: Assembly) -> None:
    lines = told("junction", arc(250, 900, "-"), [answered(REF)], demo)
    assert np.float32(lines["Usage"]) == REF.values[1, 0]
    assert (lines["heart"], lines["brain"]) == ("7", "0.3")
    assert not {"Usage REF", "ALT − REF"} & lines.keys()


def test_a_junction_that_one_allele_lacks_says_so(demo: Assembly) -> None:
    gone = told("junction", arc(250, 900, "-"), [answered(REF, ALT)], demo)
    made = told("junction", arc(250, 700, "-"), [answered(REF, ALT)], demo)
    assert gone["Usage ALT"] == made["Usage REF"] == "no such junction, drawn as 0"
    assert np.float32(gone["ALT − REF"]) == -REF.values[1, 0]
    assert np.float32(made["ALT − REF"]) == ALT.values[1, 0]


def test_an_unknown_usage_is_not_a_number(demo: Assembly) -> None:
    unknown = junctions((100, 300, 1, (np.nan, 1, 2)))
    lines = told("junction", arc(100, 300, "+"), [answered(REF, unknown)], demo)
    assert lines["Usage ALT"] == "no value"
    assert "ALT − REF" not in lines


def test_transcripts_with_this_very_intron_are_named(demo: Assembly) -> None:
    (gene,) = demo.annotation.genes(Interval("chr20", 43_042_363, 43_042_364))
    transcript = next(one for one in gene.transcripts if one.introns)
    intron = transcript.introns[0]
    ends = (intron.start - START, intron.end - START)
    sign = 1 if intron.strand == "+" else -1
    found = [answered(junctions((*ends, sign, (1.0,)), (*ends, -sign, (1.0,))))]
    lines = told("junction", arc(*ends, intron.strand), found, demo)
    assert lines["Intron of"].startswith(f"{gene.symbol}: ")
    assert transcript.transcript_id in lines["Intron of"] or " more" in lines["Intron of"]
    other = "-" if intron.strand == "+" else "+"
    lines = told("junction", arc(*ends, other), found, demo)
    assert lines["Intron of"] == "no annotated transcript"


def test_every_arc_that_is_drawn_has_its_card(demo: Assembly) -> None:
    view = View(place(0, 2_000))
    for trace in junction_row(REF.select([0]), view, LIGHT).traces:
        for number in trace.get("meta", {}).get("numbers", ()):
            lines = told("junction", f"{ROW}|arc|{number}", [answered(REF)], demo)
            assert lines["Tissue"] == "liver"


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("junction", f"{ROW}|arc|+1-2"),
        ("junction", f"{ROW}|arc|{START + 101}-{START + 300}"),
        ("junction", f"{ROW}|arc|+9-1"),
        ("junction", f"{ROW}|arc|+0-5"),
        ("junction", f"wide:junctions:skin|arc|+{START + 101}-{START + 300}"),
        ("junction", f"{ROW}|+{START + 101}-{START + 300}"),
        ("contact", f"{MAP}|{BIN}|1-2"),
        ("contact", f"{MAP}|{BIN}|{START + 1}-{START + 601}"),
        ("contact", f"{MAP}|7|{START + 1}-{START + 1}"),
        ("contact", f"{MAP}|0|{START + 1}-{START + 1}"),
        ("contact", f"{MAP}|{BIN}|a-b"),
        ("contact", f"wide:contacts:skin|{BIN}|{START + 1}-{START + 1}"),
    ],
)
def test_a_key_that_names_nothing_is_refused(demo: Assembly, kind: str, key: str) -> None:
    answers = [answered(REF), answered(contacts(symmetric(6)))]
    with pytest.raises(GenoviewError, match="reload the page"):
        told(kind, key, answers, demo)


def cell(i: int, j: int, wide: int = BIN) -> str:
    return f"{MAP}|{wide}|{START + i * BIN + 3}-{START + j * BIN + 9}"


def test_a_cell_s_card_has_both_bins_and_the_stored_numbers(demo: Assembly) -> None:
    ref, alt = symmetric(6), symmetric(6, seed=1)
    lines = told("contact", cell(1, 4), [answered(contacts(ref), contacts(alt))], demo)
    assert lines["First bin"] == place(100, BIN).to_ucsc()
    assert lines["Second bin"] == place(400, BIN).to_ucsc()
    assert lines["Apart"] == "300 bp"
    assert np.float32(lines["Contact REF"]) == ref[1, 4]
    assert np.float32(lines["Contact ALT"]) == alt[1, 4]
    assert np.float32(lines["ALT − REF"]) == alt[1, 4] - ref[1, 4]
    assert (lines["Unit"], lines["Tissue"]) == ("log fold", "liver")
    assert "Mean of" not in lines


def test_a_bin_touches_itself(demo: Assembly) -> None:
    ref = symmetric(6)
    lines = told("contact", cell(2, 2), [answered(contacts(ref))], demo)
    assert np.float32(lines["Contact"]) == ref[2, 2]
    assert lines["Second bin"] == "the same"


def test_a_pair_without_a_value_says_so(demo: Assembly) -> None:
    ref, alt = symmetric(6), symmetric(6)
    alt[0, 3] = np.nan
    lines = told("contact", cell(0, 3), [answered(contacts(ref), contacts(alt))], demo)
    assert lines["Contact ALT"] == "no value"
    assert "ALT − REF" not in lines


def test_joined_bins_have_the_mean_that_is_drawn_and_the_strongest_stored_pair(
    demo: Assembly,
) -> None:
    ref = symmetric(7)
    ref[1, 5] = np.nan
    lines = told("contact", cell(1, 5, 2 * BIN), [answered(contacts(ref))], demo)
    block = ref[0:2, 4:6]
    known = block[np.isfinite(block)]
    assert np.float32(lines["Contact"]) == np.float32(known.mean(dtype=np.float64))
    assert lines["Mean of"] == "2 × 2 pairs of bins of 100 bp"
    value, _, places = lines["Strongest"].partition(", ")
    assert np.float32(value) == known[np.abs(known).argmax()]
    assert " with " in places
    assert lines["First bin"] == place(0, 2 * BIN).to_ucsc()
    edge = told("contact", cell(6, 6, 2 * BIN), [answered(contacts(ref))], demo)
    assert np.float32(edge["Contact"]) == ref[6, 6]
    assert edge["First bin"] == place(600, BIN).to_ucsc()


@pytest.mark.parametrize("width_px", [400, 1200])
def test_a_cell_s_card_says_what_the_picture_shows(demo: Assembly, width_px: int) -> None:
    """The cells of a picture, by the two places that the track view reads from them."""
    ref = contacts(symmetric(60))
    (lanes, *_) = triangle_row(ref, View(ref.interval, width_px), LIGHT).traces
    x0, dx, z = lanes["x0"], lanes["dx"], lanes["z"]
    for lane, column in np.argwhere(np.isfinite(z))[::97].tolist():
        bases = [int(x0 + (column + side * lane) * dx + 0.5) for side in (-1, 1)]
        key = f"{MAP}|{lanes['meta']['key']}|{bases[0]}-{bases[1]}"
        lines = told("contact", key, [answered(ref)], demo)
        assert np.float32(lines["Contact"]) == z[lane, column]


def test_the_card_is_of_the_row_s_own_tissue(demo: Assembly) -> None:
    two = answered(contacts(symmetric(6), symmetric(6, seed=1)))
    key = cell(0, 3).replace("liver", "brain")
    lines = told("contact", key, [two], demo, ("UBERON:0000001",))
    assert np.float32(lines["Contact"]) == symmetric(6, seed=1)[0, 3]
