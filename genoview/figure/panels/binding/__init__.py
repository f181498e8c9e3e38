"""Rows of motif sites and their logos."""
