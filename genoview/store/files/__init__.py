"""DuckDB files: the engine that they are attached to, and the migrations of their tables."""
