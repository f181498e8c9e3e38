"""The catalogue is the one place that names models, and what is derived of it."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from genoview.data.plugins import Plugin, Plugins
from genoview.models import registry
from genoview.models.base import Backend
from genoview.models.entry import Entry, Output, VariantScore
from genoview.models.exons.contract import ExonModel, TissueExonModel
from genoview.models.gene_model import GeneModel
from genoview.models.protein.contract import ResidueModel
from genoview.scoring.mutagenesis import scores
from tests.support.models.toy_backend import Toy
from tests.support.paths import ROOT

MODULES = [
    path
    for path in (ROOT / "genoview").rglob("*.py")
    if ROOT / "genoview/models" not in path.parents
]
PAGES = [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]
NAMES = {entry.name for entry in registry.MODELS}
CLASSES = {entry.class_name for entry in registry.MODELS}
TOY = Entry("gc", Toy.__module__, "Toy")


def strings(tree: ast.Module) -> Iterator[str]:
    """Without docstrings, and without words that stand alone as a statement."""
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in alone:
            yield node.value


def identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        for field in ("id", "attr", "name", "asname", "arg"):
            if isinstance(word := getattr(node, field, None), str):
                yield word


def test_no_module_outside_of_the_models_names_one() -> None:
    named: dict[str, set[str]] = {}
    classes = re.compile("|".join(CLASSES))
    for path in sorted((*MODULES, *PAGES)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        result = NAMES.intersection(strings(tree))
        result |= {word for word in identifiers(tree) if classes.search(word)}
        if result:
            named[str(path.relative_to(ROOT))] = result
    assert named == {}


def test_names_are_unique_and_those_of_the_cards() -> None:
    assert len(NAMES) == len(registry.MODELS)
    assert {entry.card.name for entry in registry.MODELS} == NAMES
    assert [row.name for row in registry.shelf_rows()] == [
        entry.name for entry in registry.MODELS if entry.row
    ]


@pytest.mark.parametrize("entry", registry.MODELS, ids=lambda entry: entry.name)
def test_an_entry_says_what_its_class_is(entry: Entry) -> None:
    if entry.output is Output.GENE_LEVELS:
        assert issubclass(entry.load_gene_class(), GeneModel)
    elif entry.output is Output.EXONS:
        assert issubclass(entry.load_exon_class(), ExonModel)
    elif entry.output is Output.EXON_TISSUES:
        assert issubclass(entry.load_tissue_class(), TissueExonModel)
    elif entry.output is Output.MEASURED_EXONS:
        assert (entry.row, entry.card.parameters) == (registry.measured_rows()[0], 0)
    elif entry.output is Output.RESIDUES:
        assert issubclass(entry.load_class(), ResidueModel)
    else:
        assert issubclass(entry.load_class(), Backend)
    assert not (entry.row and entry.setup)
    assert (entry.splice_rules is not None) == (entry.variant_score is VariantScore.DELTA)
    if entry.row:
        assert entry.row.licence == entry.card.licence
        assert entry.row.title == entry.card.title


def test_what_runs_by_default_and_what_can_score_a_file() -> None:
    assert registry.default_models() == ("jaspar", "promoter-activity", "promid", "cispliceai")
    assert registry.default_file_models() == ("cispliceai", "promoter-activity")
    assert [entry.name for entry in registry.file_models()] == [
        *("cispliceai", "spliceai", "pangolin", "mmsplice", "promoter-activity", "mpra-dragonn")
    ]
    assert registry.gene_models() == ("xpresso",)
    assert registry.exon_models() == ("mmsplice",)
    assert registry.tissue_models() == ("mtsplice",)
    tags = [entry.vcf_tag for entry in registry.file_models()]
    assert tags == [
        *("CISpliceAI", "SpliceAI", "Pangolin", "MMSplice", "PromoterActivity", "MPRADragoNN")
    ]


def test_mutagenesis_has_the_scores_of_the_entries_in_their_order() -> None:
    models = list(dict.fromkeys(score.facts.model for score in scores().values()))
    assert models == [
        *("cispliceai", "mmsplice", "promoter-activity", "pangolin", "mpra-dragonn", "jaspar")
    ]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Entry]]:
    """What a package offers; to be filled before the first look."""
    result: list[Entry] = []

    def load(group: str, kind: type[Entry], check: Callable[[Entry], None]) -> Plugins[Entry]:
        faults = []
        for entry in result:
            try:
                check(entry)
            except Exception as error:  # noqa: BLE001  # as the loader does
                faults.append(str(error))
        return Plugins(
            tuple(Plugin(entry, "theirs") for entry in result if not faults), tuple(faults)
        )

    monkeypatch.setattr(registry, "load_plugins", load)
    registry._packaged.cache_clear()
    yield result
    registry._packaged.cache_clear()


def test_a_model_of_a_package_is_known_and_says_where_it_is_from(offered: list[Entry]) -> None:
    offered.append(TOY)
    assert registry.entries()[-1].package == "theirs"
    assert registry.card_of("gc").title == "Toy gc"
    assert isinstance(registry.create("gc"), Toy)
    assert "gc" not in registry.default_models()
    assert registry.plugin_faults() == ()


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry("jaspar", Toy.__module__, "Toy"), "the name 'jaspar' is taken"),
        (Entry("own-gc", Toy.__module__, "Toy"), "the name 'own-gc' is taken"),
        (Entry("other", Toy.__module__, "Toy"), "the card of 'other' names 'gc'"),
        (Entry("gc", "threading", "Thread"), "Thread is not a Backend"),
        (Entry("gc", Toy.__module__, "Toy", output=Output.GENE_LEVELS), "Toy is not a GeneModel"),
        (Entry("gc", "no_such_module", "Toy"), "no_such_module"),
    ],
)
def test_a_model_that_cannot_be_used_is_a_fault_and_the_others_stay(
    offered: list[Entry], entry: Entry, reason: str
) -> None:
    offered.append(entry)
    [fault] = registry.plugin_faults()
    assert reason in fault
    assert registry.entries() == registry.MODELS
