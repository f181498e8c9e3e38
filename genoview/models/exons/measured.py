"""Measured inclusion of exons: what a reader should know, and the package that publishes it."""

from typing import ClassVar

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family
from genoview.models.weights import Row, WeightFile

GTEX_INCLUSION_CARD = ModelCard(
    name="gtex-inclusion",
    title="GTEx inclusion of exons",
    family=Family.SPLICING,
    predicts=(
        "Nothing: what share of RNA has an exon (percent spliced in, PSI), as counted from RNA of "
        "54 tissues of GTEx, for about 600,000 exons of GRCh37 and of GRCh38. Changes of "
        "inclusion in single tissues are counted from it."
    ),
    limits=(
        "Means of many people: variants of splicing are in them. Exons are those of one release "
        "of GENCODE, by both of their ends. A share of 0 stands for an exon that is skipped as "
        "well as for a gene that is off in the tissue."
    ),
    licence="MIT",
    citation=(
        "Ling JP, Wilks C, Charles R, et al. ASCOT identifies key regulators of neuronal "
        "subtype-specific splicing. Nature Communications 11: 137, 2020. "
        "doi:10.1038/s41467-019-14020-5; GTEx Consortium. The GTEx Consortium atlas of genetic "
        "regulatory effects across human tissues. Science 369: 1318, 2020. "
        "doi:10.1126/science.aaz1776"
    ),
    source="PyPI mmsplice 2.4.0, models/gtex_psi_map37_ranges.csv.gz, gtex_psi_map_ranges.csv.gz",
    parameters=0,
    summary="Measured inclusion of exons in 54 tissues",
)
WHEEL = WeightFile(
    "mmsplice-2.4.0-py2.py3-none-any.whl",
    "https://files.pythonhosted.org/packages/14/aa/"
    "2bd61394b483d56b0d9011921e785d019848216336581b3144a21faff124/"
    "mmsplice-2.4.0-py2.py3-none-any.whl",
    62_420_667,
    "d70a3a281b9433b89e6a8612cc2ca2611f54c35b90f46e16772b2868ec94b60a",
)
GTEX_INCLUSION = Row(
    card=GTEX_INCLUSION_CARD, source="https://pypi.org/project/mmsplice/2.4.0/", files=(WHEEL,)
)


class MeasuredInclusion:
    """A table that a person may add; it is read, and computes nothing."""

    card: ClassVar[ModelCard] = GTEX_INCLUSION_CARD
