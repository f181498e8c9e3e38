"""Training code: nothing here is imported by the dashboard."""
