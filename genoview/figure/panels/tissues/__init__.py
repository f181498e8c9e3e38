"""Rows of many tracks, a lane each."""
