"""Thousands of tracks: what a choice wants, what a search finds, how the tree is made."""

from dataclasses import replace

import pytest

from genoview.data.ontology import Catalogue, Choice, vocabulary
from genoview.data.track_data import Assay, Biosample, TrackMetadata

LIVER = Biosample("UBERON:0002107", "liver")
K562 = Biosample("EFO:0002067", "K562")
T_CELL = Biosample("CL:0000084", "T-cell")
RNA = TrackMetadata("liver polyA plus RNA-seq", Assay.RNA_SEQ, "+", "reads", LIVER)
CAGE = TrackMetadata("liver CAGE", Assay.CAGE, "-", "reads", LIVER)
CTCF = TrackMetadata("CTCF in K562", Assay.CHIP_TF, ".", "fold", K562, group="CTCF")
POLR = TrackMetadata("POLR2A in K562", Assay.CHIP_TF, ".", "fold", K562, group="POLR2A")
MARK = TrackMetadata("H3K27ac in T-cell", Assay.CHIP_HISTONE, ".", "fold", T_CELL, group="H3K27ac")
BARE = TrackMetadata("no cell", Assay.DNASE, ".", "reads")
TRACKS = (RNA, CAGE, CTCF, POLR, MARK, BARE)
VOCABULARIES = ("UBERON", "CL", "EFO", "XYZ")
CATALOGUE = Catalogue(TRACKS)


def many(n: int = 6_000) -> tuple[TrackMetadata, ...]:
    """Made-up tracks of 700 tissues in four vocabularies, ten assays, a hundred factors."""
    assays = list(Assay)[:10]
    return tuple(
        TrackMetadata(
            f"track {i}",
            assays[i % 10],
            "+-."[i % 3],
            "reads",
            Biosample(
                f"{('UBERON', 'CL', 'EFO', 'XYZ')[i % 4]}:{i % 700:07d}", f"tissue {i % 700}"
            ),
            group=f"F{i % 100}" if assays[i % 10] is Assay.CHIP_TF else "",
        )
        for i in range(n)
    )


@pytest.mark.parametrize(
    ("tokens", "picked"),
    [
        ((), TRACKS),
        (("UBERON:0002107",), (RNA, CAGE)),
        (("RNA_SEQ",), (RNA,)),
        (("RNA_SEQ", "CAGE"), (RNA, CAGE)),
        (("UBERON:0002107", "CAGE"), (CAGE,)),
        (("CL:0000084", "EFO:0002067"), (CTCF, POLR, MARK)),
        (("CTCF",), (RNA, CAGE, CTCF, BARE)),
        (("CTCF", "CHIP_TF", "RNA_SEQ"), (RNA, CTCF)),
        (("EFO:0002067", "RNA_SEQ"), ()),
    ],
)
def test_tissues_assays_and_factors_are_joined_by_and_each_kind_by_or(
    tokens: tuple[str, ...], picked: tuple[TrackMetadata, ...]
) -> None:
    assert tuple(TRACKS[i] for i in Choice.of(tokens).picks(TRACKS)) == picked


def test_a_choice_is_what_its_words_say_once_each() -> None:
    choice = Choice.of(["CTCF", "UBERON:0002107", "RNA_SEQ", "CTCF"])
    assert choice == Choice(("UBERON:0002107",), ("RNA_SEQ",), ("CTCF",))
    assert Choice.of(choice.tokens) == choice
    assert bool(choice)
    assert not Choice()


def test_choices_are_added_and_taken_away() -> None:
    both = Choice.of(["CAGE"]).with_more(Choice.of(["CTCF", "CAGE"]))
    assert both.tokens == ("CAGE", "CTCF")
    assert both.without(Choice.of(["CAGE", "RNA_SEQ"])).tokens == ("CTCF",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", TRACKS),
        ("  ", TRACKS),
        ("LIVER", (RNA, CAGE)),
        ("liver cage", (CAGE,)),
        ("cage liver", (CAGE,)),
        ("uberon:0002107", (RNA, CAGE)),
        ("ctcf", (CTCF,)),
        ("rna-seq", (RNA,)),
        ("expression", (RNA, CAGE)),
        ("k562 chip", (CTCF, POLR)),
        ("t-cell h3k27AC", (MARK,)),
        ("liver k562", ()),
    ],
)
def test_every_word_must_occur_in_any_case(text: str, found: tuple[TrackMetadata, ...]) -> None:
    assert tuple(TRACKS[i] for i in CATALOGUE.search(text)) == found


def test_the_tree_has_a_branch_a_vocabulary_and_a_leaf_a_tissue() -> None:
    labels = [(b.label, [leaf.name for leaf in b.leaves]) for b in CATALOGUE.branches]
    assert labels == [
        ("Tissues and organs (UBERON)", ["liver"]),
        ("Cell types (CL)", ["T-cell"]),
        ("Cell lines (EFO)", ["K562"]),
        ("Without a term", ["no tissue or cell"]),
    ]
    liver = CATALOGUE.branches[0].leaves[0]
    assert (liver.n_tracks, liver.assays) == (2, (Assay.RNA_SEQ, Assay.CAGE))


def test_a_vocabulary_that_nobody_named_keeps_its_own_name() -> None:
    assert vocabulary("XYZ:1") == "XYZ"
    strange = replace(RNA, biosample=Biosample("XYZ:1", "here"))
    assert [b.label for b in Catalogue((BARE, strange)).branches] == ["XYZ", "Without a term"]


def test_assays_and_factors_are_counted() -> None:
    assert CATALOGUE.assays[Assay.CHIP_TF] == 2
    assert list(CATALOGUE.factors) == ["CTCF", "H3K27ac", "POLR2A"]


def test_six_thousand_tracks_are_found_whole_and_every_track_has_its_leaf() -> None:
    whole = Catalogue(many())
    assert len(whole.search("tissue")) == 6_000
    part = whole.part(whole.search("xyz:0000123"))
    assert {track.biosample.name for track in part.tracks if track.biosample} == {"tissue 123"}
    assert sum(branch.n_tracks for branch in whole.branches) == 6_000
    assert sum(len(branch.leaves) for branch in whole.branches) == 700
    assert sum(whole.assays.values()) == 6_000
