"""What a reader should know of the models, without their weights."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family

PROMOTER_ACTIVITY_CARD = ModelCard(
    name="promoter-activity",
    title="Promoter activity",
    family=Family.EXPRESSION,
    predicts=(
        "Reporter activity of a fragment of 144 bp outside its chromosome, not the expression "
        "level of the gene: how much RNA (log2) a plasmid makes with the 144 bp around the "
        "middle of each 16-bp bin as its promoter, read in the direction of the strand, "
        "above what random DNA makes. Measured in HepG2, K562, HeLa, HUES64 and mouse "
        "embryonic stem cells; the mean of three networks."
    ),
    limits=(
        "A fragment on a plasmid, not a chromosome: nothing of enhancers at a distance, of "
        "chromatin or of the stability of the RNA. On chromosomes held out with all that "
        "resembles them its values correlate with the measured ones by 0.50 in HepG2, 0.57 in "
        "K562, 0.48 in HeLa and 0.76 in HUES64 (Pearson; 0.70 and 0.71 in HepG2 and K562 "
        "without the alleles and deletions of a few fragments). It ranks measured effects of "
        "single substitutions a little better than MPRA-DragoNN, which taught it much of what "
        "it says of them (higher on six of seven elements, clearly on four), and that is "
        "little (Spearman 0.15 to 0.43). HepG2 and K562 largely agree in what a variant does "
        "(0.84), as do HUES64 and mouse stem cells (0.96); the other cell types less, HeLa "
        "least (0.56 to 0.67), but none of these differences was held to measurements of one "
        "variant in two cells: do not read them as specific to a cell type. ± is how far "
        "three training runs differ, and says little of how far they are from the truth."
    ),
    licence="CC BY 4.0",
    citation=(
        "Weights of this project, docs/models/promoter-activity.md. Measured by Mattioli et "
        "al., Genome Research 29: 344-355, 2019, doi:10.1101/gr.242222.118, and Mattioli et "
        "al., Genome Biology 21: 210, 2020, doi:10.1186/s13059-020-02110-3; taught further by "
        "MPRA-DragoNN, Movva et al., PLoS ONE 14: e0218073, 2019, "
        "doi:10.1371/journal.pone.0218073. Motifs: JASPAR2024 (CC BY 4.0), Rauluseviciute et "
        "al., Nucleic Acids Research 52: D174-D182, 2024, doi:10.1093/nar/gkad1059"
    ),
    source="training/promoter_activity of this project",
    parameters=3_479_214,
    summary="Reporter activity of 144-bp promoters, five cell types",
)

PROMID_CARD = ModelCard(
    name="promid",
    title="PromID",
    family=Family.EXPRESSION,
    predicts=(
        "Promoter / TSS probability of the sequence, not expression level: how likely the "
        "1,001 bp around the middle of each 50-bp bin hold a promoter read in the direction "
        "of the strand (the mean of two windows, one around each middle base). A promoter is "
        "a hump of about 300 to 700 bp around its transcription start sites (TSS)."
    ),
    limits=(
        "It knows no cell type, says nothing of how much is transcribed and does not place a "
        "TSS to the base. On chr20 it is above 0.5 at 74% of RefSeq's TSSs of protein-coding "
        "genes (93% where the sequence is rich in CpG, 30% elsewhere) and at 1% of random "
        "places; at 20% of those TSSs it is above 0.5 on the other strand too. Its training "
        "genes are not published with it: the TSSs counted here may be among them. PromID's "
        "second network, which refines the position, is left out: beside the TSSs of RefSeq "
        "it does not find the base."
    ),
    licence="MIT",
    citation=(
        "Umarov R, Kuwahara H, Li Y, Gao X, Solovyev V. Promoter analysis and prediction in "
        "the human genome using sequence-based deep learning models. Bioinformatics 35(16): "
        "2730-2737, 2019. doi:10.1093/bioinformatics/bty1068"
    ),
    source="PyPI promid 1.1, models/model_scan",
    parameters=481_374,
    summary="Where promoters and transcription start sites lie",
)

MPRA_DRAGONN_CARD = ModelCard(
    name="mpra-dragonn",
    title="MPRA-DragoNN",
    family=Family.EXPRESSION,
    predicts=(
        "Reporter activity of a fragment of 145 bp outside its chromosome, around the middle "
        "of each bin of 15 bp, read in the direction of the strand: 12 outputs, "
        "K562 and HepG2 with a minimal promoter (minP) and that of SV40 (SV40P), each as "
        "replicate 1, replicate 2 and both pooled (Sharpr-MPRA)."
    ),
    limits=(
        "A fragment on a plasmid, not a chromosome: nothing of enhancers at a distance or of "
        "chromatin, and not the expression of a gene. The files give no unit: values can be "
        "compared among places, not with a measurement. The effects of substitutions that it "
        "predicts agree little with measured ones (docs/truth.md)."
    ),
    licence="MIT",
    citation=(
        "Movva R, Greenside P, Marinov GK, et al. Deciphering regulatory DNA sequences and "
        "noncoding genetic variants using neural network models of massively parallel "
        "reporter assays. PLoS ONE 14(6): e0218073, 2019. doi:10.1371/journal.pone.0218073"
    ),
    source="github.com/kundajelab/MPRA-DragoNN at 2799ed87, kipoi/ConvModel/pretrained.hdf5",
    parameters=339_012,
    summary="Reporter activity of 145-bp fragments, two cell lines",
)

XPRESSO_CARD = ModelCard(
    name="xpresso",
    title="Xpresso",
    family=Family.EXPRESSION,
    predicts=(
        "The median level of a gene's mRNA over human cell types, from 7,000 bp before its "
        "first transcribed base to 3,500 bp behind: log10 of the level in standard "
        "deviations from the mean gene, so that 0 is the mean gene."
    ),
    limits=(
        "One number a gene, of no cell type. Half-life features of the mRNA are left at "
        "those of the mean gene. The files do not tell the mean and deviation of the levels, "
        "so values cannot be turned into RPKM. What it says of single variants was not "
        "assessed by its authors; enhancers outside of the 10,500 bp are not seen."
    ),
    licence="MIT",
    citation=(
        "Agarwal V, Shendure J. Predicting mRNA abundance directly from genomic sequence "
        "using deep convolutional neural networks. Cell Reports 31(7): 107663, 2020. "
        "doi:10.1016/j.celrep.2020.107663"
    ),
    source="github.com/vagarwal87/Xpresso at b5d1da2b, Fig5_S5/human_trainepoch.11-0.426.h5",
    parameters=112_357,
    summary="Median mRNA level of each gene",
)
