"""Turns the pulled language weights into the fast runtime's form, once, at set-up.

``python -m simulator.language.export`` writes ``NAME-onnx`` beside each source in the weights
folder. It does nothing where the result already stands for the same source, and an interrupted
run leaves no half-made folder behind.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.places import Places, find_places

FORMAT = 1
"""Raise when what the export writes changes, so that old exports are made again."""

CAUSAL_SOURCE = "smollm2-135m-instruct"
EMBEDDER_SOURCE = "all-minilm-l6-v2"
STATE_LAYERS = tuple(range(2, 31, 2))
"""Layers whose states can be asked for; one that is not asked for costs nothing."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an export was made from; kept beside it as ``stamp.json``."""

    format: int
    source: str
    sha256: str

    def to_json(self) -> str:
        """The stamp as written to disk."""
        return json.dumps({"format": self.format, "source": self.source, "sha256": self.sha256})


def exported(name: str) -> str:
    """The folder name of an exported model."""
    return f"{name}-onnx"


def export_all(places: Places, say: Say, *, force: bool = False) -> list[Path]:
    """Export every default language model that is not exported yet.

    Parameters
    ----------
    places : where the weights lie.
    say : told each step, one line each.
    force : make again what already stands.

    Returns
    -------
    list of Path : the exported folders.

    Raises
    ------
    SimulatorError : when the source weights are missing or a needed package is.
    """
    return [
        _export(places, CAUSAL_SOURCE, _write_causal, say, force=force),
        _export(places, EMBEDDER_SOURCE, _write_embedder, say, force=force),
    ]


def _export(
    places: Places,
    name: str,
    write: Callable[[Path, Path], None],
    say: Say,
    *,
    force: bool,
) -> Path:
    source = places.weights / name
    target = places.weights / exported(name)
    file = _weights_file(source)
    stamp = Stamp(FORMAT, file.name, _sha256(file)).to_json()
    if not force and _read(target / "stamp.json") == stamp:
        say(f"{target.name}: already made")
        return target
    say(f"{target.name}: making it from {file.name} (about half a minute)")
    started_s = time.monotonic()
    scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=places.weights))
    try:
        write(file, scratch)
        (scratch / "stamp.json").write_text(stamp)
        if target.exists():
            shutil.rmtree(target)
        os.replace(scratch, target)  # noqa: PTH105 - one step, so that no half-made folder shows
    except ImportError as problem:
        raise SimulatorError(
            f"{problem.name} is missing: install the extra with pip install '.[export]'"
        ) from problem
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    target.chmod(0o755)
    say(f"{target.name}: made in {time.monotonic() - started_s:.0f} s")
    return target


def _weights_file(source: Path) -> Path:
    found = sorted([*source.glob("*.gguf"), *source.glob("*.safetensors")])
    if len(found) != 1:
        raise SimulatorError(
            f"No language weights in {source}: run simulator models pull {source.name}"
        )
    return found[0]


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(file: Path) -> str | None:
    return file.read_text() if file.is_file() else None


def _write_causal(source: Path, target: Path) -> None:
    from simulator.language.gguf_weights import GgufWeights
    from simulator.language.llama_graph import llama_body, llama_head

    weights = GgufWeights(source)
    layers = tuple(k for k in STATE_LAYERS if k <= weights.shape.n_layers)
    _save(llama_body(weights.shape, weights.matrix, layers, "int8_rows"), target / "body.onnx")
    embedding = weights.matrix("token_embd.weight")
    _save(llama_head(weights.shape.width, embedding), target / "head.onnx")
    np.save(target / "tokens.npy", embedding.astype(np.float16))
    (target / "tokenizer.json").write_text(weights.tokenizer_json(), encoding="utf-8")


def _write_embedder(source: Path, target: Path) -> None:
    from safetensors.numpy import load_file

    from simulator.language.bert_graph import BertShape, bert_body

    tensors: dict[str, NDArray[Any]] = load_file(source)
    config = json.loads((source.parent / "config.json").read_text())
    shape = BertShape(
        n_layers=config["num_hidden_layers"],
        width=config["hidden_size"],
        n_heads=config["num_attention_heads"],
        norm_epsilon=config["layer_norm_eps"],
    )

    def matrix(name: str) -> NDArray[np.float32]:
        return tensors[name].astype(np.float32)

    _save(bert_body(shape, matrix, "float32"), target / "body.onnx")
    shutil.copyfile(source.parent / "tokenizer.json", target / "tokenizer.json")


def _save(model: Any, path: Path) -> None:
    path.write_bytes(model.SerializeToString())


def main() -> int:
    """Run the export from a shell; says what it does, line by line."""
    force = "--force" in sys.argv[1:]
    try:
        export_all(find_places(), lambda line: print(line, flush=True), force=force)  # noqa: T201
    except SimulatorError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return problem.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
