"""AlphaGenome's weights from the hub.

    python -m genoview.models.weights.huggingface FOLDER --accept-terms

Files come whole or not at all: the hub's client resumes what broke off, and each is checked against
the checksum of the hub. Nothing is requested before the terms are accepted.
"""

import argparse
import hashlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genoview.errors import BackendError
from genoview.models.alphagenome.local import INSTALL
from genoview.models.alphagenome.local_folder import PUBLISHED, PUBLISHED_TRACKS
from genoview.models.alphagenome.outputs import TERMS

REPOSITORY = "RylieWeaver/alphagenome-pytorch"
VERSION = "v1.0.0"  # the folder of the repository that alphagenome-pt 1.0.0 reads
FILES = (PUBLISHED_TRACKS, "alphagenome_metadata.json", PUBLISHED)
BLOCK = 2**20  # bytes hashed at a time


def fetch(folder: Path, accepted: bool, repository: str = REPOSITORY) -> list[Path]:
    """The files that a folder of weights holds, fetched where they are absent.

    Raises:
        BackendError: the terms were not accepted, or a file cannot be had whole.
    """
    if not accepted:
        raise BackendError(f"{TERMS}. Add --accept-terms if you accept them.")
    try:
        import huggingface_hub
        from huggingface_hub.errors import HfHubHTTPError
    except ImportError as error:
        raise BackendError(f"The hub's client is not installed. {INSTALL} adds it.") from error
    faults: tuple[type[Exception], ...] = (OSError, HfHubHTTPError, *_network_errors())
    folder.mkdir(parents=True, exist_ok=True)
    targets = []
    try:
        known = _checksums(huggingface_hub.HfApi(), repository)
        for name in FILES:
            target = folder / name
            if not _is_whole(target, known.get(name)):
                _one(huggingface_hub, repository, target)
            if not _is_whole(target, known.get(name)):
                raise BackendError(
                    f"{target} does not have the hub's checksum. Remove it and try again."
                )
            targets.append(target)
    except faults as error:
        raise BackendError(
            f"{repository} cannot be fetched from the hub ({type(error).__name__}). Check the "
            "network and, where the repository requires it, sign in with `hf auth login`. What has "
            "come so far is kept, and goes on from there. Or copy the files into the folder: "
            f"{', '.join(FILES)}."
        ) from error
    return targets


def _network_errors() -> tuple[type[Exception], ...]:
    """Those of the library that the hub's client speaks HTTP by, which its versions differ in."""
    loaded = (sys.modules.get(name) for name in ("httpx2", "httpx"))
    return tuple(library.HTTPError for library in loaded if library is not None)


def _checksums(api: Any, repository: str) -> dict[str, str]:
    """sha256 by name, of the files that the hub keeps one of."""
    entries = api.list_repo_tree(repository, path_in_repo=VERSION)
    return {
        Path(entry.path).name: entry.lfs.sha256
        for entry in entries
        if getattr(entry, "lfs", None) is not None
    }


def _one(library: Any, repository: str, target: Path) -> None:
    """One file, by the hub's own cache, which resumes; copied next to its place, then moved."""
    downloaded = library.hf_hub_download(repository, target.name, subfolder=VERSION)
    beside = target.with_name(f"{target.name}.new")
    shutil.copyfile(downloaded, beside)
    beside.replace(target)


def _is_whole(path: Path, checksum: str | None) -> bool:
    """Whether it is there with that checksum; there at all where none is known."""
    if not path.is_file():
        return False
    return checksum is None or sha256_of(path) == checksum


def sha256_of(path: Path) -> str:
    """Of a file of any size, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if all files are there, 2 with one sentence on stderr if not."""
    parser = argparse.ArgumentParser(prog="genoview.models.weights.huggingface", description=TERMS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accept-terms", action="store_true")
    options = parser.parse_args(arguments)
    try:
        for path in fetch(options.folder, options.accept_terms):
            print(path)
    except BackendError as error:
        print(f"genoview: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
