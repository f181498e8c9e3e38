"""TrackData, genes, bases and sites -> rows -> one Plotly figure.

view = View(Interval("chr20", 43_000_000, 43_020_000), width_px=1200)
figure = compose([gene_row(genes, view, LIGHT), signal_row(data, view, LIGHT)], view, LIGHT)
"""

from genoview.figure.panels.binding.logos import Motifs
from genoview.figure.panels.binding.sites import SiteStyle, site_allele_row, site_row
from genoview.figure.panels.contacts.contact_rotation import pair_value
from genoview.figure.panels.contacts.triangles import triangle_allele_rows, triangle_row
from genoview.figure.panels.frame.axis import interval_at, x_range
from genoview.figure.panels.frame.compose import RANDOM_WEIGHTS, Spec, compose, composed
from genoview.figure.panels.frame.fold import fold_row
from genoview.figure.panels.frame.frame import FigureTexts
from genoview.figure.panels.frame.marks import Mark, MarkKind, variant_mark
from genoview.figure.panels.frame.row import Legend, Row, Thing, View
from genoview.figure.panels.frame.row_style import RowStyle, Style
from genoview.figure.panels.frame.scale import AUTO, PROBABILITY, Scale, natural_scale
from genoview.figure.panels.frame.theme import DARK, LIGHT, Theme
from genoview.figure.panels.genome.alt_translation import alt_translation_row
from genoview.figure.panels.genome.genes import gene_row
from genoview.figure.panels.genome.ideogram import ideogram_row
from genoview.figure.panels.genome.outcome import outcome_row
from genoview.figure.panels.genome.sequence import sequence_row
from genoview.figure.panels.genome.translation import translation_rows
from genoview.figure.panels.signal.alleles import ALT_NOTE, DIFFERENCE, allele_rows, change_on
from genoview.figure.panels.signal.base_logo import base_logo_row
from genoview.figure.panels.signal.heat import heat_row
from genoview.figure.panels.signal.level_words import LevelMark
from genoview.figure.panels.signal.levels import level_row
from genoview.figure.panels.signal.mirrored import mirrored_row
from genoview.figure.panels.signal.scores import (
    ScoredVariants,
    against,
    along_chromosome,
    distribution,
    largest,
)
from genoview.figure.panels.signal.signal import signal_row
from genoview.figure.panels.signal.substitutions import Effects, substitution_rows
from genoview.figure.panels.splicing.junctions import junction_allele_rows, junction_row
from genoview.figure.panels.splicing.splicing import splice_row
from genoview.figure.panels.splicing.splicing_alleles import splice_allele_rows
from genoview.figure.panels.tissues.exon_map import exon_map, lanes_of
from genoview.figure.panels.tissues.lane_order import largest_changes
from genoview.figure.panels.tissues.tissues import lanes_in_order, tissue_allele_rows, tissue_row

__all__ = [
    "ALT_NOTE",
    "AUTO",
    "DARK",
    "DIFFERENCE",
    "LIGHT",
    "PROBABILITY",
    "RANDOM_WEIGHTS",
    "Effects",
    "FigureTexts",
    "Legend",
    "LevelMark",
    "Mark",
    "MarkKind",
    "Motifs",
    "Row",
    "RowStyle",
    "Scale",
    "ScoredVariants",
    "SiteStyle",
    "Spec",
    "Style",
    "Theme",
    "Thing",
    "View",
    "against",
    "allele_rows",
    "along_chromosome",
    "alt_translation_row",
    "base_logo_row",
    "change_on",
    "compose",
    "composed",
    "distribution",
    "exon_map",
    "fold_row",
    "gene_row",
    "heat_row",
    "ideogram_row",
    "interval_at",
    "junction_allele_rows",
    "junction_row",
    "lanes_in_order",
    "lanes_of",
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
