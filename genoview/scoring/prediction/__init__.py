"""Scores of a variant -> the prediction that a reader sees first, and the rules it is read by."""
