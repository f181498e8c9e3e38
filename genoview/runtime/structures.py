"""Protein structures of an installation: AlphaFold DB's, on consent, cached and read offline."""

import json
import threading
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from genoview.data.genome import Variant
from genoview.data.progress import Progress, no_progress
from genoview.data.protein.structure import Structure
from genoview.errors import QueryError, SettingsError, StoreError
from genoview.io.assembly import Assembly
from genoview.io.refseq.uniprot import accessions_of
from genoview.io.remote.consent import host_of
from genoview.io.remote.private_files import write_private
from genoview.io.structure.alphafold import (
    SERVICE,
    TITLE,
    fetch_model,
    read_accession,
    service_file,
)
from genoview.io.structure.reader import StructureError, read_structure
from genoview.report.consequences import chosen_of, consequences_of
from genoview.report.structure import StructureFacts, facts_at, protein_of
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import Settings
from genoview.runtime.workbench import Workbench
from genoview.scoring.structure.numbering import NoFit

KEPT_OPEN = 4  # structures in memory, some MB each


@lru_cache(maxsize=1)
def structures_of(bench: Workbench) -> "Structures":
    """Of this installation, the same at each call."""
    return Structures(bench.settings, bench.remote_genomes)


def kept_facts(bench: Workbench, variant: Variant, assembly: Assembly) -> StructureFacts | None:
    """Of the residue that changes, in a structure on this machine that is readable and fits.

    Raises:
        GenoviewError: the genes or the bases cannot be read.
    """
    chosen = chosen_of(consequences_of(variant, assembly), "")
    number = chosen.consequence.residue if chosen else None
    structures = structures_of(bench)
    accession = structures.accession_of(chosen.named.symbol) if chosen and number else ""
    if not (chosen and number and accession and structures.kept(accession)):
        return None
    protein = protein_of(chosen.named.transcript, assembly.reference.fetch)
    if number > len(protein):
        return None
    try:
        facts = facts_at(structures.open(accession), protein, number)
    except (NoFit, StructureError):  # of another isoform, or damaged
        return None
    return StructureFacts(facts, structures.words(accession))


class Structures:
    """Thread safe. Files lie in the cache as `AF-P41235.cif`, their release beside them."""

    def __init__(self, settings: Settings, genomes: RemoteGenomes) -> None:
        self.folder = settings.cache_dir / "structures"
        self.service = settings.genomes_mirror.rstrip("/") or SERVICE
        self._chosen = settings.config_path.parent / "accessions.json"
        self._genomes = genomes
        self._lock = threading.Lock()
        self._open: OrderedDict[Path, tuple[int, Structure]] = OrderedDict()

    @property
    def host(self) -> str:
        """Who would be asked."""
        return host_of(self.service)

    @property
    def is_allowed(self) -> bool:
        """Unless the settings have `network = false`."""
        return self._genomes.policy().allowed

    @property
    def is_agreed(self) -> bool:
        """Whether the host may be asked for structures."""
        return self.is_allowed and self._genomes.is_agreed_to(service_file(self.service))

    def agree(self) -> None:
        """Write down that the person agrees to it.

        Raises:
            SettingsError: it cannot be written.
        """
        self._genomes.agree_to(service_file(self.service))

    def accession_of(self, gene: str) -> str:
        """What a person chose for a gene, else the first of HGNC's; "" where none is known.

        Raises:
            AnnotationError: the table cannot be read.
        """
        known = accessions_of(gene)
        return self._choices().get(gene) or (known[0] if known else "")

    def choose(self, gene: str, text: str) -> str:
        """Remember a typed accession for a gene; returns it as UniProt writes it.

        Raises:
            QueryError: it is no accession.
            SettingsError: it cannot be written.
        """
        accession = read_accession(text)
        try:
            with self._lock:
                choices = self._choices() | {gene: accession}
                write_private(self._chosen, json.dumps(choices, indent=0, sort_keys=True))
        except OSError as error:
            raise SettingsError(
                f"{self._chosen} cannot be written: {error.strerror or error}."
            ) from error
        return accession

    def kept(self, accession: str) -> bool:
        """Whether it is on this machine."""
        return self._path(accession).is_file()

    def version(self, accession: str) -> str:
        """AlphaFold DB's release of what is here; "" where it is not known."""
        try:
            facts = json.loads(self._path(accession).with_suffix(".json").read_text("utf-8"))
            return str(facts["version"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def words(self, accession: str) -> str:
        """`AlphaFold DB, P41235, release 4`."""
        version = self.version(accession)
        return f"{TITLE}, {accession}" + (f", release {version}" if version else "")

    def fetch(self, accession: str, protein: str, progress: Progress = no_progress) -> None:
        """Bring it to this machine, if it is a structure.

        Args:
            protein: of the transcript; of several isoforms the one with this sequence comes.

        Raises:
            Cancelled: the reader stopped it.
            NetworkError: it cannot be had. StructureError: it is none.
            StoreError: it cannot be written.
        """
        policy = self._genomes.policy().of_purpose(TITLE)
        model = fetch_model(accession, protein, policy, self.service, progress=progress)
        read_structure(model.content, self._title(accession))
        path = self._path(accession)
        try:
            write_private(path, model.content.decode("utf-8", errors="replace"))
            write_private(path.with_suffix(".json"), json.dumps({"version": model.version}))
        except OSError as error:
            raise StoreError(
                f"{self.folder} cannot be written: {error.strerror or error}. Choose another "
                "folder by GENOVIEW_CACHE."
            ) from error

    def open(self, accession: str) -> Structure:
        """What is here; the last few stay in memory.

        Raises:
            StructureError: it is not here, or damaged.
        """
        path = self._path(accession)
        try:
            changed = path.stat().st_mtime_ns
            with self._lock:
                known = self._open.get(path)
            if known and known[0] == changed:
                return known[1]
            structure = read_structure(path.read_bytes(), self._title(accession))
        except OSError as error:
            raise StructureError(
                f"{self._title(accession)} is not on this machine: fetch it first."
            ) from error
        with self._lock:
            self._open[path] = (changed, structure)
            while len(self._open) > KEPT_OPEN:
                self._open.popitem(last=False)
        return structure

    def remove(self, accession: str) -> None:
        """Delete what is here of it."""
        for path in (self._path(accession), self._path(accession).with_suffix(".json")):
            path.unlink(missing_ok=True)

    def _choices(self) -> dict[str, str]:
        """By gene; none where the file is absent or damaged."""
        try:
            choices = json.loads(self._chosen.read_text(encoding="utf-8"))
            return {str(gene): read_accession(str(each)) for gene, each in choices.items()}
        except (OSError, ValueError, AttributeError, QueryError):
            return {}

    def _path(self, accession: str) -> Path:
        """Of an accession alone: it is part of a file's name."""
        return self.folder / f"AF-{read_accession(accession)}.cif"

    def _title(self, accession: str) -> str:
        return f"AF-{accession}"
