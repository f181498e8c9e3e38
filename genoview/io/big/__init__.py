"""Large files that are read where they lie, a few blocks at a time."""
