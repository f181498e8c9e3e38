"""What others know of a variant, where to look, and the rules that predictions are read by."""
