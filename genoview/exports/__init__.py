"""What is in view -> files, each with its provenance inside."""

from genoview.exports.bundle import bundle, file_name
from genoview.exports.genes import genes_bed
from genoview.exports.named import NamedColumn, named_parquet, named_tsv
from genoview.exports.pairs import contacts_csv, junctions_csv
from genoview.exports.pictures import html_page, image
from genoview.exports.provenance import RANDOM_WEIGHTS, ModelUsed, Provenance
from genoview.exports.scores import ScoreRow, scores_csv
from genoview.exports.sites import sites_bed, sites_csv
from genoview.exports.substitutions import substitutions_table
from genoview.exports.tables import csv_table, parquet
from genoview.exports.wiggle import bedgraph, bigwig

__all__ = [
    "RANDOM_WEIGHTS",
    "ModelUsed",
    "NamedColumn",
    "Provenance",
    "ScoreRow",
    "bedgraph",
    "bigwig",
    "bundle",
    "contacts_csv",
    "csv_table",
    "file_name",
    "genes_bed",
    "html_page",
    "image",
    "junctions_csv",
    "named_parquet",
    "named_tsv",
    "parquet",
    "scores_csv",
    "sites_bed",
    "sites_csv",
    "substitutions_table",
]
