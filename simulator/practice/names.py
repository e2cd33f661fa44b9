"""Names for attempts and sittings: short, sorted by time, never the same twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime


def attempt_id(
    started_at: datetime, token: Callable[[], str] = lambda: secrets.token_hex(2)
) -> str:
    """A name such as ``20260302-120501-3f9a``.

    Parameters
    ----------
    started_at : timezone-aware.
    token : four random characters, for two attempts within a second.
    """
    return f"{started_at.astimezone(UTC):%Y%m%d-%H%M%S}-{token()}"
