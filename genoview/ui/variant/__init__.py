"""The page Variant: its answer and its tables."""
