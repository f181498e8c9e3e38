"""Texts and files that mean harm -> every reader and form: no traceback, no crash, no freeze.

    python scripts/fuzz.py [--share 0.02] [--seed 7] [--only tracks]

Each round runs in a child process: a crash, 10 s and 1 GB are counted as such.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from genoview.runtime.assemblies import open_assembly  # noqa: E402
from genoview.runtime.settings import read_settings  # noqa: E402
from tests.support.fuzz.rounds import rounds  # noqa: E402
from tests.support.fuzz.run import Round, table  # noqa: E402

SHOWN = 12  # faults of a round


def main() -> int:
    """0 where nothing broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the cases of each round")
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--only", default="", help="rounds by a pattern of their names")
    given = parser.parse_args()
    done: list[Round] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"GENOVIEW_CACHE": folder, "GENOVIEW_CONFIG": f"{folder}/none"})
        demo = open_assembly(settings.assemblies[0], settings)
        for each in rounds(demo, given.share):
            if not re.search(given.only, each.name):
                continue
            each.play(given.seed)
            done.append(each)
            print(each.line, *each.faults[:SHOWN], sep="\n    ", flush=True)
    print(f"\n{table(done)}")
    return int(any(each.faults for each in done))


if __name__ == "__main__":
    sys.exit(main())
