"""What genoview knows of a model: one entry, which page, shelf, batch, server and commands read."""

from dataclasses import dataclass
from enum import Enum
from importlib import import_module

from genoview.data.model_card import ModelCard
from genoview.models.base import Backend
from genoview.models.exons.contract import ExonModel, TissueExonModel
from genoview.models.gene_model import GeneModel
from genoview.models.weights.row import Row


class Output(Enum):
    """What a model's values belong to."""

    TRACKS = "bins of a window"
    GENE_LEVELS = "genes, a number each"
    RESIDUES = "residues of a protein"
    EXONS = "exons, a change of inclusion each"
    EXON_TISSUES = "exons, a change of inclusion in each tissue"
    MEASURED_EXONS = "exons, measured: nothing is computed"


class VariantScore(Enum):
    """Kind of score of a variant's effect, in the order in which scores are listed."""

    DELTA = "gain and loss of acceptors and donors"
    GAIN_LOSS = "gain and loss of splice sites, not told apart"
    INCLUSION = "change of an exon's inclusion, log odds"
    LOG2_FOLD_CHANGE = "log2 of reporter activity, ALT over REF"
    ACTIVITY_CHANGE = "ALT - REF of reporter activity, on the model's own scale"
    MOTIF = "change of the best match of a motif"
    NONE = "none but that of its tracks"

    @property
    def is_activity(self) -> bool:
        """Whether it is of a reporter."""
        return self in (VariantScore.LOG2_FOLD_CHANGE, VariantScore.ACTIVITY_CHANGE)

    @property
    def is_of_files(self) -> bool:
        """Whether a file of variants can be scored so."""
        return self not in (VariantScore.MOTIF, VariantScore.NONE)


class SpliceRules(Enum):
    """How delta scores are computed and masked; the value names the program that does so."""

    NEAREST_BOUNDARY = "spliceai"
    KNOWN_SITES = "cispliceai"


@dataclass(frozen=True, slots=True)
class Mutagenesis:
    """Scores of every substitution: one a strand, a motif, one of `outputs`, or a single one.

    Attributes:
        prefix: of the scores' ids, before the strand, motif or output.
        title, label: with {} for the same, in words.
        outputs: groups of the model's tracks.
        bins_at_once: that are computed and cached together, of a model with outputs.
    """

    prefix: str
    title: str
    label: str
    outputs: tuple[str, ...] = ()
    bins_at_once: int = 1


class Access(Enum):
    """How a model that a person sets up is reached."""

    HOSTED = "the service of its authors"
    SERVER = "a server, by its address"
    WEIGHTS = "weights that give several outputs"
    CROPPED = "weights of a model that predicts the middle of its window alone"
    LANGUAGE = "weights of a language model"
    PROTEIN = "weights of a language model of proteins"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a person does before a model that is not embedded can be used.

    Attributes:
        package: that must be installed, as Python imports it; `command` installs it.
        words: on the page, where the model is and what it takes.
        place_label: of the page's input; empty for a hosted service, which needs none.
        place_example: in the empty field.
    """

    card: ModelCard
    access: Access
    package: str
    command: str
    words: str
    place_label: str = ""
    place_example: str = ""
    key_variable: str = ""  # environment variable of the key

    @property
    def is_service(self) -> bool:
        """Whether sequence is sent away."""
        return self.access in (Access.HOSTED, Access.SERVER)

    @property
    def is_of_proteins(self) -> bool:
        """Whether it reads residues, not bases."""
        return self.access is Access.PROTEIN

    @property
    def how(self) -> str:
        """The command line that sets it up, in words."""
        use = f"`genoview models use {self.card.name}"
        if self.access is Access.HOSTED:
            return f"{use}` (its key in {self.key_variable})"
        return f"{use} --place {'HOST:PORT' if self.access is Access.SERVER else 'FOLDER'}`"


@dataclass(frozen=True, slots=True, eq=False)  # one object a model: a cheap key of caches
class Entry:
    """One model; its class is imported when it is first used.

    Where `row`, `setup` and `is_own` are empty the weights come with the code.

    Attributes:
        module, class_name: a `Backend`, or a model of genes, residues, exons or exons by tissue.
        runs_by_default: where a reader chooses no models.
        row: published weights that a person adds.
        setup: what a person sets up, of a service or of weights that lie elsewhere.
        is_own: a person's own folder with a manifest.
        own_card: of a model without `row` or `setup`, to be had without importing the class.
        package: that brought it, by its entry points; empty of genoview's own.
    """

    name: str
    module: str
    class_name: str
    output: Output = Output.TRACKS
    variant_score: VariantScore = VariantScore.NONE
    splice_rules: SpliceRules | None = None
    mutagenesis: Mutagenesis | None = None
    runs_by_default: bool = False
    row: Row | None = None
    setup: Setup | None = None
    is_own: bool = False
    package: str = ""
    own_card: ModelCard | None = None

    @property
    def reads_folder(self) -> bool:
        """Whether its class takes the folder of its files."""
        return self.is_own or (self.row is not None and bool(self.row.files))

    @property
    def card(self) -> ModelCard:
        """Without loading weights."""
        known = self.setup or self.row
        if known is not None:
            return known.card
        return self.own_card or self.load_class().card

    @property
    def vcf_tag(self) -> str:
        """Its field of INFO."""
        return self.class_name

    def load_class(self) -> type[Backend]:
        loaded: type[Backend] = getattr(import_module(self.module), self.class_name)
        return loaded

    def load_gene_class(self) -> type[GeneModel]:
        loaded: type[GeneModel] = getattr(import_module(self.module), self.class_name)
        return loaded

    def load_tissue_class(self) -> type[TissueExonModel]:
        loaded: type[TissueExonModel] = getattr(import_module(self.module), self.class_name)
        return loaded

    def load_exon_class(self) -> type[ExonModel]:
        loaded: type[ExonModel] = getattr(import_module(self.module), self.class_name)
        return loaded
