"""Which line of a TOML file each field stands on.

The standard parser keeps no line numbers, and a mistake without its line is hard to find in a
file of a hundred. This reads just enough of the syntax: headers, keys, and where strings and
arrays that run over several lines end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FieldPath = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[(?!\[)\s*([\w.\-]+)\s*\]")
_ARRAY_HEADER = re.compile(r"^\s*\[\[\s*([\w.\-]+)\s*\]\]")
_KEY = re.compile(r"^\s*(?:\"([^\"]+)\"|'([^']+)'|([\w\-]+))\s*=")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#|\[|\]')
LONG_QUOTES = ('"""', "'''")


def field_lines(text: str) -> dict[FieldPath, int]:
    """Find the line, counted from 1, of every table and key.

    Parameters
    ----------
    text : a TOML document with plain (undotted) keys.

    Returns
    -------
    dict of path to line : ``("questions", 2, "text")`` is the third question's text; elements of
        arrays of tables are counted from 0.
    """
    lines: dict[FieldPath, int] = {}
    counts: dict[FieldPath, int] = {}
    table: FieldPath = ()
    for number, line in _statement_lines(text):
        if match := _ARRAY_HEADER.match(line):
            base = _resolve(tuple(match.group(1).split(".")), counts, last=False)
            index = counts.get(base, 0)
            counts[base] = index + 1
            table = (*base, index)
            lines.setdefault(table, number)
            lines.setdefault(base, number)
        elif match := _HEADER.match(line):
            table = _resolve(tuple(match.group(1).split(".")), counts, last=True)
            lines.setdefault(table, number)
        elif match := _KEY.match(line):
            key = next(group for group in match.groups() if group is not None)
            lines.setdefault((*table, key), number)
    return lines


def line_of(lines: dict[FieldPath, int], path: FieldPath) -> int:
    """The line of a field, or of the nearest thing around it; 1 where nothing is known."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


def field_name(path: FieldPath) -> str:
    """A field's path as a person writes it: ``questions[2].text`` counts from 1 there."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{part}" if name else part
    return name


def _resolve(parts: tuple[str, ...], counts: dict[FieldPath, int], *, last: bool) -> FieldPath:
    """A header's path with the index of the array element that it belongs to."""
    path: FieldPath = ()
    for place, part in enumerate(parts):
        path = (*path, part)
        if path in counts and (last or place < len(parts) - 1):
            path = (*path, counts[path] - 1)
    return path


def _statement_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that begin a statement: not those inside a string or an array."""
    quote: str | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if quote is None and depth == 0:
            yield number, line
            if line.lstrip().startswith("["):
                continue
        quote, depth = _after(line, quote, depth)


def _after(line: str, quote: str | None, depth: int) -> tuple[str | None, int]:
    """The long string and the depth of arrays still open at the end of a line."""
    place = 0
    while place < len(line):
        if quote is not None:
            end = line.find(quote, place)
            if end < 0:
                return quote, depth
            place, quote = end + len(quote), None
            continue
        match = _TOKEN.search(line, place)
        if match is None or match.group() == "#":
            break
        token = match.group()
        place = match.end()
        if token in LONG_QUOTES:
            quote = token
        elif token in "[]":
            depth += 1 if token == "[" else -1
    return quote, depth
