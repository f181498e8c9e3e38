"""Masked language models of DNA."""
