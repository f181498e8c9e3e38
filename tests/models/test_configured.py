"""Models set up by a reader: kept in a file, their keys apart, nowhere else."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from genoview.data.track_data import Assay
from genoview.errors import BackendError, SettingsError
from genoview.io.export import ModelUsed, Provenance
from genoview.models.alphagenome.cards import HOSTED, HOSTED_CARD, KEY_VARIABLE, LOCAL, SERVER
from genoview.models.alphagenome.outputs import TERMS, card_of_output
from genoview.models.alphagenome.track_filter import Choice, TrackFacts, described
from genoview.models.configured import LargeModels
from genoview.models.configured_file import FILE_NAME, LargeModel
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

KEY = "AIza-a-secret-key"
LIVER = TrackFacts("a", "+", "UBERON:0001114", "liver", assay="total RNA-seq")
BRAIN = TrackFacts("b", "+", "UBERON:0000955", "brain", assay="polyA RNA-seq")
CTCF = TrackFacts("c", ".", "UBERON:0001114", "liver", factor="CTCF")
SITE = TrackFacts("donor", "-")


def models(folder: Path, **environment: str) -> LargeModels:
    return LargeModels(folder, environment=environment)


def test_what_was_set_up_is_read_again(tmp_path: Path) -> None:
    choice = Choice(terms=("UBERON:0001114",), factors=("CTCF",))
    result = LargeModel(
        SERVER, "127.0.0.1:50051", False, "mouse", ("atac", "cage"), choice, 131_072
    )
    models(tmp_path).put(result)
    again = models(tmp_path)
    assert again.models == {SERVER: result}
    assert again.names == ("server.atac", "server.cage")
    assert again.cache_name("server.atac").startswith("server.atac@")
    again.remove(SERVER)
    assert models(tmp_path).names == ()


def test_a_key_lies_in_a_file_of_its_owner_alone(tmp_path: Path) -> None:
    result = models(tmp_path)
    result.put_key(HOSTED, KEY)
    result.put(LargeModel(HOSTED))
    assert result.key(HOSTED) == KEY
    holders = [path for path in tmp_path.iterdir() if KEY in path.read_text()]
    assert [path.name for path in holders] == ["alphagenome.key"]
    assert stat.S_IMODE(holders[0].stat().st_mode) == 0o600
    assert KEY not in repr(result.models)
    result.remove(HOSTED)
    assert list(tmp_path.glob("*.key")) == []


def test_the_key_of_the_environment_goes_first(tmp_path: Path) -> None:
    result = models(tmp_path, **{KEY_VARIABLE: "from-outside"})
    result.put_key(HOSTED, KEY)
    assert result.key(HOSTED) == "from-outside"
    assert result.key(SERVER) == ""


def test_a_model_without_its_key_says_so_where_it_is_run(tmp_path: Path) -> None:
    result = models(tmp_path)
    result.put(LargeModel(HOSTED, outputs=("atac",)))
    assert result.card("alphagenome.atac").licence == TERMS
    with pytest.raises(BackendError, match=KEY_VARIABLE):
        result.create("alphagenome.atac")


def test_a_missing_package_is_an_error_where_it_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("alphagenome", "alphagenome.models", "grpc", "borzoi_pytorch"):
        monkeypatch.setitem(sys.modules, name, None)
    result = models(tmp_path)
    result.put(LargeModel(SERVER, "127.0.0.1:9", secure=False, outputs=("atac",)))
    with pytest.raises(BackendError, match=r"genoview\[alphagenome\]"):
        result.create("server.atac")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "nothing"},
        {"kind": SERVER},
        {"kind": HOSTED, "place": "somewhere"},
        {"kind": HOSTED, "organism": "yeast"},
        {"kind": HOSTED, "outputs": ("smell",)},
        {"kind": LOCAL, "place": "/data", "shortest": 5},
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="Models and data"):
        LargeModel(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["{", "[1]", '[{"kind": "server"}]', '[{"choice": {"x": []}}]'])
def test_a_damaged_file_is_reported_and_the_rest_works(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    result = models(tmp_path)
    assert result.names == () and result.problem is not None
    assert FILE_NAME in str(result.problem)


def test_an_embedded_model_stays_what_it_was(tmp_path: Path) -> None:
    environment = {"GENOVIEW_CACHE": str(tmp_path), "GENOVIEW_CONFIG": str(tmp_path / "no.toml")}
    bench = Workbench(read_settings(environment))
    try:
        bench.change_large(lambda large: large.put(LargeModel(LOCAL, str(tmp_path))))
        assert bench.card("jaspar").name == "jaspar"
        card = bench.card("alphagenome-local.rna_seq")
        assert card.title == "AlphaGenome on this machine, RNA-seq"
        assert json.loads((tmp_path / FILE_NAME).read_text())[0]["kind"] == LOCAL
    finally:
        bench.close()


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), (0, 1, 2, 3)),
        (Choice(terms=("UBERON:0001114",)), (0, 2, 3)),
        (Choice(assays=("polyA RNA-seq",)), (1, 2, 3)),
        (Choice(terms=("UBERON:0001114",), assays=("polyA RNA-seq",)), (2, 3)),
        (Choice(factors=("GATA1",)), (0, 1, 3)),
    ],
)
def test_tracks_by_tissue_assay_and_factor(choice: Choice, expected: tuple[int, ...]) -> None:
    assert choice.columns([LIVER, BRAIN, CTCF, SITE]) == expected


def test_tracks_are_named_as_people_read_them() -> None:
    twin = TrackFacts("d", "+", "UBERON:0001114", "liver", assay="total RNA-seq")
    names = [row.name for row in described([LIVER, twin, CTCF], Assay.RNA_SEQ, "reads")]
    assert names == ["liver, total RNA-seq (a)", "liver, total RNA-seq (d)", "liver, CTCF"]
    assert described([SITE], Assay.SPLICE_SITES, "probability")[0].label == "Splice donor (-)"


def test_the_core_never_imports_an_extra() -> None:
    names = ("grpc", "alphagenome", "alphagenome_pt", "transformers", "enformer_pytorch")
    modules = ("view", "predict", "score", "serve", "models", "models_use")
    code = f"import sys, {', '.join(f'genoview.cli.{name}' for name in modules)}; "
    code += "import genoview.ui.models.configured_models; "
    code += f"print(*{names!r} & sys.modules.keys())"
    code = code.replace(repr(names), f"set({names!r})")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_terms_of_use_go_into_what_is_exported() -> None:
    card = card_of_output(HOSTED_CARD, "atac")
    used = ModelUsed(card.title, "v", card.licence, card.citation)
    lines = Provenance("GRCh38", "chr1:1-10", (used,), "2026-01-31").lines()
    assert any("non-commercial" in line and "not for clinical use" in line for line in lines)


def test_language_models_are_kept_with_their_consent_and_named_by_what_they_give(
    tmp_path: Path,
) -> None:
    result = LargeModel(
        "dnabert",
        "zhihan1996/DNABERT-2-117M",
        outputs=("bases", "dependencies"),
        revision="main",
        trusted=True,
        scheme="byte pairs",
        span=200,
    )
    models(tmp_path).put(result)
    again = models(tmp_path)
    assert again.models == {"dnabert": result}
    assert again.names == ("dnabert.bases", "dnabert.dependencies")
    assert [again.card(name).title for name in again.names] == ["DNABERT", "DNABERT dependencies"]
    assert not again.card("dnabert.bases").random_weights
    (tmp_path / "genoview.json").write_text(json.dumps({"random_weights": True}))
    again.put(LargeModel("dnabert", str(tmp_path), outputs=("bases",)))
    assert again.card("dnabert.bases").random_weights


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"outputs": ("rna_seq",)}, "outputs rna_seq"),
        ({"scheme": "syllables"}, "tokens 'syllables'"),
        ({"span": 50_000}, "span 50000"),
        ({"trusted": "yes"}, "consent 'yes'"),
        ({"place": ""}, "place ''"),
    ],
)
def test_a_language_model_that_cannot_be_is_refused(choice: dict[str, object], words: str) -> None:
    facts: dict[str, object] = {"kind": "dnabert", "place": "here", "outputs": ("bases",)}
    with pytest.raises(SettingsError, match=words):
        LargeModel(**(facts | choice))  # type: ignore[arg-type]


def test_both_parts_of_a_language_model_share_its_weights(tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="the extra 'language' is not installed")
    from tests.support.models.tiny_language import save_tiny

    result = models(tmp_path)
    folder = str(save_tiny(tmp_path / "tiny", "pairs"))
    result.put(LargeModel("dnabert", folder, outputs=("bases", "dependencies")))
    bases, maps = (result.create(name) for name in result.names)
    assert bases.weights_digest == maps.weights_digest
    assert list(result._networks) == [result.models["dnabert"].digest]
    result.remove("dnabert")
    assert result._networks == {}
