"""AlphaGenome by service, by server and here: what a reader should know, and how it is set up."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family
from genoview.models.alphagenome.outputs import CITATION, TERMS
from genoview.models.entry import Access, Setup

HOSTED, SERVER, LOCAL = "alphagenome", "server", "alphagenome-local"
KEY_VARIABLE = "ALPHA_GENOME_API_KEY"  # as other programs of the field call it
CLIENT = "alphagenome"  # Python package that speaks the protocol
CLIENT_COMMAND = "pip install 'genoview[alphagenome]'"
PARAMETERS = 450_452_613  # of the published AlphaGenome
_SUMMARY = "RNA, splicing, chromatin and contacts in many tissues"
_PREDICTS = (
    "What thousands of experiments in tissues and cell lines would measure, from up to one "
    "megabase of sequence read at once."
)
_LIMITS = (
    "Each value depends on the whole window: a longer one sees more. Effects that arise beyond the "
    "window, rare cell types and what sequence alone does not decide are not seen. Averages of "
    "many people's experiments, not of one person."
)
HOSTED_CARD = ModelCard(
    name=HOSTED,
    title="AlphaGenome",
    family=Family.EXPRESSION,
    predicts=_PREDICTS,
    limits=f"{_LIMITS} The sequence is sent to Google DeepMind's service.",
    licence=TERMS,
    citation=CITATION,
    source="Google DeepMind's service, by its client alphagenome 0.10.0 (Apache-2.0)",
    parameters=PARAMETERS,
    summary=_SUMMARY,
)
SERVER_CARD = ModelCard(
    name=SERVER,
    title="Model server",
    family=Family.EXPRESSION,
    predicts="What the models of a server predict, which speaks AlphaGenome's protocol.",
    limits=(
        "Those of the server's models, which the protocol does not send. A model that reads on "
        "both sides of a base reads N beyond the window: towards its ends the values are not to "
        "be relied on. The sequence is sent."
    ),
    licence="that of the server's models; ask who runs it",
    citation=CITATION,
    source="a server by its address, by the client alphagenome 0.10.0 (Apache-2.0)",
    parameters=0,
    summary="What the models of a server predict",
)
LOCAL_CARD = ModelCard(
    name=LOCAL,
    title="AlphaGenome on this machine",
    family=Family.EXPRESSION,
    predicts=_PREDICTS,
    limits=_LIMITS,
    licence=TERMS,
    citation=CITATION,
    source="weights by Google DeepMind, read by alphagenome-pt 1.0.0 (Apache-2.0)",
    parameters=PARAMETERS,
    summary=_SUMMARY,
)
HOSTED_SETUP = Setup(
    HOSTED_CARD,
    Access.HOSTED,
    CLIENT,
    CLIENT_COMMAND,
    words="Google DeepMind's service. Each view sends its sequence there, and takes quota.",
    key_variable=KEY_VARIABLE,
)
SERVER_SETUP = Setup(
    SERVER_CARD,
    Access.SERVER,
    CLIENT,
    CLIENT_COMMAND,
    words=(
        "A server that speaks AlphaGenome's protocol, such as genoview's own on a machine with a "
        "GPU."
    ),
    place_label="Address",
    place_example="gpu.example.org:50051",
)
LOCAL_SETUP = Setup(
    LOCAL_CARD,
    Access.WEIGHTS,
    package="alphagenome_pt",
    command="pip install 'genoview[alphagenome-pt]'",
    words="Weights in a folder of this machine. One megabase wants a large GPU.",
    place_label="Folder of weights",
    place_example="/data/alphagenome",
)
