"""Files of variants: read, scored in chunks that are cached as they come, written.

Source -> Entry -> Engine -> Row -> VCF, TSV, Parquet
"""

from genoview.runtime.batch.counts import Tally
from genoview.runtime.batch.engine import Engine
from genoview.runtime.batch.reading import BatchFileError, Entry, Source
from genoview.runtime.batch.results import CUTOFFS, Row
from genoview.runtime.batch.runs import Plan, Run, RunFolder
from genoview.runtime.batch.scorers import Scorer, available_models, scorer_named, scorer_of
from genoview.runtime.batch.skipped_lines import Fault, Kind
from genoview.runtime.batch.table import Filter, Score, columns, scores_of, table_provenance
from genoview.runtime.batch.vcf import VcfWriter
from genoview.scoring.model_result import (
    CellChange,
    ExonResult,
    GainScores,
    GeneScores,
    ModelResult,
)

__all__ = [
    "CUTOFFS",
    "BatchFileError",
    "CellChange",
    "Engine",
    "Entry",
    "ExonResult",
    "Fault",
    "Filter",
    "GainScores",
    "GeneScores",
    "Kind",
    "ModelResult",
    "Plan",
    "Row",
    "Run",
    "RunFolder",
    "Score",
    "Scorer",
    "Source",
    "Tally",
    "VcfWriter",
    "available_models",
    "columns",
    "scorer_named",
    "scorer_of",
    "scores_of",
    "table_provenance",
]
