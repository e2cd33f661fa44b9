"""How soon the report is there after the stop, beside the plain pipeline."""
