"""Findings and measures in; what to say, and in which order, out."""
