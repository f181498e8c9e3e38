"""A Plotly figure made in Python, drawn in the page with a genome browser's gestures."""

from genoview.ui.trackview.component import ViewerOptions, Viewport, track_view, viewport_of

__all__ = ["ViewerOptions", "Viewport", "track_view", "viewport_of"]
