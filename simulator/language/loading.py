"""Finds the right engine for a model's name or folder."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import SimulatorError
from simulator.language.export import CAUSAL_SOURCE, EMBEDDER_SOURCE, exported
from simulator.language.protocol import CausalModel, Embedder
from simulator.places import Places

DEFAULT_THREADS = 2


def load_causal_model(
    name_or_path: str | None, places: Places, threads: int = DEFAULT_THREADS
) -> CausalModel:
    """Load a causal model.

    Parameters
    ----------
    name_or_path : an exported or pulled model's name, any local model folder, or a hub name;
        None is the default, in its fast form.
    places : where weights lie.
    threads : most threads one call may use.

    Raises
    ------
    SimulatorError : when there is no such model; one line that says what to do.
    """
    folder = _exported_folder(name_or_path or CAUSAL_SOURCE, places)
    if folder is not None:
        from simulator.language.onnx_engine import OnnxCausalModel

        return OnnxCausalModel(folder, threads)
    if name_or_path is None:
        raise _not_exported(CAUSAL_SOURCE, places)
    from simulator.language.torch_engine import TorchCausalModel

    return TorchCausalModel(_torch_source(name_or_path, places), threads)


def load_embedder(
    name_or_path: str | None, places: Places, threads: int = DEFAULT_THREADS
) -> Embedder:
    """Load a sentence encoder; as `load_causal_model`."""
    folder = _exported_folder(name_or_path or EMBEDDER_SOURCE, places)
    if folder is not None:
        from simulator.language.onnx_engine import OnnxEmbedder

        return OnnxEmbedder(folder, threads)
    if name_or_path is None:
        raise _not_exported(EMBEDDER_SOURCE, places)
    from simulator.language.torch_engine import TorchEmbedder

    return TorchEmbedder(_torch_source(name_or_path, places), threads)


def check_default_models(places: Places) -> None:
    """See that the models that every judgement needs are there, without loading them.

    Raises
    ------
    SimulatorError : when one is missing; one line that says what to do.
    """
    for name in (EMBEDDER_SOURCE, CAUSAL_SOURCE):
        if _exported_folder(name, places) is None:
            raise _not_exported(name, places)


def _exported_folder(name_or_path: str, places: Places) -> Path | None:
    """An exported folder of that name or path, None where there is none."""
    candidates = [
        places.weights / exported(name_or_path),
        places.weights / name_or_path,
        Path(name_or_path).expanduser(),
    ]
    for folder in candidates:
        if (folder / "body.onnx").is_file() and (folder / "stamp.json").is_file():
            return folder
    return None


def _torch_source(name_or_path: str, places: Places) -> str:
    """A folder that transformers can read; a hub name is fetched where there is no copy yet."""
    from simulator.weights.locate import locate

    for folder in (Path(name_or_path).expanduser(), places.weights / name_or_path):
        if folder.is_dir():
            return str(folder)
    return str(locate(name_or_path, places, "language"))


def _not_exported(name: str, places: Places) -> SimulatorError:
    source = places.weights / name
    if source.is_dir():
        return SimulatorError(
            f"{name} has not been made ready for this machine: "
            "run python -m simulator.language.export"
        )
    return SimulatorError(f"{name} is missing: run simulator models pull {name}, then make setup")
