"""Predictions, scores, the history of queries and saved loci, kept on disk by key."""

from genoview.store.cache import CacheSize, Store
from genoview.store.cached import Question, cached, cached_many, recalled
from genoview.store.history import History, HistoryEntry
from genoview.store.key import PredictionKey
from genoview.store.loci_rows import ImportReport
from genoview.store.prediction_cache import PredictionCache
from genoview.store.saved_loci import SavedLoci
from genoview.store.saved_locus import Label, SavedLocus, TrackSummary
from genoview.store.variant_scores import Scores

__all__ = [
    "CacheSize",
    "History",
    "HistoryEntry",
    "ImportReport",
    "Label",
    "PredictionCache",
    "PredictionKey",
    "Question",
    "SavedLoci",
    "SavedLocus",
    "Scores",
    "Store",
    "TrackSummary",
    "cached",
    "cached_many",
    "recalled",
]
