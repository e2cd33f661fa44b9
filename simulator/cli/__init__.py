"""The commands: words in, words out."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; every error is one line, and the exit status says what kind."""
    from simulator.cli.app import app
    from simulator.errors import SimulatorError

    try:
        app()
    except SimulatorError as error:
        print(f"simulator: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(error.exit_status) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
    except Exception as error:  # noqa: BLE001 - no traceback reaches a person
        from simulator.cli.crash import keep_traceback

        print(f"simulator: {keep_traceback(error)}", file=sys.stderr)  # noqa: T201
        raise SystemExit(1) from None
