"""Suggestions while typing: genes of what is open, saved loci and history of this genome."""

import time
from datetime import UTC, datetime

import pytest

from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.io.refseq.genes import refseq_genes
from genoview.runtime import assemblies
from genoview.runtime.suggestions import LONGEST, Suggested, Suggestions, _genes
from genoview.store import HistoryEntry, SavedLocus
from tests.support.pages.workbench import own_workbench

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def bench(tmp_path_factory, demo):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assemblies, "open_assembly", lambda *_: demo)
        bench = own_workbench(tmp_path_factory.mktemp("bench"), patch)
        for query, assembly in (
            ("ADA", "GRCh37-demo"),
            ("chr20:43,000,001-43,001,000", "GRCh37-demo"),
            ("BRCA2", "GRCh38"),
        ):
            bench.store.history.record(HistoryEntry(query, query, assembly, "locus", "x", 1.0, NOW))
        bench.store.loci.save(
            SavedLocus(
                "0" * 32,
                "abcd2345",
                "my enhancer",
                "GRCh37-demo",
                "chr20:43,010,001-43,012,000",
                "explore?q=x",
                NOW,
                NOW,
            )
        )
        yield bench
        bench.close()


@pytest.fixture(scope="module")
def suggestions(bench):
    suggestions = Suggestions(bench)
    for genome in ("", "GRCh38"):
        suggestions.warm(genome).result()
    return suggestions


def texts(listed):
    return [each.text for each in listed]


def test_genes_of_the_demo_are_its_own(suggestions):
    assert texts(suggestions.suggest("", "hnf4"))[0] == "HNF4A"
    assert suggestions.suggest("", "BRCA1") == []
    [title] = [each.words for each in suggestions.suggest("", "HNF4A") if each.text == "HNF4A"]
    assert "hepatocyte nuclear factor 4 alpha" in title
    [alias] = [each for each in suggestions.suggest("", "TCF14") if each.text == "HNF4A"]
    assert alias.words.startswith("previous symbol TCF14")


def test_names_of_the_whole_genome(suggestions):
    first = suggestions.suggest("GRCh38", "BRCA1")[0]
    assert (first.text, first.kind) == ("BRCA1", "gene")
    assert "TP53" in texts(suggestions.suggest("GRCh38", "p53"))
    [row] = suggestions.suggest("GRCh38", "nm_007294")
    assert (row.text, row.kind) == ("NM_007294.4", "transcript")
    assert row.words.startswith("MANE Select of BRCA1")
    assert texts(suggestions.suggest("GRCh38", "ENST00000357654"))[0].startswith("ENST00000357654.")


def test_saved_loci_and_history_of_this_genome(suggestions):
    assert Suggested(
        "chr20:43,010,001-43,012,000", "saved as my enhancer", "saved"
    ) in suggestions.suggest("", "enh")
    listed = suggestions.suggest("", "chr20:43")
    assert [each.kind for each in listed] == ["saved", "history"]
    assert [each.kind for each in suggestions.suggest("", "ada") if each.text == "ADA"] == ["gene"]
    assert "BRCA2" in texts(suggestions.suggest("GRCh38", "brca2"))
    assert suggestions.suggest("", "brca2") == []


@pytest.mark.parametrize("typed", ["", "  ", "x" * (LONGEST + 1), "zzzz", "%_'\"", "\0"])
def test_nothing_for_what_begins_nothing(suggestions, typed):
    assert suggestions.suggest("", typed) == []


def test_the_first_letters_do_not_wait_for_the_names(bench):
    cold = Suggestions(bench)
    cold._thread.submit(time.sleep, 0.2)
    assert cold.suggest("GRCh38", "BRCA1") == []
    cold.warm("GRCh38").result()
    assert texts(cold.suggest("GRCh38", "BRCA1"))[0] == "BRCA1"


def test_an_own_genome_suggests_what_its_file_has(demo, bench, suggestions):
    reference = ReferenceGenome.of_chromosomes("mine", None, {"chr20": 100})
    mine = Assembly("mine", reference, demo.annotation, "")
    assert "HNF4A" in texts(_genes("hnf4a", mine))
    assert refseq_genes("GRCh38").suggest("") == []
