"""Speaking practice for interviews that runs wholly on a person's own machine."""

__version__ = "0.1.0"
