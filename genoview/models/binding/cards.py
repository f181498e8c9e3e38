"""What a reader should know of the models that come with genoview, without their weights."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family

JASPAR_CARD = ModelCard(
    name="jaspar",
    title="JASPAR2024 human motifs",
    family=Family.BINDING,
    predicts=(
        "For each of 755 transcription factor matrices, in bins of 10 bp, the probability "
        "that at least one site touching the bin is bound, were the factor present at the "
        "concentration that binds a site of p-value 1e-4 half the time; from the motif score "
        "of the better strand. Sites are listed where the p-value of the score on one "
        "strand, in random sequence with a quarter of each base, is below 1e-4."
    ),
    limits=(
        "A motif score turned into occupancy, not measured binding: it knows nothing of "
        "chromatin, cell type, cofactors or how much of a factor there is, and most sites "
        "listed are not bound in a given cell. P-values are not corrected for the number of "
        "positions and motifs. Motifs of 5 and 6 bp (75 of them) are too short for a p-value "
        "of 1e-4 and list no sites. A single site's probability below 1/1000 is set to 0. "
        "Sites over N are never seen. For 35 matrices JASPAR has a newer version from "
        "another species; the newest human one is used."
    ),
    licence="CC BY 4.0",
    citation="Rauluseviciute et al. 2024, Nucleic Acids Res. 52:D174, doi:10.1093/nar/gkad1059",
    source="JASPAR2024 CORE, human, latest human version of each matrix; PyPI pyjaspar 4.0.0",
    parameters=31_300,
    summary="Where 755 transcription factors could bind",
)
