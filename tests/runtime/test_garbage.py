"""A process that shared models and store ends without a word, closed or not."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os
from genoview.models.binding import jaspar
from genoview.query.resolve import resolve
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

child = os.fork()
bench = Workbench(read_settings())
request = resolve("chr20:42,984,001-42,985,000", bench.assembly())
job = bench.submit(request, "jaspar")
assert job.wait(120) and job.result is not None
if not child:
    bench.close()
elif os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
    raise ChildProcessError("the process that closes its workbench failed")
"""


def test_nothing_is_reported_as_leaked_at_exit(tmp_path: Path) -> None:
    environment = os.environ | {
        "GENOVIEW_CACHE": str(tmp_path / "cache"),
        "GENOVIEW_CONFIG": str(tmp_path / "genoview.toml"),
        "GENOVIEW_DEVICE": "cpu",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert done.stderr == ""
