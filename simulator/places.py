"""Where things lie on disk: weights, scenarios, recordings, caches.

In a checkout everything stays inside it (`models/`, `scenarios/`, `recordings/`), so that a
person can see and delete what the program keeps. Installed as a package, the platform's own
user folders take their place. Environment variables override each place; tests use them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "interview-simulator"
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Places:
    """The folders the program reads and writes.

    Attributes
    ----------
    models : folder with ``manifest.toml`` and the small learned weights that ship.
    weights : folder the large weights are pulled into.
    scenarios : the scenario files that come with the program.
    own_scenarios : the person's own scenario files.
    recordings : attempts: audio files and ``library.sqlite``.
    cache : what can be made again: synthesised questions, compiled code.
    """

    models: Path
    weights: Path
    scenarios: Path
    own_scenarios: Path
    recordings: Path
    cache: Path


def find_places(environ: Mapping[str, str] | None = None) -> Places:
    """Work out the folders from the environment; creates nothing.

    ``SIMULATOR_HOME`` moves everything that is written (recordings, own scenarios, cache);
    ``SIMULATOR_MODELS`` and ``SIMULATOR_RECORDINGS`` move one place each and win over it.
    """
    env = os.environ if environ is None else environ
    root = _PACKAGE.parent
    in_checkout = (root / "models" / "manifest.toml").is_file() and (root / "scenarios").is_dir()
    bundled = root if in_checkout else _PACKAGE / "_bundled"
    home = env.get("SIMULATOR_HOME")
    if home:
        written = Path(home).expanduser()
        recordings, own, cache = written / "recordings", written / "scenarios", written / "cache"
    elif in_checkout:
        recordings, own, cache = root / "recordings", root / "scenarios" / "own", root / ".cache"
    else:
        import platformdirs

        data = platformdirs.user_data_path(APP_NAME)
        recordings, own = data / "recordings", data / "scenarios"
        cache = platformdirs.user_cache_path(APP_NAME)
    if env.get("SIMULATOR_RECORDINGS"):
        recordings = Path(env["SIMULATOR_RECORDINGS"]).expanduser()
    models = bundled / "models"
    if env.get("SIMULATOR_MODELS"):
        weights = Path(env["SIMULATOR_MODELS"]).expanduser()
    elif in_checkout:
        weights = models / "weights"
    else:
        weights = own.parent / "weights"
    return Places(
        models=models,
        weights=weights,
        scenarios=bundled / "scenarios",
        own_scenarios=own,
        recordings=recordings,
        cache=cache,
    )
