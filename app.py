"""The dashboard: `streamlit run app.py`."""

import streamlit as st

from genoview.ui.access.guard import middleware
from genoview.ui.access.library import is_let_in
from genoview.ui.page import manners, top_bar
from genoview.ui.page.assets_route import asset_routes
from genoview.ui.page.page_document import page_routes
from genoview.ui.page.shell import dress, lifespan, page_links
from genoview.ui.page.streamlit_private import (
    run_no_fragment_that_is_gone,
    send_what_fragments_drew,
    use_navigation_alone,
)
from genoview.ui.page.suggest_route import suggest_routes
from genoview.ui.page.tiles import tile_routes
from genoview.ui.present import page as present_page
from genoview.ui.present import slides
from genoview.ui.saved.short_link import open_short_link


def main() -> None:
    """Pages at the top, the chosen one below."""
    st.set_page_config(page_title="genoview", page_icon="assets/favicon.png", layout="wide")
    pages = page_links()
    page = st.navigation(pages, position="hidden")
    dress()
    manners.install()
    if not is_let_in():
        return
    if slides.is_presented():
        present_page.show()
        return
    open_short_link()
    top_bar.show(pages, page)
    page.run()


if __name__ == "__main__":
    main()
else:
    use_navigation_alone()
    send_what_fragments_drew()
    run_no_fragment_that_is_gone()
    app = st.App(
        __file__,
        routes=[*asset_routes(), *tile_routes(), *suggest_routes(), *page_routes()],
        lifespan=lifespan,
        middleware=middleware(),
    )
