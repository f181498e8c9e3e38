"""Lines of variants -> delta scores: by hand on a model that knows GT and AG, and in order."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.data.track_data import Family, FloatArray
from genoview.errors import Cancelled, GenomeError
from genoview.io.reference import ReferenceGenome
from genoview.models.entry import SpliceRules
from genoview.scoring import Change
from genoview.scoring.splicing.delta_scores import FIRST_CHUNK, ScoredLine, SpliceScorer, masked
from genoview.scoring.splicing.genes import SpliceGene, SpliceGenes
from genoview.scoring.splicing.rules import RULES, Rules
from genoview.scoring.variant_line import VariantLine, unreadable
from tests.scoring.mutagenesis.splice_words import Words
from tests.support.models.toy_backend import card

FLANK = 6_200  # bp of C before and behind, so that no window ends
# Base 12 is an acceptor, 19 a donor; on the reverse strand 36 is a donor, 41 an acceptor.
MIDDLE = "CCCCCCCCCCAGCCCCCCCCGTCCCCCCCCCCCCACCCCCCCCTCCCCCCCCCCCCCC"
NO_CHANGE = Change(0.0, -20)


class WordsToy(Words):
    """An acceptor behind AG, a donor before GT, with probability 1."""

    card = card("words", Family.SPLICING)

    @staticmethod
    def _sites(sequence: str) -> FloatArray:
        places = range(len(sequence) - 4)
        acceptors = [sequence[i : i + 2] == "AG" for i in places]
        donors = [sequence[i + 3 : i + 5] == "GT" for i in places]
        return np.array([acceptors, donors], dtype=np.float32).T


PLUS = SpliceGene("FWD", Interval("chr1", FLANK - 500, FLANK + 58, "+"), (), (), (FLANK + 19,))
MINUS = SpliceGene("REV", Interval("chr1", FLANK - 500, FLANK + 558, "-"), (), (), (FLANK + 44,))


@pytest.fixture
def genome(tmp_path: Path) -> Iterator[ReferenceGenome]:
    path = tmp_path / "toy.fa"
    path.write_text(f">1\n{'C' * FLANK}{MIDDLE}{'C' * FLANK}\n")
    with ReferenceGenome.open("toy", path) as opened:
        yield opened


Score = Callable[..., list[ScoredLine]]


@pytest.fixture
def score(genome: ReferenceGenome) -> Score:
    def run(
        *lines: tuple[int, str, str],
        genes: Sequence[SpliceGene] = (PLUS,),
        distance: int = 20,
        rules: Rules = RULES[SpliceRules.NEAREST_BOUNDARY],
    ) -> list[ScoredLine]:
        scorer = SpliceScorer(WordsToy(), genome, SpliceGenes(genes), distance, rules)
        return list(
            scorer.score(VariantLine("1", FLANK + pos, ref, alt) for pos, ref, alt in lines)
        )

    return run


# Positions are 1-based: the G of GT, base 20 of the middle, has POS 21.
@pytest.mark.parametrize(
    ("line", "changed", "expected"),
    [
        ((21, "G", "C"), "donor_loss", Change(1.0, -1)),
        ((26, "C", "G"), "donor_gain", NO_CHANGE),
        ((11, "A", "T"), "acceptor_loss", Change(1.0, 2)),
        ((26, "C", "CAG"), "acceptor_gain", Change(1.0, 1)),
        ((16, "C", "CGGT"), "donor_gain", Change(1.0, 0)),
        ((16, "CCC", "C"), "donor_loss", Change(0.0, -20)),
        ((20, "CG", "C"), "donor_loss", Change(1.0, 0)),
    ],
    ids=["donor", "nothing", "acceptor", "insertion", "inserted", "apart", "deletion"],
)
def test_scores_of_the_forward_strand(
    score: Score, line: tuple[int, str, str], changed: str, expected: Change
) -> None:
    [result] = score(line)
    assert result.reason == ""
    [scores] = result.raw
    assert (scores.gene, scores.strand) == ("FWD", "+")
    assert getattr(scores, changed) == expected


def test_scores_of_the_reverse_strand_are_in_genome_order(score: Score) -> None:
    """AC at bases 34 and 35 is GT when read backwards, CT at 42 and 43 is AG."""
    donor, acceptor = score((35, "A", "C"), (44, "T", "A"), genes=[MINUS])
    assert donor.raw[0].strand == "-"
    assert donor.raw[0].donor_loss == Change(1.0, 2)
    assert acceptor.raw[0].acceptor_loss == Change(1.0, -2)


def test_insertion_on_the_reverse_strand(score: Score) -> None:
    [result] = score((40, "C", "CACC"), genes=[MINUS])
    assert result.raw[0].donor_gain == Change(1.0, 0)


def test_what_lies_outside_of_the_gene_is_not_seen(score: Score) -> None:
    """The gene ends with the G of the donor's GT: its T is N."""
    short = SpliceGene("SHORT", Interval("chr1", FLANK - 500, FLANK + 21, "+"))
    [result] = score((21, "G", "C"), genes=[short])
    assert result.raw[0].donor_loss.score == 0.0


def test_each_gene_of_a_place_has_its_scores_in_the_order_of_the_table(score: Score) -> None:
    first, second = score((36, "C", "T"), (21, "G", "C"), genes=[MINUS, PLUS])
    assert [scores.gene for scores in first.raw] == ["REV", "FWD"]
    assert [scores.gene for scores in second.raw] == ["REV", "FWD"]
    assert first.raw[0].donor_loss == Change(1.0, 1)
    assert second.raw[1].donor_loss == Change(1.0, -1)


def test_masked_scores_of_spliceai_know_the_nearest_boundary(score: Score) -> None:
    donor, acceptor = score((21, "G", "C"), (11, "A", "T"))
    assert donor.masked[0].donor_loss == donor.raw[0].donor_loss == Change(1.0, -1)
    assert acceptor.raw[0].acceptor_loss.score == 1.0
    assert acceptor.masked[0].acceptor_loss.score == 0.0


def test_masked_scores_of_cispliceai_know_the_gene_s_sites(score: Score) -> None:
    known = SpliceGene("KNOWN", PLUS.interval, (), (FLANK + 19,))
    lines = ((21, "G", "C"), (11, "A", "T"))
    donor, acceptor = score(*lines, genes=[known], rules=RULES[SpliceRules.KNOWN_SITES])
    assert donor.masked[0].donor_loss == Change(1.0, -1)
    assert acceptor.raw[0].acceptor_loss.score == 1.0
    assert acceptor.masked[0].acceptor_loss.score == 0.0


def test_cispliceai_reads_both_strands_where_no_gene_is(score: Score) -> None:
    [result] = score((21, "G", "C"), genes=[], rules=RULES[SpliceRules.KNOWN_SITES])
    assert [(scores.gene, scores.strand) for scores in result.raw] == [("+", "+"), ("-", "-")]
    assert result.raw[0].donor_loss == Change(1.0, -1)


def test_cispliceai_moves_the_anchor_of_a_deletion_to_its_end(score: Score) -> None:
    """The anchor is the donor: base 19 stays before GT when CC before it goes."""
    line = (18, "CCC", "C")
    [there] = score(line)
    [moved] = score(line, rules=RULES[SpliceRules.KNOWN_SITES])
    assert there.raw[0].donor_gain == Change(1.0, 0)
    assert there.raw[0].donor_loss == Change(1.0, 2)
    assert moved.raw[0].donor_gain.score == moved.raw[0].donor_loss.score == 0.0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ((21, "G", "."), "nothing varies"),
        ((21, "G", ""), "nothing varies"),
        ((21, "G", "*"), "another variant deletes"),
        ((21, "G", "<DEL>"), "<DEL> is symbolic"),
        ((21, "G", "G]17:198982]"), "is symbolic"),
        ((21, "G", "R"), "ALT 'R' is not a sequence"),
        ((21, "N", "A"), "REF 'N' is not a sequence"),
        ((21, "G", "G"), "nothing changes"),
        ((-FLANK, "G", "A"), "before the chromosome"),
        ((21, "A", "C"), "REF is A, but toy has G at chr1:6,221"),
        ((21, "G", "CC"), ""),
        ((1, "CCCA", "C"), "REF is CCCA, but toy has CCCC"),
        ((1, "C" * 10 + "A" * 20, "C"), "AAAAAAAAAA... (30 bp)"),
        ((20, "CG", "AT"), "longer than one base"),
        ((900, "C", "T"), "No gene of the table lies at chr1:7,100"),
        ((10_000, "C", "T"), "toy has no sequence at chr1:16,200"),
        ((1_300, "C", "T"), "less than 5,020 bp from the chromosome's end"),
    ],
)
def test_a_line_that_cannot_be_scored_keeps_its_place_and_says_why(
    score: Score, line: tuple[int, str, str], words: str
) -> None:
    good = (21, "G", "C")
    before, result, after = score(good, line, good)
    assert before.raw == after.raw
    assert before.raw[0].donor_loss.score == 1.0
    assert words in result.reason
    assert bool(result.reason) == (not result.raw)
    if words:
        assert result.reason.endswith(".")
        assert result.masked == ()


def test_a_reference_allele_too_long_for_the_distance_is_refused(score: Score) -> None:
    line = (1, MIDDLE[:11], "C")
    [short], [long] = score(line, distance=6), score(line, distance=5)
    assert short.reason == ""
    assert long.reason == ("REF is 11 bp long; at a distance of 5 bp spliceai scores up to 10 bp.")


def test_a_chromosome_that_the_genome_lacks_is_named(genome: ReferenceGenome) -> None:
    scorer = SpliceScorer(WordsToy(), genome, SpliceGenes([PLUS]))
    [result] = scorer.score([VariantLine("7", 100, "A", "C")])
    assert "chr7 is not in toy" in result.reason


def test_lower_case_alleles_are_read(score: Score) -> None:
    [result] = score((21, "g", "c"))
    assert result.raw[0].donor_loss.score == 1.0


@pytest.mark.parametrize("distance", [0, 5_001])
def test_a_distance_out_of_range_is_refused(genome: ReferenceGenome, distance: int) -> None:
    with pytest.raises(GenomeError, match="1 to 5,000 bp"):
        SpliceScorer(WordsToy(), genome, SpliceGenes([PLUS]), distance)


def many(n: int) -> list[VariantLine]:
    """Two genes in turn, and a line now and then that cannot be scored."""
    kinds = [(21, "G", "C"), (35, "A", "C"), (21, "T", "C"), (11, "A", "T")]
    picked = (kinds[i % len(kinds)] for i in range(n))
    return [VariantLine("1", FLANK + pos, ref, alt) for pos, ref, alt in picked]


def test_results_come_in_order_whatever_the_chunks(genome: ReferenceGenome) -> None:
    lines = many(5 * FIRST_CHUNK + 3)
    scorer = SpliceScorer(WordsToy(), genome, SpliceGenes([PLUS, MINUS]))
    result = list(scorer.score(lines))
    assert [line_scored.line for line_scored in result] == lines
    one_by_one = [next(scorer.score([line])) for line in lines]
    assert result == one_by_one


def test_first_results_come_before_the_last_lines_are_read(genome: ReferenceGenome) -> None:
    n_read = 0

    def lines() -> Iterator[VariantLine]:
        nonlocal n_read
        for line in many(1_000):
            n_read += 1
            yield line

    scorer = SpliceScorer(WordsToy(), genome, SpliceGenes([PLUS, MINUS]))
    next(scorer.score(lines()))
    assert n_read == FIRST_CHUNK


def test_progress_rises_to_one_and_may_cancel(genome: ReferenceGenome) -> None:
    lines, seen = many(100), [0.0]
    scorer = SpliceScorer(WordsToy(), genome, SpliceGenes([PLUS, MINUS]))
    assert len(list(scorer.score(lines, len(lines), seen.append))) == 100
    assert seen == sorted(seen)
    assert seen[-1] == 1.0

    def cancel(share: float) -> None:
        if share > 0.5:
            raise Cancelled("Stopped.")

    done = []
    with pytest.raises(Cancelled):
        done += scorer.score(lines, len(lines), cancel)
    assert list(scorer.score([], 0)) == []


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ((12, 15), "NNCGTNNN"),
        ((0, 99), "AACGTACG"),
        ((5, 12), "AANNNNNN"),
        ((18, 30), "NNNNNNNN"),
        ((0, 10), "NNNNNNNN"),
    ],
)
def test_sequence_outside_of_the_gene_is_n(kept: tuple[int, int], expected: str) -> None:
    assert masked("AACGTACG", Interval("chr1", 10, 18), Interval("chr1", *kept)) == expected


def test_readable_alleles_have_no_reason() -> None:
    assert unreadable(VariantLine("1", 1, "ACG", "t")) == ""
