"""The report of one page: what it says (record), how it looks (document), and whether it holds."""
