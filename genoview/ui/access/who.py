"""Who reads this page, and what that reader may do on it."""

from pathlib import Path

import streamlit as st

from genoview.errors import SettingsError
from genoview.runtime import access
from genoview.ui.page import shell


def may_name_paths() -> bool:
    """Whether fields for paths are shown; `typed_path` decides."""
    return shell.bench().settings.allow_paths


def typed_path(text: str) -> Path:
    """The path of a file of this machine that the reader typed.

    Raises:
        SettingsError: readers may type none, or this can be none.
    """
    return access.typed_path(text, shell.bench().settings)


def typed_place(text: str) -> str:
    """Where the reader says that a model is: a name on a hub, or a path as `typed_path` allows.

    Raises:
        SettingsError: it is a path, and readers may type none.
    """
    if access.is_path(text):
        typed_path(text)
    return text.strip()


def may_set_up() -> bool:
    """Whether this reader may set up models and genomes here, and take them away."""
    return access.may_set_up(shell.bench().settings, name())


def check_set_up() -> None:
    """Every change of models and genomes asks here.

    Raises:
        SettingsError: this reader may not.
    """
    if not may_set_up():
        raise SettingsError(access.NO_SET_UP)


def claims() -> dict[str, object]:
    """What is known of the reader: by `st.login`, or a proxy whose headers Streamlit trusts."""
    known: dict[str, object] = dict(st.user)
    vouched = known.get("is_logged_in") is True or st.get_option("server.trustedUserHeaders")
    return known if vouched else {}


def can_sign_in() -> bool:
    """Whether `st.login` is set up: Streamlit says so by a claim of everybody."""
    return "is_logged_in" in st.user


def name() -> str:
    """The address that the reader signed in with; empty where nobody vouches for it."""
    known = claims()
    email, is_refuted = known.get("email"), known.get("email_verified") in (False, "false")
    return email.strip() if isinstance(email, str) and not is_refuted else ""


def identity() -> str:
    """What a reader is known by for good; empty of one who is not signed in."""
    known = claims()
    subject = " ".join(str(known.get(claim) or "") for claim in ("iss", "sub"))
    return subject if known.get("sub") else name().casefold()
