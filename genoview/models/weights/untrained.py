"""Whether weights in a folder are those of a trained model, without loading them."""

import json

from genoview.data.input.decoding import path_of
from genoview.errors import BackendError


def is_untrained(place: str) -> bool:
    """Whether a folder says so itself, as those that tests save."""
    manifest = path_of(place, BackendError) / "genoview.json"
    try:
        return bool(json.loads(manifest.read_text(encoding="utf-8"))["random_weights"])
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackendError(
            f'{manifest} cannot be read ({error}); {{"random_weights": false}} was expected.'
        ) from error
