"""A page with nothing but the track view, for tests of the component alone.

A row's values are its positions' remainders, so a test can tell where a point belongs.
"""

import time

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from genoview.ui.page.assets_route import asset_routes
from genoview.ui.trackview import ViewerOptions, Viewport, track_view, viewport_of

KEY = "view"
WINDOW = (43_000_000.0, 43_100_000.0)
N_POINTS = 2_000  # a row


def compose(n_rows: int, view: Viewport, title: str, dark: bool) -> go.Figure:
    """Rows above each other on one x axis, with points half a view beyond either edge."""
    left = max(view.start - view.width / 2, WINDOW[0])
    right = min(view.end + view.width / 2, WINDOW[1])
    x = np.unique(np.linspace(left, right, N_POINTS).astype(np.int32))
    figure = go.Figure(layout={"template": "plotly_dark" if dark else "plotly_white"})
    for row in range(n_rows):
        name = f"y{row + 1}" if row else "y"
        values = (x % (1000 * (row + 1))).astype(np.float32)
        figure.add_scatter(
            x=x, y=values, yaxis=name, xaxis="x", name=f"row {row + 1}", mode="lines"
        )
        domain = [1 - (row + 0.9) / n_rows, 1 - row / n_rows]
        axis = {"domain": domain, "title": {"text": f"row {row + 1}"}, "anchor": "x"}
        figure.update_layout({f"yaxis{row + 1}" if row else "yaxis": axis})
    figure.update_layout(title=title, height=120 + 90 * n_rows, showlegend=False)
    figure.update_xaxes(range=[view.start, view.end], tickformat=",d", anchor=f"y{n_rows}")
    return figure


@st.fragment
def tracks(n_rows: int, subject: str, dark: bool, wait: float) -> None:
    """Answer the reader's viewport with points of its resolution."""
    seen = viewport_of(KEY, subject)
    time.sleep(wait if seen else 0)
    st.session_state.answers = st.session_state.get("answers", 0) + 1
    title = f"{subject}, answer {st.session_state.answers}"
    figure = compose(n_rows, seen or Viewport(43_020_000, 43_080_000), title, dark)
    if st.session_state.get("broken"):
        # Three bytes are no whole number of float32 values: plotly.js throws.
        figure._data[0]["y"] = {"dtype": "f4", "bdata": "QUJD"}
    view = track_view(
        figure,
        KEY,
        ViewerOptions(
            subject=subject,
            limits=WINDOW,
            file_stem="demo-view",
            chrom="chr20",
            theme="dark" if dark else "light",
            link_param="at",
        ),
    )
    st.write(f"Python saw {view.start:.1f} to {view.end:.1f}" if view else "Python saw nothing")


def main() -> None:
    """The widgets that a test turns, and the view."""
    st.set_page_config(layout="wide")
    subject = st.radio("Subject", ["first", "second"], horizontal=True)
    n_rows = int(st.number_input("Rows", 1, 20, 3))
    wait = float(st.number_input("Wait", 0.0, 10.0, 0.0))
    dark = st.toggle("Dark")
    st.toggle("Broken", key="broken")
    if st.toggle("Shown", value=True):
        tracks(n_rows, subject, dark, wait)
    st.write("End of the page" + "\n\n." * 30)


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, routes=asset_routes())
