"""Status codes of a gRPC service -> sentences for the person at the page."""

from genoview.errors import BackendError

RETRIED = ("RESOURCE_EXHAUSTED", "UNAVAILABLE")  # those that the protocol's own client retries
SENTENCES = {
    "UNAUTHENTICATED": (
        "does not accept the key. Check it on the page Models and data, or in the environment "
        "variable ALPHA_GENOME_API_KEY."
    ),
    "PERMISSION_DENIED": "knows the key, but does not allow this. Ask its keeper for access.",
    "RESOURCE_EXHAUSTED": (
        "has no quota left for this key, or too many requests wait. Try again in some minutes, or "
        "choose a shorter window and fewer tracks."
    ),
    "UNAVAILABLE": (
        "cannot be reached. Check the address, the network, and whether it speaks TLS or plain "
        "text as was chosen."
    ),
    "DEADLINE_EXCEEDED": "did not answer in time. Try again, or choose a shorter window.",
    "INVALID_ARGUMENT": "refuses the request.",
    "FAILED_PRECONDITION": "cannot answer this in its present state.",
    "OUT_OF_RANGE": "refuses the request: something in it is out of range.",
    "NOT_FOUND": "has no such model or output.",
    "UNIMPLEMENTED": "does not speak this part of the protocol; it may be of another version.",
    "INTERNAL": "had an internal error. Try again; if it persists, tell its administrator.",
    "DATA_LOSS": "sent values that do not fit together. Try again.",
    "CANCELLED": "gave the request up.",
    "UNKNOWN": "had an unknown error. Try again; if it persists, tell its administrator.",
}
LONGEST_DETAILS = 300  # characters of a service's own words


def service_error(title: str, code: str, details: str, secret: str = "") -> BackendError:
    """What went wrong, in a sentence, with the service's own words.

    Args:
        code: the status code's name.
        secret: removed from the message, though the service may send it back.
    """
    words = SENTENCES.get(code, f"answered with {code}.")
    own = " ".join(_without(details, secret).split())[:LONGEST_DETAILS]
    return BackendError(f"{title} {words}" + (f" It says: {own}" if own else ""))


def _without(text: str, secret: str) -> str:
    return text.replace(secret, "[key]") if secret else text
