"""Where the embedded weights, genome and tables lie: in `assets/`, next to the package."""

from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
