"""Models of splice sites."""
