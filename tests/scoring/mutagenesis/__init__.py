"""Tests of mutagenesis."""
