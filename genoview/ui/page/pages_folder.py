"""The one place that sets what Streamlit keeps to itself.

Streamlit runs the scripts of a folder `pages/` beside the main script by themselves, until a first
call of `st.navigation` says otherwise: a first visit to /variant would run pages/variant.py without
app.py around it. The public ways do not serve: no option turns that off, the name of the folder is
kept for its readers, and a call of `st.navigation` before the server starts prints a warning for
each page.
"""

from streamlit.runtime.pages_manager import PagesManager


def use_navigation_alone() -> None:
    """Acts as a call of `st.navigation`; before the first visit."""
    PagesManager.uses_pages_directory = False
