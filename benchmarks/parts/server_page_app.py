"""The dashboard with the 64-track model of `server.py` beside its own, for `server_page.py`."""

from pathlib import Path

import streamlit as st
from server import ENTRY

from genoview.models import registry
from genoview.ui.page.assets_route import asset_routes
from genoview.ui.page.shell import lifespan
from genoview.ui.page.streamlit_private import use_navigation_alone
from genoview.ui.page.tiles import tile_routes

registry.MODELS = (*registry.MODELS, ENTRY)
use_navigation_alone()  # as app.py does, which is what runs
SCRIPT = Path(__file__).parents[2] / "app.py"
app = st.App(str(SCRIPT), routes=[*asset_routes(), *tile_routes()], lifespan=lifespan)
