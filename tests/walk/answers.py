"""The answers of the walk: five as they were given, two of them again on each of two later days.

Spoken by the CC0 voice "joe" (`benchmarks.make_walk_answers`); each piece of a text is followed by
so many seconds of silence. About 25 seconds each: below 20 s of speech nothing is counted a minute.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "answers"

Pieces = tuple[tuple[str, float], ...]

UM = ("Um,", 0.45)

FIRST: dict[str, Pieces] = {
    "wrong": (
        UM,
        ("there was a project at the depot that went quite wrong for us.", 0.5),
        ("We had,", 0.2),
        UM,
        ("a new sorting line, and the parcels kept going to", 0.9),
        ("the wrong bay all the time.", 0.5),
        UM,
        ("everybody was rather nervous about it, and there was", 0.9),
        ("a lot of talking going on.", 0.5),
        ("So,", 0.2),
        UM,
        ("I spoke to the people on the shift, and we looked at", 0.9),
        ("the labels together for a while.", 0.5),
        UM,
        ("it was a difficult time for the whole depot.", 0.6),
    ),
    "trade-off": (
        UM,
        ("speed and quality, that was always a bit of a topic with us.", 0.5),
        ("The customer wanted the trucks to", 0.9),
        ("leave early, and,", 0.2),
        UM,
        ("we wanted the parcels to be right.", 0.5),
        UM,
        ("so at some point I sat down with", 0.9),
        ("the planners, and we talked about", 0.9),
        ("the different options that there were.", 0.5),
        UM,
        ("there are always several sides to a thing like that, and,", 0.2),
        UM,
        ("people see it differently.", 0.6),
    ),
    "yourself": (
        UM,
        ("I have been in logistics for quite some time now.", 0.5),
        ("I began at the conveyor, and,", 0.2),
        UM,
        ("then I moved on to", 0.9),
        ("the night shift after a few years.", 0.5),
        UM,
        ("I like working with people, and there is", 0.9),
        ("always something going on at night.", 0.5),
        UM,
        ("there are the drivers, and the planners, and", 0.9),
        ("the people at the belts, and,", 0.2),
        UM,
        ("that keeps it interesting for me.", 0.6),
    ),
    "first-month": (
        UM,
        ("in the first month I would look at", 0.9),
        ("how things are done here at the moment.", 0.5),
        ("I would,", 0.2),
        UM,
        ("talk to the people on every shift, and just watch for a while.", 0.5),
        UM,
        ("then I would think about", 0.9),
        ("the things that might be changed,", 0.2),
        UM,
        ("and discuss them with", 0.9),
        ("the people who know them best.", 0.5),
        UM,
        ("it depends on what there is to find.", 0.6),
    ),
    "salary": (
        UM,
        ("well, salary is always", 0.9),
        ("a difficult topic to talk about.", 0.5),
        ("I looked at,", 0.2),
        UM,
        ("what is usual around here for this kind of work.", 0.5),
        UM,
        ("it depends on the hours, and on", 0.9),
        ("the number of nights in a month.", 0.5),
        UM,
        ("so I am open to", 0.9),
        ("talking about it with you, and,", 0.2),
        UM,
        ("I am sure that we would find something.", 0.6),
    ),
}

LATER: dict[str, tuple[Pieces, Pieces]] = {
    "wrong": (
        (
            ("A sorting line went wrong in my hands, and I put it right within two weeks.", 0.5),
            ("Every night, two hundred parcels went to the wrong bay.", 0.5),
            ("I checked the labels of every bay myself, one after the other.", 0.4),
            ("I found that three of them looked nearly the same.", 0.5),
            ("I had those three printed again, in another colour.", 0.5),
            ("Since then, fewer than ten parcels a night go wrong.", 0.5),
            ("The customer noticed it in the same month, and renewed the contract.", 0.6),
        ),
        (
            ("The project that went wrong was our new sorting line, and I solved it.", 0.5),
            ("Two hundred parcels a night ended up in the wrong bay.", 0.5),
            ("I looked for the reason myself, and it took me three nights.", 0.4),
            ("The labels of three bays were nearly the same.", 0.5),
            ("I ordered new ones, and put them up on a Sunday.", 0.5),
            ("In the end we were down to nine wrong parcels a night.", 0.5),
            ("That saved the depot about forty thousand dollars in the first year.", 0.6),
        ),
    ),
    "trade-off": (
        (
            ("I settled it with one rule: a truck waits at most ten minutes for a check.", 0.5),
            ("Before that, I had measured when we find our mistakes.", 0.4),
            ("Nine out of ten were found within those ten minutes.", 0.5),
            ("I showed the planners the numbers, and we tried it for one week.", 0.5),
            ("They agreed, because only two trucks left late in that week.", 0.5),
            ("After a month, complaints had fallen by half.", 0.4),
            ("The rule is still in use at the depot today.", 0.6),
        ),
        (
            ("My answer to speed against quality was a limit of ten minutes.", 0.5),
            ("For so long, a truck may wait for its last check, and no longer.", 0.5),
            ("I took that number from our own records of four months.", 0.5),
            ("I tried it with the planners for a week before we decided.", 0.5),
            ("The result was half as many complaints, within one month.", 0.4),
            ("Only two trucks in a hundred left late because of it.", 0.5),
            ("The customer asked two other depots to do the same.", 0.6),
        ),
    ),
}


def recording(question: str, day: int = 0) -> Path:
    """The recorded answer to a question: of the first day (0) or of a later one (1, 2)."""
    return FOLDER / f"{question}-{day}.ogg"


def beginning(question: str, seconds: float, day: int, folder: Path) -> Path:
    """The first seconds of a recorded answer, as a WAV file in a folder."""
    import soundfile

    from simulator.audio.files import read_audio

    samples, rate = read_audio(recording(question, day))
    path = folder / f"{question}-{day}.wav"
    soundfile.write(path, samples[: round(seconds * rate)], rate)
    return path
