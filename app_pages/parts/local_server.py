"""Whether only this machine can reach the server; whatever must not be open to the world asks here."""

from typing import Final

import streamlit as st

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def is_local() -> bool:
    """Return whether the server listens on loopback and nothing forwards to it."""
    is_local_server = str(st.get_option("server.address") or "") in LOOPBACK
    is_forwarded = bool(st.context.headers.get("X-Forwarded-For"))
    return is_local_server and not is_forwarded
