"""ClinGen's rules as tables: what applies, what does not, and what sequence cannot say."""

from dataclasses import fields

import pytest

from genoview.scoring.consequence.terms import Term
from genoview.scoring.prediction.clingen import TREE, Applies, Evidence, Rule, clingen_rules
from genoview.scoring.prediction.loss_of_function import LossOfFunction
from genoview.scoring.prediction.splice_place import SplicePlace

YES, NO, UNKNOWN = Applies.YES, Applies.NO, Applies.UNKNOWN
DEEP = SplicePlace(from_donor=200, from_acceptor=400, from_exon=200)
IN_EXON = SplicePlace()
MISSENSE, INTRON = (Term.MISSENSE,), (Term.INTRON,)


def codes(evidence: Evidence) -> dict[str, Applies]:
    return {rule.code: rule.applies for rule in clingen_rules(evidence) if rule.code != TREE}


def tree(evidence: Evidence) -> dict[str, Applies]:
    """By its questions."""
    questions = [rule for rule in clingen_rules(evidence) if rule.code == TREE]
    return {rule.rule: rule.applies for rule in questions}


@pytest.mark.parametrize(
    ("masked", "unmasked", "pp3", "bp4"),
    [
        (0.2, 0.2, YES, NO),
        (0.19, 0.19, NO, NO),  # between the cut-offs nothing is met
        (0.11, 0.11, NO, NO),
        (0.1, 0.1, NO, YES),
        (0.0, 0.31, UNKNOWN, UNKNOWN),  # the mask decides: nothing can be said
        (0.05, 0.15, NO, UNKNOWN),
        (None, None, UNKNOWN, UNKNOWN),
    ],
)
def test_cut_offs_of_the_largest_delta_score(
    masked: float | None, unmasked: float | None, pp3: Applies, bp4: Applies
) -> None:
    found = codes(Evidence(MISSENSE, IN_EXON, masked, unmasked, "CI-SpliceAI"))
    assert found == {"PP3": pp3, "BP4": bp4, "BP7": NO}


@pytest.mark.parametrize("term", [Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR])
def test_at_canonical_positions_the_tree_is_read_and_no_cut_off(term: Term) -> None:
    place = SplicePlace(from_donor=1, from_acceptor=900, from_exon=1)
    assert codes(Evidence((term,), place, 0.9, 0.9)) == {"PP3": NO, "BP4": NO, "BP7": NO}


@pytest.mark.parametrize(
    ("terms", "place", "score", "bp7"),
    [
        ((Term.SYNONYMOUS,), IN_EXON, 0.02, YES),
        ((Term.SYNONYMOUS,), SplicePlace(at_exon_edge=True), 0.02, NO),
        ((Term.SYNONYMOUS,), IN_EXON, 0.15, NO),  # without BP4
        (INTRON, SplicePlace(7, 900, from_exon=7), 0.02, YES),
        (INTRON, SplicePlace(6, 900, from_exon=6), 0.02, NO),
        (INTRON, SplicePlace(900, 21, from_exon=21), 0.02, YES),
        (INTRON, SplicePlace(900, 20, from_exon=20), 0.02, NO),
        ((Term.SPLICE_REGION, Term.INTRON), SplicePlace(8, 900, from_exon=8), 0.1, YES),
        (MISSENSE, IN_EXON, 0.0, NO),
        ((Term.UPSTREAM,), SplicePlace(from_exon=900), 0.0, NO),
    ],
)
def test_bp7_for_synonymous_and_intronic_changes(
    terms: tuple[Term, ...], place: SplicePlace, score: float, bp7: Applies
) -> None:
    assert codes(Evidence(terms, place, score, score))["BP7"] is bp7


def test_what_does_not_enter_the_tree_has_one_question() -> None:
    assert list(tree(Evidence(MISSENSE, IN_EXON, 0, 0)).values()) == [NO]


def test_the_tree_of_a_splice_site_answers_what_sequence_can() -> None:
    loss = LossOfFunction("exon 4 skipped (−107 bp)", False, True, 0.31, "150 nt before")
    answers = tree(Evidence((Term.SPLICE_DONOR,), DEEP, 0.9, 0.9, "", loss))
    assert list(answers.values()) == [YES, YES, YES, YES, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]
    unknown = [question for question, applies in answers.items() if applies is UNKNOWN]
    assert [question.split()[0] for question in unknown] == [
        "loss",
        "the",
        "the",
        "loss-of-function",
    ]


def test_what_is_not_known_of_the_transcript_is_not_said() -> None:
    answers = list(tree(Evidence((Term.SPLICE_DONOR,), DEEP)).values())
    assert answers == [YES, *[UNKNOWN] * 7]


def test_a_lost_start_codon_has_a_branch_of_its_own() -> None:
    assert list(tree(Evidence((Term.START_LOST,), IN_EXON, 0, 0)).values()) == [YES, UNKNOWN]


@pytest.mark.parametrize(("share", "applies"), [(0.1, NO), (0.11, YES), (0.0, NO)])
def test_a_tenth_of_the_protein(share: float, applies: Applies) -> None:
    loss = LossOfFunction("stop gained", None, False, share, "in the last exon")
    answers = tree(Evidence((Term.STOP_GAINED,), IN_EXON, 0, 0, "", loss))
    assert answers["more than 10% of the protein is removed"] is applies


def test_a_rule_has_its_source_and_no_classification() -> None:
    assert {field.name for field in fields(Rule)} == {"code", "rule", "applies", "why", "source"}
    loss = LossOfFunction("exon 4 skipped", False, True, 0.3, "150 nt before")
    for rule in clingen_rules(Evidence((Term.SPLICE_DONOR,), DEEP, 0.9, 0.9, "M", loss)):
        assert "doi:10." in rule.source and rule.why
        words = f"{rule.rule} {rule.why}".lower()
        assert not any(word in words for word in ("pathogenic", "benign", "strong", "points"))
