"""Enformer and Borzoi: what a reader should know, and how they are set up."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family
from genoview.models.entry import Access, Setup

ENFORMER_CARD = ModelCard(
    name="enformer",
    title="Enformer",
    family=Family.EXPRESSION,
    predicts=(
        "CAGE, DNase, ATAC and ChIP-seq coverage in 128-bp bins over 114,688 bp, from 196,608 bp "
        "read at once."
    ),
    limits=(
        "The flanks of what it reads are not predicted. It knows no splicing and no RNA-seq. "
        "Trained on the reference genome: differences between people are predicted far worse than "
        "those between genes."
    ),
    licence="as the source of the weights says; the package that runs them is MIT",
    citation=(
        "Avsec Ž, Agarwal V, Visentin D, et al. Effective gene expression prediction from sequence "
        "by integrating long-range interactions. Nature Methods 18: 1196-1203, 2021. "
        "doi:10.1038/s41592-021-01252-x"
    ),
    source="weights by hub name or folder, run by enformer-pytorch 0.8.12",
    parameters=0,
    summary="CAGE, DNase, ATAC and ChIP-seq in 128-bp bins",
)
BORZOI_CARD = ModelCard(
    name="borzoi",
    title="Borzoi",
    family=Family.EXPRESSION,
    predicts=(
        "RNA-seq, CAGE, DNase, ATAC and ChIP-seq coverage in 32-bp bins over 196,608 bp, from "
        "524,288 bp read at once."
    ),
    limits=(
        "The flanks of what it reads are not predicted. One of four replicates alone is used; "
        "their mean is steadier. Trained on the reference genome, not on differences between "
        "people."
    ),
    licence="as the source of the weights says; the package that runs them is Apache 2.0",
    citation=(
        "Linder J, Srivastava D, Yuan H, Agarwal V, Kelley DR. Predicting RNA-seq coverage from "
        "DNA sequence as a unifying model of gene regulation. Nature Genetics 57: 949-961, 2025. "
        "doi:10.1038/s41588-024-02053-6"
    ),
    source="weights by hub name or folder, run by borzoi-pytorch 0.5.1",
    parameters=0,
    summary="RNA-seq, CAGE, DNase, ATAC, ChIP-seq in 32-bp bins",
)
ENFORMER_SETUP = Setup(
    ENFORMER_CARD,
    Access.CROPPED,
    package="enformer_pytorch",
    command="pip install 'genoview[enformer]'",
    words=(
        "Its weights, in a folder with targets_human.txt, which names the tracks. Not beside "
        "Borzoi in one environment: each wants another version of transformers."
    ),
    place_label="Folder of weights",
    place_example="/data/enformer",
)
BORZOI_SETUP = Setup(
    BORZOI_CARD,
    Access.CROPPED,
    package="borzoi_pytorch",
    command="pip install 'genoview[borzoi]'",
    words=(
        "Its weights, in a folder or by their name on the hub. Not beside Enformer in one "
        "environment: each wants another version of transformers."
    ),
    place_label="Folder or name of weights",
    place_example="/data/borzoi",
)
