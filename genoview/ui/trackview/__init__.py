"""A Plotly figure made in Python, drawn in the page with a genome browser's gestures."""

from genoview.ui.trackview.component import Viewport, track_view, viewport_of

__all__ = ["Viewport", "track_view", "viewport_of"]
