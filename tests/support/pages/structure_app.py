"""The structure of a variant's protein alone, without models; the variant in `q`."""

import streamlit as st

from genoview.query.resolve import resolve
from genoview.report.variant_report import variant_report
from genoview.ui.page import shell
from genoview.ui.page.assets_route import asset_routes
from genoview.ui.variant import structure

MISSENSE = "chr20:43042364:C>T"  # HNF4A Thr117Ile on NM_175914.5


def main() -> None:
    """What the tab shows."""
    st.set_page_config(layout="wide")
    assembly = shell.bench().assembly()
    request = resolve(st.query_params.get("q", MISSENSE), assembly)
    report = variant_report(request, [], assembly)
    structure.show(report)


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, routes=asset_routes())
