"""What a reader should know of the models that are not embedded."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family
from genoview.models.alphagenome.outputs import CITATION, TERMS

PARAMETERS = 450_452_613  # of the published AlphaGenome
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
    name="alphagenome",
    title="AlphaGenome",
    family=Family.EXPRESSION,
    predicts=_PREDICTS,
    limits=f"{_LIMITS} The sequence is sent to Google DeepMind's service.",
    licence=TERMS,
    citation=CITATION,
    source="Google DeepMind's service, by its client alphagenome 0.10.0 (Apache-2.0)",
    parameters=PARAMETERS,
)
SERVER_CARD = ModelCard(
    name="server",
    title="Model server",
    family=Family.EXPRESSION,
    predicts="What the models of a server predict, which speaks AlphaGenome's protocol.",
    limits=(
        "Those of the server's models, which the protocol does not tell. A model that reads on "
        "both sides of a base reads N beyond the window: towards its ends the values are not to "
        "be relied on. The sequence is sent."
    ),
    licence="that of the server's models; ask its keeper",
    citation=CITATION,
    source="a server by its address, by the client alphagenome 0.10.0 (Apache-2.0)",
    parameters=0,
)
LOCAL_CARD = ModelCard(
    name="alphagenome-local",
    title="AlphaGenome on this machine",
    family=Family.EXPRESSION,
    predicts=_PREDICTS,
    limits=_LIMITS,
    licence=TERMS,
    citation=CITATION,
    source="weights by Google DeepMind, read by alphagenome-pt 1.0.0 (Apache-2.0)",
    parameters=PARAMETERS,
)
