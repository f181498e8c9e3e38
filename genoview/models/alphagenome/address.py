"""Address and key of a service that speaks AlphaGenome's protocol."""

from dataclasses import dataclass, field

from genoview.errors import BackendError

HOSTED = "dns:///gdmscience.googleapis.com:443"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service is; `key` is never shown.

    Attributes:
        target: `host:port`; empty for the hosted service.
        secure: TLS; plain text is for one's own machine or network.
    """

    target: str = ""
    secure: bool = True
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        host = self.target.rpartition(":")[0]
        if self.key and not self.secure and host not in LOOPBACK:
            raise BackendError(
                f"The key would travel to {self.target} as plain text. Choose TLS, or leave the "
                "key empty."
            )
        if not self.target and not self.key:
            raise BackendError(
                "The hosted AlphaGenome wants a key. Get one from Google DeepMind, then enter it "
                "on the page Models and data, or set ALPHA_GENOME_API_KEY."
            )
