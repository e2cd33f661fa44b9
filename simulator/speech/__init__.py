"""Samples in, Speech out: chunking, transcription, filled pauses, silence, prosody, quality."""
