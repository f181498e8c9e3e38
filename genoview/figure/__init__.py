"""Answers of models -> one Plotly figure."""
