"""Published weights: files with their address, size and digest, or the package they come in.

Of a licence that forbids it nothing is fetched from here: its row names the package to install.
"""

from dataclasses import dataclass

from genoview.data.model_card import ModelCard


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One published file; `size` in bytes, `sha256` hexadecimal."""

    name: str
    url: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Row:
    """A model that a person may add.

    Attributes:
        package: what pip installs, where the weights come in a package; then there are no files.
        modules: that must be installed for a package's row to be here.
        needs: an extra of genoview that reads the files; empty where none is needed.
        terms: what a person has to agree to before; empty where the licence requires nothing.
    """

    card: ModelCard
    source: str
    files: tuple[WeightFile, ...] = ()
    package: str = ""
    modules: tuple[str, ...] = ()
    needs: str = ""
    terms: str = ""

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def title(self) -> str:
        return self.card.title

    @property
    def licence(self) -> str:
        return self.card.licence

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def how(self) -> str:
        """The command that adds it."""
        if self.package:
            return f"pip install '{self.package}'"
        consent = " --accept-terms" if self.terms else ""
        return f"genoview models add {self.name}{consent}"
