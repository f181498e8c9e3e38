"""The catalogue's models and those of installed packages, by name and by what they are."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from genoview.data.model_card import ModelCard
from genoview.data.plugins import load_plugins
from genoview.errors import BackendError
from genoview.models import catalogue
from genoview.models.base import Backend
from genoview.models.entry import Entry, Output, Setup, SpliceRules, VariantScore
from genoview.models.exons.contract import ExonModel, TissueExonModel
from genoview.models.gene_model import GeneModel
from genoview.models.manifest import MANIFEST, OWN, read_manifest
from genoview.models.weights import ModelFolder, Presence, Row

MODELS: tuple[Entry, ...] = catalogue.MODELS
PLUGINS = "genoview.models"  # group of Python entry points; each is an Entry, or gives some
_SCORES = tuple(VariantScore)
_CONTRACTS = {  # of tracks: Backend
    Output.GENE_LEVELS: GeneModel,
    Output.EXONS: ExonModel,
    Output.EXON_TISSUES: TissueExonModel,
}


def entries() -> tuple[Entry, ...]:
    """All models, set up or not, those of packages last."""
    return (*MODELS, *_packaged()[0])


def plugin_faults() -> tuple[str, ...]:
    """A sentence for each package whose models cannot be used."""
    return _packaged()[1]


@cache
def _packaged() -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    taken = {entry.name for entry in catalogue.MODELS}

    def check(entry: Entry) -> None:
        """Raise what is wrong with it."""
        base = _CONTRACTS.get(entry.output, Backend)
        if entry.name in taken or entry.name.startswith(OWN):
            raise BackendError(f"the name {entry.name!r} is taken")
        if not issubclass(entry.load_class(), base):
            raise BackendError(f"{entry.class_name} is not a {base.__name__}")
        if entry.card.name != entry.name:
            raise BackendError(f"the card of {entry.name!r} names {entry.card.name!r}")
        taken.add(entry.name)

    loaded = load_plugins(PLUGINS, Entry, check)
    entries = (replace(plugin.value, package=plugin.package) for plugin in loaded.values)
    return tuple(entries), loaded.faults


def _runnable() -> Iterator[Entry]:
    """Those that need no setting up."""
    return (entry for entry in entries() if entry.setup is None)


def default_models() -> tuple[str, ...]:
    """Those with tracks that run where nobody chooses, in their order."""
    default = (entry for entry in entries() if entry.runs_by_default)
    return tuple(entry.name for entry in default if entry.output is Output.TRACKS)


def exon_models() -> tuple[str, ...]:
    """Those that predict how a variant changes the inclusion of exons; they run by themselves."""
    return tuple(entry.name for entry in entries() if entry.output is Output.EXONS)


def tissue_models() -> tuple[str, ...]:
    """Those that predict in which tissues it changes more or less than that."""
    return tuple(entry.name for entry in entries() if entry.output is Output.EXON_TISSUES)


def measured_rows() -> tuple[Row, ...]:
    """Tables of measurements on the shelf, which compute nothing."""
    here = (entry for entry in entries() if entry.output is Output.MEASURED_EXONS)
    return tuple(entry.row for entry in here if entry.row is not None)


def always_here() -> tuple[Entry, ...]:
    """Those whose weights come with their code, genoview's or that of another package."""
    return tuple(entry for entry in _runnable() if entry.row is None)


def gene_models() -> tuple[str, ...]:
    """Those that predict one number per gene, and draw no tracks."""
    return tuple(entry.name for entry in entries() if entry.output is Output.GENE_LEVELS)


def file_models() -> tuple[Entry, ...]:
    """Those that can score a file of variants, by their kind of score."""
    scoring = (entry for entry in _runnable() if entry.variant_score.is_of_files)
    return tuple(sorted(scoring, key=lambda entry: _SCORES.index(entry.variant_score)))


def default_file_models() -> tuple[str, ...]:
    """Those of them that run where nobody chooses."""
    default = (entry for entry in file_models() if entry.runs_by_default)
    return tuple(entry.name for entry in default if entry.output is Output.TRACKS)


def shelf_rows() -> tuple[Row, ...]:
    """Published weights that a person may add."""
    return tuple(entry.row for entry in entries() if entry.row is not None)


def setups() -> dict[str, Setup]:
    """What a person sets up, by the model's name."""
    return {entry.name: entry.setup for entry in entries() if entry.setup is not None}


def configured_class(name: str) -> type[Backend]:
    """Of a model that a person sets up; errors as in `setups()[name]`."""
    return {entry.name: entry for entry in entries() if entry.setup}[name].load_class()


def is_here(entry: Entry, folder: ModelFolder) -> bool:
    """Whether its weights are."""
    return entry.row is None or folder.presence(entry.row) is Presence.HERE


def row_of(name: str) -> Row:
    """The row of the shelf of that name.

    Raises:
        BackendError: there is none.
    """
    rows = {row.name: row for row in shelf_rows()}
    if name not in rows:
        known = ", ".join(rows)
        raise BackendError(f"There is no model {name!r} on the shelf. There are: {known}.")
    return rows[name]


def splice_rules(name: str) -> SpliceRules | None:
    """How delta scores of a model are computed; None of one that has none."""
    return next((entry.splice_rules for entry in entries() if entry.name == name), None)


def entry_of(name: str) -> Entry:
    """A model that runs here without being set up.

    Raises:
        BackendError: no such model has that name.
    """
    for entry in _runnable():
        if entry.name == name:
            return entry
    if name.startswith(OWN):
        return Entry(name, "genoview.models.own_model", "OwnModel", is_own=True)
    known = ", ".join(entry.name for entry in _runnable() if entry.output is Output.TRACKS)
    raise BackendError(f"There is no model {name!r}. There are: {known}.")


def card_of(name: str, models_dir: Path = Path("models")) -> ModelCard:
    """What a reader should know of a model, without loading its weights.

    Raises:
        BackendError: unknown model, or an own model without a manifest.
    """
    entry = entry_of(name)
    return read_manifest(models_dir / name).card if entry.is_own else entry.card


def own_models(models_dir: Path) -> tuple[str, ...]:
    """Names of the models that a person has put into the folder, by their manifests."""
    return tuple(sorted(path.parent.name for path in models_dir.glob(f"{OWN}*/{MANIFEST}")))


def create(
    name: str,
    device: str = "cpu",
    dtype: str = "float32",
    models_dir: Path = Path("models"),
) -> Backend:
    """A model with its weights on a device.

    Args:
        models_dir: where models of the shelf lie, each in a folder by its name.

    Raises:
        BackendError: unknown model, missing weights, or no such device.
    """
    entry = entry_of(name)
    facts: dict[str, Any] = {"folder": models_dir / name} if entry.reads_folder else {}
    return entry.load_class()(device=device, dtype=dtype, **facts)


def create_gene_model(
    name: str, device: str = "cpu", models_dir: Path = Path("models")
) -> GeneModel:
    """A model of genes with its weights on a device; errors as in `create`."""
    entry = entry_of(name)
    facts: dict[str, Any] = {"folder": models_dir / name} if entry.reads_folder else {}
    return entry.load_gene_class()(device=device, **facts)  # type: ignore[call-arg]


def create_exon_model(name: str, device: str = "cpu") -> ExonModel:
    """A model of exons with its weights on a device; errors as in `create`."""
    return entry_of(name).load_exon_class()(device=device)  # type: ignore[call-arg]


def create_tissue_model(name: str, device: str = "cpu") -> TissueExonModel:
    """A model of exons by tissue with its weights on a device; errors as in `create`."""
    return entry_of(name).load_tissue_class()(device=device)  # type: ignore[call-arg]
