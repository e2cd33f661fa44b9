"""Measures on the speech timeline: how it was said. Pure NumPy."""
