from __future__ import annotations

import pytest

from simulator.voices.manner import Manner
from simulator.voices.pick import InstalledVoice, named_voice, usual_voice

ESPEAK = (
    InstalledVoice("gmw/en", "English (Great Britain)", "en-gb", "male"),
    InstalledVoice("gmw/en-us", "English (America)", "en-us", "male"),
)
MAC = (
    InstalledVoice("com.apple.Albert", "Albert", "en-US", "male"),
    InstalledVoice("com.apple.Anna", "Anna", "de-DE", "female"),
    InstalledVoice("com.apple.Daniel", "Daniel", "en-GB", "male"),
    InstalledVoice("com.apple.Samantha", "Samantha", "en-US", "female"),
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("gmw/en-us", "gmw/en-us"),
        ("en-us", "gmw/en-us"),
        ("EN-GB", "gmw/en"),
        ("english (america)", "gmw/en-us"),
        ("en-us+f3", "gmw/en-us+f3"),
        ("klingon", None),
        ("klingon+f3", None),
    ],
)
def test_a_voice_is_found_by_id_name_or_language(asked: str, found: str | None) -> None:
    assert named_voice(ESPEAK, asked) == found


def test_an_engine_with_pitch_keeps_its_own_english_voice() -> None:
    for pitch in ("low", "middle", "high"):
        assert usual_voice(ESPEAK, Manner(pitch=pitch), "gmw/en", has_pitch=True) is None


@pytest.mark.parametrize(
    ("pitch", "own", "found"),
    [
        ("low", "com.apple.Samantha", "com.apple.Daniel"),
        ("high", "com.apple.Daniel", "com.apple.Samantha"),
        ("middle", "com.apple.Daniel", None),
        ("middle", "com.apple.Anna", "com.apple.Samantha"),
    ],
)
def test_elsewhere_pitch_picks_a_pleasant_english_voice(
    pitch: str, own: str, found: str | None
) -> None:
    manner = Manner(pitch=pitch)  # type: ignore[arg-type]
    assert usual_voice(MAC, manner, own, has_pitch=False) == found


def test_without_an_english_voice_the_engines_own_speaks() -> None:
    german = (MAC[1],)
    assert usual_voice(german, Manner(pitch="high"), MAC[1].id, has_pitch=False) is None
    assert usual_voice((), Manner(), None, has_pitch=False) is None
