"""Rebuilds ``models/syllables.txt``: the words whose syllables the spelling rules get wrong.

    python -m benchmarks.make_syllables CMUDICT [OUT.txt]

CMUDICT is a copy of the CMU Pronouncing Dictionary as the ``pocketsphinx`` package carries it
(``pip download --no-deps pocketsphinx``, then ``model/en-us/cmudict-en-us.dict`` in the wheel).
Prints how often the rules alone are right.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from simulator.delivery.syllables import rule_syllables
from simulator.places import find_places

HEADER = """\
# Words whose syllables the rules in simulator/delivery/syllables.py get wrong, by syllables.
# Made by "python -m benchmarks.make_syllables" from the CMU Pronouncing Dictionary,
# Copyright (C) 1993-2015 Carnegie Mellon University. All rights reserved. Redistribution and use
# in source and binary forms, with or without modification, are permitted provided that this
# notice is kept. THIS WORK IS PROVIDED BY CARNEGIE MELLON UNIVERSITY "AS IS" WITHOUT ANY
# WARRANTY; the full text is in models/syllables.LICENSE.
"""


def read_dictionary(file: Path) -> dict[str, list[int]]:
    """Each word's syllable counts, the first pronunciation first."""
    counts: dict[str, list[int]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        head, _, phones = line.partition(" ")
        word = re.sub(r"\(\d+\)$", "", head.lower())
        if re.fullmatch(r"[a-z']+", word) and re.search("[a-z]", word):
            vowels = sum(phone[0] in "AEIOU" for phone in phones.split())
            counts[word].append(vowels)
    return counts


def main(dictionary: Path, out: Path) -> None:
    """Write the list and print the rules' accuracy."""
    counts = read_dictionary(dictionary)
    wrong: dict[int, list[str]] = defaultdict(list)
    exact = 0
    for word, known in sorted(counts.items()):
        guess = rule_syllables(word)
        exact += guess == known[0]
        # A word said in several ways ("every", "different") needs no entry if one of them fits.
        if guess not in known:
            wrong[known[0]].append(word)
    lines = [f"{count}: {' '.join(words)}" for count, words in sorted(wrong.items()) if count]
    out.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    missed = sum(len(words) for words in wrong.values())
    print(
        f"rules alone: {len(counts) - missed} of {len(counts)} words right "
        f"({1 - missed / len(counts):.1%}; {exact / len(counts):.1%} the first pronunciation); "
        f"{missed} words listed, {out.stat().st_size / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]) if len(sys.argv) > 2 else find_places().models / "syllables.txt",
    )
