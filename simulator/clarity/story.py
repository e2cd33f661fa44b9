"""The order of a story: situation, task, action, result, smoothed over its sentences.

Cues say what each sentence looks like alone; the best path through all of them decides, where
going on is free and going back costs. Nothing is scored with it: it shows a person how the answer
is built, and which sentence could open it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.cues import Cues
from simulator.clarity.word_lists import RESULTS, SITUATIONS, TASKS

StoryPart = Literal["situation", "task", "action", "result"]
STORY_PARTS: tuple[StoryPart, ...] = get_args(StoryPart)

GOING_BACK = 2.0
"""What a step back costs, in cues: two plain cues are needed to read a sentence out of order."""


def likeness_to_parts(texts: Sequence[str], cues: Sequence[Cues]) -> NDArray[np.float32]:
    """How much each sentence looks like each part, by its cues alone.

    Returns
    -------
    np.ndarray [shape=(n_sentences, 4), float32]
        In the order of `STORY_PARTS`.
    """
    n = max(len(texts) - 1, 1)
    rows = []
    for i, (text, c) in enumerate(zip(texts, cues, strict=True)):
        place = i / n
        results = len(RESULTS.findall(text))
        situation = len(SITUATIONS.findall(text)) + 0.5 * min(c.names, 2) + 1.0 * (1 - place)
        task = 1.5 * len(TASKS.findall(text))
        action = 1.5 * min(c.i_did, 2)
        result = 0.8 * min(results, 3) + 0.5 * min(c.numbers, 2) + 1.5 * place
        rows.append((situation, task, action, result))
    return np.asarray(rows, dtype=np.float32).reshape(len(texts), len(STORY_PARTS))


def story_of(texts: Sequence[str], cues: Sequence[Cues]) -> tuple[StoryPart, ...]:
    """The part each sentence plays: the path that fits best, steps back counted against it.

    Parameters
    ----------
    texts, cues : of each sentence.
    """
    if not texts:
        return ()
    fits = likeness_to_parts(texts, cues)
    back = np.array(
        [[GOING_BACK if to < come else 0.0 for to in range(4)] for come in range(4)],
        dtype=np.float32,
    )
    best, came_from = fits[0], []
    for row in fits[1:]:
        steps = best[:, None] - back
        came_from.append(steps.argmax(axis=0))
        best = steps.max(axis=0) + row
    path = [int(best.argmax())]
    for sources in reversed(came_from):
        path.append(int(sources[path[-1]]))
    return tuple(STORY_PARTS[k] for k in reversed(path))
