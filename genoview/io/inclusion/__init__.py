"""Measured inclusion of exons: tables of GTEx, from the package that publishes them."""
