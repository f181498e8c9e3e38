"""Enformer and Borzoi: models whose output is the middle of their window."""
