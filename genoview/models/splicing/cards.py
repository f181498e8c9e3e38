"""What a reader should know of the models, without their weights."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family

SPLICED = (
    "The probability, from sequence alone, that RNA is spliced at a base: acceptor at the first "
    "base of an exon, donor at its last base, on each strand. It is the mean of five models that "
    "read 5,000 bp on each side."
)
CISPLICEAI_CARD = ModelCard(
    name="cispliceai",
    title="CI-SpliceAI",
    family=Family.SPLICING,
    predicts=SPLICED,
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
    summary="Probability of splice acceptors and donors",
)

SPLICEAI_CARD = ModelCard(
    name="spliceai",
    title="SpliceAI",
    family=Family.SPLICING,
    predicts=SPLICED,
    limits=(
        "It knows no tissue, no expression and no amount of splicing: a strong site in a "
        "stretch that is never transcribed still scores. It was trained on the principal "
        "transcripts of human genes with the bases outside the gene masked; here nothing is "
        "masked. Effects through sequence further than 5,000 bp away are not seen."
    ),
    licence="CC BY-NC 4.0",
    citation=(
        "Jaganathan K, Kyriazopoulou Panagiotopoulou S, McRae JF, et al. Predicting splicing "
        "from primary sequence with deep learning. Cell 176(3): 535-548, 2019. "
        "doi:10.1016/j.cell.2018.12.015"
    ),
    source="PyPI spliceai 1.3.1, models/spliceai1.h5 to spliceai5.h5, as installed",
    parameters=3_493_935,
    summary="Probability of splice acceptors and donors",
)

PANGOLIN_CARD = ModelCard(
    name="pangolin",
    title="Pangolin",
    family=Family.SPLICING,
    predicts=(
        "The probability, from sequence alone, that a base is a splice site (acceptor or "
        "donor, not told apart) in heart, liver, brain and testis, on each strand. Each is "
        "the mean of three networks that read 5,000 bp on each side."
    ),
    limits=(
        "How often a site is used is predicted by other networks of Pangolin, which are not "
        "read here. It knows no expression: a strong site in a stretch that is never "
        "transcribed still scores. Tissues differ little in most places. Effects through "
        "sequence further than 5,000 bp away are not seen."
    ),
    licence="GPL-3.0",
    citation=(
        "Zeng T, Li YI. Predicting RNA splicing from DNA sequence using Pangolin. Genome "
        "Biology 23: 103, 2022. doi:10.1186/s13059-022-02664-4"
    ),
    source="github.com/tkzeng/Pangolin at 5cf94b8d, pangolin/models/final.*.3.v2",
    parameters=12 * 697_036,
    summary="Probability of splice sites in four tissues",
)
