"""A report of a request: as document, tables and JSON."""
