"""Values made of dataclasses as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any


def to_line(value: object) -> str:
    """One line of JSON."""
    return json.dumps(to_plain(value), ensure_ascii=False, allow_nan=False)


def to_plain(value: object) -> Any:
    """Dataclasses as objects, dates as ISO text, sequences as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value
