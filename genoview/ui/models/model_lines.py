"""The catalogue as lines of a table: what each model is, whether it is here, how fast it runs."""

from dataclasses import dataclass
from importlib.util import find_spec

from genoview.data.model_card import ModelCard
from genoview.errors import GenoviewError
from genoview.models.entry import Access, Entry, Output, Setup
from genoview.models.registry import entries, entry_of, own_models
from genoview.models.weights import Presence
from genoview.runtime.settings import folder_of
from genoview.ui.page import shell

INSTALLED, AVAILABLE = "installed", "available to add"
NOTHING_YET = "–"


@dataclass(frozen=True, slots=True)
class ModelLine:
    """One model.

    Attributes:
        status: in words; `is_here` says whether it can be used now.
        speed: bp/s of its last answer since the start; None before that.
        device: where it runs, in words.
    """

    entry: Entry
    card: ModelCard
    status: str
    is_here: bool
    speed: float | None
    device: str

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def family(self) -> str:
        """Of tracks, or of proteins, which have none."""
        of_proteins = self.entry.output is Output.RESIDUES
        return "protein language" if of_proteins else self.card.family.value

    @property
    def speed_words(self) -> str:
        return f"{self.speed:,.0f} bp/s" if self.speed else NOTHING_YET

    @property
    def can_be_used(self) -> bool:
        """Whether a view draws it when asked to: others always run, or draw nothing."""
        runs = self.entry.runs_by_default or self.entry.setup is not None
        draws = self.entry.output in (Output.TRACKS, Output.GENE_LEVELS)
        return self.is_here and draws and not runs

    def has(self, words: str) -> bool:
        """Whether each of the words stands in what the table says of it."""
        said = f"{self.name} {self.card.title} {self.card.brief} {self.family} "
        said += f"{self.card.licence} {self.status}"
        return all(word in said.lower() for word in words.lower().split())


def model_lines() -> tuple[tuple[ModelLine, ...], tuple[str, ...]]:
    """All models in the catalogue's order, one's own last; and what is wrong with those."""
    lines, problems = [_line(entry) for entry in entries()], []
    for name in own_models(shell.bench().settings.models_dir):
        try:
            lines.append(_line(entry_of(name)))
        except GenoviewError as error:
            problems.append(str(error))
    return tuple(lines), tuple(problems)


def _line(entry: Entry) -> ModelLine:
    bench = shell.bench()
    if entry.setup is not None:
        return _setup_line(entry, entry.setup)
    status, is_here = "your own" if entry.is_own else INSTALLED, True
    if entry.row is not None:
        folder = folder_of(bench.settings)
        status, is_here = folder.words(entry.row), folder.presence(entry.row) is Presence.HERE
    card = bench.card(entry.name) if entry.is_own else entry.card
    loaded = bench.loaded(entry.name)
    device = str(loaded.device) if loaded else bench.device
    return ModelLine(entry, card, status, is_here, bench.speed(entry.name), device)


def _setup_line(entry: Entry, setup: Setup) -> ModelLine:
    """A service, a server, or weights that lie elsewhere."""
    bench = shell.bench()
    model = bench.large.models.get(entry.name)
    speeds = [speed for name in (model.names if model else ()) if (speed := bench.speed(name))]
    return ModelLine(
        entry,
        setup.card,
        "set up" if model else AVAILABLE,
        model is not None and is_installed(setup),
        max(speeds, default=None),
        _device(setup),
    )


def _device(setup: Setup) -> str:
    if setup.is_service:
        return "a service" if setup.access is Access.HOSTED else "a server"
    return shell.bench().device


def is_installed(setup: Setup) -> bool:
    """Whether the package that it needs is."""
    return find_spec(setup.package) is not None
