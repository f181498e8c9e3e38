"""Models of exons: how much a variant changes the share of RNA that has the exon."""
