"""The reader's own files: upload or path in, LocalFile out, kept for this session alone."""

import hashlib
import shutil
import tempfile
import weakref
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from genoview.data.input.decoding import file_name_of
from genoview.errors import GenoviewError
from genoview.io.formats import LocalFile, accepted, format_faults, open_tracks, suffixes
from genoview.runtime.settings import TrackConfig
from genoview.runtime.standing_tracks import StandingTracks
from genoview.ui.access import who
from genoview.ui.page import shell
from genoview.ui.plain import plain

KEY = "local_files"
UPLOAD, PATH = "local_upload", "local_path"
PROMISE = (
    "Files stay on the machine that runs genoview: they are in no link and no cache, and "
    "uploads are removed when the session ends or genoview stops."
)


class _Folder:
    """A temporary folder that goes when the session's state does, or the server.

    Not by a cache of the session: those go at a dropped connection, after which readers return.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="genoview-"))
        self.path.chmod(0o700)
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass
class _SessionFiles:
    """Files of one session.

    Attributes:
        files: by a key of their own; `problems` are shown once.
        seen: genomes whose tracks of the settings were opened.
        round: counts uploads, for an empty field after each.
    """

    files: dict[str, LocalFile] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    round: int = 0
    folder: _Folder | None = None


def files(assembly_name: str) -> tuple[LocalFile, ...]:
    """Files to draw on this genome: those of the settings, then those of the session."""
    session = _session_files()
    _open_settings(session, assembly_name)
    return tuple(file for file in session.files.values() if file.assembly == assembly_name)


def menu(assembly_name: str) -> None:
    """Fields for an upload and a path, and the list of what is there."""
    session = _session_files()
    st.caption(PROMISE)
    upload_key = f"{UPLOAD}_{session.round}"
    st.file_uploader(
        plain(accepted()),
        type=list(suffixes()),
        accept_multiple_files=True,
        key=upload_key,
        on_change=_take_uploads,
        args=(upload_key, assembly_name),
    )
    if who.may_name_paths():
        st.text_input(
            "Or the path of a file on that machine",
            key=PATH,
            placeholder="/data/coverage.bw",
            on_change=_take_path,
            args=(assembly_name,),
        )
    shown = files(assembly_name)  # first, for what is wrong with those of the settings
    for fault in format_faults():
        st.warning(plain(fault), icon=":material/extension_off:")
    for problem in session.problems:
        st.error(plain(problem), icon=":material/error:")
    session.problems.clear()
    for key, file in list(session.files.items()):
        if file in shown:
            _entry(key, file)


def _entry(key: str, file: LocalFile) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{file.title} · {file.kind.name} · {file.size_words}")
        st.button(
            "Remove",
            key=f"local-remove-{key}",
            type="tertiary",
            help="Take it out of the rows; a file given by its path stays where it is.",
            on_click=_remove,
            args=(key,),
        )
    if lines := skipped_lines(file):
        st.caption("\n".join(f"- {plain(line)}" for line in lines))


def skipped_lines(file: LocalFile) -> list[str]:
    """What is not drawn of a file, and why, a sentence each."""
    lines = [
        f"{n:,} {'line' if n == 1 else 'lines'} left out: {reason}, "
        f"{'' if n == 1 else 'first '}line {file.examples[reason]:,}"
        for reason, n in file.skipped.items()
    ]
    if file.n_elsewhere:
        noun = "line" if file.n_elsewhere == 1 else "lines"
        lines.append(
            f"{file.n_elsewhere:,} {noun} on chromosomes that {file.assembly} does not have"
        )
    return [*lines, *file.warnings, *file.notes]


def _session_files() -> _SessionFiles:
    if KEY not in st.session_state:
        st.session_state[KEY] = _SessionFiles()
    session: _SessionFiles = st.session_state[KEY]
    return session


def _take_uploads(key: str, assembly_name: str) -> None:
    session = _session_files()
    session.round += 1
    uploads: list[UploadedFile] = st.session_state.get(key) or []
    for upload in uploads:
        session.folder = session.folder or _Folder()
        name = file_name_of(upload.name)
        digest = hashlib.sha256(upload.getbuffer()).hexdigest()[:16]
        target = session.folder.path / digest
        target.mkdir(exist_ok=True)
        (target / name).write_bytes(upload.getbuffer())
        opened = _take(session, target / name, name, assembly_name, digest)
        if opened is None or opened.kind.is_text:  # read whole, so no longer needed
            (target / name).unlink(missing_ok=True)


def _take_path(assembly_name: str) -> None:
    text, session = str(st.session_state[PATH]), _session_files()
    if not text.strip():
        return
    st.session_state[PATH] = ""
    try:
        path = who.typed_path(text)
    except GenoviewError as error:
        session.problems.append(str(error))
        return
    _take(session, path, path.name, assembly_name, str(path))


def _take(
    session: _SessionFiles, path: Path, title: str, assembly_name: str, key: str
) -> LocalFile | None:
    """Open a file; one that cannot be read is reported, and the others stay."""
    try:
        chroms = shell.bench().assembly(assembly_name).reference.chromosomes
        opened = open_tracks(path, title=title, assembly=assembly_name, chroms=chroms)
    except GenoviewError as error:
        session.problems.append(str(error))
        return None
    session.files.update(_by_key(f"{assembly_name} {key}", opened))
    return opened[0]


def _by_key(key: str, tracks: tuple[LocalFile, ...]) -> dict[str, LocalFile]:
    """Each track of a file by a key of its own; the first has the file's."""
    return {f"{key} {i}" if i else key: track for i, track in enumerate(tracks)}


def _remove(key: str) -> None:
    session = _session_files()
    file = session.files.pop(key, None)
    if file and session.folder and file.path.is_relative_to(session.folder.path):
        file.path.unlink(missing_ok=True)


def _open_settings(session: _SessionFiles, assembly_name: str) -> None:
    """The tracks of the settings, once a session and genome; a reader may remove them."""
    if assembly_name in session.seen:
        return
    session.seen.add(assembly_name)
    bench = shell.bench()
    names = {assembly_name.lower(), bench.assembly(assembly_name).family.lower()}
    for track in bench.settings.tracks:
        if track.assembly and track.assembly.lower() not in names:
            continue
        try:
            opened = _shared(track, assembly_name, _changed(track.path))
        except GenoviewError as error:
            session.problems.append(str(error))
        else:
            session.files.update(_by_key(f"{assembly_name} {track.path}", opened))


@cache
def _shared(track: TrackConfig, assembly_name: str, changed: int) -> tuple[LocalFile, ...]:
    """Read once for all sessions, and again when the file has changed."""
    chroms = shell.bench().assembly(assembly_name).reference.chromosomes
    folder = shell.bench().settings.cache_dir / "standing-tracks"
    return StandingTracks(folder).open(track, assembly_name, chroms)


def _changed(path: Path) -> int:
    """Nanoseconds of the last change; 0 of a file that is absent."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
