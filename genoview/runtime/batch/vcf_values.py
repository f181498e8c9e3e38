"""Results of a model -> values of its field of INFO, as the original programs write them."""

from collections.abc import Iterator

from genoview.models.entry import VariantScore
from genoview.runtime.batch import units
from genoview.runtime.batch.results import Row
from genoview.scoring.model_result import ExonResult, GainScores

DELTA_FORMAT = "ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL"
GAIN_FORMAT = "ALLELE|SYMBOL|STRAND|GAIN|LOSS|GAIN_POS|LOSS_POS|GAIN_IN|LOSS_IN"
EXON_FORMAT = "ALLELE|SYMBOL|EXON|START|END|DELTA_LOGIT_PSI|PSI|DELTA_PSI|TISSUE|TISSUE_DELTA_PSI"
ACTIVITY_FORMAT, CHANGE_FORMAT = "ALLELE|CELL|LOG2FC|SPREAD", "ALLELE|CELL|CHANGE|SPREAD"
_OTHERS = {"%": "%25", ";": "%3B", "=": "%3D", ",": "%2C", "|": "%7C"}  # VCF 4.3, section 1.2


def format_of(model: str) -> str:
    """What the parts of a value are."""
    match units.score_kind(model):
        case VariantScore.GAIN_LOSS:
            return GAIN_FORMAT
        case VariantScore.INCLUSION:
            return EXON_FORMAT
        case VariantScore.LOG2_FOLD_CHANGE:
            return ACTIVITY_FORMAT
        case VariantScore.ACTIVITY_CHANGE:
            return CHANGE_FORMAT
    return DELTA_FORMAT


def values_of(row: Row, model: str, masked: bool) -> Iterator[str]:
    """One a gene, or a cell."""
    alt, result = escaped(row.entry.line.alt), row.result(model)
    if result is None:
        return
    for gene in result.genes:
        scores = gene.masked if masked else gene.raw
        yield f"{alt}|{escaped(scores.gene)}|{scores.fields}"
    for gain in result.gains:
        yield f"{alt}|{escaped(gain.gene)}|{_gain_fields(gain, masked)}"
    for exon in result.exons:
        yield f"{alt}|{escaped(exon.gene)}|{_exon_fields(exon)}"
    for cell in result.cells:
        spread = "" if cell.spread is None else f"{cell.spread:.3f}"
        yield f"{alt}|{escaped(cell.cell)}|{cell.change:.3f}|{spread}"


def escaped(text: str) -> str:
    """As a value in INFO may be: without blanks and the marks that part values."""
    plain = "_".join(text.split())
    return "".join(_OTHERS.get(letter, letter) for letter in plain)


def _gain_fields(scores: GainScores, masked: bool) -> str:
    chosen = scores.of(masked)
    gain, loss = chosen.gain, chosen.loss
    amounts = f"{gain.score:.2f}|{loss.score:.2f}|{gain.position}|{loss.position}"
    return f"{scores.strand}|{amounts}|{chosen.gain_in}|{chosen.loss_in}"


def _exon_fields(exon: ExonResult) -> str:
    psi = "" if exon.psi is None else f"{exon.psi:.3f}"
    there = "" if exon.tissue_delta_psi is None else f"{exon.tissue_delta_psi:.3f}"
    place = f"{exon.exon.replace(' of ', '/')}|{exon.first}|{exon.last}"
    change = f"{exon.delta_logit_psi:.3f}|{psi}|{exon.delta_psi:.3f}"
    return f"{place}|{change}|{escaped(exon.tissue)}|{there}"
