"""Moments and lengths of time as a person reads them."""

from __future__ import annotations

from datetime import datetime


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def day_and_time(when: datetime) -> str:
    """A moment as a person reads it in a table."""
    return f"{when:%Y-%m-%d %H:%M}"
