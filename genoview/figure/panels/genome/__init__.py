"""Rows of the genome: genes, bases, codons, chromosome."""
