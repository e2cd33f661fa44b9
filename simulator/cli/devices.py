"""``simulator devices``: what can be heard and played with."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from simulator.errors import SimulatorError


def devices(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """List microphones and speakers; give a name or number to --microphone or --speaker."""
    from simulator.audio.devices import list_devices

    found = list_devices()
    if as_json:
        for device in found:
            typer.echo(json.dumps(asdict(device), ensure_ascii=False))
        return
    if not found:
        raise SimulatorError(
            "no sound device was found; 'simulator demo' and --input FILE work without one"
        )
    for device in found:
        roles = [
            role
            for role, has, chosen in (
                ("microphone", device.inputs, device.is_default_input),
                ("speaker", device.outputs, device.is_default_output),
            )
            if has
            for role in [f"{role} (in use)" if chosen else role]
        ]
        typer.echo(
            f"{device.number:>3}  {device.name}  [{device.host}, {device.sample_rate_hz} Hz]  "
            f"{', '.join(roles)}"
        )
