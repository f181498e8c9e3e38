"""Several changes on one haplotype, and stretches that are replaced by hand."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from genoview.data.allele_alignment import alt_over_ref, alt_to_ref
from genoview.data.genome import Interval, Variant
from genoview.errors import QueryError, ReferenceMismatch
from genoview.io.assembly import Assembly
from genoview.models.model_input import ModelInput
from genoview.query import ParsedHaplotype, format_query, join_changes, parse
from genoview.query.resolve import resolve
from genoview.scoring import signed_distance
from tests.support.models.toy_backend import Toy

A_TO_T, G_TO_C = "chr20:100:A>T", "chr20:130:G>C"
BOTH = f"{A_TO_T} + {G_TO_C}"
START = 1_000


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (BOTH, BOTH),
        ("chr20:100:A>T & chr20:130:G>C", BOTH),
        ("chr20:100A>T; 20-130-G-C", BOTH),
        ("chr20:100:A>T+chr20:130:G>C", BOTH),
        ("chr20:g.[100A>T;130G>C]", BOTH),
        ("NC_000020.10:g.[100A>T;130G>C]", f"{BOTH} [GRCh37]"),
        ("hg19 chr20:100:A>T + chr20:130:G>C", f"{BOTH} [GRCh37]"),
        ("chr20:100:A>T + chr20:g.120_125del", "chr20:100:A>T + chr20:g.120_125del"),
        ("chr20:100:A>T + chr20:120-125>GG", "chr20:100:A>T + chr20:g.120_125delinsGG"),
        ("chr20:1-9>AC + chr20:20:A>C + chr20:30:A>C",) * 2,
    ],
)
def test_changes_joined_by_a_mark_are_one_haplotype(text: str, read: str) -> None:
    found = parse(text)
    assert isinstance(found, ParsedHaplotype)
    assert format_query(found) == read.replace("1-9>AC", "g.1_9delinsAC")
    assert parse(format_query(found)) == found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("chr20:43,042,300-43,042,310>acgt", "chr20:g.43042300_43042310delinsACGT"),
        ("chr20:100..110->A", "chr20:g.100_110delinsA"),
        ("chr20:100-110>-", "chr20:g.100_110del"),
        ("chr20:100_110>del", "chr20:g.100_110del"),
        ("chr20:100-100>ACG", "chr20:g.100delinsACG"),
    ],
)
def test_a_stretch_is_replaced_or_deleted(text: str, read: str) -> None:
    assert format_query(parse(text)) == read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chr20:100:A>T + HNF4A", "neither a locus, a variant nor a gene"),
        ("chr20:100:A>T + NM_000457.4:c.88+2T>C", "count along a transcript"),
        ("NM_000457.4:c.88+2T>C", r"'NM_000457.4:c.88\+2T>C'"),  # the plus joins nothing
        ("chr20:100-90>A", "positions must rise"),
        ("NC_000020.10:g.1A>T + NC_000020.11:g.5A>T", "names two assemblies"),
    ],
)
def test_what_joins_no_two_changes_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        parse(text)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((Variant("chr1", 5, "A", "T"), Variant("chr2", 9, "A", "T")), "several chromosomes"),
        ((Variant("chr1", 5, "AAA", "T"), Variant("chr1", 7, "A", "T")), "overlap"),
        ((Variant("chr1", 5, "A", "T"), Variant("chr1", 10_005, "A", "T")), "span 10,001 bp"),
    ],
)
def test_changes_that_cannot_share_a_haplotype_are_refused(
    changes: tuple[Variant, ...], words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        join_changes(changes, lambda interval: "A" * interval.width)


def test_unknown_bases_between_the_changes_are_refused() -> None:
    ends = (Variant("chr1", 5, "A", "T"), Variant("chr1", 9, "A", "T"))
    with pytest.raises(QueryError, match="unknown bases"):
        join_changes(ends, lambda interval: "AANAA")


bases = st.text("ACGT", min_size=1, max_size=6)


@st.composite
def haplotypes(draw: st.DrawFn) -> tuple[str, Variant]:
    """Bases from START on, and two or three changes in them, in any order."""
    whole = draw(st.text("ACGT", min_size=20, max_size=60))
    cuts = draw(st.lists(st.integers(0, len(whole)), min_size=4, max_size=6, unique=True))
    changes, altered = [], whole
    for first, last in zip(*[iter(sorted(cuts))] * 2, strict=False):
        ref = whole[first:last]
        alt = draw(bases.filter(lambda letters, ref=ref: letters != ref))
        changes.append(Variant("chr1", START + first + 1, ref, alt))
    for one in reversed(changes):
        at = one.start - START
        altered = altered[:at] + one.alt + altered[at + len(one.ref) :]
    assume(altered != whole)  # what undoes itself is refused
    place = Interval("chr1", START, START + len(whole))
    made = join_changes(
        draw(st.permutations(changes)), lambda i: whole[i.start - START :][: i.width]
    )
    assert place.contains(made.interval)
    return whole, made


def test_changes_that_undo_each_other_are_refused() -> None:
    """A base deleted here and one like it inserted there."""
    both = (Variant("chr1", 2, "AA", "A"), Variant("chr1", 6, "A", "AA"))
    with pytest.raises(QueryError, match="undo each other"):
        join_changes(both, lambda interval: "A" * interval.width)


@given(haplotypes())
def test_a_haplotype_has_all_of_its_changes_and_nothing_else(case: tuple[str, Variant]) -> None:
    whole, variant = case
    place, one_by_one = Interval("chr1", START, START + len(whole)), whole
    for change in reversed(variant.parts):
        one_by_one = change.apply(one_by_one, place)
        place = Interval("chr1", START, START + len(one_by_one))
    whole_place = Interval("chr1", START, START + len(whole))
    assert variant.apply(whole, whole_place) == one_by_one
    pieces = alt_over_ref(variant, whole, START)
    assert "".join(pieces) == one_by_one
    lifted = [START + i for i, piece in enumerate(pieces) for _ in piece]
    assert lifted == alt_to_ref(variant, START, len(one_by_one)).tolist()


def test_bases_between_two_indels_keep_their_places_on_ref() -> None:
    """A base deleted left and two inserted right: what lies between is compared with itself."""
    whole = "ACGTACGTAC"
    changes = (Variant("chr1", 2, "CG", "C"), Variant("chr1", 8, "T", "TTT"))
    variant = join_changes(changes, lambda interval: whole[interval.start : interval.end])
    assert alt_to_ref(variant, 0, 11).tolist() == [0, 1, 3, 4, 5, 6, 7, 7, 7, 8, 9]
    assert variant.deletes(2, 3)
    assert not variant.deletes(3, 4)


def test_a_model_reads_the_whole_haplotype_and_answers_on_ref() -> None:
    whole = "ACGT" * 100
    toy = Toy(resolution=1, context_length=5)
    grid = Interval("chr1", 50, 350)
    changes = (Variant("chr1", 101, "AC", "A"), Variant("chr1", 202, "C", "CAA"))
    variant = join_changes(changes, lambda interval: whole[interval.start : interval.end])
    window = toy.window(grid)
    sequence = whole[window.start : window.end]
    ref = toy.predict(sequence, grid)
    alt = toy.predict_alternate(ref, sequence, variant).data.values[:, 0]
    haplotype = variant.apply(whole, Interval("chr1", 0, len(whole)))
    expected = np.zeros(len(whole))
    for base, place in zip(haplotype, alt_to_ref(variant, 0, len(haplotype)), strict=True):
        expected[place] = max(expected[place], base in "GC")
    assert alt.tolist() == expected[50:350].tolist()


@pytest.mark.parametrize(("start", "bp"), [(90, -9), (105, 5), (118, -2), (140, 20)])
def test_the_distance_is_to_the_nearest_change(start: int, bp: int) -> None:
    changes = (Variant("chr1", 100, "AA", "T"), Variant("chr1", 121, "A", "T"))
    variant = join_changes(changes, lambda interval: "A" * interval.width)
    assert signed_distance(Interval("chr1", start, start + 1), variant) == bp


def test_a_haplotype_is_checked_and_normalised_change_by_change(demo: Assembly) -> None:
    found = resolve("chr20:43042364:C>T + chr20:43042400-43042402>-", demo)
    assert found.variant is not None
    assert found.variant.kind == "haplotype"
    assert found.text == format_query(found.variant)
    assert resolve(found.text, demo).variant == found.variant
    there = demo.reference.fetch(Interval("chr20", 43_042_399, 43_042_400))
    wrong, alt = {"A": "CG"}.get(there, "AC" if there == "G" else "AG")
    with pytest.raises(ReferenceMismatch):
        resolve(f"chr20:43042364:C>T + chr20:43042400:{wrong}>{alt}", demo)


def test_the_same_alleles_aligned_otherwise_are_kept_apart(demo: Assembly) -> None:
    """One change of five bases, or two of one base each: REF and ALT are the same strings."""
    place = Interval("chr20", 43_042_399, 43_042_404)
    ref = demo.reference.fetch(place)
    ends = [{"A": "C"}.get(base, "A") for base in (ref[0], ref[4])]
    alt = ends[0] + ref[1:4] + ends[1]
    whole = resolve(f"chr20:43042400:{ref}>{alt}", demo)
    parts = resolve(f"chr20:43042400:{ref[0]}>{ends[0]} + chr20:43042404:{ref[4]}>{ends[1]}", demo)
    assert whole.variant is not None
    assert parts.variant is not None
    assert (whole.variant.ref, whole.variant.alt) == (parts.variant.ref, parts.variant.alt)
    toy = Toy()
    assert ModelInput(whole, toy).alignment != ModelInput(parts, toy).alignment
