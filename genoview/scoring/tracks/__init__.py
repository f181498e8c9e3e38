"""Scores of tracks that the field recommends, each with its formula."""
