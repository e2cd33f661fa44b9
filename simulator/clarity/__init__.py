"""Measures and findings on what was said."""
