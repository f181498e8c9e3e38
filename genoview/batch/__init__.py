"""Files of variants: read, scored in chunks that are kept as they come, written.

Source -> Entry -> Engine -> Row -> VCF, TSV, Parquet
"""

from genoview.batch.engine import Engine
from genoview.batch.faults import Fault, Kind
from genoview.batch.reading import BatchFileError, Entry, Source
from genoview.batch.results import (
    CUTOFFS,
    CellChange,
    GainScores,
    GeneScores,
    ModelResult,
    Row,
)
from genoview.batch.runs import Plan, Run, Shelf
from genoview.batch.scorers import MODELS, Scorer, available_models, scorer_of
from genoview.batch.table import Filter, Score, columns, scores_of, table_provenance
from genoview.batch.tally import Tally
from genoview.batch.vcf import VcfWriter

__all__ = [
    "CUTOFFS",
    "MODELS",
    "BatchFileError",
    "CellChange",
    "Engine",
    "Entry",
    "Fault",
    "Filter",
    "GainScores",
    "GeneScores",
    "Kind",
    "ModelResult",
    "Plan",
    "Row",
    "Run",
    "Score",
    "Scorer",
    "Shelf",
    "Source",
    "Tally",
    "VcfWriter",
    "available_models",
    "columns",
    "scorer_of",
    "scores_of",
    "table_provenance",
]
