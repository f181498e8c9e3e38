"""Measured tracks beside predictions: the shelf, addresses, and the question before reading."""
