"""TrackData, genes, bases and sites -> rows -> one Plotly figure.

view = View(Interval("chr20", 43_000_000, 43_020_000), width_px=1200)
figure = compose([gene_row(genes, view, LIGHT), signal_row(data, view, LIGHT)], view, LIGHT)
"""

from genoview.panels.alleles import ALT_NOTE, DIFFERENCE, allele_rows, change_on
from genoview.panels.axis import interval_at, x_range
from genoview.panels.base_logo import base_logo_row
from genoview.panels.compose import RANDOM_WEIGHTS, Spec, compose, composed
from genoview.panels.genes import gene_row
from genoview.panels.heat import heat_row
from genoview.panels.ideogram import ideogram_row
from genoview.panels.junctions import junction_allele_rows, junction_row
from genoview.panels.lane_order import largest_changes
from genoview.panels.level_words import LevelMark
from genoview.panels.levels import level_row
from genoview.panels.logos import Motifs
from genoview.panels.marks import Mark, MarkKind, variant_mark
from genoview.panels.mirrored import mirrored_row
from genoview.panels.outcome import outcome_row
from genoview.panels.row import Legend, Row, Thing, View
from genoview.panels.scale import AUTO, PROBABILITY, Scale, natural_scale
from genoview.panels.scores import ScoredVariants, against, along_chromosome, distribution, largest
from genoview.panels.sequence import sequence_row
from genoview.panels.signal import Style, signal_row
from genoview.panels.sites import site_allele_row, site_row
from genoview.panels.splicing import splice_row
from genoview.panels.splicing_alleles import splice_allele_rows
from genoview.panels.substitutions import Effects, substitution_rows
from genoview.panels.theme import DARK, LIGHT, Theme
from genoview.panels.tissues import tissue_allele_rows, tissue_row
from genoview.panels.translation import translation_rows
from genoview.panels.triangles import triangle_allele_rows, triangle_row
from genoview.panels.turning import pair_value

__all__ = [
    "ALT_NOTE",
    "AUTO",
    "DARK",
    "DIFFERENCE",
    "LIGHT",
    "PROBABILITY",
    "RANDOM_WEIGHTS",
    "Effects",
    "Legend",
    "LevelMark",
    "Mark",
    "MarkKind",
    "Motifs",
    "Row",
    "Scale",
    "ScoredVariants",
    "Spec",
    "Style",
    "Theme",
    "Thing",
    "View",
    "against",
    "allele_rows",
    "along_chromosome",
    "base_logo_row",
    "change_on",
    "compose",
    "composed",
    "distribution",
    "gene_row",
    "heat_row",
    "ideogram_row",
    "interval_at",
    "junction_allele_rows",
    "junction_row",
    "largest",
    "largest_changes",
    "level_row",
    "mirrored_row",
    "natural_scale",
    "outcome_row",
    "pair_value",
    "sequence_row",
    "signal_row",
    "site_allele_row",
    "site_row",
    "splice_allele_rows",
    "splice_row",
    "substitution_rows",
    "tissue_allele_rows",
    "tissue_row",
    "translation_rows",
    "triangle_allele_rows",
    "triangle_row",
    "variant_mark",
    "x_range",
]
