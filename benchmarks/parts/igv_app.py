"""igv.js with the same megabase, for `track_view.py`: one page, the library, and range requests.

The same server program as the dashboard's (uvicorn), on loopback; the library goes out gzipped,
as the dashboard's own does, and the data as byte ranges of bigWig files.
"""

import gzip
import json
import sys
from functools import cache
from pathlib import Path

import uvicorn
from parts.track_view_data import FOLDER, read_tracks
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

PAGE = Path(__file__).with_name("igv.html")
LIBRARY = Path(__file__).parents[2] / "build" / "igv" / "package" / "dist" / "igv.min.js"
COLOURS = ("#1f6f8b", "#b4532a", "#1f6f8b", "#b4532a", "#7a4b9d", "#7a4b9d")
GENES_HEIGHT, ROW_HEIGHT = 180, 58  # px


def config_of(n_rows: int) -> dict[str, object]:
    """What `igv.createBrowser` is given: a reference, genes, and the first rows."""
    listed = [
        (track, part.interval)
        for part in read_tracks(FOLDER / "tracks.npz")
        for track in part.tracks
    ][:n_rows]
    whole = listed[0][1]
    reference = {
        "id": "demo",
        "name": "demo",
        "fastaURL": "data/genome.fa",
        "indexURL": "data/genome.fa.fai",
        "wholeGenomeView": False,
    }
    rows: list[dict[str, object]] = [
        {
            "name": "Genes",
            "type": "annotation",
            "format": "bed",
            "url": "data/genes.bed",
            "displayMode": "EXPANDED",
            "height": GENES_HEIGHT,
            "order": 1,
        }
    ]
    for number, (track, _) in enumerate(listed):
        scale = {"min": 0, "max": 1} if track.unit == "probability" else {"autoscale": True}
        rows.append(
            {
                "name": track.label,
                "type": "wig",
                "format": "bigwig",
                "url": f"data/track{number}.bw",
                "height": ROW_HEIGHT,
                "windowFunction": "max",  # else sites of a few bases vanish in a wide view
                "color": COLOURS[min(number, len(COLOURS) - 1)],
                "order": number + 2,
                **scale,
            }
        )
    return {
        "reference": reference,
        "loadDefaultGenomes": False,
        "locus": f"{whole.chrom}:{whole.start + 1}-{whole.end}",
        "showSampleNames": False,
        "showSequence": False,
        "tracks": rows,
    }


def _page(request: Request) -> Response:
    config = json.dumps(config_of(int(request.query_params.get("rows", "20"))))
    return HTMLResponse(PAGE.read_text(encoding="utf-8").replace("__CONFIG__", config))


@cache
def _zipped() -> bytes:
    return gzip.compress(LIBRARY.read_bytes(), compresslevel=9, mtime=0)


def _library(request: Request) -> Response:
    return Response(_zipped(), media_type="text/javascript", headers={"Content-Encoding": "gzip"})


app = Starlette(
    routes=[
        Route("/", _page),
        Route("/igv.min.js", _library),
        Mount("/data", StaticFiles(directory=FOLDER)),
    ]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
