"""The rows of the shelf: files with their address, size and digest, or the package they come in.

Of a licence that forbids it nothing is fetched from here: its row names the package to install.
"""

from dataclasses import dataclass

from genoview.errors import BackendError

GITHUB = "https://github.com"
PANGOLIN = f"{GITHUB}/tkzeng/Pangolin/raw/5cf94b8d/pangolin/models"
DRAGONN = (
    f"{GITHUB}/kundajelab/MPRA-DragoNN/raw/2799ed87821130fc537836651d37e45a3247382d/kipoi/ConvModel"
)
XPRESSO = f"{GITHUB}/vagarwal87/Xpresso/raw/b5d1da2b/Fig5_S5"
PANGOLIN_SIZE = 2_877_321  # bytes of each of its files
PANGOLIN_DIGESTS = {
    "final.1.0.3.v2": "f0478fab173b75f7f7e9fe96688bad6c50fa4a46d70557f423b110caaf565501",
    "final.2.0.3.v2": "c4c6bb4880fa6fb28b14182ae3ea0600edb07056158f55325b5e6e6e48fc9f26",
    "final.3.0.3.v2": "ec685a6e7105a4486c1f89a005458a13deb3fe7171f13d434f4877e386d10676",
    "final.1.2.3.v2": "559c05de3e1ce65c2515ca3e92ef85edb0ec2e47686ca58060e25891ce06eb3a",
    "final.2.2.3.v2": "48758ba8b95eee9aa9feea52672ef06ca1b34111299c27f8a710f734d8b9aae5",
    "final.3.2.3.v2": "7cb576c2b24db4fdd6970c4ca4fb7c20ae1b1d8ae80645ebbe689848b5743129",
    "final.1.4.3.v2": "c50b12e0c0af776d5674ca5e346493f8265783494d4df383364de9c1136657f6",
    "final.2.4.3.v2": "e03303bed4fd6f135ec0f6c1b192cce954ea42d0646f44d17b4a6fbb2b1f610e",
    "final.3.4.3.v2": "9476d2e25520d7ff15bece0cd5d3b657e3b1dd3cc5fcab1d9c3b62bea7a0c5b6",
    "final.1.6.3.v2": "2aae563fa18a8a9b6699c6c96e0d32b8ec7543f8f805fb3bc9de77302cc9f66e",
    "final.2.6.3.v2": "7d3c0b1b2a60067b940dec315567874fbc8bcd322f1b7c76bf969f51f0f53f7f",
    "final.3.6.3.v2": "756e7721a382cace24e9bfea5b543af5623f2487d9a3efe7385e9c76367005fd",
}


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
        name: of the backend that reads it.
        package: what pip installs, where the weights come in a package; then there are no files.
        modules: that must be installed for a package's row to be here.
        needs: an extra of genoview that reads the files; empty where none is needed.
        terms: what a person has to agree to before; empty where the licence asks for nothing.
    """

    name: str
    title: str
    licence: str
    source: str
    files: tuple[WeightFile, ...] = ()
    package: str = ""
    modules: tuple[str, ...] = ()
    needs: str = ""
    terms: str = ""

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


ROWS = (
    Row(
        name="spliceai",
        title="SpliceAI",
        licence="CC BY-NC 4.0",
        source="https://pypi.org/project/spliceai/1.3.1/",
        package="genoview[spliceai]",
        modules=("spliceai", "h5py"),
        terms="The weights may be used for non-commercial work only (CC BY-NC 4.0).",
    ),
    Row(
        name="pangolin",
        title="Pangolin",
        licence="GPL-3.0",
        source="https://github.com/tkzeng/Pangolin/tree/5cf94b8d/pangolin/models",
        files=tuple(
            WeightFile(name, f"{PANGOLIN}/{name}", PANGOLIN_SIZE, digest)
            for name, digest in PANGOLIN_DIGESTS.items()
        ),
    ),
    Row(
        name="mpra-dragonn",
        title="MPRA-DragoNN",
        licence="MIT",
        source="https://github.com/kundajelab/MPRA-DragoNN/tree/2799ed87/kipoi/ConvModel",
        files=(
            WeightFile(
                "pretrained.hdf5",
                f"{DRAGONN}/pretrained.hdf5",
                1_390_888,
                "27eb5aee40317b012a17a6a409f545825292eb1787c2ad506d6d37b97990f006",
            ),
        ),
        needs="h5py",
    ),
    Row(
        name="xpresso",
        title="Xpresso",
        licence="MIT",
        source="https://github.com/vagarwal87/Xpresso/tree/b5d1da2b/Fig5_S5",
        files=(
            WeightFile(
                "human_trainepoch.11-0.426.h5",
                f"{XPRESSO}/human_trainepoch.11-0.426.h5",
                1_392_384,
                "15a383648008df5f843ec8651e78be5faf82609c88fb068da890aa7a89387bb0",
            ),
        ),
        needs="h5py",
    ),
)


def row_of(name: str) -> Row:
    """The row of that name.

    Raises:
        BackendError: there is none.
    """
    for row in ROWS:
        if row.name == name:
            return row
    known = ", ".join(row.name for row in ROWS)
    raise BackendError(f"There is no model {name!r} on the shelf. There are: {known}.")
