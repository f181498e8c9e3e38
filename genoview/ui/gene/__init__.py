"""The page Gene: where and how a gene is used."""
