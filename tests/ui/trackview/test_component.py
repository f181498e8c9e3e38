"""The Python side of the track view: its bytes, and its place in a script of Streamlit."""

import gzip
import json
import struct

import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

from genoview.ui.trackview.component import encode
from tests.support.paths import ROOT

DEMO = ROOT / "tests" / "browser" / "trackview" / "demo_app.py"


def test_the_script_runs_in_apptest() -> None:
    app = AppTest.from_file(str(DEMO), default_timeout=20).run()
    assert not app.exception
    assert "Python saw nothing" in [text.value for text in app.markdown]
    assert app.get("bidi_component")


def test_encode_keeps_header_and_figure_apart() -> None:
    drawn = go.Figure(layout={"title": "α"}).add_scatter(x=[1, 2], y=[3.5, 4.5])
    payload = encode({"subject": "one"}, drawn)
    (length,) = struct.unpack_from("<I", payload)
    assert json.loads(payload[4 : 4 + length]) == {"subject": "one"}
    packed = gzip.decompress(payload[4 + length :])
    (length,) = struct.unpack_from("<I", packed)
    assert json.loads(packed[4 : 4 + length])["figure"] == json.loads(drawn.to_json())
