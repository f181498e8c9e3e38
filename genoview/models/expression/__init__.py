"""Models of promoters, reporter activity and gene expression."""
