"""The table of what was to be reached, with what was measured beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.clarity.ranking import Counts, share


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its name, the target, and what was measured on each set (None: not there)."""

    name: str
    target: str
    measured: tuple[str, ...]
    reached: bool


def print_table(sets: Sequence[str], rows: Sequence[Row]) -> None:
    """Print the table."""
    wide = 26
    print(f"\n{'to reach':<48}{'target':<12}" + "".join(f"{name:<{wide}}" for name in sets))
    for row in rows:
        cells = "".join(f"{cell:<{wide}}" for cell in row.measured)
        print(
            f"{row.name:<48}{row.target:<12}{cells}{'' if row.reached else 'NOT REACHED'}".rstrip()
        )


def ranking_rows(written: Sequence[Counts], heard: Sequence[Counts]) -> list[Row]:
    """Rows on ranking and naming, for sets given once as written and once as heard."""
    return [
        _share_row("pairs ranked right", 97, written, [(c.pairs_right, c.pairs) for c in written]),
        _share_row("labelled kind first", 85, written, [(c.first, c.worse) for c in written]),
        _share_row("labelled kind among three", 95, written, [(c.three, c.worse) for c in written]),
        _drop_row("pairs, lost when spoken", written, heard, "pairs_right", "pairs"),
        _drop_row("kind first, lost when spoken", written, heard, "first", "worse"),
        _drop_row("kind among three, lost when spoken", written, heard, "three", "worse"),
        _most_row("findings on a clear answer", 0.5, [c.findings_each_clear for c in written]),
        _most_row(
            "findings on a clear answer, spoken", 0.5, [c.findings_each_clear for c in heard]
        ),
        _most_row(
            "findings on a telling with one defect", 2, [c.findings_each_worse for c in written]
        ),
        _nervous_row("nervous telling apart from clear", written),
        _nervous_row("nervous telling apart from clear, spoken", heard),
    ]


def _share_row(
    name: str, least: float, sets: Sequence[Counts], counts: Sequence[tuple[int, int]]
) -> Row:
    reached = all(not whole or 100 * part / whole >= least for part, whole in counts)
    return Row(name, f">= {least} %", tuple(share(*one).strip() for one in counts), reached)


def _drop_row(
    name: str, written: Sequence[Counts], heard: Sequence[Counts], part: str, whole: str
) -> Row:
    lost = [
        100 * (getattr(w, part) / getattr(w, whole) - getattr(h, part) / max(getattr(h, whole), 1))
        for w, h in zip(written, heard, strict=True)
    ]
    cells = tuple(
        f"{one:+.1f}, to {share(getattr(h, part), getattr(h, whole)).strip()}"
        for one, h in zip(lost, heard, strict=True)
    )
    return Row(name, "<= 5 points", cells, max(lost) <= 5)


def _most_row(name: str, most: float, values: Sequence[float]) -> Row:
    return Row(name, f"<= {most}", tuple(f"{v:.2f}" for v in values), max(values) <= most)


def _nervous_row(name: str, sets: Sequence[Counts]) -> Row:
    cells, reached = [], True
    for counts in sets:
        apart = counts.nervous_apart
        within = sum(a <= 0.03 for a in apart)
        reached &= within == len(apart)
        text = f"{within}/{len(apart)}, most {max(apart):.3f}" if apart else "none written"
        cells.append(text)
    return Row(name, "<= 0.03", tuple(cells), reached)
