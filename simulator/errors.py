"""The errors a person may see: one line that says what is wrong and what to do."""


class SimulatorError(Exception):
    """Something failed. The message is one line for the person; exit status 1."""

    exit_status = 1


class UsageError(SimulatorError):
    """The call itself was wrong: a bad option, file name or scenario; exit status 2."""

    exit_status = 2


class SourceError(SimulatorError):
    """A microphone, speaker or file cannot be opened or has stopped; what came before is kept."""
