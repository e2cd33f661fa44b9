"""Attempts on disk: SQLite and audio files."""
