"""What is in view -> files, each with its provenance inside."""

from genoview.io.export.bigwig import bedgraph, bigwig
from genoview.io.export.bundle import bundle, file_name
from genoview.io.export.genes import genes_bed
from genoview.io.export.images import html_page, image
from genoview.io.export.junctions_contacts import contacts_csv, junctions_csv
from genoview.io.export.named_table import NamedColumn, named_parquet, named_tsv
from genoview.io.export.pdf import can_print, pdf
from genoview.io.export.provenance import (
    RANDOM_WEIGHTS,
    ModelUsed,
    Provenance,
    models_used,
    provenance_of,
)
from genoview.io.export.scores import ScoreRow, scores_csv
from genoview.io.export.sites import sites_bed, sites_csv
from genoview.io.export.substitutions import substitutions_table
from genoview.io.export.track_table import csv_table, parquet

__all__ = [
    "RANDOM_WEIGHTS",
    "ModelUsed",
    "NamedColumn",
    "Provenance",
    "ScoreRow",
    "bedgraph",
    "bigwig",
    "bundle",
    "can_print",
    "contacts_csv",
    "csv_table",
    "file_name",
    "genes_bed",
    "html_page",
    "image",
    "junctions_csv",
    "models_used",
    "named_parquet",
    "named_tsv",
    "parquet",
    "pdf",
    "provenance_of",
    "scores_csv",
    "sites_bed",
    "sites_csv",
    "substitutions_table",
]
