"""What changed splice sites make of a transcript, in tables worked out by hand."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant
from genoview.data.track_data import Assay, TrackMetadata
from genoview.scoring import Effect, Outcome, certainty, outcomes

LENGTH = 1_000  # of the toy chromosome, mirrored for the other strand
SPANS = ((100, 200), (300, 400), (500, 560), (700, 800))  # exons 1 to 4 on the forward strand
CODING = (150, 750)
Change = tuple[str, int, float, float]  # kind, base on the forward strand, REF, ALT


def mirrored(start: int, end: int) -> tuple[int, int]:
    return LENGTH - end, LENGTH - start


def toy_transcript(strand: str = "+", coding: bool = True, name: str = "T1") -> Transcript:
    exons = []
    for span in SPANS if strand == "+" else SPANS[::-1]:
        ends, code = span, CODING
        if strand == "-":
            ends, code = mirrored(*span), mirrored(*CODING)
        interval = Interval("chr1", *ends, strand)
        part = interval.intersection(Interval("chr1", *code, strand)) if coding else None
        exons.append(Exon(interval, part))
    whole = Interval("chr1", exons[0].interval.start, exons[-1].interval.end, strand)
    return Transcript(name, whole, tuple(exons))


def toy_gene(*transcripts: Transcript) -> Gene:
    return Gene("G1", "TOY", transcripts[0].interval, transcripts)


def effect(change: Change, strand: str = "+") -> Effect:
    kind, at, ref, alt = change
    start = at if strand == "+" else LENGTH - 1 - at
    track = TrackMetadata(f"Splice {kind}", Assay.SPLICE_SITES, strand, "probability")
    return Effect(track, Interval("chr1", start, start + 1, strand), ref, alt, 0)


def outcome(*changes: Change, strand: str = "+", coding: bool = True) -> Outcome:
    gene = toy_gene(toy_transcript(strand, coding))
    [result] = outcomes([effect(change, strand) for change in changes], [gene])
    return result


def spans(outcome: Outcome, strand: str = "+") -> list[tuple[int, int]]:
    """Exons after, as on the forward strand."""
    ends = [(exon.interval.start, exon.interval.end) for exon in outcome.after.exons]
    return ends if strand == "+" else sorted(mirrored(*end) for end in ends)


TABLE: list[tuple[tuple[Change, ...], str, list[tuple[int, int]]]] = [
    (
        (("acceptor", 300, 0.9, 0.05),),
        "exon 2 very likely skipped, frameshift (−100 bp)",
        [(100, 200), (500, 560), (700, 800)],
    ),
    (
        (("donor", 559, 0.9, 0.2),),
        "exon 3 likely skipped, in frame (−60 bp, 20 residues lost)",
        [(100, 200), (300, 400), (700, 800)],
    ),
    (  # both sites of one exon: skipped once
        (("acceptor", 300, 0.9, 0.1), ("donor", 399, 0.9, 0.3)),
        "exon 2 very likely skipped, frameshift (−100 bp)",
        [(100, 200), (500, 560), (700, 800)],
    ),
    (  # both ends of one intron
        (("donor", 399, 0.9, 0.3), ("acceptor", 500, 0.9, 0.4)),
        "intron 2 likely retained, frameshift (+100 bp)",
        [(100, 200), (300, 560), (700, 800)],
    ),
    (  # the first exon cannot be skipped, nor the last
        (("donor", 199, 0.9, 0.6),),
        "intron 1 possibly retained, frameshift (+100 bp)",
        [(100, 400), (500, 560), (700, 800)],
    ),
    (
        (("acceptor", 700, 0.9, 0.6),),
        "intron 3 possibly retained, frameshift (+140 bp)",
        [(100, 200), (300, 400), (500, 800)],
    ),
    (  # another donor is used instead, 12 bp into the intron
        (("donor", 399, 0.95, 0.1), ("donor", 411, 0.02, 0.9)),
        "exon 2 very likely extended by 12 bp at its 3' end, in frame (+12 bp)",
        [(100, 200), (300, 412), (500, 560), (700, 800)],
    ),
    (  # another acceptor is used instead, 7 bp into the exon
        (("acceptor", 500, 0.8, 0.2), ("acceptor", 507, 0.1, 0.7)),
        "exon 3 likely shortened by 7 bp at its 5' end, frameshift (−7 bp)",
        [(100, 200), (300, 400), (507, 560), (700, 800)],
    ),
    (  # the gained site of another kind replaces nothing: the exon goes, another one may end there
        (("acceptor", 300, 0.9, 0.1), ("donor", 450, 0.0, 0.4)),
        "exon 2 very likely skipped, frameshift (−100 bp)",
        [(100, 200), (500, 560), (700, 800)],
    ),
    (  # too weak a gain to replace what is lost
        (("donor", 399, 0.95, 0.0), ("donor", 411, 0.02, 0.42)),
        "exon 2 very likely skipped, frameshift (−100 bp)",
        [(100, 200), (500, 560), (700, 800)],
    ),
    (  # gained without a loss
        (("donor", 411, 0.0, 0.3),),
        "exon 2 possibly extended by 12 bp at its 3' end in some transcripts, in frame (+12 bp)",
        [(100, 200), (300, 412), (500, 560), (700, 800)],
    ),
    (  # two gained sites make an exon
        (("acceptor", 600, 0.0, 0.6), ("donor", 639, 0.0, 0.5)),
        "likely a new exon of 40 bp in intron 3, frameshift (+40 bp)",
        [(100, 200), (300, 400), (500, 560), (600, 640), (700, 800)],
    ),
]


@pytest.mark.parametrize("strand", ["+", "-"])
@pytest.mark.parametrize(("changes", "words", "after"), TABLE)
def test_changed_sites_change_the_transcript(
    changes: tuple[Change, ...], words: str, after: list[tuple[int, int]], strand: str
) -> None:
    result = outcome(*changes, strand=strand)
    assert result.words == words
    assert spans(result, strand) == after


@pytest.mark.parametrize(
    ("bases", "words"),
    [
        ("AAGTAATTAA", "by 14 bp at its 3' end, frameshift (+14 bp)"),
        ("AAGTAAGTAA", "by 14 to 18 bp at its 3' end, reading frame not known"),
        ("AAAAAA", "by 12 to 18 bp at its 3' end, reading frame not known"),
    ],
)
def test_a_new_end_among_inserted_bases_has_all_lengths_that_it_may_have(
    bases: str, words: str
) -> None:
    lost, gained = ("donor", 399, 0.95, 0.1), ("donor", 411, 0.02, 0.9)
    inserted = Variant("chr1", 412, "C", f"C{bases}")
    gene = toy_gene(toy_transcript())
    [result] = outcomes([effect(lost), effect(gained)], [gene], inserted)
    assert result.words == f"exon 2 very likely extended {words}"


def test_the_first_coding_base_stays_or_the_start_codon_is_lost() -> None:
    late = toy_transcript()
    start = Interval("chr1", 320, 330, "+")  # coding begins in exon 2
    exons = tuple(
        replace(exon, coding=start if i == 1 else exon.interval if i == 2 else None)
        for i, exon in enumerate(late.exons)
    )
    gene = toy_gene(replace(late, exons=exons))
    [result] = outcomes([effect(("acceptor", 300, 0.9, 0.0))], [gene])
    assert result.frame == "the start codon is lost"


def test_a_change_of_untranslated_bases_leaves_the_frame_alone() -> None:
    late = toy_transcript()
    exons = tuple(
        replace(exon, coding=exon.interval if i == 1 else None) for i, exon in enumerate(late.exons)
    )
    [reported] = outcomes(
        [effect(("donor", 559, 0.9, 0.0))], [toy_gene(replace(late, exons=exons))]
    )
    assert reported.frame == "the coding part is unchanged"


def test_without_a_coding_part_no_frame_is_given() -> None:
    result = outcome(("acceptor", 300, 0.9, 0.0), coding=False)
    assert result.words == "exon 2 very likely skipped (−100 bp)"


@pytest.mark.parametrize(
    "change",
    [
        ("acceptor", 300, 0.9, 0.71),  # less than 0.2
        ("donor", 300, 0.9, 0.0),  # lost, but no site of the transcript
        ("acceptor", 199, 0.0, 0.0),
        ("acceptor", 120, 0.0, 0.9),  # the first exon begins without a splice site
        ("donor", 750, 0.0, 0.9),  # and the last ends without one
    ],
)
def test_other_changes_make_no_outcome(change: Change) -> None:
    assert outcomes([effect(change)], [toy_gene(toy_transcript())]) == ()


@pytest.mark.parametrize(("length", "retained"), [(4_999, True), (5_000, False), (15_142, False)])
def test_one_lost_donor_of_the_first_exon_retains_no_intron_longer_than_4999_bp(
    length: int, retained: bool
) -> None:
    ends = ((100, 200), (200 + length, 300 + length))
    exons = tuple(Exon(Interval("chr1", start, end, "+")) for start, end in ends)
    transcript = Transcript("T", Interval("chr1", 100, 300 + length, "+"), exons)
    found = outcomes([effect(("donor", 199, 0.9, 0.0))], [toy_gene(transcript)])
    assert [one.words for one in found] == (
        [f"intron 1 very likely retained (+{length:,} bp)"] if retained else []
    )


def test_sites_of_the_other_strand_and_of_other_genes_do_not_count() -> None:
    gene = toy_gene(toy_transcript())
    assert outcomes([effect(("acceptor", 300, 0.9, 0.0), "-")], [gene]) == ()
    assert outcomes([effect(("acceptor", 2_300, 0.9, 0.0))], [gene]) == ()
    single = replace(toy_transcript(), exons=toy_transcript().exons[:1])
    assert outcomes([effect(("acceptor", 300, 0.9, 0.0))], [toy_gene(single)]) == ()


def test_the_transcript_that_has_the_changed_site_counts_then_the_longest_coding() -> None:
    short = replace(toy_transcript(name="SHORT"), exons=toy_transcript().exons[1:])
    without = replace(toy_transcript(name="OTHER"), exons=toy_transcript().exons[::3])
    gene = toy_gene(without, short, toy_transcript(name="LONG"))
    [result] = outcomes([effect(("donor", 559, 0.9, 0.0))], [gene])
    assert result.name == "TOY LONG"


def test_the_chosen_transcript_is_read_where_it_changes_as_surely_as_any_other() -> None:
    long, short = toy_transcript(name="LONG"), toy_transcript(name="SHORT")
    short = replace(short, exons=short.exons[1:])
    without = replace(toy_transcript(name="OTHER"), exons=toy_transcript().exons[::3])
    gene = toy_gene(long, short, without)
    lost = [effect(("donor", 559, 0.9, 0.0))]
    for chosen, name in ((short, "TOY SHORT"), (without, "TOY LONG"), (long, "TOY LONG")):
        [result] = outcomes(lost, [gene], chosen={"TOY": chosen})
        assert result.name == name
    [result] = outcomes(lost, [gene], chosen={"BACK": short})  # of another gene
    assert result.name == "TOY LONG"


def test_a_less_sure_event_of_the_chosen_transcript_is_not_taken_for_the_surest() -> None:
    """Another transcript loses a donor of its own: the chosen one has a weak gain alone."""
    chosen = replace(toy_transcript(name="CHOSEN"), exons=toy_transcript().exons[::3])
    gene = toy_gene(chosen, toy_transcript(name="OTHER"))
    changes = [effect(("donor", 559, 0.9, 0.0)), effect(("donor", 211, 0.0, 0.3))]
    [result] = outcomes(changes, [gene], chosen={"TOY": chosen})
    assert result.name == "TOY OTHER"
    [result] = outcomes(changes[1:], [gene], chosen={"TOY": chosen})
    assert result.name == "TOY CHOSEN"


def test_outcomes_of_several_genes_come_by_their_score() -> None:
    near, far = toy_gene(toy_transcript()), replace(toy_gene(toy_transcript("-")), symbol="BACK")
    changes = [effect(("acceptor", 300, 0.9, 0.5)), effect(("acceptor", 300, 0.9, 0.1), "-")]
    assert [outcome.gene.symbol for outcome in outcomes(changes, [near, far])] == ["BACK", "TOY"]


@pytest.mark.parametrize(
    ("score", "words"),
    [(0.19, ""), (0.2, "possibly"), (0.5, "likely"), (0.79, "likely"), (0.8, "very likely")],
)
def test_certainty_follows_the_published_cut_offs(score: float, words: str) -> None:
    assert certainty(score) == words


CHANGES = st.tuples(
    st.sampled_from(["donor", "acceptor"]),
    st.one_of(
        st.sampled_from([300, 399, 500, 559, 199, 700]), st.integers(min_value=100, max_value=799)
    ),
    st.floats(0, 1),
    st.floats(0, 1),
)


@given(st.lists(CHANGES, max_size=6, unique_by=lambda change: change[:2]))
def test_the_strands_mirror_each_other_and_exons_stay_in_order(changes: list[Change]) -> None:
    result = {}
    for strand in "+-":
        gene = toy_gene(toy_transcript(strand))
        created = outcomes([effect(change, strand) for change in changes], [gene])
        result[strand] = [
            (
                spans(outcome, strand),
                outcome.frame,
                sorted((c.kind, c.number, c.bases) for c in outcome.events),
            )
            for outcome in created
        ]
        for outcome in created:
            ends = spans(outcome, strand)
            assert all(a[1] < b[0] for a, b in pairwise(ends))
            assert all(start < end for start, end in ends)
            assert all(c.score >= 0.2 for c in outcome.events)
    assert result["+"] == result["-"]
