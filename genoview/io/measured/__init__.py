"""Measured tracks of public sources, and by any address, read by range."""
