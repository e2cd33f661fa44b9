"""Sources, speaker, recorder and devices."""
