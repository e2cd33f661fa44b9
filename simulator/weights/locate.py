"""Find the folder or file of a model that the person named.

A name is, in this order: weights of the manifest (``tiny.en``, ``whisper-base``), a folder or file
of their own, a short name of a published Whisper (``small.en``), or a hub name (``owner/model``).
Only the last two may reach for the network, and only where no copy is on this machine yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.errors import SimulatorError, UsageError
from simulator.places import Places
from simulator.weights.manifest import Kind, Manifest, Weights, read_manifest
from simulator.weights.verify import missing_files

Hub = Callable[[str, Sequence[str]], Path]
"""Fetches a model by hub name, only files of the given patterns; returns its folder."""

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")

_PUBLISHED_WHISPER = frozenset(
    f"{size}{suffix}" for size in ("tiny", "base", "small", "medium") for suffix in ("", ".en")
) | {"large-v1", "large-v2", "large-v3"}
"""Sizes that Systran has converted for CTranslate2, as ``Systran/faster-whisper-SIZE``."""

_HUB_FILES: dict[Kind, tuple[str, ...]] = {
    "speech": (
        "config.json",
        "preprocessor_config.json",
        "model.bin",
        "tokenizer.json",
        "vocabulary.*",
    ),
    "language": ("*.json", "*.safetensors", "*.model", "*.txt"),
    "voice": ("*.onnx", "*.onnx.json"),
}

_MARKS: dict[Kind, tuple[str, ...]] = {
    "speech": ("model.bin",),
    "language": ("*.safetensors", "*.gguf", "*.onnx", "pytorch_model*.bin"),
    "voice": ("*.onnx",),
}
"""A folder that holds none of these is no model of that kind."""

_WHAT: dict[Kind, str] = {
    "speech": "CTranslate2 Whisper model (model.bin)",
    "language": "text model (*.safetensors, *.gguf or *.onnx)",
    "voice": "Piper voice (*.onnx)",
}


def locate(
    name_or_path: str, places: Places, kind: Kind = "speech", *, hub: Hub | None = None
) -> Path:
    """Find a model's folder, or its file where it is one file that the person named.

    Parameters
    ----------
    name_or_path : as the person wrote it.
    places : where the manifest and the weights lie.
    kind : what the model is for.
    hub : fetches hub names; the model hub's own client unless given.

    Returns
    -------
    Path : an existing folder (or file) that holds a model of that kind.

    Raises
    ------
    UsageError : the name means nothing, or the folder holds no such model.
    SimulatorError : the weights are not pulled, or the hub cannot be reached.
    """
    manifest = read_manifest(places.models / "manifest.toml")
    pinned = manifest.find(name_or_path)
    if pinned is not None:
        return _pulled(pinned, kind, places)
    own = Path(name_or_path).expanduser()
    if own.exists():
        return _own(own, kind)
    repository = _hub_name(name_or_path, kind)
    if repository is None:
        raise UsageError(_unknown(name_or_path, kind, manifest))
    folder = (hub or fetch_from_hub)(repository, _HUB_FILES[kind])
    if not _holds(folder, kind):
        raise SimulatorError(f"{repository} on the model hub holds no {_WHAT[kind]}.")
    return folder


def fetch_from_hub(repository: str, patterns: Sequence[str]) -> Path:
    """Fetch a model from the hub into the hub client's own cache, or find it there.

    Raises
    ------
    SimulatorError : no copy here and the hub cannot be reached, or it has no such model.
    """
    import huggingface_hub
    from huggingface_hub import errors

    try:
        return Path(
            huggingface_hub.snapshot_download(
                repository, allow_patterns=list(patterns), local_files_only=True
            )
        )
    except errors.LocalEntryNotFoundError:
        pass  # Not on this machine yet, or not whole: ask the hub.
    try:
        return Path(huggingface_hub.snapshot_download(repository, allow_patterns=list(patterns)))
    except errors.GatedRepoError as error:
        raise SimulatorError(
            f"{repository} asks for its terms to be accepted on the model hub first: "
            "accept them there, run `hf auth login`, and try again."
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise SimulatorError(
            f"The model hub has no public model {repository}: check the name, or give a folder."
        ) from error
    except Exception as error:
        # The client lets its HTTP library's errors through, whichever library that is.
        raise SimulatorError(
            f"{repository} is not on this machine and cannot be fetched from the model hub "
            f"({_first_line(error)}): connect and try again, or give a folder that holds the model."
        ) from error


def _pulled(weights: Weights, kind: Kind, places: Places) -> Path:
    if weights.kind != kind:
        raise UsageError(f"{weights.name} is a {weights.kind} model, not a {kind} model.")
    folder = places.weights / weights.name
    missing = missing_files(weights, folder)
    if missing:
        raise SimulatorError(
            f"The weights {weights.name} are not all there ({', '.join(missing)}): "
            f"run `simulator models pull {weights.name}`."
        )
    return folder


def _own(path: Path, kind: Kind) -> Path:
    if path.is_dir() and not _holds(path, kind):
        raise UsageError(f"{path} holds no {_WHAT[kind]}.")
    if path.is_file() and kind == "speech":
        raise UsageError(f"{path} is a file: give the folder of a {_WHAT[kind]}.")
    return path


def _holds(folder: Path, kind: Kind) -> bool:
    return any(next(folder.glob(mark), None) is not None for mark in _MARKS[kind])


def _hub_name(name: str, kind: Kind) -> str | None:
    if kind == "speech" and name in _PUBLISHED_WHISPER:
        return f"Systran/faster-whisper-{name}"
    return name if _HUB_NAME.fullmatch(name) else None


def _unknown(name: str, kind: Kind, manifest: Manifest) -> str:
    names = [n for w in manifest.weights if w.kind == kind for n in (w.name, *w.aliases)]
    return (
        f"No {kind} model {name!r}: give one of {', '.join(names)}, a folder, "
        "or a name on the model hub (owner/model)."
    )


def _first_line(error: BaseException) -> str:
    """The shortest true thing an error says, on one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or [type(error).__name__])[0].rstrip(".")[:160]
