"""What a reader should know of the models that come with genoview, without their weights."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family

CISPLICEAI_CARD = ModelCard(
    name="cispliceai",
    title="CI-SpliceAI",
    family=Family.SPLICING,
    predicts=(
        "The probability, from sequence alone, that RNA is spliced at a base: acceptor at the "
        "first base of an exon, donor at its last base, on each strand. It is the mean of "
        "five models that read 5,000 bp on each side."
    ),
    limits=(
        "It knows no tissue, no expression and no amount of splicing: a strong site in a "
        "stretch that is never transcribed still scores. It was trained on collapsed isoforms "
        "of human genes with the bases outside the gene masked; here nothing is masked. "
        "Effects through sequence further than 5,000 bp away are not seen."
    ),
    licence="CC BY 4.0",
    citation=(
        "Strauch Y, Lord J, Niranjan M, Baralle D. CI-SpliceAI: improving machine learning "
        "predictions of disease causing splicing variants using curated alternative splice "
        "sites. PLoS ONE 17(6): e0269159, 2022. doi:10.1371/journal.pone.0269159"
    ),
    source="PyPI cispliceai 1.2.2, data/CI-SpliceAI.pb",
    parameters=3_493_935,
)
